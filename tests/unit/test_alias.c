/* SPDX-License-Identifier: MIT
 *
 * test_alias.c - which field of whose JSON becomes what, with the traps on the way.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "unit/reading.h"

/* The one article of one JSON object, mapped by `map`. */
static struct reading read_mapped(const char *folder, const char *json, const char *const *map,
				  size_t n_map)
{
	char *path = folder_path(folder, "one.jsonl");
	const char *input = path;
	nb_reader_options o;
	struct reading r;

	folder_write(folder, "one.jsonl", json, strlen(json));
	nb_reader_options_init(&o);
	o.input = &input;
	o.n_input = 1;
	o.map = map;
	o.n_map = n_map;
	r = reading_of(&o);
	free(path);
	return r;
}

static struct reading read_one(void **state, const char *json)
{
	struct reading r = read_mapped(*state, json, NULL, 0);

	if (r.n != 1 || r.n_reject != 0)
		fail_msg("%zu articles, %zu rejects from %s", r.n, r.n_reject, json);
	return r;
}

static void our_own_names(void **state)
{
	struct reading r = read_one(
		state,
		"{\"id\":\"i1\",\"source\":\"ANP site\",\"agency\":\"ANP\",\"version\":\"3\","
		"\"lang\":\"nl\",\"title\":\"Titel\",\"byline\":\"Jan\",\"url\":\"http://x.nl/1\","
		"\"published_at\":\"2020-09-25T07:00:00Z\",\"text\":\"Tekst hier.\"}");
	const nb_article *a = r.article;

	assert_str(a->id, "i1");
	assert_str(a->source, "ANP site");
	assert_str(a->agency, "ANP");
	assert_str(a->version, "3");
	assert_str(a->lang, "nl");
	assert_str(a->title, "Titel");
	assert_str(a->byline, "Jan");
	assert_str(a->url, "http://x.nl/1");
	assert_str(a->published_raw, "2020-09-25T07:00:00Z");
	assert_str(a->text, "Tekst hier.");
	assert_int_equal(a->published_at, 1601017200);
	assert_int_equal(a->date_source, NB_DATE_PUBLISHER);
	assert_int_equal(a->line, 1);
	reading_release(&r);
}

static void news_please(void **state)
{
	struct reading r = read_one(
		state,
		"{\"authors\":[\"A. One\",\"B. Two\"],\"date_download\":\"2021-01-27 10:00:00\","
		"\"date_modify\":\"None\",\"date_publish\":\"2020-09-25 07:00:00\","
		"\"description\":\"short\",\"language\":\"en\",\"maintext\":\"Main text.\","
		"\"source_domain\":\"www.example.com\",\"title\":\"T\",\"title_rss\":null,"
		"\"url\":\"https://www.example.com/a\"}");
	const nb_article *a = r.article;

	assert_str(a->text, "Main text.");
	assert_str(a->byline, "A. One, B. Two");
	assert_str(a->source, "www.example.com");
	assert_int_equal(a->published_at, 1601017200);
	assert_int_equal(a->date_source, NB_DATE_PUBLISHER);
	assert_str(a->id, NULL); /* an address is no id */
	reading_release(&r);
}

/* When it was fetched says nothing about when it was published. */
static void crawl_dates_are_kept_apart(void **state)
{
	static const char *const name[] = {
		"date_download", "crawl_date", "fetch_date", "added",
		"ingested_at",   "filedate",   "WARC-Date",  "crawledAt"
	};

	for (size_t i = 0; i < sizeof(name) / sizeof(name[0]); i++) {
		char json[256];
		struct reading r;

		snprintf(json, sizeof(json),
			 "{\"text\":\"Some text.\",\"%s\":\"2021-01-27T10:00:00Z\","
			 "\"date_publish\":\"None\"}",
			 name[i]);
		r = read_one(state, json);
		assert_int_equal(r.article->published_at, NB_NO_TIME);
		assert_int_equal(r.article->date_source, NB_DATE_CRAWL);
		assert_str(r.article->published_raw, "2021-01-27T10:00:00Z");
		reading_release(&r);
	}
}

