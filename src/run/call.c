/* SPDX-License-Identifier: MIT
 *
 * call.c - the stages of a run work in a thread of its own.
 *
 * How many threads a parallel region gets is a setting of the thread that opens it (OpenMP's
 * nthreads-var).  In a thread of ours it is ours to set: the caller's settings stay his, no region
 * can forget the number, and the team ends with the thread instead of waiting in his process.
 */
#include <omp.h>
#include <pthread.h>

#include "run/run_state.h"

struct call {
	nb_run *r;
	nb_run_work *work;
	const void *argument;
	nb_error *err;
	nb_status status;
};

static void *do_call(void *p)
{
	struct call *c = p;

	omp_set_num_threads(c->r->stats.threads);
	c->status = c->work(c->r, c->argument, c->err);
	return NULL;
}

nb_status nb_run_begin(const nb_run *r, nb_error *err)
{
	if (err)
		*err = (nb_error){ 0 };
	return r->closed ? nb_fail(err, NB_EINVAL, NULL, "the run has ended") : NB_OK;
}

nb_status nb_run_call(nb_run *r, nb_run_work *work, const void *argument, nb_error *err)
{
	struct call c = { r, work, argument, err, nb_run_begin(r, err) };
	pthread_t thread;

	if (c.status != NB_OK)
		return c.status;
	if (pthread_create(&thread, NULL, do_call, &c) == 0)
		pthread_join(thread, NULL);
	else
		c.status = nb_fail(err, NB_ENOMEM, NULL, "cannot start a thread");
	if (c.status == NB_OK)
		return NB_OK;
	r->closed = true;
	return err && err->status == NB_OK ? nb_fail(err, c.status, NULL, "the run failed") :
					     c.status;
}

nb_status nb_run_tell(nb_run *r, const nb_run_progress *progress, nb_error *err)
{
	nb_run_progress p = *progress;

	p.articles = r->night.n;
	p.rejects = r->stats.rejects;
	return r->o.watch ? r->o.watch(r->o.context, &p, err) : NB_OK;
}
