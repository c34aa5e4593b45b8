/* SPDX-License-Identifier: MIT
 *
 * article.h - the one shape every input becomes, and the batch in which articles travel.
 *
 * Level: read.
 */
#ifndef NB_ARTICLE_H
#define NB_ARTICLE_H

#include <stdbool.h>

#include "newsbraid/arena.h"
#include "newsbraid/date.h"
#include "newsbraid/nb.h"

NB_API_BEGIN

/* Where published_at comes from. */
typedef enum nb_date_source {
	NB_DATE_NONE = 0,      /* no date: published_at is NB_NO_TIME */
	NB_DATE_PUBLISHER = 1, /* a field that says publication */
	NB_DATE_FEED = 2,      /* a feed's own date, or a field that only says "date" */
	NB_DATE_CRAWL = 3,     /* when somebody fetched it; never used as a publication date:
				  published_at stays NB_NO_TIME, published_raw keeps the text */
	NB_DATE_FILE = 4,      /* the file's date, likewise */
} nb_date_source;

/* "none", "publisher", "feed", "crawl", "file" */
const char *nb_date_source_name(nb_date_source source);

/* Whether an item may be published, as its sender says (IPTC's pubStatus). */
typedef enum nb_pub_status {
	NB_PUB_USABLE = 0,   /* what nobody says anything of, too */
	NB_PUB_WITHHELD = 1, /* not until further notice */
	NB_PUB_CANCELED = 2, /* a kill: must be taken back, this version and those before it */
	NB_PUB_KILLED = 3,   /* was usable; a later version in the same night is not (see night.h) */
} nb_pub_status;

/* "usable", "withheld", "canceled", "killed" */
const char *nb_pub_status_name(nb_pub_status status);

/*
 * One article.  All strings are valid UTF-8 without NUL, absent ones {NULL, 0}; they live as long
 * as what handed the article out says.
 */
typedef struct nb_article {
	nb_str id;            /* the input's own id, as it stood there; absent if none */
	nb_str source;        /* site, feed or outlet; the url's host if no field says */
	nb_str agency;        /* who wrote it, if a field says so; by the name of agency.h if it has one */
	nb_str version;       /* version of the item, as text */
	nb_str lang;          /* ISO 639-1, lower case, if a field says so */
	nb_str title;
	nb_str byline;
	nb_str url;
	nb_str published_raw; /* the date as it stood in the input */
	nb_str text;          /* the report, never empty */
	nb_str located;       /* where it was written, if a field says so */
	nb_str subjects;      /* names of its topics, one a line */
	nb_str origin;        /* which field of the input each string came from:
				 "title=headline text=body_text published=versioncreated" */
	int64_t published_at; /* seconds since 1970 UTC, or NB_NO_TIME */
	int64_t embargo;      /* not to be published before, seconds since 1970 UTC; 0: no embargo */
	bool lang_detected;   /* lang was found in the text, no field said it */
	bool day_only;        /* published_at names a day: its midnight stands for all of it */
	nb_date_source date_source;
	nb_pub_status pub_status;
	uint32_t file;        /* index of the input file */
	uint64_t line;        /* 1-based line in it; number of the record or item in formats where
				 lines say nothing; 1 for one-article files */
	uint64_t byte;        /* 0-based offset of the record in the decompressed file */
} nb_article;

/* Why an input record was not taken. */
typedef enum nb_reject_reason {
	NB_REJECT_JSON = 0,     /* not valid JSON, even after repair */
	NB_REJECT_SHAPE = 1,    /* valid JSON, but no object */
	NB_REJECT_NO_TEXT = 2,  /* no field with text in it */
	NB_REJECT_NO_TOKEN = 3, /* a text without a single letter or digit */
	NB_REJECT_TOO_LONG = 4, /* line or text passes the limit */
	NB_REJECT_TOO_DEEP = 5, /* nesting passes the limit */
	NB_REJECT_DAMAGED = 6,  /* compressed input is truncated or corrupt from here on */
	NB_REJECT_UNREADABLE = 7, /* the file cannot be opened or read, or is of no known format */
	NB_REJECT_MALFORMED = 8,  /* breaks the rules of its format (JSON has reasons of its own) */
	NB_REJECT_COUNT = 9,
} nb_reject_reason;

/* "bad-json", "not-an-object", "no-text", "no-token", "too-long", "too-deep", "damaged",
 * "unreadable", "malformed" */
const char *nb_reject_reason_name(nb_reject_reason reason);

#define NB_REJECT_SAMPLE 200   /* bytes of a rejected record that are kept */
#define NB_REJECT_FULL   1000u /* rejects of one file and reason that are told of one by one */

typedef struct nb_reject {
	nb_reject_reason reason;
	uint32_t file;
	uint64_t line;   /* 1-based, 0 if the whole file */
	uint64_t byte;   /* 0-based offset of the record in the decompressed file */
	uint64_t count;  /* records that it stands for: 1; of a file that has more than
			    NB_REJECT_FULL of one reason, the next one stands for all the others,
			    and comes when the file ends */
	nb_str detail;   /* what the parser said; static or arena text */
	nb_str sample;   /* the record's first bytes, made valid UTF-8 */
} nb_reject;

/*
 * Some consecutive articles of the input, in input order, with the rejects between them.
 * The strings live in the arena until the batch is filled again.
 */
typedef struct nb_batch {
	nb_article *article; /* article[0..n) */
	size_t n;
	nb_reject *reject; /* reject[0..n_reject) */
	size_t n_reject;
	uint64_t n_rejected; /* records that were not taken; those of the last kind of reject are
				counted when they are read, not when it comes */
	uint64_t n_repaired; /* records whose bytes had to be repaired */
	uint64_t n_skipped;  /* records that are no articles and not meant to be: requests, images */
	struct nb_batch_memory *memory; /* private: arenas, capacities */
} nb_batch;

/** Whether there is nothing in it: the end of the input. */
static inline bool nb_batch_is_empty(const nb_batch *batch)
{
	return batch->n == 0 && batch->n_reject == 0 && batch->n_rejected == 0;
}

/** Free what a batch holds.  All zero bytes is a valid empty batch. */
void nb_batch_release(nb_batch *batch);

NB_API_END

#endif
