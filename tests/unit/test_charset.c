/* SPDX-License-Identifier: MIT
 *
 * test_charset.c - what bytes become UTF-8, and by which evidence.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "newsbraid/utf8.h"
#include "read/input/charset.h"
#include "unit/reading.h"

static nb_str str(const char *s)
{
	return s ? (nb_str){ s, strlen(s) } : (nb_str){ 0 };
}

/* text in a set, as much of it as there is in it, at most `most` bytes; free it. */
static char *encode(nb_str text, const char *set, size_t most, size_t *n)
{
	char name[64], *out = malloc(most + 1), *to = out, *from = (char *)text.ptr;
	size_t left = text.len, room = most;
	iconv_t cd;

	snprintf(name, sizeof(name), "%s//IGNORE", set);
	cd = iconv_open(name, "UTF-8");
	assert_true(cd != (iconv_t)-1);
	assert_non_null(out);
	iconv(cd, &from, &left, &to, &room);
	iconv_close(cd);
	*n = (size_t)(to - out);
	return out;
}

static char *decode(nb_str bytes, const char *set, size_t *n)
{
	size_t left = bytes.len, room = bytes.len * 4 + 4;
	char *out = malloc(room), *to = out, *from = (char *)bytes.ptr;
	iconv_t cd = iconv_open("UTF-8", set);

	assert_true(cd != (iconv_t)-1);
	assert_non_null(out);
	iconv(cd, &from, &left, &to, &room);
	iconv_close(cd);
	*n = (size_t)(to - out);
	return out;
}

static void assert_decodes(nb_charset *c, nb_str bytes, const char *declared, const char *lang,
			   const char *want, const char *name)
{
	nb_decoded d;

	assert_int_equal(nb_charset_to_utf8(c, bytes, str(declared), str(lang), &d), NB_OK);
	assert_string_equal(d.name, name);
	assert_int_equal(d.text.len, strlen(want));
	assert_memory_equal(d.text.ptr, want, d.text.len);
}

/* ---- by evidence ----------------------------------------------------------------------------- */

static void utf8_is_taken_as_it_is(void **state)
{
	nb_charset c = { 0 };
	nb_str s = str("De coalitie is gevallen, zei minister Pélissier. Привет.");
	nb_decoded d;

	(void)state;
	assert_int_equal(nb_charset_to_utf8(&c, s, str("windows-1252"), str(NULL), &d), NB_OK);
	assert_ptr_equal(d.text.ptr, s.ptr); /* whatever was declared: chance does not write UTF-8 */
	assert_string_equal(d.name, "utf-8");
	assert_false(d.guessed || d.damaged);
	assert_decodes(&c, str("\xef\xbb\xbfThe end"), NULL, NULL, "The end", "utf-8");
	assert_decodes(&c, (nb_str){ "", 0 }, NULL, NULL, "", "utf-8");
	nb_charset_release(&c);
}

static void a_mark_decides(void **state)
{
	nb_charset c = { 0 };

	(void)state;
	assert_decodes(&c, (nb_str){ "\xff\xfeP\0\xe9\0", 6 }, "utf-8", NULL, "Pé", "utf-16le");
	assert_decodes(&c, (nb_str){ "\xfe\xff\0P\0\xe9", 6 }, NULL, NULL, "Pé", "utf-16be");
	assert_decodes(&c, (nb_str){ "\xff\xfe\0\0P\0\0\0", 8 }, NULL, NULL, "P", "utf-32le");
	assert_decodes(&c, (nb_str){ "\xff\xfe\x3d\xd8\x00\xde", 6 }, NULL, NULL, "\xf0\x9f\x98\x80",
		       "utf-16le");
	/* half a pair and half a unit are one unknown character each */
	assert_decodes(&c, (nb_str){ "\xff\xfe\x3d\xd8P\0", 6 }, NULL, NULL, "\xef\xbf\xbdP",
		       "utf-16le");
	assert_decodes(&c, (nb_str){ "\xff\xfeP\0P", 5 }, NULL, NULL, "P\xef\xbf\xbd", "utf-16le");
	nb_charset_release(&c);
}

