/* SPDX-License-Identifier: MIT
 *
 * xml_article.c - what a news item says to the fields of an article, or why it is none.
 */
#include "read/xml/xml_article.h"

#include <string.h>
#include <strings.h>

#include "newsbraid/date.h"
#include "newsbraid/reader.h"
#include "read/origin.h"
#include "text/language.h"

static bool same(nb_str s, const char *word)
{
	return s.len == strlen(word) && strncasecmp(s.ptr, word, s.len) == 0;
}

/* Why an item without text is none; NULL if it may yet be a flash. */
static const char *why_no_article(const nb_xml_item *item)
{
	nb_str name = { item->name, strlen(item->name) }, class = item->value[NB_XML_CLASS];

	if (same(name, "packageItem"))
		return "a package, which only points to items";
	if (same(name, "planningItem"))
		return "a planning item, not a report";
	if (same(name, "conceptItem") || same(name, "knowledgeItem"))
		return "concepts, not a report";
	if (same(name, "catalogItem"))
		return "a catalogue, not a report";
	if (item->text.len)
		return NULL;
	if (same(class, "picture") || same(class, "photo") || same(class, "graphic"))
		return "a picture without a report";
	if (same(class, "video") || same(class, "audio") || same(class, "animation"))
		return "video or audio without a report";
	if (same(class, "composite"))
		return "a composite item without a report";
	if (item->remote)
		return "its content is somewhere else, only pointed to";
	if (item->encoded)
		return "its content is encoded, not plain text";
	if (item->value[NB_XML_TITLE].len || item->value[NB_XML_SUMMARY].len)
		return NULL;
	return item->entities ? "its text is made of entities that are not known"
			      : "an item without text and without headline";
}

static bool begins(nb_str s, const char *with)
{
	return s.len >= strlen(with) && strncasecmp(s.ptr, with, strlen(with)) == 0;
}

static nb_pub_status status_of(nb_str s)
{
	if (begins(s, "cancel") || same(s, "killed") || same(s, "kill") || same(s, "deleted"))
		return NB_PUB_CANCELED;
	return same(s, "withheld") ? NB_PUB_WITHHELD : NB_PUB_USABLE;
}

static nb_str keep(nb_parse *p, const nb_xml_item *item, nb_xml_field field, size_t most)
{
	return nb_keep_line(p->m, item->value[field], most);
}

/* Whom the report is from and who sent it, "A, B"; once if they are one. */
static nb_str keep_agencies(nb_parse *p, const nb_xml_item *item)
{
	nb_str from = item->value[NB_XML_AGENCY], by = item->value[NB_XML_PROVIDER];
	char both[2 * NB_SHORT_MAX + 2];

	if (!from.len || !by.len || memmem(from.ptr, from.len, by.ptr, by.len))
		return nb_keep_line(p->m, from.len ? from : by, NB_SHORT_MAX);
	memcpy(both, from.ptr, from.len);
	memcpy(both + from.len, ", ", 2);
	memcpy(both + from.len + 2, by.ptr, by.len);
	return nb_keep_line(p->m, (nb_str){ both, from.len + 2 + by.len }, NB_SHORT_MAX);
}

static void take_date(nb_parse *p, const nb_xml_item *item, nb_article *a)
{
	nb_str date = item->value[NB_XML_DATE], embargo = item->value[NB_XML_EMBARGO];
	int64_t time;

	a->published_at = NB_NO_TIME;
	a->published_raw = nb_keep_line(p->m, date, NB_DATE_MAX);
	if (nb_date_parse(date, &a->published_at)) {
		a->day_only = nb_date_is_day(date);
		a->date_source = NB_DATE_PUBLISHER;
	}
	if (embargo.len && nb_date_parse(embargo, &time))
		a->embargo = time;
}

static const char *path_of(const nb_xml_item *item, nb_xml_field field)
{
	return item->origin[field] ? item->origin[field]->path : NULL;
}

static nb_str keep_origin(nb_parse *p, const nb_xml_item *item, const char *text)
{
	const nb_origin_of of[] = {
		{ "id", path_of(item, NB_XML_ID) },
		{ "version", path_of(item, NB_XML_VERSION) },
		{ "source", path_of(item, NB_XML_PROVIDER) },
		{ "agency", path_of(item, item->origin[NB_XML_AGENCY] ? NB_XML_AGENCY
								       : NB_XML_PROVIDER) },
		{ "lang", path_of(item, NB_XML_LANG) },
		{ "title", path_of(item, NB_XML_TITLE) },
		{ "byline", path_of(item, NB_XML_BYLINE) },
		{ "published", path_of(item, NB_XML_DATE) },
		{ "located", path_of(item, item->origin[NB_XML_LOCATED] ? NB_XML_LOCATED
									 : NB_XML_DATELINE) },
		{ "subjects", path_of(item, NB_XML_SUBJECT) },
		{ "embargo", path_of(item, NB_XML_EMBARGO) },
		{ "status", path_of(item, NB_XML_STATUS) },
		{ "text", text },
	};

	return nb_origin_keep(p->m, of, sizeof(of) / sizeof(of[0]));
}

/* The report, or of what has none what says most: a summary; of a kill, the note that says so. */
static const char *take_text(nb_parse *p, const nb_xml_item *item, nb_article *a)
{
	bool killed = a->pub_status == NB_PUB_CANCELED;
	nb_xml_field instead = item->value[NB_XML_SUMMARY].len ? NB_XML_SUMMARY
			       : killed && !a->title.len       ? NB_XML_NOTE
							       : NB_XML_TITLE;

	if (item->text.len > NB_TEXT_MAX) {
		a->text = item->text;
		return item->content;
	}
	if (item->text.len) {
		a->text = nb_keep_text(p->m, item->text, false);
		return item->content;
	}
	a->text = keep(p, item, instead, NB_SHORT_MAX);
	return path_of(item, instead);
}

void nb_xml_article(nb_parse *p, const nb_xml_item *item, const nb_record *at)
{
	nb_article a = { .pub_status = status_of(item->value[NB_XML_STATUS]) };
	bool killed = a.pub_status == NB_PUB_CANCELED;
	const char *why = why_no_article(item), *text;
	nb_str located = item->value[NB_XML_LOCATED];
	char code[3];

	if (why && !(killed && item->value[NB_XML_ID].len)) {
		nb_parse_reject(p, NB_REJECT_NO_TEXT, why, at);
		return;
	}
	a.id = keep(p, item, NB_XML_ID, NB_ID_MAX);
	a.version = keep(p, item, NB_XML_VERSION, NB_SHORT_MAX);
	a.source = keep(p, item, NB_XML_PROVIDER, NB_SHORT_MAX);
	a.agency = keep_agencies(p, item);
	a.title = keep(p, item, NB_XML_TITLE, NB_SHORT_MAX);
	a.byline = keep(p, item, NB_XML_BYLINE, NB_SHORT_MAX);
	a.located = nb_keep_line(p->m, located.len ? located : item->value[NB_XML_DATELINE],
				 NB_SHORT_MAX);
	a.subjects = nb_keep_text(p->m, item->value[NB_XML_SUBJECT], false);
	if (nb_is_http(a.id))
		a.url = a.id;
	if (item->value[NB_XML_LANG].len && nb_language_code(item->value[NB_XML_LANG], code))
		a.lang = nb_keep_line(p->m, (nb_str){ code, 2 }, 2);
	take_date(p, item, &a);
	text = take_text(p, item, &a);
	a.origin = keep_origin(p, item, text);
	nb_parse_article(p, &a, at);
}
