/* SPDX-License-Identifier: MIT
 *
 * test_newsml.c - NewsML-G2, NewsML 1.2 and NITF: fields, texts, what is no article, damage.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "unit/reading.h"

#define G2(inside)                                                                                 \
	"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"                                             \
	"<newsItem xmlns=\"http://iptc.org/std/nar/2006-10-01/\" guid=\"urn:x:1\" version=\"3\" "  \
	"xml:lang=\"en-GB\">" inside "</newsItem>\n"

static struct reading read_xml(void **state, const char *xml)
{
	return reading_bytes(*state, "in.xml", xml, strlen(xml));
}

static void assert_text(void **state, const char *xml, const char *want)
{
	struct reading r = read_xml(state, xml);

	assert_int_equal(r.n, 1);
	assert_int_equal(r.n_reject, 0);
	assert_str(r.article[0].text, want);
	reading_release(&r);
}

static void assert_reject(void **state, const char *xml, nb_reject_reason reason,
			  const char *detail)
{
	struct reading r = read_xml(state, xml);

	assert_int_equal(r.n, 0);
	assert_int_equal(r.n_reject, 1);
	assert_int_equal(r.reject[0].reason, reason);
	assert_str(r.reject[0].detail, detail);
	reading_release(&r);
}

/* ---- NewsML-G2 ------------------------------------------------------------------------------- */

static void a_g2_item_has_all_its_fields(void **state)
{
	struct reading r = read_xml(
		state,
		G2("<itemMeta><itemClass qcode=\"ninat:text\"/><provider qcode=\"nprov:ABC\">"
		   "<name>Alpha Press</name></provider>"
		   "<versionCreated>2024-05-01T10:00:00+02:00</versionCreated>"
		   "<firstCreated>2024-05-01T07:00:00Z</firstCreated>"
		   "<embargoed>2024-05-02T06:00:00Z</embargoed><pubStatus qcode=\"stat:usable\"/>"
		   "</itemMeta><contentMeta><located><name>Utrecht</name></located>"
		   "<creator><name>Ann Bee</name></creator><creator><name>Cee Dee</name></creator>"
		   "<infoSource literal=\"Beta Wire\"/><language tag=\"nl-NL\"/>"
		   "<subject><name>harbours</name></subject><subject><name>strikes</name></subject>"
		   "<slugline>dock-strike</slugline><headline>Dockers\n   stop</headline>"
		   "</contentMeta><contentSet><inlineXML contenttype=\"application/nitf+xml\">"
		   "<nitf xmlns=\"http://iptc.org/std/NITF/2006-10-18/\"><body><body.head><hedline>"
		   "<hl1>Another headline</hl1></hedline></body.head><body.content>"
		   "<p>First <em>paragraph</em>\n   goes on.</p>\n\n<p>Second.</p></body.content>"
		   "<body.end><tagline>desk</tagline></body.end></body></nitf>"
		   "</inlineXML></contentSet>"));
	const nb_article *a = r.article;

	assert_int_equal(r.n, 1);
	assert_string_equal(r.file[0].format, "newsml-g2");
	assert_str(a->id, "urn:x:1");
	assert_str(a->version, "3");
	assert_str(a->source, "Alpha Press");
	assert_str(a->agency, "Beta Wire, Alpha Press");
	assert_str(a->lang, "nl");
	assert_str(a->title, "Dockers stop");
	assert_str(a->byline, "Ann Bee, Cee Dee");
	assert_str(a->located, "Utrecht");
	assert_str(a->subjects, "harbours\nstrikes");
	assert_str(a->published_raw, "2024-05-01T10:00:00+02:00");
	assert_int_equal(a->published_at, 1714550400);
	assert_int_equal(a->date_source, NB_DATE_PUBLISHER);
	assert_int_equal(a->embargo, 1714629600);
	assert_int_equal(a->pub_status, NB_PUB_USABLE);
	assert_str(a->text, "First paragraph goes on.\nSecond.");
	assert_int_equal(a->line, 2);
	assert_non_null(strstr(a->origin.ptr, "title=contentMeta/headline"));
	assert_non_null(strstr(a->origin.ptr, "text=inlineXML"));
	assert_non_null(strstr(a->origin.ptr, "published=itemMeta/versionCreated"));
	reading_release(&r);
}

