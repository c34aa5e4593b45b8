/* SPDX-License-Identifier: MIT
 *
 * alias.c - see alias.h.
 */
#include "read/json/alias.h"

#include <stdlib.h>
#include <string.h>

#include "newsbraid/date.h"

#include "aliases.inc"

#define N_ALIASES (sizeof(aliases) / sizeof(*aliases))
#define N_SLOTS   (sizeof(alias_slots) / sizeof(*alias_slots))

/* Letters and digits of a key in lower case; 0 if that is longer than any name we know. */
static size_t normal_key(nb_str key, char out[NB_ALIAS_NAME], uint32_t *hash)
{
	size_t n = 0;

	*hash = NB_ALIAS_HASH;
	for (size_t i = 0; i < key.len; i++) {
		char c = key.ptr[i];

		if (c >= 'A' && c <= 'Z')
			c = (char)(c | 32);
		else if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9'))
			continue;
		if (n == NB_ALIAS_NAME - 1)
			return 0;
		out[n++] = c;
		*hash = nb_alias_hash(*hash, c);
	}
	out[n] = '\0';
	return n;
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

const nb_alias *nb_alias_find(nb_str key, size_t *n)
{
	char name[NB_ALIAS_NAME];
	uint32_t hash;

	*n = 0;
	if (normal_key(key, name, &hash) == 0)
		return NULL;
	for (;; hash++) {
		uint16_t slot = alias_slots[hash % N_SLOTS];
		const nb_alias *a;

		if (slot == 0) {
			a = find_open(key);
			*n = a != NULL;
			return a;
		}
		a = &aliases[slot - 1];
		if (strcmp(a->name, name) != 0)
			continue;
		while (a + *n < aliases + N_ALIASES && strcmp(a[*n].name, name) == 0)
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
#define X(its_field, its_name) { #its_name, NB_FIELD_##its_field },
		NB_FIELDS(X)
#undef X
			{ "published_at", NB_FIELD_DATE },
		{ "published", NB_FIELD_DATE },
		{ "published_raw", NB_FIELD_DATE },
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		if (known[i].field != NB_FIELD_INSIDE && strlen(known[i].name) == len &&
		    memcmp(known[i].name, name, len) == 0) {
			*field = known[i].field;
			return true;
		}
	}
	return false;
}

static nb_status parse_entry(const char *entry, nb_alias_own *own, nb_error *err)
{
	const char *mark = strchr(entry, '=');

	if (!mark || mark == entry || mark[1] == '\0')
		return nb_fail(err, NB_EINVAL, entry, "a map entry must be NAME=FIELD");
	if (!field_of(entry, (size_t)(mark - entry), &own->field))
		return nb_fail(
			err, NB_EINVAL, entry,
			"a map entry's NAME must be one of id, source, agency, version, lang, "
			"title, byline, url, published, text, located, subjects, embargo, "
			"pub_status");
	own->path = (nb_str){ mark + 1, strlen(mark + 1) };
	return NB_OK;
}

nb_status nb_alias_entry_check(const char *entry, nb_error *err)
{
	nb_alias_own own;

	return parse_entry(entry, &own, err);
}

nb_status nb_alias_map_init(nb_alias_map *map, const char *const *entry, size_t n_entries,
			    nb_error *err)
{
	nb_status status = NB_OK;

	memset(map, 0, sizeof(*map));
	if (n_entries >= NB_RANK_BUILTIN)
		return nb_fail(err, NB_EINVAL, NULL, "too many map entries");
	map->own = calloc(n_entries + 1, sizeof(*map->own));
	map->seen = calloc(n_entries + 1, sizeof(*map->seen));
	if (!map->own || !map->seen)
		status = nb_fail(err, NB_ENOMEM, NULL, "no memory for the field map");
	for (; map->n_own < n_entries && status == NB_OK; map->n_own++)
		status = parse_entry(entry[map->n_own], &map->own[map->n_own], err);
	if (status != NB_OK)
		nb_alias_map_release(map);
	return status;
}

void nb_alias_map_release(nb_alias_map *map)
{
	free(map->own);
	free(map->seen);
	memset(map, 0, sizeof(*map));
}
