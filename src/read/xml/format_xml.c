/* SPDX-License-Identifier: MIT
 *
 * format_xml.c - NewsML-G2, NewsML 1.2, NITF: recognising them, items to articles.
 */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "newsbraid/utf8.h"
#include "read/formats.h"
#include "read/xml/xml_article.h"

/* ---- recognising ---------------------------------------------------------------------------- */

static bool ends_name(char c)
{
	return strchr(" \t\r\n/>[", c) != NULL; /* NUL, too */
}

/* The name after '<' at s.ptr[0], without its prefix. */
static nb_str name_at(nb_str s)
{
	size_t begin = 1, n;

	for (n = 1; n < s.len && !ends_name(s.ptr[n]); n++)
		if (s.ptr[n] == ':')
			begin = n + 1;
	return (nb_str){ s.ptr + begin, n - begin };
}

/* After the first `end`, blanks too; all if there is none. */
static nb_str after(nb_str s, const char *end)
{
	const char *p = memmem(s.ptr, s.len, end, strlen(end));
	size_t n = p ? (size_t)(p - s.ptr) + strlen(end) : s.len;

	return nb_trim((nb_str){ s.ptr + n, s.len - n });
}

static bool begins(nb_str s, const char *with)
{
	return s.len >= strlen(with) && strncasecmp(s.ptr, with, strlen(with)) == 0;
}

/* The name of the root element, or of the document type if that is all there is. */
static nb_str root_of(nb_str s)
{
	nb_str doctype = { 0 };

	while (s.len > 2 && s.ptr[0] == '<') {
		if (begins(s, "<?")) {
			s = after(s, "?>");
		} else if (begins(s, "<!--")) {
			s = after(s, "-->");
		} else if (begins(s, "<!doctype")) {
			nb_str rest = nb_trim((nb_str){ s.ptr + 9, s.len - 9 });
			const char *bracket = memchr(s.ptr, '[', s.len),
				   *end = memchr(s.ptr, '>', s.len);

			if (rest.len > 1)
				doctype = name_at((nb_str){ rest.ptr - 1, rest.len + 1 });
			s = bracket && end && bracket < end ? after(s, "]>") : after(s, ">");
		} else {
			return name_at(s);
		}
	}
	return doctype;
}

/* The name of the first item in the head, if its root says nothing; absent if there is none. */
static nb_str first_item(nb_str s)
{
	for (size_t i = 0; i + 5 < s.len; i++) {
		const char *p = memchr(s.ptr + i, '<', s.len - i);
		nb_str name;

		if (!p)
			break;
		i = (size_t)(p - s.ptr);
		name = name_at((nb_str){ p, s.len - i });
		if (nb_xml_is_item(name.ptr, name.len))
			return name;
	}
	return (nb_str){ 0 };
}

static bool is_one_of(nb_str name, const char *const *list)
{
	for (; *list; list++)
		if (name.len == strlen(*list) && memcmp(name.ptr, *list, name.len) == 0)
			return true;
	return false;
}

static bool is_named(const nb_head *head, const char *const *list)
{
	nb_str name;

	if (!nb_head_begins(head, NB_STR("<")))
		return false;
	name = root_of(head->visible);
	return is_one_of(name, list) || is_one_of(first_item(head->visible), list);
}

static bool is_newsml_g2(const nb_head *head)
{
	static const char *const name[] = { "newsMessage",  "newsItem",      "packageItem",
					    "planningItem", "conceptItem",   "knowledgeItem",
					    "catalogItem",  NULL };

	return is_named(head, name);
}

static bool is_newsml_1_2(const nb_head *head)
{
	static const char *const name[] = { "NewsML", "NewsItem", NULL };

	return is_named(head, name);
}

static bool is_nitf(const nb_head *head)
{
	static const char *const name[] = { "nitf", "NITF", NULL };

	return is_named(head, name);
}

/* ---- items ----------------------------------------------------------------------------------- */

/* Bytes that are no UTF-8 are in the charset that the document declares, or in one that is likely.
 * false: no memory. */
static bool to_utf8(nb_parse *p, nb_str *xml, const char *declared)
{
	nb_decoded decoded;

	if (nb_charset_to_utf8(&p->m->charset, *xml, (nb_str){ declared, strlen(declared) },
			       (nb_str){ 0 }, &decoded) != NB_OK)
		return false;
	if (decoded.damaged)
		nb_parse_repaired(p);
	*xml = decoded.text;
	return true;
}