static void a_message_gives_each_of_its_items(void **state)
{
	struct reading r = read_xml(
		state,
		"<newsMessage><header><sent>2024-05-01T10:00:00Z</sent></header><itemSet>\n"
		"<packageItem guid=\"p\"><contentMeta><headline>Pack</headline></contentMeta>"
		"<groupSet><group><itemRef residref=\"a\"><title>x</title></itemRef></group>"
		"</groupSet></packageItem>\n"
		"<newsItem guid=\"a\"><contentSet><inlineData>One report</inlineData></contentSet>"
		"</newsItem>\n"
		"<newsItem guid=\"i\"><itemMeta><itemClass qcode=\"ninat:picture\"/></itemMeta>"
		"<contentMeta><headline>A view</headline></contentMeta><contentSet>"
		"<remoteContent href=\"x.jpg\"/></contentSet></newsItem>\n"
		"<newsItem guid=\"b\"><contentSet><inlineData>Two reports</inlineData>"
		"</contentSet></newsItem></itemSet></newsMessage>");

	assert_int_equal(r.n, 2);
	assert_int_equal(r.n_reject, 2);
	assert_str(r.article[0].id, "a");
	assert_int_equal(r.article[0].line, 3);
	assert_str(r.article[1].id, "b");
	assert_int_equal(r.article[1].line, 5);
	assert_str(r.reject[0].detail, "a package, which only points to items");
	assert_str(r.reject[1].detail, "a picture without a report");
	reading_release(&r);
}

static void prefixes_and_case_do_not_matter(void **state)
{
	assert_text(state,
		    "<n:newsItem xmlns:n=\"http://iptc.org/std/nar/2006-10-01/\"><n:contentSet>"
		    "<n:inlineXML><x:html xmlns:x=\"http://www.w3.org/1999/xhtml\"><x:head>"
		    "<x:title>T</x:title></x:head><x:body><x:P>Text of it</x:P></x:body></x:html>"
		    "</n:inlineXML></n:contentSet></n:newsItem>",
		    "Text of it");
}

static void xhtml_loses_what_is_no_report(void **state)
{
	struct reading r = read_xml(
		state, G2("<contentSet><inlineXML contenttype=\"text/html\"><html><head><style>x"
			  "</style></head><body><article><h1>The headline</h1><p>One<br/>two</p>"
			  "<figure><img/><figcaption>A caption</figcaption></figure>"
			  "<script>var x;</script><ul><li>three</li><li>four</li></ul>"
			  "<h2>Part</h2><p>five</p></article></body></html></inlineXML>"
			  "</contentSet>"));

	assert_int_equal(r.n, 1);
	assert_str(r.article[0].title, "The headline");
	assert_str(r.article[0].text, "One\ntwo\nthree\nfour\nPart\nfive");
	reading_release(&r);
}

static void the_title_and_text_in_the_items_language_win(void **state)
{
	struct reading r = read_xml(
		state, G2("<contentMeta><language tag=\"fr\"/><headline xml:lang=\"en\">Strike"
			  "</headline><headline xml:lang=\"fr\">Gr\xc3\xa8ve</headline>"
			  "<subject><name xml:lang=\"en\">labour</name><name xml:lang=\"fr\">travail"
			  "</name></subject></contentMeta><contentSet>"
			  "<inlineXML xml:lang=\"en\"><p>In English</p></inlineXML>"
			  "<inlineXML xml:lang=\"fr\"><p>En fran\xc3\xa7"
			  "ais</p></inlineXML></contentSet>"));

	assert_str(r.article[0].title, "Gr\xc3\xa8ve");
	assert_str(r.article[0].text, "En fran\xc3\xa7"
				      "ais");
	assert_str(r.article[0].subjects, "travail");
	assert_str(r.article[0].lang, "fr");
	reading_release(&r);
}

static void inline_data_keeps_its_lines(void **state)
{
	assert_text(state,
		    G2("<contentSet><inlineData>Line one\nLine  two\n\n\nLine three</inlineData>"
		       "</contentSet>"),
		    "Line one\nLine two\nLine three");
}

static void escaped_markup_inside_is_text(void **state)
{
	assert_text(state,
		    G2("<contentSet><inlineData><![CDATA[<p>One &eacute;</p><p>two</p>]]>"
		       "</inlineData></contentSet>"),
		    "One \xc3\xa9\ntwo");
}

