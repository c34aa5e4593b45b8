/* SPDX-License-Identifier: MIT
 *
 * stop.c - see stop.h.
 */
#include "stop.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <unistd.h>

#include "base/file.h"

#define PATIENCE_S 1

static _Atomic int asked;
static _Atomic int held;
static _Atomic(const char *) guarded;

static void *watch(void *unused)
{
	const struct timespec patience = { .tv_sec = PATIENCE_S };
	sigset_t set;
	int number;

	(void)unused;
	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigwait(&set, &number);
	atomic_store(&asked, number);
	(void)sigtimedwait(&set, NULL, &patience);
	while (atomic_load(&held))
		pause();
	if (atomic_load(&guarded))
		(void)nb_file_remove(atomic_load(&guarded));
	_exit(128 + number);
}

void stop_on_signals(void)
{
	pthread_t thread;
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	pthread_sigmask(SIG_BLOCK, &set, NULL);
	if (pthread_create(&thread, NULL, watch, NULL) == 0)
		pthread_detach(thread);
	else
		pthread_sigmask(SIG_UNBLOCK, &set, NULL);
	signal(SIGPIPE, SIG_IGN);
}

int stop_signal(void)
{
	return atomic_load(&asked);
}

void stop_guard(const char *folder)
{
	atomic_store(&guarded, folder);
}

void stop_hold(void)
{
	atomic_store(&held, 1);
}
