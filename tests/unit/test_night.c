/* SPDX-License-Identifier: MIT
 *
 * test_night.c - the columns of a night: what goes in comes out; ids and numbers that depend on the
 * articles alone; texts in memory or in a file.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <omp.h>

#include "newsbraid/night.h"
#include "unit/folder.h"

#define MANY 6000

static nb_str str(const char *s)
{
	return (nb_str){ s, s ? strlen(s) : 0 };
}

static nb_article article(const char *id, int64_t time, const char *text)
{
	return (nb_article){ .id = str(id), .published_at = time, .text = str(text) };
}

static void append(nb_night *night, const nb_article *a)
{
	nb_error err;

	assert_int_equal(nb_night_append(night, a, &err), NB_OK);
}

static void assert_same(nb_str a, nb_str b)
{
	assert_int_equal(a.len, b.len);
	assert_int_equal(a.ptr == NULL, b.ptr == NULL);
	if (a.len)
		assert_memory_equal(a.ptr, b.ptr, a.len);
}

static char *order(nb_night *night, uint32_t *from)
{
	uint32_t own[MANY];
	char *ids = NULL;
	size_t n;
	FILE *f = open_memstream(&ids, &n);
	nb_error err;

	assert_int_equal(nb_night_order(night, from ? from : own, &err), NB_OK);
	for (uint32_t i = 0; i < night->n; i++) {
		nb_str id = nb_night_id(night, i);

		fprintf(f, "%.*s\n", (int)id.len, id.ptr);
	}
	fclose(f);
	return ids;
}

static void what_goes_in_comes_out(void **state)
{
	char title[300], text[40];
	nb_night night;

	(void)state;
	assert_int_equal(nb_night_init(&night, 1 << 20, NULL), NB_OK);
	memset(title, 't', sizeof(title));
	for (uint32_t i = 0; i < MANY; i++) {
		nb_article a =
			article(i % 3 ? "id" : NULL, i % 5 ? (int64_t)i * 1000 : NB_NO_TIME, text);

		snprintf(text, sizeof(text), "text %u", i);
		a.text = str(text);
		a.title = (nb_str){ title, i % 300 };
		a.source = i % 2 ? str("source") : (nb_str){ 0 };
		a.version = (nb_str){ "", 0 }; /* there, but empty */
		a.date_source = i % 5 ? NB_DATE_PUBLISHER : NB_DATE_CRAWL;
		a.located = i % 4 ? str("Den Haag") : (nb_str){ 0 };
		a.subjects = str("sport\npolitics");
		a.origin = i % 2 ? str("text=body") : str("text=content title=headline");
		a.embargo = i % 6 ? (int64_t)i * 77777 : 0;
		a.pub_status = (nb_pub_status)(i % 3);
		a.byte = (uint64_t)i << 40;
		a.file = i * 1000;
		a.line = (uint64_t)i << 33;
		append(&night, &a);
	}
	assert_int_equal(night.n, MANY);
	for (uint32_t i = 0; i < MANY; i++) {
		nb_article a;
		nb_str got;

		nb_night_article(&night, i, &a);
		snprintf(text, sizeof(text), "text %u", i);
		assert_same(a.id, i % 3 ? str("id") : (nb_str){ 0 });
		assert_same(nb_night_id(&night, i), a.id);
		assert_same(a.title, (nb_str){ title, i % 300 });
		assert_same(a.source, i % 2 ? str("source") : (nb_str){ 0 });
		assert_same(a.version, (nb_str){ "", 0 });
		assert_same(a.byline, (nb_str){ 0 });
		assert_same(a.text, (nb_str){ 0 });
		assert_same(a.located, i % 4 ? str("Den Haag") : (nb_str){ 0 });
		assert_same(a.subjects, str("sport\npolitics"));
		assert_same(a.origin, i % 2 ? str("text=body") : str("text=content title=headline"));
		assert_int_equal(a.embargo, i % 6 ? (int64_t)i * 77777 : 0);
		assert_int_equal(a.pub_status, i % 3);
		assert_int_equal(night.pub_status[i], i % 3);
		assert_int_equal(a.byte, (uint64_t)i << 40);
		assert_int_equal(a.file, i * 1000);
		assert_int_equal(a.line, (uint64_t)i << 33);
		assert_int_equal(a.date_source, i % 5 ? NB_DATE_PUBLISHER : NB_DATE_CRAWL);
		assert_int_equal(a.published_at, night.published_at[i]);
		assert_int_equal(night.published_at[i], i % 5 ? (int64_t)i * 1000 : NB_NO_TIME);
		assert_int_equal(night.text_len[i], strlen(text));
		assert_int_equal(nb_night_text(&night, i, NULL, &got), NB_OK);
		assert_same(got, str(text));
	}
	nb_night_release(&night);
}

