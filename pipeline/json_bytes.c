/* SPDX-License-Identifier: MIT
 *
 * json_bytes.c - see json_bytes.h.
 */
#include "json_bytes.h"

#include <stdlib.h>
#include <string.h>

#include "newsbraid/utf8.h"

void json_bytes(nb_json *j, const char *text)
{
	size_t len = strlen(text);
	char *repaired = malloc(NB_UTF8_REPAIR_MAX(len) + 1);

	if (!repaired) {
		j->failed = true;
		return;
	}
	nb_json_string(j, (nb_str){ repaired, nb_utf8_repair(text, len, repaired, NULL) });
	free(repaired);
}
