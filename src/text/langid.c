/* SPDX-License-Identifier: MIT
 *
 * langid.c - see langid.h.
 */
#include "newsbraid/langid.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "foreign/langid_shim.h"
#include "newsbraid/utf8.h"
#include "text/language.h"

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

typedef struct counts {
	uint32_t letters, of[NB_SCRIPT_COUNT];
} counts;

static void count(counts *c, nb_str s, size_t most)
{
	size_t n = s.len < most ? s.len : most;
	uint32_t cp;

	for (size_t i = 0; i < n;) {
		nb_script script;

		if ((unsigned char)s.ptr[i] < 0x80) {
			unsigned char c0 = (unsigned char)s.ptr[i++] | 32;
			uint32_t latin = (unsigned char)(c0 - 'a') < 26;

			c->of[NB_SCRIPT_LATIN] += latin;
			c->letters += latin;
			continue;
		}
		i += nb_utf8_decode(s.ptr + i, s.len - i, &cp);
		script = nb_script_of(cp);
		if (script != NB_SCRIPT_NONE) {
			c->of[script]++;
			c->letters++;
		}
	}
}

/* The script most letters are of; Han and kana count as one, which kana names. */
static nb_script main_script(const counts *c)
{
	uint32_t east = c->of[NB_SCRIPT_HAN] + c->of[NB_SCRIPT_KANA];

	if (c->letters < LETTERS_LEAST)
		return NB_SCRIPT_NONE;
	if (east >= EAST_SHARE * c->letters)
		return c->of[NB_SCRIPT_KANA] > KANA_SHARE * east ? NB_SCRIPT_KANA : NB_SCRIPT_HAN;
	for (int i = 0; i < NB_SCRIPT_COUNT; i++)
		if (c->of[i] >= SCRIPT_SHARE * c->letters)
			return (nb_script)i;
	return NB_SCRIPT_NONE;
}

bool nb_langid_plausible(nb_str lang, nb_str text)
{
	counts c = { 0 };
	nb_script of_text, of_lang;

	if (lang.len != 2)
		return true;
	count(&c, text, GLANCE_BYTES);
	of_text = main_script(&c);
	of_lang = nb_language_script(lang.ptr);
	if (of_text == NB_SCRIPT_NONE || of_lang == NB_SCRIPT_NONE || of_text == of_lang)
		return true;
	/* Japanese headlines may do without kana */
	return of_lang == NB_SCRIPT_KANA && of_text == NB_SCRIPT_HAN;
}

/* ---- detectors ------------------------------------------------------------------------------- */

/* Labels to ISO 639-1; "" for what has no such code. */
static void fold_label(char label[8], nb_script script)
{
	const char *code = nb_language_detected(label);

	if (code)
		memcpy(label, code, 3);
	if (strcmp(label, "sr") == 0 && script == NB_SCRIPT_LATIN)
		strcpy(label, "hr");
	if (strlen(label) != 2)
		*label = '\0';
	else if (nb_language_script(label) != script && nb_language_script(label) != NB_SCRIPT_NONE)
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

static void vote(const nb_langid *l, nb_str title, nb_str text, nb_script script, bool is_short,
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
	nb_script script;
	bool is_short;
	votes v;

	*lang = '\0';
	count(&c, title, LOOK_BYTES);
	count(&c, text, LOOK_BYTES);
	script = main_script(&c);
	if (script == NB_SCRIPT_NONE)
		return false;
	if (*nb_language_only(script)) {
		memcpy(lang, nb_language_only(script), 3);
		return true;
	}
	is_short = c.letters < SHORT_LETTERS;
	vote(l, title, text, script, is_short, &v);
	settle_afrikaans(&v, c.letters >= LONG_LETTERS);
	strncpy(lang, decide(&v, is_short), 2);
	lang[2] = '\0';
	return *lang;
}

/* fastText does not tell a file that it cannot open from one that is no model. */
static bool can_be_read(const char *path)
{
	int fd = nb_file_open(NULL, AT_FDCWD, path, O_RDONLY);

	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

nb_status nb_langid_new(const char *model, nb_langid **out, nb_error *err)
{
	nb_langid *l = calloc(1, sizeof(*l));

	*out = NULL;
	if (!l)
		return nb_fail(err, NB_ENOMEM, model, "no memory for language detection");
	if (model && !can_be_read(model)) {
		nb_fail(err, NB_EIO, model, "cannot be read");
		free(l);
		return NB_EIO;
	}
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
