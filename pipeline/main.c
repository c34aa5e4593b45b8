/* SPDX-License-Identifier: MIT
 *
 * main.c - the table of commands.
 */
#include <stdio.h>
#include <string.h>

#include "log.h"
#include "options.h"
#include "versions.h"

static const command *const commands[] = {
	&command_run,
	&command_read,
	&command_show,
	&command_explain,
	&command_eval,
	&command_verify,
};

#define N_COMMANDS (sizeof(commands) / sizeof(*commands))

static void print_usage(FILE *to)
{
	fputs("newsbraid finds which articles of a night of news are copies of one another.\n\n"
	      "Examples:\n"
	      "  newsbraid run dumps/2026-03-17/ -o out      read a folder, write cluster files\n"
	      "  newsbraid show out                           what was found\n"
	      "  newsbraid explain out ID1 ID2               why these two are (not) copies\n"
	      "  newsbraid verify out                        check every checksum, id and edge\n\n"
	      "Usage: newsbraid COMMAND [options] ...\n\nCommands:\n",
	      to);
	for (size_t i = 0; i < N_COMMANDS; i++)
		fprintf(to, "  %-9s %s\n", commands[i]->name, commands[i]->summary);
	fputs("\n'newsbraid COMMAND --help' says more; 'newsbraid --version' names what it is made of.\n",
	      to);
}

int main(int argc, char **argv)
{
	const char *name = argc > 1 ? argv[1] : "";

	if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0 || strcmp(name, "help") == 0) {
		print_usage(stdout);
		return log_close_stdout(EXIT_DONE);
	}
	if (strcmp(name, "--version") == 0 || strcmp(name, "-V") == 0) {
		print_versions(stdout);
		return log_close_stdout(EXIT_DONE);
	}
	for (size_t i = 0; i < N_COMMANDS; i++)
		if (strcmp(name, commands[i]->name) == 0)
			return log_close_stdout(commands[i]->run(argc - 1, argv + 1));
	if (*name)
		fprintf(stderr, "newsbraid: no command '%s'\n\n", name);
	print_usage(stderr);
	return EXIT_USAGE;
}
