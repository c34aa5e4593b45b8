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
 * Where the defaults of nb_events_options come from.  All measured with `newsbraid run` and `eval`
 * on the sample night (independent reports: event BCubed F1) and on human translations, each text an
 * event (F1 of pairs across languages: ntrex, its first 300 characters, udpud; their reports of one
 * language kept apart).
 *
 * across_first_stop, across_second_stop, across_stop, as a share of what translations reach:
 *     .50 .40 .35   .856   .983 .946 .973
 *     .45 .35 .30   .869   .976 .932 .973
 *     .40 .30 .25   .865   .945 .932 .974
 *
 * across_shared: two groups that both have reports of a language which the pair scorer did not put
 * together are likely two events.  0: ntrex .854, .3: .924.
 *
 * across_named: what is alike in two languages without a name, place or number in common is mostly
 * of one kind, not one event: strikes, weather, results.  The root of the names in common, up to
 * three, weighs a tenth of the share against what two names weigh.  A logistic regression of "one
 * event" on the share and that root, over the links of ntrex, its first 300 characters, udpud and
 * the sample night, each set as heavy as another, gives 9.98 and 1.10 (`make bench-across`).  Event
 * BCubed F1 and pairs across languages F1 of the sample night, F1 of ntrex, udpud; bsnlp's pairs
 * across languages, their share in one topic:
 *     not weighed    .939 .934   .934 .981   4567 .961
 *     .07            .944 .934   .934 .987   5145 .971
 *     .1             .954 .949   .934 .986   5185 .966
 *     .14            .948 .937   .934 .982   6790 .975
 *
 * story_stop: storylines of the sample night, BCubed F1: .20 .922, .21 .926, .22 .926; with the gold
 * clusters of each language two names were .06 better than one.
 */

/* What n names in common add to the share. */
static double named(const nb_events_options *o, uint32_t n)
{
	return o->across_named *
	       (sqrt(fmin(n, o->across_names_most)) - sqrt(o->across_names_usual));
}

static double worth_event(const nb_events_options *o, const nb_group_link *l)
{
	/* inside one language the pair scorer has decided */
	if (!l->across || l->n_anchors < o->across_anchors)
		return 0;
	return (l->timed + named(o, l->n_names)) * (1 - o->across_shared * l->shared);
}

static double worth_story(const nb_events_options *o, const nb_group_link *l)
{
	if (l->n_names < o->story_names || l->n_anchors < o->story_anchors)
		return 0;
	return l->apart < 0 ? l->score : l->score * exp(-l->apart / o->story_days);
}

/* What a link between two groups is worth; 0: it joins nothing. */
typedef double worth_fn(const nb_events_options *o, const nb_group_link *l);

/* The links that may join.  Returns how many. */
static size_t weigh_links(const nb_group_links *found, worth_fn *worth, const nb_events_options *o,
			  nb_link *out)
{
	size_t n = 0;

	for (size_t i = 0; i < found->n; i++) {
		const nb_group_link *l = &found->link[i];
		double score = worth(o, l);

		if (score > 0)
			out[n++] = (nb_link){ l->a, l->b, (float)score };
	}
	return n;
}

/* label[k]: the group that group k goes into; *joined: how many go into another. */
static nb_status cluster_groups(const nb_group_links *found, uint32_t n, worth_fn *worth,
				const nb_events_options *o, const uint32_t *weight, double stop,
				uint32_t *label, uint32_t *joined)
{
	nb_link *link = malloc((found->n + 1) * sizeof(*link));
	nb_status status = NB_ENOMEM;

	if (link)
		status = nb_linkage_average(n, link, weigh_links(found, worth, o, link), weight,
					    stop, label);
	*joined = 0;
	for (uint32_t k = 0; status == NB_OK && k < n; k++)
		*joined += label[k] != k;
	free(link);
	return status;
}

/* One round at one threshold. */
static nb_status join_once(const nb_concept_vectors *g, const nb_language_clusters *p,
			   const nb_cluster_links *links, const nb_events_options *o,
			   nb_cluster_groups *k, double stop, uint32_t *joined)
{
	uint32_t *label = malloc(((size_t)k->n + 1) * sizeof(*label));
	uint32_t *weight = malloc(((size_t)k->n + 1) * sizeof(*weight));
	nb_group_links found = { 0 };
	nb_status status = NB_ENOMEM;

	*joined = 0;
	if (label && weight)
		status = nb_cluster_groups_compare(g, p, links, o, k,
						   stop - named(o, o->across_names_most), &found);
	if (status == NB_OK) {
		for (uint32_t i = 0; i < k->n; i++)
			weight[i] = k->part_at[i + 1] - k->part_at[i];
		status = cluster_groups(&found, k->n, worth_event, o, weight, stop, label, joined);
	}
	if (status == NB_OK && *joined)
		status = nb_cluster_groups_join(k, label);
	free(found.link);
	free(label);
	free(weight);
	return status;
}

nb_status nb_link_across(const nb_concept_vectors *g, const nb_language_clusters *p,
			 const nb_cluster_links *links, const nb_events_options *o,
			 nb_cluster_groups *k)
{
	const double stop[] = { o->across_first_stop, o->across_second_stop, o->across_stop };
	nb_status status = NB_OK;

	for (size_t t = 0; t < sizeof(stop) / sizeof(*stop); t++) {
		uint32_t joined = 1;

		for (uint32_t round = 0; status == NB_OK && joined && round < o->across_rounds;
		     round++)
			status = join_once(g, p, links, o, k, stop[t], &joined);
	}
	return status;
}

nb_status nb_link_storylines(const nb_concept_vectors *g, const nb_language_clusters *p,
			     const nb_cluster_links *links, const nb_events_options *o,
			     const nb_cluster_groups *events, uint32_t *label)
{
	nb_group_links found;
	uint32_t joined;
	nb_status status = nb_cluster_groups_compare(g, p, links, o, events, o->story_stop, &found);

	NB_TRY(status, cluster_groups(&found, events->n, worth_story, o, NULL, o->story_stop, label,
				      &joined));
	free(found.link);
	return status;
}
