/* SPDX-License-Identifier: MIT
 *
 * parse.c - see parse.h.
 */
#include "read/parse.h"

#include <string.h>

#include "base/array.h"
#include "newsbraid/agency.h"
#include "newsbraid/reader.h"
#include "newsbraid/utf8.h"
#include "read/tasks.h"
#include "text/line_forms.h"

void nb_parse_reject(nb_parse *p, nb_reject_reason reason, const char *detail, const nb_record *at)
{
	nb_share *s = p->share;
	nb_str sample = nb_clip(at->bytes, NB_REJECT_SAMPLE);
	char *copy;
	size_t n;

	if (p->task->partial || p->task->n_rejected[reason]++ > NB_REJECT_FULL)
		return;
	copy = nb_pool_take(&s->pool, NB_UTF8_REPAIR_MAX(sample.len) + 1);
	if (!copy || NB_GROW(s->reject, &s->reject_capacity, s->n_reject + 1) != NB_OK) {
		p->m->no_memory = true;
		return;
	}
	n = sample.len ? nb_utf8_repair(sample.ptr, sample.len, copy, NULL) : 0;
	s->reject[s->n_reject++] = (nb_reject){
		.reason = reason,
		.file = p->task->file,
		.line = at->line,
		.byte = at->byte,
		.count = 1,
		.detail = { detail, strlen(detail) },
		.sample = { copy, n },
	};
}

void nb_parse_repaired(nb_parse *p)
{
	p->task->n_repaired++;
}

void nb_parse_skipped(nb_parse *p)
{
	p->task->n_skipped++;
}

void nb_parse_titled_text(nb_parse *p, nb_str bytes, nb_article *out)
{
	nb_maker *m = p->m;
	size_t room = NB_UTF8_REPAIR_MAX(bytes.len) + 1, repaired;
	char *clean = nb_pool_take(m->pool, room);
	nb_str all, title;

	if (!clean) {
		m->no_memory = true;
		return;
	}
	all = (nb_str){ clean, nb_utf8_repair(bytes.ptr, bytes.len, clean, &repaired) };
	nb_pool_untake(m->pool, room - all.len);
	if (repaired)
		nb_parse_repaired(p);
	out->text = nb_trim(all);
	title = nb_headline(out->text);
	/* below the head of a page it stays in the text: cleaning knows it for the title */
	if (title.ptr == out->text.ptr && title.len < out->text.len)
		out->text = nb_trim((nb_str){ title.ptr + title.len, out->text.len - title.len });
	out->title = nb_keep_line(m, title, NB_SHORT_MAX);
}

static void add_article(nb_parse *p, nb_article *a, const nb_record *at)
{
	nb_share *s = p->share;
	nb_agency agency = nb_agency_find(a->agency);

	/* one name for one agency, whether a field or the text says it */
	if (agency)
		a->agency = nb_agency_name(agency);
	if (NB_GROW(s->article, &s->capacity, s->n + 1) != NB_OK) {
		p->m->no_memory = true;
		return;
	}
	a->file = p->task->file;
	a->line = at->line;
	a->byte = at->byte;
	s->article[s->n++] = *a;
}

void nb_parse_article(nb_parse *p, nb_article *a, const nb_record *at)
{
	bool token = a->text.len && a->text.len <= NB_TEXT_MAX && nb_has_token(p->m, a->text);

	if (!token && a->text.len <= NB_TEXT_MAX && a->title.len && nb_has_token(p->m, a->title)) {
		a->text = a->title; /* a flash: the headline is the report */
		token = true;
	}
	if (p->m->no_memory)
		return;
	if (!a->text.len)
		nb_parse_reject(p, NB_REJECT_NO_TEXT, "no field holds a text, and none a title",
				at);
	else if (a->text.len > NB_TEXT_MAX)
		nb_parse_reject(p, NB_REJECT_TOO_LONG, "the text is longer than 16 MiB", at);
	else if (!token)
		nb_parse_reject(p, NB_REJECT_NO_TOKEN, "the text has no letter and no digit", at);
	else
		add_article(p, a, at);
}

nb_str nb_parse_file_id(nb_parse *p)
{
	const char *slash = strrchr(p->path, '/'), *name = slash ? slash + 1 : p->path;
	size_t len = strlen(name);
	char id[NB_ID_MAX];

	if (len > NB_ID_MAX - 5)
		len = NB_ID_MAX - 5;
	memcpy(id, "file:", 5);
	memcpy(id + 5, name, len);
	return nb_keep_line(p->m, (nb_str){ id, 5 + len }, NB_ID_MAX);
}

static void parse_lines(nb_parse *p)
{
	nb_task *t = p->task;
	const char *at = t->ptr, *end = t->ptr + t->len;

	while (at < end && !p->m->no_memory) {
		const char *line_end = memchr(at, '\n', (size_t)(end - at));
		const char *next = line_end ? line_end + 1 : end;
		nb_record place = { { at, (size_t)(next - at) },
				    t->n_lines + 1,
				    t->byte + (uint64_t)(at - t->ptr),
				    t->charset,
				    { 0 } };

		t->n_lines += line_end != NULL;
		place.bytes = nb_trim(place.bytes);
		if (place.bytes.len)
			t->format->parse(p, &place);
		at = next;
	}
}

void nb_parse_task(const nb_alias_map *map, nb_maker *m, nb_task *t, nb_share *share)
{
	nb_parse p = { map, m, t, share, t->path };
	nb_record place = {
		{ t->ptr, t->len }, t->line ? t->line : 1, t->byte, t->charset, t->header
	};

	m->pool = &share->pool;
	t->article = share->n;
	t->reject = share->n_reject;
	if (t->whole_file)
		place.line = 0;
	if (t->rejected)
		nb_parse_reject(&p, t->reason, t->detail, &place);
	else if (t->format->cut == NB_CUT_LINES)
		parse_lines(&p);
	else
		t->format->parse(&p, &place);
	t->n_articles = share->n - t->article;
	t->n_rejects = share->n_reject - t->reject;
}
