/* SPDX-License-Identifier: MIT
 *
 * main.c - the table of commands.
 */
#include <stdio.h>
#include <string.h>

#include "log.h"
#include "options.h"
#include "options_print.h"
#include "process.h"
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

static const command *command_named(const char *name)
{
	for (size_t i = 0; i < N_COMMANDS; i++)
		if (strcmp(name, commands[i]->name) == 0)
			return commands[i];
	return NULL;
}

static int refuse_command(const char *name)
{
	const char *meant = NULL;

	for (size_t i = 0; *name && i < N_COMMANDS; i++)
		if (is_near(name, commands[i]->name))
			meant = commands[i]->name;
	if (meant)
		log_error("no command '%s': did you mean '%s'?", name, meant);
	else if (*name)
		log_error("no command '%s'", name);
	print_usage(stderr);
	return EXIT_USAGE;
}

/* newsbraid help [COMMAND] */
static int help(const char *name)
{
	char *arguments[] = { (char *)name, (char *)"--help", NULL };

	if (!name) {
		print_usage(stdout);
		return EXIT_DONE;
	}
	return command_named(name) ? command_named(name)->run(2, arguments) : refuse_command(name);
}

int main(int argc, char **argv)
{
	const char *name = argc > 1 ? argv[1] : "";

	if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0 || strcmp(name, "help") == 0)
		return log_close_stdout(help(argc > 2 ? argv[2] : NULL));
	if (strcmp(name, "--version") == 0 || strcmp(name, "-V") == 0) {
		print_versions(stdout);
		return log_close_stdout(EXIT_DONE);
	}
	if (strcmp(name, "--print-options") == 0 && argc == 3) /* for the build, not for people */
		return log_close_stdout(options_print(argv[2], commands, N_COMMANDS));
	if (command_named(name))
		return log_close_stdout(process_run(command_named(name)->run, argc - 1, argv + 1));
	return refuse_command(name);
}
