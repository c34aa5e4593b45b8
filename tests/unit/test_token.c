/* SPDX-License-Identifier: MIT
 *
 * test_token.c - what a token is, in many languages, and that spelling habits do not change it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "newsbraid/token.h"
#include "sample.h"

static nb_tokens make(const char *text)
{
	nb_tokens t = { 0 };
	char *exact = sample_exact(text, strlen(text));

	assert_int_equal(nb_token_spans(&t, exact, strlen(text)), NB_OK);
	free(exact);
	return t;
}

/* The tokens of a text as they stand in it, "|" between them. */
static void check_tokens(const char *text, const char *want)
{
	nb_tokens t = make(text);
	char got[1024] = "";

	for (size_t i = 0; i < t.n; i++)
		snprintf(got + strlen(got), sizeof(got) - strlen(got), "%s%.*s", i ? "|" : "",
			 (int)(t.end[i] - t.begin[i]), text + t.begin[i]);
	assert_string_equal(got, want);
	nb_tokens_release(&t);
}

static void check_kinds(const char *text, const char *want)
{
	static const char letter[] = "wCNMc"; /* word Capital Number Mixed character */
	nb_tokens t = make(text);
	char got[256] = "";

	for (size_t i = 0; i < t.n; i++)
		got[i] = letter[t.kind[i]];
	assert_string_equal(got, want);
	nb_tokens_release(&t);
}

/* A digit or letter (10: a) for every token that is a small number. */
static void check_small(const char *text, const char *want)
{
	nb_tokens t = make(text);
	char got[256] = "";

	for (size_t i = 0; i < t.n; i++)
		got[i] = "-123456789abc"[t.small[i]];
	assert_string_equal(got, want);
	nb_tokens_release(&t);
}

/* '^' where a token opens a sentence. */
static void check_sentences(const char *text, const char *want)
{
	nb_tokens t = make(text);
	char got[256] = "";

	for (size_t i = 0; i < t.n; i++)
		got[i] = t.sentence[i] ? '^' : '-';
	assert_string_equal(got, want);
	nb_tokens_release(&t);
}

static bool same_tokens(const char *a, const char *b)
{
	nb_tokens x = make(a), y = make(b);
	bool same = x.n == y.n && memcmp(x.hash, y.hash, x.n * sizeof(*x.hash)) == 0;

	nb_tokens_release(&x);
	nb_tokens_release(&y);
	return same;
}

#define SAME(a, b)  assert_true(same_tokens(a, b))
#define OTHER(a, b) assert_false(same_tokens(a, b))

static void empty_texts_have_none(void **state)
{
	nb_tokens t = { 0 };

	(void)state;
	assert_int_equal(nb_token_hashes(&t, NULL, 0), NB_OK);
	assert_int_equal(t.n, 0);
	assert_int_equal(nb_token_spans(&t, " -- ... \n\t", 10), NB_OK);
	assert_int_equal(t.n, 0);
	assert_int_equal(nb_token_hashes(&t, "", (size_t)NB_TOKEN_TEXT_MAX + 1), NB_ELIMIT);
	assert_int_equal(t.n, 0);
	nb_tokens_release(&t);
	nb_tokens_release(&t);
}

static void words_are_runs_of_letters_and_digits(void **state)
{
	(void)state;
	check_tokens("The quick-brown fox's \"den\"", "The|quick|brown|fox|s|den");
	check_tokens("A380 B-52 2nd", "A380|B|52|2nd");
	check_tokens("e-mail: a_b@c.nl", "e|mail|a|b|c|nl");
	check_tokens("\u2018l\u2019\u00e9t\u00e9\u2019 \u2014 na\u00efve\u2026fin",
		     "l|\u00e9t\u00e9|na\u00efve|fin");
}

