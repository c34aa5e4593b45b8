/* SPDX-License-Identifier: MIT
 *
 * name_key.c - see name_key.h.
 */
#include "lexicon/name_key.h"

#include <string.h>

#include "lexicon/concept_id.h"
#include "unicode/letters.h"
#include "newsbraid/utf8.h"

#define LETTERS_LEAST    3 /* of a name with keys F and S */
#define CONSONANTS_LEAST 3 /* of a name with keys X and J */

size_t nb_name_latin(const char *form, size_t n, char out[NB_NAME_MAX])
{
	size_t used = 0;
	uint32_t cp;

	for (size_t i = 0; i < n && used + 5 <= NB_NAME_MAX;) {
		const char *latin;

		i += nb_utf8_decode(form + i, n - i, &cp);
		if (cp - 'a' < 26) {
			out[used++] = (char)cp;
			continue;
		}
		latin = cp < NB_LETTER_LIMIT ? nb_letters[cp].latin : "";
		for (size_t k = 0; k < 5 && latin[k]; k++)
			out[used++] = latin[k];
	}
	return used;
}

/* ---- F --------------------------------------------------------------------------------------- */

/* Sounds have a capital: C as in church, S as in ship, J as in jam, Z as in azure, H as in loch. */
struct rule {
	char from[5], to[4];
	char before; /* 'v': only before a vowel; 'e': only before e, i, y; '^': only at the start */
};

/* Rules of one first letter stand together, the longest first. */
static const struct rule rules[] = {
	{ "ae", "e", 0 },   { "ai", "e", 0 },   { "ay", "e", 0 },   { "ck", "k", 0 },
	{ "ch", "C", 0 },   { "cz", "C", 0 },   { "c", "s", 'e' },  { "c", "k", 0 },
	{ "dsch", "J", 0 }, { "dzh", "J", 0 },  { "dj", "J", 0 },   { "ea", "e", 0 },
	{ "ei", "e", 0 },   { "ey", "e", 0 },   { "ee", "i", 0 },   { "gh", "g", 0 },
	{ "ie", "i", 0 },   { "j", "i", 0 },    { "kh", "H", 0 },   { "mc", "mak", '^' },
	{ "oe", "u", 0 },   { "ou", "u", 0 },   { "oo", "u", 0 },   { "ph", "f", 0 },
	{ "qu", "kv", 0 },  { "q", "k", 0 },    { "rh", "r", 0 },   { "sch", "S", 0 },
	{ "sj", "S", 'v' }, { "sz", "S", 0 },   { "sh", "S", 0 },   { "tsch", "C", 0 },
	{ "tch", "C", 0 },  { "tsj", "C", 0 },  { "tj", "C", 'v' }, { "th", "t", 0 },
	{ "tz", "s", 0 },   { "ts", "s", 0 },   { "ue", "u", 0 },   { "w", "v", 0 },
	{ "x", "ks", 0 },   { "y", "i", 0 },    { "zh", "Z", 0 },   { "zj", "Z", 0 },
};

#define N_RULES (sizeof(rules) / sizeof(*rules))

/* Place of the first rule of a letter in the table above: a, b, c, ... and one after z. */
static const uint8_t rule_of[27] = { 0,	 3,  3,	 8,  11, 15, 15, 16, 16, 17, 18, 19, 19, 20,
				     20, 23, 24, 26, 27, 31, 38, 39, 39, 40, 41, 42, N_RULES };

_Static_assert(N_RULES == 44, "rule_of counts the rules of each letter");

static bool is_one_of(const char *set, const char *p, const char *end)
{
	return p < end && *p && strchr(set, *p);
}

static bool applies(const struct rule *r, const char *start, const char *p, const char *end)
{
	size_t n = strlen(r->from);

	if ((size_t)(end - p) < n || memcmp(p, r->from, n) != 0)
		return false;
	switch (r->before) {
	case 'v':
		return is_one_of("aeiouy", p + n, end);
	case 'e':
		return is_one_of("eiy", p + n, end);
	case '^':
		return p == start;
	default:
		return true;
	}
}

