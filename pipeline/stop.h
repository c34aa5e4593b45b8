/* SPDX-License-Identifier: MIT
 *
 * stop.h - SIGINT and SIGTERM: stop soon, leave nothing after.
 */
#ifndef NB_PIPELINE_STOP_H
#define NB_PIPELINE_STOP_H

/**
 * From now on a thread of its own waits for SIGINT and SIGTERM.  The first one asks the run to stop
 * at its next chance; if it has not a second later (it may wait for slow input), or at a second
 * signal, the thread removes the guarded folder and ends the program with 128 + the signal.
 * Call before any other thread is started.
 */
void stop_on_signals(void);

/** The signal that asked to stop, or 0. */
int stop_signal(void);

/** The folder to remove when the program is ended; it must outlive the run.  NULL: none. */
void stop_guard(const char *folder);

/** The output is being put in place: from here on the program ends by itself, signals or not. */
void stop_hold(void);

#endif
