/* SPDX-License-Identifier: MIT
 *
 * generate.c - see generate.h.
 *
 * The plan of a night (which article belongs to which unit) is made at once, eight bytes an
 * article; the articles are made when they are asked for.
 */
#include "generate.h"

#include "nightfile.h"

#define N_SOURCES 400u                /* of a language */
#define MIDNIGHT  INT64_C(1789344000) /* 2026-09-14T00:00:00Z */
#define DAY       86400u

struct gen_night {
	uint64_t seed;
	uint32_t n, n_units;
	uint32_t stride, inverse; /* slot = i * stride mod n: spreads a unit over the night */
	uint32_t *unit;  /* [0..n): unit of a slot */
	uint32_t *first; /* [0..n_units]: first slot of a unit */
	struct words words;
};

/* ---- the plan -------------------------------------------------------------------------------- */

/* Sizes 2 to 50, weight 1 / size^2. */
static uint32_t copies_size(struct rng *r)
{
	uint32_t x = below(r, 625133);

	for (uint32_t k = 2; k < 50; k++) {
		uint32_t weight = 1000000 / (k * k);

		if (x < weight)
			return k;
		x -= weight;
	}
	return 50;
}

/* By article: 45 % single, 38 % in copies, 7 % in series, 10 % in topics. */
static gen_unit plan_unit(const gen_night *g, uint32_t unit)
{
	struct rng r = { hash3(g->seed, FOR_UNIT, unit, 0) };
	uint32_t x = below(&r, ALWAYS);

	if (unit < 3 && g->n >= 50000) { /* the giants */
		uint32_t size = g->n / (1000u << unit);

		return (gen_unit){ .kind = GEN_COPIES, .size = size < 5000 ? size : 5000 };
	}
	if (x < 54400)
		return (gen_unit){ .kind = GEN_SINGLE, .size = 1 };
	if (x < 62622)
		return (gen_unit){ .kind = GEN_COPIES, .size = copies_size(&r) };
	if (x < 63517)
		return (gen_unit){ .kind = GEN_SERIES, .size = between(&r, 3, 16) };
	return (gen_unit){ .kind = GEN_TOPIC, .size = between(&r, 2, 10) };
}

static int make_plan(gen_night *g)
{
	uint32_t slot = 0;

	g->unit = malloc(g->n * sizeof(*g->unit));
	g->first = malloc(((size_t)g->n + 1) * sizeof(*g->first));
	if (!g->unit || !g->first)
		return -1;
	while (slot < g->n) {
		uint32_t size = plan_unit(g, g->n_units).size;

		g->first[g->n_units] = slot;
		for (uint32_t k = 0; k < size && slot < g->n; k++)
			g->unit[slot++] = g->n_units;
		g->n_units++;
	}
	g->first[g->n_units] = slot;
	return 0;
}

static uint32_t gcd(uint32_t a, uint32_t b)
{
	while (b) {
		uint32_t t = a % b;

		a = b;
		b = t;
	}
	return a;
}

/* x with a * x = 1 modulo n, by Euclid; a and n have no common divisor. */
static uint32_t inverse(uint32_t a, uint32_t n)
{
	int64_t r0 = n, r1 = a % n, t0 = 0, t1 = 1;

	while (r1 > 1) {
		int64_t q = r0 / r1, r2 = r0 - q * r1, t2 = t0 - q * t1;

		r0 = r1;
		r1 = r2;
		t0 = t1;
		t1 = t2;
	}
	return (uint32_t)(t1 < 0 ? t1 + n : t1);
}

gen_night *gen_night_new(uint64_t seed, uint32_t n)
{
	gen_night *g;

	if (n == 0 || n > 1000000000)
		return NULL;
	g = calloc(1, sizeof(*g));
	if (!g)
		return NULL;
	g->seed = seed;
	g->n = n;
	g->stride = (uint32_t)((uint64_t)n * 618034 / 1000000) + 1; /* golden section */
	while (gcd(g->stride, n) != 1)
		g->stride++;
	g->inverse = n == 1 ? 0 : inverse(g->stride, n);
	if (words_init(&g->words, seed) == 0 && make_plan(g) == 0)
		return g;
	gen_night_free(g);
	return NULL;
}

void gen_night_free(gen_night *g)
{
	if (!g)
		return;
	words_release(&g->words);
	free(g->unit);
	free(g->first);
	free(g);
}

