/* SPDX-License-Identifier: MIT
 *
 * bench_sketch.c - text to sketch on one core: every stage, every instruction set, five kinds of
 * text, beside what the machine could do at most; and the error of the sketch.
 *
 * The text is made up from a seed: words by Zipf's law out of a vocabulary of made-up words, with
 * capitals, numbers and punctuation as news has them; about 5.8 bytes a word for English.
 * Chinese is characters by rank.  Articles are 1 to 5.2 KB, 3.1 KB on average.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"
#include "newsbraid/isa.h"
#include "ports.h"
#include "sketch/on_kernel.h"
#include "text/token_scratch.h"

enum { DOCS = 300, DOC_MAX = 5200, VOCABULARY = 20000, WORD_MAX = 40 };

typedef enum language { ENGLISH, QUOTES, ACCENTS, RUSSIAN, CHINESE, LANGUAGES } language;

static const char *const language_name[LANGUAGES] = { "english", "quotes", "accents", "russian",
						      "chinese" };

typedef struct corpus {
	char word[VOCABULARY][WORD_MAX];
	char *doc[DOCS];
	size_t len[DOCS], bytes, tokens;
	uint64_t seed;
} corpus;

/* ---- made-up text ---- */

static double uniform(uint64_t *seed)
{
	return (double)(bench_random(seed) >> 11) * 0x1p-53;
}

static size_t put_utf8(uint32_t cp, char *out)
{
	if (cp < 0x80) {
		out[0] = (char)cp;
		return 1;
	}
	if (cp < 0x800) {
		out[0] = (char)(0xC0 | cp >> 6);
		out[1] = (char)(0x80 | (cp & 63));
		return 2;
	}
	out[0] = (char)(0xE0 | cp >> 12);
	out[1] = (char)(0x80 | (cp >> 6 & 63));
	out[2] = (char)(0x80 | (cp & 63));
	return 3;
}

/* A letter: how often it stands in the string is how often it comes in English. */
static size_t put_letter(language l, uint64_t *seed, char *out)
{
	static const char letters[] = "eeeeeeeeeeeetttttttttaaaaaaaaooooooooiiiiiiinnnnnnnssssss"
				      "hhhhhhrrrrrrddddllllcccuuummmwwffggyyppbbvk";
	static const uint16_t accents[] = { 0xE9, 0xE8, 0xEB, 0xEF, 0xE7, 0xE0, 0xF6 };

	if (l == RUSSIAN)
		return put_utf8(0x430 + (uint32_t)(bench_random(seed) % 32), out);
	if (l == ACCENTS && uniform(seed) < 0.03)
		return put_utf8(accents[bench_random(seed) % 7], out);
	out[0] = letters[bench_random(seed) % (sizeof(letters) - 1)];
	return 1;
}

static void make_vocabulary(corpus *c, language l)
{
	for (size_t i = 0; i < VOCABULARY; i++) {
		/* frequent words are short */
		double u = uniform(&c->seed), v = uniform(&c->seed);
		int letters = (int)(i < 100 ? 1.3 + 2.8 * u : 2 + 4.2 * u + 3.4 * v);
		size_t n = 0;

		while (letters-- > 0)
			n += put_letter(l, &c->seed, c->word[i] + n);
		c->word[i][n] = 0;
	}
}

static size_t put_word(corpus *c, language l, char *out, bool *capital)
{
	const char *word = c->word[(size_t)(VOCABULARY * pow(uniform(&c->seed), 3.2))];
	bool quoted = l == QUOTES && uniform(&c->seed) < 0.03; /* 1 % of the characters */
	size_t n = 0;
	double u;

	if (uniform(&c->seed) < 0.01)
		return (size_t)sprintf(out, "%u,%03u ", (unsigned)(bench_random(&c->seed) % 100),
				       (unsigned)(bench_random(&c->seed) % 1000));
	if (quoted)
		n += put_utf8(0x201C, out);
	strcpy(out + n, word);
	if ((*capital || uniform(&c->seed) < 0.06) && out[n] >= 'a' && out[n] <= 'z')
		out[n] = (char)(out[n] - 'a' + 'A');
	n += strlen(word);
	if (quoted)
		n += put_utf8(0x201D, out + n);
	u = uniform(&c->seed);
	*capital = u < 0.05;
	if (u < 0.10)
		out[n++] = u < 0.05 ? '.' : ',';
	out[n++] = uniform(&c->seed) < 0.01 ? '\n' : ' ';
	return n;
}

