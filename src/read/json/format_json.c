/* SPDX-License-Identifier: MIT
 *
 * format_json.c - JSON lines, JSON values that span lines, arrays of them: one object, one article.
 */
#include <string.h>

#include "newsbraid/utf8.h"
#include "read/formats.h"
#include "read/json/ninjs.h"
#include "read/json/record.h"
#include "read/json/repair.h"

static bool is_padding(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == 0; /* zeros: padding */
}

/* ---- recognising ---------------------------------------------------------------------------- */

/* What is left of the head: bytes from p on. */
struct view {
	const char *p, *end;
};

static struct view view_of(const nb_head *head)
{
	return (struct view){ head->visible.ptr, head->visible.ptr + head->visible.len };
}

/* The first character that is not blank, from p on; 0 if there is none. */
static char next_visible(const char *p, const char *end)
{
	while (p < end && is_padding(*p))
		p++;
	return p < end ? *p : 0;
}

/*
 * Whether an object goes on after its first line as printed objects do: the line ends inside it
 * but outside a string, and the next one continues it.  A broken JSON line is followed by '{'.
 */
static bool is_printed_object(struct view v)
{
	bool in_string = false;
	char last = 0, next;
	int depth = 0;

	for (; v.p < v.end && *v.p != '\n'; v.p++) {
		char c = *v.p;

		if (in_string && c == '\\' && v.p + 1 < v.end)
			v.p++;
		else if (c == '"')
			in_string = !in_string;
		else if (!in_string && (c == '{' || c == '['))
			depth++;
		else if (!in_string && (c == '}' || c == ']'))
			depth--;
		if (!is_padding(c))
			last = c;
	}
	next = next_visible(v.p, v.end);
	if (v.p == v.end || in_string || depth <= 0)
		return false;
	return next != '{' || last == '[' || last == ':';
}

/* Whether most complete lines begin as JSON objects do: lines whose first one is damaged. */
static bool mostly_objects(struct view v)
{
	size_t objects = 0, others = 0;

	while (v.p < v.end) {
		const char *line = v.p, *next = memchr(line, '\n', (size_t)(v.end - line));

		if (!next)
			break;
		v.p = next + 1;
		if (v.p - line > 2 && line[0] == '{' && line[1] == '"')
			objects++;
		else if (next_visible(line, next))
			others++;
	}
	return objects >= 2 && objects > others;
}

static bool only_one_line(struct view v)
{
	const char *p = memchr(v.p, '\n', (size_t)(v.end - v.p));

	return !p || !next_visible(p, v.end);
}

static bool begins_object(struct view v)
{
	char second = next_visible(v.p + 1, v.end);

	return *v.p == '{' && (second == '"' || second == '}');
}

static bool is_values(const nb_head *head)
{
	struct view v = view_of(head);
	bool named = nb_head_named(head, ".json");
	char second = next_visible(v.p + 1, v.end);

	if (begins_object(v))
		return is_printed_object(v) || (named && head->whole && only_one_line(v));
	return *v.p == '[' && (second == '{' || second == ']' || (named && second));
}

static bool is_lines(const nb_head *head)
{
	struct view v = view_of(head);

	return begins_object(v) || nb_head_named(head, ".json") ||
	       nb_head_named(head, ".jsonl") || nb_head_named(head, ".ndjson") ||
	       mostly_objects(v);
}

/* ---- values over several lines --------------------------------------------------------------- */

/* Between values: whether c begins one. */
static bool scan_between(nb_json_scan *s, char c)
{
	if (is_padding(c) || c == ',')
		return false;
	if (c == '[' && !s->in_array) {
		s->in_array = true;
		return false;
	}
	if (c == ']' && s->in_array) {
		s->in_array = false;
		return false;
	}
	s->state = c == '{' || c == '[' ? NB_JSON_NESTED
		   : c == '"'           ? NB_JSON_STRING
					: NB_JSON_SCALAR;
	s->depth = 0;
	s->first = true;
	s->in_string = s->escaped = false;
	return true;
}

/* Inside a value: whether it ends with c. */
static bool scan_inside(nb_json_scan *s, char c)
{
	if (s->in_string) {
		if (s->escaped)
			s->escaped = false;
		else if (c == '\\')
			s->escaped = true;
		else if (c == '"')
			s->in_string = false;
		return !s->in_string && s->state == NB_JSON_STRING;
	}
	if (c == '"')
		s->in_string = true;
	else if (c == '{' || c == '[')
		s->depth++;
	else if (c == '}' || c == ']')
		s->depth--;
	return s->state == NB_JSON_NESTED && s->depth == 0;
}

static bool ends_scalar(const nb_json_scan *s, char c)
{
	return !s->first && (is_padding(c) || strchr(",[]{}\"", c));
}

