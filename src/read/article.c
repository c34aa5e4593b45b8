/* SPDX-License-Identifier: MIT
 *
 * article.c - the names of article.h's enumerations.
 */
#include "newsbraid/article.h"

const char *nb_date_source_name(nb_date_source source)
{
	switch (source) {
	case NB_DATE_NONE:
		break;
	case NB_DATE_PUBLISHER:
		return "publisher";
	case NB_DATE_FEED:
		return "feed";
	case NB_DATE_CRAWL:
		return "crawl";
	case NB_DATE_FILE:
		return "file";
	}
	return "none";
}

const char *nb_pub_status_name(nb_pub_status status)
{
	switch (status) {
	case NB_PUB_USABLE:
		break;
	case NB_PUB_WITHHELD:
		return "withheld";
	case NB_PUB_CANCELED:
		return "canceled";
	case NB_PUB_KILLED:
		return "killed";
	}
	return "usable";
}

const char *nb_reject_reason_name(nb_reject_reason reason)
{
	switch (reason) {
	case NB_REJECT_JSON:
		return "bad-json";
	case NB_REJECT_SHAPE:
		return "not-an-object";
	case NB_REJECT_NO_TEXT:
		return "no-text";
	case NB_REJECT_NO_TOKEN:
		return "no-token";
	case NB_REJECT_TOO_LONG:
		return "too-long";
	case NB_REJECT_TOO_DEEP:
		return "too-deep";
	case NB_REJECT_DAMAGED:
		return "damaged";
	case NB_REJECT_MALFORMED:
		return "malformed";
	case NB_REJECT_UNREADABLE:
	case NB_REJECT_COUNT:
		break;
	}
	return "unreadable";
}
