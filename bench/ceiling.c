/* SPDX-License-Identifier: MIT
 *
 * ceiling.c - see ceiling.h.
 */
#include "ceiling.h"

#include <stdio.h>

cost bound_cost(nb_isa isa, double width, double planes, double look)
{
	double words = width * planes;
	cost c = { .isa = isa, .pairs = 2 };

	if (isa == NB_ISA_AVX512) { /* xor or ternary logic; popcount; additions */
		c.pairs = 8;
		c.ops[PORT_LOGIC] = words + width + (width - 1) + look;
		c.ops[PORT_POPCOUNT] = width;
	} else if (isa == NB_ISA_AVX2) { /* xor, or; and, shift, and, 2 lookups; 2 additions; sum */
		c.pairs = 4;
		c.ops[PORT_LOGIC] = 2 * words + 6 * width - 1 + look;
		c.ops[PORT_SUM] = 1;
	} else { /* 128 bits; 10 operations to count in bytes, 9 to add the bytes, 1 to offset */
		c.ops[PORT_LOGIC] = 2 * words - width + 10 * width + (width - 1) + 9 + look;
	}
	return c;
}

/* Cycles that the busiest kind of operation takes; 0 if the ports are not known. */
static double cycles_of(const cost *c, port_kind *busiest, double *rate)
{
	double most = 0;

	for (int kind = 0; kind < PORT_KINDS; kind++) {
		double can = c->ops[kind] > 0 ? ports_measure(c->isa, (port_kind)kind) : 0;

		if (can > 0 && c->ops[kind] / can > most) {
			most = c->ops[kind] / can;
			*busiest = (port_kind)kind;
			*rate = can;
		}
	}
	return most;
}

double ceiling_of(const cost *c, double clock, double bandwidth, char *how, size_t room)
{
	static const char *const name[PORT_KINDS] = { "vector ops", "popcounts", "compares", "sums",
						      "ops" };
	port_kind kind = PORT_LOGIC;
	double rate = 0, cycles = cycles_of(c, &kind, &rate);
	double by_ports = cycles > 0 ? clock * c->pairs / cycles : 0;
	double by_loads = c->bytes > 0 ? bandwidth * c->pairs / c->bytes : 0;

	if (by_loads > 0 && (by_ports <= 0 || by_loads < by_ports)) {
		snprintf(how, room, "loads: %g B/pair at %.1f GB/s", c->bytes / c->pairs,
			 bandwidth * 1e-9);
		return by_loads;
	}
	snprintf(how, room, "ports: %g %s, %.1f a cycle, %g pairs/vector, %.2f GHz", c->ops[kind],
		 name[kind], rate, c->pairs, clock * 1e-9);
	return by_ports;
}
