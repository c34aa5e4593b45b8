/* SPDX-License-Identifier: MIT
 *
 * xml_item.c - one item, by expat: events to fields and text.
 *
 * expat works without namespaces, external entities or a document type: what a document could
 * declare was left out by the scanner (xml_scan.c), so nothing is ever expanded or fetched, and
 * memory is bounded by the item.  References to entities of HTML are understood, others left out.
 */
#include <expat.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/random.h>

#include "newsbraid/reader.h"
#include "read/html/markup.h"
#include "read/strings.h"
#include "read/xml/xml_rules.h"
#include "read/xml/xml_text.h"

#define CAPTURES_MOST 8
#define KEEP_MOST     ((size_t)8 << 20) /* memory above what an item needs that is kept */
#define RANK_NONE     UINT32_MAX
#define RANK_ASIDE    1000u /* added: said of a picture, a caption, ... beside the report */
#define RANK_FOREIGN  500u  /* added: not in the item's language */
#define RANK_UNREAD   2000u /* added: a date that we cannot read */

/* What holds for an element and all inside it. */
enum {
	HIDDEN = 1,
	PARA = 2,
	PRE = 4,
	CONTENT = 8, /* inside what holds the report */
	BODY = 16,
	ENCODED = 32,
	CAPTURING = 64, /* a field: no text of the report */
};

/* What a component is for. */
enum { ROLE_MAIN, ROLE_OPEN, ROLE_ASIDE };

struct frame {
	uint16_t name;
	uint8_t flags, role;
	uint8_t n_captures; /* that begin here */
	bool opens_content;
};

/* The content of an element that is a field. */
struct capture {
	const nb_xml_step *step;
	unsigned rank;
	size_t n;
	char text[NB_SHORT_MAX];
};

struct field {
	unsigned rank;
	size_t n;
	char text[NB_SHORT_MAX];
};

struct nb_xml {
	nb_xml_rules rules;
	XML_Parser parser;
	unsigned long salt;
	char root[NB_XML_NAME_MAX];
	struct frame frame[NB_DEPTH_MAX + 1]; /* frame[0] stands around the item */
	size_t depth;
	bool too_deep;
	struct capture capture[CAPTURES_MOST];
	size_t n_captures;
	struct field field[NB_XML_FIELDS];
	nb_xml_text text, best; /* the content that is being read, and the best so far */
	bool body_seen;         /* text outside of a body does not count any more */
	const char *content;    /* the rule's path */
	unsigned foreign;       /* the content is not in the item's language */
	unsigned best_score;
	nb_xml_item item;
};

/* ---- fields ---------------------------------------------------------------------------------- */

/* "stat:usable", "http://cv.example.org/status/usable": what stands after the last mark. */
static nb_str code_of(nb_str s)
{
	size_t i = s.len;

	if (memchr(s.ptr, ' ', s.len))
		return s;
	while (i > 0 && s.ptr[i - 1] != ':' && s.ptr[i - 1] != '/' && s.ptr[i - 1] != '#')
		i--;
	return i < s.len ? (nb_str){ s.ptr + i, s.len - i } : s;
}

/* Append on one line, runs of blanks as one. */
static void append(struct field *f, nb_str s)
{
	bool blank = false;

	s = nb_clip(s, sizeof(f->text) - f->n);
	for (size_t i = 0; i < s.len; i++) {
		bool before = blank;

		blank = s.ptr[i] == ' ' || s.ptr[i] == '\n' || s.ptr[i] == '\t';
		if (!blank || !before)
			f->text[f->n++] = blank ? ' ' : s.ptr[i];
	}
}

/* A value for a field: the best one wins, of equals the first, and lists take all equals. */
static void note(nb_xml *x, const nb_xml_step *step, unsigned rank, nb_str value)
{
	struct field *f = &x->field[step->rule->field];
	unsigned how = step->rule->how;
	int64_t time;

	value = nb_trim(value);
	if (nb_says_nothing(value))
		return;
	if (how & NB_XML_CODE)
		value = code_of(value);
	if (how & NB_XML_HOST)
		value = nb_url_host(value);
	if (step->rule->field == NB_XML_DATE && !nb_date_parse(value, &time))
		rank += RANK_UNREAD;
	if (!value.len || rank > f->rank)
		return;
	if (rank < f->rank) {
		f->rank = rank;
		f->n = 0;
	} else if (!(how & NB_XML_LIST) || memmem(f->text, f->n, value.ptr, value.len)) {
		return;
	} else {
		if (step->rule->field == NB_XML_SUBJECT && f->n < sizeof(f->text))
			f->text[f->n++] = '\n';
		else
			append(f, NB_STR(", "));
	}
	append(f, value);
	x->item.origin[step->rule->field] = step->rule;
}

