/* SPDX-License-Identifier: MIT
 *
 * codepoints_gen.c - host tool: print the fold table (codepoints.h) from ICU's properties.
 *
 * The fold of a code point is NFKC_Casefold, decomposed, minus marks that only spelling habits
 * add, plus a few equivalences Unicode does not have (Arabic alef, ya and kaf forms, dotless i,
 * decimal digits).  Output is decomposed so that composed and decomposed spellings meet; the few
 * letters that must survive (Cyrillic short i, yi and short u, voiced kana, Hangul syllables) are
 * composed instead, here and at run time by the same pairs.
 *
 * Exits with 1 if the table is not a fixed point: folding twice must change nothing.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>

#include "unicode/codepoints.h"

#define BLOCKS (NB_CP_LIMIT / 64)
#define LONGEST 32 /* code points of one fold; U+FDFA has 18 */

typedef struct fold {
	int n;
	UChar32 cp[LONGEST];
} fold;

static const UNormalizer2 *nfd, *nfc, *casefold;
static nb_cp_pair pair[256];
static uint32_t n_pairs, entry[NB_CP_LIMIT], pool[1 << 16], n_pool;
static uint16_t block[BLOCKS];

static void die(const char *what, UChar32 cp)
{
	fprintf(stderr, "codepoints_gen: %s at U+%04X\n", what, (unsigned)cp);
	exit(1);
}

/* ---- pairs that stay composed ---- */

static int by_second(const void *a, const void *b)
{
	const nb_cp_pair *x = a, *y = b;

	return x->second != y->second ? (int)x->second - y->second : (int)x->first - y->first;
}

static void add_pair(UChar32 first, UChar32 second, UChar32 both)
{
	pair[n_pairs++] = (nb_cp_pair){ (uint16_t)first, (uint16_t)second, (uint16_t)both };
}

static void find_pairs(void)
{
	UErrorCode err = U_ZERO_ERROR;
	UChar s[8];

	add_pair(0x438, 0x306, 0x439); /* short i */
	add_pair(0x443, 0x306, 0x45E); /* short u */
	add_pair(0x456, 0x308, 0x457); /* yi */
	for (UChar32 cp = 0x3041; cp < 0x3100; cp++)
		if (unorm2_getRawDecomposition(nfc, cp, s, 8, &err) == 2)
			add_pair(s[0], s[1], cp);
	qsort(pair, n_pairs, sizeof(*pair), by_second);
}

static UChar32 composed(UChar32 first, UChar32 second)
{
	for (uint32_t i = 0; i < n_pairs; i++)
		if (pair[i].first == first && pair[i].second == second)
			return pair[i].both;
	if (first >= 0x1100 && first <= 0x1112 && second >= 0x1161 && second <= 0x1175)
		return 0xAC00 + ((first - 0x1100) * 21 + (second - 0x1161)) * 28;
	if (first >= 0xAC00 && first <= 0xD7A3 && (first - 0xAC00) % 28 == 0 && second > 0x11A7 &&
	    second <= 0x11C2)
		return first + (second - 0x11A7);
	return 0;
}

/* Whether the code point can be the second of a pair. */
static bool may_compose(UChar32 cp)
{
	for (uint32_t i = 0; i < n_pairs; i++)
		if (pair[i].second == cp)
			return true;
	return (cp >= 0x1161 && cp <= 0x1175) || (cp > 0x11A7 && cp <= 0x11C2);
}

/* ---- classes ---- */

static bool is_mark(UChar32 cp)
{
	return U_GET_GC_MASK(cp) & U_GC_M_MASK;
}

/* Marks without which a reader still knows the word; Indic signs and voicing marks are not such. */
static bool is_stripped(UChar32 cp)
{
	UErrorCode err = U_ZERO_ERROR;

	if (u_hasBinaryProperty(cp, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) || cp == 0x640)
		return true;
	if (!(U_GET_GC_MASK(cp) & (U_GC_MN_MASK | U_GC_ME_MASK)) || cp == 0x3099 || cp == 0x309A)
		return false;
	switch (uscript_getScript(cp, &err)) {
	case USCRIPT_INHERITED:
	case USCRIPT_COMMON:
	case USCRIPT_LATIN:
	case USCRIPT_GREEK:
	case USCRIPT_CYRILLIC:
	case USCRIPT_ARABIC:
	case USCRIPT_HEBREW:
		return true;
	default:
		return false;
	}
}

