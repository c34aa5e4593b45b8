/* SPDX-License-Identifier: MIT
 *
 * letters_gen.c - host tool: print the table of letters.h.
 *
 * Lower case and composition are Unicode's.  The Latin spelling is our own where news has habits
 * that ICU's transliterators do not follow (Cyrillic as English newspapers write it, Arabic with
 * its long vowels, the hooks and strokes of Slavic and Turkish Latin as digraphs), and ICU's
 * elsewhere.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

#include "unicode/letters.h"

/* Letter and spelling in turn; "-" is no sound. */
static const char cyrillic[] =
	"а a б b в v г g д d е e ж zh з z и i й i к k л l м m н n о o п p р r с s т t у u ф f "
	"х kh ц ts ч ch ш sh щ shch ъ - ы i ь - э e ю iu я ia ё e і i ї i є e ґ g ў u ђ dj ј j љ l "
	"њ n ћ ch џ dj ѓ g ќ k ѕ dz қ k ғ g ң n ө o ү u ұ u һ h ә a";
static const char greek[] =
	"α a β v γ g δ d ε e ζ z η i θ th ι i κ k λ l μ m ν n ξ ks ο o π p ρ r σ s ς s τ t υ u φ f "
	"χ kh ψ ps ω o ά a έ e ή i ί i ό o ύ u ώ o ϊ i ϋ u";
/* What is one letter to a reader of names but two to ICU, or a digraph in other alphabets. */
static const char latin[] =
	"č ch ć ch š sh ś sh ș sh ş sh ž zh ż zh ź z ç s đ dj ł l ø o ö o ü u ä a å a æ e œ e ß ss "
	"ñ n ń n ň n ř r ğ g ı i ý i ÿ i þ th ð d ə a ŋ n ț ts ţ ts ĵ j ŝ sh ĉ ch ĝ g";
static const char arabic[] =
	"ا a ب b ت t ث th ج j ح h خ kh د d ذ z ر r ز z س s ش sh ص s ض d ط t ظ z ع - غ gh ف f ق k "
	"ك k ل l م m ن n ه h و u ي i ى i ة a ء - ئ i ؤ u آ a أ a إ i ٱ a پ p چ ch ژ zh گ g ک k ی i "
	"ڤ v ڨ g ہ h ھ h ے i ٹ t ڈ d ڑ r ں n";

static nb_letter letter[NB_LETTER_LIMIT];
static nb_letter_pair pair[2048];
static uint32_t n_pairs;

static void die(const char *what)
{
	fprintf(stderr, "letters_gen: %s\n", what);
	exit(1);
}

/* ---- lower case ---- */

/* Spellings of one letter that writers do not keep apart. */
static UChar32 variant(UChar32 cp)
{
	switch (cp) {
	case 0x451: /* yo */
		return 0x435;
	case 0x622: /* alef forms */
	case 0x623:
	case 0x625:
	case 0x671:
		return 0x627;
	case 0x649: /* alef maksura, Farsi ya */
	case 0x6CC:
		return 0x64A;
	case 0x629: /* ta marbuta */
		return 0x647;
	case 0x6A9: /* kaf of Farsi */
		return 0x643;
	default:
		return cp;
	}
}

static uint16_t lower_of(UChar32 cp)
{
	UChar32 low = cp == 0x130 ? 'i' : u_tolower(cp);

	if (U_GET_GC_MASK(cp) & (U_GC_MN_MASK | U_GC_ME_MASK | U_GC_CF_MASK) || cp == 0x640)
		return cp == 0x3099 || cp == 0x309A || cp > 0x900 ? (uint16_t)cp : 0;
	if (u_charType(cp) == U_DECIMAL_DIGIT_NUMBER)
		return (uint16_t)('0' + u_charDigitValue(cp));
	return (uint16_t)(low < (UChar32)NB_LETTER_LIMIT ? variant(low) : low);
}

static void find_pairs(const UNormalizer2 *nfc)
{
	UErrorCode err = U_ZERO_ERROR;
	UChar raw[8];

	for (UChar32 cp = 0xC0; cp < (UChar32)NB_LETTER_LIMIT; cp++) {
		if (u_tolower(cp) != cp || unorm2_getRawDecomposition(nfc, cp, raw, 8, &err) != 2)
			continue;
		if (!(U_GET_GC_MASK(raw[1]) & U_GC_MN_MASK) || n_pairs == 2048)
			continue;
		pair[n_pairs++] = (nb_letter_pair){ raw[0], raw[1], letter[cp].lower };
	}
}

