/* SPDX-License-Identifier: BSD-3-Clause */
#include "views/expect.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"

enum { TERMS_MAX = 64 };

/* Connections, by what became of them; then amounts. */
enum count {
	COUNT_HANDSHAKE_COMPLETE, COUNT_OPEN, COUNT_CLOSED, COUNT_HALF_CLOSED, COUNT_RESET, COUNT_REFUSED, COUNT_NO_ANSWER, COUNT_REJECTED,
	COUNT_MID_STREAM, COUNT_RETRANSMISSION, COUNT_LOSS,
	COUNT_CONNECTIONS, COUNT_PACKETS, COUNT_BYTES, COUNT_RETRANSMISSIONS, COUNT_MISSED_BYTES,
	COUNTS
};

static const char *const words[COUNTS] = {
	[COUNT_HANDSHAKE_COMPLETE] = "handshake-complete",
	[COUNT_OPEN] = "open",
	[COUNT_CLOSED] = "closed",
	[COUNT_HALF_CLOSED] = "half-closed",
	[COUNT_RESET] = "reset",
	[COUNT_REFUSED] = "refused",
	[COUNT_NO_ANSWER] = "no-answer",
	[COUNT_REJECTED] = "rejected",
	[COUNT_MID_STREAM] = "mid-stream",
	[COUNT_RETRANSMISSION] = "retransmission",
	[COUNT_LOSS] = "loss",
	[COUNT_CONNECTIONS] = "connections",
	[COUNT_PACKETS] = "packets",
	[COUNT_BYTES] = "bytes",
	[COUNT_RETRANSMISSIONS] = "retransmissions",
	[COUNT_MISSED_BYTES] = "missed-bytes",
};

enum comparison { EQUAL, NOT_EQUAL, LESS, AT_MOST, MORE, AT_LEAST, ALL };

/* Longer ones before those that they begin with. */
static const struct {
	const char *text;
	enum comparison comparison;
} comparisons[] = { { "==", EQUAL }, { "=", EQUAL }, { "!=", NOT_EQUAL }, { "<=", AT_MOST }, { "<", LESS }, { ">=", AT_LEAST }, { ">", MORE } };

struct term {
	const char *text;       /* where it was written */
	int length;
	bool negated;
	enum count count;
	enum comparison comparison;
	uint64_t number;
};

struct expect {
	struct term terms[TERMS_MAX];
	unsigned term_count;
	uint64_t counts[COUNTS];
};

struct parser {
	const char *text;
	const char *at;
	struct synfin_error *error;
};

/* ---- Reading */

static int complain(const struct parser *parser, const char *what)
{
	return error_set(parser->error, SYNFIN_E_ARGUMENT, parser->text, "column %zu of '%.200s': %s", (size_t)(parser->at - parser->text) + 1,
		parser->text, what);
}

static void skip_blanks(struct parser *parser)
{
	while (isspace((unsigned char)*parser->at))
		parser->at++;
}

static size_t word_length(const char *text)
{
	size_t length = 0;

	while (isalpha((unsigned char)text[length]) || (length && text[length] == '-'))
		length++;
	return length;
}

/* Take a word if it is the next one. */
static bool take_word(struct parser *parser, const char *word)
{
	size_t length = word_length(parser->at);

	if (length != strlen(word) || strncmp(parser->at, word, length) != 0)
		return false;
	parser->at += length;
	return true;
}

static bool find_word(enum count *count, const char *text, size_t length)
{
	for (unsigned i = 0; i < COUNTS; i++)
		if (strlen(words[i]) == length && strncmp(words[i], text, length) == 0) {
			*count = (enum count)i;
			return true;
		}
	return false;
}

static int unknown_word(const struct parser *parser, size_t length)
{
	char what[320];
	size_t used = (size_t)snprintf(what, sizeof what, length ? "unknown word; there are" : "a word is due here:");

	for (unsigned i = 0; i < COUNTS && used < sizeof what; i++)
		used += (size_t)snprintf(what + used, sizeof what - used, " %s", words[i]);
	return complain(parser, what);
}

static int read_comparison(struct parser *parser, struct term *term)
{
	for (unsigned i = 0; i < sizeof comparisons / sizeof *comparisons; i++) {
		size_t length = strlen(comparisons[i].text);
		if (strncmp(parser->at, comparisons[i].text, length) != 0)
			continue;
		parser->at += length;
		skip_blanks(parser);
		if (!isdigit((unsigned char)*parser->at))
			return complain(parser, "a number is due here");
		term->comparison = comparisons[i].comparison;
		for (term->number = 0; isdigit((unsigned char)*parser->at); parser->at++)
			if (__builtin_mul_overflow(term->number, 10u, &term->number)
			    || __builtin_add_overflow(term->number, (unsigned)(*parser->at - '0'), &term->number))
				return complain(parser, "the number is too large");
		return SYNFIN_OK;
	}
	return SYNFIN_OK;
}

static int read_condition(struct parser *parser, struct term *term)
{
	const char *start = parser->at;
	size_t length = word_length(start);
	bool none = false;

	if (!find_word(&term->count, start, length)) {
		none = length > 3 && strncmp(start, "no-", 3) == 0 && find_word(&term->count, start + 3, length - 3);
		if (!none)
			return unknown_word(parser, length);
	}
	parser->at += length;
	const char *end = parser->at;
	term->comparison = term->count == COUNT_HANDSHAKE_COMPLETE || term->count == COUNT_CLOSED ? ALL : MORE;
	if (none) {
		term->comparison = EQUAL;
		return SYNFIN_OK;
	}
	skip_blanks(parser);
	const char *behind = parser->at;
	int status = read_comparison(parser, term);
	if (parser->at == behind)
		parser->at = end;
	return status;
}