static void numbers_stay_whole(void **state)
{
	(void)state;
	check_tokens("1,506.5 at 12:30, 4:2. 3.", "1,506.5|at|12:30|4:2|3");
	check_tokens("1,,5 .5 5. 1.a a.1 1:x", "1|5|5|5|1|a|a|1|1|x");
	check_tokens("25.09.2020 10.000.000,50", "25.09.2020|10.000.000,50");
	/* wherever the joint falls in the blocks that the fast path reads */
	for (size_t lead = 0; lead < 140; lead++) {
		char text[200];
		nb_tokens t;

		snprintf(text, sizeof(text), "%.*s1,5 .5", (int)lead,
			 "                                                                      "
			 "                                                                      ");
		t = make(text);
		assert_int_equal(t.n, 2);
		assert_int_equal(t.end[0] - t.begin[0], 3);
		nb_tokens_release(&t);
	}
}

static void characters_of_scripts_without_spaces_stand_alone(void **state)
{
	(void)state;
	check_tokens("\u666e\u4eac25\u65e5abc\u4e2d",
		     "\u666e|\u4eac|25|\u65e5|abc|\u4e2d");
	check_tokens("\u6771\u4eac\u306e\u30d1\u30fc", "\u6771|\u4eac|\u306e|\u30d1|\u30fc");
	/* marks stay with the character before them */
	check_tokens("\u0e19\u0e49\u0e33\u0e17\u0e48\u0e27\u0e21",
		     "\u0e19\u0e49\u0e33|\u0e33|\u0e17\u0e48|\u0e27|\u0e21");
	check_tokens("\u1780\u17d2\u1798\u17c2", "\u1780\u17d2|\u1798\u17c2");
	/* Korean and Hindi put spaces between words */
	check_tokens("\uae40\uc815\uc740 \uad6d\ubb34", "\uae40\uc815\uc740|\uad6d\ubb34");
	check_tokens("\u0939\u093f\u0928\u094d\u0926\u0940 \u0939\u0948",
		     "\u0939\u093f\u0928\u094d\u0926\u0940|\u0939\u0948");
	/* beyond the basic plane */
	check_tokens("\U00020000\U00020001a", "\U00020000|\U00020001|a");
}

static void kinds_are_told(void **state)
{
	(void)state;
	check_kinds("Putin said 25 A380 2nd 1,506", "CwNMMN");
	check_kinds("\u041f\u0443\u0442\u0438\u043d \u0437\u0430 \u0663\u0664 \u666e X", "CwNcC");
	check_kinds("\u01c5ep \u00c9t\u00e9 \u00e9t\u00e9", "CCw");
}

static void sentences_are_found(void **state)
{
	(void)state;
	check_sentences("One two. Three four? Five! six", "^-^-^^");
	check_sentences("One\ntwo three", "^^-");
	check_sentences("He said: \"No.\" Then J. Smith left", "^--^---");
	check_sentences("costs 3.5 mln at U.S. banks", "^------");
	check_sentences("\u4e00\u3002\u4e8c\u4e09", "^^-");
	check_sentences("\u0646\u0639\u0645\u061f \u0644\u0627", "^^");
}

