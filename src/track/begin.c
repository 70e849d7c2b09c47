/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * How a record begins: who opened the connection (H7), what of its opening is missing (H8), and when some of that turns up after all (H3 to H5).
 */
#include "track/connection.h"

/* H7: who opened it, where no SYN says so: the end with the well-known, or the lower, port is taken as the server. */
static unsigned guess_client(const struct synfin_connection *connection, unsigned from)
{
	if (connection->port[0] == connection->port[1])
		return from;
	return connection->port[0] < connection->port[1] ? 1 : 0;
}

void connection_begin(struct step *step)
{
	const struct segment *segment = &step->segment;
	struct synfin_connection *connection = segment->connection;
	bool syn = segment->flags & SYNFIN_TCP_SYN;
	bool ack = segment->flags & SYNFIN_TCP_ACK;

	for (unsigned i = 0; i < 2; i++) {
		connection->end[i].holes = HOLES_NONE;
		connection->end[i].state = connection->end[i].certain = SYNFIN_UNKNOWN;
	}
	connection->first_ns = connection->last_ns = segment->packet->time_ns;
	connection->syn_rtt_ns = connection->ack_rtt_ns = UINT32_MAX;
	if (syn) {
		connection->client = (ack ? !segment->from : segment->from) & 1;
		return;
	}
	connection->client = guess_client(connection, segment->from) & 1;
	connection->flags |= SYNFIN_CONN_ROLES_GUESSED;
	if (!(segment->flags & SYNFIN_TCP_RST)) {
		connection->flags |= SYNFIN_CONN_MID_STREAM;
		step_event(step, SYNFIN_EVENT_MID_STREAM, segment->from, 0);
	}
}

void connection_settle_roles(const struct segment *segment)
{
	struct synfin_connection *connection = segment->connection;

	if (!(segment->flags & SYNFIN_TCP_SYN) || !(connection->flags & SYNFIN_CONN_ROLES_GUESSED))
		return;
	connection->client = (segment->flags & SYNFIN_TCP_ACK ? !segment->from : segment->from) & 1;
	connection->flags &= (uint16_t)~(SYNFIN_CONN_ROLES_GUESSED | SYNFIN_CONN_MID_STREAM);
}

void connection_begin_anew(struct step *step)
{
	struct synfin_endpoint *sender = step->segment.sender;
	struct synfin_endpoint *receiver = step->segment.receiver;

	receiver->state = receiver->certain;
	receiver->proof = SYNFIN_PROOF_SEEN;
	/* Its SYN waits again, and what the void SYN-ACK measured is void too (T1). */
	receiver->unacked = segment_low(receiver->next);
	step->segment.connection->syn_rtt_ns = step->segment.connection->ack_rtt_ns = UINT32_MAX;
	holes_release(step->holes, sender);
	/* The client may have taken that SYN-ACK, and be established when this one comes. */
	if (sender->flags & SYNFIN_END_SYN_ACK)
		sender->proven_by = sender->isn;
	sender->flags &= SYNFIN_END_SEEN | SYNFIN_END_RST;
	sender->missed = 0;
	sender->state = sender->certain = SYNFIN_UNKNOWN;
	sender->proof = SYNFIN_PROOF_ASSUMED;
	sender->flags |= SYNFIN_END_UNPROVABLE;
}

void connection_note_rival(const struct segment *segment)
{
	struct synfin_endpoint *server = segment->sender;
	const uint16_t syn_ack = SYNFIN_TCP_SYN | SYNFIN_TCP_ACK;

	if ((segment->flags & syn_ack) == syn_ack && segment->receiver->certain == SYNFIN_SYN_SENT && server->state == SYNFIN_SYN_RECEIVED &&
	    server->proof == SYNFIN_PROOF_SEEN)
		server->proven_by = segment->packet->tcp.seq;
}

void connection_recall(struct step *step)
{
	struct synfin_endpoint *server = step->segment.receiver;

	server->isn = step->segment.packet->tcp.ack - 1;
	server->next = server->unacked = 1;
	holes_release(step->holes, server);
	server->missed = 0;
	/* The other SYN-ACK began what was being measured. */
	server->flags &= (uint16_t)~SYNFIN_END_TIMING;
	step->segment.connection->syn_rtt_ns = UINT32_MAX;
}