static int read_term(struct parser *parser, struct expect *expect)
{
	if (expect->term_count == TERMS_MAX)
		return complain(parser, "too many terms");
	struct term *term = &expect->terms[expect->term_count++];
	term->text = parser->at;
	while (*parser->at == '!' || take_word(parser, "not")) {
		parser->at += *parser->at == '!';
		term->negated = !term->negated;
		skip_blanks(parser);
	}
	int status = read_condition(parser, term);
	term->length = (int)(parser->at - term->text);
	return status;
}

static int read_expression(struct parser *parser, struct expect *expect)
{
	for (;;) {
		skip_blanks(parser);
		int status = read_term(parser, expect);
		if (status < 0)
			return status;
		skip_blanks(parser);
		if (!*parser->at)
			return SYNFIN_OK;
		if (*parser->at == ',')
			parser->at++;
		else if (!take_word(parser, "and"))
			return complain(parser, "',' or 'and' is due here");
	}
}

int expect_create(struct expect **expect, const char *text, struct synfin_error *error)
{
	struct parser parser = { text, text, error };
	struct expect *made = calloc(1, sizeof *made);

	if (!made)
		return error_set(error, SYNFIN_E_MEMORY, NULL, "out of memory");
	int status = read_expression(&parser, made);
	if (status < 0) {
		free(made);
		return status;
	}
	*expect = made;
	return SYNFIN_OK;
}

void expect_destroy(struct expect *expect)
{
	free(expect);
}

/* ---- Counting */

static int on_packet(void *self, const struct synfin_packet *packet, const struct synfin_observation *observation)
{
	struct expect *expect = self;

	(void)packet, (void)observation;
	expect->counts[COUNT_PACKETS]++;
	return SYNFIN_OK;
}

static int on_closed(void *self, const struct synfin_connection *connection)
{
	static const enum count kinds[SYNFIN_OUTCOMES] = {
		[SYNFIN_OUTCOME_OPEN] = COUNT_OPEN,
		[SYNFIN_OUTCOME_HALF_CLOSED] = COUNT_HALF_CLOSED,
		[SYNFIN_OUTCOME_CLOSED] = COUNT_CLOSED,
		[SYNFIN_OUTCOME_RESET] = COUNT_RESET,
		[SYNFIN_OUTCOME_REFUSED] = COUNT_REFUSED,
		[SYNFIN_OUTCOME_NO_ANSWER] = COUNT_NO_ANSWER,
		[SYNFIN_OUTCOME_HANDSHAKE_REJECTED] = COUNT_REJECTED,
		[SYNFIN_OUTCOME_MID_STREAM] = COUNT_MID_STREAM,
	};
	uint64_t *counts = ((struct expect *)self)->counts;
	const struct synfin_endpoint *end = connection->end;
	enum synfin_outcome outcome = synfin_connection_outcome(connection);
	uint64_t retransmitted = (uint64_t)end[0].retransmitted + end[1].retransmitted;
	uint64_t missed = (uint64_t)end[0].missed + end[1].missed;

	counts[COUNT_CONNECTIONS]++;
	counts[kinds[outcome]]++;
	/* Also of a connection that has another outcome by now. */
	counts[COUNT_MID_STREAM] += outcome != SYNFIN_OUTCOME_MID_STREAM && (connection->flags & SYNFIN_CONN_MID_STREAM);
	counts[COUNT_HANDSHAKE_COMPLETE] += (connection->flags & SYNFIN_CONN_ESTABLISHED) != 0;
	counts[COUNT_RETRANSMISSION] += retransmitted > 0;
	counts[COUNT_RETRANSMISSIONS] += retransmitted;
	counts[COUNT_LOSS] += missed > 0;
	counts[COUNT_MISSED_BYTES] += missed;
	counts[COUNT_BYTES] += synfin_stream_bytes(&end[0]) + synfin_stream_bytes(&end[1]);
	return SYNFIN_OK;
}

struct synfin_sink expect_sink(struct expect *expect)
{
	return (struct synfin_sink){ .self = expect, .packet = on_packet, .connection_closed = on_closed };
}

/* ---- Judging */

static bool holds(const struct expect *expect, const struct term *term)
{
	uint64_t counted = expect->counts[term->count];

	switch (term->comparison) {
	case EQUAL:
		return counted == term->number;
	case NOT_EQUAL:
		return counted != term->number;
	case LESS:
		return counted < term->number;
	case AT_MOST:
		return counted <= term->number;
	case MORE:
		return counted > term->number;
	case AT_LEAST:
		return counted >= term->number;
	default:
		return counted > 0 && counted == expect->counts[COUNT_CONNECTIONS];
	}
}

unsigned expect_judge(const struct expect *expect, expect_unmet_fn *unmet, void *context)
{
	unsigned count = 0;

	for (unsigned i = 0; i < expect->term_count; i++) {
		const struct term *term = &expect->terms[i];
		if (holds(expect, term) != term->negated)
			continue;
		count++;
		unmet(context, term->text, term->length, expect->counts[term->count]);
	}
	return count;
}
