/* SPDX-License-Identifier: MIT
 *
 * markup.c - see markup.h.
 */
#include "read/html/markup.h"

#include <string.h>

#include "base/ascii.h"
#include "read/html/html_lex.h"

#define REFERENCE_MOST 24u /* bytes of the longest, "&" and ";" included */

static bool is_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool nb_markup_likely(nb_str text)
{
	size_t i = 0;

	while (i < text.len && nb_is_blank(text.ptr[i]))
		i++;
	if (i + 1 >= text.len || text.ptr[i] != '<' ||
	    (!is_name(text.ptr[i + 1]) && text.ptr[i + 1] != '!' && text.ptr[i + 1] != '?'))
		return false;
	return memmem(text.ptr, text.len, "</", 2) || memmem(text.ptr, text.len, "/>", 2);
}

size_t nb_markup_text(nb_str text, char *out)
{
	nb_html_writer w = { .out = out };
	nb_html_lexer lexer;
	nb_html_token token;
	size_t hidden = 0; /* open elements whose content is no text */

	nb_html_lexer_init(&lexer, text);
	while (nb_html_lex(&lexer, &token)) {
		unsigned is = nb_html_tag_is(token.tag);

		if (token.kind == NB_HTML_TEXT) {
			if (!hidden && token.tag == NB_TAG_NONE)
				nb_html_put(&w, token.text);
			continue;
		}
		w.line |= token.tag == NB_TAG_BR || is & NB_TAG_BLOCK;
		w.blank |= (is & NB_TAG_SKIP) != 0;
		if ((is & NB_TAG_SKIP && !(is & NB_TAG_RAW)) || token.tag == NB_TAG_HEAD) {
			hidden += token.kind == NB_HTML_START;
			hidden -= token.kind == NB_HTML_END && hidden;
		}
	}
	return w.n;
}

size_t nb_markup_reference(nb_str name, char utf8[4])
{
	char written[REFERENCE_MOST];
	size_t used;
	uint32_t cp;

	if (name.len + 2 > sizeof(written))
		return 0;
	written[0] = '&';
	memcpy(written + 1, name.ptr, name.len);
	written[name.len + 1] = ';';
	cp = nb_html_reference(written, name.len + 2, &used);
	return cp && used == name.len + 2 ? nb_html_encode(cp, utf8) : 0;
}
