/* SPDX-License-Identifier: MIT
 *
 * read_ahead.c - see read_ahead.h.
 *
 * One lock guards the list of units and their queues; it is taken once a segment, so it does not
 * matter.  A unit is made under the lock, which keeps units in input order; looking for the ends
 * of zstd frames and gzip members happens there too, since it reads a few bytes per block of the
 * former, and of the latter as many as a member has.
 */
#include "read/input/read_ahead.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/file.h"
#include "read/input/decode.h"
#include "read/input/split.h"
#include "read/input/utf16.h"

#define UNITS_MOST 1024
#define QUEUE_MIN  4 /* segments that the unit next in line may always have waiting */
#define SPARE_MOST 256

/* A file, or a stretch of one. */
struct unit {
	struct unit *next;
	uint32_t file;
	uint64_t begin, end;
	bool last;    /* of its file */
	bool done;    /* nothing will be added to the queue */
	bool guessed; /* its end is where a member may begin */
	bool unwanted; /* whatever comes next in it */
	bool dropped; /* it began where no member begins: no longer in the list */
	nb_segment *head, **tail;
	size_t n_queued;
};

struct nb_read_ahead {
	const nb_inputs *in;
	size_t segment_bytes, budget;
	pthread_mutex_t lock;
	pthread_cond_t more_data, more_room;
	pthread_t *thread;
	unsigned n_threads;
	int stop_fd;
	/* under the lock: */
	bool stop, no_memory;
	struct unit *first, **end; /* units not yet delivered whole */
	size_t n_units, bytes_ahead;
	uint32_t next_file;
	nb_split split; /* the file that is being split into units */
	nb_segment *spare; /* of the usual size, for reuse */
	size_t n_spare;
};

/* A sink that fills segments and queues them to a unit. */
struct queue_sink {
	nb_sink sink;
	nb_read_ahead *pump;
	struct unit *unit;
	nb_source *source;
	nb_segment *segment;
	size_t size_hint; /* first segment's size, if the file is known to be small */
	uint64_t told;    /* the file's bytes before this have been reported as consumed */
};

/* ---- segments ------------------------------------------------------------------------------ */

static nb_segment *new_segment(nb_read_ahead *p, size_t capacity)
{
	nb_segment *s = NULL;

	if (capacity > p->segment_bytes)
		capacity = p->segment_bytes;
	if (capacity == p->segment_bytes) {
		pthread_mutex_lock(&p->lock);
		s = p->spare;
		if (s) {
			p->spare = s->next;
			p->n_spare--;
		}
		pthread_mutex_unlock(&p->lock);
	}
	if (!s)
		s = malloc(sizeof(*s) + capacity + NB_JSON_PADDING);
	if (!s)
		return NULL;
	*s = (nb_segment){ .trouble = NB_REJECT_COUNT, .capacity = capacity };
	return s;
}

void nb_read_ahead_recycle(nb_read_ahead *p, nb_segment *s)
{
	if (s->capacity == p->segment_bytes) {
		pthread_mutex_lock(&p->lock);
		if (p->n_spare < SPARE_MOST) {
			s->next = p->spare;
			p->spare = s;
			p->n_spare++;
			s = NULL;
		}
		pthread_mutex_unlock(&p->lock);
	}
	free(s);
}

static void free_chain(nb_segment *s)
{
	while (s) {
		nb_segment *next = s->next;

		free(s);
		s = next;
	}
}

/* ---- the sink ------------------------------------------------------------------------------ */

/* Queue a segment, as soon as there is room; false if nobody wants it any more. */
static bool push(nb_read_ahead *p, struct unit *u, nb_segment *s)
{
	bool stop;

	pthread_mutex_lock(&p->lock);
	while (!p->stop && !u->dropped && p->bytes_ahead >= p->budget &&
	       !(u == p->first && u->n_queued < QUEUE_MIN))
		pthread_cond_wait(&p->more_room, &p->lock);
	stop = p->stop || u->dropped;
	if (!stop) {
		memset(s->data + s->n, 0, NB_JSON_PADDING);
		*u->tail = s;
		u->tail = &s->next;
		u->n_queued++;
		p->bytes_ahead += s->capacity;
		pthread_cond_signal(&p->more_data);
	}
	pthread_mutex_unlock(&p->lock);
	if (stop)
		free(s);
	return !stop;
}