static void base64_is_no_text(void **state)
{
	assert_reject(state,
		      G2("<contentSet><inlineData encoding=\"base64\">QUJD</inlineData>"
			 "</contentSet>"),
		      NB_REJECT_NO_TEXT, "its content is encoded, not plain text");
}

static void a_headline_alone_is_a_flash_but_not_with_remote_content(void **state)
{
	assert_text(state, G2("<contentMeta><headline>Flood</headline></contentMeta>"), "Flood");
	assert_reject(state,
		      G2("<contentMeta><headline>Flood</headline></contentMeta><contentSet>"
			 "<remoteContent href=\"a.xml\"/></contentSet>"),
		      NB_REJECT_NO_TEXT, "its content is somewhere else, only pointed to");
}

static void items_that_are_no_reports_say_what_they_are(void **state)
{
	assert_reject(state, "<planningItem guid=\"p\"><edNote>later</edNote></planningItem>",
		      NB_REJECT_NO_TEXT, "a planning item, not a report");
	assert_reject(state, "<conceptItem><concept><name>A</name></concept></conceptItem>",
		      NB_REJECT_NO_TEXT, "concepts, not a report");
	assert_reject(state, "<catalogItem/>", NB_REJECT_NO_TEXT, "a catalogue, not a report");
	assert_reject(state, "<newsItem guid=\"a\"> .... </newsItem>", NB_REJECT_NO_TEXT,
		      "an item without text and without headline");
	assert_reject(state, "<newsMessage><header/></newsMessage>", NB_REJECT_MALFORMED,
		      "XML without a news item");
}

static void a_kill_is_an_article_even_without_text(void **state)
{
	struct reading r = read_xml(
		state, G2("<itemMeta><pubStatus qcode=\"stat:canceled\"/><edNote>Kill this story"
			  "</edNote></itemMeta>"));

	assert_int_equal(r.n, 1);
	assert_int_equal(r.article[0].pub_status, NB_PUB_CANCELED);
	assert_str(r.article[0].text, "Kill this story");
	reading_release(&r);
}

/* ---- NewsML 1.2 ------------------------------------------------------------------------------ */

static const char newsml_1_2[] =
	"<?xml version=\"1.0\"?>\n<!DOCTYPE NewsML SYSTEM \"NewsML_1.2.dtd\" [\n"
	"<!-- don't --><!ENTITY trap \"<NewsItem>no</NewsItem>\">\n]>\n"
	"<NewsML Version=\"1.2\"><NewsEnvelope><DateAndTime>20240501T100000Z</DateAndTime>"
	"</NewsEnvelope>\n<NewsItem xml:lang=\"de\"><Identification><NewsIdentifier>"
	"<ProviderId>alpha.example</ProviderId><DateId>20240501</DateId><NewsItemId>N7"
	"</NewsItemId><RevisionId PreviousRevision=\"1\" Update=\"N\">2</RevisionId>"
	"<PublicIdentifier>urn:newsml:alpha.example:20240501:N7:2</PublicIdentifier>"
	"</NewsIdentifier></Identification><NewsManagement><NewsItemType FormalName=\"News\"/>"
	"<FirstCreated>20240501T080000Z</FirstCreated><ThisRevisionCreated>20240501T100000+0200"
	"</ThisRevisionCreated><Status FormalName=\"Usable\"/></NewsManagement>"
	"<NewsComponent><NewsLines><HeadLine>Hafen steht still</HeadLine><ByLine>Von A. B.</ByLine>"
	"<DateLine>Hamburg, 1. Mai (ABC) -</DateLine></NewsLines><AdministrativeMetadata>"
	"<Provider><Party FormalName=\"ABC\"/></Provider></AdministrativeMetadata>"
	"<DescriptiveMetadata><Location><Property FormalName=\"City\" Value=\"Hamburg\"/></Location>"
	"</DescriptiveMetadata>"
	"<NewsComponent><Role FormalName=\"Caption\"/><NewsLines><HeadLine>Bild</HeadLine>"
	"</NewsLines><ContentItem><DataContent><p>Ein Bild</p></DataContent></ContentItem>"
	"</NewsComponent>"
	"<NewsComponent><Role FormalName=\"Main Text\"/><ContentItem><MediaType "
	"FormalName=\"Text\"/><DataContent><nitf><body><body.content><p>Erstens.</p><hl2>Mitte"
	"</hl2><p>Zweitens.</p></body.content></body></nitf></DataContent></ContentItem>"
	"</NewsComponent>"
	"<NewsComponent><Role FormalName=\"Stylesheet\"/><ContentItem><DataContent>p {x}"
	"</DataContent></ContentItem></NewsComponent>"
	"</NewsComponent></NewsItem></NewsML>\n";

