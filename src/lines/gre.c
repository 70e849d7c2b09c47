/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * GRE (RFC 2784, RFC 2890, the source routes of RFC 1701) and its version 1 (PPTP, RFC 2637).
 *
 *     GREv0, key=0x10, length 46: IP ...
 */
#include "lines/carrier.h"
#include "lines/print.h"

enum {
	CHECKSUM = 0x8000,
	ROUTING = 0x4000,
	KEY = 0x2000,
	SEQUENCE = 0x1000,
	ACKNOWLEDGEMENT = 0x0080,
	ROUTE_IP = 0x0800,
	ROUTE_SYSTEMS = 0xfffe,
	PROTOCOL_OSI = 0x00fe,
	PROTOCOL_PPP = 0x880b,
};

static void put_flags(struct line *line, uint16_t flags)
{
	static const struct {
		uint16_t bit;
		const char *name;
	} names[] = {
		{ CHECKSUM, "checksum" }, { ROUTING, "routing" }, { KEY, "key" }, { SEQUENCE, "sequence#" }, { 0x0800, "source routing" },
		{ ACKNOWLEDGEMENT, "ack" },
	};
	const char *separator = "";

	put_text(line, ", Flags [");
	for (unsigned i = 0; i < sizeof names / sizeof *names; i++) {
		if (flags & names[i].bit) {
			put_format(line, "%s%s present", separator, names[i].name);
			separator = ", ";
		}
	}
	put_text(line, *separator ? "]" : "none]");
}

/* One source route: its offset points to the address that is next. */
static void put_route(struct line *line, uint16_t family, unsigned offset, unsigned length)
{
	unsigned unit = family == ROUTE_IP ? 4 : 2;

	put_text(line, family == ROUTE_IP ? ", (rtaf=ip" : ", (rtaf=asn");
	if (offset % unit) {
		put_format(line, ", badoffset=%u", offset);
	} else if (length % unit) {
		put_format(line, ", badlength=%u", length);
	} else if (offset >= length) {
		put_format(line, ", badoff/len=%u/%u", offset, length);
	} else {
		for (unsigned i = 0; i < length && cursor_left(&line->at) >= unit; i += unit) {
			const uint8_t *address = cursor_take(&line->at, unit);
			put_text(line, i == offset ? " *" : " ");
			if (unit == 4)
				put_ipv4(line, address);
			else
				put_hex(line, bytes_u16(address), 1);
		}
	}
	put_char(line, ')');
}

static void put_routes(struct line *line)
{
	while (line_alive(line)) {
		uint16_t family = cursor_u16(&line->at);
		unsigned offset = cursor_u8(&line->at);
		unsigned length = cursor_u8(&line->at);
		if (length == 0)
			return;
		struct cursor start = line->at;
		if (family == ROUTE_IP || family == ROUTE_SYSTEMS)
			put_route(line, family, offset, length);
		else
			put_format(line, ", (rtaf=0x%x)", family);
		if (!line_alive(line))
			return;
		line->at = start;
		cursor_skip(&line->at, length);
	}
}

/* What both versions end with. */
static void put_end(struct line *line, uint16_t protocol, bool payload)
{
	if (line->options->link_header) {
		const char *name = ethertype_name(protocol);
		if (!name)
			name = protocol == PROTOCOL_OSI ? "GRE-OSI" : "unknown";
		put_format(line, ", proto %s (0x%04x)", name, protocol);
	}
	put_format(line, ", length %u", line->length);
	if (payload)
		put_text(line, line->options->verbose ? "\n\t" : ": ");
}

static void put_number(struct line *line, const char *name)
{
	uint32_t value = cursor_u32(&line->at);
	put_text(line, name);
	put_decimal(line, value);
}

static void put_version0(struct line *line, uint16_t flags, uint16_t protocol)
{
	if (flags & (CHECKSUM | ROUTING)) {
		if (line->options->verbose) {
			unsigned sum = cursor_u16(&line->at);
			put_format(line, ", sum 0x%x", sum);
		} else {
			cursor_skip(&line->at, 2);
		}
		unsigned offset = cursor_u16(&line->at);
		put_format(line, ", off 0x%x", offset);
	}
	if (flags & KEY) {
		uint32_t key = cursor_u32(&line->at);
		put_format(line, ", key=0x%x", key);
	}
	if (flags & SEQUENCE)
		put_number(line, ", seq ");
	if (flags & ROUTING)
		put_routes(line);
	put_end(line, protocol, true);
}

/* The key is the length of the payload and the number of the call. Without a sequence number there is no payload. */
static void put_version1(struct line *line, uint16_t flags, uint16_t protocol)
{
	if (flags & KEY) {
		uint32_t key = cursor_u32(&line->at);
		put_format(line, ", call %u", key & 0xffff);
	}
	if (flags & SEQUENCE)
		put_number(line, ", seq ");
	if (flags & ACKNOWLEDGEMENT)
		put_number(line, ", ack ");
	if (!(flags & SEQUENCE))
		put_text(line, ", no-payload");
	put_end(line, protocol, flags & SEQUENCE);
	if (!(flags & SEQUENCE))
		line->stop = true;
}

/* Whether the next layer's printer goes on. decode has no layer for what this version does not carry. */
static bool continues(const struct line *line)
{
	return line->index + 1u < line->packet->layer_count
		&& line->packet->layers[line->index + 1].kind != SYNFIN_LAYER_UNKNOWN_ETHERTYPE;
}

static void put_header(struct line *line)
{
	uint16_t flags = cursor_u16(&line->at);
	unsigned version = flags & 7;

	put_format(line, "GREv%u", version);
	if (version > 1) {
		put_text(line, " ERROR: unknown-version");
		line->stop = true;
		return;
	}
	if (line->options->verbose)
		put_flags(line, flags);
	uint16_t protocol = cursor_u16(&line->at);
	if (version == 0)
		put_version0(line, flags, protocol);
	else
		put_version1(line, flags, protocol);
	if (!line->stop && !continues(line)) {
		put_format(line, "gre-proto-0x%x", protocol);
		line->stop = true;
	}
}

void print_gre(struct line *line, const struct synfin_layer *layer)
{
	(void)layer;
	put_header(line);
	line_soften(line);
}
