/* SPDX-License-Identifier: BSD-3-Clause */
/* Neighbour Discovery (RFC 4861): its five messages. Without -v only the addresses of three of them are shown. */
#include "lines/field.h"
#include "lines/icmpv6.h"

void print_router_solicitation(struct line *line)
{
	if (line->options->verbose)
		print_neighbour_options(line, 8);
}

/* RFC 4191 s2.2: of the flags, two bits are a preference. */
static void put_router_flags(struct line *line, uint8_t flags)
{
	static const struct {
		uint8_t bit;
		const char *name;
	} names[] = { { 0x80, "managed" }, { 0x40, "other stateful" }, { 0x20, "home agent" }, { 0x02, "ipv6 only" } };
	static const char *const preferences[] = { "medium", "high", "rsv", "low" };
	const char *separator = "";

	put_text(line, ", Flags [");
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (flags & names[i].bit) {
			put_text(line, separator);
			put_text(line, names[i].name);
			separator = ", ";
		}
	}
	if (!*separator)
		put_text(line, "none");
	put_format(line, "], pref %s", preferences[flags >> 3 & 3]);
}

void print_router_advertisement(struct line *line)
{
	if (!line->options->verbose)
		return;
	uint8_t hop_limit = field_u8(line, 4), flags = field_u8(line, 5);
	uint16_t lifetime = field_u16(line, 6);
	uint32_t reachable = field_u32(line, 8), retransmit = field_u32(line, 12);
	put_text(line, "\n\thop limit ");
	put_decimal(line, hop_limit);
	put_router_flags(line, flags);
	put_format(line, ", router lifetime %us, reachable time %ums, retrans timer %ums", lifetime, reachable, retransmit);
	print_neighbour_options(line, 16);
}

void print_neighbour_solicitation(struct line *line)
{
	const uint8_t *target = field_bytes(line, 8, 16);
	put_text(line, ", who has ");
	put_ipv6(line, target);
	if (line->options->verbose)
		print_neighbour_options(line, 24);
}

void print_neighbour_advertisement(struct line *line)
{
	const uint8_t *target = field_bytes(line, 8, 16);
	put_text(line, ", tgt is ");
	put_ipv6(line, target);
	if (!line->options->verbose)
		return;

	static const char *const names[] = { "router", "solicited", "override" };
	uint8_t flags = field_u8(line, 4);
	const char *separator = "";
	put_text(line, ", Flags [");
	for (unsigned i = 0; i < 3; i++) {
		if (flags & 0x80u >> i) {
			put_text(line, separator);
			put_text(line, names[i]);
			separator = ", ";
		}
	}
	put_text(line, *separator ? "]" : "none]");
	print_neighbour_options(line, 24);
}

void print_redirect(struct line *line)
{
	const uint8_t *destination = field_bytes(line, 24, 16);
	put_text(line, ", ");
	put_ipv6(line, destination);
	put_text(line, " to ");
	put_field_ipv6(line, 8);
	if (line->options->verbose)
		print_neighbour_options(line, 40);
}