uint32_t gen_n_articles(const gen_night *g)
{
	return g->n;
}

uint32_t gen_n_units(const gen_night *g)
{
	return g->n_units;
}

gen_unit gen_unit_get(const gen_night *g, uint32_t unit)
{
	gen_unit u = plan_unit(g, unit);

	u.first = g->first[unit];
	u.size = g->first[unit + 1] - u.first; /* the last one may have been cut short */
	return u;
}

uint32_t gen_unit_article(const gen_night *g, uint32_t unit, uint32_t member)
{
	return (uint32_t)((uint64_t)(g->first[unit] + member) * g->inverse % g->n);
}

/* ---- truth ----------------------------------------------------------------------------------- */

const char *gen_kind_name(gen_kind kind)
{
	static const char *const name[GEN_KINDS] = {
		"original", "reprint", "headline", "cut", "edit", "paragraphs", "embedded",
		"furniture", "style", "mixed",
	};

	return name[kind];
}

static gen_kind draw_kind(struct rng *r)
{
	static const uint8_t share[GEN_KINDS] = { 0, 26, 10, 14, 16, 8, 6, 8, 6, 6 };
	uint32_t x = below(r, 100);

	for (unsigned k = 1; k < GEN_KINDS; k++) {
		if (x < share[k])
			return k;
		x -= share[k];
	}
	return GEN_REPRINT;
}

/* Copies follow their report within the day, soon rather than late; one in 20 has a clock that
 * is wrong and seems to come first. */
static uint32_t draw_time(uint32_t first_report, struct rng *r)
{
	uint64_t x = next(r) >> 48;

	if (chance(r, ALWAYS / 20))
		return first_report - (uint32_t)(x * 600 >> 16);
	return first_report + (uint32_t)((x * x * x >> 32) * (DAY - 1 - first_report) >> 16);
}

static unsigned draw_language(uint64_t bits)
{
	unsigned x = (unsigned)(bits % 100), l = 0;

	while (l + 1 < N_LANGUAGES && x >= languages[l].share)
		x -= languages[l++].share;
	return l;
}

void gen_truth_get(const gen_night *g, uint32_t i, gen_truth *t)
{
	uint32_t slot = (uint32_t)((uint64_t)i * g->stride % g->n);
	gen_unit u = gen_unit_get(g, g->unit[slot]);
	struct rng r = { hash3(g->seed, FOR_MEMBER, g->unit[slot], slot - u.first) };
	uint64_t unit_bits = hash3(g->seed, FOR_UNIT, g->unit[slot], 1);
	uint32_t first_report = 600 + (uint32_t)((unit_bits >> 32) * (DAY - 1200) >> 32);

	*t = (gen_truth){ .unit = g->unit[slot], .member = slot - u.first };
	t->language = draw_language(unit_bits & 0xffffffff);
	t->instance = t->member;
	if (u.kind == GEN_COPIES) {
		t->instance = 0;
		t->kind = t->member == 0 ? GEN_ORIGINAL : draw_kind(&r);
	} else if (u.kind == GEN_SERIES && t->member % 4 == 3) {
		t->instance = t->member - 1;
		t->kind = GEN_REPRINT;
	}
	t->published_at = MIDNIGHT + first_report;
	if (u.kind == GEN_SERIES && t->kind == GEN_ORIGINAL)
		t->published_at = MIDNIGHT + below(&r, DAY);
	else if (t->member > 0)
		t->published_at = MIDNIGHT + draw_time(first_report, &r);
}

uint32_t gen_id_number(nb_str id)
{
	uint32_t x = 0;

	if (id.len != 10 || id.ptr[0] != 'n')
		return UINT32_MAX;
	for (size_t k = 1; k < id.len; k++) {
		if (id.ptr[k] < '0' || id.ptr[k] > '9')
			return UINT32_MAX;
		x = x * 10 + (uint32_t)(id.ptr[k] - '0');
	}
	return x;
}

/* ---- articles -------------------------------------------------------------------------------- */

