/* SPDX-License-Identifier: BSD-3-Clause */
/* What is to be expected after a packet, from what it is and from the states of both ends after it. The first rule that fits counts. */
#include "views/explain_parts.h"

#include "views/explain_table.h"
#include "views/text.h"

static bool either(const struct explain *explain, unsigned state)
{
	return explain->sender->state == state || explain->receiver->state == state;
}

static bool both(const struct explain *explain, unsigned state)
{
	return explain->sender->state == state && explain->receiver->state == state;
}

/* A packet that does not count, or that asks for an answer whatever the states are. */
static enum explained_next after_event(const struct explain *explain)
{
	static const struct {
		unsigned event;
		enum explained_next next;
	} rules[] = {
		{ SYNFIN_EVENT_CAPTURE_DUPLICATE, EXPLAINED_NEXT_IGNORED },
		{ SYNFIN_EVENT_RST_UNVERIFIED, EXPLAINED_NEXT_CHALLENGE },
		{ SYNFIN_EVENT_RST_IGNORED, EXPLAINED_NEXT_IGNORED },
		{ SYNFIN_EVENT_SYN_CHALLENGED, EXPLAINED_NEXT_CHALLENGE },
		{ SYNFIN_EVENT_WINDOW_PROBE, EXPLAINED_NEXT_PROBE },
		{ SYNFIN_EVENT_KEEP_ALIVE, EXPLAINED_NEXT_KEEP_ALIVE },
	};
	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
		if (explain_has(explain, rules[i].event))
			return rules[i].next;
	return EXPLAINED_NEXTS;
}

static enum explained_next after_syn(const struct explain *explain)
{
	if (explain_is_unfit_syn_ack(explain))
		return EXPLAINED_NEXT_SYN_ACK_UNFIT;
	bool crossed = explain->connection->flags & SYNFIN_CONN_SIMULTANEOUS_OPEN;
	if (both(explain, SYNFIN_ESTABLISHED))
		return EXPLAINED_NEXT_OPEN;
	if (crossed)
		return explain->packet->tcp.flags & SYNFIN_TCP_ACK ? EXPLAINED_NEXT_SYN_ACK_CROSSED : EXPLAINED_NEXT_SYN_CROSSED;
	return explain->packet->tcp.flags & SYNFIN_TCP_ACK ? EXPLAINED_NEXT_SYN_ACK : EXPLAINED_NEXT_SYN;
}

/* Both directions are closed, or one of them is. */
static enum explained_next after_close(struct explain *explain)
{
	if (both(explain, SYNFIN_CLOSED))
		return EXPLAINED_NEXT_OVER;
	if (both(explain, SYNFIN_TIME_WAIT))
		return EXPLAINED_NEXT_BOTH_WAITING;
	if (either(explain, SYNFIN_TIME_WAIT) && either(explain, SYNFIN_CLOSED))
		return EXPLAINED_NEXT_WAITING;
	if (either(explain, SYNFIN_CLOSING))
		return explain->packet->tcp.flags & SYNFIN_TCP_FIN ? EXPLAINED_NEXT_FIN_CROSSED : EXPLAINED_NEXT_LAST_ACK;
	if (explain->packet->tcp.flags & SYNFIN_TCP_FIN)
		return explain->observation->steps & SYNFIN_STEP_TEARDOWN_3 ? EXPLAINED_NEXT_FIN_SECOND : EXPLAINED_NEXT_FIN_FIRST;
	if (either(explain, SYNFIN_LAST_ACK) || either(explain, SYNFIN_FIN_WAIT_1))
		return EXPLAINED_NEXT_LAST_ACK;
	if (explain->packet->tcp.payload == 0 && (either(explain, SYNFIN_FIN_WAIT_2) || either(explain, SYNFIN_CLOSE_WAIT)))
		return EXPLAINED_NEXT_HALF_CLOSED;
	return EXPLAINED_NEXTS;
}

static enum explained_next after_data(const struct explain *explain)
{
	if (explain_has(explain, SYNFIN_EVENT_ZERO_WINDOW))
		return EXPLAINED_NEXT_NO_ROOM;
	if (explain_has(explain, SYNFIN_EVENT_LOST_SEGMENT))
		return EXPLAINED_NEXT_GAP;
	if (explain->packet->tcp.payload)
		return EXPLAINED_NEXT_DATA;
	if (explain->observation->steps & SYNFIN_STEP_HANDSHAKE_3)
		return EXPLAINED_NEXT_OPEN;
	return either(explain, SYNFIN_UNKNOWN) ? EXPLAINED_NEXT_UNKNOWN : EXPLAINED_NEXT_OPEN_ACK;
}

static enum explained_next choose(struct explain *explain)
{
	enum explained_next next = after_event(explain);
	uint16_t flags = explain->packet->tcp.flags;

	if (next == EXPLAINED_NEXTS && (flags & SYNFIN_TCP_RST))
		next = both(explain, SYNFIN_CLOSED) ? EXPLAINED_NEXT_OVER : EXPLAINED_NEXT_IGNORED;
	if (next == EXPLAINED_NEXTS && (flags & SYNFIN_TCP_SYN))
		next = after_syn(explain);
	/* RFC 9293 s3.10.7: "If the ACK bit is off, drop the segment" in every state with a connection. */
	if (next == EXPLAINED_NEXTS && !(flags & SYNFIN_TCP_ACK))
		next = EXPLAINED_NEXT_WITHOUT_ACK;
	if (next == EXPLAINED_NEXTS)
		next = after_close(explain);
	return next == EXPLAINED_NEXTS ? after_data(explain) : next;
}

/* Who waits in TIME_WAIT, and who has not closed yet. */
static void name_ends(struct explain *explain)
{
	const struct synfin_connection *connection = explain->connection;
	unsigned waiting = connection->end[1].state == SYNFIN_TIME_WAIT;
	unsigned closing = connection->end[1].state == SYNFIN_CLOSE_WAIT;
	explain->values[NAME_WAITING].text = explain_role(connection, waiting);
	explain->values[NAME_CLOSING].text = explain_role(connection, closing);
}

void explain_next(struct explain *explain)
{
	name_ends(explain);
	explain_say(explain, T(explained_nexts[choose(explain)]));
	if (!(explain->receiver->flags & SYNFIN_END_SEEN) && (explain->connection->flags & SYNFIN_CONN_ONE_SIDED))
		explain_say(explain, T(". But this capture has no packets of {receiver}"));
	say_row(&explain->say, T("next"));
}
