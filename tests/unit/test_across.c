/* SPDX-License-Identifier: MIT
 *
 * Parts of events linked across languages, and events to storylines, on vectors made by hand.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "concept_vectors.h"
#include "events/cross_evidence.h"
#include "events/cross_linkage.h"

enum { EN = 1, NL = 2, AR = 3, WORDS = 8, DAY = 86400 };

/* A night of hand-made reports: their vectors, and when they were published. */
typedef struct world {
	hand h;
	nb_night night;
	int64_t time[16];
	uint32_t article[16], label[16];
	nb_language_clusters parts;
	nb_cluster_links links;
	nb_cluster_groups groups;
} world;

/* A report of WORDS words, half of them names, that mean the concepts first, first + 1, ... */
static void report(world *w, uint8_t lang, uint32_t first, int64_t time)
{
	uint32_t word[WORDS], i = w->h.g.of.n;

	for (uint32_t k = 0; k < WORDS; k++) {
		uint32_t concept = first + k;

		word[k] = hand_word(&w->h, lang, k % 2 ? NB_WORD_NAME : NB_WORD_PLAIN, 1, &concept,
				    &(float){ .9f }, 1);
	}
	hand_list(&w->h, lang, word, WORDS);
	w->time[i] = time;
	w->article[i] = w->label[i] = i;
}

static nb_events_options options;

static void begin(world *w)
{
	nb_events_options_init(&options);
	memset(w, 0, sizeof(*w));
	hand_init(&w->h);
	w->night.published_at = w->time;
}

static void compare(world *w)
{
	w->night.n = w->h.g.of.n;
	assert_int_equal(
		nb_language_clusters_make(&w->night, &w->h.g, w->article, w->label, &w->parts),
		NB_OK);
	assert_int_equal(nb_language_clusters_compare(&w->h.g, &w->parts, &options, &w->links),
			 NB_OK);
	assert_int_equal(nb_cluster_groups_init(&w->groups, w->parts.n), NB_OK);
}

static void end(world *w)
{
	nb_language_clusters_release(&w->parts);
	free(w->links.link);
	nb_cluster_groups_release(&w->groups);
}

static void reports_of_one_event_in_three_languages_are_joined(void **state)
{
	world w;

	(void)state;
	begin(&w);
	report(&w, EN, 0, 0);
	report(&w, NL, 0, 3600);
	report(&w, AR, 1, 7200); /* all but one of the concepts */
	report(&w, EN, 100, 0);  /* something else */
	compare(&w);
	assert_int_equal(nb_link_across(&w.h.g, &w.parts, &w.links, &options, &w.groups), NB_OK);
	assert_int_equal(w.groups.n, 2);
	assert_int_equal(w.groups.of[0], w.groups.of[1]);
	assert_int_equal(w.groups.of[0], w.groups.of[2]);
	assert_int_not_equal(w.groups.of[0], w.groups.of[3]);
	end(&w);
}

/* What the pair scorer kept apart inside one language is not joined by concepts. */
static void one_language_is_left_to_the_pair_scorer(void **state)
{
	world w;

	(void)state;
	begin(&w);
	report(&w, EN, 0, 0);
	report(&w, EN, 0, 0);
	compare(&w);
	assert_int_equal(nb_link_across(&w.h.g, &w.parts, &w.links, &options, &w.groups), NB_OK);
	assert_int_equal(w.groups.n, 2);
	end(&w);
}

static void reports_far_apart_in_time_are_not_joined(void **state)
{
	world w;

	(void)state;
	begin(&w);
	report(&w, EN, 0, 0);
	report(&w, NL, 0, 20 * DAY);
	compare(&w);
	assert_int_equal(nb_link_across(&w.h.g, &w.parts, &w.links, &options, &w.groups), NB_OK);
	assert_int_equal(w.groups.n, 2);
	end(&w);
}

static void a_time_that_is_not_known_does_not_keep_apart(void **state)
{
	world w;

	(void)state;
	begin(&w);
	report(&w, EN, 0, NB_NO_TIME);
	report(&w, NL, 0, 20 * DAY);
	compare(&w);
	assert_int_equal(nb_link_across(&w.h.g, &w.parts, &w.links, &options, &w.groups), NB_OK);
	assert_int_equal(w.groups.n, 1);
	end(&w);
}

/* Two events that share half of what they say, two days apart. */
static void events_that_share_names_are_a_storyline(void **state)
{
	uint32_t label[3];
	world w;

	(void)state;
	begin(&w);
	report(&w, EN, 0, 0);
	report(&w, NL, WORDS / 2 - 1, 2 * DAY);
	report(&w, NL, 100, 0);
	compare(&w);
	assert_int_equal(nb_link_storylines(&w.h.g, &w.parts, &w.links, &options, &w.groups, label), NB_OK);
	assert_int_equal(label[0], 0);
	assert_int_equal(label[1], 0);
	assert_int_equal(label[2], 2);
	end(&w);
}

static void groups_span_the_time_of_their_parts(void **state)
{
	const uint32_t label[] = { 0, 0, 2 };
	nb_group_links found;
	world w;

	(void)state;
	begin(&w);
	report(&w, EN, 0, 0);
	report(&w, NL, 0, 2 * DAY);
	report(&w, AR, 0, 5 * DAY);
	compare(&w);
	assert_int_equal(nb_cluster_groups_join(&w.groups, label), NB_OK);
	assert_int_equal(w.groups.n, 2);
	assert_int_equal(nb_cluster_groups_compare(&w.h.g, &w.parts, &w.links, &options, &w.groups,
						   0, &found),
			 NB_OK);
	assert_int_equal(found.n, 1);
	assert_true(fabs(found.link[0].apart - 3) < 1e-9);
	assert_true(found.link[0].across);
	free(found.link);
	end(&w);
}

