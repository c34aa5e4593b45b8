/* SPDX-License-Identifier: MIT
 *
 * test_publish_rows.c - the tables of a night: what stands in a row, and in which order rows stand.
 */
#include <errno.h>
#include <omp.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "published.h"

/* ---- what stands in a row -------------------------------------------------------------------- */

/* An ANP dispatch, a reprint of it an hour later, a cut one without a date, and a single piece. */
static void four_articles(sample *s)
{
	nb_article anp = {
		.id = NB_STR("z-anp"), .source = NB_STR("nu.nl"), .agency = NB_STR("ANP"),
		.version = NB_STR("2"), .lang = NB_STR("nl"), .title = NB_STR("Poetin \"pact\""),
		.byline = NB_STR("ANP"), .url = NB_STR("https://nu.nl/1"),
		.located = NB_STR("Moskou"), .subjects = NB_STR("politiek\noorlog, conflict"),
		.origin = NB_STR("title=headline"), .embargo = T0, .pub_status = NB_PUB_WITHHELD,
		.published_raw = NB_STR("25 sep 2020"), .text = NB_STR("MOSKOU (ANP) -\nPoetin"),
		.published_at = T0, .date_source = NB_DATE_PUBLISHER,
	};
	nb_article reprint = {
		.id = NB_STR("b-reprint"), .source = NB_STR("ad.nl"), .lang = NB_STR("nl"),
		.text = NB_STR("Poetin wil een pact"), .published_at = T0 + 3600,
		.date_source = NB_DATE_FEED,
	};

	sample_init(s, 1 << 20, NULL);
	assert_int_equal(nb_night_append(&s->night, &anp, NULL), NB_OK);
	assert_int_equal(nb_night_append(&s->night, &reprint, NULL), NB_OK);
	add_article(s, "cut", NB_NO_TIME, "Poetin wil");
	add_article(s, "single", T0 + 60, "Iets anders");
	number_articles(s); /* z-anp, single, b-reprint, cut */
	add_edge(s, 0, 1, NB_RELATION_SERIES, 0.5, 0.6);
	add_edge(s, 0, 2, NB_RELATION_COPY, 0.875, 0.9);
	add_edge(s, 0, 3, NB_RELATION_COPY, 0.25, 1);
	add_edge(s, 2, 3, NB_RELATION_COPY, 0.25, 1);
}

