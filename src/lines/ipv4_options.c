/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * IPv4 options (RFC 791 s3.1, RFC 2113, RFC 1393).
 *
 * An option's code and length byte are read outright (a cut there ends the line); its data are looked at only when they were captured
 * whole. Loops over addresses may read a few bytes behind an option whose length is wrong, as tcpdump does.
 */
#include "lines/ipv4_options.h"

enum {
	OPTION_END = 0,
	OPTION_NOP = 1,
	OPTION_RECORD_ROUTE = 7,
	OPTION_TIMESTAMP = 68,
	OPTION_TRACEROUTE = 82,
	OPTION_SECURITY = 130,
	OPTION_LOOSE_ROUTE = 131,
	OPTION_STRICT_ROUTE = 137,
	OPTION_ROUTER_ALERT = 148,
};

static const char *option_name(uint8_t code)
{
	switch (code) {
	case OPTION_END:
		return "EOL";
	case OPTION_NOP:
		return "NOP";
	case OPTION_RECORD_ROUTE:
		return "RR";
	case OPTION_TIMESTAMP:
		return "timestamp";
	case OPTION_TRACEROUTE:
		return "traceroute";
	case OPTION_SECURITY:
		return "security";
	case OPTION_LOOSE_ROUTE:
		return "LSRR";
	case OPTION_STRICT_ROUTE:
		return "SSRR";
	case OPTION_ROUTER_ALERT:
		return "RA";
	default:
		return NULL;
	}
}

static void put_bad(struct line *line, const char *what, unsigned value)
{
	put_format(line, "[bad %s %u]", what, value);
}

/* `at` stands on the option's code. A pointer byte counts from 1, so 0 becomes the largest number here, beyond everything. */
static bool put_route(struct line *line, struct cursor at, unsigned length)
{
	if (length < 3) {
		put_char(line, ' ');
		put_bad(line, "length", length);
		return true;
	}
	if ((length + 1) & 3) {
		put_char(line, ' ');
		put_bad(line, "length", length);
	}
	cursor_skip(&at, 2);
	uint8_t pointer = cursor_u8(&at);
	unsigned next = pointer - 1u;
	if (next < 3 || ((next + 1) & 3) || next > length + 1) {
		put_char(line, ' ');
		put_bad(line, "ptr", pointer);
	}
	for (unsigned offset = 3; offset < length; offset += 4) {
		const uint8_t *address = cursor_take(&at, 4);
		if (!address)
			return false;
		put_char(line, ' ');
		put_ipv4(line, address);
		if (next > offset)
			put_char(line, ',');
	}
	return true;
}

static const char *timestamp_kind(unsigned flag)
{
	return flag == 0 ? "TSONLY" : flag == 1 ? "TS+ADDR" : flag == 3 ? "PRESPEC" : NULL;
}

/* The stamps themselves; *end is where they ended, which the pointer may point to. */
static bool put_stamps(struct line *line, struct cursor at, unsigned length, unsigned hop, unsigned next, unsigned *end)
{
	unsigned offset = 4;

	for (; offset < length; offset += hop) {
		const uint8_t *stamp = cursor_take(&at, hop);
		if (!stamp)
			return false;
		put_text(line, next == offset ? " ^ " : " ");
		put_decimal(line, bytes_u32(stamp + hop - 4));
		put_char(line, '@');
		if (hop == 8)
			put_ipv4(line, stamp);
	}
	*end = offset;
	return true;
}

static bool put_timestamp(struct line *line, struct cursor at, unsigned length)
{
	if (length < 4) {
		put_bad(line, "length", length);
		return true;
	}
	cursor_skip(&at, 2);
	uint8_t pointer = cursor_u8(&at);
	uint8_t flags = cursor_u8(&at);
	unsigned hop = (flags & 0xf) == 0 ? 4 : 8;
	unsigned next = pointer - 1u;
	unsigned end = 0;

	put_text(line, " TS{");
	if ((length - 4) & (hop - 1))
		put_bad(line, "length", length);
	if (next < 4 || ((next - 4) & (hop - 1)) || next > length + 1)
		put_bad(line, "ptr", pointer);
	const char *kind = timestamp_kind(flags & 0xf);
	if (!kind) {
		put_bad(line, "ts type", flags & 0xf);
	} else {
		put_text(line, kind);
		if (!put_stamps(line, at, length, hop, next, &end))
			return false;
	}
	if (next == end)
		put_text(line, " ^ ");
	if (flags >> 4)
		put_format(line, " [%u hops not recorded]} ", flags >> 4);
	else
		put_char(line, '}');
	return true;
}

static void put_router_alert(struct line *line, struct cursor at, unsigned length)
{
	if (length < 4) {
		put_char(line, ' ');
		put_bad(line, "length", length);
		return;
	}
	cursor_skip(&at, 2);
	uint16_t value = cursor_u16(&at);
	if (value) {
		put_text(line, " value ");
		put_decimal(line, value);
	}
}

static bool put_data(struct line *line, uint8_t code, struct cursor at, unsigned length)
{
	switch (code) {
	case OPTION_TIMESTAMP:
		return put_timestamp(line, at, length);
	case OPTION_RECORD_ROUTE:
	case OPTION_LOOSE_ROUTE:
	case OPTION_STRICT_ROUTE:
		return put_route(line, at, length);
	case OPTION_ROUTER_ALERT:
		put_router_alert(line, at, length);
		return true;
	default:
		return true;
	}
}

bool put_ipv4_options(struct line *line, uint32_t length)
{
	const char *separator = "";

	while (length > 0 && line_alive(line)) {
		struct cursor start = line->at;
		uint32_t size = 1;

		put_text(line, separator);
		separator = ",";
		uint8_t code = cursor_u8(&line->at);
		const char *name = option_name(code);
		if (name)
			put_text(line, name);
		else
			put_format(line, "unknown %u", code);
		if (code != OPTION_END && code != OPTION_NOP)
			size = cursor_u8(&line->at);
		if ((code != OPTION_END && code != OPTION_NOP && size < 2) || size > length) {
			put_char(line, ' ');
			put_bad(line, "length", size);
			return true;
		}
		if (!line_alive(line) || code == OPTION_END)
			return true;
		if (cursor_left(&start) < size || !put_data(line, code, start, size))
			return false;
		line->at = start;
		cursor_skip(&line->at, size);
		length -= size;
	}
	return true;
}
