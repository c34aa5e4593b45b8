/* SPDX-License-Identifier: MIT
 *
 * language.c - see language.h.
 */
#include "text/language.h"

#include <string.h>

#include "languages.inc"

static int compare_codes(const char *a, const char *b)
{
	int first = (int)(unsigned char)a[0] - (unsigned char)b[0];

	return first || !a[0] ? first : (int)(unsigned char)a[1] - (unsigned char)b[1];
}

uint32_t nb_language_find(const char lang[3])
{
	uint32_t none = nb_n_languages - 1, low = 0, high = none;

	while (low < high) {
		uint32_t mid = (low + high) / 2;
		int order = compare_codes(nb_languages[mid].code, lang);

		if (order == 0)
			return mid;
		if (order < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return none;
}

/* The language that a sorted list has under a word; NULL if none. */
static const nb_language *look_up(const nb_language_word *list, uint32_t n, const char *word)
{
	uint32_t low = 0, high = n;

	while (low < high) {
		uint32_t mid = (low + high) / 2;
		int order = strcmp(list[mid].text, word);

		if (order == 0)
			return &nb_languages[list[mid].value];
		if (order < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return NULL;
}

nb_script nb_language_script(const char lang[3])
{
	return nb_languages[nb_language_find(lang)].script;
}

const char *nb_language_only(nb_script script)
{
	return script < NB_SCRIPT_COUNT ? language_only[script] : "";
}

const char *nb_language_detected(const char *label)
{
	const nb_language *l = look_up(language_labels, n_language_labels, label);

	return l ? l->code : NULL;
}

/* What a field says before its first mark, in lower case; false if that is no word. */
static bool first_word(nb_str field, char word[LANGUAGE_NAME])
{
	size_t n = 0;

	for (; n < field.len && n < LANGUAGE_NAME - 1; n++) {
		char c = (char)(field.ptr[n] | 32);

		if (c < 'a' || c > 'z')
			break;
		word[n] = c;
	}
	word[n] = '\0';
	return n >= 2 && (n == field.len || strchr("-_.", field.ptr[n]));
}

bool nb_language_code(nb_str field, char out[3])
{
	char word[LANGUAGE_NAME];
	const nb_language *l;

	if (!first_word(field, word))
		return false;
	/* codes that say "unknown" */
	if (strcmp(word, "un") == 0 || strcmp(word, "xx") == 0 || strcmp(word, "zz") == 0)
		return false;
	l = look_up(language_names, n_language_names, word);
	if (!l && strlen(word) != 2)
		return false;
	memcpy(out, l ? l->code : word, 3);
	return true;
}
