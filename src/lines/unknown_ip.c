/* SPDX-License-Identifier: BSD-3-Clause */
/* IP protocols that have no printer of their own, or one of a few words, and what stands in the place of one. */
#include "lines/carrier.h"

enum {
	PROTOCOL_ICMP = 1,
	PROTOCOL_IGMP = 2,
	PROTOCOL_DCCP = 33,
	PROTOCOL_ESP = 50,
	PROTOCOL_ICMPV6 = 58,
	PROTOCOL_ND = 77,
	PROTOCOL_IPCOMP = 108,
	PROTOCOL_SCTP = 132,
	PROTOCOL_ETHERNET = 143,
};

const char *ip_protocol_title(uint8_t protocol)
{
	static const char *const titles[256] = {
		[0] = "Options", [1] = "ICMP", [2] = "IGMP", [4] = "IPIP", [6] = "TCP", [8] = "EGP", [9] = "IGRP", [17] = "UDP",
		[33] = "DCCP", [41] = "IPv6", [43] = "Routing", [44] = "Fragment", [46] = "RSVP", [47] = "GRE", [50] = "ESP", [51] = "AH",
		[55] = "Mobile IP", [58] = "ICMPv6", [62] = "Mobile IP (old)", [88] = "EIGRP", [89] = "OSPF", [103] = "PIM",
		[108] = "Compressed IP", [112] = "VRRP", [113] = "PGM", [132] = "SCTP", [135] = "Mobility", [143] = "Ethernet",
	};
	return titles[protocol] ? titles[protocol] : "unknown";
}

/* The name with its blank in front; never a bare number. */
static void put_name(struct line *line, uint8_t protocol)
{
	const char *name = line->options->numeric ? NULL : ip_protocol_name(protocol);

	if (name) {
		put_char(line, ' ');
		put_text(line, name);
	} else {
		put_text(line, " ip-proto-");
		put_decimal(line, protocol);
	}
}

void put_unknown_protocol(struct line *line, uint8_t protocol, uint32_t length)
{
	put_name(line, protocol);
	put_char(line, ' ');
	put_decimal(line, length);
}

/* `[ICMP requires IPv4]`: the protocol is one of the other IP version's. */
static void put_requires(struct line *line, uint8_t protocol, unsigned version)
{
	put_format(line, "[%s requires IPv%u]", ip_protocol_title(protocol), version);
	put_invalid(line);
}

static void put_esp(struct line *line)
{
	line_protocol(line, "esp");
	/* tcpdump wants to see a byte of what is encrypted too. */
	if (cursor_left(&line->at) <= 8) {
		line_truncated(line);
		return;
	}
	const uint8_t *header = cursor_take(&line->at, 8);
	if (header)
		put_format(line, "ESP(spi=0x%08x,seq=0x%x), length %u", bytes_u32(header), bytes_u32(header + 4), line->length);
}

static void put_ipcomp(struct line *line)
{
	line_protocol(line, "ipcomp");
	cursor_skip(&line->at, 2);
	uint16_t index = cursor_u16(&line->at);
	put_format(line, "IPComp(cpi=0x%04x)", index);
}

/* Protocols with ports, whose printers put the addresses; they have none here, but who talks to whom is said all the same. */
static void put_with_ports(struct line *line, uint8_t protocol)
{
	struct carrier carrier;

	if (carrier_find(line, &carrier) && carrier.layer->next == protocol) {
		put_hosts(line, &carrier);
		put_char(line, ' ');
	}
	put_unknown_protocol(line, protocol, line->length);
}

void print_unknown_ip(struct line *line, const struct synfin_layer *layer)
{
	uint8_t protocol = (uint8_t)layer->type;

	switch (protocol) {
	case PROTOCOL_ICMP:
	case PROTOCOL_IGMP:
		put_requires(line, protocol, 4);
		break;
	case PROTOCOL_ICMPV6:
	case PROTOCOL_ETHERNET:
		put_requires(line, protocol, 6);
		break;
	case PROTOCOL_ESP:
		put_esp(line);
		break;
	case PROTOCOL_IPCOMP:
		put_ipcomp(line);
		break;
	case PROTOCOL_DCCP:
	case PROTOCOL_SCTP:
		put_with_ports(line, protocol);
		break;
	case PROTOCOL_ND:
		put_text(line, " nd ");
		put_decimal(line, line->length);
		break;
	default:
		put_unknown_protocol(line, protocol, line->length);
		break;
	}
}

void print_no_next_header(struct line *line, const struct synfin_layer *layer)
{
	(void)layer;
	put_text(line, "no next header");
}

/* The IP header's printer has said all there is to say. */
void print_ip_fragment(struct line *line, const struct synfin_layer *layer)
{
	(void)line;
	(void)layer;
}
