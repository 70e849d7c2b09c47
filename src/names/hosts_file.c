/* SPDX-License-Identifier: BSD-3-Clause */
/* The system's file of hosts, hosts(5): an address and its names on each line, of which the first is its own. */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "names/hosts.h"

/* More lines than these are not read: a file of millions is no file of hosts, and must not keep anybody waiting. */
#define LINES_MOST 1000000
#define LINE_MOST 4096

static bool read_address(const char *text, struct synfin_address *address)
{
	uint8_t four[4];
	if (inet_pton(AF_INET, text, four) == 1) {
		*address = hosts_ipv4(four);
		return true;
	}
	return inet_pton(AF_INET6, text, address->bytes) == 1;
}

/* The next word of a line, ended with a NUL, or NULL; *at goes behind it. */
static char *next_word(char **at)
{
	char *word = *at + strspn(*at, " \t\r\n");
	size_t length = strcspn(word, " \t\r\n#");
	if (length == 0)
		return NULL;
	*at = word + length;
	if (**at == '#')
		**at = '\0';
	else if (**at)
		*(*at)++ = '\0';
	return word;
}

void hosts_read(struct hosts *hosts, const char *path)
{
	char line[LINE_MOST];
	FILE *file = fopen(path, "re");
	if (!file)
		return;
	for (unsigned lines = 0; lines < LINES_MOST && fgets(line, sizeof line, file); lines++) {
		struct synfin_address address;
		char *at = line, *number = next_word(&at), *name = number ? next_word(&at) : NULL;
		if (name && read_address(number, &address))
			(void)hosts_learn(hosts, &address, name, strlen(name), HOSTS_FILE);
	}
	fclose(file);
}