static size_t put_han(corpus *c, char *out)
{
	double u = uniform(&c->seed);

	if (u < 0.08)
		return put_utf8(u < 0.05 ? 0xFF0C : 0x3002, out);
	return put_utf8(0x4E00 + (uint32_t)(3000 * pow(uniform(&c->seed), 2)), out);
}

static corpus *make_corpus(language l)
{
	corpus *c = calloc(1, sizeof(*c));
	char buffer[DOC_MAX + 2 * WORD_MAX];

	if (!c)
		return NULL;
	c->seed = 7 + (uint64_t)l;
	make_vocabulary(c, l);
	for (size_t i = 0; i < DOCS; i++) {
		size_t want = 1000 + bench_random(&c->seed) % (DOC_MAX - 1000), n = 0;
		bool capital = true;

		while (n < want)
			n += l == CHINESE ? put_han(c, buffer + n) :
					    put_word(c, l, buffer + n, &capital);
		c->doc[i] = malloc(n);
		if (!c->doc[i])
			return NULL;
		memcpy(c->doc[i], buffer, n);
		c->len[i] = n;
		c->bytes += n;
	}
	return c;
}

static void free_corpus(corpus *c)
{
	for (size_t i = 0; i < DOCS; i++)
		free(c->doc[i]);
	free(c);
}

/* ---- what is timed ---- */

typedef struct job {
	corpus *c;
	const nb_text_kernel *kernel;
	nb_sketcher sketcher;
	nb_sketch_params params;
	uint64_t checksum;
	nb_status status;
} job;

static void tokenise(void *context)
{
	job *j = context;

	j->c->tokens = 0;
	for (size_t i = 0; i < DOCS; i++) {
		j->status |= nb_token_hashes(&j->sketcher.tokens, j->c->doc[i], j->c->len[i]);
		j->c->tokens += j->sketcher.tokens.n;
	}
}

static void shingle(void *context)
{
	job *j = context;

	for (size_t i = 0; i < DOCS; i++)
		j->status |= nb_shingle_text(&j->sketcher, &j->params, j->c->doc[i], j->c->len[i]);
}

static void minhash(void *context)
{
	job *j = context;
	uint8_t lane[NB_LANES];

	for (size_t i = 0; i < DOCS; i++) {
		j->status |= nb_shingle_text(&j->sketcher, &j->params, j->c->doc[i], j->c->len[i]);
		j->kernel->minhash(j->sketcher.shingle, j->sketcher.n_shingle, lane);
		bench_sink(lane[0]);
	}
}

static void text_to_sketch(void *context)
{
	job *j = context;
	uint64_t sum = 0;
	nb_sketch s;

	for (size_t i = 0; i < DOCS; i++) {
		j->status |= nb_sketch_text(&j->sketcher, &j->params, j->c->doc[i], j->c->len[i],
					    &s);
		sum = sum * 31 + s.lane[i % NB_LANES] + s.simhash[0] + s.text_hash + s.n_shingles +
		      s.key[i % NB_CONTAIN_KEYS];
	}
	j->checksum = sum;
}

/* All of every sketch, slowly: what the instruction sets must agree on. */
static uint64_t digest(job *j)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < DOCS; i++) {
		nb_sketch s;
		const uint8_t *byte = (const uint8_t *)&s;

		j->status |= nb_sketch_text(&j->sketcher, &j->params, j->c->doc[i], j->c->len[i],
					    &s);
		for (size_t k = 0; k < sizeof(s); k++)
			sum = (sum ^ byte[k]) * UINT64_C(0x100000001B3);
	}
	return sum;
}