static void trafilatura_source_is_an_address(void **state)
{
	struct reading r = read_one(
		state,
		"{\"source\":\"https://news.example.org/x\",\"source-hostname\":\"Example News\","
		"\"hostname\":\"example.org\",\"date\":\"2020-09-25\",\"text\":\"Some text.\","
		"\"raw_text\":\"raw\",\"author\":\"A; B\",\"id\":\"7\"}");
	const nb_article *a = r.article;

	assert_str(a->url, "https://news.example.org/x");
	assert_str(a->source, "Example News");
	assert_str(a->text, "Some text.");
	assert_int_equal(a->date_source, NB_DATE_FEED);
	reading_release(&r);
}

static void event_registry_source_is_an_object(void **state)
{
	struct reading r = read_one(
		state,
		"{\"uri\":\"650432\",\"lang\":\"deu\",\"url\":\"http://z.de/"
		"1\",\"date\":\"2020-09-26\","
		"\"time\":\"01:00:00\",\"dateTime\":\"2020-09-26T01:00:00Z\","
		"\"dateTimePub\":\"2020-09-25T07:00:00Z\",\"title\":\"T\",\"body\":\"Der Text.\","
		"\"source\":{\"uri\":\"z.de\",\"dataType\":\"news\",\"title\":\"Zeitung\"},"
		"\"authors\":[{\"uri\":\"m@z.de\",\"name\":\"M. Muster\"}],\"eventUri\":\"e\"}");
	const nb_article *a = r.article;

	assert_str(a->id, "650432");
	assert_str(a->source, "Zeitung");
	assert_str(a->lang, "de");
	assert_str(a->byline, "M. Muster");
	assert_int_equal(a->published_at, 1601017200);
	assert_int_equal(a->date_source, NB_DATE_PUBLISHER);
	reading_release(&r);
}

static void dolma_and_datatrove(void **state)
{
	struct reading r = read_one(
		state,
		"{\"id\":\"d1\",\"text\":\"Some text.\",\"source\":\"cc-news\","
		"\"added\":\"2023-01-01T00:00:00Z\",\"created\":\"2020-09-25T07:00:00Z\","
		"\"metadata\":{\"url\":\"http://a.b/c\",\"title\":\"Inner\",\"text\":\"no\"}}");
	const nb_article *a = r.article;

	assert_str(a->text, "Some text.");
	assert_str(a->title, "Inner");
	assert_str(a->url, "http://a.b/c");
	assert_str(a->source, "cc-news");
	assert_int_equal(a->published_at, 1601017200);
	assert_int_equal(a->date_source, NB_DATE_FEED);
	reading_release(&r);
}

static void ninjs(void **state)
{
	struct reading r = read_one(
		state,
		"{\"uri\":\"urn:x:1\",\"version\":6,\"versionCreated\":\"2020-09-25T09:00:00+02:"
		"00\","
		"\"firstCreated\":\"2020-09-24T09:00:00+02:00\",\"language\":\"nb-NO\","
		"\"copyrightHolder\":\"NTB\",\"by\":\"NTB-AFP\",\"pubStatus\":\"usable\","
		"\"headlines\":[{\"role\":\"sub\",\"value\":\"No\"},{\"role\":\"main\",\"value\":"
		"\"Yes\"}],"
		"\"bodies\":[{\"role\":\"html\",\"contentType\":\"text/html\",\"value\":\"<p>no</"
		"p>\"},"
		"{\"role\":\"text\",\"contentType\":\"text/plain\",\"value\":\"Plain body.\"}]}");
	const nb_article *a = r.article;

	assert_str(a->id, "urn:x:1");
	assert_str(a->version, "6");
	assert_str(a->lang, "nb");
	assert_str(a->agency, "NTB");
	assert_str(a->byline, "NTB-AFP");
	assert_str(a->title, "Yes");
	assert_str(a->text, "Plain body.");
	assert_int_equal(a->published_at, 1601017200);
	reading_release(&r);

	r = read_one(state,
		     "{\"uri\":\"http://n/1\",\"headline\":\"H\",\"body_xhtml\":\"<p>One &amp; "
		     "<b>two</b></p>\\n<script>no()</script><ul><li>three&#8211;four</li></ul>\"}");
	assert_str(r.article->id, NULL);
	assert_str(r.article->url, "http://n/1");
	assert_str(r.article->text, "One & two\nthree\xe2\x80\x93"
				    "four");
	reading_release(&r);
}

