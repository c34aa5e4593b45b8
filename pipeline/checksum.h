/* SPDX-License-Identifier: MIT
 *
 * checksum.h - XXH3-128 in hex, as xxh128sum prints it, and the seal of our own JSON files.
 */
#ifndef NB_PIPELINE_CHECKSUM_H
#define NB_PIPELINE_CHECKSUM_H

#include <stdbool.h>
#include <xxhash.h>

#include "newsbraid/json.h"

#define CHECKSUM_TEXT 33

void checksum_text(XXH128_hash_t hash, char out[CHECKSUM_TEXT]);

/** Of a file's bytes; *bytes: how many.  NB_EIO, NB_ENOMEM. */
nb_status checksum_file(const char *path, char out[CHECKSUM_TEXT], uint64_t *bytes,
			nb_error *err) NB_MUST_CHECK;

/** Last member `xxh128` of the open object: the checksum of all that stands before it. */
void json_seal(nb_json *j, char out[CHECKSUM_TEXT]);

/** Whether a whole file ends in the seal that its bytes ask for; every byte is covered. */
bool seal_holds(const char *text, size_t len, char out[CHECKSUM_TEXT]);

#endif
