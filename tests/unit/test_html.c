/* SPDX-License-Identifier: MIT
 *
 * test_html.c - web pages: what is text and what is furniture, title, date, address, site,
 * language, author, and what hostile pages cost.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <time.h>

#include <cmocka.h>

#include "newsbraid/html.h"
#include "unit/reading.h"

/* Sentences to fill pages with. */
#define ONE                                                                                        \
	"The river rose by two metres in one night, and the mayor ordered the lower town to "      \
	"leave."
#define TWO "Volunteers filled sandbags until dawn; by noon, the water stood at the church door."
#define THREE                                                                                      \
	"Nobody was hurt, said the fire brigade, but forty houses are without power and heating."

static int open_extractor(void **state)
{
	*state = nb_html_new();
	return *state ? 0 : -1;
}

static int close_extractor(void **state)
{
	nb_html_free(*state);
	return 0;
}

static nb_html_page read_at(void **state, const char *url, const char *page)
{
	nb_html_page p;

	assert_int_equal(nb_html_read(*state, (nb_str){ page, strlen(page) },
				      (nb_str){ url, url ? strlen(url) : 0 }, &p),
			 NB_OK);
	return p;
}

static nb_html_page read_page(void **state, const char *page)
{
	return read_at(state, NULL, page);
}

#define assert_text(page, want) assert_str(read_page(state, page).article.text, want)

/* ---- text -------------------------------------------------------------------------------- */

static void paragraphs_headings_lists_and_quotes_are_text(void **state)
{
	assert_text("<article><h1>Flood</h1><p>" ONE "</p><h2>In the morning</h2><p>" TWO
		    "<ul><li>sandbags<li>boats</ul><blockquote>" THREE "</blockquote></article>",
		    ONE "\nIn the morning\n" TWO "\nsandbags\nboats\n" THREE);
}

static void a_paragraph_needs_no_element(void **state)
{
	assert_text("<div>" ONE "<br><br>" TWO "<br>" THREE "</div>", ONE "\n" TWO "\n" THREE);
}

static void inline_elements_do_not_break_words(void **state)
{
	assert_text(
		"<p>The <b>riv</b>er rose <a href=x>by two</a> metres, in <i>one</i>\n\t night, "
		"and the&nbsp;mayor&#8217;s order &amp; the &Eacute;tat came late &c; so "
		"&lt;p&gt;.</p>",
		"The river rose by two metres, in one night, and the mayor\xe2\x80\x99s order & "
		"the "
		"\xc3\x89tat came late &c; so <p>.");
}

static void menus_and_teasers_go_by_their_links(void **state)
{
	assert_text(
		"<div><ul><li><a href=1>Politics, parliament and parties</a>"
		"<li><a href=2>Sport, football and more football</a></ul></div>"
		"<div><p>" ONE "<p>" TWO "</div>"
		"<div><a href=3>Ten things you did not know about rivers, and one you did.</a>"
		"<a href=4>What the mayor had for breakfast, lunch and dinner yesterday.</a></div>",
		ONE "\n" TWO);
}

static void parts_go_by_what_the_page_calls_them(void **state)
{
	static const char *const part[] = { "class=comments",        "id=related-stories",
					    "class='share bar'",     "class=\"newsletter-signup\"",
					    "role=navigation",       "class=cookieConsent",
					    "class=wp-caption-text", "class=sidebar",
					    "style='display: none'", "hidden",
					    "class=article__footer", "class=more-stories" };
	char page[4096];

	for (size_t i = 0; i < sizeof(part) / sizeof(part[0]); i++) {
		snprintf(page, sizeof(page),
			 "<main><p>" ONE "<div %s><p>" TWO "</div><p>" THREE "<p>" ONE "</main>",
			 part[i]);
		assert_text(page, ONE "\n" THREE "\n" ONE);
	}
}

static void what_has_furniture_is_not_furniture(void **state)
{
	assert_text("<body class='single has-sidebar no-comments'><div class='post category-tags'>"
		    "<p>" ONE "<p>" TWO "</div></body>",
		    ONE "\n" TWO);
}

static void a_wrong_name_does_not_hide_the_report(void **state)
{
	assert_text("<div class=sidebar><p>" ONE "<p>" TWO "<p>" THREE "</div><p>Contact us.</p>",
		    ONE "\n" TWO "\n" THREE);
}

