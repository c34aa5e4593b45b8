/* SPDX-License-Identifier: MIT
 *
 * warc.h - records of web archives: WARC 0.17 to 1.1, and WET, which is WARC with plain text.
 */
#ifndef NB_READ_WEB_WARC_H
#define NB_READ_WEB_WARC_H

#include "read/scan.h"

/* A record taken apart; strings point into it. */
typedef struct nb_warc {
	nb_str type;         /* "response", "conversion" ... */
	nb_str id;           /* without <> */
	nb_str url, date;    /* of the crawl */
	nb_str content_type; /* "application/http; msgtype=response" */
	nb_str language;     /* of WET: "eng,deu", best first */
	nb_str body;
	bool truncated; /* the writer says that it cut the body */
	size_t end;     /* bytes of header and body */
} nb_warc;

/** The scanner: see scan.h. */
nb_scan_event nb_warc_scan_records(nb_scan *scan, const char *p, size_t n, size_t *at);

/**
 * Take a record apart.
 * @return NULL, or what is wrong: static text
 *
 * A record whose length does not fit is taken apart all the same, as far as it goes.
 */
const char *nb_warc_parse(nb_str record, nb_warc *out);

/**
 * The next place after `from` where a record may begin: a header after an empty line.
 * @return record.len if there is none
 */
size_t nb_warc_next(nb_str record, size_t from);

/** A decimal number, as far as it goes; what is too large for 64 bits is merely very large. */
uint64_t nb_warc_number(nb_str s);

/**
 * The next line of a header: "Name: value\r\n".
 *
 * @param at     in/out: where it begins, and then the next; after the empty line at the end
 * @return whether there was one
 */
bool nb_header_line(nb_str header, size_t *at, nb_str *name, nb_str *value);

/** Whether a header's name is this one, without case. */
bool nb_header_is(nb_str name, const char *want);

#endif
