/* SPDX-License-Identifier: BSD-3-Clause */
/* Node Information Queries (RFC 4620, and the draft before it): ICMPv6 types 139 and 140. */
#include "lines/application.h"
#include "lines/field.h"
#include "lines/icmpv6.h"

enum {
	QUERY = 139,
	HEADER = 16,
	OLD_QUERY = 12,
	TYPE_NOTHING = 0,
	TYPE_TYPES = 1,
	TYPE_NAME = 2,
	TYPE_ADDRESSES = 3,
	FLAG_TRUNCATED = 1,
	REPLY_ADDRESS = 20,
};

/* The text goes on after what is cut: the length is still to come. */
static void put_cut(struct line *line)
{
	put_format(line, " [|%s]", line->protocol);
}

static void put_verbose(struct line *line, const char *text)
{
	if (line->options->verbose)
		put_text(line, text);
}

/* A name's labels, or the draft's counted string. */
static void put_name(struct line *line, size_t at)
{
	size_t end = field_captured(line);

	if (at < end && field_u8(line, at) == end - at - 1) {
		put_verbose(line, ", 03 draft");
		put_text(line, ", \"");
		put_visible_bytes(line, at + 1, end - at - 1);
		put_char(line, '"');
		return;
	}
	put_text(line, ", \"");
	while (at < end) {
		size_t size = field_u8(line, at++);
		if (size > end - at) {
			put_text(line, "???");
			break;
		}
		if (size == 0) {
			if (at == end)
				put_char(line, '.');
			else if (at + 1 != end || field_u8(line, at) != 0)
				put_text(line, "???");
			break;
		}
		put_visible_bytes(line, at, size);
		at += size;
		if (at + 1 < end && field_u8(line, at) != 0)
			put_char(line, '.');
	}
	put_char(line, '"');
}

static void put_address_flags(struct line *line, uint16_t flags, bool reply)
{
	if (!flags)
		return;
	put_text(line, " [");
	for (unsigned i = 0; i < 6; i++) {
		if (flags & 0x40u >> i)
			put_char(line, "aGSLCA"[i]);
	}
	if (reply && flags & FLAG_TRUNCATED)
		put_char(line, 'T');
	put_char(line, ']');
}

static void put_type_flags(struct line *line, uint16_t flags)
{
	if (flags)
		put_text(line, flags & 1 ? " [C]" : " []");
}

static void put_subject(struct line *line)
{
	uint8_t code = field_u8(line, 1);

	if (code == 1) {
		put_text(line, ", subject=DNS name");
		if (!field_present(line, HEADER, 1)) {
			line->at.fault = true;
			return;
		}
		put_name(line, HEADER);
	} else if (code == 0 || code == 2) {
		size_t size = code == 0 ? 16 : 4;
		if (!field_present(line, HEADER, size))
			return;
		if (field_captured(line) != HEADER + size) {
			put_verbose(line, ", invalid subject len");
			return;
		}
		put_text(line, ", subject=");
		if (code == 0)
			put_field_ipv6(line, HEADER);
		else
			put_field_ipv4(line, HEADER);
	} else {
		put_text(line, ", unknown subject");
	}
}

static void put_query(struct line *line)
{
	uint16_t type = field_u16(line, 4), flags = field_u16(line, 6);

	put_text(line, " (");
	if (type == TYPE_NOTHING) {
		put_text(line, "noop");
	} else if (type == TYPE_TYPES) {
		put_text(line, "supported qtypes");
		put_type_flags(line, flags);
	} else if (type == TYPE_NAME) {
		put_text(line, "DNS name");
	} else if (type == TYPE_ADDRESSES) {
		put_text(line, "node addresses");
		put_address_flags(line, flags, false);
	} else {
		put_text(line, "unknown");
	}
	if (type == TYPE_NOTHING || type == TYPE_TYPES) {
		if (field_captured(line) != HEADER)
			put_verbose(line, ", invalid len");
	} else if (field_captured(line) == HEADER) {
		put_text(line, ", 03 draft");
	} else {
		put_subject(line);
	}
	put_char(line, ')');
}

/* Each with the seconds that it may be kept. */
static void put_reply_addresses(struct line *line, uint16_t flags)
{
	for (size_t at = HEADER; at + REPLY_ADDRESS <= field_captured(line); at += REPLY_ADDRESS) {
		put_char(line, ' ');
		put_field_ipv6(line, at + 4);
		put_format(line, "(%u)", field_u32(line, at));
	}
	put_address_flags(line, flags, true);
}

static void put_answer(struct line *line, const char *separator)
{
	uint16_t type = field_u16(line, 4), flags = field_u16(line, 6);

	put_text(line, separator);
	if (type == TYPE_NOTHING) {
		put_text(line, "noop");
		if (field_captured(line) != HEADER)
			put_verbose(line, ", invalid length");
	} else if (type == TYPE_TYPES) {
		put_text(line, "supported qtypes");
		put_type_flags(line, flags);
	} else if (type == TYPE_NAME) {
		put_text(line, "DNS name");
		(void)field_u8(line, HEADER + 4);
		put_name(line, HEADER + 4);
		if (flags & 1)
			put_format(line, " [TTL=%u]", field_u32(line, HEADER));
	} else if (type == TYPE_ADDRESSES) {
		put_text(line, "node addresses");
		put_reply_addresses(line, flags);
	} else {
		put_text(line, "unknown");
	}
}

static void put_reply(struct line *line)
{
	uint8_t code = field_u8(line, 1);

	put_text(line, " node information reply (");
	if (code == 0) {
		put_verbose(line, "success");
		put_answer(line, line->options->verbose ? ", " : "");
	} else if (code == 1 || code == 2) {
		put_text(line, code == 1 ? "refused" : "unknown");
		if (field_captured(line) != HEADER)
			put_verbose(line, ", invalid length");
	}
	put_char(line, ')');
}

void print_node_information(struct line *line)
{
	bool query = field_u8(line, 0) == QUERY;
	(void)field_u8(line, 1);
	if (!line_alive(line))
		return;

	if (query && field_captured(line) == OLD_QUERY) {
		put_text(line, " who-are-you request");
		return;
	}
	if (query)
		put_text(line, " node information query");
	if (!field_present(line, 0, query ? HEADER : line->length) || line->length < HEADER)
		put_cut(line);
	else if (query)
		put_query(line);
	else
		put_reply(line);
}
