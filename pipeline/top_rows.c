/* SPDX-License-Identifier: MIT
 *
 * top_rows.c - see top_rows.h.
 */
#include "top_rows.h"

#include <stdlib.h>
#include <string.h>

/* Where a row of this weight belongs: after those that weigh as much. */
static size_t place_of(const top_rows *top, double weight)
{
	size_t low = 0, high = top->n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (top->row[mid].weight >= weight)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

nb_status top_rows_offer(top_rows *top, const table *t, double weight)
{
	size_t at = place_of(top, weight);
	kept_row new = { .weight = weight, .line = t->line, .len = t->len };

	if (at >= top->most)
		return NB_OK;
	if (!top->row)
		top->row = calloc(top->most, sizeof(*top->row));
	new.json = malloc(t->len + NB_JSON_PADDING);
	if (!top->row || !new.json) {
		free(new.json);
		return NB_ENOMEM;
	}
	memcpy(new.json, t->padded, t->len + NB_JSON_PADDING);
	if (top->n == top->most)
		free(top->row[--top->n].json);
	memmove(top->row + at + 1, top->row + at, (top->n - at) * sizeof(*top->row));
	top->row[at] = new;
	top->n++;
	return NB_OK;
}

void top_rows_release(top_rows *top)
{
	for (size_t i = 0; i < top->n; i++)
		free(top->row[i].json);
	free(top->row);
	*top = (top_rows){ 0 };
}

nb_status top_rows_get(const top_rows *top, size_t i, nb_doc *doc, nb_node *row)
{
	const char *detail;

	return nb_doc_parse(doc, top->row[i].json, top->row[i].len, row, &detail) == NB_DOC_OK
		       ? NB_OK
		       : NB_ENOMEM;
}