static void an_empty_night(void **state)
{
	nb_night night;
	char *ids;

	(void)state;
	assert_int_equal(nb_night_init(&night, 0, NULL), NB_OK);
	ids = order(&night, NULL);
	assert_string_equal(ids, "");
	free(ids);
	nb_night_release(&night);
	nb_night_release(&night);
}

static void numbers_follow_time_then_id(void **state)
{
	nb_article a[] = {
		article("unknown b", NB_NO_TIME, "1"),
		article("late", 2000, "2"),
		article("same b", 1000, "3"),
		article("before 1970", -5, "4"),
		article("same a", 1000, "5"),
		article("unknown a", NB_NO_TIME, "6"),
		article("same", 1000, "7"),
	};
	static const uint32_t want[] = { 3, 6, 4, 2, 1, 5, 0 };
	uint32_t from[7];
	nb_night night;
	char *ids;

	(void)state;
	assert_int_equal(nb_night_init(&night, 0, NULL), NB_OK);
	for (int i = 0; i < 7; i++) {
		a[i].line = (uint64_t)i + 1;
		append(&night, &a[i]);
	}
	ids = order(&night, from);
	assert_string_equal(ids, "before 1970\nsame\nsame a\nsame b\nlate\nunknown a\nunknown b\n");
	assert_memory_equal(from, want, sizeof(want));
	for (uint32_t i = 0; i < 7; i++) {
		nb_article got;
		nb_str text;

		nb_night_article(&night, i, &got);
		assert_int_equal(got.line, from[i] + 1);
		assert_int_equal(night.published_at[i], a[from[i]].published_at);
		assert_int_equal(nb_night_text(&night, i, NULL, &text), NB_OK);
		assert_same(text, a[from[i]].text);
	}
	free(ids);
	nb_night_release(&night);
}

/* Nobody is the first who cannot show it: a day alone comes after the hours of that day. */
static void a_day_alone_comes_after_its_hours(void **state)
{
	const int64_t midnight = 1773705600; /* 2026-03-17 */
	nb_article day = article("day", midnight, "a"), dawn = article("dawn", midnight + 60, "b");
	nb_article evening = article("evening", midnight + 86390, "c");
	nb_article next = article("next", midnight + 86400, "d");
	nb_night night;
	char *ids;

	(void)state;
	day.day_only = true;
	assert_int_equal(nb_night_init(&night, 1 << 20, NULL), NB_OK);
	append(&night, &next);
	append(&night, &day);
	append(&night, &evening);
	append(&night, &dawn);
	ids = order(&night, NULL);
	assert_string_equal(ids, "dawn\nevening\nday\nnext\n");
	assert_true(night.day_only[2]);
	assert_int_equal(night.published_at[2], midnight);
	free(ids);
	nb_night_release(&night);
}

static void ids_are_unique_and_kept_where_they_can_be(void **state)
{
	nb_article a[] = {
		article("alone", 1, "x"),  article("twice", 2, "one"), article("twice", 3, "two"),
		article(NULL, 4, "no id"), article(NULL, 5, "equal"),  article(NULL, 5, "equal"),
		article(NULL, 5, "equal"), article("same", 6, "s"),    article("same", 6, "s"),
	};
	nb_night night;
	char *ids, *line, *rest;

	(void)state;
	assert_int_equal(nb_night_init(&night, 0, NULL), NB_OK);
	for (size_t i = 0; i < sizeof(a) / sizeof(a[0]); i++)
		append(&night, &a[i]);
	ids = order(&night, NULL);
	line = strtok_r(ids, "\n", &rest);
	assert_string_equal(line, "alone");
	for (int i = 0; i < 2; i++) {
		line = strtok_r(NULL, "\n", &rest);
		assert_memory_equal(line, "twice~", 6);
		assert_int_equal(strlen(line), 6 + 8);
	}
	line = strtok_r(NULL, "\n", &rest);
	assert_memory_equal(line, "nb-", 3);
	assert_int_equal(strlen(line), 3 + 16);
	line = strtok_r(NULL, "\n", &rest);
	for (int i = 2; i <= 3; i++) { /* nb-X, nb-X.2, nb-X.3 */
		char *next = strtok_r(NULL, "\n", &rest);

		assert_memory_equal(next, line, 19);
		assert_int_equal(next[19], '.');
		assert_int_equal(next[20], '0' + i);
		assert_int_equal(next[21], '\0');
	}
	line = strtok_r(NULL, "\n", &rest);
	assert_memory_equal(line, "same~", 5);
	assert_int_equal(strlen(line), 13);
	line = strtok_r(NULL, "\n", &rest);
	assert_string_equal(line + 13, ".2");
	free(ids);
	nb_night_release(&night);
}

