/* SPDX-License-Identifier: MIT
 *
 * manifest.c - manifest.json (what was made, the same bytes for the same articles and parameters)
 * and run.json (how it was made, different every time).
 */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/checksum.h"
#include "data_folder.h"
#include "json_bytes.h"
#include "log.h"
#include "stages.h"
#include "versions.h"

#define SCHEMA_VERSION 2

static void put_time(nb_json *j, const char *key, time_t t)
{
	char text[NB_DATE_TEXT];

	nb_date_format((int64_t)t, text);
	nb_json_put_text(j, key, text);
}

static void put_counts(nb_json *j, const run *r)
{
	const nb_events_stats *e = &r->stats->events;

	nb_json_key(j, "counts"), nb_json_open(j, '{');
	nb_json_put_uint(j, "articles", r->result->night->n);
	nb_json_put_uint(j, "rejects", r->stats->rejects);
	nb_json_put_uint(j, "copies", r->result->copies->n_copies);
	nb_json_put_uint(j, "copy_groups", r->result->copies->n_groups);
	nb_json_put_uint(j, "events", e->n_events);
	nb_json_put_uint(j, "events_across", e->n_across);
	nb_json_put_uint(j, "storylines", e->n_storylines);
	nb_json_put_uint(j, "edges_copy", r->stats->copies.n_edges[NB_RELATION_COPY]);
	nb_json_put_uint(j, "edges_series", r->stats->copies.n_edges[NB_RELATION_SERIES]);
	nb_json_put_uint(j, "edges_related", e->n_edges[NB_EVENT_RELATED]);
	nb_json_put_uint(j, "edges_across", e->n_edges[NB_EVENT_ACROSS]);
	nb_json_put_uint(j, "edges_story", e->n_edges[NB_EVENT_STORY]);
	nb_json_close(j, '}');
}

static void put_tables(nb_json *j, const run *r)
{
	nb_json_key(j, "tables"), nb_json_open(j, '[');
	for (size_t i = 0; i < NB_TABLES; i++) {
		const nb_table_info *t = &r->table[i];

		if (!t->name[0])
			continue;
		nb_json_open(j, '{');
		nb_json_put_text(j, "name", t->name);
		nb_json_put_uint(j, "rows", t->rows);
		nb_json_put_uint(j, "bytes", t->bytes);
		nb_json_put_uint(j, "content_bytes", t->content_bytes);
		nb_json_put_text(j, "xxh128", t->xxh128);
		nb_json_put_text(j, "content_xxh128", t->content_xxh128);
		nb_json_close(j, '}');
	}
	nb_json_close(j, ']');
}

/* What the result depends on beside articles and parameters; null where there is no file. */
static void put_data(nb_json *j, const nb_data_files *d)
{
	nb_json_key(j, "data"), nb_json_open(j, '{');
	nb_json_put_text(j, "lexicon_xxh128", *d->lexicon.xxh128 ? d->lexicon.xxh128 : NULL);
	nb_json_put_text(j, "language_model_xxh128", *d->model.xxh128 ? d->model.xxh128 : NULL);
	nb_json_close(j, '}');
}

/* The last member is the checksum of the rest; the caller gets it in `seal`. */
static nb_status finish(run *r, const char *name, nb_json *j, char seal[NB_CHECKSUM_TEXT],
			nb_error *err)
{
	nb_status status;

	nb_json_seal(j, seal);
	nb_json_close(j, '}');
	nb_json_newline(j);
	status = j->failed ? nb_fail(err, NB_ENOMEM, name, "cannot write")
			   : nb_output_file(r->output, name, j->text, j->len, err);
	nb_json_release(j);
	return status;
}

nb_status write_manifest(run *r, nb_error *err)
{
	nb_json j = { .indent = 2 };

	nb_json_open(&j, '{');
	nb_json_put_text(&j, "tool", "newsbraid");
	nb_json_put_text(&j, "version", nb_version());
	nb_json_put_uint(&j, "schema", SCHEMA_VERSION);
	json_parameters(&j, r->set);
	nb_json_put_text(&j, "match_used",
			 r->stats->copies.mode == NB_MATCH_SCAN ? "scan" : "bands");
	put_data(&j, nb_run_data(r->night));
	put_counts(&j, r);
	put_tables(&j, r);
	return finish(r, "manifest.json", &j, r->manifest_xxh128, err);
}

/* ---- run.json -------------------------------------------------------------------------------- */

static void put_inputs(nb_json *j, const run *r)
{
	size_t n;
	const nb_input_file *file = nb_run_files(r->night, &n);

	nb_json_key(j, "inputs"), nb_json_open(j, '[');
	for (size_t i = 0; i < n; i++) {
		nb_json_open(j, '{');
		nb_json_key(j, "path"), json_bytes(j, file[i].path);
		nb_json_put_text(j, "format", file[i].format);
		nb_json_put_uint(j, "bytes", file[i].bytes);
		nb_json_put_uint(j, "articles", file[i].n_records);
		nb_json_put_uint(j, "rejects", file[i].n_rejects);
		nb_json_key(j, "truncated"), nb_json_bool(j, file[i].truncated != 0);
		nb_json_close(j, '}');
	}
	nb_json_close(j, ']');
}

