/* SPDX-License-Identifier: MIT
 *
 * generate.c - the articles of a night (see generate.h).
 *
 * An article is made when it is asked for: first the report that its instance started from, then
 * what was done to it, then the text in the style of its source.
 */
#include "generate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "edit.h"
#include "gen_plan.h"
#include "render.h"

#define N_SOURCES 400u /* of a language */

struct gen_writer {
	const gen_night *night;
	struct report body, copy, footer;
	char *text;  /* TEXT_MAX and some */
	char *title;
	char id[16], source[80], url[160], time[32];
};

/* An article while it is made. */
struct draft {
	gen_truth t;
	gen_unit u;
	uint32_t source; /* in [0, N_SOURCES) */
	struct maker m;
	struct style style;
	struct rng r; /* its own */
};

gen_writer *gen_writer_new(const gen_night *night)
{
	gen_writer *w = calloc(1, sizeof(*w));

	if (!w)
		return NULL;
	w->night = night;
	w->body.token = malloc(TOKENS_MAX * sizeof(struct token));
	w->copy.token = malloc(TOKENS_MAX * sizeof(struct token));
	w->footer.token = malloc(TOKENS_MAX * sizeof(struct token));
	w->text = malloc(TEXT_MAX + 4096);
	w->title = malloc(4096);
	if (w->body.token && w->copy.token && w->footer.token && w->text && w->title)
		return w;
	gen_writer_free(w);
	return NULL;
}

void gen_writer_free(gen_writer *w)
{
	if (!w)
		return;
	free(w->body.token);
	free(w->copy.token);
	free(w->footer.token);
	free(w->text);
	free(w->title);
	free(w);
}

/* ---- the report ------------------------------------------------------------------------------ */

/* What the report of d is made with, into w->body. */
static void start_report(gen_writer *w, struct draft *d)
{
	const gen_truth *t = &d->t;
	uint64_t seed = w->night->seed;
	bool topic = d->u.kind == GEN_TOPIC;
	struct maker *m = &d->m;

	*m = (struct maker){ .words = &w->night->words, .language = t->language, .out = &w->body };
	/* copies and series share the text, topics only the cast */
	m->text.state = hash3(seed, FOR_TEXT, t->unit, topic ? t->member + 1 : 0);
	m->facts.state = hash3(seed, FOR_FACTS, t->unit, t->instance + 1);
	draw_cast(&m->cast, hash3(seed, FOR_FACTS, t->unit,
				  (uint64_t)(topic ? 0 : t->instance) << 32));
	m->p_fact = ALWAYS / 12;
	m->p_phrase = ALWAYS / 60;
	if (topic)
		m->topic = hash3(seed, FOR_PHRASE, t->unit, 1);
	if (d->u.kind == GEN_SERIES) { /* what stays the same: the first body */
		struct rng r = { hash3(seed, FOR_UNIT, t->unit, 2) };

		m->cast.body[0] = N_WORDS + below(&r, N_NAMES);
		m->p_fact = ALWAYS / between(&r, 12, 60);
	}
}

/* Every one of a series has facts in its first line. */
static void push_series_line(struct maker *m)
{
	push_token(m, NAME, m->cast.place[0])->flags = SENTENCE;
	push_token(m, NUMBER, 2 + below(&m->facts, 9000));
	push_token(m, NAME, m->cast.last_name[0]);
	push_token(m, DECIMAL, 1 + below(&m->facts, 999));
}

/* The report that the article's instance started from, into w->body. */
static void make_report(gen_writer *w, struct draft *d)
{
	struct maker *m = &d->m;
	uint32_t bytes;

	start_report(w, d);
	w->body.n = w->body.bytes = 0;
	bytes = draw_bytes(&m->text);
	if (d->u.kind == GEN_SERIES)
		push_series_line(m);
	push_body(m, bytes);
	if (m->topic && bytes > 1500) { /* the background that every report on it repeats */
		m->text.state = hash3(w->night->seed, FOR_BACKGROUND, d->t.unit, 0);
		m->facts.state = m->text.state;
		push_paragraph(m, 2);
	}
}