static nb_scan_event scan_values(nb_scan *scan, const char *p, size_t n, size_t *at)
{
	nb_json_scan *s = &scan->json;

	for (; *at < n; ++*at) {
		char c = p[*at];
		bool ends;

		if (s->state == NB_JSON_BETWEEN) {
			if (scan_between(s, c))
				return NB_SCAN_BEGIN;
			scan->place += c == '\n';
			continue;
		}
		if (s->state == NB_JSON_SCALAR && ends_scalar(s, c)) {
			/* it ends before the character that ends it */
			s->state = NB_JSON_BETWEEN;
			return NB_SCAN_END;
		}
		ends = s->state != NB_JSON_SCALAR && scan_inside(s, c);
		scan->place += c == '\n';
		s->first = false;
		if (ends) {
			s->state = NB_JSON_BETWEEN;
			++*at;
			return NB_SCAN_END;
		}
	}
	scan->reason = NB_REJECT_JSON;
	scan->broken = "the array has no end";
	return n == 0 && s->in_array ? NB_SCAN_BROKEN : NB_SCAN_MORE;
}

/* ---- parsing --------------------------------------------------------------------------------- */

/* The bytes as UTF-8 with nothing in strings that JSON forbids; absent without memory. */
static nb_str repaired(nb_maker *m, nb_str json)
{
	nb_decoded d;
	char *out;
	size_t n;

	if (nb_charset_to_utf8(&m->charset, json, (nb_str){ 0 }, (nb_str){ 0 }, &d) != NB_OK)
		return (nb_str){ 0 };
	out = nb_scratch_room(&m->repaired, NB_UTF8_REPAIR_MAX(d.text.len) + NB_JSON_PADDING);
	if (!out)
		return (nb_str){ 0 };
	n = nb_json_repair(d.text.ptr, d.text.len, out);
	memset(out + n, 0, NB_JSON_PADDING);
	return (nb_str){ out, n };
}

/* Parse; if that fails, repair the bytes and parse again.  false: *reason and *detail say why. */
static bool parse_json(nb_parse *p, nb_str json, nb_node *root, nb_reject_reason *reason,
		       const char **detail)
{
	nb_maker *m = p->m;
	nb_doc_result result = nb_doc_parse(m->doc, json.ptr, json.len, root, detail);

	m->record_len = json.len;
	if (result == NB_DOC_BAD) {
		nb_str better = repaired(m, json);

		if (!better.ptr) {
			m->no_memory = true;
			return false;
		}
		m->record_len = better.len;
		result = nb_doc_parse(m->doc, better.ptr, better.len, root, detail);
		if (result == NB_DOC_OK)
			nb_parse_repaired(p);
	}
	if (result == NB_DOC_NOMEM)
		m->no_memory = true;
	*reason = result == NB_DOC_DEEP ? NB_REJECT_TOO_DEEP : NB_REJECT_JSON;
	return result == NB_DOC_OK;
}

static void parse_object(nb_parse *p, const nb_node *object, const nb_record *at)
{
	nb_ninjs ninjs = nb_ninjs_check(object);
	nb_article article;

	if (ninjs.is && ninjs.fatal) {
		nb_parse_reject(p, NB_REJECT_MALFORMED, ninjs.fault, at);
		return;
	}
	nb_record_article(p->map, p->m, object, &article);
	if (ninjs.uri && ninjs.fault && !nb_has_token(p->m, article.text))
		nb_parse_reject(p, NB_REJECT_MALFORMED, ninjs.fault, at);
	else
		nb_parse_article(p, &article, at);
}

void nb_parse_json_as(nb_parse *p, nb_str json, const nb_record *at)
{
	nb_reject_reason reason = NB_REJECT_JSON;
	const char *detail = "";
	nb_node root;

	if (!parse_json(p, json, &root, &reason, &detail)) {
		if (!p->m->no_memory)
			nb_parse_reject(p, reason, detail, at);
	} else if (nb_node_kind_of(&root) != NB_NODE_OBJECT) {
		nb_parse_reject(p, NB_REJECT_SHAPE, "a JSON value, but no object", at);
	} else {
		parse_object(p, &root, at);
	}
	nb_maker_shrink(p->m);
}

void nb_parse_json(nb_parse *p, const nb_record *at)
{
	nb_parse_json_as(p, nb_trim(at->bytes), at);
}

const nb_format nb_format_json = {
	.name = "json",
	.is = is_values,
	.cut = NB_CUT_RECORDS,
	.scan = scan_values,
	.parse = nb_parse_json,
};

const nb_format nb_format_jsonl = {
	.name = "jsonl",
	.is = is_lines,
	.cut = NB_CUT_LINES,
	.parse = nb_parse_json,
};
