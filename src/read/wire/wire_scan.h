/* SPDX-License-Identifier: MIT
 *
 * wire_scan.h - where the search for wire messages stands.
 */
#ifndef NB_READ_WIRE_WIRE_SCAN_H
#define NB_READ_WIRE_WIRE_SCAN_H

typedef struct nb_wire_scan {
	enum { NB_WIRE_BETWEEN, NB_WIRE_AT_BEGIN, NB_WIRE_INSIDE } state;
} nb_wire_scan;

#endif