/* ---- the copy -------------------------------------------------------------------------------- */

/* From here on the maker adds what is about other things, into w->copy. */
static void change_subject(gen_writer *w, struct maker *m, struct rng *r)
{
	draw_cast(&m->cast, next(r));
	m->text.state = next(r);
	m->facts.state = next(r);
	m->topic = 0;
	m->out = &w->copy;
	w->copy.bytes = 0;
}

/* Do to w->body what the article's kind says; where the result stands. */
static struct report *make_copy(gen_writer *w, struct draft *d)
{
	uint64_t seed = w->night->seed;
	struct rng r = { hash3(seed, FOR_NEW, d->t.unit, d->t.member) };
	gen_kind kind = d->t.kind;

	change_subject(w, &d->m, &r);
	if (kind == GEN_EDIT || kind == GEN_MIXED)
		edit_words(&w->night->words, &w->body, between(&r, ALWAYS / 200, ALWAYS / 20), &r);
	if (kind == GEN_CUT)
		edit_cut(&w->body, between(&r, ALWAYS / 5, ALWAYS * 4 / 5));
	if (kind == GEN_MIXED)
		edit_cut(&w->body, between(&r, ALWAYS / 2, ALWAYS));
	if (kind == GEN_EMBEDDED && w->body.n > 800) {
		edit_cut(&w->body, between(&r, ALWAYS / 10, ALWAYS / 4));
		return &w->body;
	}
	if (kind == GEN_EMBEDDED)
		edit_embed(&d->m, &w->body, &r);
	else if (kind == GEN_PARAGRAPHS)
		edit_rearrange(&d->m, &w->body, &r);
	else if (kind == GEN_FURNITURE || kind == GEN_MIXED)
		edit_furnish(&d->m, &w->body, hash3(seed, FOR_SOURCE, d->t.language, d->source),
			     &r);
	else
		return &w->body;
	return &w->copy;
}

/* ---- what the source adds -------------------------------------------------------------------- */

static bool has_own_headline(gen_kind kind)
{
	return kind == GEN_HEADLINE || kind == GEN_FURNITURE || kind == GEN_MIXED;
}

/* "PLACE (Agency) - ", as the kind of article has it. */
static char *put_dispatch(gen_writer *w, char *p, struct draft *d)
{
	const struct language *l = d->style.language;
	const struct word *place = &w->night->words.of[d->t.language].word[d->m.cast.place[0]];
	uint64_t how = hash3(w->night->seed, FOR_TITLE, d->t.unit, UINT64_MAX);

	if (has_own_headline(d->t.kind))
		how = next(&d->r);
	how = how >> 32 & 3;
	if (how == 0 || d->u.kind == GEN_SERIES)
		return p;
	if (l->han) {
		p = put_text(p, "\u65b0\u534e\u793e");
		return put_text(put_word(p, place, false, false), "\u7535 ");
	}
	p = put_word(p, place, true, how == 1);
	if (how == 3)
		return put_text(p, " \u2014 ");
	return put_text(put_text(put_text(p, " ("), l->agency), ") - ");
}

/* One source in three ends every article that is long enough with the same lines. */
static char *put_footer(gen_writer *w, char *p, const struct draft *d)
{
	struct maker m = { .words = &w->night->words, .language = d->t.language,
			   .out = &w->footer };

	m.text.state = hash3(w->night->seed, FOR_SOURCE, d->t.language, d->source);
	if (next(&m.text) % 3)
		return p;
	w->footer.n = w->footer.bytes = 0;
	push_paragraph(&m, between(&m.text, 1, 2));
	if ((size_t)(p - w->text) < 6 * (size_t)w->footer.bytes)
		return p;
	return put_report(put_text(p, d->style.paragraph), &w->night->words.of[d->t.language],
			  &w->footer, &d->style);
}

