/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Options of Neighbour Discovery (RFC 4861 s4.6, RFC 6275 s7, RFC 4191, RFC 8106), a line each.
 *
 * An option without length, or one that goes beyond what was captured, ends the packet. So does one with an unknown type, which is
 * dumped, unless -vv dumps every option.
 */
#include "lines/dns.h"
#include "lines/field.h"
#include "lines/icmpv6.h"

struct option {
	size_t offset;  /* of its type byte */
	uint8_t type;
	uint8_t units;  /* of eight bytes */
	size_t options; /* where the list begins: names are compressed from there */
};

typedef void option_fn(struct line *line, const struct option *option);

static void put_lifetime(struct line *line, uint32_t seconds)
{
	if (seconds == UINT32_MAX)
		put_text(line, "infinity");
	else
		put_format(line, "%us", seconds);
}

static void put_link_address(struct line *line, const struct option *option)
{
	for (size_t i = 2; i < option->units * 8u; i++) {
		uint8_t byte = field_u8(line, option->offset + i);
		put_format(line, i > 2 ? ":%02x" : "%02x", byte);
	}
}

static void put_prefix(struct line *line, const struct option *option)
{
	static const char *const names[] = { "onlink", "auto", "router" };
	const char *separator = "";
	const uint8_t *prefix = field_bytes(line, option->offset + 16, 16);
	uint8_t bits = field_u8(line, option->offset + 2), flags = field_u8(line, option->offset + 3);

	put_ipv6(line, prefix);
	put_format(line, "/%u%s, Flags [", bits, option->units == 4 ? "" : "badlen");
	for (unsigned i = 0; i < 3; i++) {
		if (flags & 0x80u >> i) {
			put_text(line, separator);
			put_text(line, names[i]);
			separator = ", ";
		}
	}
	put_text(line, *separator ? "]" : "none]");
	put_text(line, ", valid time ");
	put_lifetime(line, field_u32(line, option->offset + 4));
	put_text(line, ", pref. time ");
	put_lifetime(line, field_u32(line, option->offset + 8));
}

static void put_redirected(struct line *line, const struct option *option)
{
	/* tcpdump begins at the first option, whichever this is. */
	put_hex_block(line, "\n\t    ", option->options, option->units * 8u);
}

static void put_mtu(struct line *line, const struct option *option)
{
	uint32_t mtu = field_u32(line, option->offset + 4);
	put_format(line, " %u%s", mtu, option->units == 1 ? "" : ", badlen");
}

static void put_interval(struct line *line, const struct option *option)
{
	uint32_t interval = field_u32(line, option->offset + 4);
	put_format(line, " %ums", interval);
}

static void put_home_agent(struct line *line, const struct option *option)
{
	uint16_t preference = field_u16(line, option->offset + 4), lifetime = field_u16(line, option->offset + 6);
	put_format(line, " preference %u, lifetime %u", preference, lifetime);
}

static void put_route(struct line *line, const struct option *option)
{
	static const char *const preferences[] = { "medium", "high", "rsv", "low" };
	uint8_t prefix[16] = { 0 };
	size_t size = (option->units - 1u) * 8u;
	const uint8_t *bytes = size <= sizeof prefix ? field_bytes(line, option->offset + 8, size) : NULL;

	if (size > sizeof prefix) {
		line_truncated(line);
		return;
	}
	if (bytes)
		memcpy(prefix, bytes, size);
	put_char(line, ' ');
	put_ipv6(line, prefix);
	put_format(line, "/%u", field_u8(line, option->offset + 2));
	put_format(line, ", pref=%s", preferences[field_u8(line, option->offset + 3) >> 3 & 3]);
	put_text(line, ", lifetime=");
	put_lifetime(line, field_u32(line, option->offset + 4));
}

static void put_name_servers(struct line *line, const struct option *option)
{
	put_format(line, " lifetime %us,", field_u32(line, option->offset + 4));
	for (size_t i = 0; i < (option->units - 1u) / 2u && line_alive(line); i++) {
		const uint8_t *address = field_bytes(line, option->offset + 8 + i * 16, 16);
		put_text(line, " addr: ");
		put_ipv6(line, address);
	}
}

static void put_search_list(struct line *line, const struct option *option)
{
	const struct dns_message names = { .line = line, .start = option->options };
	size_t at = option->offset + 8, end = option->offset + option->units * 8u;

	put_format(line, " lifetime %us, domain(s):", field_u32(line, option->offset + 4));
	while (at < end && field_u8(line, at) != 0) {
		put_char(line, ' ');
		at = dns_name_put(&names, at);
		if (at == DNS_NOWHERE) {
			line_truncated(line);
			return;
		}
	}
}

static const struct {
	uint8_t type;
	const char *name;
	option_fn *print;
} kinds[] = {
	{ 1, "source link-address", put_link_address },
	{ 2, "destination link-address", put_link_address },
	{ 3, "prefix info", put_prefix },
	{ 4, "redirected header", put_redirected },
	{ 5, "mtu", put_mtu },
	{ 7, "advertisement interval", put_interval },
	{ 8, "homeagent information", put_home_agent },
	{ 24, "route info", put_route },
	{ 25, "rdnss", put_name_servers },
	{ 31, "dnssl", put_search_list },
};
enum { KINDS = sizeof kinds / sizeof *kinds };

static void put_option(struct line *line, const struct option *option)
{
	size_t kind = 0;
	while (kind < KINDS && kinds[kind].type != option->type)
		kind++;

	put_format(line, "\n\t  %s option (%u), length %u (%u): ", kind < KINDS ? kinds[kind].name : "unknown", option->type,
		option->units * 8u, option->units);
	if (kind < KINDS) {
		kinds[kind].print(line, option);
	} else if (line->options->verbose <= 1) {
		put_hex_block(line, "\n\t  ", option->offset + 2, option->units * 8u - 2);
		line->stop = true;
	}
	if (line->options->verbose > 1 && !line->stop)
		put_hex_block(line, "\n\t    ", option->offset + 2, option->units * 8u - 2);
}

void print_neighbour_options(struct line *line, size_t offset)
{
	struct option option = { .offset = offset, .options = offset };

	while (option.offset < line->length && option.offset < field_captured(line) && line_alive(line) && !line->stop) {
		if (!field_present(line, option.offset, 2)) {
			line_truncated(line);
			return;
		}
		option.type = field_u8(line, option.offset);
		option.units = field_u8(line, option.offset + 1);
		if (option.units == 0 || !field_present(line, option.offset, option.units * 8u)) {
			line_truncated(line);
			return;
		}
		put_option(line, &option);
		option.offset += option.units * 8u;
	}
}
