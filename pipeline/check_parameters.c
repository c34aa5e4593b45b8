/* SPDX-License-Identifier: MIT
 *
 * check_parameters.c - the parameters of an output can be, and are those of another output: without
 * that, what differs between two nights may be the making.
 */
#include <string.h>

#include "check.h"

/* One value of both manifests. */
static void compare(check *c, const nb_node *ours, const nb_node *theirs, const char *name)
{
	char a[VALUE_ROOM], b[VALUE_ROOM];

	parameter_text(ours, name, a);
	parameter_text(theirs, name, b);
	if (strcmp(a, b) != 0)
		problem(c, "%s: %s is '%.100s', in %s it is '%.100s'", c->out, name, a, c->like, b);
}

static void compare_members(check *c, const manifest *ours, const manifest *theirs)
{
	nb_node a, b;

	compare(c, &ours->root, &theirs->root, "version");
	if (node_member(&ours->root, "parameters", &a) &&
	    node_member(&theirs->root, "parameters", &b))
		for (const option_row *o = run_options; o->name; o++)
			if (o->decides)
				compare(c, &a, &b, o->name);
	if (node_member(&ours->root, "data", &a) && node_member(&theirs->root, "data", &b)) {
		compare(c, &a, &b, "lexicon_xxh128");
		compare(c, &a, &b, "language_model_xxh128");
	}
}

nb_status check_parameters(check *c, nb_error *err)
{
	manifest ours, theirs;
	nb_status status;

	if (*c->stored.unfit)
		problem(c, "manifest.json: %s", c->stored.unfit);
	if (!c->like)
		return NB_OK;
	status = manifest_open(&ours, c->out, err);
	if (status == NB_OK) {
		status = manifest_open(&theirs, c->like, err);
		if (status == NB_OK)
			compare_members(c, &ours, &theirs);
		manifest_close(&theirs);
	}
	manifest_close(&ours);
	return status;
}
