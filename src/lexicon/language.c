/* SPDX-License-Identifier: MIT
 *
 * language.c - the table of language.h.
 */
#include "lexicon/language.h"

#include <string.h>

#define C NB_LANGUAGE_COMPOUNDS
#define D NB_LANGUAGE_DECLINES
#define P NB_LANGUAGE_POINT
#define A (NB_LANGUAGE_PREFIXES | NB_LANGUAGE_CASELESS | P)
#define U (NB_LANGUAGE_UNSPACED | NB_LANGUAGE_CASELESS | P)
#define N NB_LANGUAGE_CASELESS
#define E (D | NB_LANGUAGE_ENDINGS)

const nb_language nb_languages[] = {
	{ "af", "dutch", "nl", C },       { "ar", "arabic", "", A },
	{ "be", NULL, "ru", D },          { "bg", NULL, "", D },
	{ "bs", NULL, "hr", D },          { "ca", "catalan", "es", 0 },
	{ "cs", NULL, "", D },            { "da", "danish", "", C },
	{ "de", "german", "", C | D | NB_LANGUAGE_NOUNS },
	{ "el", "greek", "", D },         { "en", "english", "", P },
	{ "es", "spanish", "", 0 },       { "et", NULL, "", E },
	{ "eu", "basque", "", D },        { "fa", NULL, "", N },
	{ "fi", "finnish", "", C | E },   { "fr", "french", "", 0 },
	{ "ga", "irish", "", P },         { "gl", NULL, "pt", 0 },
	{ "he", NULL, "", N | P },        { "hi", "hindi", "", N | P },
	{ "hr", NULL, "", D },            { "hu", "hungarian", "", C | E },
	{ "hy", "armenian", "", D },      { "id", "indonesian", "", 0 },
	{ "is", NULL, "", C | D },        { "it", "italian", "", 0 },
	{ "ja", NULL, "", U },            { "ka", NULL, "", N | D },
	{ "kk", NULL, "", E },            { "ko", NULL, "", N | P },
	{ "lt", "lithuanian", "", D },    { "lv", NULL, "", D },
	{ "mk", NULL, "bg", D },          { "ms", NULL, "id", P },
	{ "nb", "norwegian", "no", C },   { "ne", "nepali", "", N | P },
	{ "nl", "dutch", "", C },         { "nn", "norwegian", "no", C },
	{ "no", "norwegian", "", C },     { "pl", NULL, "", D },
	{ "pt", "portuguese", "", 0 },    { "ro", "romanian", "", 0 },
	{ "ru", "russian", "", D },       { "sk", NULL, "cs", D },
	{ "sl", NULL, "", D },            { "sq", NULL, "", D },
	{ "sr", NULL, "hr", D },          { "sv", "swedish", "", C },
	{ "sw", NULL, "", P },            { "th", NULL, "", N | P },
	{ "tr", "turkish", "", E },       { "uk", NULL, "ru", D },
	{ "ur", NULL, "", N | P },        { "vi", NULL, "", 0 },
	{ "zh", NULL, "", U },            { "", NULL, "", 0 },
};
const uint32_t nb_n_languages = sizeof(nb_languages) / sizeof(*nb_languages);

_Static_assert(sizeof(nb_languages) / sizeof(*nb_languages) <= NB_LANGUAGE_MOST, "room for all");

uint32_t nb_language_find(const char lang[3])
{
	uint32_t i = 0;

	while (i + 1 < nb_n_languages && strncmp(nb_languages[i].code, lang, 2) != 0)
		i++;
	return i;
}
