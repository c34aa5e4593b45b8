/* SPDX-License-Identifier: MIT
 *
 * format_text.c - plain text: one article a file, its first line the title.
 */
#include <string.h>

#include "newsbraid/utf8.h"
#include "read/format.h"

/* First line with something in it: the title.  What follows: the text; or the title, if nothing. */
static void parse(nb_parse *p, const nb_place *at)
{
	nb_maker *m = p->m;
	size_t room = NB_UTF8_REPAIR_MAX(at->bytes.len) + 1, repaired;
	char *clean = nb_pool_take(m->pool, room);
	nb_article a = { .published_at = NB_NO_TIME };
	const char *line_end;
	nb_str all, title;

	if (!clean) {
		m->no_memory = true;
		return;
	}
	all = (nb_str){ clean, nb_utf8_repair(at->bytes.ptr, at->bytes.len, clean, &repaired) };
	nb_pool_untake(m->pool, room - all.len);
	if (repaired)
		nb_parse_repaired(p);
	all = nb_trim(all);
	line_end = memchr(all.ptr, '\n', all.len);
	title = (nb_str){ all.ptr, line_end ? (size_t)(line_end - all.ptr) : all.len };
	a.title = nb_keep_line(m, nb_trim(title), NB_SHORT_MAX);
	a.text = line_end ? nb_trim((nb_str){ line_end, (size_t)(all.ptr + all.len - line_end) })
			  : all;
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