static void a_newsml_1_2_item_is_its_main_component(void **state)
{
	struct reading r = read_xml(state, newsml_1_2);
	const nb_article *a = r.article;

	assert_int_equal(r.n, 1);
	assert_int_equal(r.n_reject, 0);
	assert_string_equal(r.file[0].format, "newsml-1.2");
	assert_str(a->id, "urn:newsml:alpha.example:20240501:N7:2");
	assert_str(a->version, "2");
	assert_str(a->source, "ABC");
	assert_str(a->lang, "de");
	assert_str(a->title, "Hafen steht still");
	assert_str(a->byline, "Von A. B.");
	assert_str(a->located, "Hamburg");
	assert_int_equal(a->published_at, 1714550400);
	assert_str(a->text, "Erstens.\nMitte\nZweitens.");
	assert_int_equal(a->line, 6);
	reading_release(&r);
}

static void content_that_is_no_text_is_passed_over(void **state)
{
	assert_reject(state,
		      "<NewsML><NewsItem><NewsComponent><NewsLines><HeadLine>A view</HeadLine>"
		      "</NewsLines><ContentItem Href=\"a.jpg\"><MediaType FormalName=\"Photo\"/>"
		      "</ContentItem></NewsComponent></NewsItem></NewsML>",
		      NB_REJECT_NO_TEXT, "its content is somewhere else, only pointed to");
	assert_reject(state,
		      "<NewsML><NewsItem><NewsComponent><ContentItem><Encoding Notation=\"Base64\">"
		      "<DataContent>QUJD</DataContent></Encoding></ContentItem></NewsComponent>"
		      "</NewsItem></NewsML>",
		      NB_REJECT_NO_TEXT, "its content is encoded, not plain text");
}

/* ---- NITF ------------------------------------------------------------------------------------ */

static const char nitf[] =
	"<?xml version=\"1.0\"?>\n<nitf change.date=\"October 18, 2006\" baselang=\"no\"><head>"
	"<title>Head title</title><docdata management-status=\"usable\"><doc-id id-string=\"D1\" "
	"regsrc=\"NNN\"/><urgency ed-urg=\"4\"/><date.issue norm=\"20240501T100000Z\"/>"
	"<du-key key=\"k\" version=\"2\"/><key-list><keyword key=\"harbour\"/></key-list></docdata>"
	"</head><body><body.head><hedline><hl1>The headline</hl1><hl2>The second</hl2></hedline>"
	"<byline>By <person>A. Bee</person><byttl>Staff</byttl></byline><dateline><location>OSLO"
	"</location></dateline><abstract><p>In short</p></abstract></body.head><body.content>"
	"<block><p lede=\"true\">Lead.</p><table><tr><td>1</td><td>2</td></tr></table></block>"
	"<media media-type=\"image\"><media-caption>A caption</media-caption></media>"
	"<hl2>Between</hl2><p>End.</p></body.content><body.end><tagline>me</tagline></body.end>"
	"</body></nitf>";

static void a_nitf_document_is_an_article(void **state)
{
	struct reading r = read_xml(state, nitf);
	const nb_article *a = r.article;

	assert_int_equal(r.n, 1);
	assert_string_equal(r.file[0].format, "nitf");
	assert_str(a->id, "D1");
	assert_str(a->version, "2");
	assert_str(a->source, "NNN");
	assert_str(a->agency, "NNN");
	assert_str(a->lang, "no");
	assert_str(a->title, "The headline");
	assert_str(a->byline, "By A. Bee Staff");
	assert_str(a->located, "OSLO");
	assert_str(a->subjects, "harbour");
	assert_int_equal(a->published_at, 1714557600);
	assert_str(a->text, "Lead.\n1\n2\nBetween\nEnd.");
	reading_release(&r);
}

