/* SPDX-License-Identifier: MIT
 *
 * strings.h - questions that every format asks of the strings it finds.
 */
#ifndef NB_READ_STRINGS_H
#define NB_READ_STRINGS_H

#include <stdbool.h>

#include "newsbraid/nb.h"

#define NB_SHORT_MAX 4096u /* bytes of a title, source, byline, url ... */
#define NB_ID_MAX    1024u
#define NB_DATE_MAX  256u

/** Blanks at both ends off. */
nb_str nb_trim(nb_str s);

/** Whether a trimmed string says nothing: "", "None", "null", "nan". */
bool nb_says_nothing(nb_str s);

bool nb_is_http(nb_str s);

/** "https://user@www.example.org:80/path" is from "example.org"; absent if s is no such address. */
nb_str nb_url_host(nb_str url);

/** The longest prefix of at most `most` bytes that ends between characters. */
nb_str nb_clip(nb_str s, size_t most);

#endif
