/* SPDX-License-Identifier: MIT
 *
 * options_print.h - the tables of options for people and for shells.
 */
#ifndef NB_PIPELINE_OPTIONS_PRINT_H
#define NB_PIPELINE_OPTIONS_PRINT_H

#include "options.h"

/** --help of a command, on stdout; returns EXIT_DONE, or EXIT_FAILED without memory. */
int options_print_help(const command *c);

/**
 * What the build puts into the man page (form "man": sections in scdoc's language) and into the
 * completion (form "bash": three functions), or what tests read (form "tsv": command, name, option,
 * kind, range, default, whether it decides the result); on stdout.
 * @param list  list[0..n): all commands
 * @return EXIT_DONE; EXIT_USAGE if there is no such form
 */
int options_print(const char *form, const command *const *list, size_t n);

#endif
