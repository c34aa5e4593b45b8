/* SPDX-License-Identifier: MIT
 *
 * html_lex.h - HTML to tags and runs of text, by the tokenizer rules of the HTML standard.
 *
 * Our own, because it is where the time goes and where hostile pages bite; bench_html stands it
 * beside libxml2's.
 */
#ifndef NB_READ_HTML_HTML_LEX_H
#define NB_READ_HTML_HTML_LEX_H

#include <stdbool.h>

#include "newsbraid/nb.h"
#include "read/html/html_tag.h"

#define NB_HTML_ATTRS 32u /* attributes of a tag that are kept; more are skipped */

typedef enum nb_html_kind {
	NB_HTML_TEXT, /* characters, references not decoded; of script, style, title ... the whole
		       */
	NB_HTML_START,
	NB_HTML_END,
} nb_html_kind;

typedef struct nb_html_attr {
	nb_str name, value; /* as they stand; value absent if there is none */
} nb_html_attr;

/* What nb_html_lex finds; spans of the page. */
typedef struct nb_html_token {
	nb_html_kind kind;
	nb_html_tag tag; /* START and END; of TEXT, the raw element it is the content of */
	nb_str text;     /* TEXT */
	unsigned n_attrs;
	nb_html_attr attr[NB_HTML_ATTRS];
} nb_html_token;

/* A place in a page. */
typedef struct nb_html_lexer {
	const char *at, *end;
	nb_html_tag raw; /* the open element whose content is not markup, or NB_TAG_NONE */
	uint64_t
		never_ends; /* raw elements, by tag, that have no end tag in the rest of the page */
} nb_html_lexer;

/** Begin at the page's first byte. */
void nb_html_lexer_init(nb_html_lexer *lexer, nb_str page);

/** The next token; false at the end.  Never looks at a byte more than a fixed number of times. */
bool nb_html_lex(nb_html_lexer *lexer, nb_html_token *token);

/** The value of an attribute, {"", 0} if it has none, absent if the tag has no such attribute. */
nb_str nb_html_attr_value(const nb_html_token *token, const char *name);

/* Text that is being put together. */
typedef struct nb_html_writer {
	char *out;   /* no longer than what it is made of */
	size_t n;    /* bytes of it so far */
	size_t from; /* nothing due is written before what begins here */
	bool blank;  /* a blank is due before the next character */
	bool line;   /* a line feed is, instead */
} nb_html_writer;

/** Append characters: references decoded, runs of blanks one blank, none at the ends. */
void nb_html_put(nb_html_writer *w, nb_str s);

/** The same for one string.  out: room for s.len bytes.  Bytes written. */
size_t nb_html_decode(nb_str s, char *out);

/** The code point that s[0..n) == "&..." opens with; 0 if it is none.  *used: its bytes. */
uint32_t nb_html_reference(const char *s, size_t n, size_t *used);

/** Write a code point as UTF-8; bytes written, 1..4. */
size_t nb_html_encode(uint32_t cp, char out[4]);

#endif
