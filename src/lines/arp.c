/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * ARP (RFC 826), reverse ARP (RFC 903), inverse ARP (RFC 2390).
 *
 *     ARP, Request who-has 10.0.0.2 tell 10.0.0.1, length 28
 *     ARP, Ethernet (len 6), IPv4 (len 4), Reply 10.0.0.1 is-at aa:bb:cc:dd:ee:ff, length 28
 *
 * ARP over ATM (RFC 2225) has a header of its own and is not read, nor are addresses of Frame Relay.
 */
#include "lines/print.h"

enum {
	HARDWARE_FRAME_RELAY = 15,
	HARDWARE_ATM = 19,
	PROTOCOL_IPV4 = 0x0800,
	PROTOCOL_TRAILER = 0x1000,
};

enum {
	REQUEST = 1,
	REPLY = 2,
	REVERSE_REQUEST = 3,
	REVERSE_REPLY = 4,
	INVERSE_REQUEST = 8,
	INVERSE_REPLY = 9,
	NACK = 10,
};

struct arp {
	uint16_t hardware;
	uint16_t protocol;
	uint8_t hardware_length;
	uint8_t protocol_length;
	uint16_t operation;
	const uint8_t *sender_hardware;
	const uint8_t *sender_protocol;
	const uint8_t *target_hardware;
	const uint8_t *target_protocol;
};

static const char *hardware_name(uint16_t hardware)
{
	switch (hardware) {
	case 1:
		return "Ethernet";
	case 6:
		return "TokenRing";
	case 7:
		return "ArcNet";
	case 15:
		return "FrameRelay";
	case 23:
		return "Strip";
	case 24:
		return "IEEE 1394";
	case 32:
		return "InfiniBand";
	default:
		return NULL;
	}
}

static bool is_ipv4(const struct arp *arp)
{
	return arp->protocol == PROTOCOL_IPV4 || arp->protocol == PROTOCOL_TRAILER;
}

static void put_hardware_address(struct line *line, const struct arp *arp, const uint8_t *address)
{
	if (arp->hardware_length == 0) {
		put_text(line, "<empty>");
	} else if (arp->hardware_length == 6 && arp->hardware != HARDWARE_FRAME_RELAY) {
		put_mac(line, address);
	} else {
		for (unsigned i = 0; i < arp->hardware_length; i++) {
			if (i)
				put_char(line, ':');
			put_hex(line, address[i], 2);
		}
	}
}

static void put_protocol_address(struct line *line, const struct arp *arp, const uint8_t *address)
{
	if (!is_ipv4(arp))
		put_text(line, "<wrong proto type>");
	else if (arp->protocol_length != 4)
		put_text(line, "<wrong len>");
	else
		put_ipv4(line, address);
}

static void put_types(struct line *line, const struct arp *arp)
{
	const char *hardware = hardware_name(arp->hardware);
	const char *protocol = ethertype_name(arp->protocol);
	if (hardware)
		put_format(line, "%s (len %u), ", hardware, arp->hardware_length);
	else
		put_format(line, "Unknown Hardware (%u) (len %u), ", arp->hardware, arp->hardware_length);
	if (protocol)
		put_format(line, "%s (len %u)", protocol, arp->protocol_length);
	else
		put_format(line, "Unknown Protocol (0x%04x) (len %u)", arp->protocol, arp->protocol_length);
}

static bool is_zero(const uint8_t *bytes, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (bytes[i])
			return false;
	}
	return true;
}

/* False if the operation is not known, and nothing follows it. */
static bool put_operation(struct line *line, const struct arp *arp)
{
	switch (arp->operation) {
	case REQUEST:
		put_text(line, "Request who-has ");
		put_protocol_address(line, arp, arp->target_protocol);
		if (!is_zero(arp->target_hardware, arp->hardware_length)) {
			put_text(line, " (");
			put_hardware_address(line, arp, arp->target_hardware);
			put_char(line, ')');
		}
		put_text(line, " tell ");
		put_protocol_address(line, arp, arp->sender_protocol);
		return true;
	case REPLY:
		put_text(line, "Reply ");
		put_protocol_address(line, arp, arp->sender_protocol);
		put_text(line, " is-at ");
		put_hardware_address(line, arp, arp->sender_hardware);
		return true;
	case REVERSE_REQUEST:
	case INVERSE_REQUEST:
		put_text(line, arp->operation == REVERSE_REQUEST ? "Reverse Request who-is " : "Inverse Request who-is ");
		put_hardware_address(line, arp, arp->target_hardware);
		put_text(line, " tell ");
		put_hardware_address(line, arp, arp->sender_hardware);
		return true;
	case REVERSE_REPLY:
		put_text(line, "Reverse Reply ");
		put_hardware_address(line, arp, arp->target_hardware);
		put_text(line, " at ");
		put_protocol_address(line, arp, arp->target_protocol);
		return true;
	case INVERSE_REPLY:
		put_text(line, "Inverse Reply ");
		put_hardware_address(line, arp, arp->sender_hardware);
		put_text(line, " at ");
		put_protocol_address(line, arp, arp->sender_protocol);
		return true;
	case NACK:
		put_text(line, "NACK Reply ");
		return false;
	default:
		put_format(line, "Unknown (%u) ", arp->operation);
		return false;
	}
}

void print_arp(struct line *line, const struct synfin_layer *layer)
{
	struct cursor whole = line->at;
	struct arp arp;
	arp.hardware = cursor_u16(&line->at);
	arp.protocol = cursor_u16(&line->at);
	arp.hardware_length = cursor_u8(&line->at);
	arp.protocol_length = cursor_u8(&line->at);
	arp.operation = cursor_u16(&line->at);
	if (arp.hardware == HARDWARE_ATM)
		line->at.fault = true;
	arp.sender_hardware = cursor_take(&line->at, arp.hardware_length);
	arp.sender_protocol = cursor_take(&line->at, arp.protocol_length);
	arp.target_hardware = cursor_take(&line->at, arp.hardware_length);
	arp.target_protocol = cursor_take(&line->at, arp.protocol_length);
	if (!line_alive(line))
		return;

	if (!line->options->link_header)
		put_text(line, "ARP, ");
	bool plain = is_ipv4(&arp) && arp.protocol_length == 4 && arp.hardware_length != 0;
	if (!plain || line->options->verbose) {
		put_types(line, &arp);
		if (line->options->verbose)
			put_text(line, ", ");
	}
	if ((plain || line->options->verbose) && !put_operation(line, &arp)) {
		line->at = whole;
		line_dump(line);
		return;
	}
	put_text(line, ", length ");
	put_decimal(line, layer->length);
}
