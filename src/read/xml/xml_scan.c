/* SPDX-License-Identifier: MIT
 *
 * xml_scan.c - where news items begin and end in XML, found without parsing it.
 *
 * An item is what one article is made of: an element called newsItem, NewsItem, nitf ... wherever
 * it stands, in an envelope, a feed, or one document after the other.  Each is parsed alone, so
 * files of any size need the memory of their largest item, are parsed by all threads, and are read
 * on after an item that is broken.  Document type declarations are passed over: no entity of a
 * document's own is ever expanded.
 *
 * '<' cannot stand in an attribute, so inside an item only '<' has to be looked for.  Of encodings
 * it needs that '<', '>', '/', '!', '?', '-' and quotes are bytes that mean nothing else.
 */
#include <string.h>
#include <strings.h>

#include "read/xml/xml.h"

enum state {
	TEXT,
	LESS,    /* after '<' */
	NAME,    /* in a tag's name */
	TAG,     /* in an item's opening tag */
	CLOSING, /* in its closing tag */
	BANG,    /* after "<!", undecided */
	COMMENT,
	CDATA,
	INSTRUCTION,
	DECLARATION, /* <!DOCTYPE ...> with brackets and quotes */
	REMARK,      /* a comment inside a declaration */
};

static const char *const item_name[] = { "newsitem",      "nitf",         "packageitem",
					 "planningitem",  "conceptitem",  "knowledgeitem",
					 "catalogitem" };

bool nb_xml_is_item(const char *name, size_t n)
{
	for (size_t i = 0; i < sizeof(item_name) / sizeof(item_name[0]); i++)
		if (strlen(item_name[i]) == n && strncasecmp(item_name[i], name, n) == 0)
			return true;
	return false;
}

static bool ends_name(char c)
{
	return c == ' ' || c == '>' || c == '/' || c == '\n' || c == '\t' || c == '\r' || c == 0;
}

static uint64_t count_lines(const char *p, const char *end)
{
	uint64_t n = 0;

	while ((p = memchr(p, '\n', (size_t)(end - p))) != NULL) {
		n++;
		p++;
	}
	return n;
}

/* A character of a name: only what stands after the prefix is kept, and not more than we know. */
static void add_to_name(nb_xml_scan *s, char c)
{
	if (c == ':')
		s->n_name = 0;
	else if (s->n_name < sizeof(s->name))
		s->name[s->n_name++] = c;
}

/* After a tag's name, with the character that ends it.  Whether it opens or closes an item. */
static bool take_name(nb_xml_scan *s)
{
	bool same = s->inside && s->n_name == s->n_item &&
		    strncasecmp(s->name, s->item, s->n_item) == 0;

	s->state = TEXT;
	if (s->closing) {
		/* an item in an item: NewsML 1.2 allows it, nothing else does */
		if (same && s->depth > 1)
			s->depth--;
		else if (same)
			s->state = CLOSING;
	} else if (!s->inside && nb_xml_is_item(s->name, s->n_name)) {
		s->inside = s->found = true;
		memcpy(s->item, s->name, s->n_name);
		s->n_item = s->n_name;
		s->depth = 1;
		s->quote = s->last = 0;
		s->state = TAG;
	} else if (same && s->name[0] == 'N') {
		s->depth++;
	} else if (s->inside && s->n_name == 6 && memcmp(s->name, "NewsML", 6) == 0) {
		s->depth = 0; /* a document has begun inside another: that had no end */
	}
	return s->state != TEXT;
}

/* In an item's opening tag: whether it ends here, and the item with it. */
static bool take_tag(nb_xml_scan *s, char c)
{
	if (s->quote) {
		if (c == s->quote)
			s->quote = 0;
	} else if (c == '"' || c == '\'') {
		s->quote = c;
	} else if (c == '>') {
		s->state = TEXT;
		return s->last == '/';
	}
	s->last = c;
	return false;
}

/* After "<!": a comment, a CDATA section or a declaration, as soon as that is clear. */
static void take_bang(nb_xml_scan *s, char c)
{
	static const char comment[] = "--", cdata[] = "[CDATA[";

	add_to_name(s, c);
	if (memcmp(s->name, comment, s->n_name < 2 ? s->n_name : 2) == 0) {
		if (s->n_name == 2)
			s->state = s->declared ? REMARK : COMMENT;
	} else if (!s->declared && memcmp(s->name, cdata, s->n_name < 7 ? s->n_name : 7) == 0) {
		if (s->n_name == 7)
			s->state = CDATA;
	} else if (s->inside || (c == '>' && !s->declared)) {
		s->state = TEXT; /* no item has declarations in it */
	} else {
		if (!s->declared)
			s->quote = s->brackets = 0;
		s->declared = true;
		s->last = 0;
		s->state = DECLARATION;
	}
	s->n_matched = 0;
}

/* Inside a declaration: quoted strings and a bracketed list of declarations with comments. */
static void take_declaration(nb_xml_scan *s, char c)
{
	if (s->quote) {
		if (c == s->quote)
			s->quote = 0;
	} else if (c == '"' || c == '\'') {
		s->quote = c;
	} else if (c == '!' && s->last == '<') {
		s->state = BANG;
		s->n_name = 0;
	} else if (c == '[') {
		s->brackets = true;
	} else if (c == ']') {
		s->brackets = false;
	} else if (c == '>' && !s->brackets) {
		s->declared = false;
		s->state = TEXT;
	}
	s->last = c;
}