static void spelling_habits_do_not_matter(void **state)
{
	(void)state;
	SAME("HELLO World", "hello wORLD");
	SAME("\u00c9t\u00e9 d\u00e9j\u00e0", "ete deja");
	SAME("Stra\u00dfe", "STRASSE");
	SAME("\ufb01ne o\ufb03ce", "fine office");
	SAME("\uff21\uff22\uff23\uff11\uff12\uff0e\uff15", "abc12.5");
	SAME("\uff76\uff9e\uff71", "\u30ac\u30a2");
	SAME("\u0130stanbul IRAK", "istanbul \u0131rak");
	SAME("\u03a3\u0399\u03a3\u03a5\u03a6\u039f\u03a3",
	     "\u03a3\u03af\u03c3\u03c5\u03c6\u03bf\u03c2");
	SAME("co\u00adop\u200b \ufeffx\u200dy", "coop xy");
	SAME("\u2167 \u2116 5", "viii no 5");
	/* Russian yo is spelled both ways; short i and its kind are letters */
	SAME("\u0401\u043b\u043a\u0430 \u0437\u0430\u043c\u043e\u0301\u043a",
	     "\u0435\u043b\u043a\u0430 \u0437\u0430\u043c\u043e\u043a");
	OTHER("\u043c\u043e\u0439", "\u043c\u043e\u0438");
	OTHER("\u0457\u0445", "\u0456\u0445");
	OTHER("\u045e", "\u0443");
	OTHER("\u0433\u0440\u0430\u0442", "\u0491\u0440\u0430\u0442");
	SAME("\u043c\u02bc\u044f\u0442\u0430", "\u043c\u2019\u044f\u0442\u0430");
	/* Arabic: alef, ya, ta marbuta, kaf forms, vowel signs, tatweel, digits */
	SAME("\u0623\u062d\u0645\u062f \u0625\u064a\u0631\u0627\u0646 \u0622\u0628",
	     "\u0627\u062d\u0645\u062f \u0627\u064a\u0631\u0627\u0646 \u0627\u0628");
	SAME("\u0645\u064f\u062d\u064e\u0645\u0651\u064e\u062f", "\u0645\u062d\u0645\u062f");
	SAME("\u0643\u062a\u0640\u0640\u0627\u0628", "\u06a9\u062a\u0627\u0628");
	SAME("\u0639\u0644\u0649 \u0645\u062f\u0631\u0633\u0629",
	     "\u0639\u0644\u06cc \u0645\u062f\u0631\u0633\u0647");
	SAME("\u0662\u0665\u066b\u0663 \u06f7", "25.3 7");
	SAME("\ufefb\ufee1", "\u0644\u0627\u0645");
	/* Hebrew points */
	SAME("\u05e9\u05b8\u05c1\u05dc\u05d5\u05b9\u05dd", "\u05e9\u05dc\u05d5\u05dd");
	/* voicing and Indic signs carry meaning */
	OTHER("\u304c", "\u304b");
	OTHER("\u0915\u093f", "\u0915\u0940");
	OTHER("\u0e01\u0e48", "\u0e01");
}

