/* SPDX-License-Identifier: MIT
 *
 * format_table.c - CSV, TSV and their like with a header: each row becomes an object, and that an
 * article by the same names as in JSON.
 */
#include <string.h>
#include <strings.h>

#include "read/formats.h"
#include "read/table/csv.h"

/* ---- recognising ----------------------------------------------------------------------------- */

static bool is_name(nb_str cell)
{
	for (size_t i = 0; i < cell.len; i++) {
		char c = (char)(cell.ptr[i] | 32);

		if (!(c >= 'a' && c <= 'z') && !strchr("0123456789_-.", cell.ptr[i]))
			return false;
	}
	return cell.len > 0 && cell.len < 40;
}

static bool names_article(nb_str cell)
{
	static const char *const name[] = { "text",     "body",      "content",  "title",
					    "headline", "plaintext", "maintext", "article_text" };

	for (size_t i = 0; i < sizeof(name) / sizeof(name[0]); i++)
		if (cell.len == strlen(name[i]) && strncasecmp(cell.ptr, name[i], cell.len) == 0)
			return true;
	return false;
}

/* Whether the first line is nothing but names without blanks, some of them an article's, and the
 * mark between them is seen again. */
static bool has_header(nb_str s)
{
	const char *feed = memchr(s.ptr, '\n', s.len);
	nb_table_row row = { .quotes = true };
	nb_table_cell cell;
	bool known = false;

	if (!feed)
		return false;
	row.rest = nb_trim((nb_str){ s.ptr, (size_t)(feed - s.ptr) });
	row.separator = nb_table_separator(row.rest);
	if (!row.separator ||
	    !memchr(feed, row.separator, (size_t)(s.ptr + s.len - feed)))
		return false;
	while (nb_table_next(&row, &cell)) {
		if (!is_name(cell.bytes))
			return false;
		known |= names_article(cell.bytes);
	}
	return known;
}

static bool is(const nb_head *head)
{
	return nb_head_named(head, ".csv") || nb_head_named(head, ".tsv") ||
	       nb_head_named(head, ".tab") || has_header(head->visible);
}

/* ---- a row as an object ---------------------------------------------------------------------- */

static bool needs_escape(char c)
{
	return (unsigned char)c < 0x20 || c == '"' || c == '\\';
}

/* Most bytes of a JSON string that says the same. */
static size_t json_most(nb_str s)
{
	size_t n = s.len;

	for (size_t i = 0; i < s.len; i++)
		n += needs_escape(s.ptr[i]) ? 5 : 0;
	return n;
}

static char *put_string(char *out, const nb_table_cell *cell)
{
	static const char digit[] = "0123456789abcdef";
	nb_str s = cell->bytes;

	*out++ = '"';
	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];

		if (cell->quoted && c == '"' && i + 1 < s.len && s.ptr[i + 1] == '"')
			i++;
		if (c == '"' || c == '\\') {
			*out++ = '\\';
			*out++ = c;
		} else if ((unsigned char)c < 0x20) {
			memcpy(out, "\\u00", 4);
			out[4] = digit[(unsigned char)c >> 4];
			out[5] = digit[c & 15];
			out += 6;
		} else {
			*out++ = c;
		}
	}
	*out++ = '"';
	return out;
}

/* How a row fits its header. */
enum fit { FITS, TOO_MANY, NO_ROOM };

/* {"name": "cell", ...} of a row; empty cells are left out.  Room for it is there. */
static enum fit put_object(char *out, nb_table_row header, nb_table_row *row, size_t *n)
{
	nb_table_cell name, cell;
	char *begin = out;

	*out++ = '{';
	while (nb_table_next(row, &cell)) {
		bool named = nb_table_next(&header, &name);

		if (!nb_trim(cell.bytes).len)
			continue;
		if (!named)
			return TOO_MANY;
		name.bytes = nb_trim(name.bytes);
		if (out > begin + 1)
			*out++ = ',';
		out = put_string(out, &name);
		*out++ = ':';
		out = put_string(out, &cell);
	}
	*out++ = '}';
	*n = (size_t)(out - begin);
	memset(out, 0, NB_JSON_PADDING);
	return FITS;
}

static enum fit make_object(nb_parse *p, const nb_record *at, nb_table_row *row, nb_str *json)
{
	nb_table_row header = { .rest = at->header, .quotes = true };
	/* besides the strings: quotes, colon and comma for each cell */
	size_t most = json_most(at->header) + json_most(at->bytes) +
		      6 * (at->header.len + 1) + 2 + NB_JSON_PADDING;
	char *out = nb_scratch_room(&p->m->row, most);

	if (!out) {
		p->m->no_memory = true;
		return NO_ROOM;
	}
	header.separator = nb_table_separator(at->header);
	row->separator = header.separator;
	row->rest = at->bytes;
	json->ptr = out;
	return put_object(out, header, row, &json->len);
}

/* ---- parsing --------------------------------------------------------------------------------- */

static void hand_out(nb_parse *p, enum fit fit, nb_str json, const nb_record *at)
{
	nb_record row = *at;

	row.bytes = nb_trim(row.bytes);
	if (fit == FITS)
		nb_parse_json_as(p, json, &row);
	else if (fit == TOO_MANY)
		nb_parse_reject(p, NB_REJECT_MALFORMED, "a row has more cells than the header",
				&row);
}

/* A quote that has no end in its line is a character. */
static void parse_line(nb_parse *p, const nb_record *at)
{
	nb_table_row row = { .quotes = true };
	nb_str json;
	enum fit fit = make_object(p, at, &row, &json);

	if (row.unclosed) {
		row = (nb_table_row){ .quotes = false };
		fit = make_object(p, at, &row, &json);
	}
	hand_out(p, fit, json, at);
}

static void parse_lines(nb_parse *p, const nb_record *at)
{
	const char *begin = at->bytes.ptr, *end = begin + at->bytes.len;
	nb_record line = *at;

	for (const char *next; begin < end && !p->m->no_memory; begin = next, line.line++) {
		const char *feed = memchr(begin, '\n', (size_t)(end - begin));

		next = feed ? feed + 1 : end;
		line.bytes = (nb_str){ begin, (size_t)(next - begin) };
		line.byte = at->byte + (uint64_t)(begin - at->bytes.ptr);
		if (nb_trim(line.bytes).len)
			parse_line(p, &line);
	}
}

static bool has_lines(nb_str row)
{
	const char *feed = memchr(row.ptr, '\n', row.len);

	return feed && feed + 1 < row.ptr + row.len;
}

/* A row of several lines that does not fit is several rows, one of them with a stray quote. */
static void parse(nb_parse *p, const nb_record *at)
{
	nb_table_row row = { .quotes = true };
	nb_str json;
	enum fit fit;

	if (!at->header.ptr || !nb_trim(at->bytes).len)
		return; /* nothing but a header */
	fit = make_object(p, at, &row, &json);
	if (fit == NO_ROOM)
		return;
	if (row.unclosed || (has_lines(at->bytes) && (fit == TOO_MANY || row.strayed)))
		parse_lines(p, at);
	else
		hand_out(p, fit, json, at);
	nb_maker_shrink(p->m);
}

const nb_format nb_format_table = {
	.name = "table",
	.is = is,
	.cut = NB_CUT_RECORDS,
	.header = true,
	.scan = nb_table_scan_rows,
	.parse = parse,
};
