/* SPDX-License-Identifier: MIT
 *
 * html_lex.c - see html_lex.h.
 *
 * The states of the standard's tokenizer, section 13.2.5, without its error reports.  What it does
 * at the end of a page holds too: an unfinished tag or comment is nothing.  One thing differs: a
 * title, textarea or iframe without an end tag has no content, instead of all that follows.
 */
#include "read/html/html_lex.h"

#include <string.h>
#include <strings.h>

void nb_html_lexer_init(nb_html_lexer *lexer, nb_str page)
{
	*lexer = (nb_html_lexer){ .at = page.ptr, .end = page.ptr + page.len };
}

static bool is_letter(char c)
{
	return ((unsigned char)c | 32) >= 'a' && ((unsigned char)c | 32) <= 'z';
}

static bool is_html_space(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

/* What ends a tag name, and what an attribute name; the bytes that do not are the rule. */
static const bool ends_name[256] = {
	[' '] = true,  ['\n'] = true, ['\t'] = true, ['\r'] = true,
	['\f'] = true, ['/'] = true,  ['>'] = true,
};

static const char *skip_blanks(const char *p, const char *end)
{
	while (p < end && is_html_space(*p))
		p++;
	return p;
}

static const char *find(const char *p, const char *end, char c)
{
	return p < end ? memchr(p, c, (size_t)(end - p)) : NULL;
}

/* After the value at p; *value is the value.  NULL if the page ends in it. */
static const char *take_value(const char *p, const char *end, nb_str *value)
{
	const char *from;

	p = skip_blanks(p, end);
	if (p == end)
		return NULL;
	if (*p == '"' || *p == '\'') {
		from = p + 1;
		p = find(from, end, *p);
		*value = (nb_str){ from, p ? (size_t)(p - from) : 0 };
		return p ? p + 1 : NULL;
	}
	for (from = p; p < end && !is_html_space(*p) && *p != '>';)
		p++;
	*value = (nb_str){ from, (size_t)(p - from) };
	return p;
}

/* The attributes from p on; after the '>' that ends the tag, NULL if the page ends first. */
static const char *take_attrs(const char *p, const char *end, nb_html_token *token)
{
	token->n_attrs = 0;
	for (;;) {
		nb_html_attr attr = { 0 };

		while (p < end && (is_html_space(*p) || *p == '/'))
			p++;
		if (p == end)
			return NULL;
		if (*p == '>')
			return p + 1;
		attr.name.ptr = p++;
		while (p < end && !ends_name[(unsigned char)*p] && *p != '=')
			p++;
		attr.name.len = (size_t)(p - attr.name.ptr);
		p = skip_blanks(p, end);
		if (p < end && *p == '=' && !(p = take_value(p + 1, end, &attr.value)))
			return NULL;
		if (token->n_attrs < NB_HTML_ATTRS)
			token->attr[token->n_attrs++] = attr;
	}
}

/* A tag whose name begins at p; NULL if the page ends in it. */
static const char *take_tag(const char *p, const char *end, nb_html_token *token)
{
	const char *name = p;

	while (p < end && !ends_name[(unsigned char)*p])
		p++;
	token->tag = nb_html_tag_of((nb_str){ name, (size_t)(p - name) });
	return take_attrs(p, end, token);
}

/* After the comment whose "<!--" ends at p. */
static const char *skip_comment(const char *p, const char *end)
{
	const char *dash = p;

	if (p < end && *p == '>')
		return p + 1;
	if (end - p >= 2 && p[0] == '-' && p[1] == '>')
		return p + 2;
	while ((dash = find(dash, end, '-')) && end - dash >= 3) {
		if (dash[1] != '-')
			dash += 2;
		else if (dash[2] == '>')
			return dash + 3;
		else if (dash[2] == '!' && end - dash >= 4 && dash[3] == '>')
			return dash + 4;
		else
			dash++;
	}
	return end;
}

/* After "<!...", "<?..." or "</" without a name, at p == '<'. */
static const char *skip_declaration(const char *p, const char *end)
{
	if (end - p >= 4 && memcmp(p, "<!--", 4) == 0)
		return skip_comment(p + 4, end);
	p = find(p, end, '>');
	return p ? p + 1 : end;
}

/* Whether "</name" stands at p, and the name ends there. */
static bool is_end_of(const char *p, const char *end, const char *name, size_t n)
{
	return (size_t)(end - p) > n + 2 && p[1] == '/' && strncasecmp(p + 2, name, n) == 0 &&
	       ends_name[(unsigned char)p[n + 2]];
}

/* The '<' of the end tag of a raw element, NULL if there is none. */
static const char *find_raw_end(const char *p, const char *end, nb_html_tag tag)
{
	const char *name = nb_html_tag_name(tag);
	size_t n = strlen(name);

	while ((p = find(p, end, '<')) && !is_end_of(p, end, name, n))
		p++;
	return p;
}

/* The content of a raw element; false if it has none. */
static bool lex_raw(nb_html_lexer *lexer, nb_html_token *token)
{
	nb_html_tag tag = lexer->raw;
	bool code = tag == NB_TAG_SCRIPT || tag == NB_TAG_STYLE;
	uint64_t bit = UINT64_C(1) << (tag % 64);
	const char *stop =
		lexer->never_ends & bit ? NULL : find_raw_end(lexer->at, lexer->end, tag);

	lexer->raw = NB_TAG_NONE;
	if (!stop && code)
		stop = lexer->end;
	if (!stop) {
		lexer->never_ends |= bit;
		return false;
	}
	token->kind = NB_HTML_TEXT;
	token->tag = tag;
	token->text = (nb_str){ lexer->at, (size_t)(stop - lexer->at) };
	lexer->at = stop;
	return token->text.len > 0;
}

/* The '<' at or after p that opens something; end if none. */
static const char *find_markup(const char *p, const char *end)
{
	while ((p = find(p, end, '<')) && end - p >= 2) {
		if (is_letter(p[1]) || p[1] == '!' || p[1] == '?' || p[1] == '/')
			return p;
		p++;
	}
	return end;
}

bool nb_html_lex(nb_html_lexer *lexer, nb_html_token *token)
{
	const char *p, *end = lexer->end;

	if (lexer->raw && lex_raw(lexer, token))
		return true;
	while ((p = lexer->at) < end) {
		const char *stop = find_markup(p, end);

		if (stop > p) {
			lexer->at = stop;
			token->kind = NB_HTML_TEXT;
			token->tag = NB_TAG_NONE;
			token->text = (nb_str){ p, (size_t)(stop - p) };
			return true;
		}
		if (is_letter(p[1]) || (p[1] == '/' && end - p >= 3 && is_letter(p[2]))) {
			token->kind = p[1] == '/' ? NB_HTML_END : NB_HTML_START;
			p = take_tag(p + 1 + (p[1] == '/'), end, token);
			lexer->at = p ? p : end;
			if (!p)
				return false;
			if (token->kind == NB_HTML_START && nb_html_tag_is(token->tag) & NB_TAG_RAW)
				lexer->raw = token->tag;
			return true;
		}
		lexer->at = skip_declaration(p, end);
	}
	return false;
}

nb_str nb_html_attr_value(const nb_html_token *token, const char *name)
{
	size_t n = strlen(name);

	for (unsigned i = 0; i < token->n_attrs; i++) {
		const nb_html_attr *attr = &token->attr[i];

		if (attr->name.len == n && strncasecmp(attr->name.ptr, name, n) == 0)
			return attr->value.ptr ? attr->value : NB_STR("");
	}
	return (nb_str){ 0 };
}
