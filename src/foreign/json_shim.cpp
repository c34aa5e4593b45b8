/* SPDX-License-Identifier: MIT
 *
 * json_shim.cpp - simdjson behind plain C: the reading half of json.h.
 *
 * The document variant is used because it checks the whole value; the on-demand variant lets errors
 * pass in what nobody asks for.
 */
#include "newsbraid/json.h"

#include <cinttypes>
#include <cstdio>
#include <cstring>
#include <new>
#include <simdjson.h>

using namespace simdjson;

struct nb_doc {
	dom::parser parser;
};

static_assert(SIMDJSON_PADDING <= NB_JSON_PADDING, "padding");
static_assert(sizeof(dom::element) == sizeof(nb_node), "nb_node holds an element");
static_assert(2 * sizeof(dom::object::iterator) == sizeof(nb_walk::opaque), "nb_walk holds two");
static_assert(sizeof(dom::array::iterator) == sizeof(dom::object::iterator), "both kinds");

static dom::element element_of(const nb_node *node)
{
	dom::element e;

	memcpy(static_cast<void *>(&e), node->opaque, sizeof(e));
	return e;
}

static void node_of(const dom::element &e, nb_node *node)
{
	memcpy(node->opaque, static_cast<const void *>(&e), sizeof(e));
}

nb_doc *nb_doc_new(unsigned max_depth)
{
	nb_doc *doc = new (std::nothrow) nb_doc;

	/* room for one common article; more is taken as needed and keeps max_depth */
	if (doc && doc->parser.allocate(16384, max_depth) != SUCCESS) {
		delete doc;
		doc = nullptr;
	}
	return doc;
}

void nb_doc_free(nb_doc *doc)
{
	delete doc;
}

size_t nb_doc_capacity(const nb_doc *doc)
{
	return doc->parser.capacity();
}

nb_doc_result nb_doc_parse(nb_doc *doc, const char *json, size_t n, nb_node *root,
			   const char **detail)
{
	dom::element e;
	error_code error = doc->parser.parse(json, n, false).get(e);

	*detail = "";
	if (error == SUCCESS) {
		node_of(e, root);
		return NB_DOC_OK;
	}
	*detail = error_message(error);
	switch (error) {
	case MEMALLOC:
		return NB_DOC_NOMEM;
	case DEPTH_ERROR:
		return NB_DOC_DEEP;
	case EMPTY:
		return NB_DOC_EMPTY;
	default:
		return NB_DOC_BAD;
	}
}

nb_node_kind nb_node_kind_of(const nb_node *node)
{
	switch (element_of(node).type()) {
	case dom::element_type::ARRAY:
		return NB_NODE_ARRAY;
	case dom::element_type::OBJECT:
		return NB_NODE_OBJECT;
	case dom::element_type::STRING:
		return NB_NODE_STRING;
	case dom::element_type::BOOL:
		return NB_NODE_BOOL;
	case dom::element_type::NULL_VALUE:
		return NB_NODE_NULL;
	default:
		return NB_NODE_NUMBER;
	}
}

nb_str nb_node_string(const nb_node *node)
{
	std::string_view s;

	if (element_of(node).get(s) != SUCCESS)
		return nb_str{ nullptr, 0 };
	return nb_str{ s.data(), s.size() };
}

bool nb_node_true(const nb_node *node)
{
	bool x;

	return element_of(node).get(x) == SUCCESS && x;
}

size_t nb_node_number(const nb_node *node, char out[32])
{
	dom::element e = element_of(node);
	int64_t i;
	uint64_t u;
	double d;
	int n = 0;

	if (e.type() == dom::element_type::INT64 && e.get(i) == SUCCESS)
		n = snprintf(out, 32, "%" PRId64, i);
	else if (e.type() == dom::element_type::UINT64 && e.get(u) == SUCCESS)
		n = snprintf(out, 32, "%" PRIu64, u);
	else if (e.type() == dom::element_type::DOUBLE && e.get(d) == SUCCESS)
		n = snprintf(out, 32, "%.17g", d);
	return n > 0 ? static_cast<size_t>(n) : 0;
}

template <typename container> static bool begin(const dom::element &e, nb_walk *walk)
{
	container items;
	typename container::iterator at, end;

	if (e.get(items) != SUCCESS)
		return false;
	at = items.begin();
	end = items.end();
	memcpy(walk->opaque, static_cast<const void *>(&at), sizeof(at));
	memcpy(walk->opaque + 2, static_cast<const void *>(&end), sizeof(end));
	return true;
}

bool nb_walk_begin(const nb_node *node, nb_walk *walk)
{
	dom::element e = element_of(node);

	memset(walk, 0, sizeof(*walk));
	walk->members = e.is_object();
	if (walk->members)
		return begin<dom::object>(e, walk);
	return e.is_array() && begin<dom::array>(e, walk);
}

/* Load the iterator, hand its item to `take`, store it one further. */
template <typename iterator, typename taker> static bool step(nb_walk *walk, taker take)
{
	iterator at, end;

	memcpy(static_cast<void *>(&at), walk->opaque, sizeof(at));
	memcpy(static_cast<void *>(&end), walk->opaque + 2, sizeof(end));
	if (!(at != end))
		return false;
	take(at);
	++at;
	memcpy(walk->opaque, static_cast<const void *>(&at), sizeof(at));
	return true;
}

bool nb_walk_next(nb_walk *walk, nb_str *key, nb_node *value)
{
	*key = nb_str{ nullptr, 0 };
	if (walk->opaque[0] == 0)
		return false;
	if (!walk->members)
		return step<dom::array::iterator>(
			walk, [&](const dom::array::iterator &at) { node_of(*at, value); });
	return step<dom::object::iterator>(walk, [&](const dom::object::iterator &at) {
		std::string_view k = at.key();

		*key = nb_str{ k.data(), k.size() };
		node_of(at.value(), value);
	});
}