/* ---- ceilings ---- */

/*
 * Fused micro-operations of the AVX-512 path, counted in the compiled loops: per block of 64 bytes
 * and per token.  Nothing can be faster than all of them / those that the core issues in a cycle.
 */
#define UOPS_BLOCK  (8 + 46) /* fold an ASCII block; find and store its edges */
#define UOPS_HASH   10.0     /* 62 for 8 tokens, 16 of their loads inside two gathers */
#define UOPS_SHINGLE 3.5     /* 28 for 8 */
#define UOPS_MINHASH 9.0     /* 7 in the first round, 14 for 16 in about two more */
#define UOPS_SIMHASH 2.5     /* 20 for 8 */
#define UOPS_COUNT  8.0      /* 4 to take a slot, 60 for 16 to look whose it is */
#define UOPS_REST   2.0      /* smallest keys 8 for 8, XXH3 */

static double uop_ceiling(const corpus *c, double clock)
{
	double token = UOPS_HASH + UOPS_SHINGLE + UOPS_MINHASH + UOPS_SIMHASH + UOPS_COUNT +
		       UOPS_REST;
	double uops = (double)c->bytes / 64 * UOPS_BLOCK + (double)c->tokens * token;

	return (double)c->bytes / 1e6 * clock * ports_measure(NB_ISA_AVX512, PORT_ISSUE) / uops;
}

/* ---- runs ---- */

static void report(bench *b, job *j, const char *stage, language l, void (*fn)(void *),
		   double ceiling, const char *how)
{
	char metric[64], extra[96];
	bench_stat s = bench_run(b, fn, j);

	snprintf(metric, sizeof(metric), l == ENGLISH ? "%s" : "%s_%s", stage, language_name[l]);
	snprintf(extra, sizeof(extra), "\"language\":\"%s\",\"bytes_per_token\":%.2f",
		 language_name[l], (double)j->c->bytes / (double)j->c->tokens);
	bench_report(b,
		     &(bench_metric){ .metric = metric,
				      .isa = nb_isa_name(j->kernel->isa),
				      .unit = "MB/s",
				      .work = (double)j->c->bytes / 1e6,
				      .ceiling = ceiling,
				      .how = how,
				      .extra = extra },
		     s);
}

static void run_kernel(bench *b, corpus *c, language l, nb_isa isa, uint64_t *agreed,
		       double bandwidth, double clock)
{
	job j = { .c = c, .kernel = nb_text_kernel_for(isa) };
	uint64_t sum;

	nb_sketch_params_init(&j.params);
	if (nb_sketcher_use(&j.sketcher, j.kernel) != NB_OK)
		return;
	sum = digest(&j);
	tokenise(&j);
	if (*agreed == 0)
		*agreed = sum;
	if (sum != *agreed || j.status != NB_OK) {
		bench_wrong(b, "text_to_sketch", nb_isa_name(isa), "sketches differ");
		nb_sketcher_release(&j.sketcher);
		return;
	}
	report(b, &j, "tokenise", l, tokenise, bandwidth, "reading these bytes");
	report(b, &j, "tokenise_shingle", l, shingle, bandwidth, "reading these bytes");
	report(b, &j, "tokenise_shingle_minhash", l, minhash, bandwidth, "reading these bytes");
	if (isa == NB_ISA_AVX512 && clock > 0 && l != RUSSIAN && l != CHINESE)
		report(b, &j, "text_to_sketch", l, text_to_sketch, uop_ceiling(c, clock),
		       "micro-operations counted / those issued in a cycle");
	else
		report(b, &j, "text_to_sketch", l, text_to_sketch, bandwidth,
		       "reading these bytes");
	nb_sketcher_release(&j.sketcher);
}

