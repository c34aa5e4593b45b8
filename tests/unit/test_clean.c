/* SPDX-License-Identifier: MIT
 *
 * test_clean.c - pages to reports.  All texts are invented.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "newsbraid/clean.h"

/* ---- helpers --------------------------------------------------------------------------------- */

static nb_str str(const char *s)
{
	return (nb_str){ s, s ? strlen(s) : 0 };
}

static void clean(const char *title, const char *text, nb_cleaned *out)
{
	nb_cleaner c = { 0 };
	nb_page page = { .text = str(text), .title = str(title) };

	assert_int_equal(nb_clean(&c, &page, out), NB_OK);
	nb_cleaner_release(&c);
}

/* The report of a page is `want`. */
static void expect_report(const char *title, const char *text, const char *want)
{
	char *report = malloc(strlen(text) + 1);
	nb_cleaned out;

	clean(title, text, &out);
	report[nb_cut_out(str(text), out.cut, out.n_cuts, report)] = '\0';
	assert_string_equal(report, want);
	assert_int_equal(out.report_bytes, strlen(want));
	free(report);
}

/* "ANP wrote, Reuters relayed" */
static void list_credits(const nb_cleaned *out, char *list)
{
	*list = '\0';
	for (uint32_t i = 0; i < out->n_credits; i++) {
		const nb_credit *c = &out->credit[i];
		nb_str name = c->agency ? nb_agency_name(c->agency) : c->words;

		sprintf(list + strlen(list), "%s%.*s %s", i ? ", " : "", (int)name.len, name.ptr,
			nb_agency_role_name(c->role));
	}
}

static void expect_credits(const char *title, const char *text, const char *want)
{
	char list[1000];
	nb_cleaned out;

	clean(title, text, &out);
	list_credits(&out, list);
	assert_string_equal(list, want);
}

#define BODY "Dijkgraaf Twan Riemersma zei dinsdag dat de dijken het houden, ook bij meer regen."

/* A dateline before a paragraph: what it says, and that nothing else is cut. */
static void expect_dateline(const char *line, const char *credits, const char *place, int day,
			    int month)
{
	char text[1000], list[1000];
	nb_cleaned out;

	snprintf(text, sizeof(text), "%s%s", line, BODY);
	clean(NULL, text, &out);
	list_credits(&out, list);
	assert_string_equal(list, credits);
	assert_int_equal(out.n_cuts, 1);
	assert_int_equal(out.cut[0].begin, 0);
	assert_int_equal(out.cut[0].end, strlen(line));
	assert_int_equal(out.cut[0].reason, NB_CUT_DATELINE);
	assert_int_equal(out.place.len, strlen(place));
	if (*place)
		assert_memory_equal(out.place.ptr, place, strlen(place));
	assert_int_equal(out.day, day);
	assert_int_equal(out.month, month);
}

static void expect_untouched(const char *title, const char *text)
{
	expect_report(title, text, text);
}

/* ---- datelines -------------------------------------------------------------------------- */

static void datelines_in_latin_script(void **state)
{
	(void)state;
	expect_dateline("MOSKOU (ANP/RTR/AFP) - ", "ANP wrote, Reuters relayed, AFP relayed", "MOSKOU", 0, 0);
	expect_dateline("Moscow, Russia | XINHUA | ", "Xinhua wrote", "Moscow, Russia", 0, 0);
	expect_dateline("BEIJING, Sept. 25 (Xinhua) -- ", "Xinhua wrote", "BEIJING", 25, 9);
	expect_dateline("LONDON (Reuters) - ", "Reuters wrote", "LONDON", 0, 0);
	expect_dateline("(AP) \xe2\x80\x94 ", "AP wrote", "", 0, 0);
	expect_dateline("NARVA, Estonia (AP) \xe2\x80\x94 ", "AP wrote", "NARVA, Estonia", 0, 0);
	expect_dateline("SCHIEDAM, Netherlands, March 17 (Reuters) - ", "Reuters wrote", "SCHIEDAM, Netherlands", 17, 3);
	expect_dateline("Berlin (dpa) - ", "dpa wrote", "Berlin", 0, 0);
	expect_dateline("Rostock/Wismar (dpa/mv) - ", "dpa wrote", "Rostock/Wismar", 0, 0);
	expect_dateline("Tokio (dpa-AFX) - ", "dpa wrote", "Tokio", 0, 0);
	expect_dateline("Ciudad de M\xc3\xa9xico, 17 mar (EFE).- ", "EFE wrote", "Ciudad de M\xc3\xa9xico", 17, 3);
	expect_dateline("Varsovie, 17 mars 2026 (AFP) - ", "AFP wrote", "Varsovie", 17, 3);
	expect_dateline("(ANSA) - TRIESTE, 15 MAR - ", "ANSA wrote", "TRIESTE", 15, 3);
	expect_dateline("BRUXELLES (Belga) - ", "Belga wrote", "BRUXELLES", 0, 0);
	expect_dateline("Lisboa, 25 set 2020 (Lusa) \xe2\x80\x93 ", "Lusa wrote", "Lisboa", 25, 9);
	expect_dateline("WARSZAWA (PAP) - ", "PAP wrote", "WARSZAWA", 0, 0);
	expect_dateline("ANKARA (AA) - ", "AA wrote", "ANKARA", 0, 0);
	expect_dateline("OSLO (NTB/Ritzau/TT) - ", "NTB wrote, Ritzau relayed, TT relayed", "OSLO", 0, 0);
	expect_dateline("ROMA, 25 SET - ", "", "ROMA", 25, 9);
	expect_dateline("CUMBERLAND, Ind. (WXYZ) \xe2\x80\x94 ", "WXYZ wrote", "CUMBERLAND, Ind", 0, 0);
}

