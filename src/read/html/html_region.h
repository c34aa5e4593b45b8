/* SPDX-License-Identifier: MIT
 *
 * html_region.h - which blocks of a page are the report.
 */
#ifndef NB_READ_HTML_HTML_REGION_H
#define NB_READ_HTML_HTML_REGION_H

#include "read/html/html_tree.h"

/* What a block looks like, and whether it belongs to the report. */
typedef struct nb_html_line {
	uint32_t size;   /* characters, those of dense scripts counted double */
	uint32_t commas; /* commas and semicolons */
	uint32_t stops;  /* sentence ends */
	uint32_t within; /* hints that are believed */
	float link;      /* share of it that is links, 0..1 */
	float weight;    /* > 0 report, < 0 furniture */
	bool keep;
} nb_html_line;

typedef struct nb_html_region {
	nb_html_line *line; /* one a block */
	float *sum;         /* one a node: weights of its blocks */
	float *prose;       /* one a node: size of its prose */
	size_t lines_room, sums_room, prose_room;
	uint32_t node; /* the element the report was found in */
} nb_html_region;

/**
 * Choose.
 *
 * @param region  in/out: memory is reused; all zero bytes is a valid empty region
 * @return NB_OK or NB_ENOMEM
 *
 * O(nodes + blocks + text).
 */
nb_status nb_html_region_find(nb_html_region *region, nb_html_tree *tree) NB_MUST_CHECK;

void nb_html_region_release(nb_html_region *region);

#endif
