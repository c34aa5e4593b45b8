/* SPDX-License-Identifier: MIT
 *
 * json.h - writing JSON: one growing buffer, commas and escapes taken care of.
 *
 * Level: base.  One buffer must not be used by two threads at the same time.
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

NB_API_END

#endif