struct gen_writer {
	const gen_night *night;
	struct report body, copy, footer;
	char *text;  /* TEXT_MAX and some */
	char *title;
	char id[16], source[80], url[160], time[32];
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

/* The report that the article's instance started from, into w->body. */
static void make_report(gen_writer *w, const gen_truth *t, const gen_unit *u, struct maker *m)
{
	uint64_t seed = w->night->seed;
	/* copies and series share the text, topics only the cast */
	uint32_t text = u->kind == GEN_TOPIC ? t->member + 1 : 0;
	uint32_t facts = u->kind == GEN_TOPIC ? 0 : t->instance;
	uint32_t bytes;

	*m = (struct maker){ .words = &w->night->words, .language = t->language, .out = &w->body };
	m->text.state = hash3(seed, FOR_TEXT, t->unit, text);
	m->facts.state = hash3(seed, FOR_FACTS, t->unit, t->instance + 1);
	draw_cast(&m->cast, hash3(seed, FOR_FACTS, t->unit, (uint64_t)facts << 32));
	m->p_fact = ALWAYS / 12;
	m->p_phrase = ALWAYS / 60;
	if (u->kind == GEN_SERIES) { /* what stays the same: the first body */
		struct rng r = { hash3(seed, FOR_UNIT, t->unit, 2) };

		m->cast.body[0] = N_WORDS + below(&r, N_NAMES);
		m->p_fact = ALWAYS / between(&r, 12, 60);
	}
	if (u->kind == GEN_TOPIC)
		m->topic = hash3(seed, FOR_PHRASE, t->unit, 1);
	w->body.n = w->body.bytes = 0;
	bytes = draw_bytes(&m->text);
	if (u->kind == GEN_SERIES) { /* every one of a series has facts in its first line */
		push(m, NAME, m->cast.place[0])->flags = SENTENCE;
		push(m, NUMBER, 2 + below(&m->facts, 9000));
		push(m, NAME, m->cast.last_name[0]);
		push(m, DECIMAL, 1 + below(&m->facts, 999));
	}
	push_body(m, bytes);
	if (m->topic && bytes > 1500) { /* the background that every report on it repeats */
		m->text.state = hash3(seed, FOR_BACKGROUND, t->unit, 0);
		m->facts.state = m->text.state;
		push_paragraph(m, 2);
	}
}

/* Do to w->body what the article's kind says; where the result stands. */
static struct report *make_copy(gen_writer *w, const gen_truth *t, uint32_t source, struct maker *m)
{
	uint64_t seed = w->night->seed;
	struct rng r = { hash3(seed, FOR_NEW, t->unit, t->member) };