static bool has(nb_str s, const char *word)
{
	for (size_t n = strlen(word); s.len >= n; s.ptr++, s.len--)
		if (strncasecmp(s.ptr, word, n) == 0)
			return true;
	return false;
}

static bool has_any(nb_str s, const char *const *word)
{
	for (; *word; word++)
		if (has(s, *word))
			return true;
	return false;
}

static int role_of(nb_str s)
{
	static const char *const aside[] = {
		"caption",   "photo",   "picture", "image",    "graphic", "video",   "audio",
		"preview",   "thumb",   "icon",    "quick",    "style",   "contact", "logo",
		"metadata",  "related", "link",    "headline", "summary", "abstract", "credit",
		"copyright", "teaser",  "tagline", "keyword",  NULL
	};
	static const char *const open[] = { "main", "body", "text", "story", "article", NULL };

	return has_any(s, aside) ? ROLE_ASIDE : has_any(s, open) ? ROLE_MAIN : ROLE_OPEN;
}

static bool is_other_medium(nb_str s)
{
	static const char *const other[] = { "image", "audio", "video", "photo", "graphic",
					     "picture", "css", "pdf", "octet", "zip", NULL };

	return has_any(s, other);
}

static bool is_encoding(nb_str s)
{
	static const char *const encoding[] = { "base64", "zip", "uuenc", "quoted", NULL };

	return has_any(s, encoding);
}

/* Whether two language tags name different languages: "en-GB" and "fr". */
static bool other_language(const char *tag, const struct field *lang)
{
	return lang->n >= 2 && strlen(tag) >= 2 && strncasecmp(tag, lang->text, 2) != 0;
}

/* ---- rules ----------------------------------------------------------------------------------- */

/* An attribute by name; prefixes count in "xml:lang" alone. */
static const char *attribute(const XML_Char **pair, const char *name)
{
	bool whole = strchr(name, ':') != NULL;

	for (; pair[0]; pair += 2)
		if (strcasecmp(whole ? pair[0] : nb_xml_local(pair[0]), name) == 0)
			return pair[1];
	return NULL;
}

static bool fits(const nb_xml *x, const nb_xml_step *s, const XML_Char **pair)
{
	const char *value;

	for (size_t i = 0; i < NB_XML_PARENTS && s->parent[i]; i++)
		if (i + 1 > x->depth || x->frame[x->depth - 1 - i].name != s->parent[i])
			return false;
	if (!s->if_name[0])
		return true;
	value = attribute(pair, s->if_name);
	return value && strcasecmp(value, s->if_value) == 0;
}

/* An attribute, or the element as such, that steers the reader. */
static void steer(nb_xml *x, struct frame *f, nb_xml_field what, nb_str value)
{
	struct frame *around = f->opens_content ? f : f - 1;

	switch (what) {
	case NB_XML_ROLE:
		around->role = (uint8_t)role_of(value);
		break;
	case NB_XML_MEDIUM:
		if (is_other_medium(value))
			around->role = ROLE_ASIDE;
		break;
	case NB_XML_ENCODED:
		if (is_encoding(value))
			f->flags |= ENCODED;
		break;
	case NB_XML_REMOTE:
		x->item.remote = true;
		break;
	default:
		break;
	}
}

static void open_capture(nb_xml *x, struct frame *f, const nb_xml_step *s, unsigned rank)
{
	struct capture *c = &x->capture[x->n_captures];

	if (x->n_captures == CAPTURES_MOST)
		return;
	c->step = s;
	c->rank = rank;
	c->n = 0;
	x->n_captures++;
	f->n_captures++;
	f->flags |= CAPTURING;
}

/* The element holds the report, unless it stands in one that does. */
static const char *open_rule(const nb_xml *x, struct frame *f, const nb_xml_step *s)
{
	f->opens_content = !(f->flags & CONTENT);
	return f->opens_content ? s->rule->path : x->content;
}

