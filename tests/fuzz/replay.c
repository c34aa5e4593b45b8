/* SPDX-License-Identifier: MIT
 *
 * replay.c - run the files of a corpus folder through a fuzz target, and say so in TAP.
 *
 * Linked to each fuzz_NAME.c in place of the fuzzer, so that what was ever found is tried again
 * with every build.  A corpus without files is a failure: it would test nothing.
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int visible(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

/* Exactly the file's bytes in a block of exactly that size, so that a sanitizer sees each byte
 * that is read beyond. */
static int run_file(const char *folder, const char *name)
{
	size_t n = 0, capacity = 0;
	uint8_t *data = NULL, *exact;
	char path[4096];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	f = fopen(path, "rb");
	if (!f)
		return -1;
	for (int c; (c = getc(f)) != EOF; data[n++] = (uint8_t)c) {
		if (n == capacity) {
			capacity = capacity * 2 + 4096;
			data = realloc(data, capacity);
			if (!data)
				abort();
		}
	}
	fclose(f);
	exact = malloc(n ? n : 1);
	if (!exact)
		abort();
	if (n)
		memcpy(exact, data, n);
	LLVMFuzzerTestOneInput(exact, n);
	free(exact);
	free(data);
	return 0;
}

int main(int argc, char **argv)
{
	const char *folder = argc == 2 ? argv[1] : "";
	struct dirent **entry;
	int n = scandir(folder, &entry, visible, alphasort), failed = 0;

	if (n <= 0) {
		printf("1..1\nnot ok 1 - no corpus in \"%s\"\n", folder);
		return 1;
	}
	printf("1..%d\n", n);
	for (int i = 0; i < n; i++) {
		int status;

		fflush(stdout); /* what has passed is known even if the next one crashes */
		status = run_file(folder, entry[i]->d_name);
		printf("%sok %d - %s\n", status ? "not " : "", i + 1, entry[i]->d_name);
		failed |= status != 0;
		free(entry[i]);
	}
	free(entry);
	return failed;
}
