/* SPDX-License-Identifier: MIT
 *
 * scorer_table.c - see scorer_table.h.
 */
#include "scorer_table.h"

#include <math.h>
#include <string.h>

enum { F = NB_PAIR_FEATURE_COUNT };

static const char *const feature_name[] = {
#define NAME(name, direction, text) #name,
	NB_PAIR_FEATURES(NAME)
#undef NAME
};

/* A float constant: six digits say all that a cut or a coefficient has to say. */
static int number(char *out, float x)
{
	char text[40];

	if (!isfinite(x))
		return sprintf(out, "1e30f");
	snprintf(text, sizeof(text), "%.5g", x);
	return sprintf(out, "%s%sf", text, strpbrk(text, ".e") ? "" : ".0");
}

static void write_row(const float *x, int n, FILE *out)
{
	int column = 0;

	for (int i = 0; i < n; i++) {
		char text[48];
		int len = number(text, x[i]);

		if (column > 0 && column + len + 3 > 84) {
			fprintf(out, "\n");
			column = 0;
		}
		column += fprintf(out, "%s%s,", column ? " " : "\t  ", text);
	}
	fprintf(out, "\n");
}

static void write_tree(const nb_tree *t, FILE *out)
{
	fprintf(out, "\t{ { ");
	for (int k = 0; k < NB_TREE_NODES; k++)
		fprintf(out, "%d%s", t->feature[k], k + 1 < NB_TREE_NODES ? ", " : " }, { ");
	for (int k = 0; k < NB_TREE_NODES; k++)
		fprintf(out, "%d%s", t->cut[k], k + 1 < NB_TREE_NODES ? ", " : " }, { ");
	for (int k = 0; k < NB_TREE_LEAVES; k++)
		fprintf(out, "%d%s", t->leaf[k], k + 1 < NB_TREE_LEAVES ? ", " : " } },\n");
}

static void write_model(const char *name, const nb_score_model *m, FILE *out)
{
	char text[48];

	fprintf(out, "static const nb_tree %s_tree[] = {\n", name);
	for (uint32_t i = 0; i < m->n_trees; i++)
		write_tree(&m->tree[i], out);
	number(text, m->bias);
	fprintf(out, "};\n\nstatic const nb_score_model %s = {\n\t.bias = %s,\n", name, text);
	fprintf(out, "\t.coefficient = {\n");
	for (int f = 0; f < F; f++)
		if (m->coefficient[f] != 0) {
			number(text, m->coefficient[f]);
			fprintf(out, "\t\t[NB_PAIR_%s] = %s,\n", feature_name[f], text);
		}
	number(text, m->base);
	fprintf(out, "\t},\n\t.base = %s,\n\t.tree = %s_tree,\n\t.n_trees = %u,\n\t.mean = {\n",
		text, name, m->n_trees);
	write_row(m->mean, F, out);
	fprintf(out, "\t},\n};\n\n");
}

static void write_comment(const char *figures, FILE *out)
{
	fprintf(out, "/* SPDX-License-Identifier: MIT\n *\n"
		     " * scorer_table.c - the scorer of related.h.  Made by\n *\n"
		     " *     make bench-events ARGS=--train\n *\n"
		     " * from development sets (bench/README.md).  Each figure is of articles whose events\n"
		     " * the model that scored them had not seen:\n *\n");
	for (const char *line = figures; *line;) {
		const char *end = strchr(line, '\n');

		fprintf(out, " *     %.*s\n", (int)(end - line), line);
		line = end + 1;
	}
	fprintf(out, " */\n#include \"match/scorer.h\"\n\n");
}

void scorer_table_write(const trained *t, const char *figures, FILE *out)
{
	char text[48];

	write_comment(figures, out);
	fprintf(out, "static const float cut[NB_PAIR_FEATURE_COUNT][NB_CUTS] = {\n");
	for (int f = 0; f < F; f++) {
		fprintf(out, "\t[NB_PAIR_%s] = {\n", feature_name[f]);
		write_row(t->cut[f], NB_CUTS, out);
		fprintf(out, "\t},\n");
	}
	fprintf(out, "};\n\n");
	write_model("undated", &t->model[NB_PAIR_UNDATED], out);
	write_model("dated", &t->model[NB_PAIR_DATED], out);
	write_model("timed", &t->model[NB_PAIR_TIMED], out);
	write_model("headline", &t->model[NB_PAIR_HEADLINE], out);
	number(text, t->scorer.tree_share);
	fprintf(out,
		"const nb_scorer nb_scorer_shipped = {\n\t.cut = cut,\n"
		"\t.model = { &undated, &dated, &timed, &headline },\n\t.tree_share = %s,\n};\n",
		text);
}