static void rows_of_articles(void **state)
{
	sample s;
	nb_rows *r;

	four_articles(&s);
	publish(&s, *state, NULL, 0, true);
	r = open_table(*state, "articles");
	expect_row(r, "{\"id\":\"b-reprint\",\"copy\":\"c:z-anp\",\"role\":\"copy\","
		      "\"score\":0.900000,\"copy_of\":\"z-anp\","
		      "\"event\":\"e:z-anp\",\"storyline\":\"s:z-anp\",\"event_role\":\"copy\",\"centrality\":1.000000,"
		      "\"source\":\"ad.nl\","
		      "\"agency\":null,\"credits\":[],\"version\":null,\"lang\":\"nl\",\"lang_source\":\"field\","
		      "\"published_at\":\"2020-09-25T09:00:00Z\",\"published_precision\":\"second\",\"published_raw\":null,"
		      "\"date_source\":\"feed\",\"title\":null,\"byline\":null,\"url\":null,"
		      "\"located\":null,\"subjects\":[],\"pub_status\":\"usable\","
		      "\"embargo\":null,\"origin\":null,"
		      "\"n_tokens\":7,\"n_shingles\":3,\"text_bytes\":19,\"cut_bytes\":0}");
	expect_row(r, "{\"id\":\"cut\",\"copy\":\"c:z-anp\",\"role\":\"copy\","
		      "\"score\":1.000000,\"copy_of\":\"z-anp\","
		      "\"event\":\"e:z-anp\",\"storyline\":\"s:z-anp\",\"event_role\":\"copy\",\"centrality\":1.000000,"
		      "\"source\":null,"
		      "\"agency\":null,\"credits\":[],\"version\":null,\"lang\":null,\"lang_source\":null,"
		      "\"published_at\":null,\"published_precision\":null,\"published_raw\":null,"
		      "\"date_source\":\"none\",\"title\":null,\"byline\":null,\"url\":null,"
		      "\"located\":null,\"subjects\":[],\"pub_status\":\"usable\","
		      "\"embargo\":null,\"origin\":null,"
		      "\"n_tokens\":7,\"n_shingles\":3,\"text_bytes\":10,\"cut_bytes\":0}");
	expect_row(r, "{\"id\":\"single\",\"copy\":\"c:single\",\"role\":\"single\","
		      "\"score\":null,\"copy_of\":null,"
		      "\"event\":\"e:single\",\"storyline\":\"s:single\",\"event_role\":\"first\",\"centrality\":1.000000,"
		      "\"source\":null,"
		      "\"agency\":null,\"credits\":[],\"version\":null,\"lang\":null,\"lang_source\":null,"
		      "\"published_at\":\"2020-09-25T08:01:00Z\",\"published_precision\":\"second\",\"published_raw\":null,"
		      "\"date_source\":\"none\",\"title\":null,\"byline\":null,\"url\":null,"
		      "\"located\":null,\"subjects\":[],\"pub_status\":\"usable\","
		      "\"embargo\":null,\"origin\":null,"
		      "\"n_tokens\":7,\"n_shingles\":3,\"text_bytes\":11,\"cut_bytes\":0}");
	expect_row(r, "{\"id\":\"z-anp\",\"copy\":\"c:z-anp\",\"role\":\"leader\","
		      "\"score\":null,\"copy_of\":null,"
		      "\"event\":\"e:z-anp\",\"storyline\":\"s:z-anp\",\"event_role\":\"first\",\"centrality\":1.000000,"
		      "\"source\":\"nu.nl\","
		      "\"agency\":\"ANP\",\"credits\":[],\"version\":\"2\",\"lang\":\"nl\",\"lang_source\":\"field\","
		      "\"published_at\":\"2020-09-25T08:00:00Z\","
		      "\"published_precision\":\"second\",\"published_raw\":\"25 sep 2020\",\"date_source\":\"publisher\","
		      "\"title\":\"Poetin \\\"pact\\\"\",\"byline\":\"ANP\","
		      "\"url\":\"https://nu.nl/1\",\"located\":\"Moskou\","
		      "\"subjects\":[\"politiek\",\"oorlog, conflict\"],\"pub_status\":\"withheld\","
		      "\"embargo\":\"2020-09-25T08:00:00Z\",\"origin\":\"title=headline\","
		      "\"n_tokens\":7,\"n_shingles\":3,\"text_bytes\":21,\"cut_bytes\":0}");
	expect_row(r, NULL);
	nb_rows_free(r);
	sample_release(&s);
}

static void rows_of_copies(void **state)
{
	sample s;
	nb_rows *r;

	four_articles(&s);
	publish(&s, *state, NULL, 0, true);
	r = open_table(*state, "copies");
	expect_row(r, "{\"id\":\"c:z-anp\",\"leader\":\"z-anp\",\"title\":\"Poetin \\\"pact\\\"\","
		      "\"n_articles\":3,\"n_sources\":2,\"sources\":[\"ad.nl\",\"nu.nl\"],"
		      "\"n_langs\":1,\"langs\":[\"nl\"],\"n_agencies\":1,\"agencies\":[\"ANP\"],"
		      "\"first_published_at\":\"2020-09-25T08:00:00Z\","
		      "\"last_published_at\":\"2020-09-25T09:00:00Z\",\"members\":["
		      "{\"id\":\"z-anp\",\"method\":null,\"jaccard\":null,\"containment\":null,"
		      "\"lag_s\":0},"
		      "{\"id\":\"b-reprint\",\"method\":\"jaccard\",\"jaccard\":0.875000,"
		      "\"containment\":0.900000,\"lag_s\":3600},"
		      "{\"id\":\"cut\",\"method\":\"jaccard\",\"jaccard\":0.250000,"
		      "\"containment\":1.000000,\"lag_s\":null}],\"n_members_listed\":3}");
	expect_row(r, NULL);
	nb_rows_free(r);
	sample_release(&s);
}

