/* SPDX-License-Identifier: MIT
 *
 * train_linear.c - logistic regression whose coefficients keep their sign.
 *
 * Newton's method; each step minimises the quadratic approximation by coordinates, a coefficient
 * that would leave its side staying at zero.
 */
#include "train.h"

#include <math.h>
#include <stdlib.h>

enum { F = NB_PAIR_FEATURE_COUNT, D = F + 1, STEPS = 12, SWEEPS = 200 };

/* Second-order approximation around the present coefficients; the last one is the bias. */
typedef struct quadratic {
	double gradient[D], hessian[D][D];
} quadratic;

typedef struct scale {
	double mean[F], deviation[F], weight;
} scale;

static void measure(const train_set *s, scale *out)
{
	*out = (scale){ 0 };
	for (size_t i = 0; i < s->n; i++)
		out->weight += s->weight[i];
	for (size_t i = 0; i < s->n; i++)
		for (int f = 0; f < F; f++)
			out->mean[f] += s->weight[i] * s->feature[i * F + (size_t)f] / out->weight;
	for (size_t i = 0; i < s->n; i++)
		for (int f = 0; f < F; f++) {
			double x = s->feature[i * F + (size_t)f] - out->mean[f];

			out->deviation[f] += s->weight[i] * x * x / out->weight;
		}
	for (int f = 0; f < F; f++)
		out->deviation[f] = out->deviation[f] > 1e-12 ? sqrt(out->deviation[f]) : 1;
}

static void approximate(const train_set *s, const scale *k, const double *b, double l2,
			quadratic *q)
{
	*q = (quadratic){ 0 };
	for (size_t i = 0; i < s->n; i++) {
		double x[D], z = 0, p, g, h;

		for (int f = 0; f < F; f++)
			x[f] = (s->feature[i * F + (size_t)f] - k->mean[f]) / k->deviation[f];
		x[F] = 1;
		for (int f = 0; f < D; f++)
			z += b[f] * x[f];
		p = 1 / (1 + exp(-z));
		g = s->weight[i] * (p - s->same[i]);
		h = s->weight[i] * p * (1 - p);
		for (int f = 0; f < D; f++) {
			q->gradient[f] += g * x[f];
			for (int e = 0; e <= f; e++)
				q->hessian[f][e] += h * x[f] * x[e];
		}
	}
	for (int f = 0; f < D; f++) {
		q->gradient[f] += f < F ? l2 * b[f] : 0;
		q->hessian[f][f] += (f < F ? l2 : 0) + 1e-9;
		for (int e = 0; e < f; e++)
			q->hessian[e][f] = q->hessian[f][e];
	}
}

static double keep_sign(int f, double b)
{
	int direction = f < F ? nb_pair_direction((nb_pair_feature)f) : 0;

	return direction * b < 0 ? 0 : b;
}

/* The step to the lowest point of the approximation that keeps the signs. */
static double minimise(const quadratic *q, double *b)
{
	double step[D] = { 0 }, moved = 0;

	for (int sweep = 0; sweep < SWEEPS; sweep++)
		for (int f = 0; f < D; f++) {
			double slope = q->gradient[f];

			for (int e = 0; e < D; e++)
				slope += q->hessian[f][e] * step[e];
			step[f] = keep_sign(f, b[f] + step[f] - slope / q->hessian[f][f]) - b[f];
		}
	for (int f = 0; f < D; f++) {
		b[f] += step[f];
		moved += fabs(step[f]);
	}
	return moved;
}

int train_linear(const train_set *s, const train_options *o, nb_score_model *m)
{
	scale k;
	double b[D] = { 0 };
	quadratic *q = malloc(sizeof(*q));

	if (!q)
		return -1;
	measure(s, &k);
	for (int step = 0; step < STEPS; step++) {
		approximate(s, &k, b, o->linear_l2, q);
		if (minimise(q, b) < 1e-4)
			break;
	}
	m->bias = (float)b[F];
	for (int f = 0; f < F; f++) {
		m->coefficient[f] = (float)(b[f] / k.deviation[f]);
		m->bias -= (float)(b[f] / k.deviation[f] * k.mean[f]);
	}
	free(q);
	return 0;
}
