/* SPDX-License-Identifier: MIT
 *
 * charset.h - bytes in any character set to UTF-8.
 *
 * The order of belief: a byte-order mark; being valid UTF-8 (chance does not write that); what was
 * declared, if the bytes allow it; statistics (ICU's detector, narrowed to what news is written in,
 * and checked by what its answer makes of words).  Labels mean what they mean on the web
 * (WHATWG Encoding Standard): iso-8859-1 is Windows-1252, gb2312 is GB18030, shift_jis Windows-31J.
 */
#ifndef NB_READ_INPUT_CHARSET_H
#define NB_READ_INPUT_CHARSET_H

#include <stdbool.h>

#include "newsbraid/nb.h"

/* Detector, converter, memory; all zero bytes is ready for use.  One per thread. */
typedef struct nb_charset {
	struct UCharsetDetector *detector;
	struct UConverter *converter;
	const char *name; /* of the converter */
	char *out;
	uint16_t *wide;
	size_t out_capacity, wide_capacity;
} nb_charset;

typedef struct nb_decoded {
	nb_str text;      /* valid UTF-8 without byte-order mark, perhaps with control characters;
			     the input itself, or lives until the next call */
	const char *name; /* "utf-8", "windows-1251" ...; static text */
	bool guessed;     /* by statistics alone */
	bool damaged;     /* some bytes meant nothing and are U+FFFD, or were read as Windows-1252 */
} nb_decoded;

void nb_charset_release(nb_charset *c);

/**
 * Make UTF-8 of bytes.
 *
 * @param declared  a label found with them ("latin1", "Windows-1251"); absent or nonsense: no help
 * @param lang      their language if known, "pl", "en-GB"; tells Windows-1250 from 1252 when a short
 *                  text cannot; may be absent
 * @return NB_OK, NB_ENOMEM
 *
 * Text that is UTF-8 costs a check (> 10 GB/s).  Statistics cost some 100 us, whatever the length.
 */
nb_status nb_charset_to_utf8(nb_charset *c, nb_str bytes, nb_str declared, nb_str lang,
			     nb_decoded *out) NB_MUST_CHECK;

/** The name we use for a label, "windows-1252" for "ISO_8859-1"; NULL if we do not know it. */
const char *nb_charset_of_label(nb_str label);

#endif