/* Ids that look like made ones do not confuse the making. */
static void made_ids_avoid_those_in_use(void **state)
{
	nb_night night;
	char *first, *second, *taken;
	nb_article a = article(NULL, 1, "text"), b;

	(void)state;
	assert_int_equal(nb_night_init(&night, 0, NULL), NB_OK);
	append(&night, &a);
	first = order(&night, NULL);
	nb_night_release(&night);

	taken = strndup(first, strlen(first) - 1);
	b = article(taken, 2, "another");
	assert_int_equal(nb_night_init(&night, 0, NULL), NB_OK);
	append(&night, &b);
	append(&night, &a);
	second = order(&night, NULL);
	assert_memory_equal(second, taken, strlen(taken));
	assert_memory_equal(second + strlen(taken), ".2\n", 3);
	assert_memory_equal(second + strlen(taken) + 3, taken, strlen(taken));
	free(first);
	free(second);
	free(taken);
	nb_night_release(&night);
}

/* Ids written into results must never change: a golden value. */
static void made_ids_are_for_ever(void **state)
{
	nb_article a = article(NULL, 1601017200, "The report.");
	nb_night night;
	char *ids;

	(void)state;
	a.title = str("Title");
	a.date_source = NB_DATE_PUBLISHER;
	assert_int_equal(nb_night_init(&night, 0, NULL), NB_OK);
	append(&night, &a);
	ids = order(&night, NULL);
	assert_string_equal(ids, "nb-0aba46959a605baf\n");
	free(ids);
	nb_night_release(&night);
}

/* The same articles in any order give the same night. */
static void input_order_does_not_matter(void **state)
{
	static char id[MANY][40], text[MANY][24];
	static nb_article a[MANY];
	uint64_t x = 88172645463325252u;
	char *want = NULL;

	(void)state;
	for (uint32_t i = 0; i < MANY; i++) {
		/* some share an id, some have none, many begin alike, some are equal in all */
		snprintf(id[i], sizeof(id[i]), "https://example.org/%s/%u",
			 i % 2 ? "news" : "sport",
			 i % 11 == 0   ? i % 50
			 : i % 13 == 0 ? i - 1
				       : i);
		snprintf(text[i], sizeof(text[i]), "text %u", i % 17 == 0 ? 0 : i);
		a[i] = article(i % 7 ? id[i] : NULL, i % 3 ? (int64_t)(i % 10) : NB_NO_TIME,
			       text[i]);
		if (i % 17 == 0)
			a[i].published_at = NB_NO_TIME;
	}
	for (int round = 0; round < 5; round++) {
		nb_night night;
		char *got;

		assert_int_equal(nb_night_init(&night, 0, NULL), NB_OK);
		for (uint32_t i = 0; i < MANY; i++)
			append(&night, &a[i]);
		got = order(&night, NULL);
		for (uint32_t i = 1; i < MANY; i++) { /* strictly ascending, so also unique */
			nb_str p = nb_night_id(&night, i - 1), q = nb_night_id(&night, i);
			uint64_t s = (uint64_t)night.published_at[i - 1] - 1 + (UINT64_C(1) << 63);
			uint64_t t = (uint64_t)night.published_at[i] - 1 + (UINT64_C(1) << 63);
			size_t n = p.len < q.len ? p.len : q.len;
			int c = memcmp(p.ptr, q.ptr, n);

			assert_true(s < t || (s == t && (c < 0 || (c == 0 && p.len < q.len))));
		}
		if (want)
			assert_string_equal(got, want);
		else
			want = strdup(got);
		free(got);
		nb_night_release(&night);
		for (uint32_t i = MANY - 1; i > 0; i--) {
			nb_article swap = a[i];
			uint32_t k;

			x ^= x << 13, x ^= x >> 7, x ^= x << 17;
			k = (uint32_t)(x % (i + 1));
			a[i] = a[k];
			a[k] = swap;
		}
	}
	free(want);
}