static void fundus_and_feeds(void **state)
{
	struct reading r = read_one(
		state, "{\"title\":\"T\",\"body\":{\"summary\":[\"S "
		       "one.\"],\"sections\":[{\"headline\":[],"
		       "\"paragraphs\":[\"P one.\",\"P two.\"]}]},\"publishing_date\":\"2020-09-25 "
		       "07:00:00+00:00\",\"publisher\":\"Blatt\",\"html\":{\"requested_url\":"
		       "\"http://b/1\"}}");

	assert_str(r.article->text, "S one.\nP one.\nP two.");
	assert_str(r.article->source, "Blatt");
	assert_str(r.article->url, "http://b/1");
	assert_int_equal(r.article->date_source, NB_DATE_PUBLISHER);
	reading_release(&r);

	r = read_one(state, "{\"guid\":\"g9\",\"title\":\"T\",\"link\":\"http://f/"
			    "1\",\"description\":\"Teaser\","
			    "\"pubDate\":\"Fri, 25 Sep 2020 10:00:00 +0300\",\"content:encoded\":"
			    "\"<p>All of it.</p>\",\"dc:creator\":\"C\"}");
	assert_str(r.article->id, "g9");
	assert_str(r.article->text, "All of it.");
	assert_str(r.article->byline, "C");
	assert_int_equal(r.article->published_at, 1601017200);
	assert_int_equal(r.article->date_source, NB_DATE_FEED);
	reading_release(&r);
}

static void database_exports(void **state)
{
	struct reading r = read_one(
		state,
		"{\"_id\":{\"$oid\":\"5f6d\"},\"text\":\"Some text.\",\"published\":{\"$date\":"
		"{\"$numberLong\":\"1601017200000\"}}}");

	assert_str(r.article->id, "5f6d");
	assert_int_equal(r.article->published_at, 1601017200);
	reading_release(&r);

	r = read_one(
		state,
		"{\"_index\":\"n\",\"_id\":\"e1\",\"_source\":{\"title\":\"T\",\"text_content\":"
		"\"Body.\",\"publication_date\":\"2020-09-25\",\"canonical_domain\":\"a.b\"}}");
	assert_str(r.article->id, "e1");
	assert_str(r.article->title, "T");
	assert_str(r.article->text, "Body.");
	assert_str(r.article->source, "a.b");
	reading_release(&r);
}

static void numbers_and_nulls(void **state)
{
	struct reading r = read_one(
		state,
		"{\"id\":123,\"text\":\"Some "
		"text.\",\"date\":1601017200,\"title\":null,\"lang\":\"None\","
		"\"version\":1.5,\"source\":\"null\",\"agency\":[],\"byline\":{},\"url\":false}");
	const nb_article *a = r.article;

	assert_str(a->id, "123");
	assert_str(a->version, "1.5");
	assert_int_equal(a->published_at, 1601017200);
	assert_str(a->title, NULL);
	assert_str(a->lang, NULL);
	assert_str(a->source, NULL);
	assert_str(a->agency, NULL);
	assert_str(a->byline, NULL);
	assert_str(a->url, NULL);
	reading_release(&r);

	r = read_one(state,
		     "{\"id\":18446744073709551615,\"text\":\"x\",\"timestamp\":1601017200.75}");
	assert_str(r.article->id, "18446744073709551615");
	assert_int_equal(r.article->published_at, 1601017200);
	reading_release(&r);
}

/* The best date that can be read; one that cannot is kept as it stood. */
static void dates_that_cannot_be_read(void **state)
{
	struct reading r = read_one(state, "{\"text\":\"x\",\"published_at\":\"yesterday\","
					   "\"date\":\"2020-09-25\"}");

	assert_str(r.article->published_raw, "2020-09-25");
	assert_int_equal(r.article->date_source, NB_DATE_FEED);
	reading_release(&r);

	r = read_one(state,
		     "{\"text\":\"x\",\"published_at\":\"yesterday\",\"added\":\"2020-09-25\"}");
	assert_str(r.article->published_raw, "yesterday");
	assert_int_equal(r.article->published_at, NB_NO_TIME);
	assert_int_equal(r.article->date_source, NB_DATE_NONE);
	reading_release(&r);
}

