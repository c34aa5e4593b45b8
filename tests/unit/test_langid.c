/* SPDX-License-Identifier: MIT
 *
 * test_langid.c - the language of a text.  All texts are invented.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "newsbraid/langid.h"

#define MODEL "build/data/lid.176.ftz"

static nb_str str(const char *s)
{
	return (nb_str){ s, strlen(s) };
}

static int open_detectors(void **state)
{
	nb_error err = { 0 };
	const char *model = access(MODEL, R_OK) == 0 ? MODEL : NULL;

	return nb_langid_new(model, (nb_langid **)state, &err) == NB_OK ? 0 : -1;
}

static int close_detectors(void **state)
{
	nb_langid_free(*state);
	return 0;
}

static void expect_lang(void **state, const char *title, const char *text, const char *want)
{
	char lang[3];

	assert_int_equal(nb_langid_detect(*state, str(title), str(text), lang), *want != '\0');
	assert_string_equal(lang, want);
}

static void scripts_decide_without_a_detector(void **state)
{
	expect_lang(state, "", "大坝在雨季仍然安全，主管部门星期二表示。", "zh");
	expect_lang(state, "", "ダムは雨季でも安全だと当局は火曜日に述べた。", "ja");
	expect_lang(state, "", "댐은 우기에도 안전하다고 당국이 화요일 밝혔다.", "ko");
	expect_lang(state, "", "הסכר בטוח גם בעונת הגשמים, נמסר ביום שלישי.", "he");
	expect_lang(state, "", "Το φράγμα είναι ασφαλές, δήλωσε την Τρίτη.", "el");
	expect_lang(state, "", "據 Andrew MacDonald 與 Kori Schulman 星期二表示大壩在雨季仍然安全", "zh");
	expect_lang(state, "", "เขื่อนยังปลอดภัยในฤดูฝน เจ้าหน้าที่กล่าว", "th");
}

static void news_in_latin_and_cyrillic(void **state)
{
	if (access(MODEL, R_OK) != 0) {
		print_message("no language model (make data): CLD2 alone is not asked this much\n");
		skip();
	}
	expect_lang(state, "", "The dam will hold even if it rains for another week, the ministry said.", "en");
	expect_lang(state, "", "De dam houdt het ook als het nog een week regent, zei het ministerie dinsdag.", "nl");
	expect_lang(state, "", "Der Damm hält auch, wenn es noch eine Woche regnet, sagte das Ministerium.", "de");
	expect_lang(state, "", "Le barrage tiendra même s'il pleut encore une semaine, a dit le ministère.", "fr");
	expect_lang(state, "", "La presa aguantará aunque llueva otra semana, dijo el ministerio el martes.", "es");
	expect_lang(state, "", "Tama wytrzyma, nawet jeśli będzie padać jeszcze tydzień, podało ministerstwo.", "pl");
	expect_lang(state, "", "Плотина выдержит, даже если дождь будет идти ещё неделю, сообщило министерство.", "ru");
	expect_lang(state, "", "Дамба витримає, навіть якщо дощ ітиме ще тиждень, повідомило міністерство.", "uk");
	expect_lang(state, "", "السد سيصمد حتى لو استمر المطر أسبوعا آخر، قالت الوزارة يوم الثلاثاء.", "ar");
}

static void dutch_is_not_afrikaans(void **state)
{
	expect_lang(state, "Dijkgraven willen vrede sluiten met boeren over slootpeil",
		    "De dijkgraven willen vrede sluiten met de boeren over hun strijd om het slootpeil.", "nl");
}

static void too_little_has_no_language(void **state)
{
	expect_lang(state, "", "", "");
	expect_lang(state, "", "4:2", "");
	expect_lang(state, "", "AEX 512", "");
	expect_lang(state, "", "\xf0\x9f\x98\x80\xf0\x9f\x98\x80\xf0\x9f\x98\x80", "");
}

static void a_field_that_cannot_be(void **state)
{
	(void)state;
	assert_false(nb_langid_plausible(str("en"), str("Плотина выдержит, сообщило министерство.")));
	assert_false(nb_langid_plausible(str("ru"), str("The dam will hold, the ministry said.")));
	assert_false(nb_langid_plausible(str("zh"), str("The dam will hold, the ministry said.")));
	assert_true(nb_langid_plausible(str("nl"), str("The dam will hold, the ministry said.")));
	assert_true(nb_langid_plausible(str("ja"), str("大坝在雨季仍然安全主管部门表示")));
	assert_true(nb_langid_plausible(str("sr"), str("Brana će izdržati, saopštilo je ministarstvo.")));
	assert_true(nb_langid_plausible(str("ru"), str("12:30")));
}

static void a_file_that_is_no_model(void **state)
{
	nb_langid *l;
	nb_error err = { 0 };

	(void)state;
	assert_int_equal(nb_langid_new("Makefile", &l, &err), NB_EDATA);
	assert_null(l);
	assert_int_equal(nb_langid_new("no/such/file", &l, &err), NB_EIO);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(scripts_decide_without_a_detector),
		cmocka_unit_test(news_in_latin_and_cyrillic),
		cmocka_unit_test(dutch_is_not_afrikaans),
		cmocka_unit_test(too_little_has_no_language),
		cmocka_unit_test(a_field_that_cannot_be),
		cmocka_unit_test(a_file_that_is_no_model),
	};

	return cmocka_run_group_tests(tests, open_detectors, close_detectors);
}
