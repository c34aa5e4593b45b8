/* SPDX-License-Identifier: MIT
 *
 * alias.h - which JSON field is which: the names that news tools and agencies give to the same
 * thing.
 *
 * Keys are compared by their ASCII letters and digits alone, in lower case, so that
 * versionCreated, version_created and versioncreated are one name.
 */
#ifndef NB_READ_JSON_ALIAS_H
#define NB_READ_JSON_ALIAS_H

#include <stdbool.h>

#include "newsbraid/nb.h"

typedef enum nb_field {
	NB_FIELD_ID,
	NB_FIELD_SOURCE,
	NB_FIELD_AGENCY,
	NB_FIELD_VERSION,
	NB_FIELD_LANG,
	NB_FIELD_TITLE,
	NB_FIELD_BYLINE,
	NB_FIELD_URL,
	NB_FIELD_DATE,
	NB_FIELD_TEXT,
	NB_FIELD_LOCATED,
	NB_FIELD_SUBJECTS,
	NB_FIELD_EMBARGO,
	NB_FIELD_PUB_STATUS,
	NB_FIELD_INSIDE, /* no field: an object whose members are looked at too */
	NB_FIELD_COUNT,
} nb_field;

/* On what condition an alias holds, and what its value is. */
typedef enum nb_alias_kind {
	NB_ALIAS_PLAIN = 0,
	NB_ALIAS_HTTP,      /* only if the value is a web address */
	NB_ALIAS_NOT_HTTP,  /* only if it is none */
	NB_ALIAS_MARKUP,    /* the value is HTML */
	NB_ALIAS_SUMMARY,   /* not the whole text, but better than the title alone */
	NB_ALIAS_PUBLISHER, /* dates */
	NB_ALIAS_FEED,
	NB_ALIAS_CRAWL,
} nb_alias_kind;

typedef struct nb_alias {
	const char *name; /* lower-case letters and digits */
	uint8_t field;    /* nb_field */
	uint8_t kind;     /* nb_alias_kind */
	uint16_t rank;    /* smaller is better */
} nb_alias;

#define NB_ALIAS_MOST   256u /* aliases in the table */
#define NB_ALIAS_SLOTS  512u
#define NB_ALIAS_NAME   32u   /* longest name, its NUL included */
#define NB_RANK_BUILTIN 1000u /* ranks below are the caller's own */
#define NB_RANK_OPEN    1900u /* of names that are only known by how they begin */
#define NB_RANK_INSIDE  1000u /* added to the rank of what stands in an inner object */

/* A "title=FIELD" of the caller. */
typedef struct nb_alias_own {
	nb_field field;
	nb_str path; /* one key, or several with dots between them */
} nb_alias_own;

/* Built once, then read-only and safe from any thread. */
typedef struct nb_alias_map {
	nb_alias alias[NB_ALIAS_MOST]; /* sorted by name */
	size_t n;
	uint16_t slot[NB_ALIAS_SLOTS]; /* hash table: first alias of a name, plus one */
	nb_alias_own *own;             /* own[0..n_own), in the caller's order */
	size_t n_own;
} nb_alias_map;

/**
 * Built-in aliases and the caller's entries "CANONICAL=FIELD" (their text must outlive the map).
 * @return NB_OK, NB_ENOMEM, or NB_EINVAL with the reason in err
 */
nb_status nb_alias_map_init(nb_alias_map *map, const char *const *entry, size_t n_entries,
			    nb_error *err) NB_MUST_CHECK;
void nb_alias_map_release(nb_alias_map *map);

/** The aliases alias[0..*n) of a key; *n is 0 if it means nothing to us.  Keys of ninjs 1 that an
 *  agency may extend ("body_print", "headline_short") count as the worst of their kind. */
const nb_alias *nb_alias_find(const nb_alias_map *map, nb_str key, size_t *n);

#endif