/* What the rules of its name say about an element that begins. */
static void apply_rules(nb_xml *x, struct frame *f, const XML_Char **pair)
{
	const char *lang = attribute(pair, "xml:lang");
	unsigned worse = f->role == ROLE_ASIDE ? RANK_ASIDE : 0;

	if (lang && other_language(lang, &x->field[NB_XML_LANG]))
		worse += RANK_FOREIGN;
	for (uint16_t i = x->rules.name[f->name].first; i; i = x->rules.step[i].next) {
		const nb_xml_step *s = &x->rules.step[i];
		const char *value = s->attribute[0] ? attribute(pair, s->attribute) : NULL;
		nb_xml_field field = s->rule->field;

		if (!fits(x, s, pair) || (s->attribute[0] && !value))
			continue;
		if (field == NB_XML_CONTENT)
			x->content = open_rule(x, f, s);
		else if (field > NB_XML_FIELDS)
			steer(x, f, field,
			      value ? (nb_str){ value, strlen(value) } : (nb_str){ 0 });
		else if (value)
			note(x, s, s->rank + worse, (nb_str){ value, strlen(value) });
		/* a title in an item's body is one of its sections */
		else if (field != NB_XML_TITLE || !(f->flags & BODY) || x->text.n == 0)
			open_capture(x, f, s, s->rank + worse);
	}
	x->foreign = f->opens_content ? worse >= RANK_FOREIGN : x->foreign;
}

/* ---- text ------------------------------------------------------------------------------------ */

static void open_content(nb_xml *x, struct frame *f)
{
	if (f->flags & ENCODED) {
		x->item.encoded = true;
		f->opens_content = false;
		return;
	}
	f->flags |= CONTENT;
	f->flags &= (uint8_t)~(HIDDEN | PARA | BODY);
	nb_xml_text_clear(&x->text);
	x->body_seen = false;
}

/* The best content is the report's own in the item's language; of equals the first. */
static void close_content(nb_xml *x, const struct frame *f)
{
	unsigned score = f->role * 2u + x->foreign;
	nb_xml_text text = x->text;

	if (f->role == ROLE_ASIDE || text.n == 0 || score >= x->best_score)
		return;
	x->best_score = score;
	x->item.content = x->content;
	x->text = x->best;
	x->best = text;
}

static void enter_text(nb_xml *x, struct frame *f, unsigned kind)
{
	if (kind & NB_XML_BODY) {
		if (!x->body_seen)
			nb_xml_text_clear(&x->text);
		x->body_seen = true;
		f->flags |= BODY;
		f->flags &= (uint8_t)~PRE;
	}
	if (kind & NB_XML_BLOCK) {
		nb_xml_text_break(&x->text);
		f->flags &= (uint8_t)~PRE;
	}
	if (kind & NB_XML_PARA)
		f->flags |= PARA;
	if (kind & NB_XML_PRE)
		f->flags |= PRE;
	if (kind & NB_XML_HIDDEN)
		f->flags |= HIDDEN;
}

/* Character data for the report: inside a body all, outside of any only paragraphs and what stands
 * in the content itself. */
static void add_text(nb_xml *x, const struct frame *f, const char *p, size_t n)
{
	if ((f->flags & (CONTENT | HIDDEN | CAPTURING)) != CONTENT)
		return;
	if (!(f->flags & BODY) && (x->body_seen || !(f->flags & PARA || f->opens_content)))
		return;
	nb_xml_text_add(&x->text, p, n, f->flags & PRE, !(f->flags & PARA));
}

/* ---- events ---------------------------------------------------------------------------------- */

static void XMLCALL on_start(void *user, const XML_Char *name, const XML_Char **pair)
{
	nb_xml *x = user;
	const struct frame *around = &x->frame[x->depth];
	struct frame *f = &x->frame[x->depth + 1];
	unsigned kind;

	if (x->depth == NB_DEPTH_MAX) {
		x->too_deep = true;
		XML_StopParser(x->parser, XML_FALSE);
		return;
	}
	if (x->depth == 0)
		strncpy(x->root, nb_xml_local(name), sizeof(x->root) - 1);
	*f = (struct frame){ .name = nb_xml_rules_find(&x->rules, name),
			     .flags = around->flags,
			     .role = around->role };
	x->depth++;
	kind = x->rules.name[f->name].kind;
	if (kind & NB_XML_BLOCK)
		for (size_t i = 0; i < x->n_captures; i++)
			if (x->capture[i].n < NB_SHORT_MAX)
				x->capture[i].text[x->capture[i].n++] = ' ';
	if (f->name)
		apply_rules(x, f, pair);
	if (f->opens_content)
		open_content(x, f);
	if (f->flags & CONTENT)
		enter_text(x, f, kind);
}

static void XMLCALL on_end(void *user, const XML_Char *name)
{
	nb_xml *x = user;
	struct frame *f = &x->frame[x->depth];

	(void)name;
	if (x->too_deep)
		return;
	for (; f->n_captures; f->n_captures--) {
		const struct capture *c = &x->capture[--x->n_captures];

		note(x, c->step, c->rank, (nb_str){ c->text, c->n });
	}
	if (x->rules.name[f->name].kind & NB_XML_BLOCK && f->flags & CONTENT)
		nb_xml_text_break(&x->text);
	if (f->opens_content)
		close_content(x, f);
	x->depth--;
}