static void comments_are_no_report_even_if_longer(void **state)
{
	assert_text("<div><p>" ONE "<p>" TWO "</div><ol class=commentlist><li><p>" THREE "<p>" THREE
		    "<li><p>" THREE "<p>" THREE "</ol>",
		    ONE "\n" TWO);
}

static void scripts_styles_and_templates_are_no_text(void **state)
{
	assert_text("<style>p{color:red}</style><p>" ONE
		    "<script>if (a<b) document.write('<p>x</p>')"
		    "</script><noscript>Turn it on</noscript><template><p>" THREE "</template>"
		    "<svg><title>Icon</title><text>logo</text></svg><!-- <p>hidden --><p>" TWO,
		    ONE "\n" TWO);
}

static void broken_markup_is_read_as_browsers_read_it(void **state)
{
	assert_text("<div><p>" ONE "<div>" TWO "</p></b></section></div><p " THREE ">" THREE
		    "<a href='unclosed",
		    ONE "\n" TWO "\n" THREE);
}

static void a_report_in_chinese_counts_by_its_characters(void **state)
{
	assert_text(
		"<div><a href=1>首页</a><a href=2>国际</a></div><div><p>"
		"俄罗斯总统普京25日发表声明，建议俄美两国恢复在国际信息安全领域的合作。</p><p>"
		"声明说，双方应当重启有关使用信息和通信技术的定期对话，并保持热线畅通。</p></div>",
		"俄罗斯总统普京25日发表声明，建议俄美两国恢复在国际信息安全领域的合作。\n"
		"声明说，双方应当重启有关使用信息和通信技术的定期对话，并保持热线畅通。");
}

static void a_page_without_running_text_has_none(void **state)
{
	nb_html_page p =
		read_page(state, "<title>News</title><h1>News</h1><ul><li><a href=1>One</a>"
				 "<li><a href=2>Two, and three</a></ul><form>Name <input> "
				 "Password <input></form>");

	assert_str(p.article.text, NULL);
	assert_int_equal(p.text, NB_ORIGIN_NONE);
	assert_str(read_page(state, "").article.text, NULL);
	assert_str(read_page(state, " <!-- ").article.text, NULL);
}

static void a_description_stands_in_for_a_text_not_shown(void **state)
{
	nb_html_page p =
		read_page(state, "<meta property='og:type' content='article'><meta "
				 "name=description content='The river rose.'><h1>Flood</h1>");

	assert_str(p.article.text, "The river rose.");
	assert_int_equal(p.text, NB_ORIGIN_META);
}

/* ---- fields ------------------------------------------------------------------------------ */

#define NEWS_ARTICLE(more)                                                                         \
	"<script type='application/ld+json'>{\"@context\":\"http://schema.org\",\"@graph\":["      \
	"{\"@type\":\"WebSite\",\"name\":\"Site\"},{\"@type\":[\"NewsArticle\"]," more             \
	"}]}</script>"

static void json_ld_says_most(void **state)
{
	nb_html_page p = read_page(
		state,
		NEWS_ARTICLE("\"headline\":\"Flood &amp; fire\",\"datePublished\":"
			     "\"2020-09-25T09:00:00+02:00\",\"dateModified\":\"2021-01-01\","
			     "\"author\":[{\"name\":\"A. Writer\"},\"B. Writer\"],\"inLanguage\":"
			     "\"nl-NL\",\"publisher\":{\"name\":\"The Paper\"},\"url\":"
			     "\"https://paper.example/flood\"") "<p>" ONE);

	assert_str(p.article.title, "Flood & fire");
	assert_int_equal(p.title, NB_ORIGIN_JSON_LD);
	assert_str(p.article.published_raw, "2020-09-25T09:00:00+02:00");
	assert_true(p.article.published_at == 1601017200);
	assert_int_equal(p.published, NB_ORIGIN_JSON_LD);
	assert_int_equal(p.article.date_source, NB_DATE_PUBLISHER);
	assert_false(p.article.day_only);
	assert_false(p.modified);
	assert_str(p.article.byline, "A. Writer, B. Writer");
	assert_str(p.article.lang, "nl");
	assert_str(p.article.source, "The Paper");
	assert_str(p.article.url, "https://paper.example/flood");
}

