/* SPDX-License-Identifier: MIT
 *
 * test_run.c - a whole night in process: records, lines in memory and files give one answer; what
 * cannot be taken is told; whoever watches may stop it; the caller's threads stay his.
 */
#include <omp.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <newsbraid.h>

#define TANKER                                                                                     \
	"The tanker ran aground off Narva at dawn on Friday, the coast guard said, and all twelve " \
	"of its crew were taken off by helicopter before the storm broke over the gulf."
#define BUDGET                                                                                     \
	"Parliament passed the budget by three votes after a night of bargaining in which the "    \
	"smaller coalition party won more money for schools and for the railways."

#define S(literal) { (literal), sizeof(literal) - 1 }
static const nb_record records[] = {
	{ .id = S("first"), .title = S("Tanker aground"), .source = S("one"),
	  .published = S("2026-03-17T05:00:00Z"), .text = S(TANKER) },
	{ .id = S("other"), .lang = S("en"), .text = S(BUDGET) },
	{ .id = S("nothing"), .source = S("no text, no title") },
	{ .id = S("copy"), .title = S("\"Tanker\"\n\xff\x01 aground"),
	  .published = S("2026-03-17T06:00:00Z"),
	  .text = S("NARVA, Estonia (Reuters) - " TANKER) },
};
#undef S
#define N_RECORDS (sizeof(records) / sizeof(*records))

static const char lines[] =
	"{\"id\":\"first\",\"title\":\"Tanker aground\",\"source\":\"one\","
	"\"published\":\"2026-03-17T05:00:00Z\",\"text\":\"" TANKER "\"}\n"
	"{\"id\":\"other\",\"lang\":\"en\",\"text\":\"" BUDGET "\"}\n"
	"{\"id\":\"nothing\",\"source\":\"no text, no title\"}\n"
	"{\"id\":\"copy\",\"title\":\"\\\"Tanker\\\" \xff aground\","
	"\"published\":\"2026-03-17T06:00:00Z\",\"text\":\"NARVA, Estonia (Reuters) - " TANKER "\"}\n";

static nb_run *new_run(const nb_run_options *o)
{
	nb_run *run;
	nb_error err;

	assert_int_equal(nb_run_new(o, &run, &err), NB_OK);
	return run;
}

static void read_lines(nb_run *run, const char *text, size_t len)
{
	nb_memory_file file = { "lines", { text, len } };
	nb_reader_options o;

	nb_reader_options_init(&o);
	o.memory = &file;
	o.n_memory = 1;
	assert_int_equal(nb_run_read(run, &o, NULL), NB_OK);
}

/* A watcher: writes down where rejects stand. */
static nb_status write_rejects(void *context, const nb_run_progress *p, nb_error *err)
{
	char *out = context;

	(void)err;
	for (size_t i = 0; i < p->n_reject; i++)
		sprintf(out + strlen(out), "file %d line %d: %s\n", (int)p->reject[i].file,
			(int)p->reject[i].line, nb_reject_reason_name(p->reject[i].reason));
	return NB_OK;
}

static nb_run *new_watched(char rejects[1000])
{
	nb_run_options o;

	*rejects = '\0';
	nb_run_options_init(&o);
	o.watch = write_rejects;
	o.context = rejects;
	return new_run(&o);
}

/* Ids in the order of time, each with its leader's, then where the reject stands. */
static void tell(const nb_run *run, const char *rejects, char *out, size_t room)
{
	const nb_published *p = nb_run_result(run);
	size_t n = 0;

	for (uint32_t i = 0; i < p->night->n; i++) {
		nb_str id = nb_night_id(p->night, i);
		nb_str leader = nb_night_id(p->night, p->copies->leader[i]);
		nb_article a;

		nb_night_article(p->night, i, &a);
		n += (size_t)snprintf(out + n, room - n, "%.*s<%.*s event %u line %d %.*s '%.*s'\n",
				      (int)id.len, id.ptr, (int)leader.len, leader.ptr,
				      p->events->event[i], (int)a.line, (int)a.lang.len,
				      a.lang.len ? a.lang.ptr : "", (int)a.title.len,
				      a.title.len ? a.title.ptr : "");
	}
	snprintf(out + n, room - n, "%s", rejects);
}

static void test_records_and_lines_give_one_answer(void **state)
{
	char by_record[2000], by_line[2000], rejects[1000];
	nb_run *run = new_watched(rejects);
	size_t n;

	(void)state;
	for (size_t i = 0; i < N_RECORDS; i++)
		assert_int_equal(nb_run_add(run, &records[i], 1, NULL), NB_OK);
	assert_int_equal(nb_run_finish(run, NULL), NB_OK);
	tell(run, rejects, by_record, sizeof(by_record));
	assert_string_equal(nb_run_files(run, &n)[0].path, "records");
	assert_int_equal(n, 1);
	nb_run_free(run);

	run = new_watched(rejects);
	read_lines(run, lines, sizeof(lines) - 1);
	assert_int_equal(nb_run_finish(run, NULL), NB_OK);
	tell(run, rejects, by_line, sizeof(by_line));
	nb_run_free(run);

	assert_string_equal(by_record, by_line);
	assert_non_null(strstr(by_line, "first<first event 0 line 1 en 'Tanker aground'\ncopy<first "
					"event 0 line 4 en '\"Tanker\" \xc3\xbf aground'\n"));
	assert_non_null(strstr(by_line, "\nfile 0 line 3: no-text\n"));
}

