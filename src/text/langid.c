/* SPDX-License-Identifier: MIT
 *
 * langid.c - see langid.h.
 */
#include "newsbraid/langid.h"

#include <stdlib.h>
#include <string.h>

#include "foreign/langid_shim.h"
#include "newsbraid/utf8.h"

#define LOOK_BYTES    500  /* of title and text, for the detectors; more told no language better */
#define GLANCE_BYTES  300  /* of the text, to see whether a given language can be */
#define SCRIPT_SHARE  0.6  /* of all letters, for a script to be that of the text */
#define EAST_SHARE    0.3  /* of Han and kana, which say more a character than letters do */
#define KANA_SHARE    0.05 /* of Han and kana, for Japanese */
#define LETTERS_LEAST 8    /* a text of fewer letters has no language */
#define SHORT_LETTERS 60   /* a text of fewer needs two detectors or a sure one */
#define LONG_LETTERS  300
#define SURE          0.5f /* fastText's probability for a text of some length */
#define SURE_SHORT    0.9f /* for a short one */

struct nb_langid {
	nb_foreign_fasttext *model;
};

/* ---- scripts --------------------------------------------------------------------------------- */

typedef enum writing {
	LATIN, CYRILLIC, GREEK, ARMENIAN, HEBREW, ARABIC, DEVANAGARI, BENGALI, GURMUKHI, GUJARATI,
	TAMIL, TELUGU, KANNADA, MALAYALAM, SINHALA, THAI, LAO, MYANMAR, GEORGIAN, ETHIOPIC, KHMER,
	KANA, HAN, HANGUL, N_SCRIPTS, NO_SCRIPT = N_SCRIPTS
} writing;

/* Blocks by first code point, ascending; digits and marks among them do not matter. */
static const struct {
	uint32_t first, last;
	writing script;
} block[] = {
	{ 0x41, 0x5A, LATIN },         { 0x61, 0x7A, LATIN },         { 0xC0, 0x24F, LATIN },
	{ 0x370, 0x3FF, GREEK },       { 0x400, 0x52F, CYRILLIC },    { 0x531, 0x58F, ARMENIAN },
	{ 0x5D0, 0x5F4, HEBREW },      { 0x620, 0x64A, ARABIC },      { 0x66E, 0x6D3, ARABIC },
	{ 0x900, 0x963, DEVANAGARI },  { 0x980, 0x9E3, BENGALI },     { 0xA00, 0xA65, GURMUKHI },
	{ 0xA80, 0xAE3, GUJARATI },    { 0xB80, 0xBE5, TAMIL },       { 0xC00, 0xC65, TELUGU },
	{ 0xC80, 0xCE5, KANNADA },     { 0xD00, 0xD65, MALAYALAM },   { 0xD80, 0xDE5, SINHALA },
	{ 0xE01, 0xE4E, THAI },        { 0xE81, 0xECF, LAO },         { 0x1000, 0x103F, MYANMAR },
	{ 0x10A0, 0x10FF, GEORGIAN },  { 0x1100, 0x11FF, HANGUL },    { 0x1200, 0x137F, ETHIOPIC },
	{ 0x1780, 0x17D3, KHMER },     { 0x1E00, 0x1EFF, LATIN },     { 0x1F00, 0x1FFF, GREEK },
	{ 0x3041, 0x30FF, KANA },      { 0x3400, 0x9FFF, HAN },       { 0xAC00, 0xD7A3, HANGUL },
	{ 0xF900, 0xFAFF, HAN },       { 0x20000, 0x3134F, HAN },
};

#define N_BLOCKS (sizeof(block) / sizeof(block[0]))

/* The language of a script that has one; "": ask the detectors. */
static const char script_lang[N_SCRIPTS][3] = {
	[GREEK] = "el",    [ARMENIAN] = "hy", [HEBREW] = "he",   [BENGALI] = "bn",
	[GURMUKHI] = "pa", [GUJARATI] = "gu", [TAMIL] = "ta",    [TELUGU] = "te",
	[KANNADA] = "kn",  [MALAYALAM] = "ml", [SINHALA] = "si", [THAI] = "th",
	[LAO] = "lo",      [MYANMAR] = "my",  [GEORGIAN] = "ka", [ETHIOPIC] = "am",
	[KHMER] = "km",    [KANA] = "ja",     [HAN] = "zh",      [HANGUL] = "ko",
};

