/* SPDX-License-Identifier: MIT
 *
 * partners.c - see partners.h.
 *
 * Each list is sorted and short, so an insertion is a small memmove.  Once a list is full its last
 * partner is published as a limit that is read without a lock: nearly every pair of a mass of like
 * articles stops there.
 */
#include "match/partners.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"

#define STRIPES 1024u /* locks; two threads seldom meet at one */
#define FIRST   4u    /* room of a new list */

struct nb_partner_list {
	uint32_t *partner; /* partner[0..n), ascending */
	uint16_t n, room;
	uint32_t seen; /* additions */
};

struct nb_partner_locks {
	pthread_mutex_t stripe[STRIPES];
};

nb_status nb_partners_init(nb_partners *p, uint32_t n, uint32_t most)
{
	*p = (nb_partners){ .n = n, .most = most };
	p->limit = nb_block_alloc(n, sizeof(*p->limit));
	p->list = nb_block_zero(n, sizeof(*p->list));
	p->locks = malloc(sizeof(*p->locks));
	if (p->locks)
		for (size_t i = 0; i < STRIPES; i++)
			pthread_mutex_init(&p->locks->stripe[i], NULL);
	if (!p->limit || !p->list || !p->locks) {
		nb_partners_release(p);
		return NB_ENOMEM;
	}
	memset((void *)p->limit, 0xff, n * sizeof(*p->limit));
	return NB_OK;
}

void nb_partners_release(nb_partners *p)
{
	for (uint32_t i = 0; p->list && i < p->n; i++)
		free(p->list[i].partner);
	for (size_t i = 0; p->locks && i < STRIPES; i++)
		pthread_mutex_destroy(&p->locks->stripe[i]);
	free((void *)p->limit);
	free(p->list);
	free(p->locks);
	*p = (nb_partners){ 0 };
}

static nb_status grow(struct nb_partner_list *list, uint32_t most)
{
	uint32_t room = list->room ? list->room * 2u : FIRST;
	uint32_t *partner;

	if (room > most)
		room = most;
	partner = realloc(list->partner, room * sizeof(*partner));
	if (!partner)
		return NB_ENOMEM;
	list->partner = partner;
	list->room = (uint16_t)room;
	return NB_OK;
}

/* Put a where it belongs; into a full list it pushes out the last. */
static nb_status insert(struct nb_partner_list *list, uint32_t most, uint32_t a)
{
	uint32_t at = list->n;

	while (at > 0 && list->partner[at - 1] > a)
		at--;
	if (at > 0 && list->partner[at - 1] == a)
		return NB_OK;
	if (list->n == most) {
		if (at == most)
			return NB_OK;
		list->n--;
	} else if (list->n == list->room && grow(list, most) != NB_OK) {
		return NB_ENOMEM;
	}
	memmove(list->partner + at + 1, list->partner + at,
		(list->n - at) * sizeof(*list->partner));
	list->partner[at] = a;
	list->n++;
	return NB_OK;
}

nb_status nb_partners_add(nb_partners *p, uint32_t x, uint32_t y)
{
	uint32_t a = x < y ? x : y, b = x < y ? y : x;
	pthread_mutex_t *lock = &p->locks->stripe[b % STRIPES];
	struct nb_partner_list *list = &p->list[b];
	nb_status status;

	pthread_mutex_lock(lock);
	list->seen++;
	status = insert(list, p->most, a);
	if (status == NB_OK && list->n == p->most)
		__atomic_store_n((uint32_t *)&p->limit[b], list->partner[p->most - 1] + 1,
				 __ATOMIC_RELAXED);
	pthread_mutex_unlock(lock);
	return status;
}

uint64_t nb_partners_dropped(const nb_partners *p)
{
	uint64_t sum = 0;

	for (uint32_t i = 0; i < p->n; i++)
		if (p->list[i].n == p->most)
			sum += p->list[i].seen - p->most;
	return sum;
}

nb_status nb_partners_take(const nb_partners *p, nb_pairs *out)
{
	size_t n = 0;

	for (uint32_t b = 0; b < p->n; b++)
		n += p->list[b].n;
	if (nb_reserve((void **)&out->pair, &out->capacity, n, sizeof(*out->pair)) != NB_OK)
		return NB_ENOMEM;
	out->n = 0;
	for (uint32_t b = 0; b < p->n; b++)
		for (uint32_t i = 0; i < p->list[b].n; i++)
			out->pair[out->n++] = (nb_pair){ p->list[b].partner[i], b };
	return NB_OK;
}
