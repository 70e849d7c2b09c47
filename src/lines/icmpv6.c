/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * ICMPv6 (RFC 4443): the checksum with -v, the message's name, what its printer says, and the length.
 *
 * With -v, printers that go on to further lines put the length after the name, and others leave it out.
 */
#include "lines/icmpv6.h"

#include "decode/decode.h"
#include "lines/carrier.h"
#include "lines/field.h"

enum {
	QUOTED = 8,
	QUOTED_NEXT_HEADER = QUOTED + 6,
	QUOTED_SOURCE = QUOTED + 8,
	QUOTED_DESTINATION = QUOTED + 24,
	QUOTED_HEADER = 40,
};

typedef void message_fn(struct line *line);

struct message {
	uint8_t type;
	bool length_first; /* with -v */
	const char *name;
	message_fn *print;
};

/* Bytes of an extension header; 0 if `protocol` is none that can be stepped over. */
static size_t extension_size(struct line *line, uint8_t protocol, size_t offset)
{
	switch (protocol) {
	case 44:
		return field_u16(line, offset + 2) & 0xfff8 ? 0 : 8;
	case 0:
	case 43:
	case 60:
		return field_present(line, offset, 2) ? (field_u8(line, offset + 1) + 1u) * 8u : 0;
	case 51:
		return field_present(line, offset, 2) ? (field_u8(line, offset + 1) + 2u) * 4u : 0;
	default:
		return 0;
	}
}

/* Which protocol ends the quoted chain, and where its header begins. false unless it is TCP or UDP with its ports. */
static bool find_quoted_ports(struct line *line, uint8_t *protocol, size_t *at)
{
	if (!field_present(line, QUOTED_NEXT_HEADER, 1))
		return false;
	*protocol = field_u8(line, QUOTED_NEXT_HEADER);
	for (*at = QUOTED + QUOTED_HEADER; *at < field_captured(line) && line_alive(line);) {
		if (*protocol == 6 || *protocol == 17)
			return field_present(line, *at + 2, 2);
		size_t size = extension_size(line, *protocol, *at);
		if (size == 0)
			return false;
		*protocol = field_u8(line, *at);
		*at += size;
	}
	return false;
}

static void put_port_unreachable(struct line *line)
{
	uint8_t protocol = 0;
	size_t at = 0;

	if (!find_quoted_ports(line, &protocol, &at)) {
		line_truncated(line);
		return;
	}
	uint16_t port = field_u16(line, at + 2);
	put_text(line, ", ");
	put_field_ipv6(line, QUOTED_DESTINATION);
	if (protocol == 6) {
		put_text(line, " tcp port ");
		put_tcp_port(line, port);
	} else {
		put_text(line, " udp port ");
		put_udp_port(line, port);
	}
}

static void put_unreachable(struct line *line)
{
	/* Two of them begin with a blank: so does tcpdump. */
	static const char *const names[] = {
		"unreachable route", " unreachable prohibited", "beyond scope", "unreachable address", "unreachable port"
	};
	uint8_t code = field_u8(line, 1);

	if (code >= sizeof names / sizeof *names) {
		put_format(line, ", unknown unreach code (%u)", code);
		if (line->options->verbose <= 1) {
			put_hex_block(line, "\n\t", 0, line->length);
			line->stop = true;
			return;
		}
	} else {
		put_text(line, ", ");
		put_text(line, names[code]);
		if (code == 4) {
			put_port_unreachable(line);
		} else {
			const uint8_t *destination = field_bytes(line, QUOTED_DESTINATION, 16);
			put_char(line, ' ');
			put_ipv6(line, destination);
			if (code == 2) {
				put_text(line, ", source address ");
				put_field_ipv6(line, QUOTED_SOURCE);
			}
		}
	}
}

static void put_too_big(struct line *line)
{
	uint32_t mtu = field_u32(line, 4);
	put_text(line, ", mtu ");
	put_decimal(line, mtu);
}

static void put_time_exceeded(struct line *line)
{
	uint8_t code = field_u8(line, 1);
	if (code == 0) {
		const uint8_t *destination = field_bytes(line, QUOTED_DESTINATION, 16);
		put_text(line, " for ");
		put_ipv6(line, destination);
	} else if (code == 1) {
		put_text(line, " (reassembly)");
	} else {
		put_format(line, ", unknown code (%u)", code);
	}
}

