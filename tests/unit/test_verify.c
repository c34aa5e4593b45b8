/* SPDX-License-Identifier: MIT
 *
 * test_verify.c - what is a copy and what is not, told by small reports.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "newsbraid/verify.h"

#define HOUR 3600

static nb_edge verify_apart(const char *a, const char *b, int64_t apart_s,
			    nb_span span[NB_EDGE_SPANS])
{
	nb_sketch_params sketch;
	nb_copy_params copy;
	nb_prepared *pa, *pb;
	nb_tokens scratch = { 0 };
	nb_edge edge;

	nb_sketch_params_init(&sketch);
	nb_copy_params_init(&copy);
	assert_int_equal(nb_prepare(&scratch, &sketch, (nb_str){ a, strlen(a) }, &pa), NB_OK);
	assert_int_equal(nb_prepare(&scratch, &sketch, (nb_str){ b, strlen(b) }, &pb), NB_OK);
	assert_int_equal(nb_verify_text(pa, pb, &copy, apart_s, &edge, span), NB_OK);
	nb_prepared_free(pa);
	nb_prepared_free(pb);
	nb_tokens_release(&scratch);
	return edge;
}

static nb_edge verify(const char *a, const char *b)
{
	nb_span span[NB_EDGE_SPANS];

	return verify_apart(a, b, HOUR, span);
}

/* Published two days apart. */
static nb_edge verify_days_apart(const char *a, const char *b)
{
	nb_span span[NB_EDGE_SPANS];

	return verify_apart(a, b, 48 * HOUR, span);
}

static const char report[] =
	"ROTTERDAM (ANP) - Dockworkers at the container terminals on the Maasvlakte laid down their "
	"work on Tuesday evening after talks about early retirement broke down. The union said some "
	"1,900 people took part in the first shift. Ships were waiting off the coast and trucks were "
	"turned away at the gates. The employers called the strike irresponsible and asked a judge to "
	"end it. A hearing is planned for Thursday in the court of Rotterdam. The union wants members "
	"who have worked nights for 30 years to be able to stop at the age of 60.";

static void the_same_words_are_an_exact_copy_whatever_the_marks(void **state)
{
	char other[sizeof(report)];
	nb_edge e;

	(void)state;
	for (size_t i = 0; i < sizeof(report); i++)
		other[i] = (char)(report[i] == '.' ? '!' : report[i] >= 'a' && report[i] <= 'z'
									? report[i] - 32
									: report[i]);
	e = verify(report, other);
	assert_int_equal(e.method, NB_METHOD_EXACT);
	assert_int_equal(e.relation, NB_RELATION_COPY);
	assert_true(e.jaccard == 1 && e.containment == 1);
}

static void a_story_cut_from_the_bottom_is_found_by_containment(void **state)
{
	char cut[sizeof(report)];
	nb_edge e;

	(void)state;
	memcpy(cut, report, sizeof(report));
	*strstr(cut, " Ships were waiting") = '\0';
	e = verify(report, cut);
	assert_true(e.jaccard < 0.5);
	assert_true(e.containment == 1);
	assert_int_equal(e.method, NB_METHOD_CONTAIN);
	assert_int_equal(e.relation, NB_RELATION_COPY);
}