static void json_ld_in_comments_or_with_raw_line_feeds_is_read(void **state)
{
	assert_str(read_page(state,
			     "<script type=application/ld+json>//<![CDATA[\n{\"@type\":\"Article\","
			     "\"headline\":\"Fl\nood\"}\n//]]></script><p>" ONE)
			   .article.title,
		   "Fl ood");
	/* broken JSON says nothing, and harms nothing */
	assert_str(read_page(state,
			     "<script type=application/ld+json>{\"@type\":</script><title>T</title>"
			     "<p>" ONE)
			   .article.title,
		   "T");
}

static void the_heading_that_fits_is_the_title(void **state)
{
	nb_html_page p =
		read_page(state, "<title>River floods the lower town | The Paper</title>"
				 "<meta property=og:site_name content='The Paper'>"
				 "<h1>The Paper</h1><h1>River floods the\nlower town</h1><p>" ONE);

	assert_str(p.article.title, "River floods the lower town");
	assert_int_equal(p.title, NB_ORIGIN_VISIBLE);
}

static void the_name_of_the_site_is_no_part_of_a_title(void **state)
{
	assert_str(read_page(state,
			     "<meta property=og:title content='A flood - in one night - The Paper'>"
			     "<meta property=og:site_name content='The Paper'><p>" ONE)
			   .article.title,
		   "A flood - in one night");
	assert_str(read_at(state, "https://www.paper.example/1",
			   "<title>paper: A flood in one night</title><p>" ONE)
			   .article.title,
		   "A flood in one night");
}

/* Each page gives one date: 25 September 2020. */
static void dates_are_found_where_publishers_put_them(void **state)
{
	static const struct {
		const char *page;
		nb_html_origin origin;
	} given[] = {
		{ "<meta property='article:published_time' content='2020-09-25'>", NB_ORIGIN_META },
		{ "<meta itemprop=datePublished content=2020-09-25>", NB_ORIGIN_META },
		{ "<meta name='DC.date.issued' content='2020-09-25'>", NB_ORIGIN_META },
		{ "<h1>A</h1><time datetime='2020-09-25'>Friday</time>", NB_ORIGIN_TIME },
		{ "<h1>A</h1><span class=date>Posted on September 25, 2020</span>",
		  NB_ORIGIN_VISIBLE },
		{ "<h1>A</h1><p class=byline>Von Max Muster, 25. September 2020</p>",
		  NB_ORIGIN_VISIBLE },
		{ "<h1>A</h1><div>25 сентября 2020</div>", NB_ORIGIN_VISIBLE },
		{ "<h1>A</h1><div>2020年9月25日</div>", NB_ORIGIN_VISIBLE },
		{ "<h1>A</h1><div>٢٠٢٠ | 25 سبتمبر 2020</div>", NB_ORIGIN_VISIBLE },
		{ "<link rel=canonical href='https://paper.example/2020/09/25/a-flood'>",
		  NB_ORIGIN_URL },
	};
	char page[4096];

	for (size_t i = 0; i < sizeof(given) / sizeof(given[0]); i++) {
		nb_html_page p;

		snprintf(page, sizeof(page), "%s<p>" ONE "<p>" TWO, given[i].page);
		p = read_page(state, page);
		if (p.article.published_at != 1600992000)
			fail_msg("no date in %s", given[i].page);
		assert_true(p.article.day_only);
		assert_int_equal(p.published, given[i].origin);
	}
}

static void dates_of_other_things_are_not_taken(void **state)
{
	static const char *const other[] = {
		"<div class=related><time datetime=2019-01-01>1 January 2019</time></div>",
		"<div class=comments><p class=date>January 1, 2019</p></div>",
		"<h1>A</h1><time class=updated datetime=2019-01-01></time>",
		"<footer>Copyright January 1, 2019</footer>",
	};
	char page[4096];

	for (size_t i = 0; i < sizeof(other) / sizeof(other[0]); i++) {
		snprintf(page, sizeof(page), "%s<p>" ONE "<p>" TWO, other[i]);
		assert_true(read_page(state, page).article.published_at == NB_NO_TIME);
	}
}

static void a_date_of_modification_is_better_than_none(void **state)
{
	nb_html_page p = read_page(
		state, "<meta property=article:modified_time content=2020-09-25T10:00:00Z><p>" ONE);

	assert_true(p.modified);
	assert_true(p.article.published_at == 1601028000);
}

