/* SPDX-License-Identifier: MIT
 *
 * data_lines.c - see data_lines.h.
 */
#include "tools/data_lines.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

void refuse(const char *path, unsigned line, const char *format, ...)
{
	va_list args;

	fprintf(stderr, "%s:%u: ", path, line);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	putc('\n', stderr);
	exit(1);
}

void data_lines_open(data_lines *d, const char *path)
{
	*d = (data_lines){ .path = path, .in = fopen(path, "r") };
	if (!d->in)
		refuse(path, 0, "cannot open");
}

char *data_lines_next(data_lines *d)
{
	while (getline(&d->text, &d->room, d->in) >= 0) {
		d->line++;
		d->text[strcspn(d->text, "\r\n")] = '\0';
		if (*d->text && strncmp(d->text, "//", 2) != 0)
			return d->text;
	}
	if (ferror(d->in))
		refuse(d->path, d->line, "cannot read on");
	fclose(d->in);
	free(d->text);
	d->text = NULL;
	return NULL;
}

char *trim(char *text)
{
	char *end = text + strlen(text);

	while (*text == ' ' || *text == '\t')
		text++;
	while (end > text && (end[-1] == ' ' || end[-1] == '\t'))
		*--end = '\0';
	return text;
}

char *next_item(char **rest, const char *separators)
{
	char *item;

	while (*rest && (item = strsep(rest, separators))) {
		item = trim(item);
		if (*item)
			return item;
	}
	return NULL;
}

void print_upper(const char *prefix, const char *name)
{
	fputs(prefix, stdout);
	for (; *name; name++)
		putchar(toupper((unsigned char)*name));
}
