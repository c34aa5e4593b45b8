/* SPDX-License-Identifier: MIT
 *
 * credit_prose.c - agencies in running text.
 *
 * "TASS reports" passes a report on, "told Reuters" only quotes what was said to it, and a name
 * without such words around it credits nobody.  The text is searched for names as they are written;
 * a filter on three bytes at the beginning of each word leaves few places to look at.
 */
#include <string.h>

#include "text/lines.h"
#include "text/marks.h"

#define AROUND_BYTES 60 /* what stands around a name is looked at so far */
#define AROUND_WORDS 4

/* The longest alias that text[0..n) begins with; NULL if none. */
static const nb_word_entry *alias_at(const char *text, size_t n)
{
	const nb_word_entry *best = NULL;
	size_t low = 0, high = nb_alias_count;

	while (low < high) { /* the last alias that is not after the text */
		size_t mid = (low + high) / 2;
		const nb_word_entry *e = &nb_alias_entries[mid];
		size_t shorter = e->len < n ? e->len : n;
		int order = memcmp(nb_word_text + e->at, text, shorter);

		if (order < 0 || (order == 0 && e->len <= n))
			low = mid + 1;
		else
			high = mid;
	}
	/* shorter aliases that also fit stand before it, and share two bytes with it */
	for (size_t i = low; i-- > 0;) {
		const nb_word_entry *e = &nb_alias_entries[i];

		if (memcmp(nb_word_text + e->at, text, 2) != 0)
			break;
		if (e->len <= n && !memcmp(nb_word_text + e->at, text, e->len)) {
			best = e;
			break;
		}
	}
	return best;
}

static bool is_word_byte(char c)
{
	unsigned char b = (unsigned char)c;

	return b >= 0x80 || (unsigned char)((b | 32) - 'a') < 26 || (unsigned char)(b - '0') < 10;
}

/* A name in letters must not go on; case endings of Slavic names may follow a short code. */
static bool ends_there(const char *text, size_t n, size_t len)
{
	unsigned char first = (unsigned char)*text;

	return len == n || first >= 0xE3 || !is_word_byte(text[len]) ||
	       (first >= 0x80 && (unsigned char)text[len] >= 0xE2);
}

/* Words of a list stand among the last words before or the first ones after the name. */
static bool near(const nb_lex *lex, bool before, nb_phrase_kind kind, uint32_t *distance)
{
	uint32_t n, most = lex->n && lex->word[0].kind == NB_LEX_OWN ? 8 : AROUND_WORDS;

	for (uint32_t d = 0; d < lex->n && d < most; d++) {
		uint32_t at = before ? lex->n - 1 - d : d;

		if (nb_word_longest(lex, at, kind, &n) && (!before || at + n <= lex->n)) {
			*distance = d;
			return true;
		}
	}
	return false;
}

/* What is said of the name at text[at..at + len): 0 if nothing. */
static bool role_of(nb_str text, size_t at, size_t len, nb_agency_role *role)
{
	size_t from = at > AROUND_BYTES ? at - AROUND_BYTES : 0, after = at + len, end;
	uint32_t relay = 99, quote = 99, d;
	nb_lex lex;

	while (from < at && ((unsigned char)text.ptr[from] & 0xC0) == 0x80)
		from++;
	nb_lex_read(&lex, text.ptr + from, at - from);
	if (near(&lex, true, NB_WORD_RELAY, &d))
		relay = d;
	if (near(&lex, true, NB_WORD_QUOTE, &d))
		quote = d;
	end = text.len - after < AROUND_BYTES ? text.len : after + AROUND_BYTES;
	while (end < text.len && ((unsigned char)text.ptr[end] & 0xC0) == 0x80)
		end--;
	nb_lex_read(&lex, text.ptr + after, end - after);
	if (near(&lex, false, NB_WORD_RELAY, &d) && d < relay && d <= 1)
		relay = d;
	if (relay == 99 && quote == 99)
		return false;
	*role = quote <= relay ? NB_QUOTED : NB_RELAYED;
	return true;
}

static void try_name(nb_str text, size_t at, nb_cleaned *out)
{
	const nb_word_entry *e = alias_at(text.ptr + at, text.len - at);
	nb_agency_role role;

	if (!e || !ends_there(text.ptr + at, text.len - at, e->len))
		return;
	for (uint32_t i = 0; i < out->n_credits; i++)
		if (out->credit[i].agency == e->value && out->credit[i].role < NB_QUOTED)
			return;
	if (role_of(text, at, e->len, &role))
		nb_credit_add(out, e->value, role, (nb_str){ text.ptr + at, e->len });
}

void nb_credit_prose(nb_str text, nb_cleaned *out)
{
	const unsigned char *p = (const unsigned char *)text.ptr;
	bool inside = false; /* a word of ASCII letters */

	if (text.len < 4)
		return;
	for (size_t i = 0; i + 3 <= text.len; i++) {
		unsigned char c = p[i];
		bool begins;

		if (c < 0x80) {
			bool letter = (unsigned char)((c | 32) - 'a') < 26;

			begins = letter && !inside;
			inside = letter;
		} else {
			begins = c >= 0xC0 && (!inside || c >= 0xE3);
			inside = true;
		}
		if (begins) {
			uint32_t bit = nb_alias_bit(p + i);

			if (__builtin_expect(nb_alias_filter[bit / 64] >> bit % 64 & 1, 0))
				try_name(text, i, out);
		}
	}
}
