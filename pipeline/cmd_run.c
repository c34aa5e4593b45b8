/* SPDX-License-Identifier: MIT
 *
 * cmd_run.c - newsbraid run: articles in, cluster files out.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "log.h"
#include "options.h"
#include "stages.h"
#include "stop.h"

enum { KEY_MAP = 256, KEY_MATCH, KEY_JACCARD, KEY_CONTAINMENT, KEY_SHINGLE, KEY_SEED, KEY_MEMORY,
       KEY_NO_EVENTS, KEY_LEVEL, KEY_NO_TEXTS, KEY_MAX_REJECT, KEY_DATA,
       KEY_MIN_ARTICLES, KEY_ALLOW_PARTIAL, KEY_REQUIRE_DATA };

static const option_row options[] = {
	{ 'o', "output", "OUT", "folder to write; an older output of ours is replaced" },
	{ 'f', "force", NULL, "replace OUT even if it is something else" },
	{ 'T', "threads", "N", "threads, 0 for every core [0]" },
	{ KEY_MEMORY, "memory", "SIZE", "aim to stay below this, e.g. 8G [2G]" },
	{ KEY_MAP, "map", "NAME=FIELD", "take NAME (text, title, published, ...) from this field" },
	{ KEY_MAX_REJECT, "max-reject", "N|P%", "fail when more records than this are rejected" },
	{ KEY_MIN_ARTICLES, "min-articles", "N", "fail when there are fewer articles [1]" },
	{ KEY_ALLOW_PARTIAL, "allow-partial", NULL, "publish although input is missing" },
	{ KEY_MATCH, "match", "WAY", "how candidates are found: auto, scan, bands [auto]" },
	{ KEY_JACCARD, "jaccard", "J", "a copy shares this share of all shingles [0.5]" },
	{ KEY_CONTAINMENT, "containment", "C", "... or this share of the shorter text's [0.75]" },
	{ KEY_SHINGLE, "shingle", "N", "tokens in a shingle [5]" },
	{ KEY_SEED, "seed", "N", "seed of the hashes [0]" },
	{ KEY_NO_EVENTS, "no-events", NULL, "find copies alone" },
	{ KEY_LEVEL, "level", "N", "zstd level of the tables, 1 to 19 [3]" },
	{ KEY_NO_TEXTS, "no-texts", NULL, "leave texts.jsonl.zst out (explain then shows no text)" },
	{ KEY_DATA, "data", "DIR", "folder of lexicon and language model [beside the program]" },
	{ KEY_REQUIRE_DATA, "require-data", NULL, "fail where one of the two is missing" },
	COMMON_OPTIONS,
};

static int run_command(int argc, char **argv);

const command command_run = {
	.name = "run",
	.summary = "read articles, find copies, events and storylines",
	.operands = "INPUT... -o OUT",
	.examples = "  newsbraid run dumps/2026-03-17/ -o out\n"
		    "  newsbraid run anp.jsonl.zst reuters.jsonl.gz pages/ -o out -T 8\n"
		    "  zcat dump.jsonl.gz | newsbraid run - -o out --map text=story_body\n",
	.options = options,
	.run = run_command,
};

#define MEMORY_DEFAULT ((size_t)2 << 30)
#define THREADS_MOST   1024

static void settings_init(settings *s)
{
	*s = (settings){ .events = true, .min_articles = 1, .memory = MEMORY_DEFAULT, .limit = REJECT_LIMIT_NONE };
	nb_reader_options_init(&s->reader);
	nb_sketch_params_init(&s->sketch);
	nb_copies_options_init(&s->copies);
	nb_publish_options_init(&s->publish);
}

static bool parse_mode(const char *text, nb_match_mode *mode)
{
	static const char *const names[] = { "auto", "scan", "bands" };

	for (int i = 0; i < 3; i++) {
		if (strcmp(text, names[i]) == 0) {
			*mode = (nb_match_mode)i;
			return true;
		}
	}
	return false;
}

/* One option into the settings; false if its value is wrong. */
static bool set_option(settings *s, int key, const char *value, const char **map)
{
	size_t n;

	switch (key) {
	case 'o':
		s->out = value;
		return *value != '\0' && strcmp(value, "-") != 0;
	case 'f':
		return s->force = true;
	case 'T':
		return parse_count(value, 0, THREADS_MOST, &s->threads);
	case KEY_MEMORY:
		return parse_bytes(value, &s->memory);
	case KEY_MAP:
		map[s->reader.n_map++] = value;
		return true;
	case KEY_MAX_REJECT:
		return reject_limit_parse(value, &s->limit);
	case KEY_MATCH:
		return parse_mode(value, &s->copies.mode);
	case KEY_JACCARD:
		return parse_share(value, &s->copies.copy.jaccard);
	case KEY_CONTAINMENT:
		return parse_share(value, &s->copies.copy.containment);
	case KEY_SHINGLE:
		if (!parse_count(value, 1, NB_SHINGLE_MAX, &n))
			return false;
		s->sketch.shingle_tokens = (uint32_t)n;
		return true;
	case KEY_SEED:
		if (!parse_count(value, 0, SIZE_MAX, &n))
			return false;
		s->sketch.seed = n;
		return true;
	case KEY_NO_EVENTS:
		s->events = false;
		return true;
	case KEY_LEVEL:
		if (!parse_count(value, 1, 19, &n))
			return false;
		s->publish.level = (int)n;
		return true;
	case KEY_DATA:
		s->data = value;
		return *value != '\0';
	case KEY_MIN_ARTICLES:
		return parse_count(value, 0, NB_NIGHT_MAX, &s->min_articles);
	case KEY_ALLOW_PARTIAL:
		return s->allow_partial = true;
	case KEY_REQUIRE_DATA:
		return s->require_data = true;
	case KEY_NO_TEXTS:
		s->publish.texts = false;
		return true;
	default:
		return false;
	}
}