static void datelines_in_other_scripts(void **state)
{
	(void)state;
	expect_dateline("МОСКВА, 25 сентября. /ТАСС/. ", "TASS wrote", "МОСКВА", 25, 9);
	expect_dateline("МАДРИД, 16 марта. /Корр. ТАСС Иван Орлов/. ", "TASS wrote", "МАДРИД", 16, 3);
	expect_dateline("ТОКИО, 18 мар - РИА Новости. ", "RIA Novosti wrote", "ТОКИО", 18, 3);
	expect_dateline("Москва. 16 марта. ИНТЕРФАКС - ", "Interfax wrote", "Москва", 16, 3);
	expect_dateline("КИЇВ, 25 вересня /УКРІНФОРМ/. ", "Ukrinform wrote", "КИЇВ", 25, 9);
	expect_dateline("新华社北京9月25日电", "Xinhua wrote", "北京", 25, 9);
	expect_dateline("新华社东京3月17日电（记者 欧阳静）", "Xinhua wrote", "东京", 17, 3);
	expect_dateline("据新华社东京3月17日电 ", "Xinhua wrote", "东京", 17, 3);
	expect_dateline("【ローマ共同】", "Kyodo wrote", "ローマ", 0, 0);
	expect_dateline("(서울=연합뉴스) 홍길동 기자 = ", "Yonhap wrote", "서울", 0, 0);
	expect_dateline("ماردين/ الأناضول - ", "AA wrote", "ماردين", 0, 0);
	expect_dateline("طوكيو (رويترز) - ", "Reuters wrote", "طوكيو", 0, 0);
	expect_dateline("موسكو 25 سبتمبر (أ ف ب) - ", "AFP wrote", "موسكو", 25, 9);
}

static void what_is_no_dateline(void **state)
{
	static const char *const text[] = {
		"The minister (AP Photo/Ann Example) said on Monday that the dam would hold all winter.",
		"Reuters reported on Monday that the dam would hold until the end of the winter.",
		"NATO - the alliance of the west - said on Monday that it would hold an exercise.",
		"Microsoft (MSFT) - the largest of the three - said that its profit rose in winter.",
		"\"Berlin (dpa) - das ist ein Anfang\", sagte er am Montag vor Journalisten in Bonn.",
		"新华社记者昨天在北京采访了参加会议的各国代表团成员并发回了详细的报道内容。",
		"TENNIS \xe2\x80\x93 Pien Example reached the third round in Doha on Monday after three sets.",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(text) / sizeof(*text); i++)
		expect_untouched(NULL, text[i]);
}

/* ---- credits --------------------------------------------------------------------------------- */

static void credits_in_tail_and_byline(void **state)
{
	(void)state;
	expect_report(NULL, BODY "\n\n" BODY " (PAP)", BODY "\n\n" BODY);
	expect_credits(NULL, BODY "\n\n" BODY " (PAP)", "PAP wrote");
	expect_report(NULL, BODY "\n Reuter", BODY);
	expect_credits(NULL, BODY "\n Reuter", "Reuters wrote");
	expect_credits(NULL, "Rabat (AFP) - " BODY "\n\nAvec AFP", "AFP wrote");
	expect_credits(NULL, "WENEN (ANP) - " BODY "\n\nBron: APA", "ANP wrote, APA relayed");
	expect_report(NULL, "By The Associated Press\n\n" BODY, BODY);
	expect_credits(NULL, "By The Associated Press\n\n" BODY, "AP wrote");
	expect_credits(NULL, BODY "\n\nCopyright 2016 The Associated Press. All rights reserved.", "AP wrote");
	expect_credits(NULL, BODY " /ТАСС/", "TASS wrote");
}