static char *replaced(const char *text, const char *from, const char *to)
{
	char *at = strstr(text, from), *out;
	size_t room = strlen(text) + strlen(to) + 1;

	assert_non_null(at);
	out = malloc(room);
	snprintf(out, room, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
	return out;
}

static void a_light_edit_is_a_copy(void **state)
{
	char *one = replaced(report, "laid down their work", "walked out");
	char *two = replaced(one, "turned away at the gates", "sent home");
	nb_edge e = verify(report, two);

	(void)state;
	assert_int_equal(e.relation, NB_RELATION_COPY);
	assert_int_equal(e.numbers_differ + e.names_differ, 0);
	free(one);
	free(two);
}

/* One number set right: the rest of the facts stand. */
static void a_corrected_version_is_a_copy(void **state)
{
	char *corrected = replaced(report, "1,900", "1,700");
	nb_edge e = verify(report, corrected);

	(void)state;
	assert_int_equal(e.relation, NB_RELATION_COPY);
	assert_int_equal(e.numbers_differ, 1);
	assert_int_equal(e.names_differ, 0);
	assert_true(e.numbers + e.names >= 5);
	free(corrected);
}

static void rates_of_two_days_are_a_series(void **state)
{
	nb_edge e = verify(
		"The euro was worth 1.0842 dollars at the close in Frankfurt, the European Central Bank "
		"said in its daily statement of reference rates for the most traded currencies. The "
		"pound was set at 0.8431 and the yen at 161.20, while the franc stood firm against the "
		"common currency at the end of the trading day. The rates are meant for information "
		"only and the bank discourages their use for transactions of any kind.",
		"The euro was worth 1.0917 dollars at the close in Frankfurt, the European Central Bank "
		"said in its daily statement of reference rates for the most traded currencies. The "
		"pound was set at 0.8402 and the yen at 160.75, while the franc stood firm against the "
		"common currency at the end of the trading day. The rates are meant for information "
		"only and the bank discourages their use for transactions of any kind.");

	(void)state;
	assert_true(e.jaccard >= 0.5);
	assert_int_equal(e.relation, NB_RELATION_SERIES);
	assert_int_equal(e.numbers_differ, 3);
}

static const char ships[] =
	"Seven bulk carriers were loading at the quays of the port and four ships were waiting in the "
	"roads, according to the harbour office in its report for the day.";

/* Numbers are numbers in words, too, and those of a copy may be written in digits. */
static void numbers_in_words_tell_a_series(void **state)
{
	char *words = replaced(ships, "Seven bulk", "Nine bulk");
	char *other = replaced(words, "and four ships", "and 6.5 ships");
	char *digits = replaced(ships, "four ships", "4 ships");

	(void)state;
	assert_int_equal(verify(ships, other).numbers_differ, 2);
	assert_int_equal(verify(ships, other).relation, NB_RELATION_SERIES);
	assert_int_equal(verify(ships, digits).numbers_differ, 0);
	assert_int_equal(verify_days_apart(ships, digits).relation, NB_RELATION_COPY);
	free(words);
	free(other);
	free(digits);
}

/* One number that differs may have been set right; days later it is the news if it is all there is. */
static void the_only_number_decides_between_days(void **state)
{
	char *ten = replaced(ships, "Seven bulk", "Several bulk"), *one, *two;

	(void)state;
	one = replaced(ten, "four ships", "14.5 ships");
	two = replaced(ten, "four ships", "16.0 ships");
	assert_int_equal(verify(one, two).relation, NB_RELATION_COPY);
	assert_int_equal(verify_days_apart(one, two).relation, NB_RELATION_SERIES);
	free(ten);
	free(one);
	free(two);
}

static const char notes[] =
	"The mortgage bank said on its web site that it had set the rates on its short-term notes "
	"anew, as it does from time to time when its costs of borrowing change, and that the notes are "
	"sold to banks and funds through the usual dealers. It gave them in this table: ";

/* The end of a text may be a table: the same words, other numbers. */
static void tables_at_the_end_are_compared(void **state)
{
	static const char one[] = "32 days 6.00 pct old rate 6.10 pct, 60 days 5.90 pct old rate 6.00";
	static const char two[] = "31 days 5.95 pct old rate 6.05 pct, 61 days 5.80 pct old rate 5.90";
	static const char more[] = "Read more: 12 dead in flood, 3 parties agree on budget, storm 8 ";
	char a[512], b[512];

	(void)state;
	snprintf(a, sizeof(a), "%s%s", notes, one);
	snprintf(b, sizeof(b), "%s%s", notes, two);
	assert_int_equal(verify(a, b).relation, NB_RELATION_SERIES);
	assert_true(verify(a, b).numbers_differ >= 4);
	/* what is other text altogether is not */
	snprintf(b, sizeof(b), "%s%s", notes, more);
	assert_int_equal(verify(a, b).numbers_differ, 0);
}

static void short_texts_are_copies_only_if_equal(void **state)
{
	nb_edge e = verify("Fire in a warehouse in the port of Antwerp, no one was hurt there.",
			   "Fire in a warehouse in the port of Antwerp, no one was hurt here.");

	(void)state;
	assert_int_equal(e.relation, NB_RELATION_SHORT);
	e = verify("Fire in Antwerp", "FIRE IN ANTWERP!");
	assert_int_equal(e.relation, NB_RELATION_COPY);
	assert_int_equal(e.method, NB_METHOD_EXACT);
}

static void texts_that_share_nothing_and_empty_ones_are_nothing(void **state)
{
	nb_edge e = verify(report, "An entirely different piece about a museum that opens its doors");

	(void)state;
	assert_int_equal(e.relation, NB_RELATION_NONE);
	assert_true(e.jaccard == 0);
	assert_int_equal(e.n_spans, 0);
	assert_int_equal(verify("", "").relation, NB_RELATION_NONE);
	assert_int_equal(verify(report, "...").relation, NB_RELATION_NONE);
}

/* Chinese has no blanks: every character is a token, and a copy is found all the same. */
static void chinese_reprints_are_copies(void **state)
{
	static const char full[] =
		"\xe6\x96\xb0\xe5\x8d\x8e\xe7\xa4\xbe\xe5\x8c\x97\xe4\xba\xac\xe7\x94\xb5\xe6\xb8\xaf"
		"\xe5\x8f\xa3\xe5\xb7\xa5\xe4\xba\xba\xe5\x91\xa8\xe4\xba\x8c\xe6\x99\x9a\xe9\x97\xb4"
		"\xe5\xbc\x80\xe5\xa7\x8b\xe7\xbd\xa2\xe5\xb7\xa5\xe8\xa6\x81\xe6\xb1\x82\xe6\x8f\x90"
		"\xe5\x89\x8d\xe9\x80\x80\xe4\xbc\x91\xe6\xb3\x95\xe9\x99\xa2\xe5\xb0\x86\xe4\xba\x8e"
		"\xe6\x98\x9f\xe6\x9c\x9f\xe5\x9b\x9b\xe5\xbc\x80\xe5\xba\xad\xe5\xae\xa1\xe7\x90\x86";
	char cut[sizeof(full)];

	(void)state;
	memcpy(cut, full, sizeof(full));
	cut[3 * 28] = '\0';
	assert_int_equal(verify(full, cut).relation, NB_RELATION_COPY);
}

static void scores_are_the_exact_set_measures(void **state)
{
	/* six tokens: two shingles each, one of them shared */
	nb_edge e = verify("one two three four five six", "one two three four five seven");

	(void)state;
	assert_int_equal(e.shared, 1);
	assert_true(fabs(e.jaccard - 1.0 / 3) < 1e-12);
	assert_true(fabs(e.containment - 0.5) < 1e-12);
}

static void spans_hold_the_same_text_on_both_sides(void **state)
{
	char *other = replaced(report, "laid down their work", "walked out");
	nb_span span[NB_EDGE_SPANS];
	nb_edge e = verify_apart(report, other, HOUR, span);

	(void)state;
	assert_int_equal(e.n_spans, 2);
	for (uint32_t i = 0; i < e.n_spans; i++) {
		assert_int_equal(span[i].a_len, span[i].b_len);
		assert_memory_equal(report + span[i].a_begin, other + span[i].b_begin,
				    span[i].a_len);
		if (i > 0)
			assert_true(span[i].a_begin >= span[i - 1].a_begin + span[i - 1].a_len);
	}
	free(other);
}

/* Repeated words must cost neither time nor truth. */
static void repetition_is_harmless(void **state)
{
	size_t n = 200000;
	char *text = malloc(4 * n + 1);
	nb_edge e;

	(void)state;
	for (size_t i = 0; i < n; i++)
		memcpy(text + 4 * i, i % 3 ? "bla " : "blo ", 4);
	text[4 * n] = '\0';
	e = verify(text, text + 4);
	assert_true(e.jaccard == 1);
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_same_words_are_an_exact_copy_whatever_the_marks),
		cmocka_unit_test(a_story_cut_from_the_bottom_is_found_by_containment),
		cmocka_unit_test(a_light_edit_is_a_copy),
		cmocka_unit_test(a_corrected_version_is_a_copy),
		cmocka_unit_test(rates_of_two_days_are_a_series),
		cmocka_unit_test(numbers_in_words_tell_a_series),
		cmocka_unit_test(the_only_number_decides_between_days),
		cmocka_unit_test(tables_at_the_end_are_compared),
		cmocka_unit_test(short_texts_are_copies_only_if_equal),
		cmocka_unit_test(texts_that_share_nothing_and_empty_ones_are_nothing),
		cmocka_unit_test(chinese_reprints_are_copies),
		cmocka_unit_test(scores_are_the_exact_set_measures),
		cmocka_unit_test(spans_hold_the_same_text_on_both_sides),
		cmocka_unit_test(repetition_is_harmless),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
