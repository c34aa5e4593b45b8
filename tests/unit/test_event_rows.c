/* SPDX-License-Identifier: MIT
 *
 * test_event_rows.c - events, storylines and their evidence as rows of tables.
 */
#include "published.h"

#include "events/event_set.h"

/*
 * Two days of one storyline, and a report of something else:
 *
 *   0 nl-1  ANP        08:00  Poetin ...      event 0, first
 *   1 en-1  XINHUA     08:10  Putin ...       event 0, most central
 *   2 en-2  XINHUA     08:10  copy of en-1    event 0
 *   3 de-1  dpa        09:00  no title        event 0
 *   4 ru-2  TASS       day 2  reaction        event 1, same storyline
 *   5 zh-1  no agency  no time                event 2
 */
static nb_article report(const char *id, const char *agency, const char *lang, const char *title,
			 const char *text, int64_t time)
{
	return (nb_article){ .id = str(id),	.agency = str(agency), .lang = str(lang),
			     .title = str(title), .text = str(text),	.published_at = time,
			     .source = NB_STR("x.example") };
}

static void add_report(sample *s, nb_article a)
{
	assert_int_equal(nb_night_append(&s->night, &a, NULL), NB_OK);
}

static void add_reports(sample *s)
{
	add_report(s, report("nl-1", "ANP", "nl", "Poetin stelt pact voor",
			     "MOSKOU (ANP) - Poetin wil een pact met de VS.", T0));
	add_report(s, report("en-1", "XINHUA", "en", "Putin proposes pact",
			     "MOSCOW (Xinhua) -- Putin proposed a pact.", T0 + 600));
	add_report(s, report("en-2", "XINHUA", "en", "A pact",
			     "MOSCOW (Xinhua) -- Putin proposed a pact!", T0 + 600));
	add_report(s, report("de-1", "dpa", "de", NULL,
			     "MOSKAU (dpa) - Der russische Praesident Putin schlaegt den USA einen "
			     "Pakt vor, um Angriffe zu verhindern.\nMehr in Kuerze.",
			     T0 + 3600));
	add_report(s, report("ru-2", "TASS", "ru", "Reakciya", "MOSKVA. Putin", T0 + 90000));
	add_report(s, report("zh-1", NULL, "zh", "News", "Other", NB_NO_TIME));
}

/* A term of the report of an article: the first place where `word` stands there. */
static nb_event_term term(const sample *s, uint32_t article, const char *word, float weight,
			  nb_anchor_kind kind)
{
	nb_str text;
	const char *at;

	assert_int_equal(nb_night_text(&s->night, article, NULL, &text), NB_OK);
	at = memmem(text.ptr, text.len, word, strlen(word));
	assert_non_null(at);
	return (nb_event_term){ article, (uint32_t)(at - text.ptr), (uint32_t)strlen(word), weight,
				(uint8_t)kind };
}

static void add_terms(sample *s)
{
	nb_events *e = &s->events;

	e->term = calloc(6, sizeof(*e->term));
	e->term[0] = term(s, 1, "Putin", 0.5f, NB_ANCHOR_NAME);
	e->term[1] = term(s, 0, "MOSKOU", 0.4f, NB_ANCHOR_PLACE);
	e->term[2] = term(s, 1, "pact", 0.3f, NB_ANCHOR_WORD);
	e->term[3] = term(s, 3, "Putin", 0.2f, NB_ANCHOR_NAME); /* the same again */
	e->term[4] = term(s, 4, "Putin", 0.1f, NB_ANCHOR_NAME);
	e->term[5] = term(s, 4, "MOSKVA", 0.1f, NB_ANCHOR_PLACE);
	e->term_at[1] = 4;
	e->term_at[2] = e->term_at[3] = 6;
}

static void add_evidence(sample *s)
{
	nb_events *e = &s->events;

	e->edge = calloc(3, sizeof(*e->edge));
	e->anchor = calloc(1, sizeof(*e->anchor));
	e->n_edges = 3;
	e->edge[0] = (nb_event_edge){ .a = 0, .b = 1, .method = NB_EVENT_ACROSS, .score = 0.75f,
				      .n_anchors = 1 };
	e->anchor[0] = (nb_anchor){ { 15, 6, 19, 5 }, 0.5f, NB_ANCHOR_NAME };
	e->edge[1] = (nb_event_edge){ .a = 1, .b = 4, .method = NB_EVENT_STORY, .score = 0.25f };
	e->edge[2] = (nb_event_edge){ .a = 0, .b = 5, .method = NB_EVENT_RELATED, .score = 0.5f,
				      .words = 0.25f, .entities = 0.5f, .title = 0.125f,
				      .lead = 0.75f };
}

