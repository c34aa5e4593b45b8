/* SPDX-License-Identifier: MIT
 *
 * versions.c - see versions.h.
 */
#include "versions.h"

#include <libdeflate.h>
#include <xxhash.h>
#include <zstd.h>

#include "data_folder.h"
#include "newsbraid/data.h"
#include "newsbraid/isa.h"
#include "newsbraid/nb.h"

#if defined(__clang__)
#define COMPILER "clang " __clang_version__
#else
#define COMPILER "gcc " __VERSION__
#endif

static const char *xxhash_version(char out[24])
{
	unsigned v = XXH_versionNumber();

	snprintf(out, 24, "%u.%u.%u", v / 10000, v / 100 % 100, v % 100);
	return out;
}

/* Whether the data is there decides what a run can tell. */
static void print_data(FILE *to)
{
	static nb_data_files d;
	nb_error err = { 0 };
	bool ok = nb_data_find(data_folder(NULL), &d, &err) == NB_OK;

	fprintf(to, "lexicon     %s\nlanguages   %s\n",
		!ok ? err.reason : *d.lexicon.path ? d.lexicon.path : "none found",
		!ok ? err.reason : *d.model.path ? d.model.path : "none found");
}

void print_versions(FILE *to)
{
	char xxhash[24];

	fprintf(to, "newsbraid %s\nkernel      %s\ncompiler    %s\nzstd        %s\nxxHash      %s\n"
		    "libdeflate  %s\n",
		nb_version(), nb_isa_name(nb_isa_get()), COMPILER, ZSTD_versionString(),
		xxhash_version(xxhash), LIBDEFLATE_VERSION_STRING);
	print_data(to);
}

void json_versions(nb_json *j)
{
	char xxhash[24];

	nb_json_key(j, "tool"), nb_json_cstring(j, "newsbraid");
	nb_json_key(j, "version"), nb_json_cstring(j, nb_version());
	nb_json_key(j, "kernel"), nb_json_cstring(j, nb_isa_name(nb_isa_get()));
	nb_json_key(j, "compiler"), nb_json_cstring(j, COMPILER);
	nb_json_key(j, "zstd"), nb_json_cstring(j, ZSTD_versionString());
	nb_json_key(j, "xxhash"), nb_json_cstring(j, xxhash_version(xxhash));
	nb_json_key(j, "libdeflate"), nb_json_cstring(j, LIBDEFLATE_VERSION_STRING);
}
