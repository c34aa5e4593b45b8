/* SPDX-License-Identifier: MIT
 *
 * render.h - token lists to text, in the style of a source.
 *
 * Every put_* writes at p and returns the end of what it wrote, without a terminating zero.
 */
#ifndef BENCH_RENDER_H
#define BENCH_RENDER_H

#include <stdbool.h>

#include "report.h"

#define TEXT_MAX (TOKENS_MAX * 40u) /* bytes of a report, at most */

struct style {
	const struct language *language;
	const char *open, *close; /* quotes */
	const char *paragraph;    /* between paragraphs */
	bool shout;               /* the first three words in capitals */
};

/** A string that ends with a zero. */
char *put_text(char *p, const char *s);

/** A word, its first letter or all of them a capital; sizeof(w->text) bytes are overwritten. */
char *put_word(char *p, const struct word *w, bool first, bool all);

/** A report; at most TEXT_MAX bytes, with room for 64 more after the end. */
char *put_report(char *p, const struct vocabulary *v, const struct report *r,
		 const struct style *s);

#endif
