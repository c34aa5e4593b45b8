/* SPDX-License-Identifier: MIT
 *
 * form.c - see form.h.
 */
#include "lexicon/form.h"

#include <string.h>
#include <xxhash.h>

#include "newsbraid/utf8.h"
#include "unicode/letters.h"

#define ARABIC_LETTERS 3 /* letters after an Arabic prefix, at least */

/* What the letter and the mark are together, 0 if they stay apart. */
static uint32_t composed(uint32_t first, uint32_t mark)
{
	uint32_t low = 0, high = nb_letter_n_pairs;

	while (low < high) {
		uint32_t mid = (low + high) / 2;
		const nb_letter_pair *p = &nb_letter_pairs[mid];

		if (p->first == first && p->mark == mark)
			return p->both;
		if (p->first < first || (p->first == first && p->mark < mark))
			low = mid + 1;
		else
			high = mid;
	}
	return 0;
}

static uint32_t put(uint32_t cp, char *out)
{
	if (cp < 0x80) {
		out[0] = (char)cp;
		return 1;
	}
	if (cp < 0x800) {
		out[0] = (char)(0xC0 | cp >> 6);
		out[1] = (char)(0x80 | (cp & 0x3F));
		return 2;
	}
	if (cp < 0x10000) {
		out[0] = (char)(0xE0 | cp >> 12);
		out[1] = (char)(0x80 | (cp >> 6 & 0x3F));
		out[2] = (char)(0x80 | (cp & 0x3F));
		return 3;
	}
	out[0] = (char)(0xF0 | cp >> 18);
	out[1] = (char)(0x80 | (cp >> 12 & 0x3F));
	out[2] = (char)(0x80 | (cp >> 6 & 0x3F));
	out[3] = (char)(0x80 | (cp & 0x3F));
	return 4;
}

/* Lower case of a code point, 0 if it is left out. */
static uint32_t lower(uint32_t cp, bool turkish)
{
	if (cp - 0xFF01 < 0x5E) /* full-width ASCII */
		cp -= 0xFEE0;
	if (turkish && cp == 'I')
		return 0x131;
	if (cp < NB_LETTER_LIMIT)
		return nb_letters[cp].lower;
	return cp == 0xFFFD || (cp >= 0xFE00 && cp < 0xFE10) ? 0 : cp;
}

void nb_form_make(const char *text, size_t n, bool turkish, nb_form *form)
{
	uint32_t last = 0, last_at = 0, cp;

	form->n = form->letters = 0;
	for (size_t i = 0; i < n && form->n + 5 <= NB_FORM_MAX;) {
		uint32_t both, low;

		i += nb_utf8_decode(text + i, n - i, &cp);
		low = lower(cp, turkish);
		both = last && cp - 0x300 < 0x70 ? composed(last, cp) : 0;
		if (!low && !both)
			continue;
		if (both)
			form->n = last_at;
		else
			form->letters++;
		last = both ? both : low;
		if (last == 0x133) { /* Dutch ij as one character */
			form->text[form->n++] = 'i';
			form->letters++;
			last = 'j';
		}
		last_at = form->n;
		form->n += put(last, form->text + form->n);
	}
}

uint64_t nb_form_key(const char *text, size_t n)
{
	uint64_t key = XXH3_64bits(text, n);

	return key ? key : 1;
}

uint64_t nb_form_key_next(uint64_t before, uint64_t next)
{
	uint64_t pair[2] = { before, next };

	return nb_form_key((const char *)pair, sizeof(pair));
}

size_t nb_form_prefix(const char *text, size_t n, uint32_t letters)
{
	size_t i = 0;

	for (; letters && i < n; letters--)
		for (i++; i < n && ((uint8_t)text[i] & 0xC0) == 0x80;)
			i++;
	return i;
}

size_t nb_form_without_last(const char *text, size_t n)
{
	if (n)
		n--;
	while (n && ((uint8_t)text[n] & 0xC0) == 0x80)
		n--;
	return n;
}

bool nb_form_ends_in_vowel(const char *text, size_t n)
{
	static const char *const ending[] = { "a", "e", "i", "o", "u", "y", "а", "е", "и", "о", "у",
					      "ы", "я", "ю", "э", "ь", "й", "і", "ї", "є", "á", "é",
					      "í", "ó", "ú", "ý", "ě", "ı",
					      "ą", "ę", "ů", "ъ" };
	size_t last = nb_form_without_last(text, n);

	for (size_t i = 0; i < sizeof(ending) / sizeof(*ending); i++)
		if (strlen(ending[i]) == n - last && memcmp(text + last, ending[i], n - last) == 0)
			return true;
	return false;
}

size_t nb_form_arabic_prefix(const nb_form *form, size_t i)
{
	static const char *const prefix[] = { "وال", "بال", "كال", "فال", "لل", "ال",
					      "و",   "ب",   "ل",   "ف",   "ك",  "س" };
	size_t n;

	if (i >= sizeof(prefix) / sizeof(*prefix))
		return form->n;
	n = strlen(prefix[i]);
	if (form->n < n + 2 * ARABIC_LETTERS || memcmp(form->text, prefix[i], n) != 0)
		return 0;
	return n;
}
