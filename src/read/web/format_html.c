/* SPDX-License-Identifier: MIT
 *
 * format_html.c - a web page as a file: one article.
 */
#include <string.h>
#include <strings.h>

#include "read/formats.h"
#include "read/web/page.h"

static void parse(nb_parse *p, const nb_record *at)
{
	const nb_page_source source = { .id = nb_parse_file_id(p) };

	nb_parse_page(p, at->bytes, &source, at);
}

static bool holds(nb_str s, const char *word)
{
	size_t n = strlen(word);

	for (size_t i = 0; i + n <= s.len; i++)
		if (s.ptr[i] == word[0] && strncasecmp(s.ptr + i, word, n) == 0)
			return true;
	return false;
}

/* A page opens with a tag; its name, its doctype or its root says that it is HTML, not XML. */
static bool is(const nb_head *head)
{
	nb_str v = head->visible;

	if (v.len < 2 || v.ptr[0] != '<')
		return false;
	return nb_head_named(head, ".html") || nb_head_named(head, ".htm") ||
	       nb_head_named(head, ".xhtml") || holds(v, "<html") || holds(v, "<!doctype html") ||
	       holds(v, "<head>") || holds(v, "<body");
}

const nb_format nb_format_html = {
	.name = "html",
	.is = is,
	.cut = NB_CUT_WHOLE,
	.parse = parse,
};
