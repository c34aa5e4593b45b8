/* SPDX-License-Identifier: MIT
 *
 * cmd_read.c - newsbraid read: any news format to JSON lines of one schema.
 */
#include <inttypes.h>

#include "article_row.h"
#include "base/status.h"
#include "log.h"
#include "missing.h"
#include "options.h"
#include "parameters.h"
#include "read_stats.h"
#include "printable.h"
#include "stop.h"

/* A run of this command. */
struct reading {
	settings set; /* first: rows of parameters.h go to it */
	bool stats;
	nb_reader *from;
	nb_json rows;
	read_stats counted;
	missing missing;
	uint64_t n, n_reject, n_told, n_repaired, n_skipped;
};

static void reading_init(void *fresh)
{
	struct reading *r = fresh;

	*r = (struct reading){ 0 };
	settings_init(&r->set);
}

static const option_row options[] = {
	OPTION("stats", 0, IS_ON, struct reading, stats, NULL,
	       "print what came from where instead of the articles"),
	INPUT_PARAMETERS(PARAMETER_ROW)
	COMMON_OPTIONS,
};

static int run_command(int argc, char **argv);

const command command_read = {
	.name = "read",
	.summary = "any news format to JSON lines of one schema",
	.operands = "INPUT...",
	.examples = "  newsbraid read dump.warc.gz ninjs/ old.csv > articles.jsonl\n"
		    "  newsbraid read --stats dumps/2026-03-17/\n"
		    "  zcat dump.jsonl.gz | newsbraid read - | jq .title\n",
	.options = options,
	.size = sizeof(struct reading),
	.init = reading_init,
	.run = run_command,
};

#define REJECTS_TOLD 10
#define PRINT_BYTES  ((size_t)1 << 20) /* rows are printed when they are this many */

/* The first few, unless more is asked for; their number comes at the end. */
static void tell_rejects(const struct reading *r, const nb_batch *batch)
{
	size_t n_files;
	const nb_input_file *file = nb_reader_files(r->from, &n_files);

	for (size_t i = 0; i < batch->n_reject; i++) {
		const nb_reject *x = &batch->reject[i];

		if (r->n_told + i >= REJECTS_TOLD && log_level < LOG_VERBOSE)
			return;
		log_info("%s:%" PRIu64 ": byte %" PRIu64 ": %s: %.*s", file[x->file].path, x->line,
			 x->byte, nb_reject_reason_name(x->reason), (int)x->detail.len,
			 x->detail.ptr);
	}
}

static nb_status print_rows(struct reading *r, nb_error *err)
{
	if (r->rows.failed)
		return nb_fail(err, NB_ENOMEM, NULL, "no memory for rows");
	if (print_json(stdout, r->rows.text, r->rows.len) < 0)
		return nb_fail(err, NB_EIO, "standard output", "cannot be written");
	nb_json_clear(&r->rows);
	return NB_OK;
}

static nb_status print_articles(struct reading *r, const nb_batch *batch, nb_error *err)
{
	size_t n_files;
	const nb_input_file *file = nb_reader_files(r->from, &n_files);
	nb_status status = NB_OK;

	for (size_t i = 0; status == NB_OK && i < batch->n; i++) {
		article_row(&r->rows, &batch->article[i], &file[batch->article[i].file]);
		if (r->rows.len >= PRINT_BYTES || i + 1 == batch->n)
			status = print_rows(r, err);
	}
	return status;
}

static nb_status take_batch(struct reading *r, const nb_batch *batch, nb_error *err)
{
	bool end = nb_batch_is_empty(batch);
	nb_status status = r->stats ? read_stats_add(&r->counted, batch)
				    : print_articles(r, batch, err);
	const nb_input_file *file;
	size_t n_files;

	file = nb_reader_files(r->from, &n_files);
	NB_TRY(status, missing_add(&r->missing, file, batch->reject, batch->n_reject));
	tell_rejects(r, batch);
	r->n += batch->n;
	r->n_reject += batch->n_rejected;
	r->n_told += batch->n_reject;
	r->n_repaired += batch->n_repaired;
	r->n_skipped += batch->n_skipped;
	NB_TRY(status, reject_limit_check(&r->set.limit, r->n, r->n_reject, end, err));
	if (status == NB_OK && stop_signal())
		status = nb_fail(err, NB_ESTOP, NULL, "stopped by a signal");
	return status;
}

static nb_status read_all(struct reading *r, nb_error *err)
{
	nb_batch batch = { 0 };
	nb_status status = nb_reader_new(&r->set.reader, &r->from, err);
	bool end = false;

	while (status == NB_OK && !end) {
		status = nb_reader_next(r->from, &batch, err);
		end = nb_batch_is_empty(&batch);
		NB_TRY(status, take_batch(r, &batch, err));
	}
	nb_batch_release(&batch);
	if (status == NB_OK) {
		size_t n_files;
		const nb_input_file *file = nb_reader_files(r->from, &n_files);

		status = missing_end(&r->missing, file, n_files);
	}
	if (status == NB_OK && r->stats)
		status = read_stats_print(&r->counted, r->from, stdout);
	return status;
}

static void tell_result(const struct reading *r)
{
	size_t n_files;

	if (r->missing.n)
		missing_tell(&r->missing, nb_reader_files(r->from, &n_files));
	for (size_t i = 0; r->from && i < r->set.reader.n_map; i++)
		settings_tell_map(&r->set, i, nb_reader_map_used(r->from, i));
	if (r->n_skipped)
		log_info("passed over %" PRIu64 " records that are no articles", r->n_skipped);
	if (r->n_repaired)
		log_info("repaired %" PRIu64 " records with broken characters", r->n_repaired);
	if (r->n_reject)
		log_info("%" PRIu64 " articles, %" PRIu64 " records rejected", r->n, r->n_reject);
}

static int run_command(int argc, char **argv)
{
	struct reading r;
	nb_error err = { .reason = "no memory" };
	nb_status status;
	int first, code;

	if (!options_read(&command_read, argc, argv, &r, &first, &code))
		return code;
	if (first == argc)
		return usage_error(&command_read, "no input given");
	settings_inputs(&r.set, argv + first, argc - first);
	if (!settings_check_map(&r.set, &command_read, &code))
		return code;
	stop_on_signals();
	stop_guard(NULL);
	r.set.reader.threads = (int)r.set.threads;
	status = read_all(&r, &err);
	tell_result(&r);
	if (status == NB_OK)
		code = r.missing.n ? EXIT_PARTIAL : r.n_reject ? EXIT_REJECTS : EXIT_DONE;
	else
		code = status == NB_ESTOP ? 128 + stop_signal() : log_failure("cannot go on", &err);
	missing_release(&r.missing);
	nb_reader_free(r.from);
	nb_json_release(&r.rows);
	read_stats_release(&r.counted);
	return code;
}
