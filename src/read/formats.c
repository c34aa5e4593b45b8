/* SPDX-License-Identifier: MIT
 *
 * formats.c - see formats.h: the table, and what is none of it.
 */
#include "read/formats.h"

#include <string.h>

#include "base/ascii.h"
#include "newsbraid/utf8.h"

/* Asked in order. */
static const nb_format *const table[] = {
	&nb_format_warc,
	&nb_format_wire,
	&nb_format_newsml_g2,
	&nb_format_newsml_1_2,
	&nb_format_nitf,
	&nb_format_json,
	&nb_format_html,
	&nb_format_jsonl,
	&nb_format_table,
};

static bool is_letter(char c)
{
	return ((unsigned char)c | 32) >= 'a' && ((unsigned char)c | 32) <= 'z';
}

static bool has(nb_str s, const char *part)
{
	return memmem(s.ptr, s.len, part, strlen(part)) != NULL;
}

/* Formats that would pass for text, or deserve a better word than "binary". */
static const char *known_stranger(const nb_head *head)
{
	static const struct {
		const char *begin, *what;
	} stranger[] = {
		{ "filedesc://", "a web archive (ARC), which is not read" },
		{ "%PDF-", "a PDF document" },
		{ "PK\x03\x04", "a zip archive" },
		{ "BZh", "bzip2-compressed: unpack it first" },
		{ "\xfd"
		  "7zXZ",
		  "xz-compressed: unpack it first" },
		{ "PAR1", "a Parquet file, which is not read" },
		{ "\xff\xfe", "UTF-16 in several compressed pieces: convert it to UTF-8" },
		{ "\xfe\xff", "UTF-16 in several compressed pieces: convert it to UTF-8" },
	};
	nb_str v = head->visible;

	for (size_t i = 0; i < sizeof(stranger) / sizeof(stranger[0]); i++)
		if (nb_head_begins(head,
				   (nb_str){ stranger[i].begin, strlen(stranger[i].begin) }))
			return stranger[i].what;
	if (v.len > 2 && v.ptr[0] == '<' &&
	    (v.ptr[1] == '?' || v.ptr[1] == '!' ||
	     (is_letter(v.ptr[1]) && (has(v, "</") || has(v, "/>")))))
		return "XML, which is not read yet";
	return NULL;
}

static size_t count_controls(nb_str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.ptr[i];

		n += (c < 32 && !nb_is_blank((char)c) && c != '\f' && c != '\x1b') || c == 127;
	}
	return n;
}

static bool valid_utf8(const nb_head *head)
{
	nb_str s = head->bytes;

	/* the head may end inside a character */
	for (int i = 0; !head->whole && i < 3 && s.len > 0 && (s.ptr[s.len - 1] & 0x80); i++)
		s.len--;
	return nb_utf8_valid(s.ptr, s.len);
}

/* What a file that no format knows is, if it is no text; NULL if it may be one. */
static const char *what_else(const nb_head *head)
{
	const char *stranger = known_stranger(head);
	size_t n_controls = count_controls(head->bytes);

	if (stranger)
		return stranger;
	if (n_controls * 50 > head->bytes.len + 100)
		return "binary data of no known format";
	if (!head->unpacked && nb_packed_ending(head->path) && (n_controls || !valid_utf8(head)))
		return "not compressed as its name says, and no text either";
	return NULL;
}

const nb_format *nb_format_of(const nb_head *head, const char **why)
{
	*why = NULL;
	if (!head->visible.len)
		return &nb_format_text;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		if (table[i]->is(head))
			return table[i];
	*why = what_else(head);
	return *why ? NULL : &nb_format_text;
}
