/* SPDX-License-Identifier: MIT
 *
 * place_key.c - see place_key.h.
 */
#include "lexicon/place_key.h"

#include <string.h>

#include "lexicon/lex_format.h"

uint64_t nb_place_stump_each(const char *form, size_t n)
{
	return nb_form_key(form, nb_form_prefix(form, n, NB_PLACE_STUMP_EACH));
}

uint64_t nb_place_stump(uint64_t key)
{
	return key ^ NB_LEX_STUMP;
}

static uint64_t stump_of_one(const char *form, size_t n)
{
	size_t cut = nb_form_ends_in_vowel(form, n) ? nb_form_without_last(form, n) : n;

	if (nb_form_prefix(form, n, NB_PLACE_STUMP_LEAST - 1) >= cut)
		return 0;
	return nb_place_stump(nb_form_key(form, cut));
}

void nb_place_keys_make(const char *forms, size_t n, nb_place_keys *keys)
{
	uint64_t stump = 0;
	size_t tokens = 0;

	*keys = (nb_place_keys){ 0 };
	for (size_t begin = 0, end; begin <= n; begin = end + 1, tokens++) {
		const char *blank = memchr(forms + begin, ' ', n - begin);
		uint64_t key, each;

		end = blank ? (size_t)(blank - forms) : n;
		key = nb_form_key(forms + begin, end - begin);
		each = nb_place_stump_each(forms + begin, end - begin);
		if (tokens == 0) {
			keys->first = keys->exact = key;
			keys->first_stump = stump = each;
			continue;
		}
		keys->exact = nb_form_key_next(keys->exact, key);
		stump = nb_form_key_next(stump, each);
	}
	keys->stump = tokens == 1 ? stump_of_one(forms, n) : nb_place_stump(stump);
}