static void test_several_inputs_are_one_night(void **state)
{
	const char *half = strstr(lines, "{\"id\":\"nothing\"");
	char rejects[1000];
	nb_run *run = new_watched(rejects);
	const nb_published *p;
	nb_article a;
	size_t n;

	(void)state;
	read_lines(run, lines, (size_t)(half - lines));
	read_lines(run, "", 0);
	read_lines(run, half, strlen(half));
	assert_int_equal(nb_run_finish(run, NULL), NB_OK);
	p = nb_run_result(run);
	assert_int_equal(nb_run_files(run, &n)[2].n_records, 1);
	assert_int_equal(n, 3);
	assert_int_equal(p->copies->n_copies, 1);
	nb_night_article(p->night, 1, &a);
	assert_int_equal(a.file, 2);
	assert_int_equal(a.line, 2);
	assert_string_equal(rejects, "file 2 line 1: no-text\n");
	assert_int_equal(nb_run_stats_of(run)->rejects_of[NB_REJECT_NO_TEXT], 1);
	nb_run_free(run);
}

static void test_an_empty_night_is_a_night(void **state)
{
	nb_run *run = new_run(NULL);

	(void)state;
	assert_int_equal(nb_run_finish(run, NULL), NB_OK);
	assert_int_equal(nb_run_result(run)->night->n, 0);
	assert_int_equal(nb_run_result(run)->events->n_events, 0);
	nb_run_free(run);
}

static nb_status refuse(void *context, const nb_run_progress *p, nb_error *err)
{
	nb_run_stage *at = context;

	return p->stage == *at ? nb_fail(err, NB_ESTOP, "here", "enough") : NB_OK;
}

static void test_a_watcher_can_stop_every_stage(void **state)
{
	(void)state;
	for (int stage = 0; stage < NB_RUN_STAGES; stage++) {
		nb_run_stage at = (nb_run_stage)stage;
		nb_error err = { 0 };
		nb_run_options o;
		nb_run *run;

		nb_run_options_init(&o);
		o.watch = refuse;
		o.context = &at;
		run = new_run(&o);
		assert_int_equal(nb_run_add(run, records, N_RECORDS, &err), NB_OK);
		assert_int_equal(nb_run_finish(run, &err), NB_ESTOP);
		assert_string_equal(err.reason, "enough");
		assert_int_equal(nb_run_add(run, records, 1, &err), NB_EINVAL);
		assert_int_equal(nb_run_finish(run, &err), NB_EINVAL);
		nb_run_free(run);
	}
}

static void test_an_input_that_is_not_there_fails_with_its_name(void **state)
{
	const char *name = "/no/such/file";
	nb_run *run = new_run(NULL);
	nb_reader_options o;
	nb_error err;

	(void)state;
	nb_reader_options_init(&o);
	o.input = &name;
	o.n_input = 1;
	assert_int_equal(nb_run_read(run, &o, &err), NB_EIO);
	assert_string_equal(err.path, name);
	nb_run_free(run);
}

static nb_status count_threads(void *context, const nb_run_progress *p, nb_error *err)
{
	(void)p, (void)err;
	*(int *)context = omp_get_max_threads();
	return NB_OK;
}

static void test_the_number_of_threads_is_an_argument_and_no_setting(void **state)
{
	int before = omp_get_max_threads(), inside = 0;
	nb_run_options o;
	nb_run *run;

	(void)state;
	nb_run_options_init(&o);
	o.threads = before + 2;
	o.watch = count_threads;
	o.context = &inside;
	run = new_run(&o);
	read_lines(run, lines, sizeof(lines) - 1);
	assert_int_equal(nb_run_finish(run, NULL), NB_OK);
	assert_int_equal(nb_run_stats_of(run)->threads, before + 2);
	nb_run_free(run);
	assert_int_equal(inside, before + 2);
	assert_int_equal(omp_get_max_threads(), before);
}

static void test_data_is_where_it_is_said_to_be(void **state)
{
	nb_run_options o;
	nb_run *run;
	nb_error err;

	(void)state;
	nb_run_options_init(&o);
	o.data = "/no/such/folder";
	assert_int_equal(nb_run_new(&o, &run, &err), NB_EIO);
	assert_null(run);
	assert_string_equal(err.path, o.data);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_records_and_lines_give_one_answer),
		cmocka_unit_test(test_several_inputs_are_one_night),
		cmocka_unit_test(test_an_empty_night_is_a_night),
		cmocka_unit_test(test_a_watcher_can_stop_every_stage),
		cmocka_unit_test(test_an_input_that_is_not_there_fails_with_its_name),
		cmocka_unit_test(test_the_number_of_threads_is_an_argument_and_no_setting),
		cmocka_unit_test(test_data_is_where_it_is_said_to_be),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
