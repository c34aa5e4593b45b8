/* SPDX-License-Identifier: MIT
 *
 * dictionaries.c - which dictionaries say what words mean in English, and the reading of them.
 *
 * They stand in src/data/languages.tsv.
 *
 * Forward: headword -> English.  Reversed: English -> headword.  Roundabout: through German, French
 * or another language that has a good dictionary itself, and is read before.  A meaning's rank is
 * the line it stands in; what is found in a more roundabout way ranks after it.
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
	CEDICT,         /* of another format, and another package */
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

#include "dictionaries.inc"

/* What the entries of one dictionary are given to. */
typedef struct reading {
	build *b;
	const source *from;
	words *to, *via;
	nb_script target; /* of the translations */
	english_style style;
	senses senses;
} reading;

static english_style style_of(const nb_language *l)
{
	if (l->flags & NB_LANGUAGE_CAPITALS)
		return ENGLISH_CAPITALS;
	return l->flags & NB_LANGUAGE_UNSPACED ? ENGLISH_NAMES : ENGLISH_PLAIN;
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
	if (spelled.ptr && !(nb_languages[r->to->language].flags & NB_LANGUAGE_UNSPACED))
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
	uint32_t language = nb_language_find(from->lang);

	if (from->way == CEDICT) {
		build_cedict(b);
		return;
	}
	r->b = b;
	r->from = from;
	r->to = &b->words[language];
	r->via = &b->words[nb_language_find(from->via)];
	r->target = reversed ? nb_languages[language].script : NB_SCRIPT_LATIN;
	r->style = style_of(&nb_languages[language]);
	if (!dictd_read(b->dictd, from->name, take_entry, r))
		warn_absent(from->name);
}

void build_dictionaries(build *b)
{
	static reading r;

	for (size_t i = 0; i < sizeof(sources) / sizeof(*sources); i++)
		read_source(b, &sources[i], &r);
}
