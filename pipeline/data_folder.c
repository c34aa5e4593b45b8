/* SPDX-License-Identifier: MIT
 *
 * data_folder.c - see data_folder.h.
 */
#include "data_folder.h"

#include <stdlib.h>

const char *data_folder(const char *option)
{
	return option ? option : getenv("NEWSBRAID_DATA");
}

const char *data_warning(const nb_data_files *d, int i)
{
	if (i == 0)
		return *d->lexicon.path ? NULL :
		       "no lexicon (" NB_LEXICON_NAME "): reports in different languages are not "
		       "brought together";
	return *d->model.path ? NULL :
	       "no language model (" NB_MODEL_NAME "): languages of short texts are told less well";
}