static void zeros_show_unmarked_utf16(void **state)
{
	nb_charset c = { 0 };
	size_t n;
	char *le = encode(str("The harbour was closed on Friday"), "UTF-16LE", 200, &n);

	(void)state;
	assert_decodes(&c, (nb_str){ le, n }, NULL, NULL, "The harbour was closed on Friday",
		       "utf-16le");
	free(le);
	nb_charset_release(&c);
}

static void a_declaration_is_believed_where_the_bytes_allow_it(void **state)
{
	nb_charset c = { 0 };

	(void)state;
	assert_decodes(&c, str("\xd4\xc1\xd3\xd3"), "KOI8-R", NULL, "тасс", "koi8-u");
	assert_decodes(&c, str("\xd2\xc0\xd1\xd1"), "cp1251", NULL, "ТАСС", "windows-1251");
	assert_decodes(&c, str("\x80 5"), "ISO-8859-1", NULL, "€ 5", "windows-1252");
	assert_decodes(&c, str("caf\xe9"), "utf-8", NULL, "café", "windows-1252");
	assert_decodes(&c, str("\x1b$B$3\x1b(B"), "iso-2022-jp", NULL, "こ", "iso-2022-jp");
	/* bytes that mean nothing in EUC-JP, declared or not */
	assert_decodes(&c, str("Le pr\xe9sident a d\xe9""clar\xe9 \xe0 l'\xe9""cole"), "euc-jp",
		       NULL, "Le président a déclaré à l'école", "windows-1252");
	nb_charset_release(&c);
}

static void damage_in_utf8_stays_utf8(void **state)
{
	nb_charset c = { 0 };

	(void)state;
	assert_decodes(&c, str("één twéé dr\xe9"), NULL, NULL, "één twéé dré", "utf-8");
	nb_charset_release(&c);
}