static void make_events(sample *s)
{
	const uint32_t label[] = { 0, 0, 0, 0, 4, 5 };
	const uint8_t role[] = { NB_ROLE_FIRST, NB_ROLE_REPORT, NB_ROLE_COPY,
				 NB_ROLE_TRANSLATION, NB_ROLE_FIRST, NB_ROLE_FIRST };
	const float centrality[] = { 0.25f, 0.75f, 0.75f, 0.5f, 1, 1 };
	nb_events *e = &s->events;

	sample_init(s, 1 << 20, NULL);
	add_reports(s);
	number_articles(s);
	add_edge(s, 1, 2, NB_RELATION_COPY, 0.875, 0.9);
	assert_int_equal(nb_copies_cluster(6, &s->edges, &s->copies), NB_OK);
	assert_int_equal(nb_event_set_init(&s->copies, label, e), NB_OK);
	memcpy(e->role, role, sizeof(role));
	memcpy(e->centrality, centrality, sizeof(centrality));
	e->central[0] = 1;
	e->cohesion[0] = 0.5f;
	e->storyline[1] = 0;
	e->storyline[2] = 1;
	e->n_storylines = 2;
	add_terms(s);
	add_evidence(s);
}

/* The row of an id, whole. */
static void expect_row_of(const char *folder, const char *table, const char *id, const char *want)
{
	nb_rows *r = open_table(folder, table);
	char *begin;
	nb_str row;

	assert_true(asprintf(&begin, "{\"id\":\"%s\"", id) > 0);
	do {
		assert_int_equal(nb_rows_next(r, &row, NULL), NB_OK);
		assert_non_null(row.ptr);
	} while (row.len < strlen(begin) || memcmp(row.ptr, begin, strlen(begin)) != 0);
	if (row.len != strlen(want) || memcmp(row.ptr, want, row.len) != 0)
		fail_msg("got  %.*s\nwant %s", (int)row.len, row.ptr, want);
	free(begin);
	nb_rows_free(r);
}

static void an_event_says_who_had_it_when_and_in_which_language(void **state)
{
	sample s;

	make_events(&s);
	publish(&s, *state, NULL, 0, true);
	expect_row_of(
		*state, "events", "e:nl-1",
		"{\"id\":\"e:nl-1\",\"storyline\":\"s:nl-1\",\"title\":\"Putin proposes pact\","
		"\"titles\":[{\"lang\":\"en\",\"title\":\"Putin proposes pact\"},"
		/* without a title: the first words of the report */
		"{\"lang\":\"de\",\"title\":\"MOSKAU (dpa) - Der russische Praesident Putin "
		"schlaegt den USA einen Pakt vor,\"},"
		"{\"lang\":\"nl\",\"title\":\"Poetin stelt pact voor\"}],"
		"\"central\":\"en-1\",\"first\":{\"id\":\"nl-1\",\"source\":\"x.example\","
		"\"agency\":\"ANP\",\"published_at\":\"2020-09-25T08:00:00Z\"},"
		"\"agencies\":[{\"agency\":\"ANP\",\"n\":1,\"first_at\":\"2020-09-25T08:00:00Z\","
		"\"lag_s\":0},{\"agency\":\"XINHUA\",\"n\":2,\"first_at\":\"2020-09-25T08:10:00Z\","
		"\"lag_s\":600},{\"agency\":\"dpa\",\"n\":1,\"first_at\":\"2020-09-25T09:00:00Z\","
		"\"lag_s\":3600}],\"sources\":[\"x.example\"],\"languages\":[{\"lang\":\"en\",\"n\":2},"
		"{\"lang\":\"de\",\"n\":1},{\"lang\":\"nl\",\"n\":1}],"
		/* the two Putins are one term */
		"\"places\":[\"MOSKOU\"],\"terms\":[\"Putin\",\"pact\"],"
		"\"begin\":\"2020-09-25T08:00:00Z\",\"end\":\"2020-09-25T09:00:00Z\","
		"\"n_articles\":4,\"n_reports\":3,\"cohesion\":0.500000,\"members\":["
		"{\"id\":\"nl-1\",\"role\":\"first\",\"score\":0.250000,\"lang\":\"nl\"},"
		"{\"id\":\"en-1\",\"role\":\"report\",\"score\":0.750000,\"lang\":\"en\"},"
		"{\"id\":\"en-2\",\"role\":\"copy\",\"score\":0.750000,\"lang\":\"en\"},"
		"{\"id\":\"de-1\",\"role\":\"translation\",\"score\":0.500000,\"lang\":\"de\"}],"
		"\"members_cut\":false}");
	sample_release(&s);
}

