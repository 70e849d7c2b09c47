/* SPDX-License-Identifier: BSD-3-Clause */
/* The words of a filter, as pcap-filter(7) parts them. */
#ifndef SYNFIN_CLI_FILTER_TOKENS_H
#define SYNFIN_CLI_FILTER_TOKENS_H

#include <stdbool.h>
#include <stddef.h>

/* More words than these are not looked at. */
enum { TOKENS_MAX = 512 };

struct token {
	const char *text; /* in the filter */
	size_t length;
	int depth;        /* parentheses around it */
};

struct tokens {
	size_t count;
	struct token list[TOKENS_MAX];
};

void tokens_split(struct tokens *tokens, const char *text);
/* Whether it is one of `words`, which are parted by blanks. */
bool token_is(const struct token *token, const char *words);
/* Whether token i is. Beyond the end none is. */
bool tokens_at(const struct tokens *tokens, size_t i, const char *words);

#endif
