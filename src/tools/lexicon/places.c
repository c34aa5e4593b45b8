/* SPDX-License-Identifier: MIT
 *
 * places.c - countries and cities.
 *
 * Countries by their ISO codes: ICU has their names in every language, world-countries what their
 * people are called in English.  Cities by their English names: GeoNames' catalogues give a number
 * a name in each language, ICU's time zones another few hundred.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ucal.h>
#include <unicode/udat.h>
#include <unicode/uenum.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>

#include "tools/lexicon/aliases.h"
#include "tools/lexicon/build.h"
#include "tools/lexicon/files.h"
#include "tools/lexicon/json_list.h"
#include "tools/lexicon/mo.h"
#include "lexicon/concept_id.h"

typedef struct places {
	build *b;
	strings geoname;   /* GeoNames' numbers */
	uint32_t *fame;    /* fame[0..geoname.n): languages that have a name for it */
	uint64_t *id;      /* its concept, 0 if it has no English name */
	size_t fame_capacity, id_capacity;
	uint32_t language; /* of the catalogue that is being read */
} places;

static uint64_t country_id(const char *code)
{
	return nb_concept_id(NB_CONCEPT_COUNTRY, code, strlen(code));
}

/* The concept of a city or organisation from its English name; a country if it is one. */
static uint64_t place_id(build *b, nb_str english_text)
{
	uint64_t known = english_find_name(&b->english, english_text);
	char forms[512];
	size_t n;

	if (known && nb_concept_kind_of(known) == NB_CONCEPT_COUNTRY)
		return known;
	if (!english_forms(&b->english, nb_language_find("en"), english_text, forms, sizeof(forms),
			   &n))
		return 0;
	return nb_concept_id(NB_CONCEPT_PLACE, forms, n);
}

static nb_str utf8_of(const UChar *text, char *out, int32_t room)
{
	UErrorCode err = U_ZERO_ERROR;
	int32_t n = 0;

	u_strToUTF8(out, room, &n, text, -1, &err);
	return U_SUCCESS(err) ? (nb_str){ out, (size_t)n } : (nb_str){ NULL, 0 };
}

/* ---- countries ------------------------------------------------------------------------------- */

static nb_str country_name(const char *code, const char *lang, char *out, int32_t room)
{
	UErrorCode err = U_ZERO_ERROR;
	char locale[16];
	UChar name[128];

	snprintf(locale, sizeof(locale), "und_%s", code);
	uloc_getDisplayCountry(locale, lang, name, 128, &err);
	if (U_FAILURE(err) || err == U_USING_DEFAULT_WARNING)
		return (nb_str){ NULL, 0 };
	return utf8_of(name, out, room);
}

static void add_country(places *p, const char *code)
{
	char text[256];

	for (uint32_t i = words_language(0); i < nb_n_languages; i = words_language(i + 1)) {
		nb_str name = country_name(code, nb_languages[i].code, text, sizeof(text));

		if (!name.len)
			continue;
		gazetteer_add(p->b, &p->b->places, i, name, country_id(code), FAME_MOST);
		if (strcmp(nb_languages[i].code, "en") == 0)
			english_name(&p->b->english, name, country_id(code));
	}
}

static void add_demonyms(places *p, const char *code, const nb_node *node)
{
	static const char *const of[] = { "m", "f" };
	uint32_t en = nb_language_find("en");
	nb_node demonyms, english_ones;

	if (!json_member(node, "demonyms", &demonyms) ||
	    !json_member(&demonyms, "eng", &english_ones))
		return;
	for (size_t i = 0; i < 2; i++) {
		nb_str name = json_text(&english_ones, of[i]);
		char plural[128];

		if (!name.len || name.len + 2 > sizeof(plural))
			continue;
		snprintf(plural, sizeof(plural), "%.*ss", (int)name.len, name.ptr);
		english_name(&p->b->english, name, country_id(code));
		english_name(&p->b->english, (nb_str){ plural, name.len + 1 }, country_id(code));
		gazetteer_add(p->b, &p->b->places, en, name, country_id(code), FAME_MOST);
		gazetteer_add(p->b, &p->b->places, en, (nb_str){ plural, name.len + 1 },
			      country_id(code), FAME_MOST);
	}
}

