/* SPDX-License-Identifier: MIT
 *
 * id_order.h - article numbers in the byte order of their ids.
 */
#ifndef NB_PUBLISH_ID_ORDER_H
#define NB_PUBLISH_ID_ORDER_H

#include "newsbraid/night.h"

/**
 * @param order  out: order[0..n), the number of the article whose id comes first, second ...
 * @return NB_OK or NB_ENOMEM.  Opens OpenMP regions.
 */
nb_status nb_order_ids(const nb_night *night, uint32_t *order) NB_MUST_CHECK;

#endif
