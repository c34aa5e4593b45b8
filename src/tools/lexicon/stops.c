/* SPDX-License-Identifier: MIT
 *
 * stops.c - stop words, from the npm package stopwords-iso: {"nl": ["de", "het", ...], ...}.
 */
#include <string.h>

#include "tools/lexicon/build.h"
#include "tools/lexicon/json_list.h"
#include "lexicon/form.h"

static void take_word(build *b, uint32_t language, nb_str word)
{
	bool is_english = strcmp(nb_languages[language].code, "en") == 0;
	nb_form form;

	if (!words_form(language, word, &form))
		return;
	tables_set(b->tables, language, NB_LEX_STOPS, nb_form_key(form.text, form.n), 0);
	if (is_english)
		strings_add(&b->english.stops, form.text, form.n);
}

static void take_language(build *b, nb_str code, const nb_node *list)
{
	char lang[3] = "";
	uint32_t language;
	nb_walk walk;
	nb_node word;
	nb_str key;

	if (code.len != 2)
		return;
	memcpy(lang, code.ptr, 2);
	language = nb_language_find(lang);
	if (!(nb_languages[language].flags & NB_LANGUAGE_LEXICON) || !nb_walk_begin(list, &walk))
		return;
	while (nb_walk_next(&walk, &key, &word))
		take_word(b, language, nb_node_string(&word));
}

void build_stops(build *b)
{
	json_file f;
	nb_walk walk;
	nb_node list;
	nb_str code;

	if (!json_open(&f, b->npm, "stopwords-iso/stopwords-iso.json")) {
		warn_absent("stopwords-iso");
		return;
	}
	if (nb_walk_begin(&f.root, &walk))
		while (nb_walk_next(&walk, &code, &list))
			take_language(b, code, &list);
	json_close(&f);
}
