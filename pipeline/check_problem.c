/* SPDX-License-Identifier: MIT
 *
 * check_problem.c - what newsbraid verify finds wrong.
 */
#include <stdarg.h>
#include <stdio.h>

#include "check.h"
#include "log.h"

#define PROBLEMS_SHOWN 20

void problem(check *c, const char *format, ...)
{
	char text[512];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
#pragma omp critical(problem)
	if (c->n_problems++ < PROBLEMS_SHOWN)
		log_error("%s", text);
}
