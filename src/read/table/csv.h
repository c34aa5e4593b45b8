/* SPDX-License-Identifier: MIT
 *
 * csv.h - CSV and its like (RFC 4180; tab, comma, semicolon or bar between cells): rows and cells.
 *
 * Quotes count only where a cell begins.  A cell that goes on after its closing quote has its
 * quotes as characters: so do the titles of tables that nobody quoted.
 */
#ifndef NB_READ_TABLE_CSV_H
#define NB_READ_TABLE_CSV_H

#include "read/scan.h"

typedef enum nb_table_state {
	NB_TABLE_START, /* of a cell */
	NB_TABLE_PLAIN,
	NB_TABLE_QUOTED,
	NB_TABLE_QUOTE, /* after a quote in a quoted cell: its end, or one of two */
	NB_TABLE_END,   /* of a row, after its line feed */
} nb_table_state;

/* One byte further.  separates: it stands between cells, if no quote is open. */
static inline nb_table_state nb_table_step(nb_table_state state, char c, bool separates)
{
	if (state == NB_TABLE_QUOTED)
		return c == '"' ? NB_TABLE_QUOTE : NB_TABLE_QUOTED;
	if (separates)
		return NB_TABLE_START;
	if (c == '\n')
		return NB_TABLE_END;
	if (state == NB_TABLE_START)
		return c == '"' ? NB_TABLE_QUOTED : NB_TABLE_PLAIN;
	if (state == NB_TABLE_QUOTE)
		return c == '"' ? NB_TABLE_QUOTED : c == '\r' ? NB_TABLE_QUOTE : NB_TABLE_PLAIN;
	return NB_TABLE_PLAIN;
}

/** The scanner: see scan.h. */
nb_scan_event nb_table_scan_rows(nb_scan *scan, const char *p, size_t n, size_t *at);

/** What stands between the cells of a header; 0 if it is one cell. */
char nb_table_separator(nb_str header);

/* The cells of a row, one after the other; begins with .rest, .separator, .quotes. */
typedef struct nb_table_row {
	nb_str rest; /* not yet taken */
	char separator;
	bool quotes;   /* whether they mean anything */
	bool ended;    /* no cell is left */
	bool unclosed; /* a quote was open at the end of the row */
	bool strayed;  /* a cell went on after its closing quote, in another line */
} nb_table_row;

typedef struct nb_table_cell {
	nb_str bytes; /* without the quotes around it, with those doubled in it */
	bool quoted;
} nb_table_cell;

/** false: there is none left. */
bool nb_table_next(nb_table_row *row, nb_table_cell *out);

#endif
