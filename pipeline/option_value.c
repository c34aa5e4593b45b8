/* SPDX-License-Identifier: MIT
 *
 * option_value.c - values of options: text to field, field to text, and what may be: see options.h.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "json_bytes.h"
#include "number_text.h"
#include "options.h"
#include "reject_limit.h"

/* ---- words ----------------------------------------------------------------------------------- */

/* The place of a word in a list of words between blanks, -1 if it is not there. */
static int place_of(const char *list, const char *word)
{
	size_t len = strlen(word);

	for (int at = 0; *list; at++) {
		size_t n = strcspn(list, " ");

		if (n == len && memcmp(list, word, n) == 0)
			return at;
		list += n + (list[n] == ' ');
	}
	return -1;
}

static void word_at(const char *list, int at, char *out, size_t room)
{
	for (; at > 0; at--)
		list += strcspn(list, " ") + 1;
	snprintf(out, room, "%.*s", (int)strcspn(list, " "), list);
}

/* ---- integers of either size ----------------------------------------------------------------- */

static uint64_t get_integer(const option_row *o, const void *field)
{
	uint32_t narrow;
	uint64_t wide;

	if (o->size == sizeof(narrow)) {
		memcpy(&narrow, field, sizeof(narrow));
		return narrow;
	}
	memcpy(&wide, field, sizeof(wide));
	return wide;
}

static void put_integer(const option_row *o, uint64_t x, void *field)
{
	uint32_t narrow = (uint32_t)x;

	if (o->size == sizeof(narrow))
		memcpy(field, &narrow, sizeof(narrow));
	else
		memcpy(field, &x, sizeof(x));
}

/* ---- setting --------------------------------------------------------------------------------- */

static bool refuse_range(const option_row *o, const char *text, bool number, char *why)
{
	char range[OPTION_TEXT_ROOM];

	snprintf(why, OPTION_WHY, number ? "%.80s is not in %s" : "'%.80s' is no number in %s",
		 text, option_range(o, range));
	return false;
}

static bool refuse_choice(const option_row *o, const char *text, char *why)
{
	char range[OPTION_TEXT_ROOM];

	snprintf(why, OPTION_WHY, "'%.80s' is none of %s", text, option_range(o, range));
	return false;
}

static bool set_integer(const option_row *o, const char *text, void *field, char *why)
{
	uint64_t x;
	double any;
	bool number = o->kind == OPTION_BYTES ? parse_bytes(text, &x) : parse_count(text, &x);

	if (!number && o->kind == OPTION_BYTES) {
		snprintf(why, OPTION_WHY, "'%.80s' is no size, such as 65536, 512M or 4G", text);
		return false;
	}
	if (o->choices && place_of(o->choices, text) < 0)
		return refuse_choice(o, text, why);
	if (!number || x < o->least.n || x > o->most.n)
		return refuse_range(o, text, number || parse_real(text, &any), why);
	put_integer(o, x, field);
	return true;
}

static bool set_real(const option_row *o, const char *text, void *field, char *why)
{
	double x;
	bool number = parse_real(text, &x);

	if (!number || x < o->least.x || x > o->most.x)
		return refuse_range(o, text, number, why);
	memcpy(field, &x, sizeof(x));
	return true;
}

static bool set_choice(const option_row *o, const char *text, void *field, char *why)
{
	int at = place_of(o->choices, text);

	if (at < 0)
		return refuse_choice(o, text, why);
	put_integer(o, (uint64_t)at, field);
	return true;
}

static bool set_flag(const option_row *o, const char *text, bool *field, char *why)
{
	bool yes = text && strcmp(text, "true") == 0;

	if (text && !yes && strcmp(text, "false") != 0) {
		snprintf(why, OPTION_WHY, "'%.80s' is neither true nor false", text);
		return false;
	}
	*field = text ? yes : o->kind == OPTION_ON;
	return true;
}

static bool set_text(const char *text, const char **field, char *why)
{
	if (!*text) {
		snprintf(why, OPTION_WHY, "'' is no name");
		return false;
	}
	*field = text;
	return true;
}

static bool add_to_list(const char *text, option_list *list, char *why)
{
	if (list->n == OPTION_LIST_MOST) {
		snprintf(why, OPTION_WHY, "'%.80s' is one more than %u", text, OPTION_LIST_MOST);
		return false;
	}
	list->item[list->n++] = text;
	return true;
}

