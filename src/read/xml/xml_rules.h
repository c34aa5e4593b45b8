/* SPDX-License-Identifier: MIT
 *
 * xml_rules.h - the tables of paths, made quick: names are numbers, rules hang on the last one.
 */
#ifndef NB_READ_XML_XML_RULES_H
#define NB_READ_XML_XML_RULES_H

#include "read/xml/xml.h"

#define NB_XML_NAME_MAX 40u /* bytes of the longest name in a path, its NUL included */
#define NB_XML_PARENTS  4u

/* What an element's name says about its text. */
enum {
	NB_XML_BLOCK = 1,  /* a line of its own */
	NB_XML_PARA = 2,   /* text, wherever it stands */
	NB_XML_HIDDEN = 4, /* no text of the report */
	NB_XML_BODY = 8,   /* nothing outside of it is text */
	NB_XML_PRE = 16,   /* line ends mean something */
};

/* A rule taken apart.  Names are numbers; attributes are compared as strings. */
typedef struct nb_xml_step {
	const nb_xml_rule *rule;
	unsigned rank;
	uint16_t parent[NB_XML_PARENTS]; /* innermost first, 0 after the last */
	char attribute[NB_XML_NAME_MAX]; /* "" for the content */
	char if_name[NB_XML_NAME_MAX], if_value[NB_XML_NAME_MAX]; /* "" for no condition */
	uint16_t next; /* step on the same name, 0: none; best first */
} nb_xml_step;

typedef struct nb_xml_name {
	char text[NB_XML_NAME_MAX]; /* lower case */
	uint16_t first;             /* step, 0: none */
	uint8_t kind;               /* NB_XML_BLOCK ... */
} nb_xml_name;

typedef struct nb_xml_rules {
	nb_xml_name name[512]; /* name[1..n_names] */
	nb_xml_step step[192]; /* step[1..n_steps] */
	uint16_t slot[1024];   /* hash table of names */
	size_t n_names, n_steps;
	bool overflow; /* a table of paths has more than there is room for */
} nb_xml_rules;

/** Take the tables apart.  Constant work; the result is read-only.
 *  @return NB_OK, or NB_ELIMIT if a table was given a row too many, or too long a name */
nb_status nb_xml_rules_init(nb_xml_rules *r) NB_MUST_CHECK;

/** The number of an element's name, prefix and all; 0 if it means nothing to us. */
uint16_t nb_xml_rules_find(const nb_xml_rules *r, const char *name);

/** A name without its prefix. */
const char *nb_xml_local(const char *name);

#endif