static void rows_of_edges_and_texts(void **state)
{
	sample s;
	nb_rows *r;

	four_articles(&s);
	publish(&s, *state, NULL, 0, true);
	r = open_table(*state, "edges");
	expect_row(r, "{\"a\":\"b-reprint\",\"b\":\"cut\",\"relation\":\"copy\","
		      "\"method\":\"jaccard\",\"jaccard\":0.250000,\"containment\":1.000000,"
		      "\"shared\":40,\"simhash_distance\":5,\"numbers\":9,\"numbers_differ\":1,\"names\":4,\"names_differ\":0,"
		      "\"spans\":[[0,100,7,101],[200,10,300,10]],"
		      "\"score\":null,\"words\":null,\"entities\":null,\"title\":null,"
		      "\"lead\":null,\"anchors\":[]}");
	expect_row(r, "{\"a\":\"z-anp\",\"b\":\"b-reprint\",\"relation\":\"copy\","
		      "\"method\":\"jaccard\",\"jaccard\":0.875000,\"containment\":0.900000,"
		      "\"shared\":40,\"simhash_distance\":5,\"numbers\":9,\"numbers_differ\":1,\"names\":4,\"names_differ\":0,"
		      "\"spans\":[[0,100,7,101],[200,10,300,10]],"
		      "\"score\":null,\"words\":null,\"entities\":null,\"title\":null,"
		      "\"lead\":null,\"anchors\":[]}");
	nb_rows_free(r);
	r = open_table(*state, "texts");
	expect_row(r, "{\"id\":\"b-reprint\",\"title\":null,\"text\":\"Poetin wil een pact\","
		      "\"cut\":[],\"text_cut\":false}");
	expect_row(r, "{\"id\":\"cut\",\"title\":null,\"text\":\"Poetin wil\",\"cut\":[],\"text_cut\":false}");
	expect_row(r, "{\"id\":\"single\",\"title\":null,\"text\":\"Iets anders\","
		      "\"cut\":[],\"text_cut\":false}");
	expect_row(r, "{\"id\":\"z-anp\",\"title\":\"Poetin \\\"pact\\\"\","
		      "\"text\":\"MOSKOU (ANP) -\\nPoetin\",\"cut\":[],\"text_cut\":false}");
	expect_row(r, NULL);
	nb_rows_free(r);
	sample_release(&s);
}

static void rows_of_rejects_in_input_order(void **state)
{
	const nb_reject reject[] = {
		{ NB_REJECT_TOO_LONG, 1, 12, 3456, 1, NB_STR("line of 70 MB"),
		  NB_STR("{\"id\": 1") },
		{ NB_REJECT_UNREADABLE, 0, 0, 0, 7, { 0 }, { 0 } },
	};
	sample s;
	nb_rows *r;

	four_articles(&s);
	publish(&s, *state, reject, 2, true);
	r = open_table(*state, "rejects");
	/* file names may hold any byte, JSON may not: Windows-1252 is what such bytes mostly are */
	expect_row(r, "{\"file\":\"b\xc3\xbf.jsonl\",\"line\":12,\"byte\":3456,"
		      "\"reason\":\"too-long\",\"count\":1,\"detail\":\"line of 70 MB\","
		      "\"sample\":\"{\\\"id\\\": 1\"}");
	expect_row(r, "{\"file\":\"a.jsonl\",\"line\":null,\"byte\":0,\"reason\":\"unreadable\","
		      "\"count\":7,\"detail\":null,\"sample\":null}");
	expect_row(r, NULL);
	nb_rows_free(r);
	sample_release(&s);
}

