/* SPDX-License-Identifier: MIT
 *
 * build.h - what the parts of the builder share, and the parts.
 *
 * Each part reads one kind of package.  What is not there is a warning, and the lexicon knows less.
 */
#ifndef NB_TOOLS_LEXICON_BUILD_H
#define NB_TOOLS_LEXICON_BUILD_H

#include "tools/lexicon/english.h"
#include "tools/lexicon/gazetteer.h"
#include "tools/lexicon/lex_table.h"
#include "tools/lexicon/word_list.h"

typedef struct build build;

struct build {
	const char *dictd; /* folder of dictionaries */
	const char *locale; /* folder of message catalogues */
	const char *npm;   /* node_modules */
	english english;
	words words[NB_LANGUAGE_MOST];
	gazetteer places;
	tables *tables;
};

/** Stop words of every language (stopwords-iso). */
void build_stops(build *b);
/** Countries, cities, organisations of every language, into b->places (ICU, GeoNames, ...). */
void build_places(build *b);
/** Chinese words (CC-CEDICT). */
void build_cedict(build *b);
/** Words of every other language (FreeDict, Mueller). */
void build_dictionaries(build *b);
/** English words: what the dictionaries translate to. */
void build_english(build *b);
/** Meanings to concepts: WORDS and STEMS of every language. */
void build_words(build *b);

#endif
