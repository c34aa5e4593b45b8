/* SPDX-License-Identifier: MIT
 *
 * dictionaries.c - which dictionaries say what words mean in English, and the reading of them.
 *
 * Forward: headword -> English.  Reversed: English -> headword.  Roundabout: through German, French
 * or another language that has a good dictionary itself, which must stand earlier in the table.
 * A meaning's rank is the line it stands in; what is found in a more roundabout way ranks after.
 */
#include <string.h>

#include "tools/lexicon/build.h"
#include "tools/lexicon/dictd.h"
#include "tools/lexicon/senses.h"

#define RANK_REVERSED         .5f
#define RANK_PIVOT            1.f
#define RANK_PIVOT_REVERSED   1.5f
#define PIVOT_WORDS           4 /* translations followed on a roundabout way */
#define PIVOT_MEANINGS        3 /* meanings taken of each */

typedef enum way {
	FORWARD,        /* lang-eng */
	REVERSED,       /* eng-lang */
	PIVOT,          /* lang-via */
	PIVOT_REVERSED, /* via-lang */
	MUELLER,        /* eng-rus, of another format */
} way;

typedef struct source {
	const char *name;
	char lang[3];
	way way;
	char via[3];
} source;

static const source sources[] = {
	{ "freedict-deu-eng", "de", FORWARD, "" },
	{ "freedict-eng-deu", "de", REVERSED, "" },
	{ "freedict-fra-eng", "fr", FORWARD, "" },
	{ "freedict-eng-fra", "fr", REVERSED, "" },
	{ "freedict-fra-deu", "fr", PIVOT, "de" },
	{ "freedict-deu-fra", "fr", PIVOT_REVERSED, "de" },
	{ "freedict-nld-eng", "nl", FORWARD, "" },
	{ "freedict-eng-nld", "nl", REVERSED, "" },
	{ "freedict-nld-deu", "nl", PIVOT, "de" },
	{ "freedict-deu-nld", "nl", PIVOT_REVERSED, "de" },
	{ "freedict-fra-nld", "nl", PIVOT_REVERSED, "fr" },
	{ "freedict-spa-eng", "es", FORWARD, "" },
	{ "freedict-eng-spa", "es", REVERSED, "" },
	{ "freedict-spa-deu", "es", PIVOT, "de" },
	{ "freedict-deu-spa", "es", PIVOT_REVERSED, "de" },
	{ "freedict-fra-spa", "es", PIVOT_REVERSED, "fr" },
	{ "freedict-ita-eng", "it", FORWARD, "" },
	{ "freedict-eng-ita", "it", REVERSED, "" },
	{ "freedict-ita-deu", "it", PIVOT, "de" },
	{ "freedict-deu-ita", "it", PIVOT_REVERSED, "de" },
	{ "freedict-fra-ita", "it", PIVOT_REVERSED, "fr" },
	{ "freedict-ita-spa", "it", PIVOT, "es" },
	{ "freedict-por-eng", "pt", FORWARD, "" },
	{ "freedict-eng-por", "pt", REVERSED, "" },
	{ "freedict-por-deu", "pt", PIVOT, "de" },
	{ "freedict-deu-por", "pt", PIVOT_REVERSED, "de" },
	{ "freedict-fra-por", "pt", PIVOT_REVERSED, "fr" },
	{ "freedict-pol-eng", "pl", FORWARD, "" },
	{ "freedict-eng-pol", "pl", REVERSED, "" },
	{ "freedict-pol-deu", "pl", PIVOT, "de" },
	{ "freedict-deu-pol", "pl", PIVOT_REVERSED, "de" },
	{ "freedict-swe-eng", "sv", FORWARD, "" },
	{ "freedict-eng-swe", "sv", REVERSED, "" },
	{ "freedict-swe-deu", "sv", PIVOT, "de" },
	{ "freedict-deu-swe", "sv", PIVOT_REVERSED, "de" },
	{ "mueller7", "ru", MUELLER, "" },
	{ "freedict-eng-rus", "ru", REVERSED, "" },
	{ "freedict-deu-rus", "ru", PIVOT_REVERSED, "de" },
	{ "freedict-fra-rus", "ru", PIVOT_REVERSED, "fr" },
	{ "freedict-nld-rus", "ru", PIVOT_REVERSED, "nl" },
	{ "freedict-ita-rus", "ru", PIVOT_REVERSED, "it" },
	{ "freedict-pol-rus", "ru", PIVOT_REVERSED, "pl" },
	{ "freedict-swe-rus", "ru", PIVOT_REVERSED, "sv" },
	{ "freedict-ara-eng", "ar", FORWARD, "" },
	{ "freedict-eng-ara", "ar", REVERSED, "" },
	{ "freedict-tur-eng", "tr", FORWARD, "" },
	{ "freedict-eng-tur", "tr", REVERSED, "" },
	{ "freedict-tur-deu", "tr", PIVOT, "de" },
	{ "freedict-deu-tur", "tr", PIVOT_REVERSED, "de" },
	{ "freedict-ces-eng", "cs", FORWARD, "" },
	{ "freedict-eng-ces", "cs", REVERSED, "" },
	{ "freedict-eng-bul", "bg", REVERSED, "" },
	{ "freedict-deu-bul", "bg", PIVOT_REVERSED, "de" },
	{ "freedict-fra-bul", "bg", PIVOT_REVERSED, "fr" },
	{ "freedict-slv-eng", "sl", FORWARD, "" },
	{ "freedict-hrv-eng", "hr", FORWARD, "" },
	{ "freedict-eng-hrv", "hr", REVERSED, "" },
	{ "freedict-dan-eng", "da", FORWARD, "" },
	{ "freedict-eng-dan", "da", REVERSED, "" },
	{ "freedict-eng-nor", "no", REVERSED, "" },
	{ "freedict-fin-eng", "fi", FORWARD, "" },
	{ "freedict-eng-fin", "fi", REVERSED, "" },
	{ "freedict-hun-eng", "hu", FORWARD, "" },
	{ "freedict-eng-hun", "hu", REVERSED, "" },
	{ "freedict-ell-eng", "el", FORWARD, "" },
	{ "freedict-eng-ell", "el", REVERSED, "" },
	{ "freedict-eng-ind", "id", REVERSED, "" },
	{ "freedict-slk-eng", "sk", FORWARD, "" },
	{ "freedict-jpn-eng", "ja", FORWARD, "" },
	{ "freedict-eng-jpn", "ja", REVERSED, "" },
};

