/* SPDX-License-Identifier: MIT
 *
 * memory_shim.h - what becomes of libraries that do not survive an allocation that fails: ICU's
 * detector of character sets and zstd's compressor for several threads walk into null pointers,
 * CLD2 throws through everything.  A program says what shall happen then with
 * nb_end_without_memory (nb.h).
 */
#ifndef NB_FOREIGN_MEMORY_SHIM_H
#define NB_FOREIGN_MEMORY_SHIM_H

#ifdef __cplusplus
extern "C" {
#endif

/** What nb_end_without_memory does. */
void nb_foreign_end_without_memory(void (*end)(void));

/** As ZSTD_createCCtx. */
struct ZSTD_CCtx_s *nb_foreign_zstd_compressor(void);

#ifdef __cplusplus
}
#endif

#endif
