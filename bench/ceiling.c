/* SPDX-License-Identifier: MIT
 *
 * ceiling.c - see ceiling.h.
 */
#include "ceiling.h"

#include <stdio.h>

cost bound_cost(nb_isa isa, double width, double planes, double look)
{
	double words = width * planes;

	if (isa == NB_ISA_AVX512) /* xor or ternary logic; popcount; additions */
		return (cost){ 8, words + width + (width - 1) + look, width, 2, 0 };
	if (isa == NB_ISA_AVX2) /* xor, or; and, shift, and, 2 lookups; 2 additions; 1 sum */
		return (cost){ 4, 2 * words + 6 * width - 1 + look, 1, 3, 0 };
	/* 128-bit vectors; 10 operations to count in bytes, 9 to add the bytes, 1 to offset */
	return (cost){ 2, 2 * words - width + 10 * width + (width - 1) + 9 + look, 1, 3, 0 };
}

double ceiling_of(const cost *c, double clock, double bandwidth, char *how, size_t room)
{
	double cycles = c->ops / c->ports > c->one_port ? c->ops / c->ports : c->one_port;
	double by_ports = clock * c->pairs / cycles;
	double by_loads = c->bytes > 0 ? bandwidth * c->pairs / c->bytes : 2 * by_ports;

	if (by_loads < by_ports)
		snprintf(how, room, "loads: %g B/pair at %.1f GB/s", c->bytes / c->pairs,
			 bandwidth * 1e-9);
	else
		snprintf(how, room, "ports: %g ops, %g ports, %g pairs/vector, %.2f GHz", c->ops,
			 c->ports, c->pairs, clock * 1e-9);
	return by_loads < by_ports ? by_loads : by_ports;
}