static void addresses_are_made_whole(void **state)
{
	assert_str(read_at(state, "https://www.paper.example/a?utm=1",
			   "<link rel=canonical href=/a><p>" ONE)
			   .article.url,
		   "https://www.paper.example/a");
	/* a canonical address that is the site's says nothing about this page */
	assert_str(read_at(state, "https://www.paper.example/a",
			   "<link rel=canonical href='https://www.paper.example/'><p>" ONE)
			   .article.url,
		   "https://www.paper.example/a");
	assert_str(read_at(state, "https://www.paper.example/a", "<p>" ONE).article.source,
		   "paper.example");
}

static void character_sets_are_named_by_mark_header_and_meta(void **state)
{
	static const struct {
		const char *page, *header, *name;
	} given[] = {
		{ "\xef\xbb\xbf<p>", "text/html; charset=koi8-r", "UTF-8" },
		{ "\xff\xfe<", NULL, "UTF-16LE" },
		{ "<meta charset=utf-8>", "text/html; charset=\"koi8-r\"", "koi8-r" },
		{ "<!-- <meta charset=a> --><META Charset = 'windows-1251'>", "text/html",
		  "windows-1251" },
		{ "<meta http-equiv=content-type content='text/html; charset=gb2312'>", NULL,
		  "gb2312" },
		{ "<script>'<meta charset=x>'</script>", NULL, NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(given) / sizeof(given[0]); i++) {
		nb_str page = { given[i].page, strlen(given[i].page) };
		nb_str header = { given[i].header, given[i].header ? strlen(given[i].header) : 0 };

		assert_str(nb_html_charset(page, header), given[i].name);
	}
}

/* ---- hostile pages ----------------------------------------------------------------------- */

static double seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* begin, n times unit, end */
static double seconds_of(void **state, const char *begin, const char *unit, const char *end,
			 size_t n)
{
	struct bytes b = { 0 };
	nb_html_page p;
	double from;

	bytes_add(&b, begin, strlen(begin));
	for (size_t i = 0; i < n; i++)
		bytes_add(&b, unit, strlen(unit));
	bytes_add(&b, end, strlen(end));
	from = seconds();
	assert_int_equal(nb_html_read(*state, (nb_str){ (char *)b.p, b.n }, (nb_str){ 0 }, &p),
			 NB_OK);
	from = seconds() - from;
	free(b.p);
	return from;
}

/* Eight times the page may cost no more than some 8 times the time; quadratic would be 64. */
static void time_grows_with_the_page_and_no_faster(void **state)
{
	static const char *const hostile[][3] = {
		{ "", "<div>", "" },
		{ "", "<div></p></span></b>", "" },
		{ "", "<b><i>", "</u></div>" },
		{ "", "<p>", "" },
		{ "", "<br>", "" },
		{ "", "<!--", "" },
		{ "", "<!--->", "" },
		{ "", "<title>", "" },
		{ "", "<textarea>x", "" },
		{ "", "<script>", "" },
		{ "<script>", "</scrip", "" },
		{ "", "<a href='", "" },
		{ "<a ", "b=c ", ">" },
		{ "<a href='", "xxxxxxxx", "" },
		{ "<p class='", "share-related-comments ", "'>" },
		{ "", "<table><tr><td>", "</div></td>" },
		{ "", "<li><a href=x>", "</ul>" },
		{ "", "&amp", "" },
		{ "", "&#", "" },
		{ "", "<", "" },
		{ "", "</", "" },
		{ "", "<meta name=date content=x>", "" },
		{ "", "<time datetime=2020>", "" },
		{ "", "<h1>a b c d", "" },
		{ "<title>", "a - ", "</title>" },
		{ "<script type=application/ld+json>", "[", "</script>" },
		{ "<script type=application/ld+json>", "{\"author\":", "</script>" },
		{ "<p>", "19 May ", "" },
		{ "<p>", "1.1.1", "" },
		{ "<link rel=canonical href='https://a/", "2019/", "'>" },
	};

	for (size_t i = 0; i < sizeof(hostile) / sizeof(hostile[0]); i++) {
		const char *const *h = hostile[i];
		double small = seconds_of(state, h[0], h[1], h[2], 20000);
		double large = seconds_of(state, h[0], h[1], h[2], 160000);

		if (large > 0.1 && large > 30 * small)
			fail_msg("\"%s\": %.3f s, eight times as much %.3f s", h[1], small, large);
	}
}

static void a_page_beyond_the_limit_is_refused(void **state)
{
	nb_html_page p;

	assert_int_equal(
		nb_html_read(*state, (nb_str){ "", NB_HTML_PAGE_MAX + 1 }, (nb_str){ 0 }, &p),
		NB_ELIMIT);
}

/* ---- files ------------------------------------------------------------------------------- */

static void a_file_is_an_article(void **state)
{
	static const char page[] = "<!DOCTYPE html><html lang=en><title>Flood</title><h1>Flood</h1>"
				   "<p>" ONE "<p>" TWO "</html>";
	struct reading r = reading_bytes(*state, "flood.html", page, strlen(page));

	assert_int_equal(r.n, 1);
	assert_string_equal(r.file[0].format, "html");
	assert_str(r.article[0].id, "file:flood.html");
	assert_str(r.article[0].title, "Flood");
	assert_str(r.article[0].text, ONE "\n" TWO);
	assert_str(r.article[0].lang, "en");
	reading_release(&r);
}

static void a_file_in_another_character_set_is_converted(void **state)
{
	/* "Наводнение" and a sentence of it, Windows-1251 */
	static const char page[] =
		"<html><meta charset=windows-1251><title>\xcd\xe0\xe2\xee\xe4\xed\xe5\xed\xe8\xe5"
		"</title><p>\xcd\xe0\xe2\xee\xe4\xed\xe5\xed\xe8\xe5, "
		"\xed\xe0\xe2\xee\xe4\xed\xe5\xed"
		"\xe8\xe5, \xed\xe0\xe2\xee\xe4\xed\xe5\xed\xe8\xe5, "
		"\xed\xe0\xe2\xee\xe4\xed\xe5\xed"
		"\xe8\xe5.</html>";
	struct reading r = reading_bytes(*state, "flood.html", page, strlen(page));

	assert_int_equal(r.n, 1);
	assert_str(r.article[0].title, "Наводнение");
	assert_str(r.article[0].text, "Наводнение, наводнение, наводнение, наводнение.");
	reading_release(&r);
}

static void a_page_without_text_is_a_reject(void **state)
{
	static const char page[] = "<html><title>Log in</title><form>Name <input></form></html>";
	struct reading r = reading_bytes(*state, "login.html", page, strlen(page));

	assert_int_equal(r.n, 0);
	assert_int_equal(r.n_reject, 1);
	assert_int_equal(r.reject[0].reason, NB_REJECT_NO_TEXT);
	reading_release(&r);
}

int main(void)
{
#define test_page(f) cmocka_unit_test_setup_teardown(f, open_extractor, close_extractor)
#define test_file(f) cmocka_unit_test_setup_teardown(f, folder_setup, folder_teardown)
	const struct CMUnitTest tests[] = {
		test_page(paragraphs_headings_lists_and_quotes_are_text),
		test_page(a_paragraph_needs_no_element),
		test_page(inline_elements_do_not_break_words),
		test_page(menus_and_teasers_go_by_their_links),
		test_page(parts_go_by_what_the_page_calls_them),
		test_page(what_has_furniture_is_not_furniture),
		test_page(a_wrong_name_does_not_hide_the_report),
		test_page(comments_are_no_report_even_if_longer),
		test_page(scripts_styles_and_templates_are_no_text),
		test_page(broken_markup_is_read_as_browsers_read_it),
		test_page(a_report_in_chinese_counts_by_its_characters),
		test_page(a_page_without_running_text_has_none),
		test_page(a_description_stands_in_for_a_text_not_shown),
		test_page(json_ld_says_most),
		test_page(json_ld_in_comments_or_with_raw_line_feeds_is_read),
		test_page(the_heading_that_fits_is_the_title),
		test_page(the_name_of_the_site_is_no_part_of_a_title),
		test_page(dates_are_found_where_publishers_put_them),
		test_page(dates_of_other_things_are_not_taken),
		test_page(a_date_of_modification_is_better_than_none),
		test_page(addresses_are_made_whole),
		test_page(character_sets_are_named_by_mark_header_and_meta),
		test_page(time_grows_with_the_page_and_no_faster),
		test_page(a_page_beyond_the_limit_is_refused),
		test_file(a_file_is_an_article),
		test_file(a_file_in_another_character_set_is_converted),
		test_file(a_page_without_text_is_a_reject),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