/* Composed and decomposed spellings: NFC and NFD of the same text, made with another tool. */
static const struct {
	const char *language, *composed, *decomposed;
} forms[] = {
	{ "nl",
	  "Ge\u00efnteresseerde co\u00f6rdinator: \u201cTwee\u00ebntwintig"
	  "\u201d procent, \u00e9\u00e9n re\u00eble kans",
	  "Gei\u0308nteresseerde coo\u0308rdinator: \u201cTweee\u0308ntwintig"
	  "\u201d procent, e\u0301e\u0301n ree\u0308le kans" },
	{ "de",
	  "\u00c4rger \u00fcber Ma\u00dfnahmen in K\u00f6ln und Gr\u00f6"
	  "\u00dfe",
	  "A\u0308rger u\u0308ber Ma\u00dfnahmen in Ko\u0308ln und Gro\u0308"
	  "\u00dfe" },
	{ "tr",
	  "\u0130stanbul'da \u00e7\u0131kan yang\u0131n \u015eehir \u011f"
	  "\u00f6\u011f\u00fcs",
	  "I\u0307stanbul'da c\u0327\u0131kan yang\u0131n S\u0327ehir g\u0306"
	  "o\u0308g\u0306u\u0308s" },
	{ "vi",
	  "Th\u1ee7 t\u01b0\u1edbng Vi\u1ec7t Nam ph\u00e1t bi\u1ec3u",
	  "Thu\u0309 tu\u031bo\u031b\u0301ng Vie\u0323\u0302t Nam pha\u0301t "
	  "bie\u0302\u0309u" },
	{ "el",
	  "\u0397 \u03ba\u03c5\u03b2\u03ad\u03c1\u03bd\u03b7\u03c3\u03b7 "
	  "\u03c4\u03b7\u03c2 \u0395\u03bb\u03bb\u03ac\u03b4\u03b1\u03c2 "
	  "\u1f08\u03b8\u1fc6\u03bd\u03b1\u03b9 \u1fb3 \u1f84\u03bd",
	  "\u0397 \u03ba\u03c5\u03b2\u03b5\u0301\u03c1\u03bd\u03b7\u03c3"
	  "\u03b7 \u03c4\u03b7\u03c2 \u0395\u03bb\u03bb\u03b1\u0301\u03b4"
	  "\u03b1\u03c2 \u0391\u0313\u03b8\u03b7\u0342\u03bd\u03b1\u03b9 "
	  "\u03b1\u0345 \u03b1\u0313\u0301\u0345\u03bd" },
	{ "ru",
	  "\u0412\u043b\u0430\u0434\u0438\u043c\u0438\u0440 \u041f\u0443"
	  "\u0442\u0438\u043d \u0437\u0430\u044f\u0432\u0438\u043b, \u0447"
	  "\u0442\u043e \u043d\u043e\u0432\u044b\u0439 \u0441\u0430\u043c"
	  "\u043e\u043b\u0451\u0442",
	  "\u0412\u043b\u0430\u0434\u0438\u043c\u0438\u0440 \u041f\u0443"
	  "\u0442\u0438\u043d \u0437\u0430\u044f\u0432\u0438\u043b, \u0447"
	  "\u0442\u043e \u043d\u043e\u0432\u044b\u0438\u0306 \u0441\u0430"
	  "\u043c\u043e\u043b\u0435\u0308\u0442" },
	{ "uk",
	  "\u0423\u043a\u0440\u0430\u0457\u043d\u0430 \u0457\u0457 \u0432"
	  "\u0456\u0439\u0441\u044c\u043a\u043e \u0419\u043e\u0441\u0438"
	  "\u043f \u0490\u0430\u043d\u043e\u043a",
	  "\u0423\u043a\u0440\u0430\u0456\u0308\u043d\u0430 \u0456\u0308"
	  "\u0456\u0308 \u0432\u0456\u0438\u0306\u0441\u044c\u043a\u043e "
	  "\u0418\u0306\u043e\u0441\u0438\u043f \u0490\u0430\u043d\u043e"
	  "\u043a" },
	{ "be",
	  "\u0411\u0435\u043b\u0430\u0440\u0443\u0441\u044c \u045e \u0414"
	  "\u0437\u044f\u0440\u0436\u0430\u045e\u043d\u044b",
	  "\u0411\u0435\u043b\u0430\u0440\u0443\u0441\u044c \u0443\u0306 "
	  "\u0414\u0437\u044f\u0440\u0436\u0430\u0443\u0306\u043d\u044b" },
	{ "ja",
	  "\u6771\u4eac\u3067\u30d1\u30fc\u30c6\u30a3\u30fc\u304c\u3042\u308b"
	  "\u3002\u30d7\u30fc\u30c1\u30f3\u5927\u7d71\u9818",
	  "\u6771\u4eac\u3066\u3099\u30cf\u309a\u30fc\u30c6\u30a3\u30fc\u304b"
	  "\u3099\u3042\u308b\u3002\u30d5\u309a\u30fc\u30c1\u30f3\u5927\u7d71"
	  "\u9818" },
	{ "ko",
	  "\uae40\uc815\uc740 \uad6d\ubb34\uc704\uc6d0\uc7a5\uc740 \ud3c9"
	  "\uc591\uc5d0\uc11c \uac12",
	  "\u1100\u1175\u11b7\u110c\u1165\u11bc\u110b\u1173\u11ab \u1100"
	  "\u116e\u11a8\u1106\u116e\u110b\u1171\u110b\u116f\u11ab\u110c\u1161"
	  "\u11bc\u110b\u1173\u11ab \u1111\u1167\u11bc\u110b\u1163\u11bc"
	  "\u110b\u1166\u1109\u1165 \u1100\u1161\u11b9" },
	{ "hi",
	  "\u092a\u094d\u0930\u0927\u093e\u0928\u092e\u0902\u0924\u094d\u0930"
	  "\u0940 \u0928\u0930\u0947\u0902\u0926\u094d\u0930 \u0929 \u0931 "
	  "\u0915\u093c\u0932\u092e",
	  "\u092a\u094d\u0930\u0927\u093e\u0928\u092e\u0902\u0924\u094d\u0930"
	  "\u0940 \u0928\u0930\u0947\u0902\u0926\u094d\u0930 \u0928\u093c "
	  "\u0930\u093c \u0915\u093c\u0932\u092e" },
	{ "bn",
	  "\u09ac\u09be\u0982\u09b2\u09be\u09a6\u09c7\u09b6 \u0995\u09cb"
	  "\u09ae\u09cc",
	  "\u09ac\u09be\u0982\u09b2\u09be\u09a6\u09c7\u09b6 \u0995\u09c7"
	  "\u09be\u09ae\u09c7\u09d7" },
	{ "ta",
	  "\u0b95\u0bca\u0bb3\u0bcd\u0b95\u0bc8",
	  "\u0b95\u0bc6\u0bbe\u0bb3\u0bcd\u0b95\u0bc8" },
	{ "si",
	  "\u0dc1\u0dca\u200d\u0dbb\u0dd3 \u0d9a\u0ddd\u0da7\u0dd2",
	  "\u0dc1\u0dca\u200d\u0dbb\u0dd3 \u0d9a\u0dd9\u0dcf\u0dca\u0da7"
	  "\u0dd2" },
	{ "ar",
	  "\u0623\u0639\u0644\u0646 \u0627\u0644\u0631\u0626\u064a\u0633 "
	  "\u0622\u062e\u0631 \u0645\u0624\u062a\u0645\u0631",
	  "\u0627\u0654\u0639\u0644\u0646 \u0627\u0644\u0631\u064a\u0654"
	  "\u064a\u0633 \u0627\u0653\u062e\u0631 \u0645\u0648\u0654\u062a"
	  "\u0645\u0631" },
	{ "he",
	  "\u05e9\u05c1\u05d5\u05bc\u05d1",
	  "\u05e9\u05c1\u05d5\u05bc\u05d1" },
	{ "my",
	  "\u1026\u1019\u103c\u1014\u103a",
	  "\u1025\u102e\u1019\u103c\u1014\u103a" },
};

