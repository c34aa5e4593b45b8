/* SPDX-License-Identifier: MIT
 *
 * cross_linkage.c - see cross_linkage.h.
 */
#include "events/cross_linkage.h"

#include <math.h>
#include <stdlib.h>

#include "base/status.h"
#include "newsbraid/linkage.h"

/*
 * All measured with `newsbraid run` and `eval` on the sample night (independent reports: event BCubed
 * F1) and on human translations, each text an event (F1 of pairs across languages: ntrex, its first
 * 300 characters, udpud; their reports of one language kept apart).
 *
 * Thresholds of the rounds, as a share of what translations reach:
 *     .50 .40 .35   .856   .983 .946 .973
 *     .45 .35 .30   .869   .976 .932 .973
 *     .40 .30 .25   .865   .945 .932 .974
 */
static const double event_stop[] = { 0.45, 0.35, 0.30 };
#define EVENT_ROUNDS   3 /* most joins at one threshold */
#define EVENT_ANCHORS  2 /* independent words that must agree */
/* Two groups that both have reports of a language which the pair scorer did not put together are
 * likely two events; so much of the score goes if all languages of the smaller are shared.  0: ntrex
 * .854, .3: .924. */
#define EVENT_SHARED   0.5

/*
 * What is alike in two languages without a name, place or number in common is mostly of one kind, not
 * one event: strikes, weather, results.  The root of the names in common, up to three, weighs a tenth of
 * the share against what two names weigh.  A logistic regression of "one event" on the share and that
 * root, over the links of ntrex, its first 300 characters, udpud and the sample night, each set as heavy
 * as another, gives 9.98 and 1.10 (`make bench-across`).  Event BCubed F1 and pairs across languages F1
 * of the sample night, F1 of ntrex, udpud; bsnlp's pairs across languages, their share in one topic:
 *     not weighed    .939 .934   .934 .981   4567 .961
 *     .07            .944 .934   .934 .987   5145 .971
 *     .1             .954 .949   .934 .986   5185 .966
 *     .14            .948 .937   .934 .982   6790 .975
 */
#define EVENT_NAMED    0.1
#define NAMES_MOST     3
#define NAMES_USUAL    2

/* Storylines of the sample night, BCubed F1: .20 .922, .21 .926, .22 .926; with the gold clusters of each
 * language two names were .06 better than one. */
#define STORY_STOP     0.21
#define STORY_DAYS     10.0 /* after which a link is worth a third */
#define STORY_NAMES    2
#define STORY_ANCHORS  3

/* What n names in common add to the share. */
static double named(uint32_t n)
{
	return EVENT_NAMED * (sqrt(fmin(n, NAMES_MOST)) - sqrt(NAMES_USUAL));
}

static double worth_event(const nb_group_link *l)
{
	/* inside one language the pair scorer has decided */
	if (!l->across || l->n_anchors < EVENT_ANCHORS)
		return 0;
	return (l->timed + named(l->n_names)) * (1 - EVENT_SHARED * l->shared);
}

static double worth_story(const nb_group_link *l)
{
	if (l->n_names < STORY_NAMES || l->n_anchors < STORY_ANCHORS)
		return 0;
	return l->apart < 0 ? l->score : l->score * exp(-l->apart / STORY_DAYS);
}

/* The links that may join.  Returns how many. */
static size_t weigh_links(const nb_group_links *found, double (*worth)(const nb_group_link *),
			  nb_link *out)
{
	size_t n = 0;

	for (size_t i = 0; i < found->n; i++) {
		const nb_group_link *l = &found->link[i];
		double score = worth(l);

		if (score > 0)
			out[n++] = (nb_link){ l->a, l->b, (float)score };
	}
	return n;
}

/* label[k]: the group that group k goes into; *joined: how many go into another. */
static nb_status cluster_groups(const nb_group_links *found, uint32_t n,
				double (*worth)(const nb_group_link *), const uint32_t *weight,
				double stop, uint32_t *label, uint32_t *joined)
{
	nb_link *link = malloc((found->n + 1) * sizeof(*link));
	nb_status status = NB_ENOMEM;

	if (link)
		status = nb_linkage_average(n, link, weigh_links(found, worth, link), weight, stop,
					    label);
	*joined = 0;
	for (uint32_t k = 0; status == NB_OK && k < n; k++)
		*joined += label[k] != k;
	free(link);
	return status;
}

/* One round at one threshold. */
static nb_status join_once(const nb_concept_vectors *g, const nb_language_clusters *p,
			   const nb_cluster_links *links, nb_cluster_groups *k, double stop,
			   uint32_t *joined)
{
	uint32_t *label = malloc(((size_t)k->n + 1) * sizeof(*label));
	uint32_t *weight = malloc(((size_t)k->n + 1) * sizeof(*weight));
	nb_group_links found = { 0 };
	nb_status status = NB_ENOMEM;

	*joined = 0;
	if (label && weight)
		status =
			nb_cluster_groups_compare(g, p, links, k, stop - named(NAMES_MOST), &found);
	if (status == NB_OK) {
		for (uint32_t i = 0; i < k->n; i++)
			weight[i] = k->part_at[i + 1] - k->part_at[i];
		status = cluster_groups(&found, k->n, worth_event, weight, stop, label, joined);
	}
	if (status == NB_OK && *joined)
		status = nb_cluster_groups_join(k, label);
	free(found.link);
	free(label);
	free(weight);
	return status;
}

nb_status nb_link_across(const nb_concept_vectors *g, const nb_language_clusters *p,
			 const nb_cluster_links *links, nb_cluster_groups *k)
{
	nb_status status = NB_OK;

	for (size_t t = 0; t < sizeof(event_stop) / sizeof(*event_stop); t++) {
		uint32_t joined = 1;

		for (int round = 0; status == NB_OK && joined && round < EVENT_ROUNDS; round++)
			status = join_once(g, p, links, k, event_stop[t], &joined);
	}
	return status;
}

nb_status nb_link_storylines(const nb_concept_vectors *g, const nb_language_clusters *p,
			     const nb_cluster_links *links, const nb_cluster_groups *events,
			     uint32_t *label)
{
	nb_group_links found;
	uint32_t joined;
	nb_status status = nb_cluster_groups_compare(g, p, links, events, STORY_STOP, &found);

	NB_TRY(status,
	       cluster_groups(&found, events->n, worth_story, NULL, STORY_STOP, label, &joined));
	free(found.link);
	return status;
}
