/* SPDX-License-Identifier: MIT
 *
 * scorer_gen.c - makes the scorer of the library from its text (src/data/scorer.txt, written by
 * src/tools/train/scorer_text.c).
 *
 *     scorer_gen src/data/scorer.txt > scorer.inc
 *
 * The text is words between blanks; # begins a comment.  What comes out asserts that the features
 * of related/features.h are those of the text, in number and order: a scorer reads its features by
 * number, and one that was learned with others would score without a word of complaint.
 */
#include <ctype.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME = 32, FEATURES_MOST = 255, CUTS = 31, NODES = 7, LEAVES = 8, KINDS = 4 };

static const char *const kinds[KINDS] = { "undated", "dated", "timed", "headline" };

static FILE *in;
static const char *path;
static unsigned line = 1;
static char word[64];
static char feature[FEATURES_MOST][NAME];
static int n_features;

static void fail(const char *format, ...)
{
	va_list args;

	fprintf(stderr, "%s:%u: ", path, line);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fprintf(stderr, "\n");
	exit(1);
}

/* ---- words ----------------------------------------------------------------------------------- */

static int next_character(void)
{
	int c = getc(in);

	if (c == '#')
		while (c != '\n' && c != EOF)
			c = getc(in);
	line += c == '\n';
	return c;
}

/* The next word; false at the end of the text. */
static bool next(void)
{
	size_t n = 0;
	int c = next_character();

	while (isspace(c))
		c = next_character();
	for (; c != EOF && !isspace(c); c = next_character()) {
		if (n + 1 == sizeof(word))
			fail("a word is too long");
		word[n++] = (char)c;
	}
	word[n] = '\0';
	return n > 0;
}

static void expect(const char *what)
{
	if (!next() || strcmp(word, what) != 0)
		fail("'%s' is expected, not '%s'", what, word);
}

/* The next word as a constant of C. */
static const char *real(void)
{
	static char text[sizeof(word) + 4];
	char *end;

	if (!next())
		fail("a number is missing");
	strtod(word, &end);
	if (end == word || *end || strspn(word, "+-.e0123456789") != strlen(word))
		fail("'%s' is no number", word);
	snprintf(text, sizeof(text), "%s%sf", word, strpbrk(word, ".e") ? "" : ".0");
	return text;
}

static long integer(const char *text, long least, long most)
{
	char *end;
	long x = strtol(text, &end, 10);

	if (end == text || *end || x < least || x > most)
		fail("'%s' is not in %ld..%ld", text, least, most);
	return x;
}

static int feature_number(const char *name)
{
	for (int f = 0; f < n_features; f++)
		if (strcmp(feature[f], name) == 0)
			return f;
	fail("there is no feature '%s'", name);
	return -1;
}

/* ---- the parts of the text --------------------------------------------------------------------- */

static void one_feature(void)
{
	if (n_features == FEATURES_MOST || !next() || strlen(word) >= NAME)
		fail("a feature has no name that can be, or there are too many");
	strcpy(feature[n_features++], word);
	printf("\t[NB_PAIR_%s] = {", word);
	for (int i = 0; i < CUTS; i++)
		printf(" %s,", real());
	printf(" },\n");
}

/* FEATURE:CUT for every node, then the leaves. */
static void one_tree(void)
{
	int of[NODES];
	long cut[NODES];

	for (int k = 0; k < NODES; k++) {
		char *colon = next() ? strchr(word, ':') : NULL;

		if (!colon)
			fail("'%s' is no FEATURE:CUT", word);
		*colon = '\0';
		of[k] = feature_number(word);
		cut[k] = integer(colon + 1, 0, CUTS);
	}
	printf("\t{ {");
	for (int k = 0; k < NODES; k++)
		printf(" %d,", of[k]);
	printf(" }, {");
	for (int k = 0; k < NODES; k++)
		printf(" %ld,", cut[k]);
	printf(" }, {");
	for (int k = 0; k < LEAVES; k++)
		printf(" %ld,", next() ? integer(word, -32768, 32767) : 0);
	printf(" } },\n");
}

/* base, tree..., bias, linear...; the word after them is in `word`, false at the end. */
static bool one_model(const char *kind)
{
	char base[sizeof(word) + 4];
	bool more;

	expect("base");
	strcpy(base, real());
	printf("\nstatic const nb_tree %s_tree[] = {\n", kind);
	while ((more = next()) && strcmp(word, "tree") == 0)
		one_tree();
	if (!more || strcmp(word, "bias") != 0)
		fail("'bias' is expected, not '%s'", word);
	printf("};\n\nstatic const nb_score_model %s = {\n\t.base = %s,\n\t.tree = %s_tree,\n"
	       "\t.n_trees = sizeof(%s_tree) / sizeof(*%s_tree),\n\t.bias = %s,\n"
	       "\t.coefficient = {\n",
	       kind, base, kind, kind, kind, real());
	while ((more = next()) && strcmp(word, "linear") == 0) {
		if (!next())
			fail("a name is missing");
		feature_number(word);
		printf("\t\t[NB_PAIR_%s] =", word);
		printf(" %s,\n", real());
	}
	printf("\t},\n};\n");
	return more;
}

static void assert_features(void)
{
	printf("\n_Static_assert(NB_PAIR_FEATURE_COUNT == %d, \"the scorer of src/data/scorer.txt was "
	       "learned with %d features: make train\");\n",
	       n_features, n_features);
	for (int f = 0; f < n_features; f++)
		printf("_Static_assert(NB_PAIR_%s == %d, \"the scorer of src/data/scorer.txt was "
		       "learned with %s as feature %d: make train\");\n",
		       feature[f], f, feature[f], f);
	printf("_Static_assert(NB_CUTS == %d && NB_TREE_NODES == %d && NB_TREE_LEAVES == %d && "
	       "NB_PAIR_KINDS == %d, \"the scorer has another shape: make train\");\n",
	       CUTS, NODES, LEAVES, KINDS);
}

int main(int argc, char **argv)
{
	char share[sizeof(word) + 4];
	bool more;

	path = argc == 2 ? argv[1] : "-";
	in = argc == 2 ? fopen(path, "r") : stdin;
	if (!in)
		fail("cannot be opened");
	expect("tree_share");
	strcpy(share, real());
	printf("/* made by scorer_gen of %s */\n\nstatic const float cut[][NB_CUTS] = {\n", path);
	while ((more = next()) && strcmp(word, "feature") == 0)
		one_feature();
	printf("};\n");
	assert_features();
	for (int k = 0; k < KINDS; k++) {
		if (!more || strcmp(word, "model") != 0)
			fail("'model' is expected, not '%s'", word);
		expect(kinds[k]);
		more = one_model(kinds[k]);
	}
	if (more)
		fail("'%s' stands behind the last model", word);
	printf("\nconst nb_scorer nb_scorer_shipped = { .cut = cut, .model = { &undated, &dated, "
	       "&timed, &headline }, .tree_share = %s };\n",
	       share);
	return ferror(in) || fclose(stdout) != 0;
}
