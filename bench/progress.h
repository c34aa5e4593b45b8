/* SPDX-License-Identifier: MIT
 *
 * progress.h - signs of life on stderr while a long step runs.
 *
 *     struct progress *p = progress_begin("making the night", n);
 *     ... progress_add(p, 1) ...
 *     progress_end(p);
 *
 * Steps of less than three seconds print nothing; longer ones then, and every ten seconds, a line:
 * what is done, since when, and which part of it if that is known.  A thread of its own watches the
 * clock; it sleeps all the time, so that it may run beside what is measured.
 */
#ifndef BENCH_PROGRESS_H
#define BENCH_PROGRESS_H

#include <stdint.h>

struct progress;

/**
 * @param what   lives until progress_end
 * @param total  what progress_add adds up to, 0: not known
 * @return NULL if there is no thread for it, which the other two take
 */
struct progress *progress_begin(const char *what, uint64_t total);

/** So much more is done.  Any thread. */
void progress_add(struct progress *p, uint64_t more);

void progress_end(struct progress *p);

#endif
