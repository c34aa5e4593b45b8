/* SPDX-License-Identifier: MIT
 *
 * xml_text.h - a report put together from pieces of character data: paragraphs with line feeds
 * between them.
 */
#ifndef NB_READ_XML_XML_TEXT_H
#define NB_READ_XML_XML_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/* out[0..n), with room for all characters and a line feed for each element; blanks and line ends
 * are held back, so that runs of them become one. */
typedef struct nb_xml_text {
	char *out;
	size_t n, capacity;
	bool blank, line;
	unsigned feeds; /* line ends since the last visible character */
} nb_xml_text;

void nb_xml_text_clear(nb_xml_text *t);

/** What follows begins a line. */
void nb_xml_text_break(nb_xml_text *t);

/**
 * Append characters.  lines: a line end ends a line; else an empty line does if `loose`, and all
 * other line ends are blanks.
 */
void nb_xml_text_add(nb_xml_text *t, const char *p, size_t n, bool lines, bool loose);

#endif
