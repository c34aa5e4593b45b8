/* SPDX-License-Identifier: MIT
 *
 * agency.c - see agency.h.
 */
#include "newsbraid/agency.h"

#include <string.h>

#include "text/words.h"

const char *nb_agency_role_name(nb_agency_role role)
{
	switch (role) {
	case NB_WROTE:
		return "wrote";
	case NB_RELAYED:
		return "relayed";
	case NB_QUOTED:
		break;
	}
	return "quoted";
}

nb_str nb_agency_name(nb_agency agency)
{
	const char *name = agency <= nb_agency_count ? nb_agency_names[agency] : "";

	return (nb_str){ name, strlen(name) };
}

nb_agency nb_agency_find(nb_str credit)
{
	nb_lex lex;
	const nb_word_entry *e;

	if (!credit.len)
		return NB_AGENCY_NONE;
	nb_lex_read(&lex, credit.ptr, credit.len);
	if (lex.n == 0 || !lex.whole)
		return NB_AGENCY_NONE;
	e = nb_word_at(&lex, 0, lex.n, NB_WORD_AGENCY);
	return e ? e->value : NB_AGENCY_NONE;
}

/* "https://www.reuters.com/world" and "reuters.com" are the site reuters.com; so is a part of it. */
nb_agency nb_agency_of_source(nb_str source)
{
	nb_agency named = nb_agency_find(source);
	const char *p = source.ptr, *end, *mark;

	if (named || !source.len)
		return named;
	end = p + source.len;
	mark = memmem(p, source.len, "://", 3);
	if (mark)
		p = mark + 3;
	mark = memchr(p, '/', (size_t)(end - p));
	if (mark)
		end = mark;
	while (p && p < end) {
		const nb_word_entry *e = nb_word_find(NB_WORD_SITE, p, (size_t)(end - p));

		if (e)
			return e->value;
		p = memchr(p, '.', (size_t)(end - p));
		p = p ? p + 1 : NULL;
	}
	return NB_AGENCY_NONE;
}
