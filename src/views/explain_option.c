/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The options of a TCP header, one row each. They are taken from the line, not from the bytes: what the reader sees there is what is to be
 * explained, down to "[bad opt]".
 */
#include "views/explain_parts.h"

#include "views/explain_table.h"
#include "views/text.h"

/* The length of the option that begins at `at`: a comma ends it, but for one in braces or before a blank ("can't check"). */
static size_t option_length(const char *at, const char *end)
{
	unsigned depth = 0;
	const char *p = at;
	for (; p < end; p++) {
		depth += *p == '{';
		depth -= *p == '}' && depth;
		if (*p == ',' && !depth && (p + 1 == end || p[1] != ' '))
			break;
	}
	return (size_t)(p - at);
}

static bool begins(const char *text, size_t length, const char *with)
{
	return length >= strlen(with) && memcmp(text, with, strlen(with)) == 0;
}

static bool ends(const char *text, const char *end, const char *with)
{
	size_t length = strlen(with);
	return (size_t)(end - text) >= length && memcmp(end - length, with, length) == 0;
}

/* Which option tcpdump calls so. */
static const struct explained *option_of(const char *text, size_t length)
{
	size_t word = 0;
	while (word < length && text[word] != ' ' && text[word] != '[')
		word++;
	if (word == 0)
		return explained_option(13); /* the one without a name */
	if (begins(text, word, "exp-"))
		return explained_option(254);
	for (const struct explained *option = explained_options; option->name; option++)
		if (strlen(option->name) == word && memcmp(option->name, text, word) == 0)
			return option;
	return NULL;
}

/* What a value means that is not simply what it says. */
static void put_value(struct explain *explain, const struct explained *option)
{
	const struct synfin_tcp *tcp = &explain->packet->tcp;
	if (option->kind == 3 && (tcp->options & SYNFIN_TCPOPT_WINDOW_SCALE) && tcp->window_scale <= 14) {
		explain_number(explain, NAME_N, 1u << tcp->window_scale);
		explain_say(explain, T("; here {n} times"));
	} else if (option->kind == 8 && tcp->timestamp_echo == 0 && !(tcp->flags & SYNFIN_TCP_ACK)) {
		explain_say(explain, T(" (ecr 0: there is none yet)"));
	}
}

static void put_option(struct explain *explain, const char *text, size_t length)
{
	const struct explained *option = option_of(text, length);
	output_bytes(&explain->say.text, text, length);
	explain_say(explain, "  ");
	if (begins(text, length, "[bad opt]")) {
		explain_say(explain, T("here the list cannot be read any further: a length contradicts the header"));
		return;
	}
	if (memmem(text, length, "[|tcp]", 6)) {
		explain_say(explain, T("the rest of the options was not captured"));
		return;
	}
	if (option) {
		explain_say(explain, T(option->text));
		put_value(explain, option);
	} else {
		explain_say(explain, T("an option that synfin does not know; who does not know it skips it"));
	}
	if (memmem(text, length, "[len ", 5))
		explain_say(explain, T("; its length is not the one that it should have"));
}

void explain_tcp_options(struct explain *explain)
{
	const struct explain_span *span = &explain->line.fields[FIELD_OPTIONS];
	const char *label = explain_field_label(FIELD_OPTIONS, false);
	bool filled = false;
	if (span->length == 0)
		return;
	const char *at = explain->line.text + span->start + strlen("options [");
	const char *end = explain->line.text + span->start + span->length;
	/* The list's own bracket; it is missing where the list could not be read to its end. */
	if (ends(at, end, "]") && !ends(at, end, "[bad opt]") && !ends(at, end, "[|tcp]"))
		end--;
	while (at < end) {
		size_t length = option_length(at, end);
		bool filler = length == 3 && begins(at, length, "nop");
		/* One is as good as many. */
		if (!filler || !filled) {
			put_option(explain, at, length);
			say_row(&explain->say, label);
			label = "";
		}
		filled |= filler;
		at += length + (at + length < end);
	}
}
