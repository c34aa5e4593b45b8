/* SPDX-License-Identifier: MIT
 *
 * overlap.c - see overlap.h.
 */
#include "overlap.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "newsbraid/publish.h"

/* Where OUT stands or is going to stand, without links; NULL if its parent does not exist. */
static char *resolve_out(const char *out)
{
	char *whole = realpath(out, NULL), *path, *slash, *parent, *resolved = NULL;

	if (whole)
		return whole;
	path = strdup(out);
	if (!path)
		return NULL;
	for (size_t n = strlen(path); n > 1 && path[n - 1] == '/'; n--)
		path[n - 1] = '\0';
	slash = strrchr(path, '/');
	if (slash)
		*slash = '\0';
	parent = realpath(!slash ? "." : *path ? path : "/", NULL);
	if (parent && asprintf(&resolved, "%s/%s", parent, slash ? slash + 1 : path) < 0)
		resolved = NULL;
	free(parent);
	free(path);
	return resolved;
}

static bool lies_in(const char *path, const char *folder)
{
	size_t n = strlen(folder);

	if (n > 0 && folder[n - 1] == '/') /* the root */
		n--;
	return strncmp(path, folder, n) == 0 && path[n] == '/';
}

static nb_status compare(const char *input, const char *in, const char *out, nb_error *err)
{
	if (!strcmp(in, out))
		return nb_fail(err, NB_EINVAL, input, "is to be read and to be replaced");
	if (lies_in(out, in))
		return nb_fail(err, NB_EINVAL, input,
			       "the output would stand in this input, and be read the next time");
	if (lies_in(in, out))
		return nb_fail(err, NB_EINVAL, input,
			       "this input stands in the output, and would be replaced");
	return NB_OK;
}

nb_status refuse_overlap(const nb_reader_options *inputs, const char *out, nb_error *err)
{
	char *to = resolve_out(out);
	nb_status status = NB_OK;

	for (size_t i = 0; to && status == NB_OK && i < inputs->n_input; i++) {
		char *in = realpath(inputs->input[i], NULL);

		if (in && strcmp(inputs->input[i], "-") != 0)
			status = compare(inputs->input[i], in, to, err);
		free(in);
	}
	free(to);
	return status;
}

nb_status refuse_own_output(const nb_run *run, nb_error *err)
{
	size_t n;
	const nb_input_file *file = nb_run_files(run, &n);

	for (size_t i = 0; i < n; i++)
		if (nb_output_has_file(file[i].path))
			return nb_fail(err, NB_EINVAL, file[i].path,
				       "is part of an output of newsbraid, no news");
	return NB_OK;
}