/* Whether c completes what ends a comment, a section or an instruction: "-->", "]]>", "?>". */
static bool ends_with(nb_xml_scan *s, char c, char mark, unsigned marks)
{
	if (c == '>' && s->n_matched >= marks)
		return true;
	s->n_matched = c == mark ? (uint8_t)(s->n_matched + (s->n_matched < marks)) : 0;
	return false;
}

/* "<?xml version="1.0" encoding="windows-1251"?>": what the records after it are written in. */
static void take_charset(nb_xml_scan *s, char out[24])
{
	static const char name[] = "encoding";
	const char *p, *end = s->instruction + s->n_instruction;
	size_t n = 0;

	s->instruction[s->n_instruction] = '\0';
	if (s->inside || strncasecmp(s->instruction, "xml", 3) != 0)
		return;
	out[0] = '\0';
	p = strstr(s->instruction, name);
	if (!p)
		return;
	for (p += sizeof(name) - 1; p < end && strchr(" \t\r\n='\"", *p);)
		p++;
	for (; p < end && n < 23 && !strchr(" \t\r\n'\"", *p); p++)
		out[n++] = *p;
	out[n] = '\0';
}

static void take_instruction(nb_xml_scan *s, char c, char charset[24])
{
	if (s->n_instruction + 1u < sizeof(s->instruction))
		s->instruction[s->n_instruction++] = c;
	if (ends_with(s, c, '?', 1)) {
		take_charset(s, charset);
		s->state = TEXT;
	}
}

/* After '<': what kind of tag it is. */
static void take_less(nb_xml_scan *s, char c)
{
	s->n_name = s->n_matched = s->n_instruction = 0;
	s->closing = c == '/';
	s->state = c == '!' ? BANG : c == '?' ? INSTRUCTION : NAME;
	if (s->state == NAME && c != '/')
		add_to_name(s, c);
}

/* Whether an item ends with this character. */
static bool step(nb_xml_scan *s, char c, char charset[24])
{
	switch (s->state) {
	case LESS:
		take_less(s, c);
		break;
	case NAME:
		if (!ends_name(c))
			add_to_name(s, c);
		else if (take_name(s))
			return s->state == TAG ? take_tag(s, c) : c == '>';
		break;
	case TAG:
		return take_tag(s, c);
	case CLOSING:
		return c == '>';
	case BANG:
		take_bang(s, c);
		break;
	case COMMENT:
	case REMARK:
		if (ends_with(s, c, '-', 2))
			s->state = s->state == REMARK ? DECLARATION : TEXT;
		break;
	case CDATA:
		if (ends_with(s, c, ']', 2))
			s->state = TEXT;
		break;
	case INSTRUCTION:
		take_instruction(s, c, charset);
		break;
	case DECLARATION:
		take_declaration(s, c);
		break;
	}
	return false;
}

/* The next character that can change the state, from p on. */
static const char *next_of_interest(const nb_xml_scan *s, const char *p, const char *end)
{
	const char *q = p;

	if (s->state == TEXT)
		q = memchr(p, '<', (size_t)(end - p));
	else if (s->n_matched == 0 && (s->state == COMMENT || s->state == CDATA))
		q = memchr(p, s->state == COMMENT ? '-' : ']', (size_t)(end - p));
	return q ? q : end;
}

/* The scan proper: *at moves on, lines are counted by the caller. */
static nb_scan_event scan_on(nb_xml_scan *s, char charset[24], const char *p, size_t n, size_t *at)
{
	while (*at < n) {
		*at = (size_t)(next_of_interest(s, p + *at, p + n) - p);
		if (*at == n)
			break;
		if (s->state == TEXT) {
			if (!s->inside && !s->told) {
				s->told = true;
				return NB_SCAN_BEGIN;
			}
			s->told = false;
			s->open = true;
			s->state = LESS;
			++*at;
			continue;
		}
		if (step(s, p[(*at)++], charset)) {
			s->state = TEXT;
			s->inside = s->open = false;
			return NB_SCAN_END;
		}
		/* what was told to begin has turned out to be no item */
		if (s->open && !s->inside && s->state != LESS && s->state != NAME) {
			s->open = false;
			return NB_SCAN_DROP;
		}
	}
	return NB_SCAN_MORE;
}

nb_scan_event nb_xml_scan_items(nb_scan *scan, const char *p, size_t n, size_t *at)
{
	const char *from = p + *at;
	nb_scan_event event = scan_on(&scan->xml, scan->charset, p, n, at);

	scan->place += count_lines(from, p + *at);
	scan->broken = "XML without a news item";
	return n == 0 && !scan->xml.found ? NB_SCAN_BROKEN : event;
}

size_t nb_xml_next_item(nb_str xml, size_t from)
{
	const char *p = xml.ptr + from, *end = xml.ptr + xml.len, *begin = p;
	nb_xml_scan s = { 0 };
	char charset[24];

	while (p < end) {
		if (s.state == TEXT) {
			p = next_of_interest(&s, p, end);
			begin = p++;
			s.state = LESS;
			continue;
		}
		step(&s, *p++, charset);
		if (s.inside && begin > xml.ptr + from)
			return (size_t)(begin - xml.ptr);
		s.inside = false;
	}
	return xml.len;
}
