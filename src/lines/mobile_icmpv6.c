/* SPDX-License-Identifier: BSD-3-Clause */
/* What mobile nodes hear through ICMPv6 (RFC 6275 s6.6, s6.8): home agents' addresses and prefixes, with -v. */
#include "lines/field.h"
#include "lines/icmpv6.h"

void print_home_agents(struct line *line)
{
	if (!line->options->verbose)
		return;
	uint16_t id = field_u16(line, 4);
	put_format(line, ", id 0x%04x", id);
	for (size_t at = 8; at < line->length && line_alive(line); at += 16) {
		const uint8_t *address = field_bytes(line, at, 16);
		put_text(line, ", ");
		put_ipv6(line, address);
	}
}

void print_mobile_prefix(struct line *line)
{
	if (!line->options->verbose)
		return;
	uint16_t id = field_u16(line, 4);
	put_format(line, ", id 0x%04x", id);
	uint16_t flags = field_u16(line, 6);
	if (flags & 0xc000)
		put_format(line, " %s%s", flags & 0x8000 ? "M" : "", flags & 0x4000 ? "O" : "");
	print_neighbour_options(line, 8);
}
