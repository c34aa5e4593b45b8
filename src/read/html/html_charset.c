/* SPDX-License-Identifier: MIT
 *
 * html_charset.c - nb_html_charset of html.h.
 */
#include <string.h>
#include <strings.h>

#include "newsbraid/html.h"
#include "read/html/html_lex.h"
#include "read/strings.h"

#define LOOK_MOST ((size_t)1024) /* bytes in which the standard wants the declaration */

/* The value of "charset=" in a content type; absent if it has none. */
static nb_str in_content_type(nb_str type)
{
	static const char key[] = "charset";
	const size_t n = sizeof(key) - 1;

	for (size_t i = 0; i + n < type.len; i++) {
		const char *p = type.ptr + i + n, *end = type.ptr + type.len, *from;

		if (strncasecmp(type.ptr + i, key, n) != 0)
			continue;
		while (p < end && *p == ' ')
			p++;
		if (p == end || *p++ != '=')
			continue;
		while (p < end && (*p == ' ' || *p == '"' || *p == '\''))
			p++;
		for (from = p; p < end && !strchr(" ;\"',\t\r\n", *p);)
			p++;
		if (p > from)
			return (nb_str){ from, (size_t)(p - from) };
	}
	return (nb_str){ 0 };
}

static nb_str in_bom(nb_str page)
{
	const char *p = page.ptr;

	if (page.len >= 3 && memcmp(p, "\xef\xbb\xbf", 3) == 0)
		return NB_STR("UTF-8");
	if (page.len >= 2 && memcmp(p, "\xff\xfe", 2) == 0)
		return NB_STR("UTF-16LE");
	if (page.len >= 2 && memcmp(p, "\xfe\xff", 2) == 0)
		return NB_STR("UTF-16BE");
	return (nb_str){ 0 };
}

/* <meta charset=X>, <meta content="text/html; charset=X">; who can read it is not in UTF-16. */
static nb_str in_meta(nb_str page)
{
	nb_html_lexer lexer;
	nb_html_token token;

	nb_html_lexer_init(&lexer,
			   (nb_str){ page.ptr, page.len < LOOK_MOST ? page.len : LOOK_MOST });
	while (nb_html_lex(&lexer, &token)) {
		nb_str name;

		if (token.kind != NB_HTML_START || token.tag != NB_TAG_META)
			continue;
		name = nb_trim(nb_html_attr_value(&token, "charset"));
		if (!name.len)
			name = in_content_type(nb_html_attr_value(&token, "content"));
		if (name.len)
			return name.len > 5 && strncasecmp(name.ptr, "utf-16", 6) == 0
				       ? NB_STR("UTF-8")
				       : name;
	}
	return (nb_str){ 0 };
}

nb_str nb_html_charset(nb_str page, nb_str content_type)
{
	nb_str name = in_bom(page);

	if (!name.len)
		name = in_content_type(content_type);
	if (!name.len)
		name = in_meta(page);
	return name;
}
