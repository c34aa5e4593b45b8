/* SPDX-License-Identifier: MIT
 *
 * reader.h - files, folders and standard input to batches of articles.
 *
 * Formats are recognised by content first and name second.  Understood: JSON lines (and files that
 * hold JSON objects over several lines or an array of objects), NewsML-G2, NewsML 1.2 and NITF
 * (each item one article, whatever it is wrapped in; an item without a report is a NO_TEXT reject
 * that says what it is), plain text (one article a file, the first line is its title), web pages
 * (html.h; one article a file, a page without running text is a NO_TEXT reject), WARC (pages of
 * responses, text of WET; what is neither is counted and passed over), tables with a header (RFC
 * 4180; tab, comma, semicolon or bar between cells; names as in JSON), text wires (IPTC 7901, ANPA
 * 1312: SOH, header, STX, text, ETX); each plain, zstd (any number of frames) or gzip (any number
 * of members).
 * Other XML is a reject of reason UNREADABLE that says so.
 *
 * Field names are those that news tools and agencies use (src/read/alias.c); a record whose only
 * text is its title is an article with that text.  Short fields are one line, at most 4 KiB (ids
 * 1 KiB), cut between characters.
 *
 * Damaged compressed input: the records before the damage are taken, one DAMAGED reject says where
 * it stands, nothing after it is read.  A checksum is only known at the end of a frame or member,
 * so when it is the checksum that fails, records of that frame have already been taken.
 *
 * Level: read.
 */
#ifndef NB_READER_H
#define NB_READER_H

#include "newsbraid/article.h"

NB_API_BEGIN

/* Limits that keep hostile input bounded. */
#define NB_LINE_MAX  (64u << 20) /* bytes of one JSON line or one text file */
#define NB_TEXT_MAX  (16u << 20) /* bytes of one article's text */
#define NB_DEPTH_MAX 512u        /* nesting of one JSON value */
#define NB_WINDOW_LOG_MAX 27     /* zstd decoder window */

/* A file whose bytes stand in memory: JSON lines, say, or a page; packed or not, as on disk. */
typedef struct nb_memory_file {
	const char *name; /* in messages; its ending counts where the bytes leave a choice.  "": none */
	nb_str bytes;     /* the caller's; must not change until the reader is freed */
} nb_memory_file;

typedef struct nb_reader_options {
	const char *const *input; /* input[0..n_input): files, folders, "-" for standard input */
	size_t n_input;
	const nb_memory_file *memory; /* memory[0..n_memory): read after these */
	size_t n_memory;
	const char *const *map; /* map[0..n_map): "text=FIELD": FIELD is tried before the built-in */
	size_t n_map;           /* aliases; canonical names are those of nb_article */
	size_t batch_bytes;     /* aimed-at decompressed bytes of a batch [16 MiB] */
	int threads;            /* that parse; 0: as many as OpenMP would take [0] */
} nb_reader_options;

/* One input file as it was found; the reader owns the strings. */
typedef struct nb_input_file {
	const char *path;   /* as it was given or found in its folder; "-" for standard input */
	const char *format; /* "jsonl", "newsml-g2", "warc", "table" ...; "" if not recognised */
	uint64_t bytes;     /* bytes read, compressed */
	uint64_t n_records; /* articles taken */
	uint64_t n_rejects;
	int truncated;      /* the compressed stream ended early */
} nb_input_file;

typedef struct nb_reader nb_reader;

/** Defaults: no input, no map, 16 MiB. */
void nb_reader_options_init(nb_reader_options *o);

/**
 * List the inputs (folders are walked in byte order of their paths; names starting with '.' or
 * '_' and links to folders are passed over) and get ready to read.
 *
 * @param out  out: free with nb_reader_free
 * @return NB_OK; NB_EINVAL for a bad map entry (err->reason says why); NB_EIO if an input named by
 *         the caller does not exist; NB_ENOMEM
 *
 * Starts threads of its own for decompression; parsing uses OpenMP inside nb_reader_next, which
 * must therefore always be called from the same thread.
 */
nb_status nb_reader_new(const nb_reader_options *o, nb_reader **out, nb_error *err) NB_MUST_CHECK;

void nb_reader_free(nb_reader *r);

/**
 * Fill the batch with the next articles, in the order of the inputs.
 *
 * @return NB_OK; an empty batch (nb_batch_is_empty) means the end.  Bad records, damaged files
 *         and unreadable files inside folders are rejects, not errors.  NB_ENOMEM ends the run.
 *
 * The articles and their order do not depend on the number of threads or on where batches end.
 */
nb_status nb_reader_next(nb_reader *r, nb_batch *batch, nb_error *err) NB_MUST_CHECK;

/** Whether an entry of options.map is well-formed: NB_OK, or NB_EINVAL with the reason in err. */
nb_status nb_reader_check_map(const char *entry, nb_error *err) NB_MUST_CHECK;

/** Whether a record so far had the field of map[i]: one that none has is likely misspelt. */
bool nb_reader_map_used(const nb_reader *r, size_t i);

/** Files listed so far; file[i].path is what nb_article.file == i means.  Lives with the reader. */
const nb_input_file *nb_reader_files(const nb_reader *r, size_t *n);

/**
 * How far the reader is, for progress: compressed bytes done and expected (0 if unknown).
 * Safe from any thread.
 */
void nb_reader_progress(const nb_reader *r, uint64_t *done, uint64_t *expected);

NB_API_END

#endif