	/* what is added is about other things */
	draw_cast(&m->cast, next(&r));
	m->text.state = next(&r);
	m->facts.state = next(&r);
	m->topic = 0;
	m->out = &w->copy;
	w->copy.bytes = 0;
	if (t->kind == GEN_EDIT || t->kind == GEN_MIXED)
		edit(&w->night->words, &w->body, between(&r, ALWAYS / 200, ALWAYS / 20), &r);
	if (t->kind == GEN_CUT)
		cut(&w->body, between(&r, ALWAYS / 5, ALWAYS * 4 / 5));
	if (t->kind == GEN_MIXED)
		cut(&w->body, between(&r, ALWAYS / 2, ALWAYS));
	if (t->kind == GEN_EMBEDDED && w->body.n > 800) {
		cut(&w->body, between(&r, ALWAYS / 10, ALWAYS / 4));
	} else if (t->kind == GEN_EMBEDDED) {
		embed(m, &w->body, &r);
		return &w->copy;
	}
	if (t->kind == GEN_PARAGRAPHS) {
		rearrange(m, &w->body, &r);
		return &w->copy;
	}
	if (t->kind == GEN_FURNITURE || t->kind == GEN_MIXED) {
		furnish(m, &w->body, hash3(seed, FOR_SOURCE, t->language, source), &r);
		return &w->copy;
	}
	return &w->body;
}

/* "PLACE (Agency) - ", as the kind of article has it. */
static char *put_dispatch(char *p, const struct maker *m, const struct language *l, uint32_t place,
			  unsigned how)
{
	const struct word *w = &m->words->of[m->language].word[place];

	if (how % 4 == 0)
		return p;
	if (l->han)
		return put(put_word(put(p, "\u65b0\u534e\u793e"), w, false, false), "\u7535 ");
	p = put_word(p, w, true, how % 4 == 1);
	if (how % 4 == 3)
		return put(p, " \u2014 ");
	return put(put(put(p, " ("), l->agency), ") - ");
}

/* One source in three ends every article that is long enough with the same lines. */
static char *put_footer(gen_writer *w, char *p, const gen_truth *t, uint32_t source,
			const struct style *s)
{
	struct maker m = { .words = &w->night->words, .language = t->language, .out = &w->footer };

	m.text.state = hash3(w->night->seed, FOR_SOURCE, t->language, source);
	if (next(&m.text) % 3)
		return p;
	w->footer.n = w->footer.bytes = 0;
	push_paragraph(&m, between(&m.text, 1, 2));
	if ((size_t)(p - w->text) < 6 * (size_t)w->footer.bytes)
		return p;
	return put_report(put(p, s->paragraph), &w->night->words.of[t->language], &w->footer, s);
}

static void make_title(gen_writer *w, const gen_truth *t, struct maker *m, const struct style *s,
		       nb_str *title)
{
	bool own = t->kind == GEN_HEADLINE || t->kind == GEN_FURNITURE || t->kind == GEN_MIXED;
	char *end;

	m->out = &w->footer;
	w->footer.n = w->footer.bytes = 0;
	m->text.state = hash3(w->night->seed, FOR_TITLE, t->unit, own ? t->member + 1 : 0);
	m->facts.state = hash3(w->night->seed, FOR_TITLE, t->unit, (uint64_t)t->instance << 32);
	m->p_fact = ALWAYS / 4;
	m->p_phrase = 0;
	push_sentence(m, between(&m->text, 4, 10));
	w->footer.token[w->footer.n - 1].after = 0;
	end = put_report(w->title, &w->night->words.of[t->language], &w->footer, s);
	*title = (nb_str){ w->title, (size_t)(end - w->title) };
}

static nb_str cstring(const char *s)
{
	return (nb_str){ s, strlen(s) };
}

static void make_metadata(gen_writer *w, uint32_t i, const gen_truth *t, uint32_t source,
			  nb_article *out)
{
	/* names of sources are English words, whatever they write */
	const struct word *name = &w->night->words.of[0].word[5000 + source];
	const struct language *l = &languages[t->language];
	uint32_t s = (uint32_t)(t->published_at - MIDNIGHT);

	snprintf(w->id, sizeof(w->id), "n%09u", i);
	snprintf(w->source, sizeof(w->source), "%.*s-%s.example", name->len, name->text, l->code);
	snprintf(w->url, sizeof(w->url), "https://www.%s/2026/09/14/%u-%09u.html", w->source,
		 t->unit, i);
	snprintf(w->time, sizeof(w->time), "2026-09-14T%02u:%02u:%02uZ", s / 3600, s / 60 % 60,
		 s % 60);
	out->id = cstring(w->id);
	out->source = cstring(w->source);
	out->agency = cstring(l->agency);
	out->lang = cstring(l->code);
	out->url = cstring(w->url);
	out->published_raw = cstring(w->time);
	out->published_at = t->published_at;
	out->date_source = NB_DATE_PUBLISHER;
	out->line = (uint64_t)i + 1;
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

void gen_article(gen_writer *w, uint32_t i, nb_article *out)
{
	const struct vocabulary *v;
	struct report *report;
	struct maker m;
	struct style style;
	gen_truth t;
	gen_unit u;
	struct rng r;
	uint32_t source, place, k;
	unsigned how;
	char *p = w->text;

	gen_truth_get(w->night, i, &t);
	u = gen_unit_get(w->night, t.unit);
	v = &w->night->words.of[t.language];
	r.state = hash3(w->night->seed, FOR_MEMBER, t.unit, (uint64_t)t.member << 32);
	k = below(&r, ALWAYS); /* a few sources have most of the articles */
	source = (uint32_t)((uint64_t)k * k >> 16) * N_SOURCES >> 16;

	*out = (nb_article){ 0 };
	make_metadata(w, i, &t, source, out);
	make_report(w, &t, &u, &m);
	choose_style(&style, &t, &r);
	place = m.cast.place[0];
	how = (unsigned)(hash3(w->night->seed, FOR_TITLE, t.unit, UINT64_MAX) >> 32);
	if (t.kind == GEN_HEADLINE || t.kind == GEN_FURNITURE || t.kind == GEN_MIXED)
		how = (unsigned)(next(&r) >> 32);
	if (u.kind != GEN_SERIES)
		p = put_dispatch(p, &m, style.language, place, how);
	{
		struct maker title = m;

		make_title(w, &t, &title, &style, &out->title);
	}
	report = make_copy(w, &t, source, &m);
	p = put_report(p, v, report, &style);
	p = put_footer(w, p, &t, source, &style);
	out->text = (nb_str){ w->text, (size_t)(p - w->text) };
}

