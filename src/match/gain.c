/* SPDX-License-Identifier: MIT
 *
 * gain.c - see gain.h.
 */
#include "match/gain.h"

#include <stddef.h>
#include <string.h>

/* A language's share of the gain: that of two languages is the product of theirs. */
static const struct {
	char code[3];
	float gain;
} language[] = {
	{ "en", 0.91f }, { "nl", 0.43f }, { "de", 0.52f }, { "fr", 0.45f }, { "es", 0.47f },
	{ "it", 0.44f }, { "pt", 0.44f }, { "pl", 0.40f }, { "ru", 0.37f }, { "uk", 0.33f },
	{ "zh", 0.43f }, { "ja", 0.40f }, { "ar", 0.29f }, { "tr", 0.35f },
};

#define SAME_LANGUAGE 0.83f
#define UNKNOWN       0.35f

static float of(const char *code)
{
	for (size_t i = 0; i < sizeof(language) / sizeof(*language); i++)
		if (strcmp(language[i].code, code) == 0)
			return language[i].gain;
	return UNKNOWN;
}

float nb_gain(const char *a, const char *b)
{
	return strcmp(a, b) == 0 ? SAME_LANGUAGE : of(a) * of(b);
}
