/* SPDX-License-Identifier: MIT
 *
 * check.h - the rounds of newsbraid verify, and what they leave to each other.
 */
#ifndef NB_PIPELINE_CHECK_H
#define NB_PIPELINE_CHECK_H

#include "output_info.h"
#include "tables.h"

typedef struct counts {
	uint64_t rejects, copies, groups, events, storylines;
	uint64_t edges_copy, edges_series, edges_related, edges_across, edges_story;
} counts;

typedef struct check {
	const char *out;
	const char *like; /* another output, or NULL */
	stored stored;
	article_list list;
	uint64_t n_problems;
	uint64_t n_edges;   /* copy edges that were computed again */
	uint64_t n_anchors; /* aligned words that were found in their texts */
	nb_night texts;     /* numbered like list; only of articles that an edge needs */
	struct evidence *evidence; /* private to check_evidence.c */
	counts counted;     /* what stands in the tables, as the manifest counts it */
} check;

/** Report something wrong; after some, count only.  From any thread. */
void problem(check *c, const char *format, ...) __attribute__((format(printf, 2, 3)));

/** Checksums of every file, and that nothing else stands there. */
void check_files(check *c);
/** As table_each, and the rows and bytes are compared with those of the manifest. */
nb_status check_each(check *c, const char *name, table_row_fn *row, void *context, nb_error *err);
/** Every row of the rejects parses. */
nb_status check_rejects(check *c, nb_error *err);
/** The manifest counts what the tables hold; after the rounds below. */
void check_counts(check *c);
/** Parameters are in their ranges; as those of the output c->like, if there is one. */
nb_status check_parameters(check *c, nb_error *err);
/** Articles and copy groups name each other. */
nb_status check_copies(check *c, nb_error *err);
/** Members partition the articles, events the storylines; scored pairs lie where they say. */
nb_status check_events(check *c, nb_error *err);
/** Take in what the edges claim, and the texts that they claim it of. */
nb_status read_evidence(check *c, nb_error *err);
/** Every copy edge computed again from the texts, every aligned word looked up in them. */
nb_status check_evidence(check *c, nb_error *err);
void evidence_free(struct evidence *e);

#endif
