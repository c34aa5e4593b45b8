/* SPDX-License-Identifier: MIT
 *
 * read_stats.c - see read_stats.h.
 */
#include "read_stats.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "printable.h"

void read_stats_release(read_stats *s)
{
	nb_intern_release(&s->origin);
	free(s->n);
	*s = (read_stats){ 0 };
}

static nb_status count(nb_intern *names, uint64_t **n, size_t *capacity, nb_str name, uint64_t by)
{
	size_t known = names->n;
	uint32_t k;

	if (nb_intern_number(names, name, &k) != NB_OK || NB_GROW(*n, capacity, names->n) != NB_OK)
		return NB_ENOMEM;
	if (names->n > known)
		(*n)[k] = 0;
	(*n)[k] += by;
	return NB_OK;
}

nb_status read_stats_add(read_stats *s, const nb_batch *batch)
{
	nb_status status = NB_OK;

	for (size_t i = 0; status == NB_OK && i < batch->n; i++)
		status = count(&s->origin, &s->n, &s->capacity, batch->article[i].origin, 1);
	return status;
}

/* ---- formats --------------------------------------------------------------------------------- */

/* The files of one format. */
struct format {
	const char *name;
	uint64_t files, articles, rejects, bytes;
};

static int by_name(const void *a, const void *b)
{
	return strcmp(((const nb_input_file *)a)->format, ((const nb_input_file *)b)->format);
}

static void print_format(const struct format *f, FILE *to)
{
	fprintf(to, "%-14s %9" PRIu64 " %11" PRIu64 " %9" PRIu64 " %15" PRIu64 "\n",
		*f->name ? f->name : "unknown", f->files, f->articles, f->rejects, f->bytes);
}

static nb_status print_formats(const nb_reader *reader, FILE *to)
{
	size_t n;
	const nb_input_file *found = nb_reader_files(reader, &n);
	nb_input_file *file = malloc((n + 1) * sizeof(*file));
	struct format f = { 0 }, all = { .name = "all" };

	if (!file)
		return NB_ENOMEM;
	if (n)
		memcpy(file, found, n * sizeof(*file));
	qsort(file, n, sizeof(*file), by_name);
	fprintf(to, "%-14s %9s %11s %9s %15s\n", "FORMAT", "FILES", "ARTICLES", "REJECTS", "BYTES");
	for (size_t i = 0; i < n; i++) {
		if (i == 0 || strcmp(file[i].format, f.name) != 0)
			f = (struct format){ .name = file[i].format };
		f.files++;
		f.articles += file[i].n_records;
		f.rejects += file[i].n_rejects;
		f.bytes += file[i].bytes;
		all.files++;
		all.articles += file[i].n_records;
		all.rejects += file[i].n_rejects;
		all.bytes += file[i].bytes;
		if (i + 1 == n || strcmp(file[i + 1].format, f.name) != 0)
			print_format(&f, to);
	}
	print_format(&all, to);
	free(file);
	return NB_OK;
}

/* ---- origins --------------------------------------------------------------------------------- */

/* "title=headline" and how many articles have it so. */
struct source {
	nb_str name;
	uint64_t n;
};

static int by_field(const void *a, const void *b)
{
	const struct source *x = a, *y = b;
	size_t n = x->name.len < y->name.len ? x->name.len : y->name.len;
	size_t fx = (size_t)((const char *)memchr(x->name.ptr, '=', x->name.len) - x->name.ptr);
	size_t fy = (size_t)((const char *)memchr(y->name.ptr, '=', y->name.len) - y->name.ptr);
	int order = memcmp(x->name.ptr, y->name.ptr, n);

	if (fx != fy || memcmp(x->name.ptr, y->name.ptr, fx) != 0)
		return order ? order : x->name.len < y->name.len ? -1 : 1;
	if (x->n != y->n)
		return x->n > y->n ? -1 : 1;
	return order ? order : (x->name.len > y->name.len) - (x->name.len < y->name.len);
}

/* The parts of all origins, each counted. */
static nb_status count_parts(const read_stats *s, nb_intern *part, uint64_t **n, size_t *capacity)
{
	nb_status status = NB_OK;

	for (uint32_t k = 0; k < s->origin.n; k++) {
		nb_str rest = nb_intern_string(&s->origin, k);

		while (status == NB_OK && rest.len) {
			const char *end = memchr(rest.ptr, ' ', rest.len);
			size_t len = end ? (size_t)(end - rest.ptr) : rest.len;

			if (memchr(rest.ptr, '=', len))
				status = count(part, n, capacity, (nb_str){ rest.ptr, len }, s->n[k]);
			len += end != NULL;
			rest = (nb_str){ rest.ptr + len, rest.len - len };
		}
	}
	return status;
}

static nb_status print_origins(const read_stats *s, FILE *to)
{
	nb_intern part = { 0 };
	uint64_t *n = NULL;
	size_t capacity = 0;
	nb_status status = count_parts(s, &part, &n, &capacity);
	struct source *source = malloc((part.n + 1) * sizeof(*source));

	if (!source)
		status = NB_ENOMEM;
	for (uint32_t k = 0; status == NB_OK && k < part.n; k++)
		source[k] = (struct source){ nb_intern_string(&part, k), n[k] };
	if (status == NB_OK) {
		qsort(source, part.n, sizeof(*source), by_field);
		fprintf(to, "\n%-14s %-40s %11s\n", "FIELD", "FROM", "ARTICLES");
	}
	for (size_t k = 0; status == NB_OK && k < part.n; k++) {
		nb_str name = source[k].name;
		int field = (int)((const char *)memchr(name.ptr, '=', name.len) - name.ptr);

		nb_str from = { name.ptr + field + 1, name.len - (size_t)field - 1 };

		fprintf(to, "%-14.*s %-40s %11" PRIu64 "\n", field, name.ptr, printable(from),
			source[k].n);
	}
	free(source);
	free(n);
	nb_intern_release(&part);
	return status;
}

nb_status read_stats_print(const read_stats *s, const nb_reader *reader, FILE *to)
{
	nb_status status = print_formats(reader, to);

	return status == NB_OK ? print_origins(s, to) : status;
}
