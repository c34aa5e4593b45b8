/* SPDX-License-Identifier: MIT
 *
 * formats.h - the formats: how a file of each is recognised, cut into records and parsed.
 *
 * Each format is a small file of its own, format_NAME.c, that gives one nb_format; formats.c holds
 * the table of them.
 *
 * To add one:
 *  1. Write format_NAME.c with `const nb_format nb_format_NAME`, declare it below, and give it a row
 *     in the table of formats.c: rows are asked in order, so what only this format can begin with
 *     comes before what many can.
 *  2. Say how it is cut (nb_cut_kind).  A format of records has a scanner (scan.h), which finds where
 *     they begin and end in bytes that arrive in pieces of any length.
 *  3. parse() gets one record (or a whole file, or a group) and hands out articles and rejects with
 *     the functions of parse.h, from any thread: what it remembers lives in the maker (value.h).
 *  4. Extend reader.h (what is understood), tests/unit/test_NAME.c, tests/fuzz/fuzz_NAME.c and
 *     bench/bench_read.c.
 */
#ifndef NB_READ_FORMATS_H
#define NB_READ_FORMATS_H

#include "read/head.h"
#include "read/parse.h"
#include "read/scan.h"

/* What parse() gets at a time. */
typedef enum nb_cut_kind {
	NB_CUT_LINES,   /* one line, less the blanks around it; never an empty one */
	NB_CUT_RECORDS, /* one record, as the scanner finds it */
	NB_CUT_GROUPS,  /* some records that stand one after the other; for tiny ones */
	NB_CUT_WHOLE,   /* the file, at most NB_LINE_MAX bytes */
} nb_cut_kind;

typedef struct nb_format {
	const char *name; /* in tables and manifests */
	bool (*is)(const nb_head *head);
	nb_cut_kind cut;
	bool header;      /* the first record says what is in the others: nb_record */
	nb_scan_fn *scan; /* of NB_CUT_RECORDS and NB_CUT_GROUPS */
	nb_parse_fn *parse;
} nb_format;

extern const nb_format nb_format_html;  /* a web page */
extern const nb_format nb_format_json;  /* JSON values over several lines, or an array of them */
extern const nb_format nb_format_jsonl; /* one JSON value a line */
extern const nb_format nb_format_table; /* CSV, TSV and the like */
extern const nb_format nb_format_text;  /* one article in plain text */
extern const nb_format nb_format_newsml_g2; /* news items, alone, in a message, or in other XML */
extern const nb_format nb_format_newsml_1_2;
extern const nb_format nb_format_nitf;
extern const nb_format nb_format_wire; /* IPTC 7901, ANPA 1312 */
extern const nb_format nb_format_warc; /* WARC and WET */

/**
 * The format of a file; NULL if it is nothing we read.
 *
 * @param why  out: then, what it is; static text
 */
const nb_format *nb_format_of(const nb_head *head, const char **why);

#endif
