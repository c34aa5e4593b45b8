/* SPDX-License-Identifier: MIT
 *
 * mo.h - message catalogues of GNU gettext, which is how GeoNames' names of places are packaged.
 */
#ifndef NB_TOOLS_LEXICON_MO_H
#define NB_TOOLS_LEXICON_MO_H

#include <stdbool.h>

#include "newsbraid/nb.h"

typedef void mo_take(void *context, nb_str message, nb_str translation);

/** Give every pair to `take`; false if file[0..n) is no catalogue.  Wrong pairs are left out. */
bool mo_read(nb_str file, mo_take *take, void *context);

#endif
