/* SPDX-License-Identifier: MIT
 *
 * output.c - the output folder: written beside its place, moved there in one step.
 *
 * It is made as OUT.tmp-PID/new, in a working folder that carries the mark of its run (leavings.h)
 * and is locked as long as the run lives; so whatever is ever removed lies in a marked folder, the
 * older output too, which changes places with the new one.
 */
#include "publish/output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/status.h"
#include "publish/leavings.h"
#include "publish/output_files.h"

/* ---- may OUT be replaced? ------------------------------------------------------------------- */

/* What stands at OUT, and how the new folder can take its place. */
typedef enum place {
	PLACE_FREE,
	PLACE_OURS,  /* an output, or an empty folder */
	PLACE_OTHER, /* kept under another name */
} place;

/* Refuse to replace what is not ours. */
static nb_status check_place(nb_output *o, place *at, nb_error *err)
{
	struct stat s, parent;
	nb_holding holds;
	bool exists = fstatat(o->parent, o->name, &s, AT_SYMLINK_NOFOLLOW) == 0;

	*at = PLACE_FREE;
	if ((!exists && errno != ENOENT) || fstat(o->parent, &parent) < 0)
		return nb_fail(err, NB_EIO, o->path, "cannot look at the output folder");
	if (!exists)
		return NB_OK;
	if (s.st_dev != parent.st_dev)
		return nb_fail(err, NB_EINVAL, o->path,
			       "is a mount point, which cannot be renamed: name a folder in it");
	if (nb_output_look(o->faults, o->parent, o->name, &holds) < 0)
		return nb_fail(err, NB_EIO, o->path, "cannot look into the output folder");
	*at = holds == NB_HOLDS_NOTHING || holds == NB_HOLDS_OUTPUT ? PLACE_OURS : PLACE_OTHER;
	if (*at == PLACE_OTHER && !o->options.replace)
		return nb_fail(err, NB_EINVAL, o->path,
			       "exists and is not a newsbraid output: not replaced");
	return NB_OK;
}

/* ---- start ----------------------------------------------------------------------------------- */

/* OUT without slashes at its end; if it is a link, the folder it leads to. */
static nb_status plain_path(const char *path, char **out, nb_error *err)
{
	size_t len = strlen(path);
	struct stat s;
	char *p;

	while (len > 1 && path[len - 1] == '/')
		len--;
	*out = p = strndup(path, len);
	if (!p)
		return nb_fail(err, NB_ENOMEM, path, "no memory for a path");
	if (lstat(p, &s) == 0 && S_ISLNK(s.st_mode)) {
		*out = realpath(p, NULL);
		free(p);
		if (!*out)
			return nb_fail(err, NB_EIO, path, "cannot follow the link");
	}
	return NB_OK;
}

static char *beside(const nb_output *o, const char *kind, const char *part)
{
	char *path;

	return asprintf(&path, "%s.%s-%ld%s", o->path, kind, (long)getpid(), part) < 0 ? NULL : path;
}

/* Split o->path into folder and name, and make the names beside it. */
static nb_status set_names(nb_output *o, nb_error *err)
{
	char *slash = strrchr(o->path, '/');
	size_t folder;

	o->name = slash ? slash + 1 : o->path;
	folder = (size_t)(o->name - o->path);
	if (!*o->name || !strcmp(o->name, ".") || !strcmp(o->name, ".."))
		return nb_fail(err, NB_EINVAL, o->path, "is no name that an output could have");
	o->work = beside(o, "tmp", "");
	o->tmp = beside(o, "tmp", "/new");
	o->old = beside(o, "tmp", "/old");
	o->kept = beside(o, "kept", "");
	if (!o->work || !o->tmp || !o->old || !o->kept)
		return nb_fail(err, NB_ENOMEM, o->path, "no memory for a path");
	o->work_name = o->work + folder;
	o->tmp_name = o->tmp + folder;
	o->old_name = o->old + folder;
	o->kept_name = o->kept + folder;
	return NB_OK;
}