/* About the people of the report; d->m stays as it is. */
static nb_str make_title(gen_writer *w, const struct draft *d)
{
	const gen_truth *t = &d->t;
	bool own = has_own_headline(t->kind);
	struct maker m = d->m;
	char *end;

	m.out = &w->footer;
	w->footer.n = w->footer.bytes = 0;
	m.text.state = hash3(w->night->seed, FOR_TITLE, t->unit, own ? t->member + 1 : 0);
	m.facts.state = hash3(w->night->seed, FOR_TITLE, t->unit, (uint64_t)t->instance << 32);
	m.p_fact = ALWAYS / 4;
	m.p_phrase = 0;
	push_sentence(&m, between(&m.text, 4, 10));
	w->footer.token[w->footer.n - 1].after = 0;
	end = put_report(w->title, &w->night->words.of[t->language], &w->footer, &d->style);
	return (nb_str){ w->title, (size_t)(end - w->title) };
}

static nb_str cstring(const char *s)
{
	return (nb_str){ s, strlen(s) };
}

static void make_metadata(gen_writer *w, uint32_t i, const struct draft *d, nb_article *out)
{
	/* names of sources are English words, whatever they write */
	const struct word *name = &w->night->words.of[0].word[5000 + d->source];
	const struct language *l = d->style.language;
	uint32_t s = (uint32_t)(d->t.published_at - MIDNIGHT);

	snprintf(w->id, sizeof(w->id), "n%09u", i);
	snprintf(w->source, sizeof(w->source), "%.*s-%s.example", name->len, name->text, l->code);
	snprintf(w->url, sizeof(w->url), "https://www.%s/2026/09/14/%u-%09u.html", w->source,
		 d->t.unit, i);
	snprintf(w->time, sizeof(w->time), "2026-09-14T%02u:%02u:%02uZ", s / 3600, s / 60 % 60,
		 s % 60);
	*out = (nb_article){
		.id = cstring(w->id), .source = cstring(w->source), .agency = cstring(l->agency),
		.lang = cstring(l->code), .url = cstring(w->url),
		.published_raw = cstring(w->time), .published_at = d->t.published_at,
		.date_source = NB_DATE_PUBLISHER, .line = (uint64_t)i + 1,
	};
}

static void choose_style(struct style *s, const gen_truth *t, struct rng *r)
{
	*s = (struct style){ .language = &languages[t->language], .paragraph = "\n\n" };
	s->open = s->language->quote[0];
	s->close = s->language->quote[1];
	if (t->kind != GEN_STYLE && t->kind != GEN_MIXED)
		return;
	s->open = s->close = chance(r, ALWAYS / 2) ? "\"" : "''";
	s->paragraph = chance(r, ALWAYS / 2) ? "\n" : " \n ";
	s->shout = chance(r, ALWAYS / 2);
}

/* ---- articles -------------------------------------------------------------------------------- */

static void start_draft(const gen_night *night, uint32_t i, struct draft *d)
{
	uint32_t k;

	gen_truth_get(night, i, &d->t);
	d->u = gen_unit_get(night, d->t.unit);
	d->r.state = hash3(night->seed, FOR_MEMBER, d->t.unit, (uint64_t)d->t.member << 32);
	k = below(&d->r, ALWAYS); /* a few sources have most of the articles */
	d->source = (uint32_t)((uint64_t)k * k >> 16) * N_SOURCES >> 16;
	choose_style(&d->style, &d->t, &d->r);
}

void gen_article(gen_writer *w, uint32_t i, nb_article *out)
{
	struct draft d;
	char *p;

	start_draft(w->night, i, &d);
	make_metadata(w, i, &d, out);
	make_report(w, &d);
	out->title = make_title(w, &d);
	p = put_dispatch(w, w->text, &d);
	p = put_report(p, &w->night->words.of[d.t.language], make_copy(w, &d), &d.style);
	p = put_footer(w, p, &d);
	out->text = (nb_str){ w->text, (size_t)(p - w->text) };
}
