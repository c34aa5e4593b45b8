/* SPDX-License-Identifier: MIT
 *
 * test_related.c - pairs that report one event: likely, of one language, and never too many.
 */
#include "newsbraid/related.h"

#include <math.h>
#include <omp.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "related/candidates.h"
#include "related/scorer.h"

#define DAY 86400

static nb_night night;
static nb_related_options options;

static int open_night(void **state)
{
	(void)state;
	nb_related_options_init(&options);
	return nb_night_init(&night, (size_t)1 << 28, NULL) != NB_OK;
}

static int close_night(void **state)
{
	(void)state;
	nb_night_release(&night);
	return 0;
}

static void add(const char *lang, int64_t at, const char *title, const char *text)
{
	nb_article a = { .text = { text, strlen(text) },
			 .title = { title, strlen(title) },
			 .lang = { lang, strlen(lang) },
			 .published_at = at };

	assert_int_equal(nb_night_append(&night, &a, NULL), NB_OK);
}

static uint32_t *all(void)
{
	uint32_t *article = malloc((night.n + 1) * sizeof(*article));

	assert_non_null(article);
	for (uint32_t i = 0; i < night.n; i++)
		article[i] = i;
	return article;
}

static nb_related_list find(nb_related_stats *stats)
{
	uint32_t *article = all();
	nb_related_list l;

	assert_int_equal(nb_related_find(&night, article, night.n, &options, &l, stats, NULL),
			 NB_OK);
	free(article);
	return l;
}

static double probability(const nb_related_list *l, uint32_t a, uint32_t b)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->pair[i].a == a && l->pair[i].b == b)
			return l->pair[i].p;
	return 0;
}

/* Forty reports that have nothing to do with each other, so that frequencies mean something. */
static void add_others(const char *lang)
{
	static const char *const place[] = { "Aurich", "Bilbao", "Cadiz", "Dover", "Essen",
					     "Faro", "Genoa", "Hasselt", "Izmir", "Jena" };
	static const char *const thing[] = { "bridge", "school", "harvest", "election" };
	char title[200], text[1000];

	for (int i = 0; i < 40; i++) {
		snprintf(title, sizeof(title), "New %s plan for %s presented", thing[i / 10],
			 place[i % 10]);
		snprintf(text, sizeof(text),
			 "The council of %s presented a plan for the %s on Monday. Spokesman %c%s "
			 "Mortensen said that the work on the %s will cost %d million and that "
			 "people in %s can send comments until number %d of the journal appears.",
			 place[i % 10], thing[i / 10], 'K' + i % 7, "arel", thing[i / 10], 3 + 7 * i,
			 place[i % 10], 100 + i);
		add(lang, 1700000000 + i * 3600, title, text);
	}
}

#define QUAKE_TITLE "Earthquake near Lima kills 14"
#define QUAKE                                                                                  \
	"A strong earthquake shook the coast near Lima on Tuesday and killed 14 people, the "  \
	"Geophysical Institute of Peru said. The quake of magnitude 7.1 struck at dawn; walls " \
	"fell in Chorrillos and Callao. President Boluarte flew to the port."
#define QUAKE_AGAIN                                                                            \
	"At least 14 people died when a quake of magnitude 7.1 hit Peru. Houses in Callao and " \
	"Chorrillos collapsed, and President Boluarte cut short a visit. The Geophysical "      \
	"Institute in Lima expects more shocks on the coast."

static void one_event_is_likely_and_others_are_not(void **state)
{
	nb_related_list l;
	nb_related_stats stats;

	(void)state;
	add_others("en");
	add("en", 1700000000, QUAKE_TITLE, QUAKE);
	add("en", 1700000000 + 7200, "Peru: quake of 7.1 kills at least 14", QUAKE_AGAIN);
	l = find(&stats);
	assert_true(probability(&l, 40, 41) > 0.35);
	for (uint32_t i = 0; i < 40; i++)
		assert_true(probability(&l, i, 40) < 0.1);
	assert_int_equal(stats.n_languages, 1);
	assert_int_equal(stats.n_pairs, l.n);
	nb_related_list_release(&l);
}

static void languages_do_not_meet(void **state)
{
	nb_related_list l;
	nb_related_stats stats;

	(void)state;
	for (int i = 0; i < 3; i++) {
		add("en", 1700000000, QUAKE_TITLE, QUAKE);
		add("es", 1700000000, QUAKE_TITLE, QUAKE);
		add("", 1700000000, QUAKE_TITLE, QUAKE);
	}
	l = find(&stats);
	assert_int_equal(stats.n_languages, 3);
	assert_true(l.n > 0);
	for (size_t i = 0; i < l.n; i++) {
		assert_int_equal(l.pair[i].a % 3, l.pair[i].b % 3);
		assert_true(l.pair[i].a < l.pair[i].b);
		assert_true(i == 0 || l.pair[i].b > l.pair[i - 1].b ||
			    (l.pair[i].b == l.pair[i - 1].b && l.pair[i].a > l.pair[i - 1].a));
	}
	nb_related_list_release(&l);
}

