/* SPDX-License-Identifier: MIT
 *
 * aliases.h - short names of states and organisations, which gazetteers do not have.
 */
#ifndef NB_TOOLS_LEXICON_ALIASES_H
#define NB_TOOLS_LEXICON_ALIASES_H

/* Names of one thing: "lang name" each; lang "*" is every language, "*L" every one in Latin script. */
typedef struct alias {
	const char *country; /* ISO 3166 code, or NULL */
	const char *english; /* the name it goes by here */
	const char *names;   /* "lang=name|lang=name|..." */
} alias;

extern const alias aliases[];
extern const unsigned n_aliases;

#endif