static void fail_no_memory(nb_read_ahead *p)
{
	pthread_mutex_lock(&p->lock);
	p->no_memory = true;
	pthread_cond_broadcast(&p->more_data);
	pthread_mutex_unlock(&p->lock);
}

/* The current segment goes to the queue with what was read for it. */
static bool send(struct queue_sink *q)
{
	uint64_t position = nb_source_position(q->source);
	nb_segment *s = q->segment;

	q->segment = NULL;
	s->file = q->unit->file;
	s->consumed = position - q->told;
	s->unpacked = q->source->packed;
	q->told = position;
	return push(q->pump, q->unit, s);
}

/* Make sure that there is a segment to fill. */
static bool have_segment(struct queue_sink *q)
{
	if (q->segment)
		return true;
	q->segment = new_segment(q->pump, q->size_hint);
	q->size_hint = SIZE_MAX;
	if (!q->segment)
		fail_no_memory(q->pump);
	return q->segment != NULL;
}

static bool is_wanted(struct queue_sink *q)
{
	bool wanted;

	pthread_mutex_lock(&q->pump->lock);
	wanted = !q->unit->unwanted;
	pthread_mutex_unlock(&q->pump->lock);
	return wanted;
}

static char *sink_space(nb_sink *sink, size_t *room)
{
	struct queue_sink *q = (struct queue_sink *)sink;

	if (q->segment && q->segment->n == q->segment->capacity && (!send(q) || !is_wanted(q)))
		return NULL;
	if (!have_segment(q))
		return NULL;
	*room = q->segment->capacity - q->segment->n;
	return q->segment->data + q->segment->n;
}

static void sink_filled(nb_sink *sink, size_t n)
{
	((struct queue_sink *)sink)->segment->n += n;
}

/* ---- units --------------------------------------------------------------------------------- */

static bool name_ends(const char *path, const char *end)
{
	size_t a = strlen(path), b = strlen(end);

	return a >= b && strcasecmp(path + a - b, end) == 0;
}

/* The next unit in input order; NULL if there is none.  Called with the lock held. */
static struct unit *new_unit(nb_read_ahead *p)
{
	const nb_input_fact *fact;
	struct unit *u;

	if (p->next_file == p->in->n)
		return NULL;
	fact = &p->in->fact[p->next_file];
	u = calloc(1, sizeof(*u));
	if (!u) {
		p->no_memory = true;
		pthread_cond_broadcast(&p->more_data);
		return NULL;
	}
	u->file = p->next_file;
	u->end = UINT64_MAX;
	u->tail = &u->head;
	if (p->split.fd < 0 && fact->regular && !fact->problem && !fact->memory.ptr)
		nb_split_open(&p->split, p->in->file[u->file].path, fact->size);
	if (p->split.fd >= 0) {
		u->begin = p->split.at;
		u->end = nb_split_next(&p->split);
		u->guessed = p->split.gzip && u->end != UINT64_MAX;
	}
	u->last = p->split.fd < 0;
	p->next_file += u->last;
	*p->end = u;
	p->end = &u->next;
	p->n_units++;
	return u;
}

/* The unit after u began at no member: u does its work, too.  Called with the lock held. */
static void drop_next(nb_read_ahead *p, struct unit *u)
{
	struct unit *next = u->next;

	u->end = next->end;
	u->last = next->last;
	u->next = next->next;
	if (!u->next)
		p->end = &u->next;
	p->n_units--;
	for (const nb_segment *s = next->head; s; s = s->next)
		p->bytes_ahead -= s->capacity;
	free_chain(next->head);
	next->dropped = true;
	if (next->done)
		free(next); /* else its thread does, which may wait for room */
	pthread_cond_broadcast(&p->more_room);
}

/*
 * u has been decompressed up to `position`, where a member ends or the file does.  Whether that is
 * where the next unit begins; if not, u goes on up to the next beginning after it.
 */
static bool meets_next(nb_read_ahead *p, struct unit *u, uint64_t position)
{
	bool meets;

	pthread_mutex_lock(&p->lock);
	while (!u->dropped && position > u->end && u->next)
		drop_next(p, u);
	if (!u->dropped && position > u->end)
		u->end = p->split.at = position;
	meets = u->dropped || position == u->end;
	pthread_mutex_unlock(&p->lock);
	return meets;
}

