/* SPDX-License-Identifier: MIT
 *
 * nb.h - status codes, error detail, strings and version: the words every other header uses.
 *
 * Level: base.  Includes nothing of the project.
 */
#ifndef NB_NB_H
#define NB_NB_H

#include <stddef.h>
#include <stdint.h>

/*
 * What stands between these two is the interface: C names, also for C++, and exported.  The library
 * itself is compiled with everything else hidden.
 */
#ifdef __cplusplus
#define NB_API_BEGIN _Pragma("GCC visibility push(default)") extern "C" {
#define NB_API_END   } _Pragma("GCC visibility pop")
#else
#define NB_API_BEGIN _Pragma("GCC visibility push(default)")
#define NB_API_END   _Pragma("GCC visibility pop")
#endif

NB_API_BEGIN

#define NB_VERSION_MAJOR 0
#define NB_VERSION_MINOR 1
#define NB_VERSION_PATCH 0
#define NB_VERSION       "0.1.0"

/* How a call ended.  0 is success, everything else is negative. */
typedef enum nb_status {
	NB_OK = 0,
	NB_EINVAL = -1, /* an argument is outside its documented range */
	NB_ENOMEM = -2, /* no memory */
	NB_EIO = -3,    /* the operating system refused; nb_error.sys_errno says how */
	NB_EDATA = -4,  /* input is malformed or damaged */
	NB_ELIMIT = -5, /* input passes a documented limit */
	NB_ESTOP = -6,  /* the caller asked to stop */
} nb_status;

/* A result that must be looked at. */
#define NB_MUST_CHECK __attribute__((warn_unused_result))

#define NB_ERROR_PATH 512

/*
 * Where and why a call failed.  Plain data, owned by the caller, never points to heap memory.
 * A function that takes `nb_error *err` fills it only on failure; err may be NULL.
 */
typedef struct nb_error {
	nb_status status;
	int sys_errno;            /* errno of the failed system call, or 0 */
	uint64_t line;            /* 1-based line in path, or 0 */
	uint64_t byte;            /* 0-based byte in path (decompressed), or 0 */
	const char *reason;       /* static text, never NULL after a failure */
	char path[NB_ERROR_PATH]; /* the file, cut at the front if longer; "" if none */
} nb_error;

/* A string that owns nothing: ptr[0..len), not NUL-terminated.  {NULL, 0} means absent. */
typedef struct nb_str {
	const char *ptr;
	size_t len;
} nb_str;

/* The string literal as nb_str. */
#ifdef __cplusplus
#define NB_STR(literal) (nb_str{ (literal), sizeof(literal) - 1 })
#else
#define NB_STR(literal) ((nb_str){ (literal), sizeof(literal) - 1 })
#endif

/** Static English text for a status, never NULL: "out of memory". */
const char *nb_status_text(nb_status status);

/**
 * Fill *err and return its status, so that a failing function can end with one line:
 *     return nb_fail(err, NB_EIO, path, "cannot open");
 *
 * @param err     out, may be NULL
 * @param status  a failure; for NB_EIO the current errno is stored too
 * @param path    NUL-terminated file name or NULL
 * @param reason  static text
 */
nb_status nb_fail(nb_error *err, nb_status status, const char *path, const char *reason);

/**
 * Have `end` called where a library that this one uses finds no memory and would not survive it
 * (ICU, zstd's compressor, C++).  It must not return; any thread may call it.
 *
 * For the whole process, so for programs alone; before anything else of the library is called.
 * Without it such a failure ends in a crash.
 */
void nb_end_without_memory(void (*end)(void));

/** "0.1.0", the version of the library that is linked (NB_VERSION is that of the header). */
const char *nb_version(void);

NB_API_END

#endif
