/* SPDX-License-Identifier: MIT
 *
 * steps.h - any bytes as the content of a file, in segments of any size, to articles and rejects.
 *
 * Whatever comes out must keep the promises of article.h, and must not depend on the segments.
 */
#ifndef NB_FUZZ_STEPS_H
#define NB_FUZZ_STEPS_H

#include <stdlib.h>
#include <string.h>

#include "newsbraid/reader.h"
#include "newsbraid/utf8.h"
#include "read/tasks.h"

static inline void check(int holds)
{
	if (!holds)
		abort();
}

static inline void check_string(nb_str s, size_t most)
{
	check(s.ptr || s.len == 0);
	check(s.len <= most);
	if (s.len) {
		check(nb_utf8_valid(s.ptr, s.len));
		check(!memchr(s.ptr, 0, s.len));
	}
}

static inline void check_article(const nb_article *a)
{
	check_string(a->id, 1024);
	check_string(a->source, 4096);
	check_string(a->agency, 4096);
	check_string(a->version, 4096);
	check_string(a->lang, 2);
	check_string(a->title, 4096);
	check_string(a->byline, 4096);
	check_string(a->url, 4096);
	check_string(a->published_raw, 4096);
	check_string(a->text, NB_TEXT_MAX);
	check(a->text.len > 0 && a->line > 0);
	check((a->published_at != NB_NO_TIME) ==
	      (a->date_source == NB_DATE_PUBLISHER || a->date_source == NB_DATE_FEED));
}

static inline uint64_t mix(uint64_t hash, const void *p, size_t n)
{
	const unsigned char *s = p;

	for (size_t i = 0; i < n; i++)
		hash = (hash ^ s[i]) * UINT64_C(0x100000001b3);
	return hash;
}

static inline uint64_t mix_string(uint64_t hash, nb_str s)
{
	return mix(mix(hash, s.ptr, s.len), &s.len, sizeof(s.len));
}

/* Cut and parse with segments of `step` bytes; a hash of all that came out. */
static inline uint64_t read_in_steps(const nb_alias_map *map, const char *name, const uint8_t *data,
			      size_t size, size_t step, int damaged)
{
	nb_cutter cutter = { 0 };
	nb_segment *held = NULL;
	nb_maker maker;
	nb_share share = { 0 };
	uint64_t hash = 0, lines = 0;
	size_t at = 0;

	check(nb_maker_init(&maker) == NB_OK);
	do {
		size_t n = size - at < step ? size - at : step;
		nb_segment *s = calloc(1, sizeof(*s) + n + NB_JSON_PADDING);

		check(s != NULL);
		memcpy(s->data, data + at, n);
		at += n;
		s->n = n;
		s->last = at == size;
		s->trouble = s->last && damaged ? NB_REJECT_DAMAGED : NB_REJECT_COUNT;
		s->detail = "damaged";
		s->next = held;
		held = s;
		check(nb_cut_segment(&cutter, name, s) == NB_OK);
	} while (at < size);
	for (size_t i = 0; i < cutter.n; i++) {
		nb_task *t = &cutter.task[i];
		uint64_t before = t->line ? 0 : lines;

		nb_parse_task(map, &maker, t, &share);
		lines += t->n_lines;
		for (size_t k = t->article; k < t->article + t->n_articles; k++) {
			uint64_t line = share.article[k].line + before;

			check_article(&share.article[k]);
			hash = mix(hash, &line, sizeof(line));
			hash = mix_string(hash, share.article[k].title);
			hash = mix_string(hash, share.article[k].text);
		}
		for (size_t k = t->reject; k < t->reject + t->n_rejects; k++) {
			const nb_reject *x = &share.reject[k];
			uint64_t line = t->whole_file ? 0 : x->line + before;

			check_string(x->sample, NB_REJECT_SAMPLE * 3);
			check(x->detail.len > 0);
			hash = mix(hash, &line, sizeof(line));
			hash = mix(hash, &x->byte, sizeof(x->byte));
			hash = mix_string(hash, x->sample);
		}
	}
	check(!maker.no_memory);
	nb_cut_release(&cutter);
	nb_maker_release(&maker);
	nb_pool_release(&share.pool);
	free(share.article);
	free(share.reject);
	while (held) {
		nb_segment *next = held->next;

		free(held);
		held = next;
	}
	return hash;
}

/* Read whole and in steps of some sizes, of which `first` picks the smallest. */
static inline void read_all_ways(const nb_alias_map *map, const char *name, const uint8_t *data,
				 size_t size, unsigned first, int damaged)
{
	uint64_t whole = read_in_steps(map, name, data, size, SIZE_MAX, damaged);

	for (size_t step = 1 + first; step < size && step < 5000; step = step * 16 + 3)
		check(read_in_steps(map, name, data, size, step, damaged) == whole);
}

#endif
