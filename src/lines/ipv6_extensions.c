/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * IPv6 extension headers (RFC 8200 s4): hop-by-hop and destination options, routing headers, fragment headers. The mobility header is
 * in mobility.c.
 *
 * The numbers of extension headers mean nothing behind an AH: what is named there by one of them is an unknown protocol.
 */
#include "lines/carrier.h"
#include "lines/print.h"

enum {
	IPV6_HEADER = 40,
	OPTION_PAD1 = 0x00,
	OPTION_PADN = 0x01,
	OPTION_ROUTER_ALERT = 0x05,
	OPTION_JUMBO = 0xc2,
	OPTION_HOME_ADDRESS = 0xc9,
	ROUTING_SOURCE = 0,
	ROUTING_MOBILE = 2,
	ROUTING_SEGMENTS = 4,
};

/* What options mean depends on where they stand. */
struct options {
	bool hop_by_hop;
	uint32_t payload;   /* the IPv6 header's payload length */
	bool seen_jumbo;
	uint32_t jumbo;     /* a valid jumbo payload length, 0 without */
};

/* Payload length 0 that no Jumbo Payload option explains. */
static bool lacks_payload(const struct carrier *carrier)
{
	return bytes_u16(carrier->header + 4) == 0 && carrier->layer[1].kind != SYNFIN_LAYER_HOP_BY_HOP;
}

/*
 * The carrier, if an extension header may stand here; otherwise NULL, with the packet's end printed. Without a payload tcpdump still
 * reads the extension header that the capture shows there.
 */
static const struct carrier *extension_carrier(struct line *line, const struct synfin_layer *layer, struct carrier *carrier)
{
	if (carrier_find(line, carrier) && carrier->version == 6 && !carrier->authenticated) {
		if (lacks_payload(carrier))
			line->at = cursor_over(line->packet->bytes + layer->offset, line->packet->captured - layer->offset);
		return carrier;
	}
	put_unknown_protocol(line, (uint8_t)layer->type, line->length);
	line->stop = true;
	return NULL;
}

/* What the extension header took is more than there was. */
static void put_lack(struct line *line, const struct carrier *carrier)
{
	if (lacks_payload(carrier) && !line->stop) {
		line_protocol(line, "ip6");
		line_truncated(line);
	}
}

static void put_detail(struct line *line, const char *text)
{
	if (line->options->verbose)
		put_text(line, text);
}

static bool put_jumbo(struct line *line, struct options *options, uint32_t length)
{
	const char *verdict = "";

	if (options->seen_jumbo)
		verdict = " - already seen";
	else if (!options->hop_by_hop)
		verdict = " - not a hop-by-hop option";
	else if (options->payload)
		verdict = " - payload len != 0";
	else if (length <= UINT16_MAX)
		verdict = " - < 65536";
	else
		options->jumbo = length;
	options->seen_jumbo = true;
	if (line->options->verbose)
		put_format(line, "(jumbo: %u%s) ", length, verdict);
	return true;
}

/* An option whose length is fixed: `needed` bytes in all. What is wrong with it is said even without -v. */
static bool check_option(struct line *line, const char *name, const uint8_t *option, uint32_t left, uint32_t needed)
{
	if (left < needed)
		put_format(line, "(%s: trunc)", name);
	else if (option[1] + 2u != needed)
		put_format(line, "(%s: invalid len %u)", name, option[1]);
	else
		return true;
	return false;
}

/* What a home address has behind it (an early draft of RFC 6275). */
static bool put_suboptions(struct line *line, const uint8_t *option, uint32_t left)
{
	while (left > 0) {
		uint32_t size = option[0] == OPTION_PAD1 ? 1 : left < 2 ? 3 : option[1] + 2u;
		if (size > left)
			return false;
		if (option[0] == OPTION_PAD1)
			put_text(line, ", pad1");
		else if (option[0] == OPTION_PADN)
			put_text(line, ", padn");
		else
			put_format(line, ", sopt_type 0x%02x: len=%u", option[0], option[1]);
		option += size;
		left -= size;
	}
	return true;
}

