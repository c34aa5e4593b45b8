/* SPDX-License-Identifier: MIT
 *
 * Candidates by the cosine of concepts, against comparing all.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "across/concept_neighbours.h"
#include "concept_vectors.h"
#include "sample.h"

#define LISTS    40u
#define WORDS    6u
#define CONCEPTS 30u
#define LEAST    0.2f

/* LISTS lists in three languages, WORDS words each, one to three senses a word. */
static void random_lists(hand *h, uint64_t seed)
{
	hand_init(h);
	for (uint32_t w = 0; w < 60; w++) {
		uint32_t concept[3];
		float fit[3] = { 1, .9f, .8f };
		uint16_t n = (uint16_t)(1 + sample_random(&seed) % 3);

		for (uint16_t i = 0; i < n; i++)
			concept[i] = (uint32_t)(sample_random(&seed) % CONCEPTS);
		hand_word(h, (uint8_t)(1 + w % 3), NB_WORD_PLAIN, 1, concept, fit, n);
	}
	h->g.n_concepts = CONCEPTS;
	for (uint32_t i = 0; i < LISTS; i++) {
		uint32_t word[WORDS];
		uint8_t lang = (uint8_t)(1 + i % 3);

		for (uint32_t k = 0; k < WORDS; k++)
			word[k] = (uint32_t)(sample_random(&seed) % 20) * 3 + lang - 1;
		hand_list(h, lang, word, WORDS);
	}
}

static void vector(const hand *h, uint32_t i, double v[CONCEPTS])
{
	double square = 0;

	memset(v, 0, CONCEPTS * sizeof(*v));
	for (uint64_t k = h->at[i]; k < h->at[i + 1]; k++) {
		const nb_word *w = &h->word[h->list[k]];

		for (uint32_t s = 0; s < w->n_senses; s++) {
			const nb_sense *sense = &h->sense[w->sense_at + s];
			double *x = &v[sense->concept];

			*x = fmax(*x, (double)sense->fit * sense->fit);
		}
	}
	for (uint32_t c = 0; c < CONCEPTS; c++)
		square += v[c] * v[c];
	for (uint32_t c = 0; c < CONCEPTS; c++)
		v[c] /= sqrt(square);
}

static double cosine(const hand *h, uint32_t a, uint32_t b)
{
	double u[CONCEPTS], v[CONCEPTS], sum = 0;

	vector(h, a, u);
	vector(h, b, v);
	for (uint32_t c = 0; c < CONCEPTS; c++)
		sum += u[c] * v[c];
	return sum;
}

/* How many lists of b's language are nearer to a than b is. */
static uint32_t rank(const hand *h, uint32_t a, uint32_t b)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < LISTS; i++)
		n += i != a && h->lang[i] == h->lang[b] && cosine(h, a, i) > cosine(h, a, b) + 1e-6;
	return n;
}

static bool found(const nb_neighbours *l, uint32_t a, uint32_t b, float *cos)
{
	for (size_t k = 0; k < l->n; k++) {
		if (l->near[k].a == a && l->near[k].b == b) {
			*cos = l->near[k].cosine;
			return true;
		}
	}
	return false;
}

static void the_nearest_of_every_language_are_found(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 20; seed++) {
		hand h;
		nb_neighbours l;
		uint32_t n = 0;

		random_lists(&h, seed);
		assert_int_equal(nb_neighbours_find(&h.g, &h.g.of, LEAST, &l), NB_OK);
		for (uint32_t a = 0; a < LISTS; a++) {
			for (uint32_t b = a + 1; b < LISTS; b++) {
				double want = cosine(&h, a, b);
				bool near = rank(&h, a, b) < NB_NEIGHBOURS_EACH ||
					    rank(&h, b, a) < NB_NEIGHBOURS_EACH;
				float cos;

				if (found(&l, a, b, &cos)) {
					assert_true(fabs(cos - want) < 1e-4);
					assert_true(want > LEAST - 1e-4);
					n++;
				} else if (want > LEAST + 1e-4) {
					/* of equally near ones any may be taken */
					assert_false(near &&
						     rank(&h, a, b) + 1 < NB_NEIGHBOURS_EACH - 2 &&
						     rank(&h, b, a) + 1 < NB_NEIGHBOURS_EACH - 2);
				}
			}
		}
		assert_int_equal(n, l.n);
		assert_true(n > LISTS);
		free(l.near);
	}
}

static void no_lists_no_pairs(void **state)
{
	hand h;
	nb_neighbours l;

	(void)state;
	hand_init(&h);
	assert_int_equal(nb_neighbours_find(&h.g, &h.g.of, LEAST, &l), NB_OK);
	assert_int_equal(l.n, 0);
	free(l.near);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_nearest_of_every_language_are_found),
		cmocka_unit_test(no_lists_no_pairs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
