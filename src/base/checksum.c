/* SPDX-License-Identifier: MIT
 *
 * checksum.c - see checksum.h.
 */
#include "base/checksum.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHUNK ((size_t)1 << 20)

void nb_checksum_text(XXH128_hash_t hash, char out[NB_CHECKSUM_TEXT])
{
	XXH128_canonical_t sum;

	XXH128_canonicalFromHash(&sum, hash);
	for (size_t i = 0; i < sizeof(sum.digest); i++)
		snprintf(out + 2 * i, 3, "%02x", sum.digest[i]);
}

nb_status nb_checksum_file(const char *path, char out[NB_CHECKSUM_TEXT], uint64_t *bytes, nb_error *err)
{
	XXH3_state_t *state = XXH3_createState();
	char *buffer = malloc(CHUNK);
	FILE *in = fopen(path, "rb");
	nb_status status = NB_OK;

	*bytes = 0;
	if (!in)
		status = nb_fail(err, NB_EIO, path, "cannot open");
	else if (!state || !buffer || XXH3_128bits_reset(state) != XXH_OK)
		status = nb_fail(err, NB_ENOMEM, path, "cannot read");
	for (size_t n; status == NB_OK && (n = fread(buffer, 1, CHUNK, in)) > 0; *bytes += n)
		XXH3_128bits_update(state, buffer, n);
	if (status == NB_OK && ferror(in))
		status = nb_fail(err, NB_EIO, path, "cannot read");
	if (status == NB_OK)
		nb_checksum_text(XXH3_128bits_digest(state), out);
	if (in)
		fclose(in);
	free(buffer);
	XXH3_freeState(state);
	return status;
}

#define SEAL_KEY ",\n  \"xxh128\": \""
#define SEAL_END "\"\n}\n"

void nb_json_seal(nb_json *j, char out[NB_CHECKSUM_TEXT])
{
	nb_checksum_text(XXH3_128bits(j->text, j->len), out);
	nb_json_put_text(j, "xxh128", out);
}

bool nb_seal_holds(const char *text, size_t len, char out[NB_CHECKSUM_TEXT])
{
	char end[sizeof(SEAL_KEY SEAL_END) + NB_CHECKSUM_TEXT];
	size_t n = sizeof(SEAL_KEY SEAL_END) - 1 + NB_CHECKSUM_TEXT - 1;

	if (len < n)
		return false;
	nb_checksum_text(XXH3_128bits(text, len - n), out);
	snprintf(end, sizeof(end), "%s%s%s", SEAL_KEY, out, SEAL_END);
	return memcmp(text + len - n, end, n) == 0;
}