static const struct rule *find_rule(const char *start, const char *p, const char *end)
{
	unsigned letter = (unsigned)(*p - 'a');

	if (letter >= 26)
		return NULL;
	for (unsigned i = rule_of[letter]; i < rule_of[letter + 1]; i++)
		if (applies(&rules[i], start, p, end))
			return &rules[i];
	return NULL;
}

/* Append a letter unless it stands there already. */
static size_t put_once(char *out, size_t n, char c)
{
	if (n == 0 || out[n - 1] != c)
		out[n++] = c;
	return n;
}

size_t nb_name_folded(const char *latin, size_t n, char *out)
{
	const char *end = latin + n;
	size_t used = 0;

	for (const char *p = latin; p < end && used + 3 <= NB_NAME_MAX;) {
		const struct rule *r = find_rule(latin, p, end);

		for (const char *to = r ? r->to : ""; *to; to++)
			used = put_once(out, used, *to);
		if (!r)
			used = put_once(out, used, *p);
		p += r ? strlen(r->from) : 1;
	}
	return used;
}

/* ---- S, X, J --------------------------------------------------------------------------------- */

static char sound_of(char c)
{
	switch (c) {
	case 'C':
	case 'S':
	case 'J':
	case 'Z':
	case 'z':
		return 's';
	case 'H':
		return 'h';
	case 'e':
	case 'i':
	case 'o':
	case 'u':
		return 'a';
	default:
		return c;
	}
}

size_t nb_name_sound(const char *folded, size_t n, char *out)
{
	size_t used = 0;

	for (size_t i = 0; i < n; i++) {
		char c = sound_of(folded[i]);

		if (c != 'h' || i == 0)
			used = put_once(out, used, c);
	}
	if (used && out[used - 1] == 'a')
		used--;
	return used;
}

static char consonant_class(char c, bool japanese)
{
	switch (c) {
	case 'b':
		return 'p';
	case 'v':
	case 'f':
		return japanese ? 'p' : 'f';
	case 'g':
	case 'h':
	case 'q':
		return 'k';
	case 'd':
		return 't';
	case 'l':
		return japanese ? 'r' : 'l';
	default:
		return c;
	}
}

size_t nb_name_consonants(const char *sound, size_t n, bool japanese, char *out)
{
	size_t used = 0;

	for (size_t i = 0; i < n; i++) {
		char c = consonant_class(sound[i], japanese);

		if (c == 'a')
			continue;
		if (c == 'p' && used && out[used - 1] == 'm')
			out[used - 1] = 'n';
		used = put_once(out, used, c);
	}
	return used;
}

/* ---------------------------------------------------------------------------------------------- */

static uint64_t consonant_key(const char *sound, size_t n, bool japanese)
{
	char text[NB_NAME_MAX + 1];
	size_t used = nb_name_consonants(sound, n, japanese, text + 1) + 1;

	text[0] = japanese ? 'J' : 'X';
	if (used < 1 + CONSONANTS_LEAST)
		return 0;
	return nb_concept_id(NB_CONCEPT_CONSONANTS, text, used);
}

void nb_name_keys_make(const char *latin, size_t n, nb_name_keys *keys)
{
	char folded[NB_NAME_MAX + 1], sound[NB_NAME_MAX + 1];
	size_t n_folded, n_sound;

	*keys = (nb_name_keys){ 0 };
	n_folded = nb_name_folded(latin, n, folded);
	if (n_folded < LETTERS_LEAST)
		return;
	n_sound = nb_name_sound(folded, n_folded, sound);
	keys->folded = nb_concept_id(NB_CONCEPT_NAME, folded, n_folded);
	if (n_sound >= LETTERS_LEAST)
		keys->sound = nb_concept_id(NB_CONCEPT_SOUND, sound, n_sound);
	keys->arabic = consonant_key(sound, n_sound, false);
	keys->japanese = consonant_key(sound, n_sound, true);
}