/* The part of a cluster says what most of its reports say. */
static void words_that_more_reports_share_come_first(void **state)
{
	world w;
	uint32_t shared, rare[2], list[2];

	(void)state;
	begin(&w);
	shared = hand_plain(&w.h, EN, 0);
	rare[0] = hand_plain(&w.h, EN, 1);
	rare[1] = hand_plain(&w.h, EN, 2);
	for (uint32_t i = 0; i < 2; i++) {
		list[0] = rare[i];
		list[1] = shared;
		w.article[w.h.g.of.n] = w.h.g.of.n;
		hand_list(&w.h, EN, list, 2);
	}
	w.night.n = 2;
	assert_int_equal(nb_language_clusters_make(&w.night, &w.h.g, w.article, w.label, &w.parts),
			 NB_OK);
	assert_int_equal(w.parts.n, 1);
	assert_int_equal(w.parts.words.at[1], 3);
	assert_int_equal(w.parts.words.word[0], shared);
	nb_language_clusters_release(&w.parts);
}

/* What comparing the parts themselves gives, and what lifting gives that of their reports, agree. */
static void links_of_reports_are_lifted_to_their_parts(void **state)
{
	nb_cluster_links lifted;
	nb_language_clusters single;
	world w;

	(void)state;
	begin(&w);
	report(&w, EN, 0, 0);
	report(&w, EN, 1, 0);
	report(&w, NL, 0, 0);
	report(&w, AR, 2, 0);
	w.label[1] = 0;
	compare(&w);
	assert_int_equal(w.parts.n, 3);
	assert_int_equal(nb_language_clusters_single(&w.night, &w.h.g, w.article, &single), NB_OK);
	free(w.links.link);
	assert_int_equal(nb_language_clusters_compare(&w.h.g, &single, &options, &w.links), NB_OK);
	assert_int_equal(w.links.n, 6);
	assert_int_equal(nb_language_clusters_lift(&w.h.g, &w.links, &w.parts, &lifted), NB_OK);
	assert_int_equal(lifted.n, 3);
	nb_language_clusters_release(&single);
	free(w.links.link);
	assert_int_equal(nb_language_clusters_compare(&w.h.g, &w.parts, &options, &w.links), NB_OK);
	for (size_t k = 0; k < lifted.n; k++) {
		assert_int_equal(lifted.link[k].a, w.links.link[k].a);
		assert_int_equal(lifted.link[k].b, w.links.link[k].b);
		assert_true(lifted.link[k].score == w.links.link[k].score);
	}
	free(lifted.link);
	end(&w);
}

/* Two English reports that the scorer takes for one event; what Dutch says of it. */
static float asked(world *w, float p)
{
	nb_link link = { 0, 1, p };

	w->night.n = w->h.g.of.n;
	assert_int_equal(nb_language_clusters_single(&w->night, &w->h.g, w->article, &w->parts),
			 NB_OK);
	assert_int_equal(nb_language_clusters_compare(&w->h.g, &w->parts, &options, &w->links),
			 NB_OK);
	assert_int_equal(nb_cross_evidence_weigh(&w->h.g, &w->parts, &w->links, &options, &link, 1),
			 NB_OK);
	nb_language_clusters_release(&w->parts);
	free(w->links.link);
	return link.score;
}

static void reports_with_counterparts_of_their_own_are_two_events(void **state)
{
	world w;

	(void)state;
	begin(&w);
	report(&w, EN, 0, 0);
	report(&w, EN, WORDS - 2, 0);
	report(&w, NL, 0, 0);
	report(&w, NL, WORDS - 2, 0);
	assert_true(asked(&w, 0.9f) < 0.1f);
}

static void reports_with_one_counterpart_stay_as_they_are(void **state)
{
	world w;

	(void)state;
	begin(&w);
	report(&w, EN, 0, 0);
	report(&w, EN, WORDS / 2, 0);
	report(&w, NL, WORDS / 4, 0);
	assert_true(asked(&w, 0.6f) == 0.6f);
}

static void in_one_language_nobody_is_asked(void **state)
{
	world w;

	(void)state;
	begin(&w);
	report(&w, EN, 0, 0);
	report(&w, EN, WORDS - 2, 0);
	assert_true(asked(&w, 0.6f) == 0.6f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reports_of_one_event_in_three_languages_are_joined),
		cmocka_unit_test(one_language_is_left_to_the_pair_scorer),
		cmocka_unit_test(reports_far_apart_in_time_are_not_joined),
		cmocka_unit_test(a_time_that_is_not_known_does_not_keep_apart),
		cmocka_unit_test(events_that_share_names_are_a_storyline),
		cmocka_unit_test(groups_span_the_time_of_their_parts),
		cmocka_unit_test(links_of_reports_are_lifted_to_their_parts),
		cmocka_unit_test(reports_with_counterparts_of_their_own_are_two_events),
		cmocka_unit_test(reports_with_one_counterpart_stay_as_they_are),
		cmocka_unit_test(in_one_language_nobody_is_asked),
		cmocka_unit_test(words_that_more_reports_share_come_first),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
