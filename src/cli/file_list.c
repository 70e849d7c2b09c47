/* SPDX-License-Identifier: BSD-3-Clause */
/* Reading the list of -V. With --plain the texts of errors are tcpdump's. */
#include "cli/file_list.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"

const char *file_list_next(struct file_list *list)
{
	ssize_t length = list->stream ? getline(&list->line, &list->room, list->stream) : -1;
	if (length < 0)
		return NULL;
	if (length > 0 && list->line[length - 1] == '\n')
		list->line[length - 1] = '\0';
	return list->line;
}

int file_list_open(struct file_list *list, const char *path, bool plain, struct synfin_error *error)
{
	list->stream = strcmp(path, "-") == 0 ? stdin : fopen(path, "r");
	if (!list->stream)
		return error_set(error, SYNFIN_E_IO, path, "%s: %s", plain ? "Unable to open file" : path, strerror(errno));
	return SYNFIN_OK;
}

void file_list_close(struct file_list *list)
{
	if (list->stream && list->stream != stdin)
		fclose(list->stream);
	free(list->line);
	*list = (struct file_list){ .stream = NULL };
}
