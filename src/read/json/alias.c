/* SPDX-License-Identifier: MIT
 *
 * alias.c - see alias.h.
 *
 * Traps that shaped the table: trafilatura's `source` is a URL and `source-hostname` the site;
 * dolma's `source` names a corpus; Event Registry's `source` is an object; news-please writes
 * `date_download`, the time of the crawl, beside `date_publish`.  Columns that hold labels (copy,
 * event, storyline, topic, cluster) are in no line here and must never be: an answer must not leak
 * into what is asked.
 */
#include "read/json/alias.h"

#include <stdlib.h>
#include <string.h>

#include "newsbraid/date.h"

#define LINE_MOST 48

/* One field, one kind: its names, best first.  Lines of one field stand best first too. */
static const struct line {
	uint8_t field, kind;
	const char *name[LINE_MOST];
} table[] = {
	{ NB_FIELD_TEXT, NB_ALIAS_PLAIN,
	  { "text", "body", "content", "maintext", "plaintext", "textcontent", "bodytext", "bodies",
	    "articlebody", "fulltext", "bodymain", "bodyplain", "articletext", "maincontent",
	    "contenttext", "cleanedtext", "cleantext", "rawtext", "paragraphs", "sections" } },
	{ NB_FIELD_TEXT, NB_ALIAS_MARKUP,
	  { "bodyxhtml", "bodyhtml", "contentencoded", "contenthtml", "htmlbody", "htmlcontent" } },
	{ NB_FIELD_TEXT, NB_ALIAS_SUMMARY,
	  { "descriptions", "description", "descriptiontext", "summary", "abstract", "excerpt",
	    "lead", "snippet" } },
	{ NB_FIELD_TITLE, NB_ALIAS_PLAIN,
	  { "title", "headline", "headlines", "headlinemain", "articletitle", "titlepage",
	    "titlerss", "headlinetext", "webtitle", "pagetitle" } },
	{ NB_FIELD_URL, NB_ALIAS_PLAIN,
	  { "url", "link", "canonicalurl", "articleurl", "weburl", "sourceurl", "permalink",
	    "requestedurl", "respondedurl", "originalurl", "warctargeturi", "href" } },
	{ NB_FIELD_URL, NB_ALIAS_HTTP, { "source", "uri", "guid", "id" } },
	{ NB_FIELD_ID, NB_ALIAS_PLAIN, { "id" } },
	{ NB_FIELD_ID, NB_ALIAS_NOT_HTTP, { "uri" } },
	{ NB_FIELD_ID, NB_ALIAS_PLAIN,
	  { "guid", "articleid", "docid", "documentid", "itemid", "newsid", "uuid",
	    "warcrecordid" } },
	{ NB_FIELD_SOURCE, NB_ALIAS_PLAIN,
	  { "sourcedomain", "domain", "canonicaldomain", "sourcehostname", "hostname", "publisher",
	    "publishername" } },
	{ NB_FIELD_SOURCE, NB_ALIAS_NOT_HTTP, { "source" } },
	{ NB_FIELD_SOURCE, NB_ALIAS_PLAIN,
	  { "outlet", "sourcename", "site", "sitename", "website", "newspaper", "feed", "feedname",
	    "medium" } },
	{ NB_FIELD_AGENCY, NB_ALIAS_PLAIN,
	  { "agency", "agencies", "credit", "creditline", "credits", "provider", "copyrightholder",
	    "infosource", "infosources", "newsagency", "wireservice" } },
	{ NB_FIELD_VERSION, NB_ALIAS_PLAIN, { "version", "revision", "revisionid" } },
	{ NB_FIELD_LANG, NB_ALIAS_PLAIN,
	  { "language", "lang", "languagecode", "langcode", "inlanguage", "fulllanguage", "xmllang",
	    "locale" } },
	{ NB_FIELD_BYLINE, NB_ALIAS_PLAIN,
	  { "authors", "author", "by", "byline", "bylines", "creator", "dccreator" } },
	{ NB_FIELD_DATE, NB_ALIAS_PUBLISHER,
	  { "publishedat", "datepublish", "publishingdate", "publicationdate", "datetimepub",
	    "versioncreated", "datepublished", "published", "publisheddate", "publishdate",
	    "publishedon", "publicationtime", "publicationdatetime", "publishedtime",
	    "publishtime", "webpublicationdate", "articlepublishedtime", "firstpublished",
	    "contentcreated", "firstcreated" } },
	{ NB_FIELD_DATE, NB_ALIAS_FEED,
	  { "pubdate", "dcdate", "date", "datetime", "created", "createdat", "datecreated",
	    "createddate", "timestamp", "parseddate", "updated", "updatedat", "modified",
	    "modifiedat", "datemodified", "datemodify", "lastmodified" } },
	{ NB_FIELD_DATE, NB_ALIAS_CRAWL,
	  { "datedownload", "crawldate", "datecrawled", "crawledat", "crawltime", "fetchdate",
	    "fetchedat", "fetchtime", "added", "addedat", "dateadded", "ingestedat", "ingestdate",
	    "indexeddate", "indexedat", "filedate", "warcdate", "downloadedat", "downloaddate",
	    "scrapedat", "scrapedate", "datescraped", "retrievedat", "retrieved", "accessdate",
	    "accessed", "seendate", "dateseen", "seenat", "firstseen", "collectedat",
	    "harvestdate" } },
	{ NB_FIELD_LOCATED, NB_ALIAS_PLAIN, { "located", "dateline" } },
	{ NB_FIELD_SUBJECTS, NB_ALIAS_PLAIN,
	  { "subjects", "subject", "topics", "categories", "category", "tags", "keywords",
	    "section" } },
	{ NB_FIELD_EMBARGO, NB_ALIAS_PLAIN, { "embargoed", "embargoeduntil", "embargo" } },
	{ NB_FIELD_PUB_STATUS, NB_ALIAS_PLAIN, { "pubstatus" } },
	{ NB_FIELD_INSIDE, NB_ALIAS_PLAIN,
	  { "metadata", "meta", "article", "document", "doc", "fields", "data", "item", "newsitem",
	    "html", "extra" } },
};