/* Languages of the scripts that several share; any other code is written in Latin letters. */
static const struct {
	char lang[3];
	writing script;
} other_lang[] = {
	{ "ru", CYRILLIC }, { "uk", CYRILLIC }, { "be", CYRILLIC }, { "bg", CYRILLIC },
	{ "mk", CYRILLIC }, { "ky", CYRILLIC }, { "tg", CYRILLIC }, { "ar", ARABIC },
	{ "fa", ARABIC },   { "ur", ARABIC },   { "ps", ARABIC },   { "hi", DEVANAGARI },
	{ "mr", DEVANAGARI }, { "ne", DEVANAGARI },
};

/* Written in more than one script, or in one that is not listed here. */
static const char any_script[][3] = { "sr", "kk", "uz", "az", "mn", "tk", "ku", "tt", "ug", "sd",
				      "yi", "bs", "ha", "pa", "or", "as", "bo", "dv", "ks", "sa" };

typedef struct counts {
	uint32_t letters, of[N_SCRIPTS];
} counts;

static writing script_of(uint32_t cp)
{
	size_t low = 0, high = N_BLOCKS;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (cp > block[mid].last)
			low = mid + 1;
		else
			high = mid;
	}
	return low < N_BLOCKS && cp >= block[low].first ? block[low].script : NO_SCRIPT;
}

static void count(counts *c, nb_str s, size_t most)
{
	size_t n = s.len < most ? s.len : most;
	uint32_t cp;

	for (size_t i = 0; i < n;) {
		writing script;

		if ((unsigned char)s.ptr[i] < 0x80) {
			unsigned char c0 = (unsigned char)s.ptr[i++] | 32;
			uint32_t latin = (unsigned char)(c0 - 'a') < 26;

			c->of[LATIN] += latin;
			c->letters += latin;
			continue;
		}
		i += nb_utf8_decode(s.ptr + i, s.len - i, &cp);
		script = script_of(cp);
		if (script != NO_SCRIPT) {
			c->of[script]++;
			c->letters++;
		}
	}
}

/* The script most letters are of; Han and kana count as one, which kana names. */
static writing main_script(const counts *c)
{
	uint32_t east = c->of[HAN] + c->of[KANA];

	if (c->letters < LETTERS_LEAST)
		return NO_SCRIPT;
	if (east >= EAST_SHARE * c->letters)
		return c->of[KANA] > KANA_SHARE * east ? KANA : HAN;
	for (int i = 0; i < N_SCRIPTS; i++)
		if (c->of[i] >= SCRIPT_SHARE * c->letters)
			return (writing)i;
	return NO_SCRIPT;
}

static writing script_of_lang(const char *lang)
{
	for (int i = 0; i < N_SCRIPTS; i++)
		if (memcmp(script_lang[i], lang, 2) == 0)
			return (writing)i;
	for (size_t i = 0; i < sizeof(other_lang) / sizeof(other_lang[0]); i++)
		if (memcmp(other_lang[i].lang, lang, 2) == 0)
			return other_lang[i].script;
	for (size_t i = 0; i < sizeof(any_script) / sizeof(any_script[0]); i++)
		if (memcmp(any_script[i], lang, 2) == 0)
			return NO_SCRIPT;
	return LATIN;
}

bool nb_langid_plausible(nb_str lang, nb_str text)
{
	counts c = { 0 };
	writing of_text, of_lang;

	if (lang.len != 2)
		return true;
	count(&c, text, GLANCE_BYTES);
	of_text = main_script(&c);
	of_lang = script_of_lang(lang.ptr);
	if (of_text == NO_SCRIPT || of_lang == NO_SCRIPT || of_text == of_lang)
		return true;
	/* Japanese headlines may do without kana */
	return of_lang == KANA && of_text == HAN;
}

/* ---- detectors ------------------------------------------------------------------------------- */

/* Labels to ISO 639-1; "" for what has no such code. */
static void fold_label(char label[8], writing script)
{
	static const char *const same[][2] = {
		{ "bs", "hr" }, { "sh", "hr" }, { "iw", "he" }, { "nb", "no" }, { "nn", "no" },
		{ "arz", "ar" }, { "arb", "ar" }, { "azb", "az" }, { "ckb", "ku" }, { "zh-Hant", "zh" },
		{ "pnb", "ur" }, { "tl", "tl" }, { "fil", "tl" }, { "jw", "jv" }, { "mo", "ro" },
	};

	for (size_t i = 0; i < sizeof(same) / sizeof(same[0]); i++)
		if (strcmp(label, same[i][0]) == 0)
			strcpy(label, same[i][1]);
	if (strcmp(label, "sr") == 0 && script == LATIN)
		strcpy(label, "hr");
	if (strlen(label) != 2)
		*label = '\0';
	else if (script_of_lang(label) != script && script_of_lang(label) != NO_SCRIPT)
		*label = '\0'; /* an answer in another script is none */
}

