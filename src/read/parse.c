/* SPDX-License-Identifier: MIT
 *
 * parse.c - see parse.h.
 */
#include "read/parse.h"

#include <string.h>

#include "base/array.h"
#include "newsbraid/reader.h"
#include "newsbraid/utf8.h"
#include "read/record.h"
#include "read/repair.h"

/* What the functions below share. */
struct parser {
	const nb_alias_map *map;
	nb_maker *m;
	nb_task *task;
	nb_share *share;
};

/* A record and where it stands. */
struct place {
	nb_str bytes;
	uint64_t line, byte;
};

static void add_reject(struct parser *p, nb_reject_reason reason, const char *detail,
		       const struct place *at)
{
	nb_share *s = p->share;
	nb_str sample = nb_cut(at->bytes, NB_REJECT_SAMPLE);
	char *copy;
	size_t n;

	if (p->task->partial)
		return;
	copy = nb_pool_take(&s->pool, NB_UTF8_REPAIR_MAX(sample.len) + 1);
	if (!copy || nb_reserve((void **)&s->reject, &s->reject_capacity, s->n_reject + 1,
				sizeof(*s->reject)) != NB_OK) {
		p->m->no_memory = true;
		return;
	}
	n = sample.len ? nb_utf8_repair(sample.ptr, sample.len, copy, NULL) : 0;
	s->reject[s->n_reject++] = (nb_reject){
		.reason = reason,
		.file = p->task->file,
		.line = at->line,
		.byte = at->byte,
		.detail = { detail, strlen(detail) },
		.sample = { copy, n },
	};
}

static const char *reason_text(nb_reject_reason reason)
{
	switch (reason) {
	case NB_REJECT_NO_TEXT:
		return "no field holds a text, and none a title";
	case NB_REJECT_NO_TOKEN:
		return "the text has no letter and no digit";
	case NB_REJECT_TOO_LONG:
		return "the text is longer than 16 MiB";
	default:
		return "";
	}
}

static void add_article(struct parser *p, nb_reject_reason reason, nb_article *a,
			const struct place *at)
{
	nb_share *s = p->share;

	if (p->m->no_memory)
		return;
	if (reason != NB_RECORD_TAKEN) {
		add_reject(p, reason, reason_text(reason), at);
		return;
	}
	if (nb_reserve((void **)&s->article, &s->capacity, s->n + 1, sizeof(*s->article)) !=
	    NB_OK) {
		p->m->no_memory = true;
		return;
	}
	a->file = p->task->file;
	a->line = at->line;
	s->article[s->n++] = *a;
}

/* Parse; if that fails, repair the bytes and parse again.  false: *reason and *detail say why. */
static bool parse_json(struct parser *p, nb_str json, nb_node *root, nb_reject_reason *reason,
		       const char **detail)
{
	nb_maker *m = p->m;
	nb_doc_result result = nb_doc_parse(m->doc, json.ptr, json.len, root, detail);

	m->record_len = json.len;
	if (result == NB_DOC_BAD) {
		char *out = nb_scratch_room(&m->repaired,
					    NB_UTF8_REPAIR_MAX(json.len) + NB_JSON_PADDING);
		size_t n;

		if (!out) {
			m->no_memory = true;
			return false;
		}
		n = nb_json_repair(json.ptr, json.len, out);
		memset(out + n, 0, NB_JSON_PADDING);
		m->record_len = n;
		result = nb_doc_parse(m->doc, out, n, root, detail);
		p->task->n_repaired += result == NB_DOC_OK;
	}
	if (result == NB_DOC_NOMEM)
		m->no_memory = true;
	*reason = result == NB_DOC_DEEP ? NB_REJECT_TOO_DEEP : NB_REJECT_JSON;
	return result == NB_DOC_OK;
}