static uint32_t hash_char(uint32_t hash, char c)
{
	return (hash ^ (unsigned char)c) * 0x01000193u;
}

/* Letters and digits of a key in lower case; 0 if that is longer than any name we know. */
static size_t normal_key(nb_str key, char out[NB_ALIAS_NAME], uint32_t *hash)
{
	size_t n = 0;

	*hash = 0x811c9dc5u;
	for (size_t i = 0; i < key.len; i++) {
		char c = key.ptr[i];

		if (c >= 'A' && c <= 'Z')
			c = (char)(c | 32);
		else if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9'))
			continue;
		if (n == NB_ALIAS_NAME - 1)
			return 0;
		out[n++] = c;
		*hash = hash_char(*hash, c);
	}
	out[n] = '\0';
	return n;
}

static int compare_aliases(const void *a, const void *b)
{
	const nb_alias *x = a, *y = b;
	int order = strcmp(x->name, y->name);

	return order ? order : (int)x->rank - (int)y->rank;
}

static void add_builtin(nb_alias_map *map)
{
	uint16_t rank = NB_RANK_BUILTIN;

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		for (size_t k = 0; k < LINE_MOST && table[i].name[k] && map->n < NB_ALIAS_MOST; k++)
			map->alias[map->n++] = (nb_alias){ table[i].name[k], table[i].field,
							   table[i].kind, rank++ };
	qsort(map->alias, map->n, sizeof(*map->alias), compare_aliases);
	for (size_t i = 0; i < map->n; i++) {
		char key[NB_ALIAS_NAME];
		uint32_t hash;
		nb_str name = { map->alias[i].name, strlen(map->alias[i].name) };

		if (i > 0 && strcmp(map->alias[i - 1].name, name.ptr) == 0)
			continue;
		normal_key(name, key, &hash);
		while (map->slot[hash % NB_ALIAS_SLOTS])
			hash++;
		map->slot[hash % NB_ALIAS_SLOTS] = (uint16_t)(i + 1);
	}
}

/* What an agency may add to ninjs 1: "body_" and anything.  Worse than every name in the table. */
static const struct open_name {
	const char *begin, *part; /* part: stands somewhere after it */
	nb_alias alias;
} open_name[] = {
	{ "body_", "html", { "body_html", NB_FIELD_TEXT, NB_ALIAS_MARKUP, NB_RANK_OPEN } },
	{ "body_", "", { "body_", NB_FIELD_TEXT, NB_ALIAS_PLAIN, NB_RANK_OPEN - 1 } },
	{ "headline_", "", { "headline_", NB_FIELD_TITLE, NB_ALIAS_PLAIN, NB_RANK_OPEN } },
	{ "description_", "", { "description_", NB_FIELD_TEXT, NB_ALIAS_SUMMARY, NB_RANK_OPEN } },
};

