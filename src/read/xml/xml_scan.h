/* SPDX-License-Identifier: MIT
 *
 * xml_scan.h - where the search for news items in XML stands.
 */
#ifndef NB_READ_XML_XML_SCAN_H
#define NB_READ_XML_XML_SCAN_H

#include <stdbool.h>
#include <stdint.h>

typedef struct nb_xml_scan {
	uint8_t state;
	bool found;    /* an item, at some time */
	bool told;     /* of this '<' as the beginning of a record */
	bool open;     /* a record was told of: an item, or something that may turn out to be one */
	bool inside;   /* an item */
	bool closing;  /* the tag at hand begins with "</" */
	bool declared, brackets; /* in a declaration; in its brackets */
	char quote, last;
	uint8_t n_name, n_item, n_matched;
	char name[16]; /* of the tag at hand, without prefix, as far as it can matter */
	char item[16]; /* of the item */
	uint8_t n_instruction;
	char instruction[100];
	uint32_t depth; /* items in it of the same name, itself included */
} nb_xml_scan;

#endif
