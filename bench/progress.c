/* SPDX-License-Identifier: MIT
 *
 * progress.c - see progress.h.
 */
#include "progress.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define FIRST_S 3
#define EVERY_S 10

struct progress {
	const char *what;
	uint64_t total;
	_Atomic uint64_t done;
	pthread_t thread;
	pthread_mutex_t mutex; /* guards `ended` */
	pthread_cond_t wake;
	bool ended;
};

static void say(struct progress *p, long seconds)
{
	double done = (double)atomic_load_explicit(&p->done, memory_order_relaxed);

	if (p->total)
		fprintf(stderr, "# %s: %.0f %% after %ld s\n", p->what,
			100 * done / (double)p->total, seconds);
	else
		fprintf(stderr, "# %s: %ld s\n", p->what, seconds);
}

static void *watch(void *context)
{
	struct progress *p = context;
	struct timespec start, next;

	clock_gettime(CLOCK_MONOTONIC, &start);
	next = start;
	next.tv_sec += FIRST_S;
	pthread_mutex_lock(&p->mutex);
	while (!p->ended) {
		/* neither time nor end: woken for no reason */
		if (pthread_cond_timedwait(&p->wake, &p->mutex, &next) == 0 || p->ended)
			continue;
		say(p, (long)(next.tv_sec - start.tv_sec));
		next.tv_sec += next.tv_sec - start.tv_sec < EVERY_S ? EVERY_S - FIRST_S : EVERY_S;
	}
	pthread_mutex_unlock(&p->mutex);
	return NULL;
}

struct progress *progress_begin(const char *what, uint64_t total)
{
	struct progress *p = calloc(1, sizeof(*p));
	pthread_condattr_t attributes;

	if (!p)
		return NULL;
	p->what = what;
	p->total = total;
	pthread_mutex_init(&p->mutex, NULL);
	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	pthread_cond_init(&p->wake, &attributes);
	pthread_condattr_destroy(&attributes);
	if (pthread_create(&p->thread, NULL, watch, p) == 0)
		return p;
	pthread_cond_destroy(&p->wake);
	pthread_mutex_destroy(&p->mutex);
	free(p);
	return NULL;
}

void progress_add(struct progress *p, uint64_t more)
{
	if (p)
		atomic_fetch_add_explicit(&p->done, more, memory_order_relaxed);
}

void progress_end(struct progress *p)
{
	if (!p)
		return;
	pthread_mutex_lock(&p->mutex);
	p->ended = true;
	pthread_cond_signal(&p->wake);
	pthread_mutex_unlock(&p->mutex);
	pthread_join(p->thread, NULL);
	pthread_cond_destroy(&p->wake);
	pthread_mutex_destroy(&p->mutex);
	free(p);
}