/* Decode a unit.  One of gzip members ends where one of them does, wherever it should. */
static nb_decode_end decode_unit(nb_read_ahead *p, nb_decoder *d, struct unit *u, nb_source *source,
				 nb_sink *sink)
{
	uint64_t before = u->begin;
	nb_decode_end end;

	source->stop = u->guessed ? u->end : UINT64_MAX;
	source->end = u->guessed ? UINT64_MAX : u->end;
	end = nb_decode(d, source, sink);
	while (end.trouble == NB_REJECT_COUNT && source->stop != UINT64_MAX) {
		uint64_t position = nb_source_position(source);

		if (position <= before || meets_next(p, u, position))
			break;
		before = position;
		source->stop = u->end;
		end = nb_decode_go_on(d, source, sink);
	}
	return end;
}

/* A whole file may be in UTF-16; of stretches only the first would know. */
static nb_decode_end decode_file(nb_read_ahead *p, nb_decoder *d, struct unit *u, nb_source *source,
				 nb_sink *sink)
{
	bool whole = u->begin == 0 && u->last;
	nb_utf16 *wide = whole ? nb_utf16_new(sink) : NULL;
	nb_decode_end end = decode_unit(p, d, u, source, wide ? nb_utf16_sink(wide) : sink);

	end.no_memory |= whole && (!wide || !nb_utf16_end(wide));
	return end;
}

/* Open, decode, close; the last segment says how it went. */
static void do_unit(nb_read_ahead *p, nb_decoder *d, struct unit *u)
{
	const char *path = p->in->file[u->file].path;
	const nb_input_fact *fact = &p->in->fact[u->file];
	bool is_stdin = !fact->regular && strcmp(path, "-") == 0;
	nb_source source = {
		.fd = -1,
		.stop_fd = p->stop_fd,
		.memory = fact->memory,
		.regular = fact->regular,
		.at = u->begin,
		.named_zstd = name_ends(path, ".zst") || name_ends(path, ".zstd"),
		.named_gzip = name_ends(path, ".gz"),
	};
	struct queue_sink q = { { sink_space, sink_filled }, p, u, &source, NULL, SIZE_MAX,
				u->begin };
	nb_decode_end end = { .trouble = NB_REJECT_COUNT };

	if (fact->regular && fact->size > 0 && !source.named_zstd && !source.named_gzip)
		q.size_hint = fact->size + 1; /* one more, to meet the end without a new segment */
	if (fact->problem) {
		end = (nb_decode_end){ .trouble = NB_REJECT_UNREADABLE, .detail = fact->problem };
	} else if (fact->memory.ptr) {
		end = decode_file(p, d, u, &source, &q.sink);
	} else {
		source.fd = is_stdin ? STDIN_FILENO : nb_file_open(NULL, AT_FDCWD, path, O_RDONLY);
		if (source.fd < 0)
			end = (nb_decode_end){ .trouble = NB_REJECT_UNREADABLE,
					       .detail = strerrordesc_np(errno) };
		else
			end = decode_file(p, d, u, &source, &q.sink);
	}
	if (source.fd >= 0 && !is_stdin)
		close(source.fd);
	if (end.no_memory)
		fail_no_memory(p);
	if (have_segment(&q)) {
		q.segment->last = u->last;
		q.segment->trouble = end.trouble;
		q.segment->detail = end.detail;
		send(&q);
	}
}

static void *work(void *argument)
{
	nb_read_ahead *p = argument;
	nb_decoder d;

	if (nb_decoder_init(&d) != NB_OK) {
		fail_no_memory(p);
		return NULL;
	}
	pthread_mutex_lock(&p->lock);
	for (;;) {
		struct unit *u;

		while (!p->stop && p->first &&
		       (p->bytes_ahead >= p->budget || p->n_units >= UNITS_MOST))
			pthread_cond_wait(&p->more_room, &p->lock);
		u = p->stop || p->no_memory ? NULL : new_unit(p);
		if (!u)
			break;
		pthread_mutex_unlock(&p->lock);
		do_unit(p, &d, u);
		pthread_mutex_lock(&p->lock);
		u->done = true;
		if (u->dropped)
			free(u);
		pthread_cond_signal(&p->more_data);
	}
	pthread_mutex_unlock(&p->lock);
	nb_decoder_release(&d);
	return NULL;
}

