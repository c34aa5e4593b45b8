/* SPDX-License-Identifier: MIT
 *
 * reject_limit.c - see reject_limit.h.
 */
#include "reject_limit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "options.h"

bool reject_limit_parse(const char *text, reject_limit *out)
{
	size_t n;
	char *end;
	double percent;

	*out = (reject_limit)REJECT_LIMIT_NONE;
	if (!strchr(text, '%')) {
		if (!parse_count(text, 0, SIZE_MAX, &n))
			return false;
		out->count = n;
		return true;
	}
	percent = strtod(text, &end);
	if (end == text || strcmp(end, "%") != 0 || !(percent >= 0) || percent > 100)
		return false;
	out->share = percent / 100;
	return true;
}

nb_status reject_limit_check(const reject_limit *limit, uint64_t n_articles, uint64_t n_rejects,
			     bool end, nb_error *err)
{
	double all = (double)n_articles + (double)n_rejects;

	if (n_rejects > limit->count ||
	    (end && n_rejects > 0 && (double)n_rejects > limit->share * all))
		return nb_fail(err, NB_EDATA, NULL, "more records were rejected than --max-reject allows");
	return NB_OK;
}
