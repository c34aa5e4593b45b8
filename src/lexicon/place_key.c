/* SPDX-License-Identifier: MIT
 *
 * place_key.c - see place_key.h.
 */
#include "lexicon/place_key.h"

#include <string.h>

#include "lexicon/format.h"

/* Bytes of text[0..n) without its last letter. */
static size_t without_last(const char *text, size_t n)
{
	if (n)
		n--;
	while (n && ((uint8_t)text[n] & 0xC0) == 0x80)
		n--;
	return n;
}

static bool ends_in_vowel(const char *text, size_t n)
{
	static const char *const ending[] = { "a", "e", "i", "o", "u", "y", "а", "е", "и", "о", "у",
					      "ы", "я", "ю", "э", "ь", "й", "і", "ї", "є", "á", "é",
					      "í", "ó", "ú", "ý", "ě", "ı" };
	size_t last = without_last(text, n);

	for (size_t i = 0; i < sizeof(ending) / sizeof(*ending); i++)
		if (strlen(ending[i]) == n - last && memcmp(text + last, ending[i], n - last) == 0)
			return true;
	return false;
}

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
	size_t cut = ends_in_vowel(form, n) ? without_last(form, n) : n;

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
