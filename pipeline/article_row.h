/* SPDX-License-Identifier: MIT
 *
 * article_row.h - an article as newsbraid read prints it: one JSON object, any format to one schema
 * (src/publish/schema/read.schema.json).
 */
#ifndef NB_PIPELINE_ARTICLE_ROW_H
#define NB_PIPELINE_ARTICLE_ROW_H

#include "newsbraid/json.h"
#include "newsbraid/reader.h"

/** Append the row of an article and a line feed; file: the one it is from. */
void article_row(nb_json *j, const nb_article *a, const nb_input_file *file);

#endif
