/* SPDX-License-Identifier: MIT
 *
 * candidate_lists.c - see candidate_lists.h.
 *
 * Each list is sorted and short, so an insertion is a small memmove.  Once a list is full its last
 * partner is published as a limit that is read without a lock: nearly every pair of a mass of like
 * articles stops there.
 */
#include "copies/candidate_lists.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"

#define STRIPES 1024u /* locks; two threads seldom meet at one */

struct nb_candidate_locks {
	pthread_mutex_t stripe[STRIPES];
};

nb_status nb_candidate_lists_init(nb_candidate_lists *p, uint32_t n, uint32_t most)
{
	*p = (nb_candidate_lists){ .n = n, .most = most };
	p->list = nb_block_alloc(n, sizeof(*p->list));
	p->locks = malloc(sizeof(*p->locks));
	if (!p->list || !p->locks) {
		free(p->list);
		free(p->locks);
		*p = (nb_candidate_lists){ 0 };
		return NB_ENOMEM;
	}
	for (uint32_t i = 0; i < n; i++)
		p->list[i] = (struct nb_candidate_list){ .limit = UINT32_MAX,
							 .room = NB_CANDIDATES_FEW };
	for (size_t i = 0; i < STRIPES; i++)
		pthread_mutex_init(&p->locks->stripe[i], NULL);
	return NB_OK;
}

void nb_candidate_lists_release(nb_candidate_lists *p)
{
	for (uint32_t i = 0; p->list && i < p->n; i++)
		if (p->list[i].room > NB_CANDIDATES_FEW)
			free(p->list[i].partner.many);
	for (size_t i = 0; p->locks && i < STRIPES; i++)
		pthread_mutex_destroy(&p->locks->stripe[i]);
	free(p->list);
	free(p->locks);
	*p = (nb_candidate_lists){ 0 };
}

static uint32_t *partners_of(struct nb_candidate_list *list)
{
	return list->room > NB_CANDIDATES_FEW ? list->partner.many : list->partner.few;
}

static nb_status grow(struct nb_candidate_list *list, uint32_t most)
{
	uint32_t room = list->room * 2u > most ? most : list->room * 2u;
	uint32_t *many = malloc(room * sizeof(*many));

	if (!many)
		return NB_ENOMEM;
	memcpy(many, partners_of(list), list->n * sizeof(*many));
	if (list->room > NB_CANDIDATES_FEW)
		free(list->partner.many);
	list->partner.many = many;
	list->room = (uint16_t)room;
	return NB_OK;
}

/* Put a where it belongs; into a full list it pushes out the last. */
static nb_status insert(struct nb_candidate_list *list, uint32_t most, uint32_t a)
{
	uint32_t *partner = partners_of(list), at = list->n;

	while (at > 0 && partner[at - 1] > a)
		at--;
	if (at == most || (at > 0 && partner[at - 1] == a))
		return NB_OK;
	if (list->n == most)
		list->n--;
	else if (list->n == list->room && grow(list, most) != NB_OK)
		return NB_ENOMEM;
	partner = partners_of(list);
	memmove(partner + at + 1, partner + at, (list->n - at) * sizeof(*partner));
	partner[at] = a;
	list->n++;
	if (list->n == most)
		__atomic_store_n(&list->limit, partner[most - 1] + 1, __ATOMIC_RELAXED);
	return NB_OK;
}

nb_status nb_candidate_lists_add(nb_candidate_lists *p, uint32_t x, uint32_t y, uint32_t times)
{
	uint32_t a = x < y ? x : y, b = x < y ? y : x;
	pthread_mutex_t *lock = &p->locks->stripe[b % STRIPES];
	nb_status status;

	pthread_mutex_lock(lock);
	p->list[b].seen += times;
	status = insert(&p->list[b], p->most, a);
	pthread_mutex_unlock(lock);
	return status;
}

uint64_t nb_candidate_lists_dropped(const nb_candidate_lists *p)
{
	uint64_t sum = 0;

	for (uint32_t i = 0; i < p->n; i++)
		if (p->list[i].n == p->most)
			sum += p->list[i].seen - p->most;
	return sum;
}

nb_status nb_candidate_lists_take(const nb_candidate_lists *p, nb_pairs *out)
{
	size_t n = 0;

	for (uint32_t b = 0; b < p->n; b++)
		n += p->list[b].n;
	if (NB_GROW(out->pair, &out->capacity, n) != NB_OK)
		return NB_ENOMEM;
	out->n = 0;
	for (uint32_t b = 0; b < p->n; b++)
		for (uint32_t i = 0; i < p->list[b].n; i++)
			out->pair[out->n++] =
				(nb_pair){ partners_of(&p->list[b])[i], b };
	return NB_OK;
}
