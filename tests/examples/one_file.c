/* one_file.c - the articles in a file of any format that newsbraid reads. */
#include <inttypes.h>
#include <newsbraid.h>
#include <stdio.h>

int main(int argc, char **argv)
{
	nb_reader_options options;
	nb_reader *reader;
	nb_batch batch = { 0 };
	nb_error err;

	nb_reader_options_init(&options);
	options.input = (const char *const *)argv + 1;
	options.n_input = (size_t)argc - 1;
	options.threads = 1;
	if (nb_reader_new(&options, &reader, &err) != NB_OK)
		return fprintf(stderr, "%s: %s\n", err.path, err.reason), 1;
	do {
		if (nb_reader_next(reader, &batch, &err) != NB_OK)
			return fprintf(stderr, "%s: %s\n", err.path, err.reason), 1;
		for (size_t i = 0; i < batch.n; i++)
			printf("%" PRIu64 ": %.*s (%zu bytes of text)\n", batch.article[i].line,
			       (int)batch.article[i].title.len, batch.article[i].title.ptr,
			       batch.article[i].text.len);
		for (size_t i = 0; i < batch.n_reject; i++)
			printf("%" PRIu64 ": not taken: %s\n", batch.reject[i].line,
			       nb_reject_reason_name(batch.reject[i].reason));
	} while (batch.n + batch.n_reject > 0);
	nb_batch_release(&batch);
	nb_reader_free(reader);
}
