/* SPDX-License-Identifier: MIT
 *
 * ports.h - how many instructions of a kind a core does in a cycle: measured, not looked up,
 * for cores differ (512 bits: two ports on one maker's, four on the other's).
 */
#ifndef BENCH_PORTS_H
#define BENCH_PORTS_H

#include "newsbraid/isa.h"

typedef enum port_kind {
	PORT_LOGIC,    /* what every vector port can do: the bound of all work together */
	PORT_POPCOUNT, /* population count of words: AVX-512 only */
	PORT_COMPARE,  /* bytes to a mask: AVX-512; to bytes elsewhere */
	PORT_SUM,      /* sums of absolute byte differences: how AVX2 adds bytes up */
	PORT_ISSUE,    /* instructions of any kind */
	PORT_KINDS
} port_kind;

/** Instructions a cycle at the vector width of isa; 0 if not x86-64 or not to be had.  The first call
 * of a kind takes a tenth of a second. */
double ports_measure(nb_isa isa, port_kind kind);

#endif