static void documents_may_stand_one_after_the_other_or_in_a_feed(void **state)
{
	struct bytes b = { 0 };
	struct reading r;

	bytes_add(&b, nitf, strlen(nitf));
	bytes_add(&b, "\n", 1);
	bytes_add(&b, nitf, strlen(nitf));
	r = read_xml(state, b.p);
	assert_int_equal(r.n, 2);
	assert_int_equal(r.article[1].line, 4);
	reading_release(&r);
	free(b.p);

	r = read_xml(state, "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>F</title><entry>"
			    "<content type=\"text/xml\"><nitf><body><body.content><p>A</p>"
			    "</body.content></body></nitf></content></entry></feed>");
	assert_int_equal(r.n, 1);
	assert_str(r.article[0].text, "A");
	reading_release(&r);
}

/* ---- what breaks the rules -------------------------------------------------------------------- */

static void entities_of_html_are_read_and_no_others(void **state)
{
	assert_text(state, "<nitf><body><p>caf&eacute; &ndash;&nbsp;A&amp;B&unknown;</p></body></nitf>",
		    "caf\xc3\xa9 \xe2\x80\x93 A&B");
}

static void entity_bombs_do_not_go_off(void **state)
{
	assert_reject(state,
		      "<?xml version=\"1.0\"?><!DOCTYPE nitf [<!ENTITY a \"ha\">"
		      "<!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c "
		      "\"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\">]><nitf><body><body.content><p>&c;</p>"
		      "</body.content></body></nitf>",
		      NB_REJECT_NO_TEXT, "its text is made of entities that are not known");
	assert_reject(state,
		      "<!DOCTYPE nitf [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"
		      "<nitf><body><p>&x;</p></body></nitf>",
		      NB_REJECT_NO_TEXT, "its text is made of entities that are not known");
}

static void what_agencies_forget_to_escape_is_repaired(void **state)
{
	struct reading r = read_xml(
		state, "<nitf><body><p>A & B, 3 < 4, &#3; x &amp; y \x01z</p></body></nitf>");

	assert_int_equal(r.n, 1);
	assert_int_equal(r.n_repaired, 1);
	assert_str(r.article[0].text, "A & B, 3 < 4, x & y z");
	reading_release(&r);
}

static void bytes_that_are_no_utf8_are_read(void **state)
{
	assert_text(state,
		    "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<nitf><body><p>caf\xe9</p></body>"
		    "</nitf>",
		    "caf\xc3\xa9");
	assert_text(state, "<nitf><body><p>caf\xe9 \x93quoted\x94</p></body></nitf>",
		    "caf\xc3\xa9 \xe2\x80\x9cquoted\xe2\x80\x9d");
}

static void the_declared_charset_is_believed(void **state)
{
	assert_text(state,
		    "<?xml version=\"1.0\" encoding=\"windows-1251\"?>\n<nitf><body><p>"
		    "\xcc\xee\xf1\xea\xe2\xe0</p></body></nitf>",
		    "\xd0\x9c\xd0\xbe\xd1\x81\xd0\xba\xd0\xb2\xd0\xb0");
	/* said in vain: it is UTF-8 */
	assert_text(state,
		    "<?xml version='1.0' encoding='UTF-16'?><nitf><body><p>caf\xc3\xa9</p></body>"
		    "</nitf>",
		    "caf\xc3\xa9");
}

static void utf_16_is_read(void **state)
{
	static const char xml[] = "<?xml version='1.0' encoding='UTF-16'?>\n<newsMessage>\n"
				  "<newsItem guid='a'><contentSet><inlineData>One text"
				  "</inlineData></contentSet></newsItem>\n<newsItem guid='b'>"
				  "<contentSet><inlineData>Two</inlineData></contentSet></newsItem>"
				  "</newsMessage>";
	char wide[2 * sizeof(xml) + 2];

	for (int big = 0; big < 2; big++) {
		struct reading r;

		memcpy(wide, big ? "\xfe\xff" : "\xff\xfe", 2);
		for (size_t i = 0; i + 1 < sizeof(xml); i++) {
			wide[2 + 2 * i + (size_t)big] = xml[i];
			wide[3 + 2 * i - (size_t)big] = 0;
		}
		r = reading_bytes(*state, "in.xml", wide, 2 * sizeof(xml));
		assert_int_equal(r.n, 2);
		assert_str(r.article[0].text, "One text");
		assert_int_equal(r.article[1].line, 4);
		reading_release(&r);
	}
}

