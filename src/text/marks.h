/* SPDX-License-Identifier: MIT
 *
 * marks.h - what stands between two words, as a set of marks.
 *
 * Level: text.
 */
#ifndef NB_TEXT_MARKS_H
#define NB_TEXT_MARKS_H

#include <stddef.h>
#include <stdint.h>

enum {
	NB_MARK_BLANK = 1 << 0,
	NB_MARK_OPEN = 1 << 1, /* ( [ and their wide forms */
	NB_MARK_CLOSE = 1 << 2,
	NB_MARK_SLASH = 1 << 3,
	NB_MARK_BAR = 1 << 4,
	NB_MARK_DASH = 1 << 5,
	NB_MARK_DOT = 1 << 6,
	NB_MARK_COLON = 1 << 7,
	NB_MARK_EQUALS = 1 << 8,
	NB_MARK_COMMA = 1 << 9,
	NB_MARK_ARROW = 1 << 10, /* > and its relatives, bullets: what menus are made with */
	NB_MARK_QUOTE = 1 << 11,
	NB_MARK_HALT = 1 << 12,   /* ? ! ; : they end a phrase */
	NB_MARK_RIGHTS = 1 << 13, /* the sign of copyright */
	NB_MARK_WIDE = 1 << 14,   /* with OPEN and CLOSE: brackets that need nothing after them */
	NB_MARK_OTHER = 1 << 15,
};

/** The mark that the character at text[0..n), n >= 1, is; *length bytes of it. */
uint32_t nb_mark_at(const char *text, size_t n, size_t *length);

/** All marks in text[begin..end). */
uint32_t nb_marks(const char *text, size_t begin, size_t end);

#endif
