/* SPDX-License-Identifier: MIT
 *
 * name_key.h - one key for a name in many spellings and scripts.
 *
 * A name is written with Latin letters, then the spelling conventions of newspapers are folded
 * (tsch, tsj, cz and ch are one sound).  That is key F.  Key S sees all vowels and all sibilants as
 * one; keys X and J have no vowels at all, and group the consonants that Arabic and Japanese do not
 * keep apart.  Measured on pairs of names: bench/bench_lexicon.c.
 *
 * Level: lexicon.  Pure functions, safe from any thread.
 */
#ifndef NB_LEXICON_NAME_KEY_H
#define NB_LEXICON_NAME_KEY_H

#include "lexicon/form.h"

#define NB_NAME_MAX (NB_FORM_MAX * 5)

typedef struct nb_name_keys {
	uint64_t folded;     /* F; 0 if the name is too short to tell, so below */
	uint64_t sound;      /* S */
	uint64_t arabic;     /* X */
	uint64_t japanese;   /* J */
} nb_name_keys;

/** Write a form with Latin letters: a-z only.  @return bytes of out */
size_t nb_name_latin(const char *form, size_t n, char out[NB_NAME_MAX]);

/** The keys of latin[0..n), letters a-z. */
void nb_name_keys_make(const char *latin, size_t n, nb_name_keys *keys);

/* The texts the keys are hashes of, for tests and benchmarks; out has room for NB_NAME_MAX + 1. */
size_t nb_name_folded(const char *latin, size_t n, char *out);
size_t nb_name_sound(const char *folded, size_t n, char *out);
size_t nb_name_consonants(const char *sound, size_t n, bool japanese, char *out);

#endif