static bool begins(nb_str s, const char *with)
{
	size_t n = strlen(with);

	return s.len > n && memcmp(s.ptr, with, n) == 0;
}

static const nb_alias *find_open(nb_str key)
{
	for (size_t i = 0; i < sizeof(open_name) / sizeof(open_name[0]); i++) {
		const struct open_name *o = &open_name[i];

		if (begins(key, o->begin) &&
		    (!*o->part || memmem(key.ptr, key.len, o->part, strlen(o->part))))
			return &o->alias;
	}
	return NULL;
}

const nb_alias *nb_alias_find(const nb_alias_map *map, nb_str key, size_t *n)
{
	char name[NB_ALIAS_NAME];
	uint32_t hash;

	*n = 0;
	if (normal_key(key, name, &hash) == 0)
		return NULL;
	for (;; hash++) {
		uint16_t slot = map->slot[hash % NB_ALIAS_SLOTS];
		const nb_alias *a;

		if (slot == 0) {
			a = find_open(key);
			*n = a != NULL;
			return a;
		}
		a = &map->alias[slot - 1];
		if (strcmp(a->name, name) != 0)
			continue;
		while (a + *n < map->alias + map->n && strcmp(a[*n].name, name) == 0)
			++*n;
		return a;
	}
}

static bool field_of(const char *name, size_t len, nb_field *field)
{
	static const struct {
		const char *name;
		nb_field field;
	} known[] = {
		{ "id", NB_FIELD_ID },
		{ "source", NB_FIELD_SOURCE },
		{ "agency", NB_FIELD_AGENCY },
		{ "version", NB_FIELD_VERSION },
		{ "lang", NB_FIELD_LANG },
		{ "title", NB_FIELD_TITLE },
		{ "byline", NB_FIELD_BYLINE },
		{ "url", NB_FIELD_URL },
		{ "published_at", NB_FIELD_DATE },
		{ "published_raw", NB_FIELD_DATE },
		{ "date", NB_FIELD_DATE },
		{ "text", NB_FIELD_TEXT },
		{ "located", NB_FIELD_LOCATED },
		{ "subjects", NB_FIELD_SUBJECTS },
		{ "embargo", NB_FIELD_EMBARGO },
		{ "pub_status", NB_FIELD_PUB_STATUS },
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		if (strlen(known[i].name) == len && memcmp(known[i].name, name, len) == 0) {
			*field = known[i].field;
			return true;
		}
	}
	return false;
}

static nb_status add_own(nb_alias_map *map, const char *entry, nb_error *err)
{
	const char *mark = strchr(entry, '=');
	nb_alias_own *own = &map->own[map->n_own];

	if (!mark || mark == entry || mark[1] == '\0')
		return nb_fail(err, NB_EINVAL, entry, "a map entry must be NAME=FIELD");
	if (!field_of(entry, (size_t)(mark - entry), &own->field))
		return nb_fail(
			err, NB_EINVAL, entry,
			"a map entry's NAME must be one of id, source, agency, version, lang, "
			"title, byline, url, published_at, text, located, subjects, embargo, "
			"pub_status");
	own->path = (nb_str){ mark + 1, strlen(mark + 1) };
	map->n_own++;
	return NB_OK;
}

nb_status nb_alias_map_init(nb_alias_map *map, const char *const *entry, size_t n_entries,
			    nb_error *err)
{
	nb_status status = NB_OK;

	memset(map, 0, sizeof(*map));
	add_builtin(map);
	if (n_entries >= NB_RANK_BUILTIN)
		return nb_fail(err, NB_EINVAL, NULL, "too many map entries");
	map->own = calloc(n_entries + 1, sizeof(*map->own));
	if (!map->own)
		return nb_fail(err, NB_ENOMEM, NULL, "no memory for the field map");
	for (size_t i = 0; i < n_entries && status == NB_OK; i++)
		status = add_own(map, entry[i], err);
	if (status != NB_OK)
		nb_alias_map_release(map);
	return status;
}

void nb_alias_map_release(nb_alias_map *map)
{
	free(map->own);
	memset(map, 0, sizeof(*map));
}
