/* SPDX-License-Identifier: BSD-3-Clause */
/* Packets that are not TCP, or not enough of it: what they are, in a sentence or two. */
#include "views/explain_parts.h"

#include "views/explain_ports.h"
#include "views/explain_table.h"
#include "views/text.h"

#define ANY_CODE 256u

struct message {
	unsigned type, code;
	const char *text;
};

static const struct message icmp[] = {
	{ 0, ANY_CODE, N_("Echo reply: the answer to a ping.") },
	{ 3, 3, N_("Port unreachable: the UDP datagram that is quoted came to a port where nobody listens. (TCP answers that with a RST.)") },
	{ 3, 4, N_("Too large: a router would have to break up the packet but may not. The sender then sends smaller ones (path MTU discovery).") },
	{ 3, ANY_CODE, N_("Unreachable: the packet that is quoted could not be delivered.") },
	{ 5, ANY_CODE, N_("Redirect: a router knows a shorter way.") },
	{ 8, ANY_CODE, N_("Echo request: a ping. The other end answers with the same number and data.") },
	{ 11, ANY_CODE, N_("Time exceeded: the packet that is quoted passed too many routers. traceroute makes use of it.") },
	{ 12, ANY_CODE, N_("Parameter problem: a header could not be understood.") },
};

static const struct message icmpv6[] = {
	{ 1, 4, N_("Port unreachable: the UDP datagram that is quoted came to a port where nobody listens. (TCP answers that with a RST.)") },
	{ 1, ANY_CODE, N_("Unreachable: the packet that is quoted could not be delivered.") },
	{ 2, ANY_CODE, N_("Too large: a link on the way takes smaller packets only. The sender then sends smaller ones (path MTU discovery).") },
	{ 3, ANY_CODE, N_("Time exceeded: the packet that is quoted passed too many routers. traceroute makes use of it.") },
	{ 4, ANY_CODE, N_("Parameter problem: a header could not be understood.") },
	{ 128, ANY_CODE, N_("Echo request: a ping. The other end answers with the same number and data.") },
	{ 129, ANY_CODE, N_("Echo reply: the answer to a ping.") },
	{ 133, ANY_CODE, N_("Router solicitation: a host asks which routers there are.") },
	{ 134, ANY_CODE, N_("Router advertisement: a router tells hosts of itself and of their network's prefix.") },
	{ 135, ANY_CODE, N_("Neighbor solicitation: asks for the MAC address of an IPv6 address, as ARP does for IPv4.") },
	{ 136, ANY_CODE, N_("Neighbor advertisement: tells a MAC address, the answer to a solicitation.") },
	{ 137, ANY_CODE, N_("Redirect: a router knows a shorter way.") },
};

/* The innermost layer that says what the packet is. */
static const struct synfin_layer *telling_layer(const struct synfin_packet *packet)
{
	unsigned at = packet->layer_count;
	while (at > 1 && packet->layers[at - 1].kind == SYNFIN_LAYER_PAYLOAD)
		at--;
	return at ? &packet->layers[at - 1] : NULL;
}

static void put_message(struct explain *explain, const struct synfin_layer *layer, const struct message *messages, size_t count)
{
	if (layer->captured < 2)
		return;
	const uint8_t *bytes = explain->packet->bytes + layer->offset;
	for (size_t i = 0; i < count; i++)
		if (messages[i].type == bytes[0] && (messages[i].code == ANY_CODE || messages[i].code == bytes[1])) {
			explain_say(explain, T(messages[i].text));
			break;
		}
	say_row(&explain->say, "");
}

static void put_arp(struct explain *explain, const struct synfin_layer *layer)
{
	if (layer->captured < 8)
		return;
	const uint8_t *operation = explain->packet->bytes + layer->offset + 6;
	if (operation[0] == 0 && operation[1] == 1)
		explain_say(explain, T("Request: who has this address? It goes to all stations of the network."));
	else if (operation[0] == 0 && operation[1] == 2)
		explain_say(explain, T("Reply: that is my address, and this my MAC address."));
	say_row(&explain->say, "");
}

void explain_other(struct explain *explain)
{
	const struct synfin_packet *packet = explain->packet;
	const struct synfin_layer *layer = telling_layer(packet);
	unsigned kind = layer && layer->kind < SYNFIN_LAYER_KINDS ? layer->kind : SYNFIN_LAYER_NONE;

	explain_say(explain, T(explained_layers[kind]));
	say_row(&explain->say, T("packet"));
	if (!layer)
		return;
	switch (kind) {
	case SYNFIN_LAYER_ICMP:
		put_message(explain, layer, icmp, sizeof icmp / sizeof *icmp);
		break;
	case SYNFIN_LAYER_ICMPV6:
		put_message(explain, layer, icmpv6, sizeof icmpv6 / sizeof *icmpv6);
		break;
	case SYNFIN_LAYER_ARP:
		put_arp(explain, layer);
		break;
	default:
		break;
	}
	if (packet->fault & SYNFIN_FAULT_CUT)
		explain_say(explain, T("Not all of the packet was captured (-s says how much is)."));
	say_row(&explain->say, "");
}
