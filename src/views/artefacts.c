/* SPDX-License-Identifier: BSD-3-Clause */
#include "views/artefacts.h"

#include "decode/decode.h"
#include "views/record.h"
#include "views/text.h"

/* By chance one checksum in 65536 is the sum over the pseudo header: fewer than one in so many mean nothing, nor do one or two. */
enum { CHANCE = 4096, FEW = 3 };

/*
 * RFC 9293 s3.7.1: no segment is larger than what the receiver's SYN allows. What is, was captured before the sender's card divided it (TSO), or
 * after the receiver's card or kernel joined several (GRO, LRO).
 */
static void look_at_size(struct artefacts *artefacts, const struct synfin_packet *packet, const struct synfin_observation *observation)
{
	const struct synfin_connection *connection = observation->connection;
	uint16_t most = connection ? connection->end[!observation->from].mss : 0;

	if (most == 0 || packet->tcp.payload <= most)
		return;
	artefacts->oversized++;
	if (packet->tcp.payload > artefacts->largest)
		artefacts->largest = packet->tcp.payload;
}

static int on_packet(void *self, const struct synfin_packet *packet, const struct synfin_observation *observation)
{
	struct artefacts *artefacts = self;

	artefacts->cut += packet->captured < packet->length;
	if (!packet->has_tcp)
		return 0;
	artefacts->segments++;
	look_at_size(artefacts, packet, observation);
	if (artefacts->checksums)
		artefacts->due += decode_checksum_is_due(packet, packet->tcp_layer);
	return 0;
}

/* A router or a mirror may have another tag for each direction: then each looks like a connection of which only one side was captured. */
static int on_closed(void *self, const struct synfin_connection *connection)
{
	struct artefacts *artefacts = self;
	uint16_t tags[2];

	artefacts->tagged_sides += (connection->flags & SYNFIN_CONN_ONE_SIDED) && record_vlan(tags, connection->vlan) > 0;
	return 0;
}

struct synfin_sink artefacts_sink(struct artefacts *artefacts)
{
	return (struct synfin_sink){ .self = artefacts, .packet = on_packet, .connection_closed = on_closed };
}

static void end_line(struct output *lines)
{
	output_char(lines, '\0');
}

void artefacts_put(const struct artefacts *artefacts, struct output *lines)
{
	if (artefacts->cut) {
		output_format(lines, T("packets cut by the snapshot length: %llu; what lies behind the cut is not known"), (unsigned long long)artefacts->cut);
		end_line(lines);
	}
	if (artefacts->oversized) {
		output_format(lines, T("segments larger than their receiver takes: %llu, up to %u bytes of data; this is no fault: the network card divides or joins them (TSO, GRO), and "
			"in between they are smaller"), (unsigned long long)artefacts->oversized, (unsigned)artefacts->largest);
		end_line(lines);
	}
	if (artefacts->due >= FEW && artefacts->due > artefacts->segments / CHANCE) {
		output_format(lines, T("checksums not computed yet: %llu; this is no fault: the packets were captured on their way to the network card, which "
			"computes them (checksum offload), or never left the host"), (unsigned long long)artefacts->due);
		end_line(lines);
	}
	if (artefacts->tagged_sides >= 2 && !artefacts->vlan_blind) {
		output_format(lines, T("connections with VLAN tags of which only one side was seen: %llu; if each direction has a tag of its own, --vlan-blind joins them"),
			(unsigned long long)artefacts->tagged_sides);
		end_line(lines);
	}
	if (artefacts->copies) {
		output_format(lines, artefacts->merged ? T("copies of segments that are not shown: %llu") :
			T("copies of segments, captured on several interfaces or twice on one: %llu; --merge-copies shows each segment once"),
			(unsigned long long)artefacts->copies);
		end_line(lines);
	}
}
