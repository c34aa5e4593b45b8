/* SPDX-License-Identifier: MIT
 *
 * newsbraid.h - all of the library in one include, for C11 and C++.
 *
 * What most callers need:
 *
 *     a whole night: copies, events, storylines       newsbraid/run.h
 *     files of any format to articles                 newsbraid/reader.h
 *     two texts: sketches, then exact comparison      newsbraid/sketch.h, newsbraid/verify.h
 *     tables on disk                                  newsbraid/publish.h
 *
 * tests/examples/ has a small program for each.
 */
#ifndef NEWSBRAID_H
#define NEWSBRAID_H

#include "newsbraid/agency.h"
#include "newsbraid/agreement.h"
#include "newsbraid/arena.h"
#include "newsbraid/article.h"
#include "newsbraid/clean.h"
#include "newsbraid/concepts.h"
#include "newsbraid/copies.h"
#include "newsbraid/data.h"
#include "newsbraid/date.h"
#include "newsbraid/events.h"
#include "newsbraid/html.h"
#include "newsbraid/isa.h"
#include "newsbraid/json.h"
#include "newsbraid/langid.h"
#include "newsbraid/lexicon.h"
#include "newsbraid/linkage.h"
#include "newsbraid/match.h"
#include "newsbraid/nb.h"
#include "newsbraid/night.h"
#include "newsbraid/publish.h"
#include "newsbraid/reader.h"
#include "newsbraid/related.h"
#include "newsbraid/run.h"
#include "newsbraid/sketch.h"
#include "newsbraid/terms.h"
#include "newsbraid/token.h"
#include "newsbraid/utf8.h"
#include "newsbraid/verify.h"

#endif
