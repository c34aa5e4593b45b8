/* SPDX-License-Identifier: MIT
 *
 * events.c - see events.h.
 *
 *     reports -> pairs -> clusters of one language -> clusters of all languages = events
 *             -> storylines -> roles, terms, evidence
 */
#include "newsbraid/events.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/status.h"
#include "events/cross_evidence.h"
#include "events/cross_linkage.h"
#include "events/event_detail.h"
#include "events/event_set.h"
#include "events/series.h"
#include "newsbraid/linkage.h"

/* Everything between the steps. */
typedef struct stage {
	const nb_night *night;
	const nb_edges *edges;
	const nb_copies *copies;
	const nb_lexicon *lexicon;
	const nb_events_options *options;
	uint32_t n;        /* reports */
	uint32_t *article; /* [0..n): their article numbers */
	uint32_t *report;  /* [0..night->n): number of the report, UINT32_MAX for copies */
	uint32_t *label;   /* [0..n): cluster of one language: its smallest report */
	nb_related_list related;
	nb_concept_vectors vectors;
	nb_language_clusters single; /* each report a part of its own */
	nb_cluster_links near;
	nb_language_clusters parts;
	nb_cluster_links links;
	nb_cluster_groups groups;
	uint32_t *storyline; /* [0..groups.n): its smallest group */
} stage;

static void stage_release(stage *s)
{
	free(s->article);
	free(s->report);
	free(s->label);
	free(s->storyline);
	free(s->near.link);
	free(s->links.link);
	nb_related_list_release(&s->related);
	nb_concept_vectors_release(&s->vectors);
	nb_language_clusters_release(&s->single);
	nb_language_clusters_release(&s->parts);
	nb_cluster_groups_release(&s->groups);
}

/* Leaders of copy groups and single articles. */
static nb_status list_reports(stage *s)
{
	size_t n = (size_t)s->night->n + 1;

	s->article = malloc(n * sizeof(*s->article));
	s->report = malloc(n * sizeof(*s->report));
	s->label = malloc(n * sizeof(*s->label));
	if (!s->article || !s->report || !s->label)
		return NB_ENOMEM;
	for (uint32_t i = 0; i < s->night->n; i++) {
		bool leads = s->copies->leader[i] == i;

		s->report[i] = leads ? s->n : UINT32_MAX;
		if (leads)
			s->article[s->n++] = i;
	}
	return NB_OK;
}

static nb_status find_related(stage *s, nb_error *err)
{
	const nb_events_options *o = s->options;
	nb_related_options related = {
		.floor = o->related_floor,
		.candidates = o->related_candidates,
		.postings = o->related_postings,
		.sigma_days = o->related_sigma_days,
		.lexicon = s->lexicon,
	};

	return nb_related_find(s->night, s->article, s->n, &related, &s->related, NULL, err);
}

/* ---- reports of all languages, one by one ---------------------------------------------------- */

static nb_status compare_reports(stage *s)
{
	nb_status status =
		nb_language_clusters_single(s->night, &s->vectors, s->article, &s->single);

	return status == NB_OK
		       ? nb_language_clusters_compare(&s->vectors, &s->single, s->options, &s->near)
		       : status;
}

/* ---- one language ---------------------------------------------------------------------------- */

static nb_status cluster_language(stage *s)
{
	nb_link *link = malloc((s->related.n + 1) * sizeof(*link));
	nb_status status;

	if (!link)
		return NB_ENOMEM;
	for (size_t k = 0; k < s->related.n; k++) {
		const nb_related *r = &s->related.pair[k];

		link[k] = (nb_link){ s->report[r->a], s->report[r->b], r->p };
	}
	status = nb_cross_evidence_weigh(&s->vectors, &s->single, &s->near, s->options, link,
					 s->related.n);
	NB_TRY(status, nb_cluster_series(s->edges, s->copies, s->report,
					 s->options->series_other_numbers, link, s->related.n));
	NB_TRY(status, nb_linkage_average(s->n, link, s->related.n, NULL, s->options->related_stop,
					  s->label));
	free(link);
	return status;
}

/* ---- all languages --------------------------------------------------------------------------- */

static nb_status cluster_across(stage *s)
{
	nb_status status =
		nb_language_clusters_make(s->night, &s->vectors, s->article, s->label, &s->parts);

	NB_TRY(status, nb_language_clusters_lift(&s->vectors, &s->near, &s->parts, &s->links));
	nb_language_clusters_release(&s->single);
	free(s->near.link);
	s->near = (nb_cluster_links){ 0 };
	NB_TRY(status, nb_cluster_groups_init(&s->groups, s->parts.n));
	NB_TRY(status, nb_link_across(&s->vectors, &s->parts, &s->links, s->options, &s->groups));
	return status;
}

static nb_status cluster_stories(stage *s)
{
	s->storyline = malloc(((size_t)s->groups.n + 1) * sizeof(*s->storyline));
	if (!s->storyline)
		return NB_ENOMEM;
	return nb_link_storylines(&s->vectors, &s->parts, &s->links, s->options, &s->groups,
				  s->storyline);
}

/* ---- the result ------------------------------------------------------------------------------ */

/* The smallest report of each group, as an article number, for every leader. */
static nb_status number_events(stage *s, nb_events *out)
{
	uint32_t *first = malloc(((size_t)s->groups.n + 1) * sizeof(*first));
	uint32_t *label = malloc(((size_t)s->night->n + 1) * sizeof(*label));
	nb_status status = first && label ? NB_OK : NB_ENOMEM;

	for (uint32_t k = 0; status == NB_OK && k < s->groups.n; k++)
		first[k] = UINT32_MAX;
	for (uint32_t r = 0; status == NB_OK && r < s->n; r++) {
		uint32_t group = s->groups.of[s->parts.of[r]];

		if (first[group] == UINT32_MAX)
			first[group] = s->article[r];
		label[s->article[r]] = first[group];
	}
	NB_TRY(status, nb_event_set_init(s->copies, label, out));
	free(first);
	free(label);
	return status;
}

