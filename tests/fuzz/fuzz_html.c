/* SPDX-License-Identifier: MIT
 *
 * fuzz_html.c - any bytes as a web page: the lexer's spans lie in it and in order, what comes out
 * of valid UTF-8 is valid, and a second reading says the same.
 */
#include <stdlib.h>
#include <string.h>

#include "newsbraid/html.h"
#include "newsbraid/utf8.h"
#include "read/html/html_lex.h"
#include "read/html/markup.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(int holds)
{
	if (!holds)
		abort();
}

static void check_lexer(nb_str page)
{
	const char *at = page.ptr, *end = page.ptr + page.len;
	nb_html_lexer lexer;
	nb_html_token token;

	nb_html_lexer_init(&lexer, page);
	while (nb_html_lex(&lexer, &token)) {
		check(lexer.at > at && lexer.at <= end);
		if (token.kind == NB_HTML_TEXT) {
			check(token.text.ptr >= at && token.text.len > 0);
			check(token.text.ptr + token.text.len <= lexer.at);
		}
		at = lexer.at;
	}
}

static void check_string(nb_str s, size_t most)
{
	check(s.ptr || s.len == 0);
	check(s.len <= most);
	if (s.len) {
		check(nb_utf8_valid(s.ptr, s.len));
		check(!memchr(s.ptr, 0, s.len));
	}
}

static void check_page(const nb_html_page *p, size_t size)
{
	check_string(p->article.text, size);
	check_string(p->article.title, size);
	check_string(p->article.url, 2 * size + 64); /* resolved against the given one */
	check_string(p->article.source, size + 64);
	check_string(p->article.byline, size);
	check_string(p->article.published_raw, size);
	check_string(p->article.lang, 2);
	check((p->article.published_at != NB_NO_TIME) == (p->published != NB_ORIGIN_NONE));
	check((p->article.text.len > 0) == (p->text != NB_ORIGIN_NONE));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	nb_str page = { (const char *)data, size }, url = NB_STR("https://www.paper.example/a"),
	       clean;
	char *room = malloc(NB_UTF8_REPAIR_MAX(size) + 1), *copy;
	nb_html *html = nb_html_new();
	nb_html_page p, again;

	check(room && html);
	check_lexer(page);
	check(nb_html_read(html, page, url, &p) == NB_OK);
	(void)nb_html_charset(page, page);

	clean = (nb_str){ room, nb_utf8_repair(page.ptr, size, room, NULL) };
	check(nb_html_read(html, clean, url, &p) == NB_OK);
	check_page(&p, clean.len);
	copy = malloc(p.article.text.len + 1);
	check(copy != NULL);
	if (p.article.text.len)
		memcpy(copy, p.article.text.ptr, p.article.text.len);
	check(nb_html_read(html, clean, url, &again) == NB_OK);
	check(p.article.text.len == again.article.text.len &&
	      memcmp(copy, again.article.text.ptr ? again.article.text.ptr : "",
		     p.article.text.len) == 0);
	check(nb_markup_text(clean, copy = realloc(copy, clean.len + 1)) <= clean.len);
	nb_html_free(html);
	free(copy);
	free(room);
	return 0;
}
