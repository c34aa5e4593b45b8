/* SPDX-License-Identifier: MIT
 *
 * segment.h - decompressed bytes on their way from the threads that make them to the one that
 * cuts them into records.
 */
#ifndef NB_READ_INPUT_SEGMENT_H
#define NB_READ_INPUT_SEGMENT_H

#include <stdbool.h>

#include "newsbraid/json.h"
#include "newsbraid/article.h"

/* Some consecutive bytes of one file. */
typedef struct nb_segment {
	struct nb_segment *next;
	uint32_t file;
	bool last;     /* the file ends here */
	bool unpacked; /* it was compressed */
	nb_reject_reason
		trouble;    /* DAMAGED or UNREADABLE after these bytes; NB_REJECT_COUNT: none */
	const char *detail; /* what trouble, static text */
	uint64_t consumed;  /* compressed bytes read for this segment */
	size_t n, capacity;
	char data[]; /* data[0..n), and NB_JSON_PADDING bytes after it */
} nb_segment;

#endif
