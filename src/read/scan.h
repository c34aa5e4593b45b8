/* SPDX-License-Identifier: MIT
 *
 * scan.h - where records begin and end, found in bytes that arrive in pieces.
 *
 * A scanner is a state machine.  Whatever the pieces, even single bytes, it must find the same
 * ends.  Each byte is looked at once, and nothing is kept but the state.
 */
#ifndef NB_READ_SCAN_H
#define NB_READ_SCAN_H

#include <stdbool.h>

#include "newsbraid/article.h"
#include "read/table/csv_scan.h"
#include "read/web/warc_scan.h"
#include "read/wire/wire_scan.h"
#include "read/xml/xml_scan.h"

typedef enum nb_scan_event {
	NB_SCAN_MORE,   /* all bytes looked at: *at == n */
	NB_SCAN_BEGIN,  /* a record begins with the byte at *at */
	NB_SCAN_END,    /* it ends before the byte at *at; *at == n is possible */
	NB_SCAN_DROP,   /* what began was no record, after all */
	NB_SCAN_BROKEN, /* nothing after *at can be read: scan->broken says why */
} nb_scan_event;

/* Where in a JSON value the scan stands. */
typedef struct nb_json_scan {
	enum { NB_JSON_BETWEEN, NB_JSON_NESTED, NB_JSON_STRING, NB_JSON_SCALAR } state;
	uint64_t depth;
	bool first; /* the next byte is the value's first */
	bool in_string, escaped, in_array;
} nb_json_scan;

/* All zero at the beginning of a file but the place, which is 1, and the reason. */
typedef struct nb_scan {
	uint64_t place; /* told of the next record: its line, or its number where lines say
			   nothing; counted by the scanner */
	nb_reject_reason reason; /* why it is broken: MALFORMED, if the scanner does not say more */
	const char *broken;      /* in words; static text */
	char charset[24];        /* told of records that begin from now on; "" if nothing says so */
	union {
		nb_json_scan json;
		nb_table_scan table;
		nb_warc_scan warc;
		nb_wire_scan wire;
		nb_xml_scan xml;
	};
} nb_scan;

/**
 * Look at p[*at..n), which continues what was looked at before, up to the next event, and move *at
 * there.  Called again with the same bytes until it says NB_SCAN_MORE.
 *
 * At the end of a file it is called once with n == 0, if no record is open: it may say
 * NB_SCAN_BROKEN if something is missing.
 */
typedef nb_scan_event nb_scan_fn(nb_scan *scan, const char *p, size_t n, size_t *at);

#endif
