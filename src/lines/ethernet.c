/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Ethernet (IEEE 802.3), and what is common to link headers that end in an ethertype.
 *
 *     SOURCE > DESTINATION, ethertype IPv4 (0x0800), length 74:
 *
 * stands there with -e only, or in front of a payload that has no printer.
 */
#include "lines/print.h"

struct name {
	uint16_t number;
	const char *text;
};

/* Sorted. */
static const struct name ethertypes[] = {
	{ 0x0600, "NS" }, { 0x0707, "GeoNet (old)" }, { 0x0800, "IPv4" }, { 0x0806, "ARP" }, { 0x1000, "Trail" }, { 0x1111, "CALM FAST" },
	{ 0x6001, "MOP DL" }, { 0x6002, "MOP RC" }, { 0x6003, "DN" }, { 0x6004, "LAT" }, { 0x6007, "SCA" }, { 0x6558, "TEB" },
	{ 0x8035, "Reverse ARP" }, { 0x8038, "Lanbridge" }, { 0x803c, "DEC DNS" }, { 0x803e, "DEC DTS" }, { 0x805b, "VEXP" },
	{ 0x805c, "VPROD" }, { 0x809b, "Appletalk" }, { 0x80f3, "Appletalk ARP" }, { 0x8100, "802.1Q" }, { 0x8137, "IPX" },
	{ 0x86dd, "IPv6" }, { 0x8808, "MPCP" }, { 0x8809, "Slow Protocols" }, { 0x880b, "PPP" }, { 0x8847, "MPLS unicast" },
	{ 0x8848, "MPLS multicast" }, { 0x8863, "PPPoE D" }, { 0x8864, "PPPoE S" }, { 0x886f, "MS NLB heartbeat" }, { 0x8870, "Jumbo" }, { 0x888e, "EAPOL" },
	{ 0x8899, "Realtek protocols" }, { 0x88a2, "AoE" }, { 0x88a8, "802.1Q-QinQ" }, { 0x88ca, "TIPC" }, { 0x88cc, "LLDP" },
	{ 0x88e5, "802.1AE MACsec" }, { 0x88f7, "PTP" }, { 0x8902, "CFM" }, { 0x893a, "IEEE1905.1" }, { 0x8947, "GeoNet" },
	{ 0x894f, "NSH" }, { 0x9000, "Loopback" }, { 0x9100, "802.1Q-9100" }, { 0x9200, "802.1Q-9200" }, { 0xabcd, "CFM (old)" },
	{ 0xd28b, "Arista Vendor Specific Protocol" }, { 0xfefe, "OSI" },
};

const char *ethertype_name(uint16_t type)
{
	size_t low = 0, high = sizeof ethertypes / sizeof *ethertypes;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (ethertypes[middle].number < type)
			low = middle + 1;
		else
			high = middle;
	}
	return low < sizeof ethertypes / sizeof *ethertypes && ethertypes[low].number == type ? ethertypes[low].text : NULL;
}

void put_ethertype(struct line *line, uint16_t type)
{
	const char *name = ethertype_name(type);
	put_text(line, "ethertype ");
	put_text(line, name ? name : "Unknown");
	put_text(line, " (0x");
	put_hex(line, type, 4);
	put_char(line, ')');
}

/* The type field: "ethertype IPv4 (0x0800)", "IPv4" with -q, "802.3" for a length; nothing for a jumbo frame's, which names no protocol. */
void put_type_field(struct line *line, uint16_t type)
{
	const char *name = ethertype_name(type);
	if (type <= ETHERNET_LENGTH_MAX) {
		put_text(line, "802.3");
	} else if (!line->options->quick) {
		put_ethertype(line, type);
	} else if (name) {
		put_text(line, name);
	} else {
		put_text(line, "Unknown Ethertype (0x");
		put_hex(line, type, 4);
		put_char(line, ')');
	}
}

void put_ethernet_header(struct line *line, const uint8_t *header, uint16_t type, uint32_t length)
{
	put_mac(line, header + 6);
	put_text(line, " > ");
	put_mac(line, header);
	put_text(line, ", ");
	if (type == ETHERTYPE_JUMBO)
		return;
	put_type_field(line, type);
	put_text(line, ", length ");
	/* A length field says how much is behind the header; not more than there is. */
	put_decimal(line, type > ETHERNET_LENGTH_MAX ? length : type < length - 14 ? type : length - 14);
	put_text(line, ": ");
}

void print_ethernet(struct line *line, const struct synfin_layer *layer)
{
	const uint8_t *header = cursor_left(&line->at) >= 14 ? cursor_take(&line->at, 14) : NULL;
	if (line->index == 0)
		line->link_header = 14;
	if (!header) {
		line_truncated(line);
		return;
	}
	if (!line->options->link_header)
		return;
	uint16_t type = bytes_u16(header + 12);
	if (vlan_is_tag(type) && cursor_left(&line->at) < 4) {
		/* The tag is missed before the type is printed. */
		put_mac(line, header + 6);
		put_text(line, " > ");
		put_mac(line, header);
		put_text(line, ", ");
	} else {
		put_ethernet_header(line, header, type, layer->length);
	}
}