/* Reports that name their second are of one event within days. */
static void time_counts(void **state)
{
	nb_related_list l;

	(void)state;
	add_others("en");
	add("en", 1700000000, QUAKE_TITLE, QUAKE);
	add("en", 1700000000 + 3600, "Peru: quake of 7.1 kills at least 14", QUAKE_AGAIN);
	add("en", 1700000000 + 10 * DAY, "Peru: quake of 7.1 kills at least 14", QUAKE_AGAIN);
	l = find(NULL);
	assert_true(probability(&l, 40, 41) > 0.35);
	assert_true(probability(&l, 40, 42) < 0.1); /* a sequel: not the same event */
	nb_related_list_release(&l);
}

/* Of reports that name their second, each further day speaks against one event. */
static void days_apart_weigh(void **state)
{
	nb_related_list l;
	double near, far;

	(void)state;
	add_others("en");
	add("en", 1700000000, QUAKE_TITLE, QUAKE);
	add("en", 1700000000 + 4 * DAY, "Peru: quake of 7.1 kills at least 14", QUAKE_AGAIN);
	l = find(NULL);
	far = probability(&l, 40, 41);
	nb_related_list_release(&l);
	options.sigma_days = 4;
	l = find(NULL);
	near = probability(&l, 40, 41);
	nb_related_list_release(&l);
	/* four days are two sigmas of two days: log-odds of 2; one of four: .5 */
	assert_true(fabs(log(near / (1 - near)) - log(far / (1 - far)) - 1.5) < 1e-3);
}

/* Everybody writes about the same thing: work and pairs stay linear. */
static void a_night_of_one_topic_does_not_blow_up(void **state)
{
	enum { N = 20000 };
	nb_related_list l;
	nb_related_stats stats;
	char text[600];

	(void)state;
	for (uint32_t i = 0; i < N; i++) {
		snprintf(text, sizeof(text),
			 "Final in Lisbon tonight: Benfica meets Porto. Coach Marques of Benfica "
			 "expects %u goals and %u visitors, captain Silva said in Lisbon. Porto "
			 "has won %u times in the Estadio da Luz, Benfica %u times. Number %u.",
			 i % 7, 30000 + i % 97, i % 31, i % 29, i);
		add("en", 1700000000 + i, "Benfica meets Porto", text);
	}
	l = find(&stats);
	assert_true(stats.n_candidates <= (uint64_t)N * options.candidates);
	assert_true(l.n <= stats.n_candidates);
	assert_true(stats.n_dropped > 0);
	nb_related_list_release(&l);
}

static void same_for_any_number_of_threads(void **state)
{
	int before = omp_get_max_threads();
	nb_related_list one, many;

	(void)state;
	add_others("en");
	add_others("nl");
	add_others("de");
	omp_set_num_threads(1);
	one = find(NULL);
	omp_set_num_threads(4);
	many = find(NULL);
	omp_set_num_threads(before);
	assert_int_equal(one.n, many.n);
	assert_true(one.n > 0);
	assert_memory_equal(one.pair, many.pair, one.n * sizeof(*one.pair));
	nb_related_list_release(&one);
	nb_related_list_release(&many);
}

static void nothing_and_bad_options(void **state)
{
	nb_related_list l;
	nb_related_options bad = options;

	(void)state;
	assert_int_equal(nb_related_find(&night, NULL, 0, &options, &l, NULL, NULL), NB_OK);
	assert_int_equal(l.n, 0);
	bad.candidates = 0;
	assert_int_equal(nb_related_find(&night, NULL, 0, &bad, &l, NULL, NULL), NB_EINVAL);
	bad = options;
	bad.sigma_days = 0;
	assert_int_equal(nb_related_find(&night, NULL, 0, &bad, &l, NULL, NULL), NB_EINVAL);
	bad = options;
	bad.floor = 2;
	assert_int_equal(nb_related_find(&night, NULL, 0, &bad, &l, NULL, NULL), NB_EINVAL);
}

/* Whatever else a pair is like, more of a feature counts the way its direction says. */
static void features_keep_their_direction(void **state)
{
	uint64_t seed = 5;

	(void)state;
	for (int turn = 0; turn < 20000; turn++) {
		float f[NB_PAIR_FEATURE_COUNT], less, more;
		int k = turn % NB_PAIR_FEATURE_COUNT;
		int direction = nb_pair_direction((nb_pair_feature)k);

		for (int i = 0; i < NB_PAIR_FEATURE_COUNT; i++) {
			seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407u;
			f[i] = (float)(seed >> 40) * 0x1p-24f * (i % 3 ? 1 : 3);
		}
		less = nb_score_mixed(&nb_scorer_shipped, (nb_pair_kind)(turn % NB_PAIR_KINDS), f);
		f[k] += 0.3f;
		more = nb_score_mixed(&nb_scorer_shipped, (nb_pair_kind)(turn % NB_PAIR_KINDS), f);
		assert_true(direction == 0 || (float)direction * (more - less) >= -1e-4f);
	}
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, open_night, close_night)
	const struct CMUnitTest tests[] = {
		TEST(one_event_is_likely_and_others_are_not),
		TEST(languages_do_not_meet),
		TEST(time_counts),
		TEST(days_apart_weigh),
		TEST(a_night_of_one_topic_does_not_blow_up),
		TEST(same_for_any_number_of_threads),
		TEST(nothing_and_bad_options),
		TEST(features_keep_their_direction),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
