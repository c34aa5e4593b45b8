/* SPDX-License-Identifier: MIT
 *
 * language_field.c - language fields to ISO 639-1: "eng", "en-GB" and "English" all mean "en".
 */
#include <string.h>

#include "read/json/alias.h"

/* ISO 639-1, then what else stands for it: ISO 639-3, 639-2/B where it differs, English name. */
static const struct {
	char code[3];
	const char *other[3];
} language[] = {
	{ "af", { "afr", "afrikaans" } },   { "am", { "amh", "amharic" } },
	{ "ar", { "ara", "arb", "arabic" } }, { "az", { "aze", "azerbaijani" } },
	{ "be", { "bel", "belarusian" } },  { "bg", { "bul", "bulgarian" } },
	{ "bn", { "ben", "bengali" } },     { "bs", { "bos", "bosnian" } },
	{ "ca", { "cat", "catalan" } },     { "cs", { "ces", "cze", "czech" } },
	{ "cy", { "cym", "wel", "welsh" } }, { "da", { "dan", "danish" } },
	{ "de", { "deu", "ger", "german" } }, { "el", { "ell", "gre", "greek" } },
	{ "en", { "eng", "english" } },     { "es", { "spa", "spanish" } },
	{ "et", { "est", "estonian" } },    { "eu", { "eus", "baq", "basque" } },
	{ "fa", { "fas", "per", "persian" } }, { "fi", { "fin", "finnish" } },
	{ "fr", { "fra", "fre", "french" } }, { "ga", { "gle", "irish" } },
	{ "gl", { "glg", "galician" } },    { "gu", { "guj", "gujarati" } },
	{ "ha", { "hau", "hausa" } },       { "he", { "heb", "hebrew" } },
	{ "hi", { "hin", "hindi" } },       { "hr", { "hrv", "croatian" } },
	{ "hu", { "hun", "hungarian" } },   { "hy", { "hye", "arm", "armenian" } },
	{ "id", { "ind", "indonesian" } },  { "is", { "isl", "ice", "icelandic" } },
	{ "it", { "ita", "italian" } },     { "ja", { "jpn", "japanese" } },
	{ "ka", { "kat", "geo", "georgian" } }, { "kk", { "kaz", "kazakh" } },
	{ "km", { "khm", "khmer" } },       { "kn", { "kan", "kannada" } },
	{ "ko", { "kor", "korean" } },      { "ky", { "kir", "kyrgyz" } },
	{ "lb", { "ltz", "luxembourgish" } }, { "lo", { "lao" } },
	{ "lt", { "lit", "lithuanian" } },  { "lv", { "lav", "latvian" } },
	{ "mk", { "mkd", "mac", "macedonian" } }, { "ml", { "mal", "malayalam" } },
	{ "mn", { "mon", "mongolian" } },   { "mr", { "mar", "marathi" } },
	{ "ms", { "msa", "may", "malay" } }, { "mt", { "mlt", "maltese" } },
	{ "my", { "mya", "bur", "burmese" } }, { "nb", { "nob" } },
	{ "ne", { "nep", "nepali" } },      { "nl", { "nld", "dut", "dutch" } },
	{ "nn", { "nno" } },                { "no", { "nor", "norwegian" } },
	{ "pa", { "pan", "punjabi" } },     { "pl", { "pol", "polish" } },
	{ "ps", { "pus", "pashto" } },      { "pt", { "por", "portuguese" } },
	{ "ro", { "ron", "rum", "romanian" } }, { "ru", { "rus", "russian" } },
	{ "si", { "sin", "sinhala" } },     { "sk", { "slk", "slo", "slovak" } },
	{ "sl", { "slv", "slovenian" } },   { "so", { "som", "somali" } },
	{ "sq", { "sqi", "alb", "albanian" } }, { "sr", { "srp", "serbian" } },
	{ "sv", { "swe", "swedish" } },     { "sw", { "swa", "swh", "swahili" } },
	{ "ta", { "tam", "tamil" } },       { "te", { "tel", "telugu" } },
	{ "tg", { "tgk", "tajik" } },       { "th", { "tha", "thai" } },
	{ "tk", { "tuk", "turkmen" } },     { "tl", { "tgl", "fil", "tagalog" } },
	{ "tr", { "tur", "turkish" } },     { "uk", { "ukr", "ukrainian" } },
	{ "ur", { "urd", "urdu" } },        { "uz", { "uzb", "uzbek" } },
	{ "vi", { "vie", "vietnamese" } },  { "zh", { "zho", "chi", "chinese" } },
};

#define N_LANGUAGES (sizeof(language) / sizeof(language[0]))

static bool is_other_name(size_t i, const char *word)
{
	for (size_t k = 0; k < 3 && language[i].other[k]; k++)
		if (strcmp(word, language[i].other[k]) == 0)
			return true;
	return false;
}

bool nb_lang_code(nb_str lang, char out[3])
{
	char word[16];
	size_t n = 0;

	for (; n < lang.len && n < sizeof(word) - 1; n++) {
		char c = (char)(lang.ptr[n] | 32);

		if (c < 'a' || c > 'z')
			break;
		word[n] = c;
	}
	word[n] = '\0';
	if (n < 2 || (n < lang.len && !strchr("-_.", lang.ptr[n])))
		return false;
	/* codes that say "unknown" */
	if (strcmp(word, "un") == 0 || strcmp(word, "xx") == 0 || strcmp(word, "zz") == 0)
		return false;
	if (n == 2) {
		memcpy(out, word, 3);
		return true;
	}
	for (size_t i = 0; i < N_LANGUAGES; i++) {
		if (is_other_name(i, word)) {
			memcpy(out, language[i].code, 3);
			return true;
		}
	}
	return false;
}