/* Groups are numbered by their smallest part as events are by their smallest report, parts by their
 * smallest report: the numbers are the same, but that is no reason to rely on it. */
static nb_status map_groups(const stage *s, const nb_events *e, uint32_t **event_of_group)
{
	*event_of_group = malloc(((size_t)s->groups.n + 1) * sizeof(**event_of_group));
	if (!*event_of_group)
		return NB_ENOMEM;
	for (uint32_t r = 0; r < s->n; r++)
		(*event_of_group)[s->groups.of[s->parts.of[r]]] = e->event[s->article[r]];
	return NB_OK;
}

/* A storyline is numbered by its earliest event. */
static nb_status number_storylines(const stage *s, const uint32_t *event_of_group, nb_events *e)
{
	uint32_t *first = malloc(((size_t)s->groups.n + 1) * sizeof(*first));

	if (!first)
		return NB_ENOMEM;
	for (uint32_t k = 0; k < s->groups.n; k++)
		first[k] = UINT32_MAX;
	for (uint32_t k = 0; k < s->groups.n; k++) {
		uint32_t *smallest = &first[s->storyline[k]];

		if (event_of_group[k] < *smallest)
			*smallest = event_of_group[k];
	}
	for (uint32_t k = 0; k < s->groups.n; k++)
		e->storyline[event_of_group[k]] = first[s->storyline[k]];
	free(first);
	e->n_storylines = nb_number_clusters(e->n_events, e->storyline);
	return NB_OK;
}

static nb_status fill(stage *s, nb_events *out)
{
	nb_event_view view = { s->night,  s->options, s->copies,  &s->vectors, s->article,
			       s->report, &s->parts,  &s->groups, NULL };
	uint32_t *event_of_group = NULL;
	nb_status status = number_events(s, out);

	NB_TRY(status, map_groups(s, out, &event_of_group));
	view.event_of_group = event_of_group;
	NB_TRY(status, number_storylines(s, event_of_group, out));
	NB_TRY(status, nb_event_roles(&view, out));
	NB_TRY(status, nb_event_terms(&view, out));
	NB_TRY(status, nb_event_edges(&view, &s->related, &s->links, out));
	free(event_of_group);
	return status;
}

/* ---- counts ---------------------------------------------------------------------------------- */

static bool is_across(const stage *s, const nb_events *e, uint32_t event)
{
	uint32_t begin = e->member_at[event];
	uint8_t lang = s->vectors.of.lang[s->report[e->member[begin]]];

	for (uint32_t m = begin + 1; m < e->member_at[event + 1]; m++) {
		uint32_t r = s->report[e->member[m]];

		if (r != UINT32_MAX && s->vectors.of.lang[r] != lang)
			return true;
	}
	return false;
}

/* Storylines of two events and more. */
static nb_status count_storylines(const nb_events *e, uint32_t *n)
{
	uint8_t *size = calloc((size_t)e->n_storylines + 1, 1);

	if (!size)
		return NB_ENOMEM;
	*n = 0;
	for (uint32_t k = 0; k < e->n_events; k++) {
		uint8_t *s = &size[e->storyline[k]];

		*n += *s == 1;
		*s = (uint8_t)(*s + (*s < 2));
	}
	free(size);
	return NB_OK;
}

static nb_status count(const stage *s, const nb_events *e, nb_events_stats *stats)
{
	stats->n_reports = s->n;
	for (uint32_t k = 0; k < e->n_events; k++) {
		uint32_t n = 0;

		for (uint32_t m = e->member_at[k]; m < e->member_at[k + 1]; m++)
			n += s->report[e->member[m]] != UINT32_MAX;
		stats->n_events += n > 1;
		stats->n_across += is_across(s, e, k);
	}
	for (size_t k = 0; k < e->n_edges; k++)
		stats->n_edges[e->edge[k].method]++;
	return count_storylines(e, &stats->n_storylines);
}

nb_status nb_events_find(const nb_night *night, const nb_edges *edges, const nb_copies *copies,
			 const nb_lexicon *lexicon, const nb_events_options *options,
			 nb_events *out, nb_events_stats *stats, nb_error *err)
{
	nb_events_options defaults;
	stage s = { .night = night, .edges = edges, .copies = copies, .lexicon = lexicon };
	double t0 = nb_clock_s(), t1, t2;
	nb_status status;

	*stats = (nb_events_stats){ 0 };
	*out = (nb_events){ 0 };
	nb_events_options_init(&defaults);
	s.options = options ? options : &defaults;
	status = nb_events_options_check(s.options, err);
	NB_TRY(status, list_reports(&s));
	NB_TRY(status, find_related(&s, err));
	t1 = nb_clock_s();
	NB_TRY(status, nb_concept_vectors_make(night, lexicon, s.article, s.n, &s.vectors, err));
	NB_TRY(status, compare_reports(&s));
	NB_TRY(status, cluster_language(&s));
	NB_TRY(status, cluster_across(&s));
	t2 = nb_clock_s();
	NB_TRY(status, cluster_stories(&s));
	NB_TRY(status, fill(&s, out));
	NB_TRY(status, count(&s, out, stats));
	stats->related_s = t1 - t0;
	stats->across_s = t2 - t1;
	stats->story_s = nb_clock_s() - t2;
	stage_release(&s);
	if (status == NB_OK)
		return NB_OK;
	nb_events_release(out);
	return err && err->status == status ? status
					    : nb_fail(err, status, NULL, "cannot find events");
}