static void XMLCALL on_text(void *user, const XML_Char *p, int n)
{
	nb_xml *x = user;

	for (size_t i = 0; i < x->n_captures; i++) {
		struct capture *c = &x->capture[i];
		nb_str part = nb_clip((nb_str){ p, (size_t)n }, sizeof(c->text) - c->n);

		memcpy(c->text + c->n, part.ptr, part.len);
		c->n += part.len;
	}
	add_text(x, &x->frame[x->depth], p, (size_t)n);
}

static void XMLCALL on_entity(void *user, const XML_Char *name, int is_parameter)
{
	nb_xml *x = user;
	char utf8[4];
	size_t n = is_parameter ? 0 : nb_markup_reference((nb_str){ name, strlen(name) }, utf8);

	if (n)
		on_text(x, utf8, (int)n);
	else
		x->item.entities = true;
}

/* ---- items ----------------------------------------------------------------------------------- */

nb_xml *nb_xml_new(void)
{
	nb_xml *x = calloc(1, sizeof(*x));

	if (!x)
		return NULL;
	/* guards expat's hash tables against crafted names; no result depends on it */
	if (getrandom(&x->salt, sizeof(x->salt), GRND_NONBLOCK) != sizeof(x->salt) || !x->salt)
		x->salt = (unsigned long)(uintptr_t)x | 1;
	x->parser = XML_ParserCreate("UTF-8");
	if (!x->parser || nb_xml_rules_init(&x->rules) != NB_OK) {
		nb_xml_free(x);
		return NULL;
	}
	return x;
}

void nb_xml_free(nb_xml *x)
{
	if (!x)
		return;
	if (x->parser)
		XML_ParserFree(x->parser);
	free(x->text.out);
	free(x->best.out);
	free(x);
}

static bool make_room(nb_xml_text *t, size_t n)
{
	char *p;

	if (t->capacity >= n && t->capacity <= n + KEEP_MOST)
		return true;
	p = malloc(n + n / 2);
	if (!p)
		return false;
	free(t->out);
	t->out = p;
	t->capacity = n + n / 2;
	return true;
}

static bool prepare(nb_xml *x, size_t n)
{
	/* every character and every element of the text stands in the item */
	if (!make_room(&x->text, n + 16) || !make_room(&x->best, n + 16) ||
	    !XML_ParserReset(x->parser, "UTF-8"))
		return false;
	XML_SetUserData(x->parser, x);
	XML_SetHashSalt(x->parser, x->salt);
	XML_SetElementHandler(x->parser, on_start, on_end);
	XML_SetCharacterDataHandler(x->parser, on_text);
	XML_SetSkippedEntityHandler(x->parser, on_entity);
	/* as if there were a document type that nobody reads: unknown entities are no error */
	XML_UseForeignDTD(x->parser, XML_TRUE);
	x->frame[0] = (struct frame){ .role = ROLE_OPEN };
	x->depth = x->n_captures = 0;
	x->too_deep = false;
	nb_xml_text_clear(&x->text);
	nb_xml_text_clear(&x->best);
	x->best_score = RANK_NONE;
	x->foreign = 0;
	memset(x->root, 0, sizeof(x->root));
	for (int i = 0; i < NB_XML_FIELDS; i++) {
		x->field[i].rank = RANK_NONE;
		x->field[i].n = 0;
	}
	x->item = (nb_xml_item){ .name = x->root };
	return true;
}

nb_xml_result nb_xml_read(nb_xml *x, nb_str xml, nb_xml_item *item, const char **detail,
			  uint64_t *line)
{
	if (!prepare(x, xml.len))
		return NB_XML_NOMEM;
	if (XML_Parse(x->parser, xml.ptr, (int)xml.len, XML_TRUE) != XML_STATUS_OK) {
		enum XML_Error error = XML_GetErrorCode(x->parser);

		*detail = x->too_deep ? "nested too deep" : XML_ErrorString(error);
		*line = XML_GetCurrentLineNumber(x->parser);
		return error == XML_ERROR_NO_MEMORY ? NB_XML_NOMEM
		       : x->too_deep               ? NB_XML_DEEP
						    : NB_XML_BAD;
	}
	*item = x->item;
	for (int i = 0; i < NB_XML_FIELDS; i++)
		if (x->field[i].rank != RANK_NONE)
			item->value[i] = (nb_str){ x->field[i].text, x->field[i].n };
	if (x->best.n)
		item->text = (nb_str){ x->best.out, x->best.n };
	return NB_XML_OK;
}
