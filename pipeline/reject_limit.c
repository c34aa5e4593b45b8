/* SPDX-License-Identifier: MIT
 *
 * reject_limit.c - see reject_limit.h.
 */
#include "reject_limit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "number_text.h"

bool reject_limit_parse(const char *text, reject_limit *out)
{
	reject_limit found = REJECT_LIMIT_NONE;
	char *end;
	double percent;

	if (!strchr(text, '%')) {
		if (!parse_count(text, &found.count))
			return false;
		*out = found;
		return true;
	}
	percent = strtod(text, &end);
	if (end == text || strcmp(end, "%") != 0 || !(percent >= 0) || percent > 100)
		return false;
	found.share = percent / 100;
	*out = found;
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