static const char *long_name(int key)
{
	for (const option_row *o = options; o->name; o++)
		if (o->key == key)
			return o->name;
	return "?";
}

/* EXIT_DONE, or the code to end with; *help if help was printed. */
static int parse(settings *s, int argc, char **argv, const char **map, bool *help)
{
	const char *value;
	int key, first = argc;

	*help = false;
	while ((key = option_next(&command_run, argc, argv, &value, &first)) != OPTIONS_END) {
		if (key == OPTIONS_HELP) {
			*help = true;
			return EXIT_DONE;
		}
		if (key == OPTIONS_BAD)
			return EXIT_USAGE;
		if (!set_option(s, key, value, map))
			return usage_error(&command_run, "--%s: '%s' is no valid value",
					   long_name(key), value ? value : "");
	}
	s->reader.input = (const char *const *)argv + first;
	s->reader.n_input = (size_t)(argc - first);
	s->reader.map = map;
	if (s->reader.n_input == 0)
		return usage_error(&command_run, "no input given");
	if (!s->out)
		return usage_error(&command_run, "no output given: -o OUT");
	return EXIT_DONE;
}

/* Why records were not taken, most frequent first would hide the order of the enum: keep that. */
static void tell_rejects(const run *r)
{
	uint64_t n[NB_REJECT_COUNT] = { 0 };
	size_t n_files;
	const nb_input_file *file = nb_reader_files(r->reader, &n_files);

	for (size_t i = 0; i < r->n_reject; i++)
		n[r->reject[i].reason]++;
	for (int reason = 0; reason < NB_REJECT_COUNT; reason++)
		if (n[reason])
			log_info("  rejected %" PRIu64 ": %s", n[reason],
				 nb_reject_reason_name((nb_reject_reason)reason));
	for (size_t i = 0; i < r->n_reject && i < 5; i++)
		log_info("    %s:%" PRIu64 ": %s: %.*s", file[r->reject[i].file].path,
			 r->reject[i].line, nb_reject_reason_name(r->reject[i].reason),
			 (int)r->reject[i].detail.len, r->reject[i].detail.ptr);
	if (r->n_reject > 5)
		log_info("    ... all in %s/rejects.jsonl.zst", r->set->out);
}