static void the_reader_goes_on_after_a_broken_item(void **state)
{
	struct reading r = read_xml(
		state, "<newsMessage>\n"
		       "<newsItem guid=\"a\"><contentSet><b></contentSet></newsItem>\n"
		       "<newsItem guid=\"b\"><contentSet><inlineData>Cut off \n"
		       "<newsItem guid=\"c\"><contentSet><inlineData>Good</inlineData></contentSet>"
		       "</newsItem>\n"
		       "<newsItem guid=\"d\"><contentSet><inlineData>Good too</inlineData>"
		       "</contentSet></newsItem></newsMessage>");

	assert_int_equal(r.n, 2);
	assert_str(r.article[0].id, "c");
	assert_int_equal(r.article[0].line, 4);
	assert_str(r.article[1].id, "d");
	assert_int_equal(r.n_reject, 2);
	assert_int_equal(r.reject[0].reason, NB_REJECT_MALFORMED);
	assert_str(r.reject[0].detail, "mismatched tag in line 1 of the item");
	assert_int_equal(r.reject[1].line, 3);
	reading_release(&r);
}

static void deep_nesting_is_a_reject(void **state)
{
	struct bytes b = { 0 };

	bytes_add(&b, "<nitf><body>", 12);
	for (int i = 0; i < 100000; i++)
		bytes_add(&b, "<block>", 7);
	bytes_add(&b, "</nitf>", 7);
	assert_reject(state, b.p, NB_REJECT_TOO_DEEP,
		      "nested too deep in line 1 of the item");
	free(b.p);
}

static void an_attribute_of_megabytes_is_no_trouble(void **state)
{
	struct bytes b = { 0 };

	bytes_add(&b, "<nitf><body x='", 15);
	for (int i = 0; i < 4000; i++)
		bytes_add(&b, "<nitf> a thousand bytes, nearly > ", 34);
	bytes_add(&b, "'><p>Text</p></body></nitf>", 27);
	for (size_t i = 15; i < b.n - 27; i++)
		if (b.p[i] == '<')
			b.p[i] = '(';
	assert_text(state, b.p, "Text");
	free(b.p);
}

/* Cut or spoilt anywhere, a file gives articles and rejects, and its other items all the same. */
static void damage_anywhere_spoils_one_item(void **state)
{
	static const char good[] =
		"<newsItem guid=\"good\"><contentSet><inlineData>Good</inlineData></contentSet>"
		"</newsItem>";
	size_t n = strlen(newsml_1_2), before = strlen(good) + 1;

	for (size_t i = 0; i < n; i += 100) {
		struct bytes b = { 0 };
		struct reading r;

		bytes_add(&b, good, strlen(good));
		bytes_add(&b, "\n", 1);
		bytes_add(&b, newsml_1_2, n);
		b.p[before + i] = (char)(i / 100 % 2 ? '<' : 0x80);
		r = read_xml(state, b.p);
		assert_true(r.n >= 1 && r.n + r.n_reject >= 2);
		assert_str(r.article[0].id, "good");
		reading_release(&r);

		b.p[before + i] = '\0';
		r = read_xml(state, b.p);
		assert_true(r.n >= 1);
		assert_str(r.article[0].text, "Good");
		reading_release(&r);
		free(b.p);
	}
}

#define test(f) cmocka_unit_test_setup_teardown(f, folder_setup, folder_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(a_g2_item_has_all_its_fields),
		test(a_message_gives_each_of_its_items),
		test(prefixes_and_case_do_not_matter),
		test(xhtml_loses_what_is_no_report),
		test(the_title_and_text_in_the_items_language_win),
		test(inline_data_keeps_its_lines),
		test(escaped_markup_inside_is_text),
		test(base64_is_no_text),
		test(a_headline_alone_is_a_flash_but_not_with_remote_content),
		test(items_that_are_no_reports_say_what_they_are),
		test(a_kill_is_an_article_even_without_text),
		test(a_newsml_1_2_item_is_its_main_component),
		test(content_that_is_no_text_is_passed_over),
		test(a_nitf_document_is_an_article),
		test(documents_may_stand_one_after_the_other_or_in_a_feed),
		test(entities_of_html_are_read_and_no_others),
		test(entity_bombs_do_not_go_off),
		test(what_agencies_forget_to_escape_is_repaired),
		test(bytes_that_are_no_utf8_are_read),
		test(the_declared_charset_is_believed),
		test(utf_16_is_read),
		test(the_reader_goes_on_after_a_broken_item),
		test(deep_nesting_is_a_reject),
		test(an_attribute_of_megabytes_is_no_trouble),
		test(damage_anywhere_spoils_one_item),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
