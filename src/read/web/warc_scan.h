/* SPDX-License-Identifier: MIT
 *
 * warc_scan.h - where the search for WARC records stands.
 */
#ifndef NB_READ_WEB_WARC_SCAN_H
#define NB_READ_WEB_WARC_SCAN_H

#include <stdbool.h>
#include <stdint.h>

typedef struct nb_warc_scan {
	uint8_t state;
	bool lost; /* since the last record that was one */
	bool open; /* a record has begun and not ended */
	bool has_length;
	bool line_start; /* the next byte begins a line */
	uint8_t n_line, feeds;
	char line[64]; /* of the header, as far as it can matter */
	uint32_t n_header;
	uint64_t left; /* bytes of the body */
} nb_warc_scan;

#endif
