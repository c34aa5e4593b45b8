/* SPDX-License-Identifier: MIT
 *
 * output_info.h - the manifest of an output, read back.
 */
#ifndef NB_PIPELINE_OUTPUT_INFO_H
#define NB_PIPELINE_OUTPUT_INFO_H

#include "parameters.h"
#include "tables.h"

/* What manifest.json says. */
typedef struct stored {
	settings set; /* parameters that decide the result, but texts and lists; others as by default */
	char unfit[OPTION_WHY + 64]; /* what is wrong with one of them, or "" */
	char xxh128[33]; /* its seal */
	bool sealed;     /* and whether that holds */
	nb_table_info table[NB_TABLES];
	size_t n_tables;
	uint64_t n_articles, n_rejects, n_copies, n_groups, n_copy_edges, n_series_edges;
	uint64_t n_related_edges, n_across_edges, n_story_edges;
	uint64_t n_events, n_across, n_storylines; /* of two reports and more; of two languages and
						      more; of two events and more */
} stored;

/** NB_EDATA if out has no manifest of ours, or one of another schema. */
nb_status stored_load(stored *s, const char *out, nb_error *err);

/** A small file into text[0..most); NB_EDATA if it does not fit. */
nb_status read_whole(const char *path, char *text, size_t most, size_t *len, nb_error *err);

/* manifest.json, parsed; release with manifest_close. */
typedef struct manifest {
	nb_doc *doc;
	nb_node root;
	char *text;
	char xxh128[33]; /* its seal */
	bool sealed;     /* and whether that holds */
} manifest;

/** Errors as stored_load; *m must be closed in any case. */
nb_status manifest_open(manifest *m, const char *out, nb_error *err);
void manifest_close(manifest *m);

#define VALUE_ROOM 1024

/** A parameter as text, lists with blanks between; "" if it is not there or null. */
const char *parameter_text(const nb_node *parameters, const char *name, char out[VALUE_ROOM]);

/** The entry of a table, or NULL. */
const nb_table_info *stored_table(const stored *s, const char *name);

#endif