static void labels(void **state)
{
	static const char *const label[][2] = {
		{ "utf-8", "utf-8" },	       { "UTF8", "utf-8" },
		{ "ISO_8859-1", "windows-1252" }, { "latin1", "windows-1252" },
		{ "us-ascii", "windows-1252" },   { "Windows-1250", "windows-1250" },
		{ "x-cp1251", "windows-1251" },   { "win-1251", "windows-1251" },
		{ "cp1258", "windows-1258" },     { "iso-8859-9", "windows-1254" },
		{ "GB2312", "gb18030" },	  { "x-sjis", "windows-31j" },
		{ "ks_c_5601-1987", "windows-949" }, { "big5", "big5-hkscs" },
		{ "utf-7", NULL },		  { "ebcdic-cp-us", NULL },
		{ "", NULL },			  { "1259", NULL },
		{ "fwindows-1252", NULL },	  { "125", NULL },
		{ "a very long label that is no character set at all", NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(label) / sizeof(label[0]); i++) {
		const char *name = nb_charset_of_label(str(label[i][0]));

		if (label[i][1])
			assert_string_equal(name, label[i][1]);
		else
			assert_null(name);
	}
	assert_null(nb_charset_of_label((nb_str){ 0 }));
}

/* Every name a label can have is a set that ICU has. */
static void every_label_can_be_converted(void **state)
{
	static const char *const label[] = {
		"utf16le", "utf16be",  "latin1",   "latin2", "iso88593", "iso88594",  "iso88595",
		"iso88596", "iso88597", "iso88598", "iso88599", "iso885910", "iso885911",
		"iso885913", "iso885914", "iso885915", "koi8r", "macintosh", "maccyrillic",
		"ibm866", "cp850", "cp852", "cp437", "tis620", "gbk", "big5", "sjis", "eucjp",
		"euckr", "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256",
		"cp1257", "cp1258",
	};
	nb_charset c = { 0 };
	nb_decoded d;

	(void)state;
	for (size_t i = 0; i < sizeof(label) / sizeof(label[0]); i++) {
		const char *name = nb_charset_of_label(str(label[i]));

		assert_non_null(name);
		assert_int_equal(nb_charset_to_utf8(&c, str("plain, then \xe1\xe2\xe3\xe4 high"),
						    str(label[i]), str(NULL), &d),
				 NB_OK);
		assert_true(nb_utf8_valid(d.text.ptr, d.text.len));
	}
	nb_charset_release(&c);
}

/* ---- by statistics --------------------------------------------------------------------------- */

static void short_texts_in_every_set(void **state)
{
	static const struct {
		const char *set, *name, *lang, *text;
	} form[] = {
		{ "CP1252", "windows-1252", NULL,
		  "Der Außenminister erklärte am Dienstag, man werde die Gespräche fortführen." },
		{ "CP1252", "windows-1252", NULL, "De crèche bleef dicht, zei de wethouder." },
		{ "CP1252", "windows-1252", NULL,
		  "¿Cuándo volverán los niños? El Gobierno no respondió." },
		{ "CP1250", "windows-1250", NULL,
		  "Premier powiedział, że rząd przyjął uchwałę w sprawie węgla i pożyczek." },
		{ "CP1250", "windows-1250", "cs",
		  "Prezident řekl, že příští týden přijede do Brna." },
		{ "ISO-8859-2", "iso-8859-2", NULL,
		  "Prezident řekl, že příští týden přijede do Brna, protože škola čeká." },
		{ "CP1250", "windows-1250", "sl", "Minister je dejal, da bo odločitev še sprejeta." },
		{ "CP1251", "windows-1251", NULL,
		  "Президент заявил, что переговоры продолжатся в среду." },
		{ "KOI8-R", "koi8-u", NULL, "Президент заявил, что переговоры продолжатся в среду." },
		{ "ISO-8859-5", "iso-8859-5", NULL,
		  "Президент заявил, что переговоры продолжатся в среду." },
		{ "CP1254", "windows-1254", NULL,
		  "Bakan, görüşmelerin çarşamba günü süreceğini açıkladı, dedi." },
		{ "CP1253", "windows-1253", NULL,
		  "Ο πρωθυπουργός δήλωσε ότι οι συνομιλίες θα συνεχιστούν την Τετάρτη." },
		{ "CP1256", "windows-1256", NULL,
		  "قال الرئيس إن المفاوضات سوف تستمر يوم الأربعاء في العاصمة" },
		{ "GB18030", "gb18030", NULL, "总统星期三表示,谈判将于下周在首都继续举行。" },
		{ "BIG5", "big5-hkscs", NULL, "總統星期三表示,談判將於下週在首都繼續舉行。" },
		{ "CP932", "windows-31j", NULL, "大統領は水曜日、協議を来週も続けると述べた。" },
		{ "EUC-JP", "euc-jp", NULL, "大統領は水曜日、協議を来週も続けると述べた。" },
		{ "CP949", "windows-949", NULL, "대통령은 수요일 회담이 다음 주에도 계속될 것이라고 말했다." },
	};
	nb_charset c = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(form) / sizeof(form[0]); i++) {
		size_t n;
		char *bytes = encode(str(form[i].text), form[i].set, 1000, &n);

		assert_decodes(&c, (nb_str){ bytes, n }, NULL, form[i].lang, form[i].text,
			       form[i].name);
		free(bytes);
	}
	nb_charset_release(&c);
}

static bool is_ascii(nb_str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] & 0x80)
			return false;
	return true;
}

/* The share of texts of some lengths that come out right, over real news in the sets it was written
 * in; short of that share something has been broken. */
