/* SPDX-License-Identifier: MIT
 *
 * align.c - see align.h.
 */
#include "copies/align.h"

#include <string.h>

/* Where the passage at place b starts in a: after the last run if it goes on there. */
static uint32_t place_in_a(const nb_prepared *a, const nb_prepared *b, uint32_t at, uint32_t next)
{
	uint64_t shingle = b->shingle[at];

	if (next < a->n_shingles && a->shingle[next] == shingle)
		return next;
	return nb_prepared_find(a, shingle);
}

static uint32_t run_length(const nb_prepared *a, uint32_t i, const nb_prepared *b, uint32_t j)
{
	uint32_t n = 0;

	while (i + n < a->n_tokens && j + n < b->n_tokens && a->token[i + n] == b->token[j + n])
		n++;
	return n;
}

size_t nb_align_runs(const nb_prepared *a, const nb_prepared *b, nb_shared_run *run)
{
	size_t n_runs = 0;
	uint32_t next = 0; /* place in a after the last run */

	for (uint32_t j = 0; j < b->n_shingles && n_runs < NB_RUNS;) {
		uint32_t i = place_in_a(a, b, j, next);
		uint32_t n = i == NB_NO_PLACE ? 0 : run_length(a, i, b, j);

		if (n == 0) { /* not shared, or a chance collision of shingles */
			j++;
			continue;
		}
		run[n_runs++] = (nb_shared_run){ i, j, n };
		next = i + n;
		j += n;
	}
	return n_runs;
}

/* ---- facts ----------------------------------------------------------------------------------- */

/* Tokens of a replaced stretch; longer ones are other text, not other facts.  A stretch that is
 * bounded on one side only, by the beginning or the end of a text, may be furniture. */
#define GAP_MOST     48u
#define GAP_OPENING  16u
#define GAP_END      8u
#define FRAME_LEAST  3u /* words of a longer one in which only the facts differ ... */
#define FRAME_PART   3u /* ... all but one in so many of them at most */

typedef enum fact { NO_FACT, NUMBER, NAME } fact;

/* A stretch of tokens [begin, end). */
typedef struct stretch {
	const nb_prepared *text;
	uint32_t begin, end;
} stretch;

/* A word that opens a sentence is capitalised anyway; only `openings` says that it counts. */
static fact fact_of(const nb_prepared *t, uint32_t i, bool openings)
{
	switch ((nb_token_kind)t->kind[i]) {
	case NB_TOKEN_NUMBER:
	case NB_TOKEN_MIXED:
		return NUMBER;
	case NB_TOKEN_CAPITAL:
		return t->sentence[i] && !openings ? NO_FACT : NAME;
	default:
		return NO_FACT;
	}
}

/* Between runs, where a number in words may face another.  Inside them such a word says little:
 * "one of the". */
static fact fact_in_gap(const nb_prepared *t, uint32_t i, bool openings)
{
	return t->small[i] ? NUMBER : fact_of(t, i, openings);
}

/* Whether place i of a says what place j of b says; "six" and "6" do. */
static bool same(const nb_prepared *a, uint32_t i, const nb_prepared *b, uint32_t j)
{
	return a->token[i] == b->token[j] || (a->small[i] && a->small[i] == b->small[j]);
}

static bool stands_in(const nb_prepared *t, uint32_t i, stretch other)
{
	for (uint32_t j = other.begin; j < other.end; j++)
		if (same(t, i, other.text, j))
			return true;
	return false;
}

#define SEEN_MOST 256u

/* Facts that were counted before: a name that is replaced throughout differs once. */
typedef struct seen {
	uint64_t token[SEEN_MOST];
	uint32_t n;
} seen;

static bool see(seen *s, uint64_t token)
{
	for (uint32_t i = 0; i < s->n; i++)
		if (s->token[i] == token)
			return false;
	if (s->n < SEEN_MOST)
		s->token[s->n++] = token;
	return true;
}

