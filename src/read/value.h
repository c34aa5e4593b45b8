/* SPDX-License-Identifier: MIT
 *
 * value.h - JSON values to the strings of an article: cleaned, trimmed, cut, copied.
 */
#ifndef NB_READ_VALUE_H
#define NB_READ_VALUE_H

#include <stdbool.h>

#include "foreign/json_shim.h"
#include "newsbraid/token.h"
#include "read/batch.h"
#include "read/input/charset.h"

#define NB_SHORT_MAX 4096u /* bytes of a title, source, byline, url ... */
#define NB_ID_MAX    1024u
#define NB_DATE_MAX  256u

/* Growing room for one value at a time; content is lost when it grows. */
typedef struct nb_scratch {
	char *p;
	size_t capacity;
} nb_scratch;

/** NULL if there is no memory. */
char *nb_scratch_room(nb_scratch *s, size_t n);
void nb_scratch_release(nb_scratch *s);

/* What one thread needs to make articles; the pool is the batch's. */
typedef struct nb_maker {
	nb_doc *doc;
	nb_tokens tokens;
	nb_scratch repaired; /* a record's bytes after repair */
	nb_scratch clean;    /* a value being cleaned */
	nb_charset charset;  /* bytes of unknown sets to UTF-8 */
	nb_scratch joined;   /* a text put together from several values */
	nb_scratch row;      /* a table's row as an object */
	struct nb_xml *xml;           /* made when it is needed */
	struct nb_html *html;         /* likewise */
	struct nb_http_decoder *http; /* likewise */
	nb_pool *pool;
	size_t record_len; /* bytes of the record that doc holds: no joined text is longer */
	bool no_memory;    /* something could not be kept: the batch has failed */
} nb_maker;

nb_status nb_maker_init(nb_maker *m) NB_MUST_CHECK;
void nb_maker_release(nb_maker *m);
/** Give back memory that grew for one giant record. */
void nb_maker_shrink(nb_maker *m);

/** Blanks at both ends off. */
nb_str nb_trim(nb_str s);

/** Whether a trimmed string says nothing: "", "None", "null", "nan". */
bool nb_says_nothing(nb_str s);

bool nb_is_http(nb_str s);

/** "https://user@www.example.org:80/path" is from "example.org"; absent if s is no such address. */
nb_str nb_url_host(nb_str url);

/** The longest prefix of at most `most` bytes that ends between characters. */
nb_str nb_cut(nb_str s, size_t most);

/**
 * The one line a value means, as it stands in the JSON or as a number in `number`: a string, a
 * number, the first such in an array, or the name inside an object.  Absent if it says nothing.
 */
nb_str nb_value_line(const nb_node *node, char number[32]);

/** Copy a line: control characters and runs of blanks that hold one become a blank, cut at most. */
nb_str nb_keep_line(nb_maker *m, nb_str line, size_t most);

/** The same of bytes that may be no UTF-8: they are repaired. */
nb_str nb_keep_bytes(nb_maker *m, nb_str line, size_t most);

/** Copy what an array of names means, with `between` between them: "A, B, C". */
nb_str nb_keep_list(nb_maker *m, const nb_node *node, const char *between, size_t most);

/** Copy names, one a line: the items of an array, or what stands between semicolons. */
nb_str nb_keep_names(nb_maker *m, const nb_node *node, size_t most);

/** Copy a text: line ends LF, control characters blanks, markup off if it is markup. */
nb_str nb_keep_text(nb_maker *m, nb_str text, bool markup);

/** Whether the text has a token. */
bool nb_has_token(nb_maker *m, nb_str text);

#endif
