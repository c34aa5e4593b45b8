/* SPDX-License-Identifier: MIT
 *
 * lexicon_build.c - the lexicon builder: packages in, one file out.
 *
 *     lexicon_build DICTD LOCALE NODE_MODULES OUT
 *
 * The same packages give the same bytes.  A package that is absent is a warning.
 */
#include <stdio.h>
#include <stdlib.h>

#include "tools/lexicon/build.h"

static void release(build *b)
{
	for (uint32_t i = 0; i < NB_LANGUAGE_MOST; i++)
		words_release(&b->words[i]);
	gazetteer_release(&b->places);
	english_release(&b->english);
	tables_free(b->tables);
}

int main(int argc, char **argv)
{
	static build b;

	if (argc != 5) {
		fprintf(stderr, "usage: lexicon_build DICTD LOCALE NODE_MODULES OUT\n");
		return 2;
	}
	b = (build){ .dictd = argv[1], .locale = argv[2], .npm = argv[3], .tables = tables_new() };
	for (uint32_t i = 0; i < NB_LANGUAGE_MOST; i++)
		b.words[i].language = i;
	build_stops(&b);
	build_places(&b);
	build_dictionaries(&b);
	build_english(&b);
	gazetteer_write(&b, &b.places);
	build_words(&b);
	tables_write(b.tables, argv[4]);
	release(&b);
	return 0;
}
