/* SPDX-License-Identifier: MIT
 *
 * stop_words.c - see stop_words.h.
 */
#include "lexicon/stop_words.h"

#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#include "lexicon/form.h"
#include "lexicon/lookup.h"

#define SLOTS 8192u /* answers kept: most words of a text are among the commonest of its language */

void nb_stop_words_release(nb_stop_words *s)
{
	free(s->known);
	*s = (nb_stop_words){ 0 };
}

nb_status nb_stop_words_language(nb_stop_words *s, nb_str lang)
{
	char code[3] = { 0 };
	uint32_t language;

	if (!s->lexicon)
		return NB_OK;
	if (lang.len == 2)
		memcpy(code, lang.ptr, 2);
	language = nb_language_find(code);
	if (s->known && s->language == language)
		return NB_OK;
	free(s->known);
	s->known = calloc(SLOTS, sizeof(*s->known));
	s->language = language;
	return s->known ? NB_OK : NB_ENOMEM;
}

static bool look_up(const nb_stop_words *s, nb_str word)
{
	nb_form form;

	nb_form_make(word.ptr, word.len, nb_languages[s->language].flags & NB_LANGUAGE_DOTLESS, &form);
	return form.n && nb_lexicon_stops(s->lexicon, s->language, nb_form_key(form.text, form.n));
}

bool nb_stop_words_has(nb_stop_words *s, nb_str word)
{
	uint64_t *slot, hash;

	if (!s->known)
		return false;
	/* of the bytes as they stand: folded, "où" would be "ou", and the answer that of who came first */
	hash = XXH3_64bits(word.ptr, word.len);
	/* the highest bit holds the answer, and the one below is always set, so that no answer is 0 */
	hash = (hash | UINT64_C(1) << 62) & ~(UINT64_C(1) << 63);
	slot = &s->known[hash & (SLOTS - 1)];
	if ((*slot & ~(UINT64_C(1) << 63)) != hash)
		*slot = hash | (uint64_t)look_up(s, word) << 63;
	return *slot >> 63;
}
