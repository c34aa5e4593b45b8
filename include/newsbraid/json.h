/* SPDX-License-Identifier: MIT
 *
 * json.h - writing JSON: one growing buffer, commas and escapes taken care of; and reading it.
 *
 * Level: base.  One object must not be used by two threads at the same time.
 *
 *     nb_json j = { 0 };
 *     nb_json_open(&j, '{');
 *     nb_json_key(&j, "articles"), nb_json_uint(&j, 150);
 *     nb_json_close(&j, '}');
 */
#ifndef NB_JSON_H
#define NB_JSON_H

#include <stdbool.h>

#include "newsbraid/nb.h"

NB_API_BEGIN

/* ---- writing --------------------------------------------------------------------------------- */

/* All zero bytes is a valid empty buffer. */
typedef struct nb_json {
	char *text; /* text[0..len), not NUL-terminated */
	size_t len, capacity;
	bool comma;  /* private: a comma is due before the next value */
	bool failed; /* memory ran out somewhere; the text is then useless.  Check once, at the end. */
	unsigned indent, depth; /* indent: blanks a level, 0 for one line */
} nb_json;

void nb_json_release(nb_json *j);
/** Empty the text, keep the memory. */
void nb_json_clear(nb_json *j);

/** '{' or '['. */
void nb_json_open(nb_json *j, char bracket);
/** '}' or ']'. */
void nb_json_close(nb_json *j, char bracket);
/** A key of plain ASCII that needs no escapes. */
void nb_json_key(nb_json *j, const char *key);
/** A string of valid UTF-8, escaped as RFC 8259 asks and no further; null if s.ptr is NULL. */
void nb_json_string(nb_json *j, nb_str s);
/** Bytes of the longest prefix of s that ends between two characters and whose escaped form, quotes
 *  not counted, has at most `most` bytes. */
size_t nb_json_fit(nb_str s, size_t most);
/** A NUL-terminated string; null if NULL. */
void nb_json_cstring(nb_json *j, const char *s);
void nb_json_int(nb_json *j, int64_t x);
void nb_json_uint(nb_json *j, uint64_t x);
/** x with exactly six digits after the point; not finite gives null. */
void nb_json_real(nb_json *j, double x);
/** A number that is written already, as RFC 8259 asks: "0.35". */
void nb_json_number(nb_json *j, const char *text);
void nb_json_bool(nb_json *j, bool x);
void nb_json_null(nb_json *j);
/* A key and its value in one call. */
void nb_json_put_uint(nb_json *j, const char *key, uint64_t x);
void nb_json_put_real(nb_json *j, const char *key, double x);
void nb_json_put_text(nb_json *j, const char *key, const char *text); /* null if NULL */

/** End of a row: a line feed, and no comma before the next value. */
void nb_json_newline(nb_json *j);

/* ---- reading --------------------------------------------------------------------------------- */

/*
 * One value at a time (simdjson): parse it, walk over it.  The whole value is checked before the
 * first look at it.
 */

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

NB_API_END

#endif
