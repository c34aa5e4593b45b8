/* SPDX-License-Identifier: MIT
 *
 * test_reader.c - files, folders and pipes; batches; order; limits.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <errno.h>
#include <omp.h>
#include <pthread.h>

#include "unit/reading.h"

static struct reading read_many(const char *const *input, size_t n, size_t batch_bytes)
{
	nb_reader_options o;

	nb_reader_options_init(&o);
	o.input = input;
	o.n_input = n;
	if (batch_bytes)
		o.batch_bytes = batch_bytes;
	return reading_of(&o);
}

static void make_folder(const char *folder, const char *name)
{
	char *path = folder_path(folder, name);

	assert_int_equal(mkdir(path, 0777), 0);
	free(path);
}

static void no_input_is_the_end(void **state)
{
	struct reading r = read_many(NULL, 0, 0);

	(void)state;
	assert_int_equal(r.n + r.n_reject + r.n_files, 0);
	reading_release(&r);
}

static void a_missing_input_is_an_error(void **state)
{
	char *path = folder_path(*state, "missing.jsonl");
	const char *input = path;
	nb_reader_options o;
	nb_reader *reader;
	nb_error err;

	nb_reader_options_init(&o);
	o.input = &input;
	o.n_input = 1;
	assert_int_equal(nb_reader_new(&o, &reader, &err), NB_EIO);
	assert_null(reader);
	assert_int_equal(err.sys_errno, ENOENT);
	assert_string_equal(err.path, path);
	free(path);
}

static void a_folder_of_nothing(void **state)
{
	struct reading r;

	make_folder(*state, "empty");
	r = reading_path(*state);
	assert_int_equal(r.n + r.n_reject + r.n_files, 0);
	reading_release(&r);
}

/* In byte order of the paths; hidden ones and links to folders are passed over. */
static void a_mixed_folder(void **state)
{
	static const char *const want[] = { "a.json",     "a/deep/z.jsonl", "a/text.txt",
					    "b.jsonl.gz", "b.jsonl.zst",    "gone",
					    "z.bin" };
	const char *folder = *state;
	struct bytes gz = { 0 }, zst = { 0 };
	char *from, *to;
	struct reading r;

	add_gzip(&gz, "{\"text\":\"gz\"}", 13);
	add_zstd(&zst, "{\"text\":\"zst\"}", 14);
	make_folder(folder, "a");
	make_folder(folder, "a/deep");
	make_folder(folder, ".git");
	make_folder(folder, "_temporary");
	folder_write(folder, "a/deep/z.jsonl", "{\"text\":\"z\"}", 12);
	folder_write(folder, "a/text.txt", "Title\ntext", 10);
	folder_write(folder, "a.json", "[{\"text\":\"a\"}]", 14);
	folder_write(folder, "b.jsonl.gz", gz.p, gz.n);
	folder_write(folder, "b.jsonl.zst", zst.p, zst.n);
	folder_write(folder, "z.bin", "\0\1\2\3\4\5\6\7", 8);
	folder_write(folder, ".hidden.jsonl", "{\"text\":\"no\"}", 13);
	folder_write(folder, "_SUCCESS", "no", 2);
	folder_write(folder, ".git/x.jsonl", "{\"text\":\"no\"}", 13);
	folder_write(folder, "_temporary/x.jsonl", "{\"text\":\"no\"}", 13);
	from = folder_path(folder, "link");
	to = folder_path(folder, "gone");
	assert_int_equal(symlink("a", from), 0);
	assert_int_equal(symlink("nowhere", to), 0);

	r = reading_path(folder);
	assert_int_equal(r.n_files, 7);
	for (size_t i = 0; i < 7; i++)
		assert_string_equal(r.file[i].path + strlen(folder) + 1, want[i]);
	assert_int_equal(r.n, 5);
	assert_str(r.article[0].text, "a");
	assert_str(r.article[1].text, "z");
	assert_str(r.article[2].text, "text");
	assert_str(r.article[3].text, "gz");
	assert_str(r.article[4].text, "zst");
	for (uint32_t i = 0; i < 5; i++)
		assert_int_equal(r.article[i].file, i);
	/* the dangling link and the binary file are rejects, not errors */
	assert_int_equal(r.n_reject, 2);
	assert_int_equal(r.reject[0].file, 5);
	assert_int_equal(r.reject[0].reason, NB_REJECT_UNREADABLE);
	assert_int_equal(r.reject[1].file, 6);
	assert_int_equal(r.done, r.expected);
	reading_release(&r);
	free(from);
	free(to);
	free(gz.p);
	free(zst.p);
}

