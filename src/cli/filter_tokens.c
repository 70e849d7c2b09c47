/* SPDX-License-Identifier: BSD-3-Clause */
#include "cli/filter_tokens.h"

#include <ctype.h>
#include <string.h>

static bool in_word(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '.' || c == ':' || c == '-' || c == '\\';
}

static size_t token_length(const char *text)
{
	static const char *const pairs[] = { "||", "&&", "==", "!=", "<=", ">=", "<<", ">>" };
	size_t length = 0;
	while (in_word(text[length]))
		length++;
	for (size_t i = 0; length == 0 && i < sizeof pairs / sizeof *pairs; i++)
		if (strncmp(text, pairs[i], 2) == 0)
			return 2;
	return length ? length : 1;
}

void tokens_split(struct tokens *tokens, const char *text)
{
	int depth = 0;
	tokens->count = 0;
	while (tokens->count < TOKENS_MAX) {
		while (isspace((unsigned char)*text))
			text++;
		if (!*text)
			return;
		depth -= *text == ')';
		struct token *token = &tokens->list[tokens->count++];
		*token = (struct token){ text, token_length(text), depth };
		depth += *text == '(';
		text += token->length;
	}
}

bool token_is(const struct token *token, const char *words)
{
	for (const char *word = words; *word; word += strcspn(word, " "), word += *word == ' ')
		if (strcspn(word, " ") == token->length && memcmp(word, token->text, token->length) == 0)
			return true;
	return false;
}

bool tokens_at(const struct tokens *tokens, size_t i, const char *words)
{
	return i < tokens->count && token_is(&tokens->list[i], words);
}