static void languages(void **state)
{
	static const char *const form[][2] = {
		{ "en", "en" },      { "EN-gb", "en" }, { "pt_BR", "pt" },      { "eng", "en" },
		{ "zho", "zh" },     { "ger", "de" },   { "Dutch", "nl" },      { "uk", "uk" },
		{ "zh-Hans", "zh" }, { "und", NULL },   { "xx", NULL },         { "none", NULL },
		{ "e", NULL },       { "en?", NULL },   { "klingonish", NULL },
	};

	for (size_t i = 0; i < sizeof(form) / sizeof(form[0]); i++) {
		char json[128];
		struct reading r;

		snprintf(json, sizeof(json), "{\"text\":\"x\",\"language\":\"%s\"}", form[i][0]);
		r = read_one(state, json);
		assert_str(r.article->lang, form[i][1]);
		reading_release(&r);
	}
}

/* Answers that stand in test data must not leak into the reading of it. */
static void labels_are_never_looked_at(void **state)
{
	struct reading r = read_one(
		state, "{\"text\":\"x\",\"copy\":\"c\",\"event\":\"e\",\"storyline\":\"s\","
		       "\"topic\":\"t\",\"cluster\":\"k\",\"label\":\"l\"}");
	const nb_article *a = r.article;

	assert_null(a->id.ptr);
	assert_null(a->title.ptr);
	assert_null(a->source.ptr);
	assert_null(a->agency.ptr);
	assert_null(a->version.ptr);
	reading_release(&r);
}

static void the_host_is_a_source(void **state)
{
	struct reading r =
		read_one(state, "{\"text\":\"x\",\"url\":\"https://u@www.example.org:80/a?b\"}");

	assert_str(r.article->source, "example.org");
	reading_release(&r);
}

static void the_caller_map_comes_first(void **state)
{
	static const char *const map[] = { "text=story", "title=meta.head", "date=when", "id=a.b" };
	struct reading r = read_mapped(
		*state,
		"{\"text\":\"no\",\"story\":\"yes\",\"title\":\"no\",\"meta\":{\"head\":"
		"\"Head\"},\"when\":\"2020-09-25\",\"a.b\":\"dotted\",\"id\":\"no\"}\n"
		"{\"text\":\"fallback\",\"title\":\"T\"}",
		map, 4);

	assert_int_equal(r.n, 2);
	assert_str(r.article[0].text, "yes");
	assert_str(r.article[0].title, "Head");
	assert_str(r.article[0].id, "dotted");
	assert_int_equal(r.article[0].date_source, NB_DATE_PUBLISHER);
	assert_str(r.article[1].text, "fallback");
	assert_str(r.article[1].title, "T");
	reading_release(&r);
}

static void bad_map_entries_are_named(void **state)
{
	static const char *const bad[] = { "text", "=x", "text=", "headline=x", "", "Text=x" };

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		const char *input = *state;
		nb_reader_options o;
		nb_reader *r;
		nb_error err;

		nb_reader_options_init(&o);
		o.input = &input;
		o.n_input = 1;
		o.map = &bad[i];
		o.n_map = 1;
		assert_int_equal(nb_reader_new(&o, &r, &err), NB_EINVAL);
		assert_null(r);
		assert_string_equal(err.path, bad[i]);
		assert_non_null(err.reason);
	}
}

#define test(f) cmocka_unit_test_setup_teardown(f, folder_setup, folder_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(our_own_names),
		test(news_please),
		test(crawl_dates_are_kept_apart),
		test(trafilatura_source_is_an_address),
		test(event_registry_source_is_an_object),
		test(dolma_and_datatrove),
		test(ninjs),
		test(fundus_and_feeds),
		test(database_exports),
		test(numbers_and_nulls),
		test(dates_that_cannot_be_read),
		test(languages),
		test(labels_are_never_looked_at),
		test(the_host_is_a_source),
		test(the_caller_map_comes_first),
		test(bad_map_entries_are_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
