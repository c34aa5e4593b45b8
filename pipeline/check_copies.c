/* SPDX-License-Identifier: MIT
 *
 * check_copies.c - articles and copy groups name each other.
 */
#include <inttypes.h>

#include "check.h"

static void check_article(check *c, size_t i)
{
	const found_article *a = &c->list.article[i];
	bool copy = str_equal(a->role, NB_STR("copy"));

	if (i > 0 && str_compare(c->list.article[i - 1].id, a->id) >= 0)
		problem(c, "articles: '%s' is out of order or twice there", printable(a->id));
	c->counted.copies += copy;
	if (!a->copy.ptr)
		problem(c, "articles: '%s' has no copy group", printable(a->id));
	if (copy != (a->copy_of.ptr != NULL))
		problem(c, "articles: '%s': role and copy_of disagree", printable(a->id));
	if (copy && !article_by_id(&c->list, a->copy_of))
		problem(c, "articles: '%s' copies '%s', which is no article", printable(a->id),
			printable(a->copy_of));
}

static void check_member(check *c, nb_str group, const nb_node *member)
{
	nb_str id = node_text(member, "id");
	const found_article *a = article_by_id(&c->list, id);

	if (!a || !str_equal(a->copy, group))
		problem(c, "copies: '%s' is not an article of group '%s'", printable(id),
			printable(group));
}

static nb_status check_group(void *context, const table *t)
{
	check *c = context;
	nb_node members, member;
	nb_walk walk;
	nb_str key;

	c->counted.groups++;
	if (!table_field(t, "members", &members) || !nb_walk_begin(&members, &walk))
		problem(c, "copies: line %" PRIu64 " has no members", t->line);
	else
		while (nb_walk_next(&walk, &key, &member))
			check_member(c, table_text(t, "id"), &member);
	return NB_OK;
}

nb_status check_copies(check *c, nb_error *err)
{
	for (size_t i = 0; i < c->list.n; i++)
		check_article(c, i);
	return check_each(c, "copies.jsonl.zst", check_group, c, err);
}