static void a_page_says_what_agency_it_is(void **state)
{
	(void)state;
	expect_credits("The dam holds / News / News agency Infolake", BODY, "Infolake wrote");
	expect_credits("Плотина держится / Новости / Информационное агентство Озеро", BODY, "Озеро wrote");
}

static void running_text_relays_or_quotes(void **state)
{
	(void)state;
	expect_credits(NULL, "The dam holds, the diplomat said, TASS reports.", "TASS relayed");
	expect_credits(NULL, "\"It holds,\" he told Reuters after the meeting.", "Reuters quoted");
	expect_credits(NULL, "Плотина выдержит, сообщает РИА Новости.", "RIA Novosti relayed");
	expect_credits(NULL, "Zapora wytrzyma - powiedział PAP rzecznik.", "PAP quoted");
	expect_credits(NULL, "De dam houdt, meldt persbureau ANP.", "ANP relayed");
	expect_credits(NULL, "据路透社报道，大坝安全。", "Reuters relayed");
	expect_credits(NULL, "Shares of Thomson Reuters rose in Toronto.", "");
	expect_credits(NULL, "The TASSEL and the APPLE said reports.", "");
}

static void agencies_by_name_and_site(void **state)
{
	(void)state;
	assert_string_equal(nb_agency_name(nb_agency_find(str("RTR"))).ptr, "Reuters");
	assert_string_equal(nb_agency_name(nb_agency_find(str("рейтер"))).ptr, "Reuters");
	assert_string_equal(nb_agency_name(nb_agency_find(str("ITAR-TASS"))).ptr, "TASS");
	assert_int_equal(nb_agency_find(str("Harbour Standard")), NB_AGENCY_NONE);
	assert_string_equal(nb_agency_name(nb_agency_of_source(str("https://www.reuters.com/x"))).ptr, "Reuters");
	assert_string_equal(nb_agency_name(nb_agency_of_source(str("tass.ru"))).ptr, "TASS");
	assert_int_equal(nb_agency_of_source(str("notreuters.com")), NB_AGENCY_NONE);
	assert_int_equal(nb_agency_of_source(str("")), NB_AGENCY_NONE);
}

/* ---- furniture ------------------------------------------------------------------------------- */

static void teasers_after_the_report_go(void **state)
{
	(void)state;
	expect_report(NULL,
		      "MAASTRICHT (ANP) - " BODY "\n" BODY "\nMeer uit Binnenland\n"
		      "OSLO (ANP) - Noorse vissers hebben een walvis bevrijd.\n"
		      "9 minuten geledenWENEN (ANP/DPA) - In Wenen is een tram ontspoord.\n1 uur geleden",
		      BODY "\n" BODY);
	expect_report(NULL, BODY "\n\nMost read\nWhy your cat hates Tuesdays\n3 hours ago\n"
		      "Baker sells old sourdough\n4 hours ago", BODY);
	expect_report(NULL, BODY "\n\nЧитайте также\nМост открыли после ремонта\n18 минут назад", BODY);
	expect_report(NULL, BODY "\n\n関連記事\n淡路島でタマネギの収穫始まる\n12分前", BODY);
	expect_report(NULL, BODY "\n\nاقرأ أيضا\nافتتاح معرض الكتاب في مسقط\nمنذ 12 دقيقة", BODY);
	expect_report(NULL, BODY "\nLees ook: Zo controleert u uw kelder\n" BODY, BODY "\n" BODY);
}

static void a_digest_keeps_its_dispatches(void **state)
{
	(void)state;
	expect_untouched(NULL, "Het nieuws van de avond op een rij, gekozen door onze redactie in Zwolle.\n\n"
			       "MAASTRICHT (ANP) - " BODY "\n" BODY "\n\nWENEN (ANP) - " BODY "\n" BODY);
}

static void head_of_a_page_goes(void **state)
{
	(void)state;
	expect_report("The dam holds",
		      "Sunday , June 21 2026\nHome / WORLD / The dam holds\n Herald Image\n\nThe dam holds\n\n"
		      "NAMUR, Belgium | XINHUA | " BODY, BODY);
	expect_report("El dique", "Inicio | Mundo | Deportes | Cultura\nMartes, 17 de marzo de 2026\n\n" BODY, BODY);
	expect_report("Плотина", "Главная Новости Общество Экономика Спорт Погода\n15 марта 2026, 12:30\n\n" BODY, BODY);
}

static void forms_and_share_lines_go(void **state)
{
	(void)state;
	expect_report(NULL, BODY "\n\nShare this: Facebook\n\nLeave a Reply\n\n"
		      "Your email address will not be published. Required fields are marked *", BODY);
	expect_report(NULL, "Please enable Javascript to watch this video\n\n" BODY, BODY);
	expect_report(NULL, BODY "\n\nОставить комментарий\nВы не вошли.", BODY);
	expect_report(NULL, BODY "\n\n责任编辑：周敏\n分享到：微信 微博", BODY);
}