static void run_language(bench *b, language l, double clock)
{
	corpus *c = make_corpus(l);
	uint64_t agreed = 0;
	double bandwidth;

	if (!c) {
		bench_wrong(b, "text_to_sketch", NULL, "no memory");
		return;
	}
	bandwidth = bench_read_bandwidth(c->bytes) / 1e6;
	bench_say(b, "\n%s: %d articles, %zu bytes; reading them takes %.0f MB/s\n",
		  language_name[l], DOCS, c->bytes, bandwidth);
	for (int isa = 0; isa < NB_ISA_COUNT; isa++)
		if (nb_isa_usable((nb_isa)isa) &&
		    (!b->isa || strcmp(b->isa, nb_isa_name((nb_isa)isa)) == 0))
			run_kernel(b, c, l, (nb_isa)isa, &agreed, bandwidth, clock);
	free_corpus(c);
}

/* ---- error of the sketch ---- */

typedef struct error {
	double ratio, bias; /* RMSE / sqrt(J (1 - J) / 128); mean error */
} error;

static error measure(size_t a, size_t b, size_t shared, unsigned trials, uint64_t *seed)
{
	static uint64_t value[8192];
	double j = (double)shared / (double)(a + b - shared), sum = 0, squares = 0;

	for (unsigned t = 0; t < trials; t++) {
		uint8_t x[NB_LANES], y[NB_LANES];
		uint32_t equal = 0;
		double e;

		for (size_t i = 0; i < a + b - shared; i++)
			value[i] = bench_random(seed);
		nb_minhash(value, a, x);
		nb_minhash(value + a - shared, b, y);
		for (uint32_t i = 0; i < NB_LANES; i++)
			equal += x[i] == y[i];
		e = (equal / 128.0 - 1.0 / 256) / (1 - 1.0 / 256) - j;
		sum += e;
		squares += e * e;
	}
	return (error){ sqrt(squares / trials) / sqrt(j * (1 - j) / 128), sum / trials };
}

static void error_table(bench *b)
{
	static const size_t sizes[] = { 20, 50, 100, 300, 1000, 2000 };
	static const double similarity[] = { 0.2, 0.5, 0.8, 0.9 };
	unsigned trials = b->quick ? 4000 : 10000;
	double worst = 0, worst_bias = 0;
	uint64_t seed = 1;

	bench_say(b, "\nerror of MinHash, %u pairs a cell: RMSE / sqrt(J (1 - J) / 128) (bias)\n",
		  trials);
	bench_say(b, "the measurement itself is uncertain by %.3f\n", 1 / sqrt(2.0 * trials));
	for (size_t s = 0; s < sizeof(sizes) / sizeof(*sizes); s++)
		for (size_t times = 1; times <= 4; times *= 2) {
			size_t large = sizes[s], small = large / times;

			bench_say(b, "%5zu : %-5zu", small, large);
			for (int k = 0; k < 4; k++) {
				double j = similarity[k];
				size_t shared = (size_t)lround(j * (double)(small + large) /
							       (1 + j));
				error e;

				if (shared > small)
					continue; /* no such pair: J is at most 1 / times */
				e = measure(small, large, shared, trials, &seed);
				bench_say(b, "  J %.2f %.3f (%+.4f)", j, e.ratio, e.bias);
				worst = e.ratio > worst ? e.ratio : worst;
				worst_bias = fabs(e.bias) > worst_bias ? fabs(e.bias) : worst_bias;
			}
			bench_say(b, "\n");
		}
	bench_value(b, "minhash_error_worst", NULL, "ratio", worst);
	bench_value(b, "minhash_bias_worst", NULL, "jaccard", worst_bias);
}

int main(int argc, char **argv)
{
	double clock;
	bench b;

	bench_start(&b, "sketch", argc, argv);
	bench_pin();
	clock = bench_clock();
	bench_say(&b, "# core clock %.2f GHz\n", clock / 1e9);
	for (int l = 0; l < LANGUAGES; l++)
		run_language(&b, (language)l, clock);
	error_table(&b);
	return bench_end(&b);
}