static int by_letters(const void *a, const void *b)
{
	const nb_letter_pair *x = a, *y = b;

	return x->first != y->first ? x->first - y->first : x->mark - y->mark;
}

/* ---- Latin spelling ---- */

/* The next blank-separated piece of *p. */
static size_t next_piece(const char **p, const char **piece)
{
	*piece = *p += strspn(*p, " ");
	*p += strcspn(*p, " ");
	return (size_t)(*p - *piece);
}

static void spell(UChar32 cp, const char *text, size_t n)
{
	if (n >= sizeof(letter[cp].latin))
		die("spelling too long");
	memset(letter[cp].latin, 0, sizeof(letter[cp].latin));
	if (*text != '-')
		memcpy(letter[cp].latin, text, n);
}

static void spell_list(const char *list)
{
	const char *from, *to;

	for (size_t n; (n = next_piece(&list, &from)) > 0;) {
		int32_t i = 0;
		UChar32 cp;

		U8_NEXT_UNSAFE(from, i, cp);
		n = next_piece(&list, &to);
		spell(cp, to, n);
	}
}

static void spell_with_icu(UTransliterator *t, UChar32 cp)
{
	UErrorCode err = U_ZERO_ERROR;
	UChar text[64];
	int32_t n = 0, limit;
	char out[6] = "";
	size_t used = 0;

	U16_APPEND_UNSAFE(text, n, cp);
	limit = n;
	utrans_transUChars(t, text, &n, 64, 0, &limit, &err);
	if (U_FAILURE(err))
		die(u_errorName(err));
	for (int32_t i = 0; i < n && used + 1 < sizeof(out); i++)
		if (text[i] >= 'a' && text[i] <= 'z')
			out[used++] = (char)text[i];
	spell(cp, used ? out : "-", used ? used : 1);
}

static void spell_all(void)
{
	static const UChar id[] = u"Any-Latin; Latin-ASCII; Lower";
	UErrorCode err = U_ZERO_ERROR;
	UTransliterator *t = utrans_openU(id, -1, UTRANS_FORWARD, NULL, 0, NULL, &err);

	if (U_FAILURE(err))
		die(u_errorName(err));
	for (UChar32 cp = 0; cp < (UChar32)NB_LETTER_LIMIT; cp++)
		if (u_isalpha(cp))
			spell_with_icu(t, cp);
	utrans_close(t);
	spell_list(cyrillic);
	spell_list(greek);
	spell_list(latin);
	spell_list(arabic);
	for (UChar32 cp = 0; cp < (UChar32)NB_LETTER_LIMIT; cp++)
		if (letter[cp].lower && letter[cp].lower != cp && letter[cp].lower > 'z' &&
		    letter[cp].lower < NB_LETTER_LIMIT)
			memcpy(letter[cp].latin, letter[letter[cp].lower].latin, 6);
}

int main(void)
{
	UErrorCode err = U_ZERO_ERROR;
	const UNormalizer2 *nfc = unorm2_getNFCInstance(&err);

	if (U_FAILURE(err))
		die(u_errorName(err));
	for (UChar32 cp = 0; cp < (UChar32)NB_LETTER_LIMIT; cp++)
		letter[cp].lower = lower_of(cp);
	find_pairs(nfc);
	qsort(pair, n_pairs, sizeof(*pair), by_letters);
	spell_all();
	printf("/* Made by letters_gen from Unicode %s: do not edit. */\n", U_UNICODE_VERSION);
	printf("const nb_letter nb_letters[NB_LETTER_LIMIT] = {\n");
	for (uint32_t cp = 0; cp < NB_LETTER_LIMIT; cp++)
		printf("\t{ 0x%X, \"%.6s\" },\n", letter[cp].lower, letter[cp].latin);
	printf("};\nconst uint32_t nb_letter_n_pairs = %u;\n", n_pairs);
	printf("const nb_letter_pair nb_letter_pairs[] = {\n");
	for (uint32_t i = 0; i < n_pairs; i++)
		printf("\t{ 0x%X, 0x%X, 0x%X },\n", pair[i].first, pair[i].mark, pair[i].both);
	printf("};\n");
	return ferror(stdout) || fflush(stdout) ? 1 : 0;
}