/* What a reader of this night must know before believing it. */
static void put_doubts(nb_json *j, const run *r)
{
	size_t n;
	const nb_input_file *file = nb_run_files(r->night, &n);

	nb_json_key(j, "complete"), nb_json_bool(j, !run_is_partial(r));
	nb_json_key(j, "missing"), nb_json_open(j, '[');
	for (size_t i = 0; i < r->missing.n; i++) {
		nb_json_open(j, '{');
		nb_json_key(j, "path"), json_bytes(j, file[r->missing.input[i].file].path);
		nb_json_key(j, "detail"), nb_json_string(j, r->missing.input[i].detail);
		nb_json_close(j, '}');
	}
	nb_json_close(j, ']');
	nb_json_key(j, "warnings"), nb_json_open(j, '[');
	for (int i = 0; i < 2; i++)
		if (data_warning(nb_run_data(r->night), i))
			nb_json_cstring(j, data_warning(nb_run_data(r->night), i));
	nb_json_close(j, ']');
}

static void put_stage(nb_json *j, const char *name, double wall_s)
{
	nb_json_open(j, '{');
	nb_json_put_text(j, "name", name);
	nb_json_put_real(j, "wall_s", wall_s);
	nb_json_close(j, '}');
}

static void put_stages(nb_json *j, const run *r)
{
	const nb_copies_stats *copies = &r->stats->copies;
	const nb_events_stats *events = &r->stats->events;

	nb_json_key(j, "stages"), nb_json_open(j, '[');
	for (int i = 0; i < NB_RUN_STAGES; i++)
		put_stage(j, nb_run_stage_name((nb_run_stage)i), r->stats->stage_s[i]);
	put_stage(j, "publish", r->publish_s);
	nb_json_close(j, ']');
	nb_json_key(j, "parts"), nb_json_open(j, '{');
	nb_json_put_real(j, "sketch_s", r->stats->sketch_s);
	nb_json_put_real(j, "match_s", copies->match_s);
	nb_json_put_real(j, "contain_s", copies->contain_s);
	nb_json_put_real(j, "verify_s", copies->verify_s);
	nb_json_put_real(j, "cluster_s", copies->cluster_s);
	nb_json_put_real(j, "related_s", events->related_s);
	nb_json_put_real(j, "across_s", events->across_s);
	nb_json_put_real(j, "story_s", events->story_s);
	nb_json_close(j, '}');
}

static void put_match(nb_json *j, const char *key, const nb_match_stats *m)
{
	nb_json_key(j, key), nb_json_open(j, '{');
	nb_json_put_uint(j, "possible_pairs", m->n_possible);
	nb_json_put_uint(j, "compared", m->n_compared);
	nb_json_put_uint(j, "passed", m->n_passed);
	nb_json_put_uint(j, "candidates", m->n_pairs);
	nb_json_put_uint(j, "dropped", m->n_dropped);
	nb_json_put_real(j, "expected_recall_at_threshold", m->expected_recall);
	nb_json_close(j, '}');
}

static void put_command(nb_json *j, const run *r)
{
	nb_json_key(j, "command"), nb_json_open(j, '[');
	for (int i = 0; i < r->argc; i++)
		json_bytes(j, r->argv[i]);
	nb_json_close(j, ']');
}

nb_status write_run_json(run *r, nb_error *err)
{
	char seal[NB_CHECKSUM_TEXT];
	nb_json j = { .indent = 2 };

	nb_json_open(&j, '{');
	json_versions(&j);
	put_command(&j, r);
	put_time(&j, "started_at", r->started);
	put_time(&j, "finished_at", time(NULL));
	nb_json_put_real(&j, "wall_s", nb_clock_s() - r->started_s);
	nb_json_put_real(&j, "cpu_s", run_cpu_s());
	nb_json_put_uint(&j, "peak_rss_bytes", run_peak_rss());
	nb_json_put_uint(&j, "threads", (uint64_t)r->stats->threads);
	nb_json_put_uint(&j, "repaired_records", r->stats->repaired);
	nb_json_put_uint(&j, "skipped_records", r->stats->skipped);
	put_doubts(&j, r);
	put_inputs(&j, r);
	put_stages(&j, r);
	put_match(&j, r->stats->copies.mode == NB_MATCH_SCAN ? "scan" : "bands", &r->stats->copies.jaccard);
	put_match(&j, "contain", &r->stats->copies.contain);
	put_counts(&j, r);
	nb_json_put_text(&j, "manifest_xxh128", r->manifest_xxh128);
	return finish(r, "run.json", &j, seal, err);
}
