/* SPDX-License-Identifier: MIT
 *
 * nb.c - see nb.h.
 */
#include "newsbraid/nb.h"

#include <errno.h>
#include <string.h>

#include "foreign/memory_shim.h"

const char *nb_status_text(nb_status status)
{
	switch (status) {
	case NB_OK:
		return "success";
	case NB_EINVAL:
		return "invalid argument";
	case NB_ENOMEM:
		return "out of memory";
	case NB_EIO:
		return "input or output error";
	case NB_EDATA:
		return "malformed or damaged data";
	case NB_ELIMIT:
		return "a limit was passed";
	case NB_ESTOP:
		return "stopped";
	}
	return "unknown status";
}

/* The end of a path says more than its beginning. */
static void copy_path(char *out, const char *path)
{
	size_t len = strlen(path);

	if (len >= NB_ERROR_PATH) {
		path += len - (NB_ERROR_PATH - 1);
		len = NB_ERROR_PATH - 1;
	}
	memcpy(out, path, len);
	out[len] = '\0';
}

nb_status nb_fail(nb_error *err, nb_status status, const char *path, const char *reason)
{
	int saved = errno;

	if (!err)
		return status;
	memset(err, 0, sizeof(*err));
	err->status = status;
	err->sys_errno = status == NB_EIO ? saved : 0;
	err->reason = reason;
	copy_path(err->path, path ? path : "");
	return status;
}

void nb_end_without_memory(void (*end)(void))
{
	nb_foreign_end_without_memory(end);
}

const char *nb_version(void)
{
	return NB_VERSION;
}