/* One option, with `left` bytes from its first one on. false if it is wrong. */
static bool put_option(struct line *line, struct options *options, const uint8_t *option, uint32_t left)
{
	switch (option[0]) {
	case OPTION_PAD1:
		put_detail(line, "(pad1)");
		return true;
	case OPTION_PADN:
		put_detail(line, "(padn)");
		return true;
	case OPTION_ROUTER_ALERT:
		if (!check_option(line, "rtalert", option, left, 4))
			return false;
		if (line->options->verbose)
			put_format(line, "(rtalert: 0x%04x) ", bytes_u16(option + 2));
		return true;
	case OPTION_JUMBO:
		return check_option(line, "jumbo", option, left, 6) && put_jumbo(line, options, bytes_u32(option + 2));
	case OPTION_HOME_ADDRESS:
		if (left < 18 || option[1] < 16)
			return check_option(line, "homeaddr", option, left, 18);
		if (line->options->verbose) {
			put_text(line, "(homeaddr: ");
			put_ipv6(line, option + 2);
			if (!put_suboptions(line, option + 18, option[1] - 16u))
				return false;
			put_char(line, ')');
		}
		return true;
	default:
		if (line->options->verbose)
			put_format(line, "(opt_type 0x%02x: len=%u)", option[0], option[1]);
		return true;
	}
}

static bool put_options(struct line *line, struct options *options, const uint8_t *option, uint32_t left)
{
	while (left > 0) {
		uint32_t size = 1;
		if (option[0] != OPTION_PAD1) {
			if (left < 2)
				return false;
			size = option[1] + 2u;
		}
		if (size > left || !put_option(line, options, option, left))
			return false;
		option += size;
		left -= size;
	}
	put_detail(line, " ");
	return true;
}

/* Reads a whole header of options and prints it; false, with the truncation printed, if that cannot be done. */
static bool put_options_header(struct line *line, struct options *options)
{
	struct cursor look = line->at;

	cursor_skip(&line->at, 1);
	uint32_t size = (cursor_u8(&line->at) + 1u) * 8;
	const uint8_t *header = cursor_take(&look, size);
	if (!header) {
		line_truncated(line);
		return false;
	}
	put_text(line, options->hop_by_hop ? "HBH " : "DSTOPT ");
	/* Hop-by-hop options are looked at without -v too, for the jumbo payload. */
	if ((options->hop_by_hop || line->options->verbose) && !put_options(line, options, header + 2, size - 2)) {
		line_truncated(line);
		return false;
	}
	return true;
}

static bool hop_by_hop_in_place(struct line *line, const struct carrier *carrier)
{
	const struct synfin_layer *layer = &line->packet->layers[line->index];

	if (layer == carrier->layer + 1)
		return true;
	bool second = carrier->layer[1].kind == SYNFIN_LAYER_HOP_BY_HOP;
	put_text(line, second ? "[The Hop-by-Hop Options header was already found]"
			      : "[The Hop-by-Hop Options header don't follow the IPv6 header]");
	put_invalid(line);
	line->stop = true;
	return false;
}

void print_hop_by_hop(struct line *line, const struct synfin_layer *layer)
{
	struct carrier found;
	const struct carrier *carrier = extension_carrier(line, layer, &found);

	if (!carrier || !hop_by_hop_in_place(line, carrier))
		return;
	line_protocol(line, "hbhopt");
	struct options options = { .hop_by_hop = true, .payload = bytes_u16(carrier->header + 4) };
	(void)put_options_header(line, &options);
	if (options.payload)
		return;
	if (!options.jumbo) {
		put_text(line, "[No valid Jumbo Payload Hop-by-Hop option found]");
		put_invalid(line);
		line->stop = true;
		return;
	}
	bool overflows = options.jumbo > UINT32_MAX - IPV6_HEADER; /* and does so in tcpdump */
	uint32_t total = IPV6_HEADER + options.jumbo;
	if (total > carrier->layer->length) {
		put_format(line, "truncated-ip6 - %u bytes missing!", total - carrier->layer->length);
	} else if (overflows) {
		line_protocol(line, "ip6");
		line_truncated(line);
	}
}

