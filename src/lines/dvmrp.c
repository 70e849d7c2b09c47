/* SPDX-License-Identifier: BSD-3-Clause */
/* DVMRP (RFC 1075 and what mrouted made of it), which runs inside IGMP type 0x13. What is shown of most messages is their name. */
#include "lines/application.h"
#include "lines/carrier.h"
#include "lines/field.h"
#include "lines/igmp.h"

enum {
	PROBE = 1,
	REPORT = 2,
	NEIGHBOURS = 4,
	NEIGHBOURS2 = 6,
	PRUNE = 7,
	GRAFT = 8,
	GRAFT_ACKNOWLEDGMENT = 9,
	HEADER = 8,
	ROUTE_LAST = 0x80,
};

static const char *const names[] = {
	NULL, " Probe", " Report", " Ask-neighbors(old)", " Neighbors(old)", " Ask-neighbors2", " Neighbors2", " Prune", " Graft",
	" Graft-ACK"
};

static void put_short(struct line *line, size_t at, unsigned needed)
{
	put_format(line, " [length %zu < %u]", line->length - at, needed);
	put_invalid(line);
}

static void put_probe(struct line *line)
{
	bool long_form = line->options->verbose > 1;
	size_t at = HEADER;

	if (line->length < HEADER + 4) {
		put_format(line, " [full length %u < 4]", line->length - HEADER);
		put_invalid(line);
		return;
	}
	put_text(line, long_form ? "\n\t" : " ");
	uint32_t id = field_u32(line, at);
	put_format(line, "genid %u", id);
	if (!long_form)
		return;
	for (at += 4; at < line->length && line_alive(line); at += 4) {
		if (at + 4 > line->length) {
			put_format(line, "[remaining length %zu < 4]", line->length - at);
			put_invalid(line);
			return;
		}
		const uint8_t *neighbour = field_bytes(line, at, 4);
		put_text(line, "\n\tneighbor ");
		put_ipv4(line, neighbour);
	}
}

static void put_old_neighbours(struct line *line)
{
	size_t at = HEADER;

	while (at < line->length && line_alive(line)) {
		if (at + 7 > line->length) {
			put_short(line, at, 7);
			return;
		}
		const uint8_t *local = field_bytes(line, at, 4);
		uint8_t metric = field_u8(line, at + 4), threshold = field_u8(line, at + 5), count = field_u8(line, at + 6);
		for (at += 7; count > 0 && at < line->length && line_alive(line); count--, at += 4) {
			if (at + 4 > line->length) {
				put_short(line, at, 4);
				return;
			}
			put_text(line, " [");
			put_ipv4(line, local);
			put_text(line, " ->");
			const uint8_t *neighbour = field_bytes(line, at, 4);
			put_char(line, ' ');
			put_ipv4(line, neighbour);
			put_format(line, ", (%u/%u)]", metric, threshold);
		}
	}
}

static void put_neighbour_flags(struct line *line, uint8_t flags)
{
	static const struct {
		uint8_t bit;
		const char *name;
	} bits[] = { { 0x01, "/tunnel" }, { 0x02, "/srcrt" }, { 0x40, "/querier" }, { 0x20, "/disabled" }, { 0x10, "/down" } };

	for (size_t i = 0; i < sizeof bits / sizeof *bits; i++) {
		if (flags & bits[i].bit)
			put_text(line, bits[i].name);
	}
}

static void put_new_neighbours(struct line *line)
{
	size_t at = HEADER;
	uint16_t version = field_u16(line, 6);

	/* The two bytes stand in the order of old routers. */
	put_format(line, " (v %u.%u):", version & 0xffu, version >> 8u);
	while (at < line->length && field_present(line, at, 1) && line_alive(line)) {
		if (at + 8 > line->length) {
			put_short(line, at, 8);
			return;
		}
		const uint8_t *local = field_bytes(line, at, 4);
		uint8_t metric = field_u8(line, at + 4), threshold = field_u8(line, at + 5), flags = field_u8(line, at + 6);
		uint8_t count = field_u8(line, at + 7);
		for (at += 8; count > 0 && line_alive(line); count--, at += 4) {
			if (at >= line->length) {
				put_text(line, " [invalid ncount]");
				put_invalid(line);
				return;
			}
			if (at + 4 > line->length) {
				put_short(line, at, 4);
				return;
			}
			put_text(line, " [");
			put_ipv4(line, local);
			put_text(line, " -> ");
			put_field_ipv4(line, at);
			put_format(line, " (%u/%u", metric, threshold);
			put_neighbour_flags(line, flags);
			put_text(line, ")]");
		}
	}
}

/* One block of a report: a mask, then routes with as many bytes as it needs. Returns where the next begins, 0 if none does. */
static size_t put_routes(struct line *line, size_t at)
{
	const uint8_t *mask = field_bytes(line, at, 3);
	if (!mask)
		return 0;
	size_t width = mask[2] ? 4 : mask[1] ? 3 : mask[0] ? 2 : 1;
	bool last = false;

	put_format(line, "\n\tMask 255.%u.%u.%u", mask[0], mask[1], mask[2]);
	for (at += 3; !last; at += width + 1) {
		uint8_t route[4] = { 0 };
		if (at + width + 1 > line->length) {
			put_text(line, "\n\t  [Truncated Report]");
			put_invalid(line);
			return 0;
		}
		const uint8_t *bytes = field_bytes(line, at, width + 1);
		if (!bytes)
			return 0;
		memcpy(route, bytes, width);
		put_format(line, "\n\t  %u.%u.%u.%u metric %u", route[0], route[1], route[2], route[3], bytes[width] & 0x7fu);
		last = bytes[width] & ROUTE_LAST || at + width + 1 == line->length;
	}
	return at;
}

static void put_report(struct line *line)
{
	size_t at = HEADER;
	while (at != 0 && at < line->length) {
		if (at + 3 > line->length) {
			put_short(line, at, 3);
			return;
		}
		at = put_routes(line, at);
	}
}

static void put_source_and_group(struct line *line)
{
	const uint8_t *both = field_bytes(line, HEADER, 8);
	if (!both)
		return;
	put_text(line, " src ");
	put_ipv4(line, both);
	put_text(line, " grp ");
	put_ipv4(line, both + 4);
}

void print_dvmrp(struct line *line)
{
	line_protocol(line, "dvmrp");
	uint8_t type = field_u8(line, 1);

	if (type == 0 || type >= sizeof names / sizeof *names) {
		put_format(line, " [type %u]", type);
		return;
	}
	put_text(line, names[type]);
	if (type == PROBE && line->options->verbose) {
		put_probe(line);
	} else if (type == REPORT && line->options->verbose > 1) {
		put_report(line);
	} else if (type == NEIGHBOURS) {
		put_old_neighbours(line);
	} else if (type == NEIGHBOURS2) {
		put_new_neighbours(line);
	} else if (type == PRUNE || type == GRAFT || type == GRAFT_ACKNOWLEDGMENT) {
		put_source_and_group(line);
		if (type == PRUNE) {
			put_text(line, " timer ");
			put_span(line, field_u32(line, HEADER + 8));
		}
	}
}
