/* SPDX-License-Identifier: MIT
 *
 * named.c - see named.h.
 */
#include "named.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"

#define NAMES_MOST 3 /* across_names_most of nb_events_options */
#define STEPS      40
#define RIDGE      1e-3

int named_add(named_rows *r, unsigned set, double share, unsigned names, bool same)
{
	size_t room = r->room;
	nb_status status = NB_GROW(r->row, &room, r->n + 1);

	r->room = room;
	if (status != NB_OK)
		return -1;
	r->row[r->n++] = (named_row){
		{ 1, fmin(share, 1.2), sqrt(names < NAMES_MOST ? names : NAMES_MOST) }, same, set
	};
	r->of_set[set]++;
	return 0;
}

void named_release(named_rows *r)
{
	free(r->row);
	*r = (named_rows){ 0 };
}

static double dot(const double *x, const double *b)
{
	double sum = 0;

	for (int i = 0; i < NAMED_TERMS; i++)
		sum += x[i] * b[i];
	return sum;
}

/* Gauss-Jordan on a matrix that is positive definite: no pivots. */
static void solve(double h[NAMED_TERMS][NAMED_TERMS + 1])
{
	for (int k = 0; k < NAMED_TERMS; k++)
		for (int i = 0; i < NAMED_TERMS; i++) {
			double factor = h[i][k] / h[k][k];

			for (int c = k; i != k && c <= NAMED_TERMS; c++)
				h[i][c] -= factor * h[k][c];
		}
	for (int k = 0; k < NAMED_TERMS; k++)
		h[k][NAMED_TERMS] /= h[k][k];
}

void named_fit(const named_rows *r, unsigned without, double *b)
{
	memset(b, 0, NAMED_TERMS * sizeof(*b));
	for (int step = 0; step < STEPS; step++) {
		double h[NAMED_TERMS][NAMED_TERMS + 1] = { { 0 } };

		for (unsigned long k = 0; k < r->n; k++) {
			const named_row *row = &r->row[k];
			double p = 1 / (1 + exp(-dot(row->x, b)));
			double w = row->set == without ? 0 : 1000.0 / (double)r->of_set[row->set];

			for (int i = 0; i < NAMED_TERMS; i++) {
				for (int j = 0; j < NAMED_TERMS; j++)
					h[i][j] += w * p * (1 - p) * row->x[i] * row->x[j];
				h[i][NAMED_TERMS] += w * (row->same - p) * row->x[i];
			}
		}
		for (int i = 0; i < NAMED_TERMS; i++) {
			h[i][i] += RIDGE;
			h[i][NAMED_TERMS] -= RIDGE * b[i];
		}
		solve(h);
		for (int i = 0; i < NAMED_TERMS; i++)
			b[i] += h[i][NAMED_TERMS];
	}
}

typedef struct ranked {
	double score;
	bool same;
} ranked;

static int highest_first(const void *x, const void *y)
{
	const ranked *a = x, *b = y;

	return a->score < b->score ? 1 : -(a->score > b->score);
}

double named_f1(const named_rows *r, unsigned set, const double *b, bool names_too)
{
	ranked *list = malloc((r->of_set[set] + 1) * sizeof(*list));
	unsigned long n = 0, same = 0, right = 0;
	double best = 0;

	for (unsigned long k = 0; list && k < r->n; k++) {
		if (r->row[k].set != set)
			continue;
		list[n++] = (ranked){ names_too ? dot(r->row[k].x, b) : r->row[k].x[1],
				      r->row[k].same };
		same += r->row[k].same;
	}
	if (list)
		qsort(list, n, sizeof(*list), highest_first);
	for (unsigned long k = 0; k < n; k++) {
		right += list[k].same;
		best = fmax(best, 2.0 * (double)right / (double)(k + 1 + same));
	}
	free(list);
	return best;
}
