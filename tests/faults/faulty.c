/* SPDX-License-Identifier: MIT
 *
 * faulty.c - system calls that fail: preloaded into the program under test.
 *
 *   FAULT_AT    the call that fails, counted from 1 over all calls below (FAULT_OF: of this one only)
 *   FAULT_OF    open, write, fsync, mkdir, rename, close
 *   FAULT_HOW   an errno (28), "short", "kill" (the process, before the call), "killed" (behind it)
 *               or "slow:MS": SIGTERM comes, and the call takes so long
 *   FAULT_LOG   a file that gets one byte for each call, for counting them
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static _Atomic long calls;

static void count(void)
{
	const char *log = getenv("FAULT_LOG");
	int fd = log ? (int)syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_APPEND | O_CREAT, 0600)
		     : -1;

	if (fd >= 0) {
		syscall(SYS_write, fd, ".", 1);
		syscall(SYS_close, fd);
	}
}

/* How this call is to fail, "" if it is not. */
static const char *fault(const char *name)
{
	const char *at = getenv("FAULT_AT"), *of = getenv("FAULT_OF"), *how = getenv("FAULT_HOW");

	if (of && strcmp(of, name) != 0)
		return "";
	count();
	if (atomic_fetch_add(&calls, 1) + 1 != (at ? atol(at) : 0) || !how)
		return "";
	if (!strcmp(how, "kill"))
		syscall(SYS_kill, getpid(), SIGKILL);
	if (!strncmp(how, "slow:", 5)) {
		syscall(SYS_kill, getpid(), SIGTERM);
		usleep((useconds_t)(atol(how + 5) * 1000));
	}
	return how;
}

/* What the call gives: *result, or that it is done as it should be. */
static bool fails(const char *how)
{
	errno = atoi(how);
	return errno != 0;
}

static long ended(const char *how, long result)
{
	if (!strcmp(how, "killed"))
		syscall(SYS_kill, getpid(), SIGKILL);
	return result;
}

int openat(int dir, const char *path, int flags, ...)
{
	const char *how = fault("open");

	return fails(how) ? -1 : (int)ended(how, syscall(SYS_openat, dir, path, flags, 0666));
}

ssize_t write(int fd, const void *data, size_t n)
{
	const char *how = fault("write");

	if (!strcmp(how, "short") && n > 1)
		n /= 2;
	return fails(how) ? -1 : ended(how, syscall(SYS_write, fd, data, n));
}

int fsync(int fd)
{
	const char *how = fault("fsync");

	return fails(how) ? -1 : (int)ended(how, syscall(SYS_fsync, fd));
}

int mkdirat(int dir, const char *path, mode_t mode)
{
	const char *how = fault("mkdir");

	return fails(how) ? -1 : (int)ended(how, syscall(SYS_mkdirat, dir, path, mode));
}

int renameat(int from_dir, const char *from, int to_dir, const char *to)
{
	const char *how = fault("rename");

	return fails(how) ? -1 : (int)ended(how, syscall(SYS_renameat2, from_dir, from, to_dir, to, 0));
}

int renameat2(int from_dir, const char *from, int to_dir, const char *to, unsigned flags)
{
	const char *how = fault("rename");

	return fails(how) ? -1
			  : (int)ended(how, syscall(SYS_renameat2, from_dir, from, to_dir, to, flags));
}

int close(int fd)
{
	const char *how = fault("close");
	long status = syscall(SYS_close, fd);

	return fails(how) ? -1 : (int)ended(how, status);
}