static void real_news_is_read_right(void **state)
{
	static const struct {
		const char *lang, *set[3];
	} form[] = {
		{ "ru", { "CP1251", "KOI8-R", "ISO-8859-5" } }, { "uk", { "CP1251", "KOI8-U" } },
		{ "bg", { "CP1251" } },          { "pl", { "CP1250", "ISO-8859-2" } },
		{ "cs", { "CP1250", "ISO-8859-2" } }, { "sl", { "CP1250", "ISO-8859-2" } },
		{ "sk", { "CP1250" } },          { "hr", { "CP1250" } },
		{ "de", { "CP1252" } },          { "fr", { "CP1252" } },
		{ "nl", { "CP1252" } },          { "es", { "CP1252" } },
		{ "it", { "CP1252" } },          { "pt", { "CP1252" } },
		{ "tr", { "CP1254" } },          { "zh", { "GB18030", "BIG5" } },
		{ "ja", { "CP932", "EUC-JP" } }, { "ar", { "CP1256" } },
	};
	static const size_t size[] = { 80, 300, 2000 };
	static const int least[] = { 93, 97, 99 };
	static const char *const file[] = { "udpud.jsonl.zst", "bsnlp.jsonl.zst", "ntrex.jsonl.zst" };
	const char *folder = getenv("NEWSBRAID_SETS");
	int right[3] = { 0 }, all[3] = { 0 };
	nb_charset c = { 0 };
	char path[3][512];
	const char *input[3] = { path[0], path[1], path[2] };
	nb_reader_options o;
	struct reading r;

	(void)state;
	for (int i = 0; i < 3; i++) {
		FILE *f;

		snprintf(path[i], sizeof(path[i]), "%s/%s", folder ? folder : ".", file[i]);
		f = fopen(path[i], "r");
		if (!f) {
			print_message("%s is absent: see NEWSBRAID_SETS\n", path[i]);
			skip();
		}
		fclose(f);
	}
	nb_reader_options_init(&o);
	o.input = input;
	o.n_input = 3;
	r = reading_of(&o);
	for (size_t i = 0; i < sizeof(form) / sizeof(form[0]); i++) {
		int seen = 0;

		for (size_t k = 0; k < r.n && seen < 60; k++) {
			nb_str t = r.article[k].text, lang = r.article[k].lang;

			if (lang.len != 2 || memcmp(lang.ptr, form[i].lang, 2) != 0)
				continue;
			seen++;
			for (int s = 0; s < 9; s++) {
				const char *set = form[i].set[s / 3];
				char *bytes, *want;
				size_t n, n_want;
				nb_decoded d;

				if (!set)
					break;
				bytes = encode(t, set, size[s % 3], &n);
				want = decode((nb_str){ bytes, n }, set, &n_want);
				assert_int_equal(nb_charset_to_utf8(&c, (nb_str){ bytes, n },
								    str(NULL), str(NULL), &d),
						 NB_OK);
				if (d.text.ptr != bytes || !is_ascii(d.text)) {
					all[s % 3]++;
					right[s % 3] += d.text.len == n_want &&
							memcmp(d.text.ptr, want, n_want) == 0;
				}
				free(bytes);
				free(want);
			}
		}
	}
	for (int s = 0; s < 3; s++) {
		print_message("%zu bytes: %d of %d right\n", size[s], right[s], all[s]);
		assert_true(right[s] * 100 >= all[s] * least[s]);
	}
	nb_charset_release(&c);
	reading_release(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(utf8_is_taken_as_it_is),
		cmocka_unit_test(a_mark_decides),
		cmocka_unit_test(zeros_show_unmarked_utf16),
		cmocka_unit_test(a_declaration_is_believed_where_the_bytes_allow_it),
		cmocka_unit_test(damage_in_utf8_stays_utf8),
		cmocka_unit_test(labels),
		cmocka_unit_test(every_label_can_be_converted),
		cmocka_unit_test(short_texts_in_every_set),
		cmocka_unit_test(real_news_is_read_right),
	};

	(void)folder_setup;
	(void)folder_teardown;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
