/* SPDX-License-Identifier: MIT
 *
 * number_word.c - see number_word.h.
 *
 * Agencies write numbers up to ten or twelve in words, and the same report of a series has "six"
 * one day and "6.5" the next.
 */
#include "text/number_word.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "newsbraid/token.h"
#include "text/language.h"

static void put(nb_number_words *w, uint64_t token, uint8_t value)
{
	uint32_t at = (uint32_t)token % NB_NUMBER_SLOTS;

	while (w->value[at] && w->token[at] != token)
		at = (at + 1) % NB_NUMBER_SLOTS;
	w->token[at] = token;
	w->value[at] = value;
}

static nb_status add(nb_number_words *w, nb_tokens *t, const char *text, uint8_t value)
{
	nb_status status = nb_token_hashes(t, text, strlen(text));

	for (size_t i = 0; status == NB_OK && i < t->n; i++)
		put(w, t->hash[i], value);
	return status;
}

static nb_status add_all(nb_number_words *w, nb_tokens *t)
{
	nb_status status = NB_OK;

	for (uint8_t value = 1; status == NB_OK && value <= NB_NUMBER_LAST; value++) {
		char digits[4];

		snprintf(digits, sizeof(digits), "%u", value);
		status = add(w, t, digits, value);
	}
	for (uint32_t i = 0; status == NB_OK && i < nb_n_language_numbers; i++)
		status = add(w, t, nb_language_numbers[i].text,
			     (uint8_t)nb_language_numbers[i].value);
	return status;
}

nb_status nb_number_words_new(nb_number_words **out)
{
	nb_number_words *w = calloc(1, sizeof(*w));
	nb_tokens t = { 0 };
	nb_status status = w ? add_all(w, &t) : NB_ENOMEM;

	nb_tokens_release(&t);
	if (status != NB_OK) {
		free(w);
		w = NULL;
	}
	*out = w;
	return status;
}
