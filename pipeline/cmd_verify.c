/* SPDX-License-Identifier: MIT
 *
 * cmd_verify.c - newsbraid verify: is an output whole, and true?
 *
 * Rounds, see check.h: the parameters can be; the files are what the manifest says, and all; ids,
 * groups, events and storylines agree with each other; what the edges claim is true of the texts; the
 * counts are those of the tables.
 */
#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

#include "base/status.h"
#include "check.h"
#include "log.h"
#include "options.h"

static void check_init(void *fresh)
{
	*(check *)fresh = (check){ 0 };
}

static const option_row options[] = {
	OPTION("like", 0, IS_TEXT(NULL), check, like, "OTHER",
	       "and was it made as this output was: same parameters, version and data?"),
	COMMON_OPTIONS,
};

static int run_command(int argc, char **argv);

const command command_verify = {
	.name = "verify",
	.summary = "check an output: checksums, ids, who is where, every copy edge",
	.operands = "OUT",
	.examples = "  newsbraid verify out && publish out\n"
		    "  newsbraid verify today --like yesterday\n",
	.options = options,
	.size = sizeof(check),
	.init = check_init,
	.run = run_command,
};

/* A folder without any file of an output has nothing that could be damaged. */
static bool is_output(const char *out)
{
	static const char *const names[] = { "articles.jsonl.zst", "run.json", "_SUCCESS",
					     "edges.jsonl.zst" };
	char path[4096];

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		snprintf(path, sizeof(path), "%s/%s", out, names[i]);
		if (access(path, F_OK) == 0)
			return true;
	}
	return false;
}

static nb_status check_clusters(check *c, nb_error *err)
{
	nb_status status = check_copies(c, err);

	NB_TRY(status, check_events(c, err));
	NB_TRY(status, check_rejects(c, err));
	return status;
}

/* The tables of clusters, and beside them those of edges and texts: each is read by one thread. */
static nb_status check_rows(check *c, nb_error *err)
{
	nb_status clusters = NB_OK, evidence = NB_OK;
	nb_error error = { 0 };

#pragma omp parallel sections num_threads(2)
	{
#pragma omp section
		clusters = check_clusters(c, &error);
#pragma omp section
		evidence = read_evidence(c, err);
	}
	if (clusters != NB_OK)
		*err = error;
	if (clusters != NB_OK || evidence != NB_OK)
		return clusters != NB_OK ? clusters : evidence;
	return check_evidence(c, err);
}

static nb_status check_all(check *c, nb_error *err)
{
	nb_status status = stored_load(&c->stored, c->out, err);

	if (status != NB_OK)
		return status;
	status = check_parameters(c, err);
	if (status != NB_OK)
		return status;
	check_files(c);
	if (c->n_problems > 0) /* of damaged files nothing more can be said */
		return NB_OK;
	c->list.columns = ARTICLES_PLACES;
	status = check_each(c, "articles.jsonl.zst", articles_add, &c->list, err);
	NB_TRY(status, check_rows(c, err));
	if (status == NB_OK)
		check_counts(c);
	return status;
}

static int tell(check *c)
{
	if (c->n_problems > 0) {
		log_error("%s: %" PRIu64 " problems", c->out, c->n_problems);
		return EXIT_UNSOUND;
	}
	printf("%s: sound. %zu tables, %zu articles, %" PRIu64
	       " copy edges computed again, %" PRIu64 " aligned words looked up\n",
	       c->out, c->stored.n_tables, c->list.n, c->n_edges, c->n_anchors);
	return EXIT_DONE;
}

static int run_command(int argc, char **argv)
{
	check c;
	nb_error err = { 0 };
	int first, code;

	if (!options_read(&command_verify, argc, argv, &c, &first, &code))
		return code;
	if (argc - first != 1)
		return usage_error(&command_verify, "one output is needed");
	c.out = argv[first];
	if (!is_output(c.out))
		return usage_error(&command_verify, "%s is no output of newsbraid", c.out);
	if (check_all(&c, &err) == NB_OK) {
		code = tell(&c);
	} else {
		log_failure("cannot verify", &err);
		code = EXIT_UNSOUND;
	}
	evidence_free(c.evidence);
	articles_release(&c.list);
	nb_night_release(&c.texts);
	return code;
}
