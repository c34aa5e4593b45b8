/* SPDX-License-Identifier: MIT
 *
 * test_ninjs.c - agency items in JSON (IPTC ninjs 1.0 to 3.1): which body, which headline, what else
 * is taken, what makes an item invalid, and where it all came from.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "unit/reading.h"

static struct reading read_one(void **state, const char *json)
{
	struct reading r = reading_bytes(*state, "in.json", json, strlen(json));

	if (r.n != 1 || r.n_reject != 0)
		fail_msg("%zu articles, %zu rejects from %s", r.n, r.n_reject, json);
	return r;
}

static void ninjs_1(void **state)
{
	struct reading r = read_one(
		state,
		"{\"uri\":\"urn:newsml:anp.example:20200925:77\",\"type\":\"text\",\"version\":\"3\","
		"\"versioncreated\":\"2020-09-25T09:00:00+02:00\",\"pubstatus\":\"usable\","
		"\"headline\":\"Veerboot <b>vast</b> op zandbank\",\"headline_short\":\"Veerboot\","
		"\"located\":\"Harlingen\",\"byline\":\"Jan de Vries\",\"language\":\"nl-NL\","
		"\"embargoed\":\"2020-09-25T10:00:00Z\","
		"\"subject\":[{\"name\":\"verkeer\",\"code\":\"1\"},{\"name\":\"zee; kust\"}],"
		"\"infosource\":[{\"name\":\"ANP\"}],"
		"\"body_xhtml\":\"<p>De veerboot</p>\",\"body_print\":\"kort\","
		"\"body_text\":\"De veerboot liep vast.\\nNiemand raakte gewond.\"}");
	const nb_article *a = r.article;

	assert_str(a->id, "urn:newsml:anp.example:20200925:77");
	assert_str(a->version, "3");
	assert_str(a->text, "De veerboot liep vast.\nNiemand raakte gewond.");
	assert_str(a->located, "Harlingen");
	assert_str(a->byline, "Jan de Vries");
	assert_str(a->agency, "ANP");
	assert_str(a->lang, "nl");
	assert_str(a->subjects, "verkeer\nzee; kust");
	assert_int_equal(a->published_at, 1601017200);
	assert_int_equal(a->embargo, 1601028000);
	assert_int_equal(a->pub_status, NB_PUB_USABLE);
	assert_str(a->origin,
		   "title=headline text=body_text published=versioncreated id=uri "
		   "agency=infosource version=version lang=language byline=byline located=located "
		   "subjects=subject embargo=embargoed pub_status=pubstatus");
	reading_release(&r);
}

/* What an agency calls its own body is taken where there is no other. */
static void bodies_of_an_agency_s_own(void **state)
{
	static const struct {
		const char *bodies, *text, *origin;
	} form[] = {
		{ "\"body_online\":\"Text for the web.\"", "Text for the web.", "text=body_online" },
		{ "\"body_web_html\":\"<p>One.</p><p>Two.</p>\"", "One.\nTwo.", "text=body_web_html" },
		{ "\"body_html\":\"<p>Long.</p>\",\"body_online\":\"x\"", "Long.", "text=body_html" },
		{ "\"description_caption\":\"A caption.\"", "A caption.",
		  "text=description_caption" },
	};

	for (size_t i = 0; i < sizeof(form) / sizeof(form[0]); i++) {
		char json[300];
		struct reading r;

		snprintf(json, sizeof(json), "{\"uri\":\"u:1\",\"urgency\":4,%s}", form[i].bodies);
		r = read_one(state, json);
		assert_str(r.article->text, form[i].text);
		assert_int_equal(strncmp(r.article->origin.ptr, form[i].origin,
					 strlen(form[i].origin)),
				 0);
		reading_release(&r);
	}
}

/* The main body before teasers, plain text before HTML, by the names of ninjs 2 and of 3. */
static void ninjs_2_and_3(void **state)
{
	static const char *const type[] = { "contenttype", "contentType" };

	for (int i = 0; i < 2; i++) {
		char json[1000];
		struct reading r;

		snprintf(json, sizeof(json),
			 "{\"uri\":\"urn:x:1\",\"%s\":\"2020-09-25T09:00:00+02:00\","
			 "\"%s\":\"withheld\",\"by\":\"Ann\",\"infoSources\":[{\"name\":\"AP\"}],"
			 "\"headlines\":[{\"role\":\"short\",\"value\":\"Fire\"},"
			 "{\"role\":\"main\",\"%s\":\"text/html\",\"value\":\"<h1>Fire in <i>X</i></h1>\"}],"
			 "\"bodies\":[{\"role\":\"teaser\",\"%s\":\"text/plain\",\"value\":\"In short.\"},"
			 "{\"role\":\"main\",\"%s\":\"text/html\",\"value\":\"<p>A &amp; B</p><p>C</p>\"}]}",
			 i ? "versionCreated" : "versioncreated", i ? "pubStatus" : "pubstatus",
			 type[i], type[i], type[i]);
		r = read_one(state, json);
		assert_str(r.article->title, "Fire in X");
		assert_str(r.article->text, "A & B\nC");
		assert_str(r.article->byline, "Ann");
		assert_str(r.article->agency, "AP");
		assert_int_equal(r.article->pub_status, NB_PUB_WITHHELD);
		assert_int_equal(r.article->published_at, 1601017200);
		assert_non_null(strstr(r.article->origin.ptr, "title=headlines[main] text=bodies[main]"));
		reading_release(&r);
	}
}

