/* SPDX-License-Identifier: MIT
 *
 * stop.h - SIGINT, SIGTERM and SIGHUP: stop soon, leave nothing after.
 */
#ifndef NB_PIPELINE_STOP_H
#define NB_PIPELINE_STOP_H

#include <stdbool.h>

#include "newsbraid/publish.h"

/**
 * From now on a thread of its own waits for the signals.  The first one asks the run to stop at its
 * next chance; if it has not a second later (it may wait for slow input), or at a second signal, the
 * program ends with 128 + the signal.  Call in the thread that makes the output, before any other
 * thread is started.
 */
void stop_on_signals(void);

/** The signal that asked to stop, or 0. */
int stop_signal(void);

/** End the program now, from any thread and without memory: an output that is being made is
 * abandoned by the thread that makes it. */
_Noreturn void stop_now(int exit_code);

/** The output to abandon when the program is ended in the middle of its work (NULL: none).  Until
 *  this has been called the program is not ended so. */
void stop_guard(nb_output *output);

/**
 * From here on the program ends by itself, signals or not: what follows is publishing, or cleaning
 * up.  Whether a signal came before is decided in the same step.
 * @return whether none did: only then may the output be published
 */
bool stop_hold(void);

#endif