static void folders_end_with_or_without_a_slash(void **state)
{
	char *path = folder_path(*state, "");
	struct reading r;

	folder_write(*state, "x.jsonl", "{\"text\":\"x\"}", 12);
	r = reading_path(path);
	assert_int_equal(r.n, 1);
	assert_null(strstr(r.file[0].path, "//"));
	reading_release(&r);
	free(path);
}

struct feeder {
	int fd;
	const struct bytes *data;
};

static void *feed(void *argument)
{
	struct feeder *f = argument;
	size_t at = 0;

	while (at < f->data->n) {
		size_t part = 1 + at % 7001;
		ssize_t n = write(f->fd, f->data->p + at,
				  part < f->data->n - at ? part : f->data->n - at);

		if (n < 0)
			break;
		at += (size_t)n;
	}
	close(f->fd);
	return NULL;
}

/* Standard input, plain and compressed, in the drips of a pipe. */
static void standard_input(void **state)
{
	struct bytes lines = make_lines(0, 400, 1500), zst = { 0 }, gz = { 0 };
	const struct bytes *form[3] = { &lines, &zst, &gz };
	struct reading plain = reading_bytes(*state, "in.jsonl", lines.p, lines.n);
	char *want = reading_dump(&plain);
	const char *input = "-";

	add_zstd(&zst, lines.p, lines.n);
	add_gzip(&gz, lines.p, lines.n);
	for (int i = 0; i < 3; i++) {
		int end[2], saved = dup(STDIN_FILENO);
		struct feeder f;
		struct reading r;
		pthread_t thread;
		char *got;

		assert_int_equal(pipe(end), 0);
		f = (struct feeder){ end[1], form[i] };
		dup2(end[0], STDIN_FILENO);
		close(end[0]);
		pthread_create(&thread, NULL, feed, &f);
		r = read_many(&input, 1, 0);
		pthread_join(thread, NULL);
		dup2(saved, STDIN_FILENO);
		close(saved);
		got = reading_dump(&r);
		assert_string_equal(got, want);
		assert_string_equal(r.file[0].path, "-");
		assert_int_equal(r.expected, 0);
		assert_int_equal(r.done, form[i]->n);
		free(got);
		reading_release(&r);
	}
	free(want);
	reading_release(&plain);
	free(lines.p);
	free(zst.p);
	free(gz.p);
}

/* A reader can be freed at any moment, even while it waits for a pipe that stays silent. */
static void freeing_early(void **state)
{
	struct bytes lines = make_lines(0, 3000, 3000);
	char *path = folder_path(*state, "in.jsonl");
	const char *file = path, *pipe_input = "-";
	int end[2], saved = dup(STDIN_FILENO);
	nb_reader_options o;
	nb_reader *r;
	nb_error err;

	folder_write(*state, "in.jsonl", lines.p, lines.n);
	nb_reader_options_init(&o);
	o.input = &file;
	o.n_input = 1;
	for (int i = 0; i < 20; i++) {
		nb_batch batch = { 0 };

		o.batch_bytes = i % 2 ? 1 : 1 << 20;
		assert_int_equal(nb_reader_new(&o, &r, &err), NB_OK);
		for (int k = 0; k < i % 4; k++)
			assert_int_equal(nb_reader_next(r, &batch, &err), NB_OK);
		nb_reader_free(r);
		nb_batch_release(&batch);
	}
	assert_int_equal(pipe(end), 0);
	dup2(end[0], STDIN_FILENO);
	o.input = &pipe_input;
	assert_int_equal(nb_reader_new(&o, &r, &err), NB_OK);
	nb_reader_free(r);
	dup2(saved, STDIN_FILENO);
	close(saved);
	close(end[0]);
	close(end[1]);
	nb_reader_free(NULL);
	free(path);
	free(lines.p);
}

