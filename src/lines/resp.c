/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RESP, the protocol of Redis.
 *
 *     : RESP "SET" "key" "value"
 *
 * A segment may hold several values, one after the other. Arrays are not shown as such, only what is in them; so it is enough to
 * count the values that are still owed. What is no value is a command line, which ends with CR, LF or both.
 */
#include <limits.h>

#include "lines/field.h"
#include "lines/payload.h"

enum {
	LENGTH_NULL = -1,
	LENGTH_NEGATIVE = -2,
	LENGTH_TOO_LARGE = -3,
	LENGTH_CUT = -4,
	LENGTH_INVALID = -5,
};

/* The values that are being read. */
struct reader {
	struct line *line;
	size_t at;
	uint64_t owed;
	bool end; /* cut, or otherwise over */
};

/* Whether there are n more bytes. */
static bool there_are(const struct reader *reader, size_t n)
{
	return reader->at + n <= reader->line->length && field_present(reader->line, reader->at, n);
}

/* The same, but bytes that were sent and not captured are a read beyond the end. */
static bool has(struct reader *reader, size_t n)
{
	return reader->at + n <= reader->line->length && field_bytes(reader->line, reader->at, n);
}

static uint8_t peek(const struct reader *reader)
{
	return field_u8(reader->line, reader->at);
}

static void cut(struct reader *reader)
{
	line_truncated(reader->line);
	reader->end = true;
}

static void put_quoted(struct reader *reader, size_t from, size_t to)
{
	put_text(reader->line, " \"");
	for (size_t i = from; i < to; i++)
		put_visible(reader->line, field_u8(reader->line, i));
	put_char(reader->line, '"');
}

/* Find the next CR LF and step over it. Returns where it begins; SIZE_MAX, and the end, if there is none. */
static size_t take_line_end(struct reader *reader)
{
	for (; there_are(reader, 2); reader->at++) {
		if (field_u16(reader->line, reader->at) == 0x0d0a) {
			reader->at += 2;
			return reader->at - 2;
		}
	}
	cut(reader);
	return SIZE_MAX;
}

static bool is_line_end(uint8_t byte)
{
	return byte == '\r' || byte == '\n';
}

static void read_command(struct reader *reader)
{
	while (has(reader, 1) && is_line_end(peek(reader)))
		reader->at++;
	size_t from = reader->at;
	while (has(reader, 1) && !is_line_end(peek(reader)))
		reader->at++;
	if (!has(reader, 1)) {
		cut(reader);
		return;
	}
	put_quoted(reader, from, reader->at);
	while (has(reader, 1) && is_line_end(peek(reader)))
		reader->at++;
}

/* A string, an error or an integer. */
static void read_simple(struct reader *reader)
{
	size_t from = ++reader->at;
	size_t to = take_line_end(reader);
	if (to != SIZE_MAX)
		put_quoted(reader, from, to);
}

/* The digits of a length; *saw says that there was one, *large that they are beyond an int. */
static int read_digits(struct reader *reader, bool *saw, bool *large)
{
	int value = 0;
	*saw = *large = false;
	for (; has(reader, 1); reader->at++) {
		uint8_t byte = peek(reader);
		if (byte < '0' || byte > '9')
			break;
		int digit = byte - '0';
		if (value > (INT_MAX - digit) / 10)
			*large = true;
		else
			value = value * 10 + digit;
		*saw = true;
	}
	return value;
}

/* A length and its line end; one of the negative values if it has none. A byte that does not belong is stepped over. */
static int read_length(struct reader *reader)
{
	static const uint8_t line_end[2] = { '\r', '\n' };
	bool saw, large, negative;

	reader->at++;
	negative = has(reader, 1) && peek(reader) == '-';
	if (negative)
		reader->at++;
	int value = read_digits(reader, &saw, &large);
	if (has(reader, 1) && !saw) {
		reader->at++;
		return LENGTH_INVALID;
	}
	for (unsigned i = 0; i < 2; i++) {
		if (!has(reader, 1))
			return LENGTH_CUT;
		if (field_u8(reader->line, reader->at++) != line_end[i])
			return LENGTH_INVALID;
	}
	if (negative)
		return !large && value == 1 ? LENGTH_NULL : LENGTH_NEGATIVE;
	return large ? LENGTH_TOO_LARGE : value;
}

/* true if there is nothing more to read of a value with this length. */
static bool put_length(struct reader *reader, int length)
{
	switch (length) {
	case 0:
		put_text(reader->line, " empty");
		return false;
	case LENGTH_NULL:
		put_text(reader->line, " null");
		return true;
	case LENGTH_NEGATIVE:
		put_text(reader->line, " length negative and not -1");
		return true;
	case LENGTH_TOO_LARGE:
		put_text(reader->line, " length too large");
		return true;
	case LENGTH_CUT:
		cut(reader);
		return true;
	case LENGTH_INVALID:
		put_text(reader->line, " invalid");
		return true;
	default:
		return false;
	}
}

static void read_bulk(struct reader *reader)
{
	int length = read_length(reader);
	if (put_length(reader, length))
		return;
	if (length > 0) {
		if (!there_are(reader, (size_t)length)) {
			cut(reader);
			return;
		}
		put_quoted(reader, reader->at, reader->at + (size_t)length);
		reader->at += (size_t)length;
	}
	take_line_end(reader);
}

static void read_array(struct reader *reader)
{
	int length = read_length(reader);
	if (!put_length(reader, length))
		reader->owed += (uint64_t)length;
}

static void read_value(struct reader *reader)
{
	if (!has(reader, 1)) {
		cut(reader);
		return;
	}
	switch (peek(reader)) {
	case '+':
	case '-':
	case ':':
		read_simple(reader);
		break;
	case '$':
		read_bulk(reader);
		break;
	case '*':
		read_array(reader);
		break;
	default:
		read_command(reader);
	}
}

void print_resp(struct line *line)
{
	struct reader reader = { .line = line };

	put_text(line, ": RESP");
	while ((reader.owed > 0 || reader.at < line->length) && !reader.end && line_alive(line)) {
		if (reader.owed > 0)
			reader.owed--;
		read_value(&reader);
	}
}