static void tell_result(const run *r)
{
	const nb_match_stats *m = &r->stats.jaccard;
	const nb_events_stats *e = &r->events_stats;

	if (r->n_reject)
		tell_rejects(r);
	if (r->n_skipped)
		log_info("  passed over %" PRIu64 " records that are no articles", r->n_skipped);
	if (r->n_repaired)
		log_info("  repaired %" PRIu64 " records with broken characters", r->n_repaired);
	log_detail("  %s: %" PRIu64 " candidates, expected recall at J = %.2f: %.4f",
		   r->stats.mode == NB_MATCH_SCAN ? "scan" : "bands", m->n_pairs,
		   r->set->copies.copy.jaccard, m->expected_recall);
	log_detail("  contain: %" PRIu64 " candidates, expected recall at C = %.2f: %.4f",
		   r->stats.contain.n_pairs, r->set->copies.copy.containment,
		   r->stats.contain.expected_recall);
	log_detail("  edges: %" PRIu64 " copies, %" PRIu64 " of a series",
		   r->stats.n_edges[NB_RELATION_COPY], r->stats.n_edges[NB_RELATION_SERIES]);
	log_detail("  events: %" PRIu32 " reports; %" PRIu64 " pairs related, %" PRIu64
		   " across languages, %" PRIu64 " of storylines (%.2f s, %.2f s, %.2f s)",
		   e->n_reports, e->n_edges[NB_EVENT_RELATED], e->n_edges[NB_EVENT_ACROSS],
		   e->n_edges[NB_EVENT_STORY], e->related_s, e->across_s, e->story_s);
	if (run_is_partial(r))
		log_info("  incomplete: %zu inputs not read whole, %" PRIu32 " articles, published "
			 "all the same", r->missing.n, r->night.n);
	log_info("newsbraid %s: %.2f s wall, %.2f s CPU, %.0f MB peak; %" PRIu64 " articles in, %" PRIu32
		 " kept, %zu rejected; %" PRIu32 " copies in %" PRIu32 " groups; %" PRIu32
		 " events, %" PRIu32 " across languages, %" PRIu32 " storylines%s -> %s",
		 nb_version(), nb_clock_s() - r->started_s, run_cpu_s(),
		 (double)run_peak_rss() / 1e6, run_articles_in(r), r->night.n, r->n_reject,
		 r->copies.n_copies, r->copies.n_groups, e->n_events, e->n_across, e->n_storylines,
		 run_is_partial(r) ? "; INCOMPLETE" : "", r->set->out);
}

static int exit_code(const run *r, nb_status status)
{
	if (status == NB_ESTOP)
		return 128 + stop_signal();
	if (status != NB_OK)
		return r->refused ? EXIT_MISSING : EXIT_FAILED;
	if (run_is_partial(r))
		return EXIT_PARTIAL;
	return r->n_reject ? EXIT_REJECTS : EXIT_DONE;
}

static int run_command(int argc, char **argv)
{
	const char **map = calloc((size_t)argc + 1, sizeof(*map));
	settings set;
	run r = { .set = &set, .argc = argc, .argv = argv };
	nb_error err;
	nb_status status;
	bool help;
	int code;

	settings_init(&set);
	code = map ? parse(&set, argc, argv, map, &help) : EXIT_FAILED;
	if (code != EXIT_DONE || help)
		goto out;
	stop_on_signals();
	status = run_night(&r, &err);
	if (status == NB_OK)
		tell_result(&r);
	else
		log_failure("run failed, nothing was published", &err);
	code = exit_code(&r, status);
	run_release(&r);
out:
	free(map);
	return code;
}
