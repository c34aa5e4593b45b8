/* SPDX-License-Identifier: MIT
 *
 * csv_scan.h - where the search for the rows of a table stands.
 */
#ifndef NB_READ_TABLE_CSV_SCAN_H
#define NB_READ_TABLE_CSV_SCAN_H

#include <stdbool.h>
#include <stdint.h>

#define NB_TABLE_MARKS "\t,;|" /* what may stand between cells, the likeliest first */

typedef struct nb_table_scan {
	uint8_t state;    /* of the cell: csv.h */
	bool inside;      /* a row has begun */
	char separator;   /* 0 in the header */
	uint32_t seen[4]; /* of each mark in the header, outside quotes */
} nb_table_scan;

#endif
