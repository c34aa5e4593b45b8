/* SPDX-License-Identifier: MIT
 *
 * stop.c - see stop.h.
 *
 * Whether the program is ended in the middle of its work or publishes is one atomic step: `phase`
 * leaves WORKING once.  The thread that made the output is the one that abandons it, in a handler;
 * so it cannot be publishing, and nothing is removed under its hands.
 */
#include "stop.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdlib.h>
#include <unistd.h>

#define PATIENCE_S 1
#define END_SIGNAL SIGRTMIN /* from the watching thread to the one that made the output */

enum { WORKING, HELD, ENDING };

static _Atomic int phase;
static _Atomic int asked;
static _Atomic int code; /* to end with; 0: that of the signal */
static _Atomic(nb_output *) guarded;
static pthread_t maker;

static void end_program(int number)
{
	nb_output *output = atomic_load(&guarded);

	(void)number;
	if (atomic_load(&phase) != ENDING)
		return;
	if (output)
		nb_output_abandon(output);
	_exit(atomic_load(&code) ? atomic_load(&code) : 128 + atomic_load(&asked));
}

_Noreturn void stop_now(int exit_code)
{
	int working = WORKING;

	if (!atomic_load(&guarded) || !atomic_compare_exchange_strong(&phase, &working, ENDING))
		_exit(exit_code);
	atomic_store(&code, exit_code);
	if (pthread_equal(pthread_self(), maker))
		end_program(0);
	pthread_kill(maker, END_SIGNAL);
	for (;;)
		pause();
}

/* A library has called exit: OpenMP's does, when it finds no memory. */
static void abandon_at_exit(void)
{
	nb_output *output = atomic_load(&guarded);
	int working = WORKING;

	if (output && atomic_compare_exchange_strong(&phase, &working, ENDING))
		nb_output_abandon(output);
}

static void asking_signals(sigset_t *set)
{
	sigemptyset(set);
	sigaddset(set, SIGINT);
	sigaddset(set, SIGTERM);
	sigaddset(set, SIGHUP);
}

static void *watch(void *unused)
{
	const struct timespec patience = { .tv_sec = PATIENCE_S };
	int number, working = WORKING;
	sigset_t set;

	(void)unused;
	asking_signals(&set);
	sigwait(&set, &number);
	atomic_store(&asked, number);
	(void)sigtimedwait(&set, NULL, &patience);
	if (atomic_compare_exchange_strong(&phase, &working, ENDING))
		pthread_kill(maker, END_SIGNAL);
	return NULL;
}

static void block_end_signal(int how)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, END_SIGNAL);
	pthread_sigmask(how, &set, NULL);
}

void stop_on_signals(void)
{
	struct sigaction action = { .sa_handler = end_program };
	pthread_t thread;
	sigset_t set;

	maker = pthread_self();
	(void)atexit(abandon_at_exit);
	sigaction(END_SIGNAL, &action, NULL);
	block_end_signal(SIG_BLOCK);
	asking_signals(&set);
	pthread_sigmask(SIG_BLOCK, &set, NULL);
	if (pthread_create(&thread, NULL, watch, NULL) == 0)
		pthread_detach(thread);
	else
		pthread_sigmask(SIG_UNBLOCK, &set, NULL);
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN); /* a write that fails instead */
}

int stop_signal(void)
{
	return atomic_load(&asked);
}

void stop_guard(nb_output *output)
{
	atomic_store(&guarded, output);
	block_end_signal(SIG_UNBLOCK);
}

bool stop_hold(void)
{
	int working = WORKING;

	if (!atomic_compare_exchange_strong(&phase, &working, HELD) && working == ENDING)
		for (;;)
			pause(); /* the handler is about to come */
	return atomic_load(&asked) == 0;
}