static void add_names(places *p, const char *code, const nb_node *node)
{
	uint32_t en = nb_language_find("en");
	nb_node name;
	nb_str common = { NULL, 0 };

	if (json_member(node, "name", &name))
		common = json_text(&name, "common");
	if (common.len) {
		english_name(&p->b->english, common, country_id(code));
		gazetteer_add(p->b, &p->b->places, en, common, country_id(code), FAME_MOST);
	}
}

typedef struct country {
	nb_node node;
	char code[3];
	double area; /* of two countries whose people have one name the larger is meant */
} country;

static double area_of(const nb_node *node)
{
	nb_node area;
	char text[33] = "";

	if (json_member(node, "area", &area))
		text[nb_node_number(&area, text)] = '\0';
	return strtod(text, NULL);
}

static int by_area(const void *a, const void *b)
{
	const country *x = a, *y = b;

	if (x->area != y->area)
		return x->area > y->area ? -1 : 1;
	return strcmp(x->code, y->code);
}

static void read_countries(places *p)
{
	country list[300];
	size_t n = 0;
	json_file f;
	nb_walk walk;
	nb_node node;
	nb_str key;

	if (!json_open(&f, p->b->npm, "world-countries/countries.json")) {
		warn_absent("world-countries");
		return;
	}
	if (nb_walk_begin(&f.root, &walk))
		while (n < sizeof(list) / sizeof(*list) && nb_walk_next(&walk, &key, &node)) {
			nb_str code = json_text(&node, "cca2");

			if (code.len != 2)
				continue;
			list[n] = (country){ .node = node, .area = area_of(&node) };
			memcpy(list[n++].code, code.ptr, 2);
		}
	qsort(list, n, sizeof(*list), by_area);
	for (size_t i = 0; i < n; i++) {
		add_names(p, list[i].code, &list[i].node);
		add_demonyms(p, list[i].code, &list[i].node);
	}
	json_close(&f);
}

/* ---- aliases --------------------------------------------------------------------------------- */

static bool is_latin(nb_str name)
{
	for (size_t i = 0; i < name.len; i++)
		if ((unsigned char)name.ptr[i] >= 0xCD)
			return false;
	return true;
}

static void add_alias(places *p, const char *lang, size_t n_lang, nb_str name, uint64_t id)
{
	for (uint32_t i = words_language(0); i < nb_n_languages; i = words_language(i + 1)) {
		bool all = *lang == '*' && is_latin(name);
		bool one = n_lang == 2 && memcmp(nb_languages[i].code, lang, 2) == 0;

		if (all || one)
			gazetteer_add(p->b, &p->b->places, i, name, id, FAME_MOST);
		if (one && memcmp(lang, "en", 2) == 0)
			english_name(&p->b->english, name, id);
	}
}

static void add_aliases(places *p)
{
	for (unsigned i = 0; i < n_aliases; i++) {
		nb_str english_one = { aliases[i].english, strlen(aliases[i].english) };
		uint64_t id = aliases[i].country ? country_id(aliases[i].country)
						 : place_id(p->b, english_one);

		english_name(&p->b->english, english_one, id);
		add_alias(p, "en", 2, english_one, id);
		for (const char *at = aliases[i].names; *at;) {
			size_t n = strcspn(at, "|"), lang = strcspn(at, "=");

			add_alias(p, at, lang, (nb_str){ at + lang + 1, n - lang - 1 }, id);
			at += n + (at[n] == '|');
		}
	}
}

/* ---- GeoNames -------------------------------------------------------------------------------- */

static void count_fame(void *context, nb_str number, nb_str name)
{
	places *p = context;
	uint32_t before = p->geoname.n, i = strings_add(&p->geoname, number.ptr, number.len);

	(void)name;
	p->fame = grow(p->fame, &p->fame_capacity, (size_t)p->geoname.n + 1, sizeof(*p->fame));
	p->id = grow(p->id, &p->id_capacity, (size_t)p->geoname.n + 1, sizeof(*p->id));
	if (i == before)
		p->fame[i] = 0, p->id[i] = 0;
	p->fame[i]++;
}