static void normalization_forms_do_not_matter(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(forms) / sizeof(*forms); i++)
		if (!same_tokens(forms[i].composed, forms[i].decomposed))
			fail_msg("%s: forms differ", forms[i].language);
}

/* Both ways through the text find the same tokens, in order, inside the text. */
static void spans_agree_with_hashes(void **state)
{
	nb_tokens fast = { 0 }, slow = { 0 };
	uint64_t seed = 5;
	char text[300];

	(void)state;
	for (int kind = 0; kind < SAMPLE_KINDS; kind++)
		for (int round = 0; round < 1200; round++) {
			size_t n = (size_t)round % (sizeof(text) + 1);
			char *exact;

			sample_text((enum sample_kind)kind, &seed, text, n);
			exact = sample_exact(text, n);
			assert_int_equal(nb_token_hashes(&fast, exact, n), NB_OK);
			assert_int_equal(nb_token_spans(&slow, exact, n), NB_OK);
			assert_int_equal(fast.n, slow.n);
			assert_memory_equal(fast.hash, slow.hash, fast.n * sizeof(*fast.hash));
			for (size_t i = 0; i < slow.n; i++) {
				assert_true(slow.begin[i] < slow.end[i]);
				assert_true(slow.end[i] <= n);
				assert_true(i == 0 || slow.begin[i] >= slow.begin[i - 1]);
				assert_in_range(slow.kind[i], 0, NB_TOKEN_CHARACTER);
			}
			free(exact);
		}
	nb_tokens_release(&fast);
	nb_tokens_release(&slow);
}

