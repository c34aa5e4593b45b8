/* SPDX-License-Identifier: MIT
 *
 * number.c - numbers as concepts: "1,506", "1.506" and "١٬٥٠٦" are one.
 *
 * A mark that stands before exactly three digits each time separates thousands, unless the language
 * has it for decimals; any other mark is a decimal point.  Letters after the digits ("25th") are
 * left out.
 */
#include <string.h>

#include "lexicon/concept_id.h"
#include "lexicon/concepts_scratch.h"

#define NUMBER_MOST   40
#define WEIGHT_DIGIT  .3f

static bool is_digit(char c)
{
	return (unsigned char)(c - '0') < 10;
}

/* The digits and marks text begins with, in ASCII. */
static size_t plain_number(const char *text, size_t n, char out[NUMBER_MOST])
{
	nb_form form;
	size_t used = 0;

	nb_form_make(text, n, false, &form);
	while (used < form.n && used < NUMBER_MOST) {
		char c = form.text[used];

		if (!is_digit(c) && c != '.' && c != ',' && c != ':')
			break;
		out[used++] = c;
	}
	while (used && !is_digit(out[used - 1]))
		used--;
	return used;
}

/* Whether every mark separates three digits from what stands before, and all marks are `mark`. */
static bool is_thousands(const char *text, size_t n, char mark)
{
	size_t digits = 0, marks = 0;

	for (size_t i = 0; i < n; i++) {
		if (is_digit(text[i])) {
			digits++;
			continue;
		}
		if (text[i] != mark || digits > 3 || (marks && digits != 3))
			return false;
		marks++;
		digits = 0;
	}
	return marks > 0 && digits == 3;
}

nb_concept nb_number_concept(const char *text, size_t n, bool point)
{
	char plain[NUMBER_MOST], out[NUMBER_MOST];
	size_t used = 0, n_plain = plain_number(text, n, plain);
	bool commas = is_thousands(plain, n_plain, ','), points = is_thousands(plain, n_plain, '.');
	nb_concept c = { 0 };

	/* "1.506" is one and a half in English; "1,506" is so in Dutch */
	if (n_plain && memchr(plain, point ? ',' : '.', n_plain) == NULL)
		commas = commas && point, points = points && !point;
	for (size_t i = 0; i < n_plain; i++) {
		if ((plain[i] == ',' && commas) || (plain[i] == '.' && points))
			continue;
		out[used++] = plain[i] == ',' ? '.' : plain[i];
	}
	if (used == 0)
		return c;
	c.id = nb_concept_id(NB_CONCEPT_NUMBER, out, used);
	c.kind = NB_CONCEPT_NUMBER;
	c.weight = used == 1 ? WEIGHT_DIGIT : 1;
	return c;
}