/* ---- the consumer's side ------------------------------------------------------------------- */

/* Units that are delivered whole leave the list.  Called with the lock held. */
static void drop_finished(nb_read_ahead *p)
{
	while (p->first && p->first->done && !p->first->head) {
		struct unit *u = p->first;

		p->first = u->next;
		if (!p->first)
			p->end = &p->first;
		p->n_units--;
		free(u);
		pthread_cond_broadcast(&p->more_room);
	}
}

nb_segment *nb_read_ahead_next(nb_read_ahead *p, nb_status *status)
{
	nb_segment *s = NULL;

	*status = NB_OK;
	pthread_mutex_lock(&p->lock);
	for (;;) {
		drop_finished(p);
		if (p->no_memory) {
			*status = NB_ENOMEM;
			break;
		}
		if (p->first && p->first->head) {
			struct unit *u = p->first;

			s = u->head;
			u->head = s->next;
			if (!u->head)
				u->tail = &u->head;
			u->n_queued--;
			s->next = NULL;
			p->bytes_ahead -= s->capacity;
			pthread_cond_broadcast(&p->more_room);
			break;
		}
		if (!p->first && p->next_file == p->in->n)
			break;
		pthread_cond_wait(&p->more_data, &p->lock);
	}
	pthread_mutex_unlock(&p->lock);
	return s;
}

void nb_read_ahead_give_up(nb_read_ahead *p, uint32_t file)
{
	pthread_mutex_lock(&p->lock);
	if (p->first && p->first->file == file && !p->in->fact[file].regular)
		p->first->unwanted = true;
	pthread_mutex_unlock(&p->lock);
}

nb_status nb_read_ahead_new(const nb_inputs *in, size_t segment_bytes, size_t budget,
			    unsigned n_threads, nb_read_ahead **out)
{
	nb_read_ahead *p = calloc(1, sizeof(*p));

	*out = NULL;
	if (!p)
		return NB_ENOMEM;
	p->in = in;
	p->segment_bytes = segment_bytes;
	p->budget = budget;
	p->end = &p->first;
	p->split = NB_SPLIT_NONE;
	p->stop_fd = eventfd(0, EFD_CLOEXEC);
	p->thread = calloc(n_threads, sizeof(*p->thread));
	pthread_mutex_init(&p->lock, NULL);
	pthread_cond_init(&p->more_data, NULL);
	pthread_cond_init(&p->more_room, NULL);
	/* the lock keeps n_threads still until all have been started */
	pthread_mutex_lock(&p->lock);
	while (p->thread && p->stop_fd >= 0 && p->n_threads < n_threads &&
	       pthread_create(&p->thread[p->n_threads], NULL, work, p) == 0)
		p->n_threads++;
	pthread_mutex_unlock(&p->lock);
	if (p->n_threads == 0) {
		nb_status status = p->stop_fd < 0 ? NB_EIO : NB_ENOMEM;
		int saved = errno;

		nb_read_ahead_free(p);
		errno = saved;
		return status;
	}
	*out = p;
	return NB_OK;
}

void nb_read_ahead_free(nb_read_ahead *p)
{
	uint64_t one = 1;

	if (!p)
		return;
	pthread_mutex_lock(&p->lock);
	p->stop = true;
	pthread_cond_broadcast(&p->more_room);
	pthread_mutex_unlock(&p->lock);
	/* wakes a thread that waits for a silent pipe; an event counter takes one more without fail
	 */
	while (p->stop_fd >= 0 && write(p->stop_fd, &one, sizeof(one)) < 0 && errno == EINTR)
		;
	for (unsigned i = 0; i < p->n_threads; i++)
		pthread_join(p->thread[i], NULL);
	while (p->first) {
		struct unit *u = p->first;

		p->first = u->next;
		free_chain(u->head);
		free(u);
	}
	free_chain(p->spare);
	nb_split_close(&p->split);
	if (p->stop_fd >= 0)
		close(p->stop_fd);
	pthread_mutex_destroy(&p->lock);
	pthread_cond_destroy(&p->more_data);
	pthread_cond_destroy(&p->more_room);
	free(p->thread);
	free(p);
}
