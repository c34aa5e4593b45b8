/* SPDX-License-Identifier: MIT
 *
 * lexicon_sample.h - a small lexicon of our own, made by the builder's writer.
 */
#ifndef NB_TESTS_LEXICON_SAMPLE_H
#define NB_TESTS_LEXICON_SAMPLE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tools/lexicon/lex_table.h"
#include "lexicon/concept_id.h"
#include "text/language.h"

/* Dutch "brug" is "bridge"; "Nederland" a country; "de" says nothing; Chinese has one word. */
static inline void lexicon_sample(const char *path)
{
	tables *t = tables_new();
	uint32_t nl = nb_language_find("nl"), zh = nb_language_find("zh");
	nb_concept bridge = { nb_concept_id(NB_CONCEPT_WORD, "bridg", 5), 1, NB_CONCEPT_WORD };
	nb_concept country = { nb_concept_id(NB_CONCEPT_COUNTRY, "NL", 2), 1, NB_CONCEPT_COUNTRY };

	tables_put(t, nl, NB_LEX_WORDS, nb_form_key("brug", 4), &bridge, 1);
	tables_put(t, nl, NB_LEX_STEMS, nb_form_key("brug", 4), &bridge, 1);
	tables_put(t, nl, NB_LEX_PLACES, nb_form_key("nederland", 9), &country, 1);
	tables_set(t, nl, NB_LEX_LENGTHS, nb_form_key("nederland", 9), 1u << 1);
	tables_set(t, nl, NB_LEX_STOPS, nb_form_key("de", 2), 0);
	tables_put(t, zh, NB_LEX_WORDS, nb_form_key("大桥", 6), &bridge, 1);
	tables_set(t, zh, NB_LEX_LENGTHS, nb_form_key("大桥", 6), 1u << 2);
	tables_write(t, path);
	tables_free(t);
}

/* A whole file in a block of exactly its size. */
static inline char *lexicon_bytes(const char *path, size_t *n)
{
	FILE *f = fopen(path, "rb");
	char *bytes = NULL;
	long size = 0;

	if (f && fseek(f, 0, SEEK_END) == 0)
		size = ftell(f);
	if (size > 0 && fseek(f, 0, SEEK_SET) == 0)
		bytes = malloc((size_t)size);
	*n = bytes ? fread(bytes, 1, (size_t)size, f) : 0;
	if (f)
		fclose(f);
	return bytes;
}

#endif