bool option_set(const option_row *o, const char *text, void *target, char why[OPTION_WHY])
{
	void *field = (char *)target + o->at;

	switch (o->kind) {
	case OPTION_ON:
	case OPTION_OFF:
		return set_flag(o, text, field, why);
	case OPTION_COUNT:
	case OPTION_BYTES:
		return set_integer(o, text, field, why);
	case OPTION_REAL:
		return set_real(o, text, field, why);
	case OPTION_CHOICE:
		return set_choice(o, text, field, why);
	case OPTION_TEXT:
		return set_text(text, field, why);
	case OPTION_LIST:
		return add_to_list(text, field, why);
	case OPTION_LIMIT:
		if (reject_limit_parse(text, field))
			return true;
		snprintf(why, OPTION_WHY,
			 "'%.80s' is neither a count nor a percentage in 0%%..100%%", text);
		return false;
	default:
		return false;
	}
}

/* ---- showing --------------------------------------------------------------------------------- */

const char *option_text(const option_row *o, const void *target, char out[OPTION_TEXT_ROOM])
{
	const void *field = (const char *)target + o->at;
	double x;
	const char *text;

	*out = '\0';
	switch (o->kind) {
	case OPTION_ON:
	case OPTION_OFF:
		return *(const bool *)field ? "true" : "false";
	case OPTION_COUNT:
		snprintf(out, OPTION_TEXT_ROOM, "%" PRIu64, get_integer(o, field));
		break;
	case OPTION_BYTES:
		bytes_text(get_integer(o, field), out);
		break;
	case OPTION_REAL:
		memcpy(&x, field, sizeof(x));
		real_text(x, out);
		break;
	case OPTION_CHOICE:
		word_at(o->choices, (int)get_integer(o, field), out, OPTION_TEXT_ROOM);
		break;
	case OPTION_TEXT:
		memcpy(&text, field, sizeof(text));
		snprintf(out, OPTION_TEXT_ROOM, "%s", text ? text : "");
		break;
	default:
		break;
	}
	return out;
}

static void json_list(nb_json *j, const option_list *list)
{
	nb_json_open(j, '[');
	for (size_t i = 0; i < list->n; i++)
		json_bytes(j, list->item[i]);
	nb_json_close(j, ']');
}

void json_option(nb_json *j, const option_row *o, const void *target)
{
	const void *field = (const char *)target + o->at;
	char text[OPTION_TEXT_ROOM];

	nb_json_key(j, o->name);
	switch (o->kind) {
	case OPTION_ON:
	case OPTION_OFF:
		nb_json_bool(j, *(const bool *)field);
		break;
	case OPTION_COUNT:
	case OPTION_BYTES:
		nb_json_uint(j, get_integer(o, field));
		break;
	case OPTION_REAL:
		nb_json_number(j, option_text(o, target, text));
		break;
	case OPTION_LIST:
		json_list(j, field);
		break;
	default:
		nb_json_cstring(j, option_text(o, target, text));
		break;
	}
}

/* Words between blanks with commas. */
static void list_words(const char *list, char out[OPTION_TEXT_ROOM])
{
	size_t n = 0;

	for (; *list && n + 3 < OPTION_TEXT_ROOM; list++) {
		if (*list == ' ')
			out[n++] = ',';
		out[n++] = *list;
	}
	out[n] = '\0';
}

const char *option_range(const option_row *o, char out[OPTION_TEXT_ROOM])
{
	char least[OPTION_TEXT_ROOM], most[OPTION_TEXT_ROOM];

	*out = '\0';
	if (o->choices)
		list_words(o->choices, out);
	else if (o->kind == OPTION_COUNT)
		snprintf(out, OPTION_TEXT_ROOM, "%" PRIu64 "..%" PRIu64, o->least.n, o->most.n);
	if (o->kind == OPTION_REAL) {
		real_text(o->least.x, least);
		real_text(o->most.x, most);
		snprintf(out, OPTION_TEXT_ROOM, "%.24s..%.24s", least, most);
	} else if (o->kind == OPTION_BYTES) {
		bytes_text(o->least.n, least);
		bytes_text(o->most.n, most);
		snprintf(out, OPTION_TEXT_ROOM, "%.24s..%.24s", least, most);
	}
	return out;
}
