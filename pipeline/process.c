/* SPDX-License-Identifier: MIT
 *
 * process.c - see process.h.
 */
#include "process.h"

#include <pthread.h>
#include <stdbool.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "log.h"
#include "newsbraid/nb.h"
#include "options.h"
#include "stop.h"

#define STACK_BYTES ((size_t)2 << 20) /* eight times what is used */

typedef struct call {
	int (*body)(int, char **);
	int argc;
	char **argv;
	int code;
} call;

static void *run(void *argument)
{
	call *c = argument;

	c->code = c->body(c->argc, c->argv);
	return NULL;
}

/* Without a byte of memory of its own. */
static void end_without_memory(void)
{
	static const char text[] = "newsbraid: out of memory\n";

	(void)!write(STDERR_FILENO, text, sizeof(text) - 1);
	stop_now(EXIT_FAILED);
}

/* Threads get stacks of one size, whatever the limit says: it may be too small, and eight MiB for
 * each of a hundred threads would count as memory. */
static void set_stacks(void)
{
	pthread_attr_t attr;

	if (pthread_attr_init(&attr) != 0)
		return;
	if (pthread_attr_setstacksize(&attr, STACK_BYTES) == 0)
		(void)pthread_setattr_default_np(&attr);
	pthread_attr_destroy(&attr);
}

static bool stack_is_small(void)
{
	struct rlimit limit;

	return getrlimit(RLIMIT_STACK, &limit) == 0 && limit.rlim_cur < STACK_BYTES;
}

void process_bound_memory(size_t bytes)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_DATA, &limit) != 0)
		return;
	if (bytes < limit.rlim_cur)
		limit.rlim_cur = bytes;
	(void)setrlimit(RLIMIT_DATA, &limit);
}

int process_run(int (*body)(int, char **), int argc, char **argv)
{
	call c = { body, argc, argv, EXIT_FAILED };
	pthread_t thread;
	int error;

	nb_end_without_memory(end_without_memory);
	set_stacks();
	if (!stack_is_small())
		return body(argc, argv);
	error = pthread_create(&thread, NULL, run, &c);
	if (error) {
		log_error("the stack is too small (ulimit -s), and there is none larger: %s",
			  strerror(error));
		return EXIT_FAILED;
	}
	pthread_join(thread, NULL);
	return c.code;
}
