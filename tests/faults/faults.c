/* SPDX-License-Identifier: MIT
 *
 * faults.c - stands between a program and the C library (LD_PRELOAD), so that the n-th allocation
 * or the n-th call on a file fails: those of the program and of every library it uses.
 *
 *     NB_FAULT=alloc:N      the n-th allocation finds no memory      alloc:N+  and all later ones
 *     NB_FAULT=io:N:ERRNO   the n-th call fails so; 0: it is short   io:N+:ERRNO
 *     NB_FAULT_SITES=FILE   a line with the number of the first call from each place: "alloc 17";
 *                           a place is the functions that led there
 *     NB_FAULT_TRACE=1      print those of the call that fails
 *
 * Standard error is not counted: whoever is refused has to be able to say so.
 */
#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <malloc.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

/* glibc's own names for what is replaced here: no lookup is needed before there is memory. */
void *__libc_malloc(size_t n);
void *__libc_calloc(size_t n, size_t item);
void *__libc_realloc(void *p, size_t n);
void *__libc_memalign(size_t align, size_t n);

#define DEPTH  16
#define PLACES 65536u

struct kind {
	const char *name;
	_Atomic unsigned long calls;
	unsigned long fail_at; /* 0: never */
	bool stays;
};

static struct kind alloc = { .name = "alloc" }, io = { .name = "io" };
static int io_errno;
static bool ready; /* main begins */
static bool trace;
static int sites = -1;
static _Atomic unsigned long place[PLACES]; /* hashes of those seen */
static _Thread_local bool inside;

/* Whether nobody has come this way before. */
static bool is_new(void *const *frame, int n)
{
	unsigned long hash = 1469598103934665603ul;

	for (int i = 2; i < n; i++)
		hash = (hash ^ (unsigned long)frame[i]) * 1099511628211ul;
	for (unsigned long at = hash >> 40;; at++) {
		unsigned long none = 0;

		if (atomic_compare_exchange_strong(&place[at % PLACES], &none, hash))
			return true;
		if (none == hash)
			return false;
	}
}

static void note(const struct kind *k, unsigned long n, bool fails)
{
	void *frame[DEPTH];
	char line[64];
	int depth;

	if (inside || (sites < 0 && !(trace && fails)))
		return;
	inside = true;
	depth = backtrace(frame, DEPTH);
	if (fails && trace)
		backtrace_symbols_fd(frame, depth, STDERR_FILENO);
	else if (is_new(frame, depth))
		(void)!write(sites, line,
			     (size_t)snprintf(line, sizeof(line), "%s %lu\n", k->name, n));
	inside = false;
}

static bool hit(struct kind *k)
{
	unsigned long n;
	bool fails;

	if (!ready || inside)
		return false;
	n = atomic_fetch_add(&k->calls, 1) + 1;
	fails = k->fail_at && (k->stays ? n >= k->fail_at : n == k->fail_at);
	note(k, n, fails);
	return fails;
}

static const char *read_number(struct kind *k, const char *text)
{
	char *end;

	k->fail_at = strtoul(text, &end, 10);
	k->stays = *end == '+';
	return end + k->stays;
}

__attribute__((constructor)) static void begin(void)
{
	const char *fault = getenv("NB_FAULT");
	void *frame[1];

	if (fault && strncmp(fault, "alloc:", 6) == 0)
		read_number(&alloc, fault + 6);
	if (fault && strncmp(fault, "io:", 3) == 0) {
		const char *rest = read_number(&io, fault + 3);

		io_errno = *rest == ':' ? atoi(rest + 1) : EIO;
	}
	trace = getenv("NB_FAULT_TRACE") != NULL;
	if (getenv("NB_FAULT_SITES"))
		sites = open(getenv("NB_FAULT_SITES"), O_WRONLY | O_CREAT | O_APPEND, 0666);
	backtrace(frame, 1); /* allocates when it is called first */
	ready = true;
}

/* ---- allocations ----------------------------------------------------------------------------- */

static void *no_memory(void)
{
	errno = ENOMEM;
	return NULL;
}

