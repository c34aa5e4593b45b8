/* SPDX-License-Identifier: MIT
 *
 * checksum.h - XXH3-128 in hex, as xxh128sum prints it, and the seal of our own JSON files.
 */
#ifndef NB_BASE_CHECKSUM_H
#define NB_BASE_CHECKSUM_H

#include <stdbool.h>
#include <xxhash.h>

#include "newsbraid/json.h"

#define NB_CHECKSUM_TEXT 33

void nb_checksum_text(XXH128_hash_t hash, char out[NB_CHECKSUM_TEXT]);

/** Of a file's bytes; *bytes: how many.  NB_EIO, NB_ENOMEM. */
nb_status nb_checksum_file(const char *path, char out[NB_CHECKSUM_TEXT], uint64_t *bytes,
			nb_error *err) NB_MUST_CHECK;

/** Last member `xxh128` of the open object: the checksum of all that stands before it. */
void nb_json_seal(nb_json *j, char out[NB_CHECKSUM_TEXT]);

/** Whether a whole file ends in the seal that its bytes ask for; every byte is covered. */
bool nb_seal_holds(const char *text, size_t len, char out[NB_CHECKSUM_TEXT]);

#endif
