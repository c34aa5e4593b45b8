/* SPDX-License-Identifier: MIT
 *
 * parameters.h - what a run may be told: the one table of its parameters, and the struct that holds
 * them.
 *
 * Whoever adds a parameter adds a row here and its field below; options, --help, man page,
 * completion, range errors, the manifest, what verify reads back and what it compares follow.
 * Defaults are those of the library's _init functions and of settings_init.
 */
#ifndef NB_PIPELINE_PARAMETERS_H
#define NB_PIPELINE_PARAMETERS_H

#include "newsbraid/events.h"
#include "newsbraid/json.h"
#include "newsbraid/publish.h"
#include "newsbraid/reader.h"
#include "options.h"
#include "reject_limit.h"

typedef struct settings {
	nb_reader_options reader;
	nb_sketch_params sketch;
	nb_copies_options copies;
	nb_events_options events;
	nb_publish_options publish;
	const char *out;
	const char *data; /* NULL: beside the program */
	option_list map;
	reject_limit limit;
	uint64_t threads; /* 0: every core */
	size_t memory;    /* bytes the run may take; 0: no bound */
	size_t min_articles; /* fewer: input is missing */
	uint32_t lanes;   /* of a MinHash: NB_LANES */
	bool force;
	bool allow_partial; /* publish although input is missing */
	bool require_data;  /* fail without the lexicon and the language model */
	bool find_events; /* else every copy group is an event */
} settings;

/*
 * X(name, option, letter, kind and range, field of settings, what a value is called, unit,
 *   whether it decides the result, help, further sentences for the man page)
 *
 * Of run and of read.
 */
#define INPUT_PARAMETERS(X)                                                                   \
	X("threads", "threads", 'T', IS_COUNT(0, 1024), threads, "N", NULL, false,            \
	  "threads; 0 for every core", "The result does not depend on it.")                   \
	X("map", "map", 0, IS_LIST, map, "NAME=FIELD", NULL, true,                            \
	  "take NAME (text, title, published_at, ...) from this field",                       \
	  "NAME is id, source, agency, version, lang, title, byline, url, published_at or "   \
	  "text; FIELD is tried before the names that are built in. May be given several "    \
	  "times.")                                                                           \
	X("max_reject", "max-reject", 0, IS_LIMIT, limit, "N|P%", NULL, false,                \
	  "fail when more records than this are rejected",                                    \
	  "N records, or P percent of all; nothing is published then. Without it rejects "    \
	  "never stop a run.")

/* Of run alone. */
#define MEMORY_LEAST ((size_t)128 << 20) /* program, libraries and a few articles */

