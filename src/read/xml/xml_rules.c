/* SPDX-License-Identifier: MIT
 *
 * xml_rules.c - see xml_rules.h.
 */
#include "read/xml/xml_rules.h"

#include <string.h>

#define COUNT(x) (sizeof(x) / sizeof((x)[0]))

/* Names of NITF and (X)HTML elements, by what they do to text. */
static const struct {
	unsigned kind;
	const char *names;
} kinds[] = {
	{ NB_XML_BLOCK | NB_XML_PARA, "p h1 h2 h3 h4 h5 h6 hl2 li dt dd blockquote bq pre fn td th" },
	{ NB_XML_BLOCK, "div br block ul ol dl tr table section article header footer hr nitf-table "
			"caption center address q-block main byttl" },
	{ NB_XML_HIDDEN, "head script style body.head body.end media media-caption media-producer "
			 "media-reference media-metadata figure figcaption object iframe svg "
			 "noscript nav form button template custom-table" },
	{ NB_XML_BODY, "body body.content" },
	{ NB_XML_PRE, "pre datacontent inlinedata" },
};

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c | 32) : c;
}

const char *nb_xml_local(const char *name)
{
	const char *colon = strchr(name, ':');

	return colon ? colon + 1 : name;
}

/* The lower case of name[0..n) and its hash; false if it is longer than any we know. */
static bool fold(const char *name, size_t n, char out[NB_XML_NAME_MAX], uint32_t *hash)
{
	uint32_t h = 0x811c9dc5u;

	if (n >= NB_XML_NAME_MAX)
		return false;
	for (size_t i = 0; i < n; i++) {
		out[i] = lower(name[i]);
		h = (h ^ (unsigned char)out[i]) * 0x01000193u;
	}
	out[n] = '\0';
	*hash = h ^ h >> 15;
	return true;
}

static uint16_t *slot_of(const nb_xml_rules *r, const char *folded, uint32_t hash)
{
	const uint16_t *slot = &r->slot[hash % COUNT(r->slot)];

	while (*slot && strcmp(r->name[*slot].text, folded) != 0)
		slot = &r->slot[++hash % COUNT(r->slot)];
	return (uint16_t *)(uintptr_t)slot;
}

static uint16_t intern(nb_xml_rules *r, const char *name, size_t n)
{
	char folded[NB_XML_NAME_MAX] = "";
	uint32_t hash = 0;
	uint16_t *slot;
	bool fits = fold(name, n, folded, &hash);

	if (!fits || n == 0 || r->n_names + 1 == COUNT(r->name)) {
		r->overflow = true;
		return 0;
	}
	slot = slot_of(r, folded, hash);
	if (*slot == 0) {
		*slot = (uint16_t)++r->n_names;
		memcpy(r->name[*slot].text, folded, sizeof(folded));
	}
	return *slot;
}

static void copy_part(nb_xml_rules *r, char out[NB_XML_NAME_MAX], const char *begin,
		      const char *end)
{
	size_t n = (size_t)(end - begin);

	r->overflow |= n >= NB_XML_NAME_MAX;
	memcpy(out, begin, n < NB_XML_NAME_MAX ? n : 0);
}

/* "a/b[c=d]@e" taken apart from its end. */
static void add_rule(nb_xml_rules *r, const nb_xml_rule *rule)
{
	const char *end = rule->path + strlen(rule->path), *at = strchr(rule->path, '@'),
		   *bracket = strchr(rule->path, '['), *begin;
	nb_xml_step *s;
	uint16_t id, *link;

	if (r->n_steps + 1 == COUNT(r->step)) {
		r->overflow = true;
		return;
	}
	s = &r->step[++r->n_steps];
	*s = (nb_xml_step){ .rule = rule, .rank = (unsigned)r->n_steps };
	if (at) {
		copy_part(r, s->attribute, at + 1, end);
		end = at;
	}
	if (bracket) {
		const char *equal = strchr(bracket, '=');

		copy_part(r, s->if_name, bracket + 1, equal);
		copy_part(r, s->if_value, equal + 1, end - 1);
		end = bracket;
	}
	begin = memrchr(rule->path, '/', (size_t)(end - rule->path));
	begin = begin ? begin + 1 : rule->path;
	id = intern(r, begin, (size_t)(end - begin));
	for (size_t i = 0; begin > rule->path; i++) {
		end = begin - 1;
		begin = memrchr(rule->path, '/', (size_t)(end - rule->path));
		begin = begin ? begin + 1 : rule->path;
		if (i == NB_XML_PARENTS) {
			r->overflow = true;
			return;
		}
		s->parent[i] = intern(r, begin, (size_t)(end - begin));
	}
	for (link = &r->name[id].first; *link; link = &r->step[*link].next)
		;
	*link = (uint16_t)r->n_steps;
}

static void add_kind(nb_xml_rules *r, unsigned kind, const char *names)
{
	while (*names) {
		size_t n = strcspn(names, " ");

		r->name[intern(r, names, n)].kind |= (uint8_t)kind;
		names += n;
		names += strspn(names, " ");
	}
}

nb_status nb_xml_rules_init(nb_xml_rules *r)
{
	const nb_xml_rule *const table[] = { nb_newsml_g2, nb_newsml_1_2, nb_nitf };

	memset(r, 0, sizeof(*r));
	for (size_t i = 0; i < COUNT(table); i++)
		for (const nb_xml_rule *rule = table[i]; rule->path; rule++)
			add_rule(r, rule);
	for (size_t i = 0; i < COUNT(kinds); i++)
		add_kind(r, kinds[i].kind, kinds[i].names);
	return r->overflow ? NB_ELIMIT : NB_OK;
}

uint16_t nb_xml_rules_find(const nb_xml_rules *r, const char *name)
{
	char folded[NB_XML_NAME_MAX];
	uint32_t hash;

	name = nb_xml_local(name);
	return fold(name, strlen(name), folded, &hash) ? *slot_of(r, folded, hash) : 0;
}