static void a_report_alone_is_an_event_and_a_storyline(void **state)
{
	sample s;

	make_events(&s);
	publish(&s, *state, NULL, 0, true);
	expect_row_of(*state, "events", "e:zh-1",
		      "{\"id\":\"e:zh-1\",\"storyline\":\"s:zh-1\",\"title\":\"News\","
		      "\"titles\":[{\"lang\":\"zh\",\"title\":\"News\"}],\"central\":\"zh-1\","
		      "\"first\":{\"id\":\"zh-1\",\"source\":\"x.example\",\"agency\":null,"
		      "\"published_at\":null},\"agencies\":[],\"sources\":[\"x.example\"],"
		      "\"languages\":[{\"lang\":\"zh\",\"n\":1}],\"places\":[],\"terms\":[],"
		      "\"begin\":null,\"end\":null,\"n_articles\":1,\"n_reports\":1,"
		      "\"cohesion\":0.000000,\"members\":[{\"id\":\"zh-1\",\"role\":\"first\","
		      "\"score\":1.000000,\"lang\":\"zh\"}],\"members_cut\":false}");
	sample_release(&s);
}

static void a_storyline_lists_its_events_in_the_order_of_time(void **state)
{
	sample s;

	make_events(&s);
	publish(&s, *state, NULL, 0, true);
	expect_row_of(
		*state, "storylines", "s:nl-1",
		"{\"id\":\"s:nl-1\",\"title\":\"Putin proposes pact\",\"agencies\":["
		"{\"agency\":\"ANP\",\"n\":1,\"first_at\":\"2020-09-25T08:00:00Z\",\"lag_s\":0},"
		"{\"agency\":\"XINHUA\",\"n\":2,\"first_at\":\"2020-09-25T08:10:00Z\",\"lag_s\":600},"
		"{\"agency\":\"dpa\",\"n\":1,\"first_at\":\"2020-09-25T09:00:00Z\",\"lag_s\":3600},"
		"{\"agency\":\"TASS\",\"n\":1,\"first_at\":\"2020-09-26T09:00:00Z\",\"lag_s\":90000}],"
		"\"sources\":[\"x.example\"],\"languages\":[{\"lang\":\"en\",\"n\":2},"
		"{\"lang\":\"de\",\"n\":1},{\"lang\":\"nl\",\"n\":1},{\"lang\":\"ru\",\"n\":1}],"
		"\"places\":[\"MOSKOU\",\"MOSKVA\"],\"terms\":[\"Putin\",\"pact\"],"
		"\"begin\":\"2020-09-25T08:00:00Z\",\"end\":\"2020-09-26T09:00:00Z\","
		"\"n_events\":2,\"n_articles\":5,\"events\":["
		"{\"id\":\"e:nl-1\",\"title\":\"Putin proposes pact\","
		"\"begin\":\"2020-09-25T08:00:00Z\",\"n_articles\":4},"
		"{\"id\":\"e:ru-2\",\"title\":\"Reakciya\",\"begin\":\"2020-09-26T09:00:00Z\","
		"\"n_articles\":1}],\"events_cut\":false}");
	sample_release(&s);
}

#define NO_COPY                                                                               \
	"\"jaccard\":null,\"containment\":null,\"shared\":null,\"simhash_distance\":null,"    \
	"\"numbers\":null,\"numbers_differ\":null,\"names\":null,\"names_differ\":null,"      \
	"\"spans\":[],"

