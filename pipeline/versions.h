/* SPDX-License-Identifier: MIT
 *
 * versions.h - what this program is made of.
 */
#ifndef NB_PIPELINE_VERSIONS_H
#define NB_PIPELINE_VERSIONS_H

#include <stdio.h>

#include "newsbraid/json.h"

/** `newsbraid --version`: version, kernel in use, compiler, libraries, data. */
void print_versions(FILE *to);

/** The same as members of the open JSON object. */
void json_versions(nb_json *j);

#endif