void print_destination(struct line *line, const struct synfin_layer *layer)
{
	struct carrier found;

	if (!extension_carrier(line, layer, &found))
		return;
	line_protocol(line, "dstopt");
	struct options options = { .hop_by_hop = false };
	(void)put_options_header(line, &options);
	put_lack(line, &found);
}

/* The addresses of a route, and the header's closing parenthesis. false if its length leaves half an address. */
static bool put_route(struct line *line, unsigned length)
{
	if (length & 1) {
		put_format(line, " (invalid length %u)", length);
		return false;
	}
	for (unsigned i = 0; i < length / 2 && line_alive(line); i++) {
		const uint8_t *address = cursor_take(&line->at, 16);
		if (!address)
			break;
		put_format(line, ", [%u]", i);
		put_ipv6(line, address);
	}
	put_text(line, ") ");
	return true;
}

/* What stands between the segments left and the addresses. */
static bool put_routing_type(struct line *line, unsigned type)
{
	if (type == ROUTING_SOURCE || type == ROUTING_MOBILE) {
		uint32_t reserved = cursor_u32(&line->at);
		if (reserved || line->options->verbose)
			put_format(line, ", rsv=0x%x", reserved);
		return true;
	}
	if (type != ROUTING_SEGMENTS) {
		put_text(line, " (unknown type)");
		return false;
	}
	unsigned last = cursor_u8(&line->at);
	put_format(line, ", last-entry=%u", last);
	unsigned flags = cursor_u8(&line->at);
	if (flags || line->options->verbose)
		put_format(line, ", flags=0x%x", flags);
	unsigned tag = cursor_u16(&line->at);
	put_format(line, ", tag=%x", tag);
	return true;
}

void print_routing(struct line *line, const struct synfin_layer *layer)
{
	struct carrier found;

	if (!extension_carrier(line, layer, &found))
		return;
	line_protocol(line, "ip6");
	cursor_skip(&line->at, 1);
	line_soften(line);
	if (line->stop)
		return;
	line_protocol(line, "rt6");
	put_text(line, "RT6");
	unsigned length = cursor_u8(&line->at);
	put_format(line, " (len=%u", length);
	unsigned type = cursor_u8(&line->at);
	put_format(line, ", type=%u", type);
	if (type == ROUTING_SOURCE)
		put_text(line, " [Deprecated]");
	unsigned left = cursor_u8(&line->at);
	put_format(line, ", segleft=%u", left);
	if (!put_routing_type(line, type) || !put_route(line, length)) {
		put_invalid(line);
		line->stop = true;
	}
	put_lack(line, &found);
}

void print_fragment(struct line *line, const struct synfin_layer *layer)
{
	struct carrier found;
	const struct carrier *carrier = extension_carrier(line, layer, &found);

	if (!carrier)
		return;
	struct cursor start = line->at;
	cursor_skip(&line->at, 2);
	unsigned offset = cursor_u16(&line->at) & 0xfff8u;
	/* tcpdump counts in an unsigned 64-bit number, below 0 as well. */
	uint64_t length = (uint64_t)IPV6_HEADER + bytes_u16(carrier->header + 4) - (layer->offset - carrier->layer->offset) - 8u;
	if (line->options->verbose) {
		uint32_t id = cursor_u32(&line->at);
		put_format(line, "frag (0x%08x:%u|", id, offset);
	} else {
		put_text(line, "frag (");
		put_decimal(line, offset);
		put_char(line, '|');
	}
	put_decimal(line, length);
	put_char(line, ')');
	if (offset == 0)
		put_char(line, ' ');
	if (offset || cursor_left(&start) <= 8)
		line->stop = true;
	put_lack(line, carrier);
}