static void statuses(void **state)
{
	static const struct {
		const char *word;
		nb_pub_status status;
	} form[] = { { "usable", NB_PUB_USABLE },       { "canceled", NB_PUB_CANCELED },
		     { "Cancelled", NB_PUB_CANCELED },  { "stat:withheld", NB_PUB_WITHHELD } };

	for (size_t i = 0; i < sizeof(form) / sizeof(form[0]); i++) {
		char json[200];
		struct reading r;

		snprintf(json, sizeof(json), "{\"uri\":\"u\",\"pubstatus\":\"%s\",\"body_text\":\"T\"}",
			 form[i].word);
		r = read_one(state, json);
		assert_int_equal(r.article->pub_status, form[i].status);
		reading_release(&r);
	}
}

static void invalid_items_are_rejects_that_say_why(void **state)
{
	static const struct {
		const char *json, *detail;
		nb_reject_reason reason;
	} form[] = {
		{ "{\"uri\":\"u\",\"type\":\"rumour\"}", "ninjs: type is none of those it may be",
		  NB_REJECT_MALFORMED },
		{ "{\"uri\":\"u\",\"urgency\":0.1}", "ninjs: urgency is no number from 1 to 9",
		  NB_REJECT_MALFORMED },
		{ "{\"uri\":\"u\",\"headline\":\"H\",\"contentcreated\":[]}",
		  "ninjs: contentcreated is no date", NB_REJECT_MALFORMED },
		{ "{\"uri\":\"u\",\"urgency\":4,\"body_text\":\"T\",\"body_x\":{\"a\":1}}",
		  "ninjs: a body is no string", NB_REJECT_MALFORMED },
		{ "{\"uri\":7,\"urgency\":4,\"body_text\":\"T\"}", "ninjs: uri is no string",
		  NB_REJECT_MALFORMED },
		{ "{\"uri\":\"u\",\"pubstatus\":\"maybe\",\"body_text\":\"T\"}",
		  "ninjs: pubstatus is not usable, withheld or canceled", NB_REJECT_MALFORMED },
		{ "{\"uri\":\"u\",\"bodies\":{\"value\":\"T\"}}",
		  "ninjs: bodies is no array of objects", NB_REJECT_MALFORMED },
		{ "{\"standard\":{\"name\":\"ninjs\"}}", "no field holds a text, and none a title",
		  NB_REJECT_NO_TEXT },
		{ "{}", "no field holds a text, and none a title", NB_REJECT_NO_TEXT },
	};

	for (size_t i = 0; i < sizeof(form) / sizeof(form[0]); i++) {
		struct reading r = reading_json(*state, form[i].json);

		assert_int_equal(r.n, 0);
		assert_int_equal(r.n_reject, 1);
		assert_string_equal(nb_reject_reason_name(r.reject[0].reason),
				    nb_reject_reason_name(form[i].reason));
		assert_str(r.reject[0].detail, form[i].detail);
		reading_release(&r);
	}
}

/* An urgency nobody can use costs no article; neither do other people's uri and type. */
static void harmless_faults(void **state)
{
	static const char *const json[] = {
		"{\"uri\":\"u\",\"urgency\":\"high\",\"body_text\":\"T\"}",
		"{\"uri\":\"8-1\",\"type\":\"blog post\",\"title\":\"T\",\"body\":\"T\"}",
		"{\"uri\":\"u\",\"pubstatus\":null,\"agency_s_own\":{\"x\":[1]},\"body_text\":\"T\"}",
	};

	for (size_t i = 0; i < sizeof(json) / sizeof(json[0]); i++) {
		struct reading r = read_one(state, json[i]);

		reading_release(&r);
	}
}

/* The samples that IPTC gives: what is valid and holds a text is an article, what is valid and holds
 * none says so, what is invalid is a reject. */
static void samples_of_iptc(void **state)
{
	static const char *const without_text[] = { "1.0_001_simplest_file.json",
						    "1.0_017_versioncreated_date_only.json",
						    "3.1_001_good_digital_source.json" };
	const char *data = getenv("NEWSBRAID_SETS");
	char valid[512], invalid[512];
	struct reading r;

	(void)state;
	snprintf(valid, sizeof(valid), "%s/formats/ninjs/valid", data ? data : ".");
	snprintf(invalid, sizeof(invalid), "%s/formats/ninjs/invalid", data ? data : ".");
	if (access(valid, R_OK) != 0) {
		print_message("%s is absent: see NEWSBRAID_SETS\n", valid);
		skip();
	}
	r = reading_path(valid);
	assert_int_equal(r.n + r.n_reject, r.n_files);
	for (size_t i = 0; i < r.n_reject; i++) {
		const char *path = r.file[r.reject[i].file].path;
		bool known = false;

		for (size_t k = 0; k < 3; k++)
			known |= strstr(path, without_text[k]) != NULL;
		if (!known || r.reject[i].reason != NB_REJECT_NO_TEXT)
			fail_msg("%s: %.*s", path, (int)r.reject[i].detail.len,
				 r.reject[i].detail.ptr);
	}
	assert_int_equal(r.n_reject, 3);
	reading_release(&r);
	r = reading_path(invalid);
	assert_int_equal(r.n, 0);
	assert_int_equal(r.n_reject, r.n_files);
	reading_release(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(ninjs_1, folder_setup, folder_teardown),
		cmocka_unit_test_setup_teardown(bodies_of_an_agency_s_own, folder_setup,
						folder_teardown),
		cmocka_unit_test_setup_teardown(ninjs_2_and_3, folder_setup, folder_teardown),
		cmocka_unit_test_setup_teardown(statuses, folder_setup, folder_teardown),
		cmocka_unit_test_setup_teardown(invalid_items_are_rejects_that_say_why,
						folder_setup, folder_teardown),
		cmocka_unit_test_setup_teardown(harmless_faults, folder_setup, folder_teardown),
		cmocka_unit_test_setup_teardown(samples_of_iptc, folder_setup, folder_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