/* Scripts written without spaces; also marks of length and iteration that several of them share. */
static bool is_own(UChar32 cp)
{
	static const UScriptCode script[] = { USCRIPT_HAN, USCRIPT_HIRAGANA, USCRIPT_KATAKANA,
					      USCRIPT_BOPOMOFO, USCRIPT_THAI, USCRIPT_KHMER,
					      USCRIPT_LAO, USCRIPT_MYANMAR };

	if (!(U_GET_GC_MASK(cp) & (U_GC_L_MASK | U_GC_NL_MASK | U_GC_NO_MASK)))
		return false;
	for (size_t i = 0; i < sizeof(script) / sizeof(*script); i++)
		if (uscript_hasScript(cp, script[i]))
			return true;
	return false;
}

/* Apostrophes that Unicode calls letters; Ukrainian uses them and the quotation mark alike. */
static bool is_apostrophe(UChar32 cp)
{
	return cp == 0x2BB || cp == 0x2BC;
}

static bool is_letter(UChar32 cp)
{
	return (U_GET_GC_MASK(cp) & (U_GC_L_MASK | U_GC_N_MASK)) && !is_apostrophe(cp);
}

static bool is_separator(UChar32 cp)
{
	return cp >= 0x80 && !is_letter(cp) && !is_mark(cp);
}

/* What Unicode keeps apart and writers do not. */
static UChar32 equivalent(UChar32 cp)
{
	if (u_charType(cp) == U_DECIMAL_DIGIT_NUMBER)
		return '0' + u_charDigitValue(cp);
	switch (cp) {
	case 0x131: /* dotless i: "IRAK" and its lower case must meet in any language */
		return 'i';
	case 0x671: /* alef wasla */
		return 0x627;
	case 0x649: /* alef maksura */
	case 0x6CC: /* Farsi ya */
		return 0x64A;
	case 0x629: /* ta marbuta */
		return 0x647;
	case 0x6A9: /* kaf of Farsi and Urdu */
		return 0x643;
	case 0x66B: /* decimal and thousands separators of Arabic digits */
		return '.';
	case 0x66C:
		return ',';
	default:
		return is_separator(cp) ? ' ' : cp;
	}
}

/* ---- the fold ---- */

static fold normalized(const UNormalizer2 *form, const fold *f)
{
	UErrorCode err = U_ZERO_ERROR;
	UChar in[2 * LONGEST], out[8 * LONGEST];
	int32_t n_in = 0, n_out;
	fold g = { 0 };

	for (int i = 0; i < f->n; i++)
		U16_APPEND_UNSAFE(in, n_in, f->cp[i]);
	n_out = unorm2_normalize(form, in, n_in, out, 8 * LONGEST, &err);
	if (U_FAILURE(err))
		die(u_errorName(err), f->cp[0]);
	for (int32_t i = 0; i < n_out;) {
		if (g.n == LONGEST)
			die("fold too long", f->cp[0]);
		U16_NEXT_UNSAFE(out, i, g.cp[g.n]);
		g.n++;
	}
	return g;
}

static fold fold_once(const fold *f)
{
	fold g = normalized(casefold, f), out = { 0 };

	g = normalized(nfd, &g);
	for (int i = 0; i < g.n; i++) {
		UChar32 both = out.n ? composed(out.cp[out.n - 1], g.cp[i]) : 0;

		if (both)
			out.cp[out.n - 1] = both;
		else if (!is_stripped(g.cp[i]))
			out.cp[out.n++] = equivalent(g.cp[i]);
	}
	return out;
}

static fold fold_of(UChar32 cp)
{
	fold f = { 1, { cp } }, g;

	if (cp >= 0xD800 && cp < 0xE000)
		return (fold){ 1, { ' ' } };
	f = fold_once(&f);
	g = fold_once(&f);
	if (f.n != g.n || memcmp(f.cp, g.cp, (size_t)f.n * sizeof(*f.cp)) != 0)
		die("fold is not stable", cp);
	return f;
}

/* ---- entries ---- */

static uint32_t put_utf8(UChar32 cp, uint8_t *out)
{
	uint32_t n = 0;

	U8_APPEND_UNSAFE(out, n, cp);
	return n;
}

static uint32_t flags_of(UChar32 cp)
{
	if (cp >= 0x80 && is_own(cp))
		return NB_CP_OWN;
	return is_mark(cp) ? NB_CP_JOIN : 0;
}

