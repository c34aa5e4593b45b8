/* SPDX-License-Identifier: MIT
 *
 * event_roles.c - how central each report is, and what it is to the others.
 */
#include <omp.h>
#include <stdlib.h>
#include <string.h>

#include "across/concept_align.h"
#include "across/translation_baseline.h"
#include "base/status.h"
#include "events/event_detail.h"

static const char *language(const nb_event_view *v, uint8_t lang)
{
	return v->vectors->language[lang];
}

/* ---- centrality ------------------------------------------------------------------------------ */

/* How much a report says of what each part of its event says, the parts weighed by their size. */
static float centrality(const nb_event_view *v, nb_concept_aligner *x, uint32_t group,
			uint32_t report)
{
	const nb_language_clusters *p = v->parts;
	uint8_t lang = v->vectors->of.lang[report];
	float sum = 0, all = 0;

	if (nb_concept_align_from(x, &v->vectors->of, report) != NB_OK)
		return -1;
	for (uint32_t m = v->groups->part_at[group]; m < v->groups->part_at[group + 1]; m++) {
		uint32_t part = v->groups->part[m];
		float size = (float)(p->member_at[part + 1] - p->member_at[part]);
		float share = nb_concept_align_to(x, &p->words, part).score /
			      nb_translation_baseline(language(v, lang),
						      language(v, p->words.lang[part]));

		sum += size * (share < 1 ? share : 1);
		all += size;
	}
	return sum / all;
}

static nb_status weigh_group(const nb_event_view *v, nb_concept_aligner *x, uint32_t group,
			     nb_events *e)
{
	uint32_t event = v->event_of_group[group], n = 0;
	uint32_t central = UINT32_MAX;
	float sum = 0;

	for (uint32_t m = v->groups->part_at[group]; m < v->groups->part_at[group + 1]; m++) {
		uint32_t part = v->groups->part[m];

		for (uint32_t k = v->parts->member_at[part]; k < v->parts->member_at[part + 1]; k++) {
			uint32_t article = v->article[v->parts->member[k]];
			float c = centrality(v, x, group, v->parts->member[k]);

			if (c < 0)
				return NB_ENOMEM;
			e->centrality[article] = c;
			sum += c;
			n++;
			if (central == UINT32_MAX || c > e->centrality[central] ||
			    (c == e->centrality[central] && article < central))
				central = article;
		}
	}
	e->central[event] = central;
	e->cohesion[event] = sum / (float)n;
	if (n == 1)
		e->centrality[central] = e->cohesion[event] = 1;
	return NB_OK;
}

/* ---- roles ----------------------------------------------------------------------------------- */

static bool equal(nb_str a, nb_str b)
{
	return a.len == b.len && a.len > 0 && memcmp(a.ptr, b.ptr, a.len) == 0;
}

/* What report `later` is to an earlier one of its event. */
static nb_event_role compared_with(const nb_event_view *v, nb_concept_aligner *x, uint32_t later,
				   uint32_t earlier)
{
	nb_article a, b;
	uint32_t r = v->report[earlier];
	uint8_t lang = v->vectors->of.lang[v->report[later]];
	double least;
	float share;

	nb_night_article(v->night, later, &a);
	nb_night_article(v->night, earlier, &b);
	if (lang == v->vectors->of.lang[r])
		return equal(a.source, b.source) &&
				       (equal(a.agency, b.agency) || !(a.agency.len || b.agency.len))
			       ? NB_ROLE_UPDATE
			       : NB_ROLE_REPORT;
	share = nb_concept_align_to(x, &v->vectors->of, r).score /
		nb_translation_baseline(language(v, lang), language(v, v->vectors->of.lang[r]));
	least = equal(a.agency, b.agency) ? v->options->translation_same
					  : v->options->translation_any;
	return share >= (float)least ? NB_ROLE_TRANSLATION : NB_ROLE_REPORT;
}

/* The most telling of what it is to the reports before it. */
static nb_event_role role_of(const nb_event_view *v, nb_concept_aligner *x, const nb_events *e,
			     uint32_t begin, uint32_t at)
{
	nb_event_role role = NB_ROLE_REPORT;
	uint32_t later = e->member[at], seen = 0;

	for (uint32_t m = at; m > begin && seen < v->options->roles_compared; m--) {
		nb_event_role one;

		if (v->report[e->member[m - 1]] == UINT32_MAX)
			continue;
		one = compared_with(v, x, later, e->member[m - 1]);
		role = one > role ? one : role;
		seen++;
	}
	return role;
}

static nb_status set_roles(const nb_event_view *v, nb_concept_aligner *x, uint32_t event,
			   nb_events *e)
{
	uint32_t begin = e->member_at[event], end = e->member_at[event + 1];

	for (uint32_t at = begin; at < end; at++) {
		uint32_t i = e->member[at];

		if (v->report[i] == UINT32_MAX) {
			e->role[i] = NB_ROLE_COPY;
			e->centrality[i] = e->centrality[v->copies->leader[i]];
		} else if (at == begin) {
			e->role[i] = NB_ROLE_FIRST;
		} else {
			if (nb_concept_align_from(x, &v->vectors->of, v->report[i]) != NB_OK)
				return NB_ENOMEM;
			e->role[i] = (uint8_t)role_of(v, x, e, begin, at);
		}
	}
	return NB_OK;
}

nb_status nb_event_roles(const nb_event_view *v, nb_events *e)
{
	nb_status status = NB_OK;

#pragma omp parallel reduction(nb_worst : status)
	{
		nb_concept_aligner *x = nb_concept_aligner_new(v->vectors);
		nb_status mine = x ? NB_OK : NB_ENOMEM;

#pragma omp for schedule(dynamic, 64)
		for (uint32_t k = 0; k < v->groups->n; k++) {
			if (mine == NB_OK)
				mine = weigh_group(v, x, k, e);
			if (mine == NB_OK)
				mine = set_roles(v, x, v->event_of_group[k], e);
		}
		nb_concept_aligner_free(x);
		status = nb_worse(status, mine);
	}
	return status;
}