void *malloc(size_t n)
{
	return hit(&alloc) ? no_memory() : __libc_malloc(n);
}

void *calloc(size_t n, size_t item)
{
	return hit(&alloc) ? no_memory() : __libc_calloc(n, item);
}

void *realloc(void *p, size_t n)
{
	return hit(&alloc) ? no_memory() : __libc_realloc(p, n);
}

void *aligned_alloc(size_t align, size_t n)
{
	return hit(&alloc) ? no_memory() : __libc_memalign(align, n);
}

void *memalign(size_t align, size_t n)
{
	return aligned_alloc(align, n);
}

int posix_memalign(void **out, size_t align, size_t n)
{
	void *p = aligned_alloc(align, n);

	if (!p)
		return ENOMEM;
	*out = p;
	return 0;
}

/* ---- calls on files -------------------------------------------------------------------------- */

/* The C library's function of that name. */
#define REAL(name)                                                                                 \
	static __typeof__(name) *real;                                                             \
	if (!real)                                                                                 \
	*(void **)&real = dlsym(RTLD_NEXT, #name)

/* Whether the call fails; if it shall be short instead, *n is halved. */
static bool refused(size_t *n)
{
	if (!hit(&io))
		return false;
	if (io_errno) {
		errno = io_errno;
		return true;
	}
	if (n && *n > 1)
		*n /= 2;
	return false;
}

static mode_t mode_of(int flags, va_list args)
{
	return flags & (O_CREAT | O_TMPFILE) ? va_arg(args, mode_t) : 0;
}

#define OPEN(name)                                                                                 \
	int name(const char *path, int flags, ...)                                                 \
	{                                                                                          \
		va_list args;                                                                      \
		mode_t mode;                                                                       \
		REAL(name);                                                                        \
		va_start(args, flags);                                                             \
		mode = mode_of(flags, args);                                                       \
		va_end(args);                                                                      \
		return refused(NULL) ? -1 : real(path, flags, mode);                               \
	}

#define OPENAT(name)                                                                               \
	int name(int dir, const char *path, int flags, ...)                                        \
	{                                                                                          \
		va_list args;                                                                      \
		mode_t mode;                                                                       \
		REAL(name);                                                                        \
		va_start(args, flags);                                                             \
		mode = mode_of(flags, args);                                                       \
		va_end(args);                                                                      \
		return refused(NULL) ? -1 : real(dir, path, flags, mode);                          \
	}

OPEN(open)
OPENAT(openat)

FILE *fopen(const char *path, const char *how)
{
	REAL(fopen);
	return refused(NULL) ? NULL : real(path, how);
}

ssize_t read(int fd, void *buffer, size_t n)
{
	REAL(read);
	return refused(&n) ? -1 : real(fd, buffer, n);
}

ssize_t pread(int fd, void *buffer, size_t n, off_t at)
{
	REAL(pread);
	return refused(&n) ? -1 : real(fd, buffer, n, at);
}

ssize_t write(int fd, const void *data, size_t n)
{
	REAL(write);
	return fd != STDERR_FILENO && fd != sites && refused(&n) ? -1 : real(fd, data, n);
}

ssize_t pwrite(int fd, const void *data, size_t n, off_t at)
{
	REAL(pwrite);
	return refused(&n) ? -1 : real(fd, data, n, at);
}

int fsync(int fd)
{
	REAL(fsync);
	return refused(NULL) ? -1 : real(fd);
}

int renameat(int from_dir, const char *from, int to_dir, const char *to)
{
	REAL(renameat);
	return refused(NULL) ? -1 : real(from_dir, from, to_dir, to);
}

int renameat2(int from_dir, const char *from, int to_dir, const char *to, unsigned flags)
{
	REAL(renameat2);
	return refused(NULL) ? -1 : real(from_dir, from, to_dir, to, flags);
}

int mkdirat(int dir, const char *path, mode_t mode)
{
	REAL(mkdirat);
	return refused(NULL) ? -1 : real(dir, path, mode);
}