/* Headlines in capitals look Spanish or German to a model that was trained on sentences. */
static void lower_capitals(char *p, size_t n)
{
	size_t upper = 0, lower = 0;

	for (size_t i = 0; i < n; i++) {
		upper += (unsigned char)(p[i] - 'A') < 26;
		lower += (unsigned char)(p[i] - 'a') < 26;
	}
	for (size_t i = 0; upper > lower && i < n; i++)
		if ((unsigned char)(p[i] - 'A') < 26)
			p[i] |= 32;
}

/* One line of title and text, blanks for line feeds; its length. */
static size_t one_line(nb_str title, nb_str text, char line[LOOK_BYTES + 1])
{
	size_t n = title.len < LOOK_BYTES / 2 ? title.len : LOOK_BYTES / 2, rest;

	if (n)
		memcpy(line, title.ptr, n);
	lower_capitals(line, n);
	line[n++] = ' ';
	rest = text.len < LOOK_BYTES - n ? text.len : LOOK_BYTES - n;
	if (rest)
		memcpy(line + n, text.ptr, rest);
	lower_capitals(line + n, rest);
	n += rest;
	while (n > 0 && rest < text.len && ((unsigned char)text.ptr[rest] & 0xC0) == 0x80) {
		rest--; /* between characters */
		n--;
	}
	for (size_t i = 0; i < n; i++)
		if (line[i] == '\n')
			line[i] = ' ';
	line[n] = '\n';
	return n;
}

typedef struct votes {
	char fast[8], cld[8];
	float p;
	bool reliable;
} votes;

/* fastText alone decides: CLD2 could change nothing. */
static bool is_sure(const votes *v, bool is_short)
{
	return *v->fast && v->p >= (is_short ? SURE_SHORT : SURE) && strcmp(v->fast, "af") != 0;
}

static void vote(const nb_langid *l, nb_str title, nb_str text, writing script, bool is_short,
		 votes *v)
{
	char line[LOOK_BYTES + 1];
	size_t n = one_line(title, text, line);

	*v = (votes){ 0 };
	if (!l->model || !nb_foreign_fasttext_label(l->model, line, n + 1, v->fast, &v->p))
		*v->fast = '\0';
	fold_label(v->fast, script);
	if (is_sure(v, is_short))
		return;
	nb_foreign_cld2(line, n, v->cld, &v->reliable);
	fold_label(v->cld, script);
}

/* Dutch headlines are taken for Afrikaans by either detector, Afrikaans articles by both. */
static void settle_afrikaans(votes *v, bool is_long)
{
	bool sure = is_long && strcmp(v->fast, "af") == 0 && strcmp(v->cld, "af") == 0;

	if (sure)
		return;
	if (strcmp(v->fast, "af") == 0)
		strcpy(v->fast, "nl");
	if (strcmp(v->cld, "af") == 0)
		strcpy(v->cld, "nl");
}

static const char *decide(const votes *v, bool is_short)
{
	bool agree = *v->fast && strcmp(v->fast, v->cld) == 0;

	if (is_sure(v, is_short) || (agree && (v->p >= SURE / 2 || v->reliable)))
		return v->fast;
	return *v->cld && v->reliable && !is_short ? v->cld : "";
}

bool nb_langid_detect(const nb_langid *l, nb_str title, nb_str text, char lang[3])
{
	counts c = { 0 };
	writing script;
	bool is_short;
	votes v;

	*lang = '\0';
	count(&c, title, LOOK_BYTES);
	count(&c, text, LOOK_BYTES);
	script = main_script(&c);
	if (script == NO_SCRIPT)
		return false;
	if (*script_lang[script]) {
		memcpy(lang, script_lang[script], 3);
		return true;
	}
	is_short = c.letters < SHORT_LETTERS;
	vote(l, title, text, script, is_short, &v);
	settle_afrikaans(&v, c.letters >= LONG_LETTERS);
	strncpy(lang, decide(&v, is_short), 2);
	lang[2] = '\0';
	return *lang;
}

nb_status nb_langid_new(const char *model, nb_langid **out, nb_error *err)
{
	nb_langid *l = calloc(1, sizeof(*l));

	*out = NULL;
	if (!l)
		return nb_fail(err, NB_ENOMEM, model, "no memory for language detection");
	if (model) {
		l->model = nb_foreign_fasttext_new(model);
		if (!l->model) {
			free(l);
			return nb_fail(err, NB_EDATA, model, "no language model");
		}
	}
	*out = l;
	return NB_OK;
}

void nb_langid_free(nb_langid *l)
{
	if (l)
		nb_foreign_fasttext_free(l->model);
	free(l);
}
