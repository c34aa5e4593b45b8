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

/* With the names that a caller's map and src/data/aliases.txt give them. */
/* clang-format off */
#define NB_FIELDS(X)                                                                               \
	X(ID, id) X(SOURCE, source) X(AGENCY, agency) X(VERSION, version) X(LANG, lang)            \
	X(TITLE, title) X(BYLINE, byline) X(URL, url) X(DATE, date) X(TEXT, text)                  \
	X(LOCATED, located) X(SUBJECTS, subjects) X(EMBARGO, embargo)                              \
	X(PUB_STATUS, pub_status)                                                                  \
	X(INSIDE, inside) /* no field: an object whose members are looked at too */
/* clang-format on */

typedef enum nb_field {
#define X(field, name) NB_FIELD_##field,
	NB_FIELDS(X)
#undef X
	NB_FIELD_COUNT,
} nb_field;

/* On what condition an alias holds, and what its value is: src/data/aliases.txt says more. */
/* clang-format off */
#define NB_ALIAS_KINDS(X)                                                                          \
	X(PLAIN, plain) X(HTTP, http) X(NOT_HTTP, not_http) X(MARKUP, markup)                      \
	X(SUMMARY, summary) X(PUBLISHER, publisher) X(FEED, feed) X(CRAWL, crawl)
/* clang-format on */

typedef enum nb_alias_kind {
#define X(kind, name) NB_ALIAS_##kind,
	NB_ALIAS_KINDS(X)
#undef X
} nb_alias_kind;

typedef struct nb_alias {
	const char *name; /* lower-case letters and digits */
	uint8_t field;    /* nb_field */
	uint8_t kind;     /* nb_alias_kind */
	uint16_t rank;    /* smaller is better */
} nb_alias;

#define NB_ALIAS_NAME   32u   /* longest name, its NUL included */
#define NB_RANK_BUILTIN 1000u /* ranks below are the caller's own */
#define NB_RANK_OPEN    1900u /* of names that are only known by how they begin */
#define NB_RANK_INSIDE  1000u /* added to the rank of what stands in an inner object */

/* A "title=FIELD" of the caller. */
typedef struct nb_alias_own {
	nb_field field;
	nb_str path; /* one key, or several with dots between them */
} nb_alias_own;

/* Where a name's slot is looked for first: a step a character. */
static inline uint32_t nb_alias_hash(uint32_t hash, char c)
{
	return (hash ^ (unsigned char)c) * 0x01000193u;
}
#define NB_ALIAS_HASH 0x811c9dc5u /* of no character */

/* Built once, then read-only and safe from any thread. */
typedef struct nb_alias_map {
	nb_alias_own *own; /* own[0..n_own), in the caller's order */
	size_t n_own;
	_Atomic bool *seen; /* seen[0..n_own): a record had the field */
} nb_alias_map;

/**
 * What the caller adds to the aliases of src/data/aliases.txt: entries "CANONICAL=FIELD" (their
 * text must outlive the map).
 * @return NB_OK, NB_ENOMEM, or NB_EINVAL with the reason in err
 */
nb_status nb_alias_map_init(nb_alias_map *map, const char *const *entry, size_t n_entries,
			    nb_error *err) NB_MUST_CHECK;
void nb_alias_map_release(nb_alias_map *map);

/** Whether one of the caller's entries is well-formed: NB_OK, or NB_EINVAL with the reason in err.
 */
nb_status nb_alias_entry_check(const char *entry, nb_error *err) NB_MUST_CHECK;

/** The aliases alias[0..*n) of a key; *n is 0 if it means nothing to us.  Keys of ninjs 1 that an
 *  agency may extend ("body_print", "headline_short") count as the worst of their kind. */
const nb_alias *nb_alias_find(nb_str key, size_t *n);

#endif
