/* SPDX-License-Identifier: MIT
 *
 * article_row.c - see article_row.h.
 */
#include "article_row.h"

#include <string.h>

#include "newsbraid/date.h"
#include "newsbraid/utf8.h"

static void put(nb_json *j, const char *key, nb_str s)
{
	nb_json_key(j, key);
	nb_json_string(j, s.len ? s : (nb_str){ 0 });
}

static void put_time(nb_json *j, const char *key, int64_t time)
{
	char text[NB_DATE_TEXT];

	nb_date_format(time, text);
	nb_json_put_text(j, key, time == NB_NO_TIME ? NULL : text);
}

static void put_lines(nb_json *j, const char *key, nb_str s)
{
	nb_json_key(j, key);
	nb_json_open(j, '[');
	while (s.len) {
		const char *end = memchr(s.ptr, '\n', s.len);
		size_t len = end ? (size_t)(end - s.ptr) : s.len;

		nb_json_string(j, (nb_str){ s.ptr, len });
		len += end != NULL;
		s = (nb_str){ s.ptr + len, s.len - len };
	}
	nb_json_close(j, ']');
}

/* "title=headline text=body_text" as an object. */
static void put_origin(nb_json *j, nb_str s)
{
	char field[64];

	nb_json_key(j, "origin");
	nb_json_open(j, '{');
	while (s.len) {
		const char *end = memchr(s.ptr, ' ', s.len);
		size_t len = end ? (size_t)(end - s.ptr) : s.len;
		const char *is = memchr(s.ptr, '=', len);
		size_t n = is ? (size_t)(is - s.ptr) : 0;

		if (n > 0 && n < sizeof(field)) {
			memcpy(field, s.ptr, n);
			field[n] = '\0';
			put(j, field, (nb_str){ is + 1, len - n - 1 });
		}
		len += end != NULL;
		s = (nb_str){ s.ptr + len, s.len - len };
	}
	nb_json_close(j, '}');
}

/* File names are bytes of any kind: what is no UTF-8 in them is left out. */
static void put_input(nb_json *j, const nb_article *a, const nb_input_file *file)
{
	nb_json_key(j, "input");
	nb_json_open(j, '{');
	nb_json_put_text(j, "file",
			 nb_utf8_valid(file->path, strlen(file->path)) ? file->path : NULL);
	nb_json_put_text(j, "format", file->format);
	nb_json_put_uint(j, "record", a->line);
	nb_json_put_uint(j, "byte", a->byte);
	nb_json_close(j, '}');
}

void article_row(nb_json *j, const nb_article *a, const nb_input_file *file)
{
	bool known = a->published_at != NB_NO_TIME;

	nb_json_open(j, '{');
	put(j, "id", a->id);
	put(j, "source", a->source);
	put(j, "agency", a->agency);
	put(j, "version", a->version);
	put(j, "lang", a->lang);
	put(j, "title", a->title);
	put(j, "byline", a->byline);
	put(j, "url", a->url);
	put(j, "located", a->located);
	put_lines(j, "subjects", a->subjects);
	put_time(j, "published_at", a->published_at);
	nb_json_put_text(j, "published_precision", !known ? NULL : a->day_only ? "day" : "second");
	put(j, "published_raw", a->published_raw);
	nb_json_put_text(j, "date_source", nb_date_source_name(a->date_source));
	nb_json_put_text(j, "pub_status", nb_pub_status_name(a->pub_status));
	put_time(j, "embargo", a->embargo ? a->embargo : NB_NO_TIME);
	put(j, "text", a->text);
	put_origin(j, a->origin);
	put_input(j, a, file);
	nb_json_close(j, '}');
	nb_json_newline(j);
}