#define RUN_PARAMETERS(X)                                                                     \
	X("output", "output", 'o', IS_TEXT(NULL), out, "OUT", NULL, false,                    \
	  "folder to write; an older output of ours is replaced",                             \
	  "It is made beside and renamed into place when everything is done, so that a "      \
	  "reader sees the old output or the new one, never half of one.")                    \
	X("force", "force", 'f', IS_ON, force, NULL, NULL, false,                             \
	  "replace OUT even if it is something else",                                         \
	  "What stood there is kept, as OUT.kept-PID. newsbraid never removes a file that it " \
	  "has not written.")                                                                 \
	X("memory", "memory", 0, IS_BYTES(MEMORY_LEAST, SIZE_MAX), memory, "SIZE", NULL, false, \
	  "take no more than this, e.g. 8G; at least 128M",                                   \
	  "A night that needs more ends with a message that says how much. Texts move to a "  \
	  "temporary file when they pass a quarter of it. Without it texts move at 512M and " \
	  "nothing else is bounded.")                                                         \
	INPUT_PARAMETERS(X)                                                                   \
	X("min_articles", "min-articles", 0, IS_COUNT(0, NB_NIGHT_MAX), min_articles,         \
	  "N", NULL, false, "publish nothing when there are fewer articles", NULL)            \
	X("allow_partial", "allow-partial", 0, IS_ON, allow_partial, NULL, NULL, false,       \
	  "publish although input is missing",                                                \
	  "A file that could not be read whole (it is damaged, cut off, unreadable, empty "   \
	  "where it should be compressed), or too few articles. Without it yesterday's "      \
	  "output stays where it is. Either way messages and run.json (complete, missing) "   \
	  "say what was missing. A file of no known format is a gap if its name says that "   \
	  "it holds news, else a reject.")                                                    \
	X("data", "data", 0, IS_TEXT("beside the program"), data, "DIR", NULL, false,         \
	  "folder of lexicon and language model",                                             \
	  "newsbraid.lex and lid.176.ftz; without the option $NEWSBRAID_DATA names it. "      \
	  "Without them a run knows less, says so, and still runs. The manifest has their "   \
	  "checksums.")                                                                       \
	X("require_data", "require-data", 0, IS_ON, require_data, NULL, NULL, false,          \
	  "fail where one of the two is missing", NULL)                                       \
	X("match", "match", 0, IS_CHOICE("auto scan bands"), copies.mode, "WAY", NULL, true,  \
	  "how candidates for Jaccard similarity are found",                                  \
	  "scan compares every two sketches whose sizes allow it, bands is locality-"         \
	  "sensitive hashing, auto scans up to 2^36 pairs. Copies by containment are looked " \
	  "for in either case.")                                                              \
	X("jaccard", "jaccard", 0, IS_REAL(0.01, 1), copies.copy.jaccard, "J", NULL, true,    \
	  "a copy shares this share of all shingles", NULL)                                   \
	X("containment", "containment", 0, IS_REAL(0.01, 1), copies.copy.containment, "C",    \
	  NULL, true, "... or this share of the shorter text's", NULL)                        \
	X("shingle_tokens", "shingle", 0, IS_COUNT(1, NB_SHINGLE_MAX), sketch.shingle_tokens, \
	  "N", "tokens", true, "length of a shingle", NULL)                                   \
	X("seed", "seed", 0, IS_COUNT(0, UINT64_MAX), sketch.seed, "N", NULL, true,           \
	  "seed of the hashes", NULL)                                                         \
	X("events", "no-events", 0, IS_OFF, find_events, NULL, NULL, true,                    \
	  "find copies alone",                                                                \
	  "Every copy group is then an event and a storyline of its own, and texts are read " \
	  "once: for dumps in which only reprints matter.")                                   \
	X("level", "level", 0, IS_COUNT(1, 19), publish.level, "N", NULL, true,               \
	  "compression of the tables, a level of zstd", NULL)                                 \
	X("texts", "no-texts", 0, IS_OFF, publish.texts, NULL, NULL, true,                    \
	  "leave texts.jsonl.zst out (explain then shows no text)", NULL)                     \
	X("simhash_bits", NULL, 0, IS_ONE_OF("64 128 256"), sketch.simhash_bits, "N",         \
	  "bits", true, "width of a SimHash", NULL)                                           \
	X("minhash_lanes", NULL, 0, IS_COUNT(NB_LANES, NB_LANES), lanes, "N", "bytes", true,  \
	  "width of a MinHash", NULL)                                                         \
	X("min_shingles", NULL, 0, IS_COUNT(0, 1000000), copies.copy.min_shingles, "N",       \
	  "shingles", true, "shorter texts are copies only if they are equal", NULL)          \
	X("contain_shingles", NULL, 0, IS_COUNT(0, 1000000), copies.copy.contain_shingles,    \
	  "N", "shingles", true, "least of a text that is found by containment", NULL)        \
	X("series_facts", NULL, 0, IS_REAL(0, 1), copies.copy.series_facts, "X", NULL, true,  \
	  "two reports of a series: this share of the compared numbers and names differs",    \
	  NULL)                                                                               \
	X("series_numbers", NULL, 0, IS_REAL(0, 1), copies.copy.series_numbers, "X", NULL,    \
	  true, "... or this share of the numbers", NULL)                                     \
	X("series_facts_far", NULL, 0, IS_REAL(0, 1), copies.copy.series_facts_far, "X",      \
	  NULL, true, "series_facts of reports that lie series_gap_s apart", NULL)            \
	X("series_numbers_far", NULL, 0, IS_REAL(0, 1), copies.copy.series_numbers_far, "X",  \
	  NULL, true, "series_numbers of those", NULL)                                        \
	X("series_gap_s", NULL, 0, IS_COUNT(0, 31536000), copies.copy.series_gap_s, "N",      \
	  "seconds", true, "between two reports that lie far apart", NULL)

/* A row of the table as a row of options, of a command whose struct begins with a settings. */
#define PARAMETER_ROW(label, long_name, short_name, is, field, value, measure, deciding, text, \
		      further)                                                                \
	{ .name = (label), .option = (long_name), .letter = (short_name), is,                 \
	  OPTION_FIELD(settings, field), .arg = (value), .unit = (measure),                   \
	  .decides = (deciding), .help = (text), .more = (further) },

/* The same of a row of NB_EVENTS_OPTIONS. */
#define EVENTS_ROW(type, label, initial, low, high, measure, text)                            \
	{ .name = #label, IS_##type(low, high), OPTION_FIELD(settings, events.label),         \
	  .arg = "X", .unit = (measure), .decides = true, .help = (text) },

/* All of it as the options of run. */
extern const option_row run_options[];

/** The defaults.  A settings as void: this is an init of a command. */
void settings_init(void *fresh);

/** What the reader has to know: inputs and map. */
void settings_inputs(settings *s, char **operand, int n);

/** Whether every --map can be right; if not it is printed why, and *code is EXIT_USAGE. */
bool settings_check_map(const settings *s, const command *c, int *code);

/** Warn of --map i if no record had its field: it is likely misspelt. */
void settings_tell_map(const settings *s, size_t i, bool used);

/** Member `parameters` of the open object: every parameter that decides the result. */
void json_parameters(nb_json *j, const settings *s);

#endif