static void parse_record(struct parser *p, const struct place *at)
{
	nb_reject_reason reason = NB_REJECT_JSON;
	const char *detail = "";
	nb_article article;
	nb_node root;

	if (parse_json(p, at->bytes, &root, &reason, &detail)) {
		if (nb_node_kind_of(&root) == NB_NODE_OBJECT) {
			reason = nb_record_article(p->map, p->m, &root, &article);
			add_article(p, reason, &article, at);
		} else {
			add_reject(p, NB_REJECT_SHAPE, "a JSON value, but no object", at);
		}
	} else if (!p->m->no_memory) {
		add_reject(p, reason, detail, at);
	}
	nb_maker_shrink(p->m);
}

static void parse_lines(struct parser *p)
{
	nb_task *t = p->task;
	const char *at = t->ptr, *end = t->ptr + t->len;

	while (at < end && !p->m->no_memory) {
		const char *line_end = memchr(at, '\n', (size_t)(end - at));
		const char *next = line_end ? line_end + 1 : end;
		struct place place = { { at, (size_t)(next - at) },
				       t->n_lines + 1,
				       t->byte + (uint64_t)(at - t->ptr) };

		t->n_lines += line_end != NULL;
		place.bytes = nb_trim(place.bytes);
		if (place.bytes.len)
			parse_record(p, &place);
		at = next;
	}
}

/* "file:" and the last part of the path: all that names a text file. */
static nb_str file_id(nb_maker *m, const char *path)
{
	const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
	size_t len = strlen(name);
	char id[NB_ID_MAX];

	if (len > NB_ID_MAX - 5)
		len = NB_ID_MAX - 5;
	memcpy(id, "file:", 5);
	memcpy(id + 5, name, len);
	return nb_keep_line(m, (nb_str){ id, 5 + len }, NB_ID_MAX);
}

/* First line with something in it: the title.  What follows: the text; or the title, if nothing. */
static void parse_text(struct parser *p)
{
	nb_task *t = p->task;
	nb_maker *m = p->m;
	struct place place = { { t->ptr, t->len }, 1, 0 };
	char *clean = nb_pool_take(m->pool, NB_UTF8_REPAIR_MAX(t->len) + 1);
	nb_article a = { .published_at = NB_NO_TIME };
	const char *line_end;
	size_t repaired;
	nb_str all, title;

	if (!clean) {
		m->no_memory = true;
		return;
	}
	all = (nb_str){ clean, nb_utf8_repair(t->ptr, t->len, clean, &repaired) };
	nb_pool_untake(m->pool, NB_UTF8_REPAIR_MAX(t->len) + 1 - all.len);
	t->n_repaired += repaired > 0;
	all = nb_trim(all);
	line_end = memchr(all.ptr, '\n', all.len);
	title = (nb_str){ all.ptr, line_end ? (size_t)(line_end - all.ptr) : all.len };
	a.title = nb_keep_line(m, nb_trim(title), NB_SHORT_MAX);
	a.text = line_end ? nb_trim((nb_str){ line_end, (size_t)(all.ptr + all.len - line_end) })
			  : all;
	a.id = file_id(m, p->task->path);
	add_article(p, nb_record_finish(m, &a), &a, &place);
}

void nb_parse_task(const nb_alias_map *map, nb_maker *m, nb_task *t, nb_share *share)
{
	struct parser p = { map, m, t, share };
	struct place place = { { t->ptr, t->len }, t->line ? t->line : 1, t->byte };

	m->pool = &share->pool;
	t->article = share->n;
	t->reject = share->n_reject;
	switch (t->kind) {
	case NB_TASK_LINES:
		parse_lines(&p);
		break;
	case NB_TASK_RECORD:
		place.bytes = nb_trim(place.bytes);
		if (place.bytes.len)
			parse_record(&p, &place);
		break;
	case NB_TASK_TEXT:
		parse_text(&p);
		break;
	case NB_TASK_REJECT:
		place.line = t->whole_file ? 0 : place.line;
		add_reject(&p, t->reason, t->detail, &place);
		break;
	}
	t->n_articles = share->n - t->article;
	t->n_rejects = share->n_reject - t->reject;
}
