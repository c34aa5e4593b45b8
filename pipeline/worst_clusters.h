/* SPDX-License-Identifier: MIT
 *
 * worst_clusters.h - which mistakes cost most.
 */
#ifndef NB_PIPELINE_WORST_CLUSTERS_H
#define NB_PIPELINE_WORST_CLUSTERS_H

#include "tables.h"

/**
 * Print the `most` found clusters that wrongly join the most pairs, and the gold clusters that lost
 * the most pairs, each with its parts, and an article of every part: language, time, agency, title, id.
 *
 * @param id, gold, found  [0..n): article ids, dense cluster numbers
 */
nb_status tell_worst(const nb_str *id, const uint32_t *gold, const uint32_t *found, size_t n,
		     size_t most, const article_list *articles);

#endif
