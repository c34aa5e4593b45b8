/* SPDX-License-Identifier: MIT
 *
 * memory_shim.cpp - see memory_shim.h.
 */
#include "foreign/memory_shim.h"

#include <cstdlib>
#include <new>
#include <unicode/uclean.h>

#define ZSTD_STATIC_LINKING_ONLY
#include <zstd.h>

/* C++ keeps whom to call, if anybody. */
static void *checked(void *p)
{
	if (!p && std::get_new_handler())
		std::get_new_handler()();
	return p;
}

static void *icu_alloc(const void *, size_t n)
{
	return checked(std::malloc(n));
}

static void *icu_realloc(const void *, void *p, size_t n)
{
	return checked(std::realloc(p, n));
}

static void icu_free(const void *, void *p)
{
	std::free(p);
}

static void *zstd_alloc(void *, size_t n)
{
	return checked(std::malloc(n));
}

static void zstd_free(void *, void *p)
{
	std::free(p);
}

extern "C" ZSTD_CCtx *nb_foreign_zstd_compressor(void)
{
	return ZSTD_createCCtx_advanced({ zstd_alloc, zstd_free, nullptr });
}

extern "C" void nb_foreign_end_without_memory(void (*end)(void))
{
	UErrorCode error = U_ZERO_ERROR;

	std::set_new_handler(end);
	u_setMemoryFunctions(nullptr, icu_alloc, icu_realloc, icu_free, &error);
}
