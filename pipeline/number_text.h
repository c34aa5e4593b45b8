/* SPDX-License-Identifier: MIT
 *
 * number_text.h - numbers as people write them on a command line, and back.
 */
#ifndef NB_PIPELINE_NUMBER_TEXT_H
#define NB_PIPELINE_NUMBER_TEXT_H

#include <stdbool.h>
#include <stdint.h>

/* Each returns whether text is such a number, and nothing else. */
bool parse_count(const char *text, uint64_t *out); /* without sign or blanks */
bool parse_bytes(const char *text, uint64_t *out); /* "512M", "4G", "65536" */
bool parse_real(const char *text, double *out);    /* finite */

#define NUMBER_TEXT 64

/** The shortest text that reads back as x. */
void real_text(double x, char out[NUMBER_TEXT]);
/** "2G" if it is that exactly, "65537" if not. */
void bytes_text(uint64_t x, char out[NUMBER_TEXT]);

#endif
