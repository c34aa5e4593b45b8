/* SPDX-License-Identifier: MIT
 *
 * check_files.c - the files of an output are what its manifest says.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <xxhash.h>

#include "check.h"

static bool hash_file(const char *path, char hex[33])
{
	static const size_t block = (size_t)1 << 20;
	XXH3_state_t *state = XXH3_createState();
	char *buffer = malloc(block);
	FILE *f = fopen(path, "rb");
	bool ok = state && buffer && f && XXH3_128bits_reset(state) == XXH_OK;
	size_t n;

	while (ok && (n = fread(buffer, 1, block, f)) > 0)
		XXH3_128bits_update(state, buffer, n);
	if (ok) {
		XXH128_hash_t h = XXH3_128bits_digest(state);

		snprintf(hex, 33, "%016" PRIx64 "%016" PRIx64, h.high64, h.low64);
		ok = !ferror(f);
	}
	if (f)
		fclose(f);
	free(buffer);
	XXH3_freeState(state);
	return ok;
}

static void check_rows(check *c, const nb_table_info *info)
{
	table t;
	nb_error err;
	bool more = true;
	nb_status status = table_open(&t, c->out, info->name, &err);

	while (status == NB_OK && more)
		status = table_next(&t, &more, &err);
	if (status != NB_OK)
		problem(c, "%s: line %" PRIu64 ": %s", info->name, t.line + 1, err.reason);
	else if (t.line != info->rows)
		problem(c, "%s has %" PRIu64 " rows, the manifest says %" PRIu64, info->name, t.line,
			info->rows);
	table_close(&t);
}

static void check_file(check *c, const nb_table_info *info)
{
	char path[4096], hex[33];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", c->out, info->name);
	if (info->rows == 0) {
		f = fopen(path, "rb");
		if (f) {
			problem(c, "%s stands there, the manifest says it has no rows", info->name);
			fclose(f);
		}
		return;
	}
	if (!hash_file(path, hex))
		problem(c, "%s cannot be read", info->name);
	else if (strcmp(hex, info->xxh128) != 0)
		problem(c, "%s is damaged: checksum %s, the manifest says %s", info->name, hex,
			info->xxh128);
	else
		check_rows(c, info);
}

void check_files(check *c)
{
	for (size_t i = 0; i < c->stored.n_tables; i++)
		check_file(c, &c->stored.table[i]);
}
