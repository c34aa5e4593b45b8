/* SPDX-License-Identifier: MIT
 *
 * json_shim.h - simdjson after plain C: parse one JSON value, walk over it.
 *
 * The document variant is used because it checks the whole value; the on-demand variant lets
 * errors pass in what nobody asks for.
 */
#ifndef NB_FOREIGN_JSON_SHIM_H
#define NB_FOREIGN_JSON_SHIM_H

#include <stdbool.h>

#include "newsbraid/nb.h"

#ifdef __cplusplus
extern "C" {
#endif

#define NB_JSON_PADDING 64 /* readable bytes after what nb_doc_parse gets; content is ignored */

/* A parser and the value it parsed last.  One per thread. */
typedef struct nb_doc nb_doc;

typedef enum nb_doc_result {
	NB_DOC_OK = 0,
	NB_DOC_BAD,   /* not valid JSON */
	NB_DOC_EMPTY, /* blanks only */
	NB_DOC_DEEP,  /* nested deeper than max_depth */
	NB_DOC_NOMEM,
} nb_doc_result;

typedef enum nb_node_kind {
	NB_NODE_NULL,
	NB_NODE_BOOL,
	NB_NODE_NUMBER,
	NB_NODE_STRING,
	NB_NODE_ARRAY,
	NB_NODE_OBJECT,
} nb_node_kind;

/* A place in a parsed value; plain data, valid until the parser's next nb_doc_parse. */
typedef struct nb_node {
	uint64_t opaque[2];
} nb_node;

/* A walk over the members of an object or the items of an array. */
typedef struct nb_walk {
	uint64_t opaque[4];
	bool members;
} nb_walk;

/** NULL if there is no memory. */
nb_doc *nb_doc_new(unsigned max_depth);
void nb_doc_free(nb_doc *doc);

/** Bytes of the longest value parsed so far: what the parser's memory grows with (about 14 fold).
 */
size_t nb_doc_capacity(const nb_doc *doc);

/**
 * Parse one value.
 *
 * @param json    json[0..n), and NB_JSON_PADDING readable bytes after it
 * @param root    out
 * @param detail  out: what is wrong, static text
 */
nb_doc_result nb_doc_parse(nb_doc *doc, const char *json, size_t n, nb_node *root,
			   const char **detail);

nb_node_kind nb_node_kind_of(const nb_node *node);

/** A string's bytes: valid UTF-8 that may hold NUL; absent if node is no string. */
nb_str nb_node_string(const nb_node *node);

/** Whether node is the value true. */
bool nb_node_true(const nb_node *node);

/** A number as text, integers exact, others rounded to 17 digits; 0 if node is no number. */
size_t nb_node_number(const nb_node *node, char out[32]);

/** Begin a walk; false (and an empty walk) if node is neither object nor array. */
bool nb_walk_begin(const nb_node *node, nb_walk *walk);

/** The next item, and its key if it is a member of an object; false at the end. */
bool nb_walk_next(nb_walk *walk, nb_str *key, nb_node *value);

#ifdef __cplusplus
}
#endif

#endif
