/* SPDX-License-Identifier: MIT
 *
 * format_text.c - plain text: one article a file, its first line the title.
 */
#include <string.h>

#include "read/formats.h"

static void parse(nb_parse *p, const nb_record *at)
{
	nb_article a = { .published_at = NB_NO_TIME };

	nb_parse_titled_text(p, at->bytes, &a);
	a.id = nb_parse_file_id(p);
	nb_parse_article(p, &a, at);
}

static bool is(const nb_head *head)
{
	(void)head; /* all that is left when every other format has been asked */
	return true;
}

const nb_format nb_format_text = {
	.name = "text",
	.is = is,
	.cut = NB_CUT_WHOLE,
	.parse = parse,
};