/* What was not well-formed, once more with what can be repaired. */
static nb_xml_result read_repaired(nb_parse *p, nb_str xml, nb_xml_item *item, const char **detail,
				   uint64_t *line)
{
	char *clean = nb_scratch_room(&p->m->clean, NB_UTF8_REPAIR_MAX(xml.len) + 1), *out;
	nb_xml_result result;
	nb_str text;

	if (!clean)
		return NB_XML_NOMEM;
	text = (nb_str){ clean, nb_utf8_repair(xml.ptr, xml.len, clean, NULL) };
	out = nb_scratch_room(&p->m->joined, nb_xml_repair(text, NULL) + 1);
	if (!out)
		return NB_XML_NOMEM;
	result = nb_xml_read(p->m->xml, (nb_str){ out, nb_xml_repair(text, out) }, item, detail,
			     line);
	if (result == NB_XML_OK)
		nb_parse_repaired(p);
	return result;
}

static const char *keep_detail(nb_parse *p, const char *detail, uint64_t line)
{
	char text[128];
	int n = snprintf(text, sizeof(text), "%s in line %llu of the item", detail,
			 (unsigned long long)line);
	char *copy = nb_pool_take(p->m->pool, (size_t)n + 1);

	if (!copy) {
		p->m->no_memory = true;
		return detail;
	}
	return memcpy(copy, text, (size_t)n + 1);
}

static void finish_item(nb_parse *p, nb_xml_result result, const nb_xml_item *item,
			const char *detail, uint64_t line, const nb_record *at)
{
	switch (result) {
	case NB_XML_OK:
		nb_xml_article(p, item, at);
		break;
	case NB_XML_BAD:
		nb_parse_reject(p, NB_REJECT_MALFORMED, keep_detail(p, detail, line), at);
		break;
	case NB_XML_DEEP:
		nb_parse_reject(p, NB_REJECT_TOO_DEEP, keep_detail(p, detail, line), at);
		break;
	case NB_XML_NOMEM:
		p->m->no_memory = true;
		break;
	}
}

/* An item; false if it is not well-formed and others seem to begin in it. */
static bool parse_item(nb_parse *p, const nb_record *at)
{
	nb_xml_result result = NB_XML_NOMEM;
	nb_str xml = nb_trim(at->bytes);
	const char *detail = "";
	nb_xml_item item;
	uint64_t line = 0;

	if (to_utf8(p, &xml, at->charset))
		result = nb_xml_read(p->m->xml, xml, &item, &detail, &line);
	if (result == NB_XML_BAD && nb_xml_next_item(at->bytes, 0) < at->bytes.len)
		return false;
	if (result == NB_XML_BAD)
		result = read_repaired(p, xml, &item, &detail, &line);
	finish_item(p, result, &item, detail, line, at);
	return true;
}

/* An item whose end is missing, as far as to the next, and so on. */
static void parse_pieces(nb_parse *p, const nb_record *at)
{
	nb_record piece = *at;
	size_t begin = 0;

	while (begin < at->bytes.len && !p->m->no_memory) {
		size_t end = nb_xml_next_item(at->bytes, begin);

		piece.bytes = (nb_str){ at->bytes.ptr + begin, end - begin };
		piece.byte = at->byte + begin;
		parse_item(p, &piece);
		for (; begin < end; begin++)
			piece.line += at->bytes.ptr[begin] == '\n';
	}
}

static void parse(nb_parse *p, const nb_record *at)
{
	if (!p->m->xml && !(p->m->xml = nb_xml_new()))
		p->m->no_memory = true;
	else if (!parse_item(p, at))
		parse_pieces(p, at);
	nb_maker_shrink(p->m);
}

const nb_format nb_format_newsml_g2 = {
	.name = "newsml-g2",
	.is = is_newsml_g2,
	.cut = NB_CUT_RECORDS,
	.scan = nb_xml_scan_items,
	.parse = parse,
};

const nb_format nb_format_newsml_1_2 = {
	.name = "newsml-1.2",
	.is = is_newsml_1_2,
	.cut = NB_CUT_RECORDS,
	.scan = nb_xml_scan_items,
	.parse = parse,
};

const nb_format nb_format_nitf = {
	.name = "nitf",
	.is = is_nitf,
	.cut = NB_CUT_RECORDS,
	.scan = nb_xml_scan_items,
	.parse = parse,
};