static void take_english(void *context, nb_str number, nb_str name)
{
	places *p = context;
	uint32_t i = strings_find(&p->geoname, number.ptr, number.len);

	if (i == STRINGS_NONE)
		return;
	p->id[i] = place_id(p->b, name);
	if (p->id[i])
		english_name(&p->b->english, name, p->id[i]);
}

static void take_name(void *context, nb_str number, nb_str name)
{
	places *p = context;
	uint32_t i = strings_find(&p->geoname, number.ptr, number.len);

	if (i != STRINGS_NONE && p->id[i])
		gazetteer_add(p->b, &p->b->places, p->language, name, p->id[i], p->fame[i]);
}

static bool read_catalogue(places *p, const char *lang, mo_take *take)
{
	char path[4096];
	nb_str file;
	bool ok;

	snprintf(path, sizeof(path), "%s/%s/LC_MESSAGES/geonames.mo", p->b->locale, lang);
	file = file_read(path);
	ok = file.ptr && mo_read(file, take, p);
	free((void *)(uintptr_t)file.ptr);
	return ok;
}

static void read_geonames(places *p)
{
	uint32_t n = 0;

	for (uint32_t i = words_language(0); i < nb_n_languages; i = words_language(i + 1))
		n += read_catalogue(p, nb_languages[i].code, count_fame);
	if (n == 0 || !read_catalogue(p, "en", take_english)) {
		warn_absent("libgeonames-common");
		return;
	}
	for (p->language = words_language(0); p->language < nb_n_languages;
	     p->language = words_language(p->language + 1))
		read_catalogue(p, nb_languages[p->language].code, take_name);
}

/* ---- cities of time zones -------------------------------------------------------------------- */

/* The city that gives a time zone its name, in the language of the format. */
static nb_str city_name(UDateFormat *format, const UChar *zone, char *out, int32_t room)
{
	UErrorCode err = U_ZERO_ERROR;
	UCalendar *calendar = ucal_clone(udat_getCalendar(format), &err);
	UChar name[128];

	if (U_FAILURE(err))
		return (nb_str){ NULL, 0 };
	ucal_setTimeZone(calendar, zone, -1, &err);
	udat_formatCalendar(format, calendar, name, 128, NULL, &err);
	ucal_close(calendar);
	return U_SUCCESS(err) ? utf8_of(name, out, room) : (nb_str){ NULL, 0 };
}

static void add_cities(places *p, uint32_t language, UDateFormat *english_format)
{
	UErrorCode err = U_ZERO_ERROR;
	UDateFormat *format = udat_open(UDAT_PATTERN, UDAT_PATTERN, nb_languages[language].code,
					u"UTC", -1, u"VVV", -1, &err);
	UEnumeration *zones = ucal_openTimeZoneIDEnumeration(UCAL_ZONE_TYPE_CANONICAL_LOCATION,
							     NULL, NULL, &err);
	const UChar *zone;

	while (U_SUCCESS(err) && (zone = uenum_unext(zones, NULL, &err)) != NULL) {
		char text[256], english_text[256];
		nb_str english_city = city_name(english_format, zone, english_text,
						sizeof(english_text));
		nb_str city = city_name(format, zone, text, sizeof(text));
		uint64_t id = english_city.len ? place_id(p->b, english_city) : 0;

		if (id && city.len)
			gazetteer_add(p->b, &p->b->places, language, city, id, 50);
	}
	uenum_close(zones);
	udat_close(format);
}

static void read_time_zones(places *p)
{
	UErrorCode err = U_ZERO_ERROR;
	UDateFormat *format = udat_open(UDAT_PATTERN, UDAT_PATTERN, "en", u"UTC", -1, u"VVV", -1,
					&err);

	for (uint32_t i = words_language(0); U_SUCCESS(err) && i < nb_n_languages;
	     i = words_language(i + 1))
		add_cities(p, i, format);
	udat_close(format);
}

/* ---------------------------------------------------------------------------------------------- */

void build_places(build *b)
{
	static places p;

	p.b = b;
	for (const char *const *code = uloc_getISOCountries(); *code; code++)
		add_country(&p, *code);
	add_aliases(&p);
	read_countries(&p);
	read_geonames(&p);
	read_time_zones(&p);
	strings_release(&p.geoname);
	free(p.fame);
	free(p.id);
}