static nb_status open_parent(nb_output *o, nb_error *err)
{
	size_t folder = (size_t)(o->name - o->path);
	char *parent = folder ? strndup(o->path, folder) : strdup(".");

	if (!parent)
		return nb_fail(err, NB_ENOMEM, o->path, "no memory for a path");
	o->parent = nb_file_open(o->faults, AT_FDCWD, parent, O_RDONLY | O_DIRECTORY);
	free(parent);
	if (o->parent < 0)
		return nb_fail(err, NB_EIO, o->path,
			       "cannot open the folder in which the output is to stand");
	return NB_OK;
}

/* The mark comes first: without it the folder would be nobody's. */
static nb_status make_tmp(nb_output *o, nb_error *err)
{
	char mark[NB_MARK_MOST];

	nb_mark_make(mark);
	if (nb_file_mkdir(o->faults, o->parent, o->work_name) < 0)
		return nb_fail(err, NB_EIO, o->work, "cannot make the temporary folder");
	o->made = true;
	o->work_dir = nb_file_open(o->faults, o->parent, o->work_name,
				   O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
	if (o->work_dir < 0)
		return nb_fail(err, NB_EIO, o->work, "cannot open the temporary folder");
	/* some network file systems cannot lock; the mark must do there */
	(void)flock(o->work_dir, LOCK_EX | LOCK_NB);
	if (nb_mark_write(o->faults, o->work_dir, mark) < 0)
		return nb_fail(err, NB_EIO, o->work, "cannot mark the temporary folder");
	if (nb_file_mkdir(o->faults, o->work_dir, "new") < 0)
		return nb_fail(err, NB_EIO, o->tmp, "cannot make the temporary folder");
	o->dir = nb_file_open(o->faults, o->work_dir, "new", O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
	if (o->dir < 0)
		return nb_fail(err, NB_EIO, o->tmp, "cannot open the temporary folder");
	return NB_OK;
}

nb_status nb_output_new_faults(const char *path, const nb_output_options *options,
			       nb_faults *faults, nb_output **out, nb_error *err)
{
	nb_output *o = calloc(1, sizeof(*o));
	nb_status status;
	place at;

	*out = NULL;
	if (!o)
		return nb_fail(err, NB_ENOMEM, path, "no memory for an output");
	o->parent = o->work_dir = o->dir = -1;
	o->options = options ? *options : (nb_output_options){ 0 };
	o->faults = faults;
	status = plain_path(path, &o->path, err);
	NB_TRY(status, set_names(o, err));
	NB_TRY(status, open_parent(o, err));
	if (status == NB_OK) {
		nb_leavings_clear(o);
		status = check_place(o, &at, err);
	}
	NB_TRY(status, make_tmp(o, err));
	if (status != NB_OK) {
		nb_output_free(o);
		return status;
	}
	*out = o;
	return NB_OK;
}

nb_status nb_output_new(const char *path, const nb_output_options *options, nb_output **out,
			nb_error *err)
{
	return nb_output_new_faults(path, options, NULL, out, err);
}

const char *nb_output_tmp(const nb_output *o)
{
	return o->tmp;
}

nb_status nb_output_file(nb_output *o, const char *name, const char *text, size_t len,
			 nb_error *err)
{
	if (nb_file_create(o->faults, o->dir, name, text, len) < 0) {
		o->failed = true;
		return nb_fail(err, NB_EIO, name, "cannot write");
	}
	return NB_OK;
}

/* ---- commit ---------------------------------------------------------------------------------- */

/* How the new folder came to stand at OUT, and so how that is undone. */
typedef struct move {
	enum { MOVE_RENAMED, MOVE_EXCHANGED, MOVE_ASIDE } how;
	const char *aside; /* where what stood at OUT is now, if it was moved aside */
} move;

static int move_back(nb_output *o, const move *m)
{
	if (m->how == MOVE_EXCHANGED)
		return nb_file_exchange(o->faults, o->parent, o->tmp_name, o->name);
	if (nb_file_rename(o->faults, o->parent, o->name, o->tmp_name) < 0)
		return -1;
	return m->how == MOVE_RENAMED ?
		       0 :
		       nb_file_rename(o->faults, o->parent, m->aside, o->name);
}

static int move_aside(nb_output *o, move *m, const char *aside)
{
	struct stat s;
	int saved;

	*m = (move){ MOVE_ASIDE, aside };
	if (fstatat(o->parent, aside, &s, AT_SYMLINK_NOFOLLOW) == 0) {
		errno = EEXIST;
		return -1;
	}
	if (nb_file_rename(o->faults, o->parent, o->name, aside) < 0)
		return -1;
	if (nb_file_rename(o->faults, o->parent, o->tmp_name, o->name) == 0)
		return 0;
	saved = errno;
	(void)nb_file_rename(o->faults, o->parent, aside, o->name);
	errno = saved;
	return -1;
}

/* Put the new folder at OUT.  An older output is then at o->tmp or o->old, inside the marked
 * folder; what is not ours gets a name beside OUT and is kept. */
static int move_in(nb_output *o, place at, move *m)
{
	*m = (move){ MOVE_RENAMED, NULL };
	if (at == PLACE_FREE)
		return nb_file_rename(o->faults, o->parent, o->tmp_name, o->name);
	if (at == PLACE_OTHER)
		return move_aside(o, m, o->kept_name);
	*m = (move){ MOVE_EXCHANGED, NULL };
	if (nb_file_exchange(o->faults, o->parent, o->tmp_name, o->name) == 0)
		return 0;
	if (errno != EINVAL && errno != ENOSYS)
		return -1;
	return move_aside(o, m, o->old_name);
}

static void tell(const nb_output *o, const char *path, const char *what)
{
	if (o->options.tell)
		o->options.tell(o->options.context, path, what);
}

/* The older output has had its time, if nobody has put something into it meanwhile. */
static void retire(nb_output *o, const move *m)
{
	const char *name = m->how == MOVE_EXCHANGED ? o->tmp_name : m->aside;
	nb_holding holds = NB_HOLDS_OTHER;

	if (m->how != MOVE_RENAMED && name != o->kept_name &&
	    (nb_output_look(NULL, o->parent, name, &holds) < 0 || holds == NB_HOLDS_OTHER) &&
	    nb_file_rename(NULL, o->parent, name, o->kept_name) == 0)
		name = o->kept_name;
	if (name == o->kept_name)
		tell(o, o->kept, "what stood at the output's place, kept");
	if (nb_work_clear(o->faults, o->parent, o->work_name, o->name) < 0)
		tell(o, o->work, "cannot be removed");
}

/* Everything is in the folder, but nobody sees it yet. */
static nb_status complete(nb_output *o, nb_error *err)
{
	if (o->committed || o->failed || o->n_open)
		return nb_fail(err, NB_EINVAL, o->path, "the output is not complete");
	if (nb_file_create(o->faults, o->dir, "_SUCCESS", "", 0) < 0 ||
	    nb_file_sync(o->faults, o->dir) < 0)
		return nb_fail(err, NB_EIO, o->tmp, "cannot write the output to disk");
	return NB_OK;
}

nb_status nb_output_commit(nb_output *o, nb_error *err)
{
	nb_status status = complete(o, err);
	place at;
	move m;
	int saved;

	if (status == NB_OK)
		status = check_place(o, &at, err); /* again: the run took its time */
	if (status != NB_OK)
		return status;
	if (move_in(o, at, &m) < 0)
		return nb_fail(err, NB_EIO, o->path, "cannot put the output in its place");
	if (nb_file_sync(o->faults, o->parent) < 0) {
		saved = errno;
		o->committed = move_back(o, &m) < 0;
		errno = saved;
		return nb_fail(err, NB_EIO, o->path,
			       o->committed ? "stands there, but may not outlast a power failure" :
					      "cannot write the output folder's place to disk");
	}
	o->committed = true;
	retire(o, &m);
	return NB_OK;
}

void nb_output_abandon(nb_output *o)
{
	if (o->made && !o->committed)
		(void)nb_work_clear(NULL, o->parent, o->work_name, o->name);
}

void nb_output_free(nb_output *o)
{
	if (!o)
		return;
	if (o->made && !o->committed)
		(void)nb_work_bring_back(o->parent, o->work_name, o->name);
	if (o->made && !o->committed && nb_work_clear(o->faults, o->parent, o->work_name, o->name) < 0)
		tell(o, o->work, "cannot be removed");
	if (o->dir >= 0)
		close(o->dir);
	if (o->work_dir >= 0)
		close(o->work_dir);
	if (o->parent >= 0)
		close(o->parent);
	free(o->path);
	free(o->work);
	free(o->tmp);
	free(o->old);
	free(o->kept);
	free(o);
}