static void info_in_the_order_of_the_header(void **state)
{
	static const char *const names[NB_TABLES] = {
		"articles.jsonl.zst", "copies.jsonl.zst", "events.jsonl.zst", "storylines.jsonl.zst",
		"edges.jsonl.zst",    "texts.jsonl.zst",  "rejects.jsonl.zst"
	};
	const uint64_t rows[NB_TABLES] = { 4, 1, 2, 2, 4, 4, 0 };
	char *out = folder_path(*state, "out");
	sample s;

	four_articles(&s);
	publish(&s, *state, NULL, 0, true);
	for (size_t i = 0; i < NB_TABLES; i++) {
		assert_string_equal(s.info[i].name, names[i]);
		assert_int_equal(s.info[i].rows, rows[i]);
		assert_true(folder_has(out, names[i]));
	}
	/* texts can be left out; then they are not in the manifest either */
	publish(&s, *state, NULL, 0, false);
	assert_false(folder_has(out, "texts.jsonl.zst"));
	assert_string_equal(s.info[5].name, "");
	sample_release(&s);
	free(out);
}

static void an_empty_night_has_empty_tables(void **state)
{
	char *out = folder_path(*state, "out");
	sample s;

	sample_init(&s, 0, NULL);
	number_articles(&s);
	publish(&s, *state, NULL, 0, true);
	assert_int_equal(folder_count(out), NB_TABLES + 2); /* _SUCCESS, manifest.json */
	for (size_t i = 0; i < NB_TABLES; i++)
		assert_int_equal(s.info[i].rows, 0);
	sample_release(&s);
	free(out);
}

/* ---- order ----------------------------------------------------------------------------------- */