/* Many files of all kinds, with good and bad records. */
static void fill_folder(const char *folder)
{
	static const char array[] = "[\n{\"text\":\"one\"}\n,{\"text\":\"two\",\n\"id\":7}\n]";

	for (size_t i = 0; i < 40; i++) {
		struct bytes lines = make_lines(i * 1000, i * i / 3, 200 + i * 60), packed = { 0 };
		char name[32];

		if (i % 3 == 0)
			bytes_add(&lines, "{\"text\":\"broken\n", 16);
		if (i % 4 == 0)
			bytes_add(&lines, "{\"text\":\"unfinished \xff line\"}", 28);
		if (i % 5 == 0) {
			for (int k = 0; k < 9; k++) /* one line across many small segments */
				bytes_add(&lines, "          ", 10);
			bytes_add(&lines, "\n", 1);
		}
		snprintf(name, sizeof(name), "%02zu.jsonl%s", i,
			 i % 3 == 1   ? ".zst"
			 : i % 3 == 2 ? ".gz"
				      : "");
		if (i % 3 == 1)
			add_zstd(&packed, lines.p, lines.n);
		else if (i % 3 == 2)
			add_gzip(&packed, lines.p, lines.n);
		if (packed.p)
			folder_write(folder, name, packed.p, packed.n);
		else
			folder_write(folder, name, lines.p ? lines.p : "", lines.n);
		snprintf(name, sizeof(name), "%02zu.txt", i);
		folder_write(folder, name, name, i % 7 ? 6 : 0);
		snprintf(name, sizeof(name), "%02zu.json", i);
		folder_write(folder, name, array, sizeof(array) - 1);
		free(packed.p);
		free(lines.p);
	}
}

/* Where batches end, and how many threads work, changes nothing. */
static void batches_and_threads_change_nothing(void **state)
{
	static const size_t batch[] = { 1, 70000, 1 << 20, 0, (size_t)1 << 30 };
	const char *input = *state;
	int threads = omp_get_max_threads();
	char *want = NULL;

	fill_folder(*state);
	for (size_t i = 0; i < sizeof(batch) / sizeof(batch[0]); i++) {
		for (int n = 1; n <= 7; n += 3) {
			struct reading r;
			char *got;

			omp_set_num_threads(n);
			r = read_many(&input, 1, batch[i]);
			got = reading_dump(&r);
			if (want)
				assert_string_equal(got, want);
			else
				want = strdup(got);
			assert_true(r.n > 5000 && r.n < 10000);
			assert_true(r.n_reject > 10);
			free(got);
			reading_release(&r);
		}
	}
	omp_set_num_threads(threads);
	free(want);
}

/* Ids are the input's business: twice the same, or none, is no reason to reject. */
static void ids_may_be_absent_or_double(void **state)
{
	struct reading r = reading_json(
		*state, "{\"id\":\"x\",\"text\":\"a\"}\n{\"id\":\"x\",\"text\":\"b\"}\n"
			"{\"text\":\"c\"}\n");

	assert_int_equal(r.n, 3);
	assert_str(r.article[0].id, "x");
	assert_str(r.article[1].id, "x");
	assert_str(r.article[2].id, NULL);
	reading_release(&r);
}

/* A batch of the shortest records ends before it has taken all memory. */
static void tiny_records_come_in_portions(void **state)
{
	enum { N = 1200000 };
	char *path = folder_path(*state, "tiny.jsonl");
	const char *input = path;
	FILE *f = fopen(path, "wb");
	nb_batch batch = { 0 };
	nb_reader_options o;
	nb_reader *r;
	nb_error err;
	size_t n = 0, n_reject = 0, most = 0;

	assert_non_null(f);
	for (int i = 0; i < N; i++)
		fputs(i % 2 ? "1\n" : "{\"text\":\"a\"}\n", f);
	fclose(f);
	nb_reader_options_init(&o);
	o.input = &input;
	o.n_input = 1;
	assert_int_equal(nb_reader_new(&o, &r, &err), NB_OK);
	do {
		assert_int_equal(nb_reader_next(r, &batch, &err), NB_OK);
		for (size_t i = 0; i < batch.n; i++)
			assert_int_equal(batch.article[i].line, 2 * (n + i) + 1);
		n += batch.n;
		n_reject += batch.n_rejected;
		most = batch.n > most ? batch.n : most;
	} while (!nb_batch_is_empty(&batch));
	assert_int_equal(n, N / 2);
	assert_int_equal(n_reject, N / 2);
	assert_true(most < N / 2);
	nb_batch_release(&batch);
	nb_reader_free(r);
	free(path);
}

