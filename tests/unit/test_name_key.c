/* SPDX-License-Identifier: MIT
 *
 * test_name_key.c - names that are one in many spellings and scripts, and names that are not.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "lexicon/name_key.h"

static nb_name_keys keys_of(const char *name)
{
	char latin[NB_NAME_MAX];
	nb_name_keys keys;
	nb_form form;

	nb_form_make(name, strlen(name), false, &form);
	nb_name_keys_make(latin, nb_name_latin(form.text, form.n, latin), &keys);
	return keys;
}

static void check_folded(const char *name, const char *want)
{
	char latin[NB_NAME_MAX], folded[NB_NAME_MAX + 1];
	nb_form form;

	nb_form_make(name, strlen(name), false, &form);
	folded[nb_name_folded(latin, nb_name_latin(form.text, form.n, latin), folded)] = '\0';
	assert_string_equal(folded, want);
}

static void check_same_sound(const char *const *name, size_t n)
{
	uint64_t sound = keys_of(name[0]).sound;

	assert_true(sound != 0);
	for (size_t i = 1; i < n; i++) {
		if (keys_of(name[i]).sound != sound)
			fail_msg("%s does not sound like %s", name[i], name[0]);
	}
}

#define SAME_SOUND(...)                                                                            \
	do {                                                                                       \
		static const char *const name[] = { __VA_ARGS__ };                                 \
		check_same_sound(name, sizeof(name) / sizeof(*name));                              \
	} while (0)

static void spelling_conventions_are_folded(void **state)
{
	(void)state;
	check_folded("Путин", "putin");
	check_folded("Poetin", "putin");
	check_folded("Poutine", "putine");
	check_folded("Gorbatsjov", "gorbaCov");
	check_folded("Gorbatschow", "gorbaCov");
	check_folded("Горбачёв", "gorbaCev");
	check_folded("Janoekovytsj", "ianukoviC");
	check_folded("Янукович", "ianukoviC");
	check_folded("McDonald", "makdonald");
	check_folded("Łukaszenka", "lukaSenka");
	check_folded("Quebec", "kvebek");
	check_folded("Xerxes", "kserkses");
}

static void names_in_many_spellings_sound_the_same(void **state)
{
	(void)state;
	SAME_SOUND("Putin", "Poetin", "Путин", "Poutine", "Putina", "Путина");
	SAME_SOUND("Zelensky", "Zelenskyy", "Selenskyj", "Зеленский", "Зеленський");
	SAME_SOUND("Gorbachev", "Gorbatsjov", "Gorbatschow", "Gorbaczow", "Горбачёв");
	SAME_SOUND("Lukashenko", "Loekasjenko", "Łukaszenka", "Лукашенко", "Лукашенка");
	SAME_SOUND("Yanukovych", "Janoekovytsj", "Janukowitsch", "Янукович");
	SAME_SOUND("Medvedev", "Miedwiediew", "Медведев");
	SAME_SOUND("Tsipras", "Ципрас");
	SAME_SOUND("Trump", "Трамп");
}

static void composed_and_decomposed_spellings_are_one(void **state)
{
	(void)state;
	assert_true(keys_of("Vučić").folded == keys_of("Vuc\xCC\x8Cic\xCC\x81").folded);
	assert_true(keys_of("Вучић").sound == keys_of("Vučić").sound);
}

static void arabic_and_kana_meet_by_consonants(void **state)
{
	(void)state;
	assert_true(keys_of("Trump").arabic == keys_of("ترامب").arabic);
	assert_true(keys_of("Putin").arabic == keys_of("بوتين").arabic);
	assert_true(keys_of("Trump").japanese == keys_of("トランプ").japanese);
	assert_true(keys_of("Merkel").japanese == keys_of("メルケル").japanese);
}

static void different_names_have_different_keys(void **state)
{
	(void)state;
	assert_true(keys_of("Merkel").folded != keys_of("Macron").folded);
	assert_true(keys_of("Merkel").sound != keys_of("Macron").sound);
	assert_true(keys_of("Berlin").sound != keys_of("Bern").sound);
}

static void short_names_have_no_key(void **state)
{
	(void)state;
	assert_true(keys_of("Li").folded == 0);
	assert_true(keys_of("").folded == 0);
	assert_true(keys_of("京").folded == 0);
	assert_true(keys_of("Bao").arabic == 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(spelling_conventions_are_folded),
		cmocka_unit_test(names_in_many_spellings_sound_the_same),
		cmocka_unit_test(composed_and_decomposed_spellings_are_one),
		cmocka_unit_test(arabic_and_kana_meet_by_consonants),
		cmocka_unit_test(different_names_have_different_keys),
		cmocka_unit_test(short_names_have_no_key),
	};

	return cmocka_run_group_tests_name("name_key", tests, NULL, NULL);
}
