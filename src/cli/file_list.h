/* SPDX-License-Identifier: BSD-3-Clause */
/* The list of capture files that -V names: one on each line. */
#ifndef SYNFIN_CLI_FILE_LIST_H
#define SYNFIN_CLI_FILE_LIST_H

#include <stdbool.h>
#include <stdio.h>

#include <synfin/status.h>

/* A zeroed struct is a list without files. */
struct file_list {
	FILE *stream;
	char *line;      /* the current name */
	size_t room;
};

/* Open `path` ("-" is standard input); what is in it is read later. `plain`: say what fails in tcpdump's words, which do not name it. */
int file_list_open(struct file_list *list, const char *path, bool plain, struct synfin_error *error);
/* The next name, valid until the next call; NULL after the last one. An empty line is an empty name, as in tcpdump. */
const char *file_list_next(struct file_list *list);
void file_list_close(struct file_list *list);

#endif
