/* SPDX-License-Identifier: MIT
 *
 * maker.h - what a thread that makes articles keeps from one to the next.
 */
#ifndef NB_READ_MAKER_H
#define NB_READ_MAKER_H

#include <stdbool.h>

#include "base/scratch.h"
#include "newsbraid/json.h"
#include "newsbraid/token.h"
#include "read/batch.h"
#include "read/input/charset.h"

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

#endif