static void fill_text(char *p, size_t n, uint32_t seed)
{
	for (size_t i = 0; i < n; i++)
		p[i] = (char)('a' + (seed * 31 + i * 7 + (i >> 9)) % 26);
}

/* More texts than memory is allowed: they come back from the file as they were, to any thread. */
static void texts_move_to_a_file(void **state)
{
	enum { N = 900 };
	char *text = malloc(200000);
	uint32_t from[N], len[N];
	nb_night night;
	nb_error err;
	int wrong = 0;

	assert_non_null(text);
	assert_int_equal(nb_night_init(&night, 1, *state), NB_OK);
	for (uint32_t i = 0; i < N; i++) {
		nb_article a = article(NULL, 1000 - (int64_t)i, "");

		len[i] = (i * 7919) % 150000 + 1;
		fill_text(text, len[i], i);
		a.text = (nb_str){ text, len[i] };
		append(&night, &a);
	}
	assert_int_equal(folder_count(*state), 0); /* the file has no name */
	assert_int_equal(nb_night_order(&night, from, &err), NB_OK);
#pragma omp parallel for reduction(+ : wrong)
	for (uint32_t i = 0; i < N; i++) {
		char *buffer = malloc(night.text_len[i]), *want = malloc(night.text_len[i]);
		nb_str got;

		wrong += night.text_len[i] != len[from[i]];
		fill_text(want, night.text_len[i], from[i]);
		wrong += nb_night_text(&night, i, buffer, &got) != NB_OK;
		wrong += memcmp(got.ptr, want, got.len) != 0;
		free(buffer);
		free(want);
	}
	assert_int_equal(wrong, 0);
	nb_night_release(&night);
	free(text);
}

static void a_text_too_long_changes_nothing(void **state)
{
	size_t n = ((size_t)16 << 20) + 1;
	char *text = calloc(n, 1);
	nb_article a = article("a", 1, "x"), big = a;
	nb_night night;
	nb_error err;

	(void)state;
	assert_non_null(text);
	big.text = (nb_str){ text, n };
	assert_int_equal(nb_night_init(&night, 0, NULL), NB_OK);
	append(&night, &a);
	assert_int_equal(nb_night_append(&night, &big, &err), NB_ELIMIT);
	assert_int_equal(night.n, 1);
	big.text.len--;
	append(&night, &big);
	assert_int_equal(night.n, 2);
	nb_night_release(&night);
	free(text);
}

static void no_place_for_the_file(void **state)
{
	char *missing = folder_path(*state, "missing"), *text = calloc(16 << 20, 1);
	nb_article a = article("a", 1, "x");
	nb_night night;
	nb_error err;

	assert_non_null(text);
	a.text = (nb_str){ text, 16 << 20 };
	assert_int_equal(nb_night_init(&night, 1, missing), NB_OK);
	append(&night, &a);
	assert_int_equal(nb_night_append(&night, &a, &err), NB_EIO);
	assert_string_equal(err.path, missing);
	assert_int_equal(night.n, 1);
	nb_night_release(&night);
	free(missing);
	free(text);
}

#define in_folder(f) cmocka_unit_test_setup_teardown(f, folder_setup, folder_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_goes_in_comes_out),
		cmocka_unit_test(an_empty_night),
		cmocka_unit_test(numbers_follow_time_then_id),
		cmocka_unit_test(a_day_alone_comes_after_its_hours),
		cmocka_unit_test(ids_are_unique_and_kept_where_they_can_be),
		cmocka_unit_test(made_ids_avoid_those_in_use),
		cmocka_unit_test(made_ids_are_for_ever),
		cmocka_unit_test(input_order_does_not_matter),
		in_folder(texts_move_to_a_file),
		cmocka_unit_test(a_text_too_long_changes_nothing),
		in_folder(no_place_for_the_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