/* Texts longer than the pieces and batches they are worked in. */
static void long_texts_are_whole(void **state)
{
	static const char *const word[] = { "alpha ", "\u0431\u0435\u0442\u0430 ", "1,5 ", "\u4e2d",
					    "caf\u00e9, " };
	enum { N = 100000 };
	nb_tokens one = { 0 }, t = { 0 }, spans = { 0 };
	uint64_t hash[5];
	char *text = malloc(N * 8);
	size_t n = 0;

	(void)state;
	for (int i = 0; i < 5; i++) {
		assert_int_equal(nb_token_hashes(&one, word[i], strlen(word[i])), NB_OK);
		assert_int_equal(one.n, 1);
		hash[i] = one.hash[0];
	}
	for (size_t i = 0; i < N; i++) {
		strcpy(text + n, word[i * i % 5]);
		n += strlen(word[i * i % 5]);
	}
	assert_int_equal(nb_token_hashes(&t, text, n), NB_OK);
	assert_int_equal(nb_token_spans(&spans, text, n), NB_OK);
	assert_int_equal(t.n, N);
	assert_int_equal(spans.n, N);
	for (size_t i = 0; i < N; i++) {
		assert_true(t.hash[i] == hash[i * i % 5]);
		assert_true(spans.hash[i] == t.hash[i]);
	}
	/* one endless word */
	memset(text, 'x', N);
	assert_int_equal(nb_token_hashes(&t, text, N), NB_OK);
	assert_int_equal(t.n, 1);
	/* the character that folds to the longest text, over and over */
	for (n = 0; n < 60000; n += 3)
		memcpy(text + n, "\ufdfa", 3);
	assert_int_equal(nb_token_hashes(&t, text, n), NB_OK);
	assert_int_equal(nb_token_spans(&spans, text, n), NB_OK);
	assert_int_equal(t.n, spans.n);
	nb_tokens_release(&one);
	nb_tokens_release(&t);
	nb_tokens_release(&spans);
	free(text);
}

/* Hashes of similar words are all different, also beyond 16 bytes and by length alone. */
static int ascending(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

static void different_words_have_different_hashes(void **state)
{
	enum { N = 60000 };
	nb_tokens t = { 0 };
	char *text = malloc((size_t)N * 64);
	size_t n = 0;

	(void)state;
	for (int i = 0; i < N; i++)
		n += (size_t)sprintf(text + n, "%.*s%d ", i % 40,
				     "wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww", i);
	assert_int_equal(nb_token_hashes(&t, text, n), NB_OK);
	assert_int_equal(t.n, N);
	qsort(t.hash, t.n, sizeof(*t.hash), ascending);
	for (size_t i = 1; i < t.n; i++)
		assert_true(t.hash[i] != t.hash[i - 1]);
	nb_tokens_release(&t);
	free(text);
}

static void small_numbers_are_told_in_words_too(void **state)
{
	(void)state;
	check_small("Six ships, zes schepen, SECHS Schiffe, six bateaux", "6-6-6-6-");
	check_small("шесть судов, шість суден, sześć statków, seis barcos, 6", "6-6-6-6-6");
	check_small("tre, fünf, douze and 12, one and twelve", "35c-c1-c");
	/* other words, other numbers */
	check_small("sixty once onze 13 6.5 06 A6 second", "--------");
}

/* Hashes are stored by others: these values may not change. */
static void golden_hashes(void **state)
{
	nb_tokens t = make("Putin \u043c\u043e\u0439 1,506 \u666e internationalization");

	(void)state;
	assert_int_equal(t.n, 5);
	assert_true(t.hash[0] == UINT64_C(0x4A684643B20A88DF));
	assert_true(t.hash[1] == UINT64_C(0xAABEA7A51A5FE7EE));
	assert_true(t.hash[2] == UINT64_C(0x3EB9923E6702475B));
	assert_true(t.hash[3] == UINT64_C(0x07D8EE765E1DDEC7));
	assert_true(t.hash[4] == UINT64_C(0x571DDB284FF9EEB4));
	nb_tokens_release(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(empty_texts_have_none),
		cmocka_unit_test(words_are_runs_of_letters_and_digits),
		cmocka_unit_test(numbers_stay_whole),
		cmocka_unit_test(characters_of_scripts_without_spaces_stand_alone),
		cmocka_unit_test(kinds_are_told),
		cmocka_unit_test(sentences_are_found),
		cmocka_unit_test(spelling_habits_do_not_matter),
		cmocka_unit_test(normalization_forms_do_not_matter),
		cmocka_unit_test(spans_agree_with_hashes),
		cmocka_unit_test(long_texts_are_whole),
		cmocka_unit_test(different_words_have_different_hashes),
		cmocka_unit_test(small_numbers_are_told_in_words_too),
		cmocka_unit_test(golden_hashes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
