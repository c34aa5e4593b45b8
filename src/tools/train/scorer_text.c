/* SPDX-License-Identifier: MIT
 *
 * scorer_text.c - see scorer_text.h.
 */
#include "scorer_text.h"

#include <math.h>
#include <string.h>

enum { F = NB_PAIR_FEATURE_COUNT, A_LINE = 8 };

static const char *const feature_name[] = {
#define NAME(name, direction, text) #name,
	NB_PAIR_FEATURES(NAME)
#undef NAME
};

static const char *const kind_name[NB_PAIR_KINDS] = {
	[NB_PAIR_UNDATED] = "undated",
	[NB_PAIR_DATED] = "dated",
	[NB_PAIR_TIMED] = "timed",
	[NB_PAIR_HEADLINE] = "headline",
};

/* Five digits say all that a cut or a coefficient has to say. */
static void write_number(const char *before, float x, FILE *out)
{
	char text[40];

	if (isfinite(x))
		snprintf(text, sizeof(text), "%.5g", x);
	else
		snprintf(text, sizeof(text), "1e30");
	fprintf(out, "%s%s%s", before, text, strpbrk(text, ".e") ? "" : ".0");
}

static void write_cuts(const trained *t, int f, FILE *out)
{
	fprintf(out, "feature %s", feature_name[f]);
	for (int i = 0; i < NB_CUTS; i++)
		write_number(i % A_LINE == 0 ? "\n  " : " ", t->cut[f][i], out);
	fprintf(out, "\n");
}

static void write_tree(const nb_tree *t, FILE *out)
{
	fprintf(out, "tree");
	for (int k = 0; k < NB_TREE_NODES; k++)
		fprintf(out, " %s:%d", feature_name[t->feature[k]], t->cut[k]);
	for (int k = 0; k < NB_TREE_LEAVES; k++)
		fprintf(out, " %d", t->leaf[k]);
	fprintf(out, "\n");
}

static void write_model(const char *name, const nb_score_model *m, FILE *out)
{
	fprintf(out, "\nmodel %s\nbase", name);
	write_number(" ", m->base, out);
	fprintf(out, "\n");
	for (uint32_t i = 0; i < m->n_trees; i++)
		write_tree(&m->tree[i], out);
	fprintf(out, "bias");
	write_number(" ", m->bias, out);
	fprintf(out, "\n");
	for (int f = 0; f < F; f++) {
		if (m->coefficient[f] == 0)
			continue;
		fprintf(out, "linear %s", feature_name[f]);
		write_number(" ", m->coefficient[f], out);
		fprintf(out, "\n");
	}
}

static void write_comment(const char *figures, FILE *out)
{
	fprintf(out,
		"# The scorer of related.h: what src/data/SETS.md names, learned by `make train`.  The build\n"
		"# makes C of it and stops where its features are not those of src/related/features.h, in\n"
		"# their order.\n"
		"#\n"
		"# BCubed F1 / pairwise F1 of articles whose events the model that scored them had not seen:\n"
		"#\n");
	for (const char *line = figures; *line;) {
		const char *end = strchr(line, '\n');

		fprintf(out, "#     %.*s\n", (int)(end - line), line);
		line = end + 1;
	}
}

void scorer_text_write(const trained *t, const char *figures, FILE *out)
{
	write_comment(figures, out);
	fprintf(out, "\ntree_share");
	write_number(" ", t->scorer.tree_share, out);
	fprintf(out, "\n\n");
	for (int f = 0; f < F; f++)
		write_cuts(t, f, out);
	for (int k = 0; k < NB_PAIR_KINDS; k++)
		write_model(kind_name[k], &t->model[k], out);
}
