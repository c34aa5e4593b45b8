/* SPDX-License-Identifier: MIT
 *
 * json_bytes.h - what the user wrote, as JSON.
 */
#ifndef NB_PIPELINE_JSON_BYTES_H
#define NB_PIPELINE_JSON_BYTES_H

#include "newsbraid/json.h"

/** Bytes of any kind, as file names and arguments are, as a string of valid UTF-8. */
void json_bytes(nb_json *j, const char *text);

#endif
