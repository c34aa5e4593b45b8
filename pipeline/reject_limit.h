/* SPDX-License-Identifier: MIT
 *
 * reject_limit.h - --max-reject: how much of the input may be bad before a command gives up.
 */
#ifndef NB_PIPELINE_REJECT_LIMIT_H
#define NB_PIPELINE_REJECT_LIMIT_H

#include <stdbool.h>
#include <stdint.h>

#include "newsbraid/nb.h"

typedef struct reject_limit {
	uint64_t count; /* [UINT64_MAX] */
	double share;   /* of all records; 1: any [1] */
} reject_limit;

#define REJECT_LIMIT_NONE { UINT64_MAX, 1 }

/** "100" or "0.5%"; false if it is neither. */
bool reject_limit_parse(const char *text, reject_limit *out);

/**
 * Whether n_rejects beside n_articles are too many.  A share is only judged at the end: the first
 * record of a good dump may be a bad one.
 * @return NB_OK, or NB_EDATA with the reason in err
 */
nb_status reject_limit_check(const reject_limit *limit, uint64_t n_articles, uint64_t n_rejects,
			     bool end, nb_error *err) NB_MUST_CHECK;

#endif
