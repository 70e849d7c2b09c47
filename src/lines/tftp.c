/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * TFTP (RFC 1350) with options (RFC 2347). Only the request comes to port 69; what follows it goes between other ports.
 *
 *     TFTP, length 38, RRQ "rfc1350.txt" octet tsize 0
 */
#include "lines/application.h"
#include "lines/field.h"

enum opcode { READ_REQUEST = 1, WRITE_REQUEST, DATA, ACKNOWLEDGMENT, ERROR, OPTION_ACKNOWLEDGMENT };

/* What is left of the datagram. A string that is cut is cut softly. */
struct rest {
	struct line *line;
	size_t at;
	size_t end;
	bool cut;
};

/* A string, without its NUL. */
static void put_string(struct rest *rest)
{
	while (rest->at < rest->end && field_present(rest->line, rest->at, 1)) {
		uint8_t byte = field_u8(rest->line, rest->at++);
		if (byte == 0)
			return;
		put_visible(rest->line, byte);
	}
	rest->cut = true;
}

static void put_quoted(struct rest *rest)
{
	put_text(rest->line, " \"");
	put_string(rest);
	put_char(rest->line, '"');
}

static void put_options(struct rest *rest)
{
	while (rest->at < rest->end && !rest->cut && line_alive(rest->line)) {
		if (field_u8(rest->line, rest->at) != 0)
			put_char(rest->line, ' ');
		put_string(rest);
	}
}

/* false, and the line is ended, if so many bytes are not left, or the last string was cut. */
static bool expect_more(const struct rest *rest, size_t bytes)
{
	bool more = !rest->cut && rest->at + bytes <= rest->end;

	if (!more)
		line_truncated(rest->line);
	return more;
}

static void put_request(struct rest *rest)
{
	if (!expect_more(rest, 1))
		return;
	put_quoted(rest);
	if (!expect_more(rest, 1))
		return;
	put_char(rest->line, ' ');
	put_string(rest);
	put_options(rest);
	if (rest->cut)
		line_truncated(rest->line);
}

static void put_error(struct rest *rest)
{
	static const char *const names[] = { "EUNDEF", "ENOTFOUND", "EACCESS", "ENOSPACE", "EBADOP", "EBADID", "EEXISTS", "ENOUSER" };

	if (!expect_more(rest, 2))
		return;
	unsigned code = field_u16(rest->line, rest->at);
	rest->at += 2;
	if (code < sizeof names / sizeof *names)
		put_format(rest->line, " %s", names[code]);
	else
		put_format(rest->line, " tftp-err-#%u \"", code);
	if (!expect_more(rest, 1))
		return;
	put_quoted(rest);
	if (rest->cut)
		line_truncated(rest->line);
}

static void put_block(struct rest *rest)
{
	if (!expect_more(rest, 2))
		return;
	unsigned block = field_u16(rest->line, rest->at);
	put_format(rest->line, " block %u", block);
}

void print_tftp(struct line *line)
{
	static const char *const names[] = { "", "RRQ", "WRQ", "DATA", "ACK", "ERROR", "OACK" };
	struct rest rest = { .line = line, .at = 2, .end = line->length };

	application_widen(line);
	put_format(line, "TFTP, length %u", line->length);
	if (rest.end < 2) {
		line_truncated(line);
		return;
	}
	unsigned opcode = field_u16(line, 0);
	if (opcode == 0 || opcode >= sizeof names / sizeof *names) {
		put_format(line, ", tftp-#%u", opcode);
		return;
	}
	put_format(line, ", %s", names[opcode]);
	switch ((enum opcode)opcode) {
	case READ_REQUEST:
	case WRITE_REQUEST:
		put_request(&rest);
		break;
	case DATA:
	case ACKNOWLEDGMENT:
		put_block(&rest);
		break;
	case ERROR:
		put_error(&rest);
		break;
	case OPTION_ACKNOWLEDGMENT:
		put_options(&rest);
		if (rest.cut)
			line_truncated(line);
		break;
	}
}