/* Copy edges and scored pairs stand in one table; a relation says where the clusters put a pair. */
static void an_edge_shows_its_words(void **state)
{
	sample s;
	nb_rows *r;

	make_events(&s);
	publish(&s, *state, NULL, 0, true);
	r = open_table(*state, "edges");
	expect_row(r, "{\"a\":\"en-1\",\"b\":\"en-2\",\"relation\":\"copy\",\"method\":\"jaccard\","
		      "\"jaccard\":0.875000,\"containment\":0.900000,\"shared\":40,"
		      "\"simhash_distance\":5,\"numbers\":9,\"numbers_differ\":1,\"names\":4,"
		      "\"names_differ\":0,\"spans\":[[0,100,7,101],[200,10,300,10]],"
		      "\"score\":null,\"words\":null,\"entities\":null,\"title\":null,"
		      "\"lead\":null,\"anchors\":[]}");
	expect_row(r, "{\"a\":\"en-1\",\"b\":\"ru-2\",\"relation\":\"storyline\","
		      "\"method\":\"story\"," NO_COPY "\"score\":0.250000,\"words\":null,"
		      "\"entities\":null,\"title\":null,\"lead\":null,\"anchors\":[]}");
	expect_row(r, "{\"a\":\"nl-1\",\"b\":\"en-1\",\"relation\":\"event\","
		      "\"method\":\"across\"," NO_COPY "\"score\":0.750000,\"words\":null,"
		      "\"entities\":null,\"title\":null,\"lead\":null,\"anchors\":["
		      "{\"kind\":\"name\",\"weight\":0.500000,\"a\":\"Poetin\",\"a_begin\":15,"
		      "\"a_len\":6,\"b\":\"Putin\",\"b_begin\":19,\"b_len\":5}]}");
	expect_row(r, "{\"a\":\"nl-1\",\"b\":\"zh-1\",\"relation\":\"near\",\"method\":\"related\","
		      NO_COPY "\"score\":0.500000,\"words\":0.250000,\"entities\":0.500000,"
		      "\"title\":0.125000,\"lead\":0.750000,\"anchors\":[]}");
	expect_row(r, NULL);
	nb_rows_free(r);
	sample_release(&s);
}

/* An event of more members than a row can list, in a storyline of as many events as there are. */
static void giants_list_what_fits(void **state)
{
	uint32_t n = 500000, *label = calloc(n, sizeof(*label));
	char id[100];
	nb_str row;
	nb_rows *r;
	sample s;

	sample_init(&s, (size_t)1 << 30, NULL);
	for (uint32_t i = 0; i < n; i++) {
		sprintf(id, "an-id-that-is-not-short-%06u", i);
		add_article(&s, id, T0, "x");
		label[i] = i < n / 2 ? 0 : i;
	}
	number_articles(&s);
	assert_int_equal(nb_copies_cluster(n, &s.edges, &s.copies), NB_OK);
	assert_int_equal(nb_event_set_init(&s.copies, label, &s.events), NB_OK);
	memset(s.events.storyline, 0, s.events.n_events * sizeof(*s.events.storyline));
	s.events.n_storylines = 1;
	publish(&s, *state, NULL, 0, false);
	r = open_table(*state, "events");
	assert_int_equal(nb_rows_next(r, &row, NULL), NB_OK);
	assert_non_null(memmem(row.ptr, row.len, "\"n_articles\":250000,", 20));
	assert_non_null(memmem(row.ptr, row.len, "\"members_cut\":true}", 19));
	assert_true(row.len < NB_ROW_MAX);
	nb_rows_free(r);
	r = open_table(*state, "storylines");
	assert_int_equal(nb_rows_next(r, &row, NULL), NB_OK);
	assert_non_null(memmem(row.ptr, row.len, "\"n_events\":250001,", 18));
	assert_non_null(memmem(row.ptr, row.len, "\"events_cut\":true}", 18));
	assert_true(row.len < NB_ROW_MAX);
	nb_rows_free(r);
	sample_release(&s);
	free(label);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, folder_setup, folder_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(an_event_says_who_had_it_when_and_in_which_language),
		TEST(a_report_alone_is_an_event_and_a_storyline),
		TEST(a_storyline_lists_its_events_in_the_order_of_time),
		TEST(an_edge_shows_its_words),
		TEST(giants_list_what_fits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