static uint32_t expand(const fold *f)
{
	uint32_t at = n_pool;

	pool[n_pool++] = (uint32_t)f->n;
	for (int i = 0; i < f->n; i++)
		pool[n_pool++] = (uint32_t)f->cp[i];
	return at | NB_CP_EXPAND;
}

/* Whether the fold is plain bytes that need no look at what stands before them. */
static bool is_plain(const fold *f)
{
	for (int i = 0; i < f->n; i++)
		if (may_compose(f->cp[i]) || (f->n > 1 && flags_of(f->cp[i])))
			return false;
	return true;
}

static uint32_t entry_of(UChar32 cp)
{
	fold f = fold_of(cp);
	uint8_t from[4] = { 0 }, to[4 * LONGEST] = { 0 };
	uint32_t n_from = put_utf8(cp, from), n_to = 0, e = 0;
	bool same = f.n == 1 && f.cp[0] == cp;

	for (int i = 0; i < f.n; i++)
		n_to += put_utf8(f.cp[i], to + n_to);
	if (f.n == 0)
		e = NB_CP_JOIN;
	else if (!same && (!is_plain(&f) || n_to > 3 || n_to > n_from))
		e = expand(&f);
	else
		e = flags_of(f.cp[0]) | n_to << 24;
	if (!same && !(e & NB_CP_EXPAND))
		for (uint32_t i = 0; i < n_to; i++)
			e |= (uint32_t)(from[i] ^ to[i]) << (8 * i);
	if ((same || f.n == 0) && may_compose(cp))
		e |= NB_CP_COMPOSE;
	if (u_isUUppercase(cp) || u_charType(cp) == U_TITLECASE_LETTER)
		e |= NB_CP_UPPER;
	return e;
}

/* ---- output ---- */

/* Blocks with equal entries are kept once. */
static uint32_t share_blocks(void)
{
	uint32_t n = 0;

	for (uint32_t b = 0; b < BLOCKS; b++) {
		uint32_t same = 0;

		while (same < n && memcmp(entry + same * 64, entry + b * 64, 256) != 0)
			same++;
		if (same == n)
			memmove(entry + n++ * 64, entry + b * 64, 256);
		block[b] = (uint16_t)same;
	}
	return n;
}

static void print_words(const char *head, const uint32_t *word, uint32_t n)
{
	printf("%s = {", head);
	for (uint32_t i = 0; i < n; i++)
		printf("%s0x%X,", i % 10 ? " " : "\n\t", word[i]);
	printf("\n};\n");
}

static void print_table(uint32_t n_blocks)
{
	printf("/* Made by codepoints_gen from Unicode %s: do not edit. */\n", U_UNICODE_VERSION);
	printf("const uint16_t nb_cp_block[NB_CP_LIMIT / 64] = {");
	for (uint32_t b = 0; b < BLOCKS; b++)
		printf("%s%u,", b % 16 ? " " : "\n\t", block[b]);
	printf("\n};\n");
	print_words("const uint32_t nb_cp_entry[]", entry, n_blocks * 64);
	print_words("const uint32_t nb_cp_pool[]", pool, n_pool);
	printf("const uint32_t nb_cp_n_pairs = %u;\n", n_pairs);
	printf("const nb_cp_pair nb_cp_pairs[] = {\n");
	for (uint32_t i = 0; i < n_pairs; i++)
		printf("\t{ 0x%X, 0x%X, 0x%X },\n", pair[i].first, pair[i].second, pair[i].both);
	printf("};\n");
}

/* What the table cannot hold must be what nb_cp_above says. */
static void check_above(void)
{
	for (UChar32 cp = NB_CP_LIMIT; cp < 0x110000; cp++) {
		fold f = fold_of(cp);
		uint8_t from[4];

		put_utf8(cp, from);
		if (f.n == 0 ? nb_cp_above((uint32_t)cp, from[0]) != NB_CP_JOIN :
			       f.cp[0] != ' ')
			die("letter above the table", cp);
	}
}

int main(void)
{
	UErrorCode err = U_ZERO_ERROR;

	nfd = unorm2_getNFDInstance(&err);
	nfc = unorm2_getNFCInstance(&err);
	casefold = unorm2_getNFKCCasefoldInstance(&err);
	if (U_FAILURE(err))
		die(u_errorName(err), 0);
	find_pairs();
	for (UChar32 cp = 0; cp < (UChar32)NB_CP_LIMIT; cp++)
		entry[cp] = entry_of(cp);
	check_above();
	print_table(share_blocks());
	return ferror(stdout) || fflush(stdout) ? 1 : 0;
}
