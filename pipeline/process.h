/* SPDX-License-Identifier: MIT
 *
 * process.h - what a command needs of the process it runs in, whoever started it.
 */
#ifndef NB_PIPELINE_PROCESS_H
#define NB_PIPELINE_PROCESS_H

#include <stddef.h>

/**
 * Run a command.  Its stack and those of its threads are large enough, even under a small
 * `ulimit -s`; where a library finds no memory and cannot say so, the program ends with a message.
 * @return what the command returns
 */
int process_run(int (*body)(int, char **), int argc, char **argv);

/** Let allocations fail, in libraries too, where the process would have more than these bytes. */
void process_bound_memory(size_t bytes);

#endif
