/* SPDX-License-Identifier: MIT
 *
 * fuzz_clean.c - any bytes as a page: the spans that are cut are sound, nothing is lost, and what
 * is read off it (credits, headline, language) is sound too.
 *
 * The first line is the title.
 */
#include <stdlib.h>
#include <string.h>

#include "newsbraid/clean.h"
#include "newsbraid/langid.h"
#include "newsbraid/utf8.h"
#include "text/line_forms.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(int holds)
{
	if (!holds)
		abort();
}

static int is_boundary(nb_str text, size_t at)
{
	return at == text.len || ((unsigned char)text.ptr[at] & 0xC0) != 0x80;
}

static void check_cuts(nb_str text, const nb_cleaned *out)
{
	size_t at = 0, cut = 0;

	check(out->n_cuts <= NB_CUTS_MAX);
	for (uint32_t i = 0; i < out->n_cuts; i++) {
		const nb_cut *c = &out->cut[i];

		check(c->begin >= at && c->begin < c->end && c->end <= text.len);
		check(is_boundary(text, c->begin) && is_boundary(text, c->end));
		check(c->reason < NB_CUT_REASONS);
		at = c->end;
		cut += c->end - c->begin;
	}
	check(out->report_bytes + cut == text.len);
}

static int is_inside(nb_str part, nb_str whole)
{
	return part.ptr >= whole.ptr && part.ptr + part.len <= whole.ptr + whole.len;
}

static void check_credits(const nb_page *page, const nb_cleaned *out)
{
	check(out->n_credits <= NB_CREDITS_MAX && out->n_lines <= NB_LINES_MAX);
	for (uint32_t i = 0; i < out->n_credits; i++) {
		const nb_credit *c = &out->credit[i];

		check(c->words.len && (is_inside(c->words, page->text) ||
				       is_inside(c->words, page->title)));
		check(nb_utf8_valid(c->words.ptr, c->words.len));
		check(i == 0 || out->credit[i - 1].role <= c->role);
	}
	if (out->place.len)
		check(is_inside(out->place, page->text) &&
		      nb_utf8_valid(out->place.ptr, out->place.len));
	check(out->month <= 12 && out->day <= 31);
}

/* The report is what stands between the cuts, in its order. */
static void check_report(nb_str text, const nb_cleaned *out)
{
	char *report = malloc(text.len + 1);
	size_t at = 0, to = 0;

	check(report != NULL);
	check(nb_cut_out(text, out->cut, out->n_cuts, report) == out->report_bytes);
	check(nb_utf8_valid(report, out->report_bytes));
	for (uint32_t i = 0; i <= out->n_cuts; i++) {
		size_t end = i < out->n_cuts ? out->cut[i].begin : text.len;

		check(memcmp(report + to, text.ptr + at, end - at) == 0);
		to += end - at;
		at = i < out->n_cuts ? out->cut[i].end : at;
	}
	free(report);
}

/* What else is read off the text: a headline in it, a language of two letters or none. */
static void check_readings(const nb_page *page)
{
	nb_str headline = nb_headline(page->text);
	nb_error err = { 0 };
	nb_langid *langid;
	char lang[3];

	check(headline.len == 0 || is_inside(headline, page->text));
	check(nb_utf8_valid(headline.ptr, headline.len));
	if (nb_langid_new(NULL, &langid, &err) != NB_OK)
		return;
	check(nb_langid_detect(langid, page->title, page->text, lang) == (strlen(lang) == 2));
	nb_langid_free(langid);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = malloc(NB_UTF8_REPAIR_MAX(size) + 1);
	size_t n = text ? nb_utf8_repair((const char *)data, size, text, NULL) : 0;
	const char *feed = memchr(text, '\n', n);
	nb_page page = { .title = { text, feed ? (size_t)(feed - text) : 0 } };
	nb_cleaner cleaner = { 0 };
	nb_cleaned out;

	check(text != NULL);
	page.text = feed ? (nb_str){ feed + 1, n - (size_t)(feed + 1 - text) } : (nb_str){ text, n };
	if (nb_clean(&cleaner, &page, &out) == NB_OK) {
		check_cuts(page.text, &out);
		check_credits(&page, &out);
		check_report(page.text, &out);
		check_readings(&page);
	}
	nb_cleaner_release(&cleaner);
	free(text);
	return 0;
}
