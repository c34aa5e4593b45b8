/* SPDX-License-Identifier: MIT
 *
 * maker.c - see maker.h.
 */
#include "read/maker.h"

#include <stdlib.h>

#include "newsbraid/html.h"
#include "newsbraid/reader.h"
#include "read/web/http_body.h"
#include "read/xml/xml.h"

#define KEEP_MOST ((size_t)8 << 20) /* scratch memory above this is given back */

nb_status nb_maker_init(nb_maker *m)
{
	*m = (nb_maker){ .doc = nb_doc_new(NB_DEPTH_MAX) };
	return m->doc ? NB_OK : NB_ENOMEM;
}

void nb_maker_release(nb_maker *m)
{
	if (m->doc)
		nb_doc_free(m->doc);
	nb_html_free(m->html);
	nb_tokens_release(&m->tokens);
	nb_charset_release(&m->charset);
	nb_scratch_release(&m->repaired);
	nb_scratch_release(&m->clean);
	nb_scratch_release(&m->joined);
	nb_scratch_release(&m->row);
	nb_xml_free(m->xml);
	if (m->http)
		nb_http_decoder_release(m->http);
	free(m->http);
	*m = (nb_maker){ 0 };
}

void nb_maker_shrink(nb_maker *m)
{
	if (nb_doc_capacity(m->doc) > KEEP_MOST) {
		nb_doc_free(m->doc);
		m->doc = nb_doc_new(NB_DEPTH_MAX);
		m->no_memory |= !m->doc;
	}
	if (m->repaired.capacity > KEEP_MOST)
		nb_scratch_release(&m->repaired);
	if (m->clean.capacity > KEEP_MOST)
		nb_scratch_release(&m->clean);
	if (m->joined.capacity > KEEP_MOST)
		nb_scratch_release(&m->joined);
	if (m->row.capacity > KEEP_MOST)
		nb_scratch_release(&m->row);
}