/* A line of 100 MB is one reject, not held in memory, and the next line is read. */
static void a_line_too_long(void **state)
{
	char *path = folder_path(*state, "long.jsonl");
	size_t chunk = 1 << 20, n = 100;
	char *x = malloc(chunk);
	FILE *f = fopen(path, "wb");
	struct reading r;

	assert_non_null(f);
	assert_non_null(x);
	memset(x, 'x', chunk);
	fputs("{\"text\":\"before\"}\n{\"text\":\"", f);
	for (size_t i = 0; i < n; i++)
		fwrite(x, 1, chunk, f);
	fputs("\"}\n{\"text\":\"after\"}\n", f);
	fclose(f);
	r = reading_path(path);
	assert_int_equal(r.n, 2);
	assert_str(r.article[1].text, "after");
	assert_int_equal(r.article[1].line, 3);
	assert_int_equal(r.n_reject, 1);
	assert_int_equal(r.reject[0].reason, NB_REJECT_TOO_LONG);
	assert_int_equal(r.reject[0].line, 2);
	assert_int_equal(r.reject[0].byte, 18);
	assert_int_equal(r.reject[0].sample.len, NB_REJECT_SAMPLE);
	reading_release(&r);
	/* the same as one text file */
	{
		char *text = folder_path(*state, "long.txt");

		f = fopen(text, "wb");
		assert_non_null(f);
		for (size_t i = 0; i < n; i++)
			fwrite(x, 1, chunk, f);
		fclose(f);
		r = reading_path(text);
		assert_int_equal(r.n, 0);
		assert_int_equal(r.reject[0].reason, NB_REJECT_TOO_LONG);
		reading_release(&r);
		free(text);
	}
	free(path);
	free(x);
}

static void *watch(void *argument)
{
	nb_reader *r = argument;
	uint64_t last = 0;

	for (int i = 0; i < 10000; i++) {
		uint64_t done, expected;

		nb_reader_progress(r, &done, &expected);
		if (done < last || done > expected)
			return (void *)1;
		last = done;
	}
	return NULL;
}

static void progress_from_another_thread(void **state)
{
	struct bytes lines = make_lines(0, 3000, 2000);
	char *path = folder_path(*state, "in.jsonl");
	const char *input = path;
	nb_batch batch = { 0 };
	nb_reader_options o;
	uint64_t done, expected;
	pthread_t thread;
	nb_reader *r;
	nb_error err;
	void *wrong;

	folder_write(*state, "in.jsonl", lines.p, lines.n);
	nb_reader_options_init(&o);
	o.input = &input;
	o.n_input = 1;
	o.batch_bytes = 1 << 16;
	assert_int_equal(nb_reader_new(&o, &r, &err), NB_OK);
	pthread_create(&thread, NULL, watch, r);
	do
		assert_int_equal(nb_reader_next(r, &batch, &err), NB_OK);
	while (batch.n);
	pthread_join(thread, &wrong);
	assert_null(wrong);
	nb_reader_progress(r, &done, &expected);
	assert_int_equal(done, lines.n);
	assert_int_equal(expected, lines.n);
	nb_batch_release(&batch);
	nb_reader_free(r);
	free(path);
	free(lines.p);
}

/* All of Reuters-21578, where it is at hand: NEWSBRAID_SETS names the folder. */
static void reuters(void **state)
{
	const char *folder = getenv("NEWSBRAID_SETS");
	char *path = folder_path(folder ? folder : "", "reuters21578.jsonl.zst");
	struct reading r;

	(void)state;
	if (access(path, R_OK) != 0) {
		print_message("%s is absent, so this is skipped\n", path);
		free(path);
		skip();
	}
	r = reading_path(path);
	free(path);
	assert_int_equal(r.n, 19043);
	assert_int_equal(r.n_reject, 0);
	assert_int_equal(r.n_repaired, 0);
	for (size_t i = 0; i < r.n; i++) {
		assert_str(r.article[i].lang, "en");
		assert_int_equal(r.article[i].date_source, NB_DATE_FEED);
	}
	reading_release(&r);
}

#define test(f) cmocka_unit_test_setup_teardown(f, folder_setup, folder_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(no_input_is_the_end),
		test(a_missing_input_is_an_error),
		test(a_folder_of_nothing),
		test(a_mixed_folder),
		test(folders_end_with_or_without_a_slash),
		test(standard_input),
		test(freeing_early),
		test(batches_and_threads_change_nothing),
		test(ids_may_be_absent_or_double),
		test(tiny_records_come_in_portions),
		test(a_line_too_long),
		test(progress_from_another_thread),
		test(reuters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
