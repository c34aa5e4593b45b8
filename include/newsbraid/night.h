/* SPDX-License-Identifier: MIT
 *
 * night.h - the columns: everything known about the articles of one run, indexed by a dense 32-bit
 * article number.
 *
 * While reading, numbers follow the input.  nb_night_order then renumbers by (publication time,
 * id): from there on a smaller number means "published earlier", and no later result can depend on
 * the order of the input files.  An article that names only its day comes after that day's others,
 * one without a time last: nobody is the first who cannot show it.
 *
 * Texts are large and seldom needed again, so they live in a store that moves to a temporary file
 * when it passes its memory bound.
 *
 * Level: night.
 */
#ifndef NB_NIGHT_H
#define NB_NIGHT_H

#include "newsbraid/article.h"
#include "newsbraid/clean.h"

NB_API_BEGIN

#define NB_NIGHT_MAX 0xfffffff0u /* articles in one night */

typedef struct nb_night {
	uint32_t n;
	int64_t *published_at; /* [0..n) */
	uint8_t *date_source;  /* [0..n): nb_date_source */
	bool *day_only;        /* [0..n): published_at names a day, its midnight stands for all of it */
	uint8_t *pub_status;   /* [0..n): nb_pub_status; what is not usable is no news: no stage puts it
				  into a copy group, event or storyline with others */
	uint32_t *text_len;    /* [0..n): bytes of the text as it came */
	uint32_t *cut_bytes;   /* [0..n): bytes of it that are no part of the report */
	uint64_t *text_at;     /* [0..n): place in the text store */
	uint64_t *meta_at;     /* [0..n): place of the packed strings */
	struct nb_night_memory *memory; /* private: packed strings, text store */
} nb_night;

/**
 * An empty night.
 *
 * @param text_memory  bytes of text kept in memory before texts move to a temporary file
 * @param tmp_dir      folder for that file (it is unlinked at once); NULL: never spill
 */
nb_status nb_night_init(nb_night *night, size_t text_memory, const char *tmp_dir) NB_MUST_CHECK;

void nb_night_release(nb_night *night);

/**
 * Append an article; its strings are copied.
 * @return NB_OK, NB_ENOMEM, NB_EIO (spill file) or NB_ELIMIT (NB_NIGHT_MAX); the night is unchanged
 *         on failure
 */
nb_status nb_night_append(nb_night *night, const nb_article *article, nb_error *err) NB_MUST_CHECK;

/**
 * Append an article of which is known what is furniture (what nb_clean found; NULL: nothing).
 * Errors as above.
 */
nb_status nb_night_append_clean(nb_night *night, const nb_article *article,
				const nb_cleaned *cleaned, nb_error *err) NB_MUST_CHECK;

/**
 * Find lines that recur over pages of one source, and cut them: furniture that no rule knows.
 *
 * A line counts once for each different report it stands beside (reports are told apart by their
 * longest line, so that updates of one story, which repeat paragraphs, count once).  It is cut if
 * it stands beside three and a tenth of the source's; one that ends as sentences do, beside five
 * and a quarter.  Pages whose source is not known share nothing.
 *
 * Call once, when all articles are appended and before nb_night_order.
 *
 * @param changed  out: numbers of the articles whose report changed, ascending; free() it
 *
 * The result depends on the set of articles alone.  8 bytes a short line (at most NB_LINES_MAX an
 * article) until it returns, some 70 MB beside.  Opens OpenMP regions.
 */
nb_status nb_night_cut_recurring(nb_night *night, uint32_t **changed, uint32_t *n_changed,
				 nb_error *err) NB_MUST_CHECK;

/**
 * Give every article an id that is unique in the night, and number by (publication time, id).
 *
 * An article's own id is kept where it is unique.  Where several share one, each gets "ID~" and 8
 * hex digits of a hash of its content; where there is none, "nb-" and 16 hex digits.  Records that
 * are equal in everything get ".2", ".3" ... after it.
 *
 * @param from  out: from[0..n), caller-owned room: new number i was number from[i] before
 * @return NB_OK, NB_ENOMEM or NB_EIO
 */
nb_status nb_night_order(nb_night *night, uint32_t *from, nb_error *err) NB_MUST_CHECK;

/**
 * Metadata of an article: everything but the text (which is {NULL, 0}).  Language, agency and place
 * are what the text says if no field does; lang_detected then says so of the language.
 * The strings live until the next nb_night_append or nb_night_order.  Thread-safe between those.
 */
void nb_night_article(const nb_night *night, uint32_t i, nb_article *out);

/** The id alone: as nb_night_article, cheaper. */
nb_str nb_night_id(const nb_night *night, uint32_t i);

/** What was cut from an article and what its dateline and credits say; line, n_lines and
 *  longest are not kept.  Strings as nb_night_article.  Thread-safe. */
void nb_night_cleaned(const nb_night *night, uint32_t i, nb_cleaned *out);

/**
 * The report of an article: its text without what was cut.  Empty if the page has no report.
 *
 * @param buffer  buffer[0..text_len[i]): used if the text has to be read from the file or cut
 * @param out     out: points into the store or into buffer
 * @return NB_OK or NB_EIO.  Thread-safe.
 */
nb_status nb_night_text(const nb_night *night, uint32_t i, char *buffer, nb_str *out) NB_MUST_CHECK;

/** The text as it came, which the spans of nb_night_cleaned count in; as nb_night_text. */
nb_status nb_night_raw_text(const nb_night *night, uint32_t i, char *buffer,
			    nb_str *out) NB_MUST_CHECK;

NB_API_END

#endif
