/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A connection's lane lies where its number says, modulo their count: connections are numbered one by one, so those that are active
 * together seldom meet. Where they do the newer one takes the place, and the older one is introduced again should it say more.
 */
#include "views/timeline_parts.h"

struct timeline_lane *timeline_lane_place(struct timeline *view, uint64_t id)
{
	return &view->lanes[id % LANES];
}

struct timeline_lane *timeline_lane_find(struct timeline *view, uint64_t id)
{
	struct timeline_lane *lane = timeline_lane_place(view, id);

	return lane->id == id ? lane : NULL;
}

static bool state_over(unsigned state)
{
	return state == SYNFIN_CLOSED || state == SYNFIN_TIME_WAIT;
}

bool timeline_is_over(const struct synfin_connection *connection)
{
	return (connection->flags & SYNFIN_CONN_RESET) || (state_over(connection->end[0].state) && state_over(connection->end[1].state));
}

void timeline_lane_over(struct timeline *view, struct timeline_lane *lane)
{
	if (lane->introduced && !lane->over)
		view->active--;
	lane->over = true;
}

void timeline_lane_free(struct timeline *view, struct timeline_lane *lane)
{
	timeline_lane_over(view, lane);
	if (lane->run_packets)
		view->held--;
	*lane = (struct timeline_lane){ .id = 0 };
}

/* R2: what is sent again may be what arrives. Steps, since what is sent again must be the packet that the state is assumed after. */
static bool is_repetition(const struct timeline_moment *moment)
{
	const uint64_t kinds = UINT64_C(1) << SYNFIN_EVENT_RETRANSMISSION | UINT64_C(1) << SYNFIN_EVENT_SPURIOUS_RETRANSMISSION |
		UINT64_C(1) << SYNFIN_EVENT_FAST_RETRANSMISSION;

	return moment->observation->steps && (moment->events & kinds);
}

static void assume(struct timeline_lane *lane, unsigned role, const struct synfin_packet *packet, bool again)
{
	bool timestamps = packet->tcp.options & SYNFIN_TCPOPT_TIMESTAMPS;

	lane->assumed_by[role] = packet->frame;
	lane->assumed_value[role] = packet->tcp.timestamp_value;
	lane->again[role] = !again ? AGAIN_NO : timestamps && lane->again[role] != AGAIN_WITHOUT ? AGAIN_WITH_TIMESTAMPS : AGAIN_WITHOUT;
}

/* The frame that the packet proves to have arrived; 0 if one of several, and it does not tell which. */
static uint64_t proven_frame(const struct timeline_lane *lane, unsigned role, const struct synfin_tcp *tcp)
{
	if (lane->again[role] == AGAIN_NO)
		return lane->assumed_by[role];
	if (lane->again[role] == AGAIN_WITHOUT || !(tcp->options & SYNFIN_TCPOPT_TIMESTAMPS))
		return 0;
	return tcp->timestamp_echo == lane->assumed_value[role] ? lane->assumed_by[role] : 0;
}

void timeline_lane_states(struct timeline_lane *lane, const struct timeline_moment *moment, uint64_t proves[2])
{
	const struct synfin_connection *connection = moment->observation->connection;

	for (unsigned role = 0; role < 2; role++) {
		const struct synfin_endpoint *end = &connection->end[role == CLIENT ? connection->client : !connection->client];
		bool was_assumed = lane->assumed_by[role] && lane->proof[role] == SYNFIN_PROOF_ASSUMED;
		proves[role] = 0;
		if (end->proof == SYNFIN_PROOF_ASSUMED) {
			bool sent_by_other = role != timeline_role(connection, moment->observation->from);
			if (!was_assumed || lane->state[role] != end->state)
				assume(lane, role, moment->packet, false);
			else if (sent_by_other && is_repetition(moment))
				assume(lane, role, moment->packet, true);
		} else {
			if (was_assumed && end->proof == SYNFIN_PROOF_SEEN && lane->state[role] == end->state)
				proves[role] = proven_frame(lane, role, &moment->packet->tcp);
			lane->assumed_by[role] = 0;
		}
		lane->state[role] = end->state;
		lane->proof[role] = end->proof;
	}
}
