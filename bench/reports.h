/* SPDX-License-Identifier: MIT
 *
 * reports.h - what the program says the reports of a generated night are: its table of texts.
 *
 * The program compares reports, not pages: without furniture and datelines.  The texts stand
 * in a temporary file that is mapped, for a million of them are 3 GB.
 */
#ifndef BENCH_REPORTS_H
#define BENCH_REPORTS_H

#include <stdint.h>

#include "newsbraid/clean.h"
#include "newsbraid/nb.h"

struct reports {
	uint32_t n;
	uint64_t *at;    /* [0..n): where the text of an article begins in the file */
	uint32_t *len;   /* [0..n) */
	uint16_t *cut;   /* [0..n): bit r: something was cut for reason r (nb_cut_reason) */
	const char *map; /* or NULL: no bytes */
	uint64_t bytes;
	/* private: */
	char *buffer;
	size_t capacity;
	int fd;
};

/**
 * Read texts.jsonl.zst of an output folder.
 * @param n        articles of the night
 * @param scratch  folder for the temporary file
 * @return NB_OK, NB_EDATA: an article has no row or two; reports_release in any case
 */
nb_status reports_load(struct reports *r, const char *dir, uint32_t n, const char *scratch,
		       nb_error *err) NB_MUST_CHECK;
void reports_release(struct reports *r);

/** Any thread; lives as long as r. */
nb_str reports_text(const struct reports *r, uint32_t i);

#endif