/* Facts of one kind in s that other does not have, each once. */
static uint32_t unmatched(stretch s, stretch other, fact kind, seen *before)
{
	bool openings = s.begin == 0 && other.begin == 0;
	uint32_t n = 0;

	for (uint32_t i = s.begin; i < s.end; i++)
		if (fact_in_gap(s.text, i, openings) == kind && !stands_in(s.text, i, other))
			n += see(before, s.text->token[i]);
	return n;
}

/* What was seen so far on either side. */
typedef struct memory {
	seen a, b;
} memory;

/* Facts of one kind in either that face one of the same kind in the other. */
static uint32_t replaced(stretch a, stretch b, fact kind, memory *m)
{
	uint32_t in_a = unmatched(a, b, kind, &m->a), in_b = unmatched(b, a, kind, &m->b);

	return in_a < in_b ? in_a : in_b;
}

static bool is_short(stretch s)
{
	uint32_t most = s.begin == 0 ? GAP_OPENING : s.end == s.text->n_tokens ? GAP_END : GAP_MOST;

	return s.begin <= s.end && s.end - s.begin <= most;
}

/* Whether most words of s, numbers aside, stand in other too. */
static bool repeats(stretch s, stretch other)
{
	uint32_t words = 0, found = 0;

	if (s.begin > s.end || s.end - s.begin > GAP_MOST)
		return false;
	for (uint32_t i = s.begin; i < s.end; i++)
		if (fact_in_gap(s.text, i, false) != NUMBER) {
			words++;
			found += stands_in(s.text, i, other);
		}
	return words >= FRAME_LEAST && FRAME_PART * found >= (FRAME_PART - 1) * words;
}

/* A table whose numbers are others: too long for an end, but no furniture. */
static bool is_frame(stretch a, stretch b)
{
	return repeats(a, b) && repeats(b, a);
}

static nb_facts compare_gap(stretch a, stretch b, memory *m)
{
	nb_facts f = { 0 };

	if ((!is_short(a) || !is_short(b)) && !is_frame(a, b))
		return f;
	f.numbers = f.numbers_differ = replaced(a, b, NUMBER, m);
	f.names = f.names_differ = replaced(a, b, NAME, m);
	return f;
}

nb_facts nb_align_replaced(const nb_prepared *a, uint32_t a0, uint32_t a1, const nb_prepared *b,
			   uint32_t b0, uint32_t b1)
{
	memory m;

	m.a.n = m.b.n = 0;
	return compare_gap((stretch){ a, a0, a1 }, (stretch){ b, b0, b1 }, &m);
}

static nb_facts facts_inside(const nb_prepared *t, uint32_t begin, uint32_t n)
{
	nb_facts f = { 0 };

	for (uint32_t i = begin; i < begin + n; i++) {
		f.numbers += fact_of(t, i, false) == NUMBER;
		f.names += fact_of(t, i, false) == NAME;
	}
	return f;
}

static void add_facts(nb_facts *to, nb_facts f)
{
	to->numbers += f.numbers;
	to->numbers_differ += f.numbers_differ;
	to->names += f.names;
	to->names_differ += f.names_differ;
}

nb_facts nb_align_facts(const nb_prepared *a, const nb_prepared *b, const nb_shared_run *run,
			size_t n_runs)
{
	uint32_t a_end = 0, b_end = 0; /* after the run before; first the texts' openings */
	nb_facts f = { 0 };
	memory m;

	m.a.n = m.b.n = 0;
	for (size_t r = 0; r <= n_runs; r++) {
		uint32_t a0 = r < n_runs ? run[r].a : a->n_tokens;
		uint32_t b0 = r < n_runs ? run[r].b : b->n_tokens;

		add_facts(&f, compare_gap((stretch){ a, a_end, a0 }, (stretch){ b, b_end, b0 }, &m));
		if (r == n_runs)
			break;
		add_facts(&f, facts_inside(a, run[r].a, run[r].n));
		a_end = run[r].a + run[r].n;
		b_end = run[r].b + run[r].n;
	}
	return f;
}
