/* SPDX-License-Identifier: MIT
 *
 * generate.h - made-up nights of any size, with everything known about who copied whom.
 *
 * A night is a list of units, each spread over the whole night:
 *   single  one article
 *   copies  a report and its copies (2 to 50, now and then thousands)
 *   series  one text with other numbers, names and dates each time; every fourth member is an
 *           exact reprint of the one before it
 *   topic   different reports about the same people, with shared phrases and background
 * Two articles come from the same report (`instance`) or not.  Whether two articles of one report
 * are still copies after all that was done to them is for their texts to say (bench_night does).
 *
 * Article i of a night depends on (seed, n, i) alone: the same bytes on every machine and for
 * every number of threads.
 *
 * Where it is made: gen_plan.c (units, truth), generate.c (articles; from gen_language, gen_vocabulary, report,
 * edit, render), nightfile.c (files).
 */
#ifndef BENCH_GENERATE_H
#define BENCH_GENERATE_H

#include "newsbraid/article.h"
#include "newsbraid/nb.h"

/* Raised with every change of what is generated: part of the names of kept nights. */
#define GEN_VERSION "1"

typedef enum gen_unit_kind {
	GEN_SINGLE = 0,
	GEN_COPIES = 1,
	GEN_SERIES = 2,
	GEN_TOPIC = 3,
} gen_unit_kind;

/* What was done to the report of an article's unit. */
typedef enum gen_kind {
	GEN_ORIGINAL = 0,
	GEN_REPRINT = 1,  /* nothing; the source may add its footer */
	GEN_HEADLINE = 2, /* new headline, other dateline */
	GEN_CUT = 3,      /* cut from the bottom, 20 to 80 % kept */
	GEN_EDIT = 4,     /* 0.5 to 5 % of the words replaced, some left out, a number corrected */
	GEN_PARAGRAPHS = 5, /* paragraphs swapped, dropped, inserted */
	GEN_EMBEDDED = 6,  /* stands inside a longer piece; of a long report: a brief of its lead */
	GEN_FURNITURE = 7, /* menus and teasers around it */
	GEN_STYLE = 8,     /* other quotes, dashes, line ends and case */
	GEN_MIXED = 9,     /* light edit, cut, furniture and style together */
	GEN_KINDS = 10,
} gen_kind;

/* "original", "reprint", "headline", ... */
const char *gen_kind_name(gen_kind kind);

typedef struct gen_unit {
	gen_unit_kind kind;
	uint32_t size;
	uint32_t first; /* private */
} gen_unit;

/* What is known about an article. */
typedef struct gen_truth {
	uint32_t unit, member; /* member in [0, size of the unit) */
	uint32_t instance;     /* equal for members of the unit that come from one report */
	gen_kind kind;
	unsigned language;     /* dense number */
	int64_t published_at;
} gen_truth;

/* Immutable once made: any number of threads may use it. */
typedef struct gen_night gen_night;

/** NULL: no memory, or n is 0 or above 10^9. */
gen_night *gen_night_new(uint64_t seed, uint32_t n);
void gen_night_free(gen_night *night);

uint32_t gen_n_articles(const gen_night *night);
uint32_t gen_n_units(const gen_night *night);
gen_unit gen_unit_get(const gen_night *night, uint32_t unit);
/** Number of the article that is this member of the unit. */
uint32_t gen_unit_article(const gen_night *night, uint32_t unit, uint32_t member);
void gen_truth_get(const gen_night *night, uint32_t i, gen_truth *out);

/** Id of article i is "n" and i in nine digits; the number in such an id, or UINT32_MAX. */
uint32_t gen_id_number(nb_str id);

/* Makes articles; one per thread. */
typedef struct gen_writer gen_writer;

gen_writer *gen_writer_new(const gen_night *night); /* NULL: no memory */
void gen_writer_free(gen_writer *w);
/** Article i; its strings live until the next call. */
void gen_article(gen_writer *w, uint32_t i, nb_article *out);

/**
 * Write the night as JSON lines in one zstd frame, in order of number.  Opens OpenMP regions, says
 * on stderr how far it is if it takes long.
 * @param raw_bytes  out, may be NULL: bytes before compression
 */
nb_status gen_night_write(const gen_night *night, const char *path, int level, uint64_t *raw_bytes,
			  nb_error *err) NB_MUST_CHECK;

/** Write "id, unit, unit kind, instance, kind, lang" of every article, tab-separated. */
nb_status gen_truth_write(const gen_night *night, const char *path, nb_error *err) NB_MUST_CHECK;

#endif
