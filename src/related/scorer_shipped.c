/* SPDX-License-Identifier: MIT
 *
 * scorer_shipped.c - the scorer that the library uses: src/data/scorer.txt, made into C by the build.
 */
#include "related/scorer.h"

#include "scorer.inc"