/* What the entries of one dictionary are given to. */
typedef struct reading {
	build *b;
	const source *from;
	words *to, *via;
	script target; /* of the translations */
	english_style style;
	senses senses;
} reading;

static script script_of(const char lang[3])
{
	if (strcmp(lang, "ru") == 0 || strcmp(lang, "bg") == 0)
		return SCRIPT_CYRILLIC;
	if (strcmp(lang, "ar") == 0)
		return SCRIPT_ARABIC;
	if (strcmp(lang, "el") == 0)
		return SCRIPT_GREEK;
	return strcmp(lang, "ja") == 0 ? SCRIPT_JAPANESE : SCRIPT_LATIN;
}

/* A word that means `phrase`.  In unspaced scripts kana alone is too vague to be looked up. */
static void add(reading *r, nb_str word, uint32_t phrase, float rank)
{
	if (!(nb_languages[r->to->language].flags & NB_LANGUAGE_UNSPACED))
		words_add(r->to, word, phrase, rank);
	else if (words_unspaced(word))
		words_add_form(r->to, word.ptr, word.len, phrase, rank);
}

static void take_forward(reading *r, nb_str word)
{
	for (size_t i = 0; i < r->senses.n; i++)
		add(r, word, english_phrase(&r->b->english, r->senses.sense[i].phrase, r->style),
		    (float)r->senses.sense[i].rank);
}

static void take_reversed(reading *r, nb_str headword)
{
	uint32_t phrase = english_phrase(&r->b->english, headword, r->style);

	for (size_t i = 0; i < r->senses.n; i++)
		add(r, r->senses.sense[i].phrase, phrase,
		    (float)r->senses.sense[i].rank + RANK_REVERSED);
}

/* `word` means what `other`, of the language between, means. */
static void take_roundabout(reading *r, nb_str word, nb_str other, float rank)
{
	size_t n;
	const meaning *m = words_find(r->via, other, &n);

	for (size_t i = 0; i < n && i < PIVOT_MEANINGS; i++)
		add(r, word, m[i].phrase, rank + m[i].rank);
}

static void take_pivot(reading *r, nb_str headword)
{
	for (size_t i = 0; i < r->senses.n && i < PIVOT_WORDS; i++) {
		const sense *s = &r->senses.sense[i];

		if (r->from->way == PIVOT)
			take_roundabout(r, headword, s->phrase, (float)s->rank + RANK_PIVOT);
		else
			take_roundabout(r, s->phrase, headword, (float)s->rank + RANK_PIVOT_REVERSED);
	}
}

static void take_entry(void *context, nb_str headword, nb_str text)
{
	reading *r = context;
	nb_str spelled = senses_headword(text);

	/* the index has its headwords in lower case, and without hyphens */
	if (spelled.ptr && strcmp(r->from->lang, "ja") != 0)
		headword = spelled;
	if (r->from->way == MUELLER)
		senses_mueller(&r->senses, text);
	else
		senses_freedict(&r->senses, text, r->target);
	if (r->from->way == FORWARD)
		take_forward(r, headword);
	else if (r->from->way == REVERSED || r->from->way == MUELLER)
		take_reversed(r, headword);
	else
		take_pivot(r, headword);
}

static void read_source(build *b, const source *from, reading *r)
{
	bool reversed = from->way == REVERSED || from->way == PIVOT_REVERSED;

	r->b = b;
	r->from = from;
	r->to = &b->words[nb_language_find(from->lang)];
	r->via = &b->words[nb_language_find(from->via)];
	r->target = reversed ? script_of(from->lang) : SCRIPT_LATIN;
	r->style = strcmp(from->lang, "ar") == 0   ? ENGLISH_CAPITALS
		   : strcmp(from->lang, "ja") == 0 ? ENGLISH_NAMES
						   : ENGLISH_PLAIN;
	if (!dictd_read(b->dictd, from->name, take_entry, r))
		warn_absent(from->name);
}

void build_dictionaries(build *b)
{
	static reading r;

	for (size_t i = 0; i < sizeof(sources) / sizeof(*sources); i++)
		read_source(b, &sources[i], &r);
}