static void short_lines_of_a_report_stay(void **state)
{
	(void)state;
	expect_untouched(NULL, "Pegel am Abend\nK\xc3\xb6ln 3,12 m\nBonn 2,98 m\nKoblenz 2,01 m");
	expect_untouched(NULL, BODY "\n\nCyberspace regulations\n\n" BODY "\n\nHe was 75.");
	expect_untouched(NULL, BODY "\n\nMore than 600 houses were damaged.\nNext year follows.");
	/* a notice with a sentence of the report after it; a line that goes on with "more in" */
	expect_untouched(NULL, BODY "\n\n\xc2\xa9 2031 Harbour Media Group. The dockworkers of the northern "
			       "terminal are still on strike as well.\n\n" BODY);
	expect_untouched(NULL, "The port said its new prices were now\n"
			       "more in step with those of its larger customers.");
	expect_untouched("A flash", "A flash");
	expect_untouched(NULL, "");
}

/* Lines of old wire copy are broken at a fixed width; none of them is a headline. */
static void broken_lines_are_paragraphs(void **state)
{
	(void)state;
	expect_untouched("DAM", "The company said the dam will hold for the whole of the winter and\n"
				"the rest of the year if the rain does not come back from the sea\n"
				"before the men have put the last stones where they belong at last,\n"
				"according to a paper\nRelated\nto the accounts of the last year.");
}

static void a_page_without_report_is_cut_whole(void **state)
{
	(void)state;
	expect_report(NULL, "Log in\nAlready have an account?\nSubscribe now", "");
}

/* ---- properties ------------------------------------------------------------------------------ */

/* Ascending, disjoint, on character boundaries, and whole again when put together. */
static void check_cuts(const char *text, size_t n, const nb_cleaned *out)
{
	uint32_t at = 0, cut = 0;

	for (uint32_t i = 0; i < out->n_cuts; i++) {
		const nb_cut *c = &out->cut[i];

		assert_true(c->begin >= at && c->begin < c->end && c->end <= n);
		assert_true(((unsigned char)text[c->begin] & 0xC0) != 0x80);
		assert_true(c->end == n || ((unsigned char)text[c->end] & 0xC0) != 0x80);
		at = c->end;
		cut += c->end - c->begin;
	}
	assert_int_equal(out->report_bytes, n - cut);
}

/* Pieces of pages in any order. */
static void any_page_is_cut_soundly(void **state)
{
	static const char *const piece[] = {
		BODY, "\n", "\n\n", "MOSKOU (ANP/RTR) - ", "18 minuten geleden", "Leave a Reply\n",
		"新华社北京9月25日电（", "/ТАСС/.", "Home / World / ", " (PAP)", "é\xcc\x81", "Meer uit X\n",
		"©", "Share this: ", "« ", "【共同", "】", "اقرأ أيضا\n", "Reuters", " told ", "25", "|", "\xf0\x9f\x98\x80",
	};
	nb_cleaner c = { 0 };
	unsigned seed = 7;

	(void)state;
	for (int round = 0; round < 3000; round++) {
		char text[4096] = "";
		nb_page page = { .title = str("Meer uit X") };
		nb_cleaned out;

		for (int k = 0; k < 24; k++)
			strcat(text,
			       piece[(size_t)rand_r(&seed) % (sizeof(piece) / sizeof(*piece))]);
		page.text = str(text);
		assert_int_equal(nb_clean(&c, &page, &out), NB_OK);
		check_cuts(text, strlen(text), &out);
	}
	nb_cleaner_release(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(datelines_in_latin_script),
		cmocka_unit_test(datelines_in_other_scripts),
		cmocka_unit_test(what_is_no_dateline),
		cmocka_unit_test(credits_in_tail_and_byline),
		cmocka_unit_test(a_page_says_what_agency_it_is),
		cmocka_unit_test(running_text_relays_or_quotes),
		cmocka_unit_test(agencies_by_name_and_site),
		cmocka_unit_test(teasers_after_the_report_go),
		cmocka_unit_test(a_digest_keeps_its_dispatches),
		cmocka_unit_test(head_of_a_page_goes),
		cmocka_unit_test(forms_and_share_lines_go),
		cmocka_unit_test(short_lines_of_a_report_stay),
		cmocka_unit_test(broken_lines_are_paragraphs),
		cmocka_unit_test(a_page_without_report_is_cut_whole),
		cmocka_unit_test(any_page_is_cut_soundly),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