static uint64_t next_random(uint64_t *x)
{
	uint64_t z = *x += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

/* Ids as they come: numbers, long common beginnings, one the beginning of the other, high bytes. */
static void random_id(uint64_t *seed, unsigned i, char out[100])
{
	static const char *const begin[] = { "", "a", "aaaaaaaa", "https://www.example.com/2020/",
					     "\xd0\x9f\xd1\x83\xd1\x82", "aaaaaaaaaaaaaaaaa" };

	sprintf(out, "%s%.*s%u", begin[next_random(seed) % 6], (int)(next_random(seed) % 30),
		"//////////////////////////////", i);
}

/* The string value of a key in a row that has no escapes. */
static void value_of(nb_str row, const char *key, char out[100])
{
	const char *at = memmem(row.ptr, row.len, key, strlen(key));

	assert_non_null(at);
	assert_int_equal(sscanf(at + strlen(key), "%99[^\"]", out), 1);
}

/* Every row's (key, second key) is above the one before, in byte order. */
static void expect_ascending(const char *folder, const char *table, const char *first,
			     const char *second, size_t n)
{
	nb_rows *r = open_table(folder, table);
	char last[2][100] = { "", "" }, now[2][100];
	size_t rows = 0;
	nb_str row;

	for (;; rows++) {
		int order;

		assert_int_equal(nb_rows_next(r, &row, NULL), NB_OK);
		if (!row.ptr)
			break;
		value_of(row, first, now[0]);
		value_of(row, second, now[1]);
		order = strcmp(last[0], now[0]);
		assert_true(order < 0 || (order == 0 && strcmp(last[1], now[1]) < 0));
		memcpy(last, now, sizeof(now));
	}
	assert_int_equal(rows, n);
	nb_rows_free(r);
}

static void many_articles(sample *s, uint32_t n, size_t text_memory, const char *tmp_dir)
{
	uint64_t seed = 3;

	sample_init(s, text_memory, tmp_dir);
	for (uint32_t i = 0; i < n; i++) {
		char id[100], text[300];
		uint64_t r = next_random(&seed);
		size_t len;

		random_id(&seed, i, id);
		memset(text, '.', sizeof(text));
		len = (size_t)sprintf(text, "text %u", i);
		text[len] = ' ';
		text[len + r % 200 + 1] = '\0';
		add_article(s, id, r % 10 ? T0 + (int64_t)(r >> 40) : NB_NO_TIME, text);
	}
	number_articles(s);
	for (uint32_t b = 1; b < n; b++)
		if (next_random(&seed) % 4 == 0)
			add_edge(s, (uint32_t)(next_random(&seed) % b), b, NB_RELATION_COPY, 0.5,
				 0.75);
}

static void rows_are_sorted_by_id(void **state)
{
	sample s;

	many_articles(&s, 30000, (size_t)1 << 30, NULL);
	publish(&s, *state, NULL, 0, true);
	expect_ascending(*state, "articles", "\"id\":\"", "\"copy\":\"", 30000);
	expect_ascending(*state, "texts", "\"id\":\"", "\"text\":\"", 30000);
	expect_ascending(*state, "copies", "\"id\":\"", "\"leader\":\"", s.copies.n_groups);
	expect_ascending(*state, "edges", "\"a\":\"", "\"b\":\"", s.edges.n);
	sample_release(&s);
}

static void same_bytes_for_any_threads_and_text_store(void **state)
{
	nb_table_info first[NB_TABLES];
	int before = omp_get_max_threads();
	sample s;

	many_articles(&s, 5000, (size_t)1 << 30, NULL);
	omp_set_num_threads(1);
	publish(&s, *state, NULL, 0, true);
	memcpy(first, s.info, sizeof(first));
	for (int threads = 2; threads <= 7; threads += 5) {
		omp_set_num_threads(threads);
		publish(&s, *state, NULL, 0, true);
		assert_memory_equal(s.info, first, sizeof(first));
	}
	sample_release(&s);
	many_articles(&s, 5000, 1000, *state); /* texts in a file */
	publish(&s, *state, NULL, 0, true);
	assert_memory_equal(s.info, first, sizeof(first));
	sample_release(&s);
	omp_set_num_threads(before);
}

/* Whichever write fails, every thread comes home, and the error with it. */
static void a_full_disk_stops_all_threads(void **state)
{
	char *path = folder_path(*state, "out");
	nb_publish_options options;
	bool reached = true;
	sample s;

	many_articles(&s, 30000, (size_t)1 << 30, NULL);
	publish(&s, *state, NULL, 0, true); /* makes the groups */
	nb_publish_options_init(&options);
	for (uint64_t n = 24; reached; n += 3) { /* behind what nb_output_new does */
		nb_faults faults = { .fail_at = n, .error = ENOSPC, .stays = true };
		nb_published p = { &s.night, &s.sketches, &s.edges, &s.copies, NULL, &s.events };
		nb_status status;
		nb_error err;
		nb_output *o;

		assert_int_equal(nb_output_new_faults(path, NULL, &faults, &o, NULL), NB_OK);
		status = nb_publish_tables(o, &p, &options, s.info, &err);
		reached = faults.calls >= n;
		assert_int_equal(status, reached ? NB_EIO : NB_OK);
		assert_true(!reached || err.sys_errno == ENOSPC);
		nb_output_free(o);
	}
	assert_int_equal(folder_count(*state), 1);
	sample_release(&s);
	free(path);
}

/* ---- limits ---------------------------------------------------------------------------------- */

/* 16 MiB of line feeds would be 32 MiB in JSON. */
static void long_texts_are_cut_and_say_so(void **state)
{
	size_t len = (size_t)16 << 20;
	char *text = malloc(len + 1);
	nb_str row;
	nb_rows *r;
	sample s;

	memset(text, '\n', len);
	text[len] = '\0';
	sample_init(&s, (size_t)1 << 30, NULL);
	add_article(&s, "a", T0, text);
	for (size_t i = 0; i + 1 < len; i += 2)
		memcpy(text + i, "\xc3\xa9", 2);
	add_article(&s, "b", T0, text);
	add_article(&s, "c", T0, "short");
	number_articles(&s);
	publish(&s, *state, NULL, 0, true);
	r = open_table(*state, "texts");
	for (int i = 0; i < 2; i++) {
		const char *end = "\",\"cut\":[],\"text_cut\":true}";

		assert_int_equal(nb_rows_next(r, &row, NULL), NB_OK);
		assert_true(row.len > (size_t)13 << 20 && row.len < NB_ROW_MAX);
		end = row.ptr + row.len - strlen(end);
		assert_memory_equal(end, "\",\"cut\":[],\"text_cut\":true}", 27);
		assert_memory_equal(end - 2, i ? "\xc3\xa9" : "\\n", 2); /* whole characters */
	}
	expect_row(r, "{\"id\":\"c\",\"title\":null,\"text\":\"short\",\"cut\":[],\"text_cut\":false}");
	nb_rows_free(r);
	sample_release(&s);
	free(text);
}

/* Every string as long as it can be, all of them control characters: six times as long in JSON. */
static void no_metadata_makes_a_row_too_long(void **state)
{
	size_t len = (size_t)3 << 20;
	char *long_text = malloc(len);
	nb_str x = { long_text, len }, row;
	nb_reject reject = { NB_REJECT_JSON, 0, 1, 0, 1, x, x };
	const char *const tables[NB_TABLES] = { "articles", "copies", "events", "storylines",
						"edges",    "texts",  "rejects" };
	sample s;

	memset(long_text, '\x01', len);
	sample_init(&s, (size_t)1 << 30, NULL);
	for (int i = 0; i < 20; i++) {
		nb_article a = {
			.id = x, .source = x, .agency = x, .version = x, .lang = x, .title = x,
			.byline = x, .url = x, .published_raw = x, .located = x, .subjects = x,
			.origin = x, .text = x, .published_at = T0 + i,
			.date_source = NB_DATE_FEED, .line = 1,
		};

		if (i >= 2) {
			a.lang = a.title = a.byline = a.url = (nb_str){ 0 };
			a.published_raw = a.version = a.agency = (nb_str){ 0 };
			a.located = a.subjects = a.origin = (nb_str){ 0 };
			a.text.len = 1;
		}
		a.source.len = len - (size_t)i;
		a.id.len = len - (size_t)i;
		assert_int_equal(nb_night_append(&s.night, &a, NULL), NB_OK);
	}
	number_articles(&s);
	for (uint32_t b = 1; b < 20; b++)
		add_edge(&s, 0, b, NB_RELATION_COPY, 0.5, 0.75);
	publish(&s, *state, &reject, 1, true);
	for (size_t i = 0; i < NB_TABLES; i++) {
		nb_rows *r = open_table(*state, tables[i]);

		do
			assert_int_equal(nb_rows_next(r, &row, NULL), NB_OK);
		while (row.ptr);
		nb_rows_free(r);
	}
	sample_release(&s);
	free(long_text);
}

/* A group of more members than a row can list. */
static void a_giant_group_lists_what_fits(void **state)
{
	uint32_t n = 200000;
	char id[100];
	nb_str row;
	nb_rows *r;
	sample s;
	unsigned listed;
	const char *at;

	sample_init(&s, (size_t)1 << 30, NULL);
	for (uint32_t i = 0; i < n; i++) {
		sprintf(id, "an-id-that-is-not-short-%06u", i);
		add_article(&s, id, T0, "x");
	}
	number_articles(&s);
	for (uint32_t b = 1; b < n; b++)
		add_edge(&s, 0, b, NB_RELATION_COPY, 1, 1);
	publish(&s, *state, NULL, 0, false);
	r = open_table(*state, "copies");
	assert_int_equal(nb_rows_next(r, &row, NULL), NB_OK);
	assert_non_null(memmem(row.ptr, row.len, "\"n_articles\":200000,", 20));
	at = memmem(row.ptr, row.len, "\"n_members_listed\":", 19);
	assert_non_null(at);
	assert_int_equal(sscanf(at + 19, "%u", &listed), 1);
	assert_true(listed > 100000 && listed < n);
	expect_row(r, NULL);
	nb_rows_free(r);
	sample_release(&s);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, folder_setup, folder_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(rows_of_articles),
		TEST(rows_of_copies),
		TEST(rows_of_edges_and_texts),
		TEST(rows_of_rejects_in_input_order),
		TEST(info_in_the_order_of_the_header),
		TEST(an_empty_night_has_empty_tables),
		TEST(rows_are_sorted_by_id),
		TEST(same_bytes_for_any_threads_and_text_store),
		TEST(a_full_disk_stops_all_threads),
		TEST(long_texts_are_cut_and_say_so),
		TEST(no_metadata_makes_a_row_too_long),
		TEST(a_giant_group_lists_what_fits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
