/* SPDX-License-Identifier: MIT
 *
 * parse.h - tasks to articles and rejects: what every format's parse function works with.
 */
#ifndef NB_READ_PARSE_H
#define NB_READ_PARSE_H

#include "read/json/alias.h"
#include "read/value.h"

/* A record and where it stands. */
typedef struct nb_record {
	nb_str bytes;  /* NB_JSON_PADDING readable bytes after them */
	uint64_t line; /* 1-based line, or number of the record where lines say nothing */
	uint64_t byte; /* 0-based, in the decompressed file */
	const char *charset; /* what was said of them before they began; "" if nothing was */
	nb_str header;       /* the file's first record, if the format has one; else absent */
} nb_record;

struct nb_task;

/* What parse functions share. */
typedef struct nb_parse {
	const nb_alias_map *map;
	nb_maker *m; /* the thread's; m->pool holds the strings of articles */
	struct nb_task *task;
	nb_share *share;
	const char *path; /* of the file */
} nb_parse;

/**
 * Parse what stands at a place; every record in it becomes an article or a reject.
 *
 * Bytes are anything at all: nothing but bad luck says that they are what the scanner saw.
 * If m->no_memory gets set, what was made does not matter any more.
 */
typedef void nb_parse_fn(nb_parse *p, const nb_record *at);

/**
 * Hand out an article: its text is made of its title if it has none, checked, and it becomes an
 * article or a reject (NO_TEXT, NO_TOKEN, TOO_LONG).  Its strings are in m->pool.
 */
void nb_parse_article(nb_parse *p, nb_article *a, const nb_record *at);

/** Plain text to title and text: the first line with something in it is the title, what follows the
 *  text; or the title, if nothing does.  The title may stand below a stamp of time or bread crumbs;
 *  then all is the text. */
void nb_parse_titled_text(nb_parse *p, nb_str bytes, nb_article *out);

/** "file:" and the last part of the path: the id of an article that is a file. */
nb_str nb_parse_file_id(nb_parse *p);

/** Hand out a reject.  detail: static text, or in m->pool. */
void nb_parse_reject(nb_parse *p, nb_reject_reason reason, const char *detail, const nb_record *at);

/** Tell that the bytes of a record had to be repaired. */
void nb_parse_repaired(nb_parse *p);

/** Tell of a record that is no article and was not meant to be one: counted, and no reject. */
void nb_parse_skipped(nb_parse *p);

/** One JSON object is one article. */
void nb_parse_json(nb_parse *p, const nb_record *at);

/** The same for an object made of what stands at a place; NB_JSON_PADDING bytes after it. */
void nb_parse_json_as(nb_parse *p, nb_str json, const nb_record *at);

/**
 * Do a task.  Articles and rejects go to the end of the share; the task remembers which are its
 * own.  Lines are counted from 1 in the task if it does not know its line.
 *
 * Sets m->no_memory if something could not be kept.
 */
void nb_parse_task(const nb_alias_map *map, nb_maker *m, struct nb_task *task, nb_share *share);

#endif