static void put_parameter_problem(struct line *line)
{
	static const char *const names[] = { "erroneous", "next header", "option", "incomplete header chain" };
	if (!field_present(line, QUOTED_DESTINATION, 16)) {
		line_truncated(line);
		return;
	}
	uint8_t code = field_u8(line, 1);
	uint32_t pointer = field_u32(line, 4);
	if (code < sizeof names / sizeof *names)
		put_format(line, ", %s - octet %u", names[code], pointer);
	else
		put_format(line, ", code-#%u", code);
}

static void put_echo(struct line *line)
{
	uint16_t id = field_u16(line, 4), sequence = field_u16(line, 6);
	put_text(line, ", id ");
	put_decimal(line, id);
	put_text(line, ", seq ");
	put_decimal(line, sequence);
}

static void put_home_agent_id(struct line *line)
{
	uint16_t id = field_u16(line, 4);
	put_format(line, ", id 0x%04x", id);
}

static const struct message messages[] = {
	{ 1, false, "destination unreachable", put_unreachable },
	{ 2, false, "packet too big", put_too_big },
	{ 3, false, "time exceeded in-transit", put_time_exceeded },
	{ 4, false, "parameter problem", put_parameter_problem },
	{ 128, false, "echo request", put_echo },
	{ 129, false, "echo reply", put_echo },
	{ 130, false, "multicast listener query", print_mld_query },
	{ 131, false, "multicast listener report", print_mld_message },
	{ 132, false, "multicast listener done", print_mld_message },
	{ 133, true, "router solicitation", print_router_solicitation },
	{ 134, true, "router advertisement", print_router_advertisement },
	{ 135, true, "neighbor solicitation", print_neighbour_solicitation },
	{ 136, true, "neighbor advertisement", print_neighbour_advertisement },
	{ 137, true, "redirect", print_redirect },
	{ 138, false, "router renumbering", print_router_renumbering },
	{ 139, false, "who-are-you request", print_node_information },
	{ 140, false, "who-are-you reply", print_node_information },
	{ 141, false, "inverse neighbor solicitation", NULL },
	{ 142, false, "inverse neighbor advertisement", NULL },
	{ 143, false, "multicast listener report v2", print_mld2_report },
	{ 144, false, "ha discovery request", put_home_agent_id },
	{ 145, true, "ha discovery reply", print_home_agents },
	{ 146, false, "mobile router solicitation", put_home_agent_id },
	{ 147, true, "mobile router advertisement", print_mobile_prefix },
	{ 155, false, "RPL", print_rpl },
};

static const struct message *find_message(uint8_t type)
{
	for (size_t i = 0; i < sizeof messages / sizeof *messages; i++) {
		if (messages[i].type == type)
			return &messages[i];
	}
	return NULL;
}

static void put_length(struct line *line)
{
	put_text(line, ", length ");
	put_decimal(line, line->length);
}

static void put_checksum(struct line *line, const struct synfin_layer *layer)
{
	struct carrier carrier;

	if (layer->captured < layer->length || !carrier_find(line, &carrier) || carrier.fragment)
		return;
	uint16_t found = field_u16(line, 2);
	uint16_t folded = decode_checksum(line->packet, line->index);
	if (folded == 0xffff)
		put_text(line, "[icmp6 sum ok] ");
	else
		put_format(line, "[bad icmp6 cksum 0x%04x -> 0x%04x!] ", found, checksum_should_be(found, folded));
}

/* A name is all that is known of mtrace6. */
static void put_unknown_name(struct line *line, uint8_t type)
{
	if (type == 201)
		put_text(line, "mtrace message");
	else if (type == 200)
		put_text(line, "mtrace response");
	else
		put_format(line, "unknown icmp6 type (%u)", type);
}

void print_icmpv6(struct line *line, const struct synfin_layer *layer)
{
	bool verbose = line->options->verbose > 0;

	if (line->length == 0) {
		put_text(line, "ICMP6, length 0");
		put_invalid(line);
		return;
	}
	if (verbose)
		put_checksum(line, layer);
	uint8_t type = field_u8(line, 0);
	put_text(line, "ICMP6, ");
	const struct message *message = find_message(type);
	if (message)
		put_text(line, message->name);
	else
		put_unknown_name(line, type);
	if (message && verbose && message->length_first)
		put_length(line);
	/* tcpdump reads the code of every message here, if it shows it or not. */
	(void)field_u8(line, 1);
	if (!message) {
		put_length(line);
		if (line->options->verbose <= 1)
			put_hex_block(line, "\n\t", 0, line->length);
		return;
	}
	if (message->print)
		message->print(line);
	if (!verbose && !line->stop)
		put_length(line);
}
