/* SPDX-License-Identifier: BSD-3-Clause */
#include "views/learner.h"

#include "base/bytes.h"
#include "decode/dns.h"

enum { PORT_DOMAIN = 53, PORT_MULTICAST = 5353, PORT_LINK_LOCAL = 5355 };

static void learn(void *context, const struct synfin_address *address, const char *name, size_t length, bool reverse)
{
	(void)hosts_learn(context, address, name, length, reverse ? HOSTS_REVERSE : HOSTS_ANSWER);
}

/* The application's bytes as far as they were captured. */
static struct cursor payload_of(const struct synfin_packet *packet)
{
	const struct synfin_layer *last = &packet->layers[packet->layer_count ? packet->layer_count - 1 : 0];
	struct cursor at = cursor_over(packet->bytes, packet->captured);
	if (packet->layer_count == 0 || last->kind != SYNFIN_LAYER_PAYLOAD)
		return cursor_over(NULL, 0);
	cursor_skip(&at, last->offset);
	return cursor_window(&at, last->captured);
}

static void take_datagram(struct hosts *hosts, const struct synfin_packet *packet)
{
	struct cursor at = payload_of(packet);
	dns_answers(at.pos, cursor_left(&at), packet->udp_source_port == PORT_MULTICAST, learn, hosts);
}

/* Streams are not put together: a segment is read if it begins with the length of what it holds (RFC 1035 s4.2.2). */
static void take_segment(struct hosts *hosts, const struct synfin_packet *packet)
{
	struct cursor at = payload_of(packet);
	if (cursor_u16(&at) + 2u == packet->tcp.payload && cursor_ok(&at))
		dns_answers(at.pos, cursor_left(&at), false, learn, hosts);
}

static void ask(struct learner *learner, const struct synfin_connection *connection)
{
	if (connection->id <= learner->newest)
		return;
	learner->newest = connection->id;
	(void)hosts_name(learner->hosts, &connection->address[0]);
	(void)hosts_name(learner->hosts, &connection->address[1]);
}

static int on_packet(void *self, const struct synfin_packet *packet, const struct synfin_observation *observation)
{
	struct learner *learner = self;
	if (learner->packets && packet->has_udp) {
		uint16_t from = packet->udp_source_port;
		if (from == PORT_DOMAIN || from == PORT_MULTICAST || from == PORT_LINK_LOCAL)
			take_datagram(learner->hosts, packet);
	} else if (learner->packets && packet->has_tcp && packet->tcp.source_port == PORT_DOMAIN && packet->tcp.payload > 2) {
		take_segment(learner->hosts, packet);
	}
	if (learner->connections && observation->connection)
		ask(learner, observation->connection);
	return SYNFIN_OK;
}

struct synfin_sink learner_sink(struct learner *learner)
{
	return (struct synfin_sink){ .self = learner, .packet = on_packet };
}
