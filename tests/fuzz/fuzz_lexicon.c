/* SPDX-License-Identifier: MIT
 *
 * fuzz_lexicon.c - any bytes as a lexicon file: they are refused, or asked everything without harm.
 */
#include <stdlib.h>
#include <string.h>

#include "lexicon/lex_format.h"
#include "newsbraid/concepts.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void ask(const nb_lexicon *l, const char *lang, const char *text)
{
	nb_concepts c = { 0 };

	if (nb_concepts_text(&c, l, lang, text, strlen(text)) != NB_OK)
		abort();
	for (size_t i = 0; i < c.n_concepts; i++)
		if (!c.concept[i].id || c.concept[i].kind >= NB_CONCEPT_KINDS)
			abort();
	nb_concepts_release(&c);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *bytes = malloc(size + 1);
	nb_lexicon *l;
	nb_lex_header h;

	if (!bytes)
		abort();
	memcpy(bytes, data, size);
	if (size >= sizeof(h)) { /* what is after the checksum is of more interest */
		memcpy(&h, bytes, sizeof(h));
		h.size = size;
		memcpy(bytes, &h, sizeof(h));
		h.checksum = nb_lex_checksum(bytes, size);
		memcpy(bytes, &h, sizeof(h));
	}
	if (nb_lexicon_from_memory(bytes, size, &l, NULL) == NB_OK) {
		ask(l, "nl", "De brug in Nederland en New York, bruggenhoofd");
		ask(l, "zh", "大桥大桥");
		ask(l, "ru", "в Москве");
		nb_lexicon_free(l);
	}
	free(bytes);
	return 0;
}
