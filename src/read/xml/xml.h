/* SPDX-License-Identifier: MIT
 *
 * xml.h - news items in XML: NewsML-G2, NewsML 1.2, NITF, and what they carry inside.
 *
 * A table of element paths says which element or attribute is which field; so a vocabulary is a
 * table (newsml_g2.c, newsml_1_2.c, nitf.c), and one reader (xml_item.c) serves them all.  They
 * are used together, since one is found inside the other.  Names are compared without prefix and
 * without case.
 */
#ifndef NB_READ_XML_XML_H
#define NB_READ_XML_XML_H

#include <stdbool.h>

#include "newsbraid/nb.h"
#include "read/scan.h"

typedef enum nb_xml_field {
	NB_XML_ID,
	NB_XML_VERSION,
	NB_XML_PROVIDER, /* who sends it */
	NB_XML_AGENCY,   /* whom the report is from, where that is said apart */
	NB_XML_LANG,
	NB_XML_TITLE,
	NB_XML_BYLINE,
	NB_XML_URL,
	NB_XML_DATE,
	NB_XML_LOCATED,
	NB_XML_DATELINE, /* place, date and credit in one line */
	NB_XML_STATUS,
	NB_XML_EMBARGO,
	NB_XML_SLUGLINE,
	NB_XML_NOTE, /* to editors */
	NB_XML_SUMMARY,
	NB_XML_SUBJECT, /* what it is about, one a line */
	NB_XML_CLASS, /* text, picture ... */
	NB_XML_FIELDS,
	/* what steers the reader: */
	NB_XML_CONTENT = NB_XML_FIELDS, /* the report stands in this element */
	NB_XML_ROLE,                    /* what the component around it is for */
	NB_XML_MEDIUM,                  /* what kind of content stands beside it */
	NB_XML_ENCODED,                 /* content that is not plain: base64 */
	NB_XML_REMOTE,                  /* the content is somewhere else */
} nb_xml_field;

/* How a value is to be taken. */
enum {
	NB_XML_CODE = 1, /* "stat:usable" means usable, "http://example.org/NINAT/text" text */
	NB_XML_LIST = 2, /* each occurrence counts: "A, B" */
	NB_XML_HOST = 4, /* of an address its host */
};

/*
 * path: the last elements of a place, "contentMeta/headline"; then "[name=value]" if that
 * attribute must have that value; then "@name" if an attribute is meant and not the content.
 */
typedef struct nb_xml_rule {
	const char *path;
	nb_xml_field field;
	unsigned how;
} nb_xml_rule;

/* Best first, field by field; a rule without path ends each. */
extern const nb_xml_rule nb_newsml_g2[], nb_newsml_1_2[], nb_nitf[];

/* What an item says, as far as it goes; strings live until the next item is read. */
typedef struct nb_xml_item {
	const char *name;                        /* of the item's element: "newsItem" */
	nb_str value[NB_XML_FIELDS];             /* absent ones {NULL, 0} */
	const nb_xml_rule *origin[NB_XML_FIELDS]; /* where a value comes from */
	nb_str text;
	const char *content; /* where the text comes from */
	bool remote;   /* it points to content that is not here */
	bool encoded;  /* it has content that is not plain */
	bool entities; /* it refers to entities that we do not know */
} nb_xml_item;

typedef enum nb_xml_result {
	NB_XML_OK,
	NB_XML_BAD,  /* not well-formed */
	NB_XML_DEEP, /* deeper than NB_DEPTH_MAX */
	NB_XML_NOMEM,
} nb_xml_result;

/* What one thread needs to read items. */
typedef struct nb_xml nb_xml;

nb_xml *nb_xml_new(void);
void nb_xml_free(nb_xml *x);

/**
 * Read one item, which must be UTF-8.
 *
 * @param item    out: valid after NB_XML_OK
 * @param detail  out: static text, what is wrong
 * @param line    out: and in which line of the item
 */
nb_xml_result nb_xml_read(nb_xml *x, nb_str xml, nb_xml_item *item, const char **detail,
			  uint64_t *line);

/** The scanner of items: see scan.h. */
nb_scan_event nb_xml_scan_items(nb_scan *scan, const char *p, size_t n, size_t *at);

/**
 * The next place after `from` where an item begins, in bytes that the scanner took for one item.
 * @return xml.len if there is none; also for items that their vocabulary allows inside
 */
size_t nb_xml_next_item(nb_str xml, size_t from);

/** Whether an element of this local name is an item. */
bool nb_xml_is_item(const char *name, size_t n);

/**
 * What can be done for XML that is not well-formed: '&' and '<' that begin nothing are escaped,
 * references to characters that XML forbids become blanks.
 *
 * @param xml  valid UTF-8 without control characters
 * @param out  room for what is returned; NULL to learn it
 * @return bytes written
 */
size_t nb_xml_repair(nb_str xml, char *out);

#endif
