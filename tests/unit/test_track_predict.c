/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Prediction makes no difference: two trackers, one of which takes every segment the long way, get the same segments, and after each everything
 * that can be seen of them is compared: the observation, the events and the whole record. The segments are those of orderly connections with
 * all sorts of disturbance in between, so that both ways are taken often. Seeded; SYNFIN_SEED and SYNFIN_ROUNDS as in test_track_random.c.
 */
#include <stdlib.h>

#include "random.h"
#include "suite.h"
#include "track_invariants.h"

enum { FLOWS = 8, ROUNDS = 400000, EVENTS = 512 };

struct told {
	unsigned count;
	struct synfin_event events[EVENTS];
};

struct flow {
	unsigned step;       /* 0 to 2: of the handshake; then data */
	uint32_t next[2];
	uint32_t heard[2];   /* what each end has of the other's stream */
	uint16_t window[2];
	bool stamped;
	bool greeted;        /* it begins with a handshake */
};

struct run {
	struct tracker *trackers[2];
	struct told told[2];
	struct flow flows[FLOWS];
	uint16_t ports[FLOWS];
	struct synfin_packet packet;
};

static void on_event(void *context, const struct synfin_event *event, const struct synfin_connection *connection)
{
	struct told *told = context;
	(void)connection;
	INVARIANT(told->count < EVENTS);
	told->events[told->count++] = *event;
}

static void begin_flow(struct run *run, unsigned number)
{
	struct flow *flow = &run->flows[number];

	*flow = (struct flow){ .stamped = one_in(2), .greeted = !one_in(6) };
	for (unsigned end = 0; end < 2; end++) {
		/* Often near the point where numbers come round. */
		flow->next[end] = one_in(2) ? UINT32_MAX - below(20000) : next_random();
		flow->window[end] = (uint16_t)(1 + below(60000));
	}
	flow->heard[0] = flow->next[1];
	flow->heard[1] = flow->next[0];
	flow->step = flow->greeted ? 0 : 3;
	if (one_in(2))
		run->ports[number]++;
}

static int64_t later(int64_t before)
{
	if (one_in(3000))
		return before - below(1000000);
	if (one_in(3000))
		return before + INT64_C(700000000000); /* more than a measurement may take */
	return before + below(one_in(10) ? 500000000 : 3000000);
}

static void fill_ordinary(struct run *run, struct flow *flow, unsigned from)
{
	struct synfin_tcp *tcp = &run->packet.tcp;

	tcp->flags = SYNFIN_TCP_ACK;
	tcp->payload = one_in(3) ? 0 : one_in(20) ? 1 : 1 + below(1500);
	if (tcp->payload > 0 && one_in(2))
		tcp->flags |= SYNFIN_TCP_PSH;
	/* Mostly all is acknowledged, sometimes less. */
	if (!one_in(4))
		flow->heard[from] = flow->next[!from];
	else if (one_in(2))
		flow->heard[from] += (flow->next[!from] - flow->heard[from]) / 2;
	if (one_in(30))
		flow->window[from] = (uint16_t)(1 + below(60000));
}

/* What is out of the ordinary. */
static void disturb(struct run *run, struct flow *flow, unsigned from)
{
	struct synfin_tcp *tcp = &run->packet.tcp;

	switch (below(14)) {
	case 0:
		tcp->window = 0;
		break;
	case 1:
		tcp->seq -= below(3000);
		break;
	case 2:
		tcp->seq += below(3000);
		break;
	case 3:
		tcp->ack += below(3000);
		break;
	case 4:
		tcp->ack -= below(3000);
		break;
	case 5:
		tcp->options |= SYNFIN_TCPOPT_SACK;
		tcp->sack_count = 1;
		tcp->sack[0] = (struct synfin_sack_block){ tcp->ack + 10, tcp->ack + 20 };
		break;
	case 6: /* exactly the peer's window, if nothing is outstanding and it is not scaled */
		tcp->payload = flow->window[!from];
		break;
	case 7:
		tcp->seq = flow->next[from] - 1;
		tcp->payload = below(2);
		break;
	case 8:
		tcp->flags = (uint16_t)below(512);
		break;
	case 9:
		tcp->flags |= SYNFIN_TCP_FIN;
		break;
	case 10:
		tcp->flags = one_in(2) ? SYNFIN_TCP_RST : SYNFIN_TCP_RST | SYNFIN_TCP_ACK;
		tcp->payload = 0;
		/* In the window, but not exact: it awaits an answer. */
		tcp->seq += one_in(2) ? 1 + below(1000) : 0;
		break;
	case 11:
		tcp->payload = 0;
		tcp->ack = flow->heard[from];
		break;
	case 12:
		tcp->flags = SYNFIN_TCP_SYN;
		tcp->seq = next_random();
		break;
	default: /* unseen */
		flow->next[from] += below(5000);
		break;
	}
}

static void fill_handshake(struct run *run, struct flow *flow)
{
	static const uint16_t flags[] = { SYNFIN_TCP_SYN, SYNFIN_TCP_SYN | SYNFIN_TCP_ACK, SYNFIN_TCP_ACK };
	struct synfin_tcp *tcp = &run->packet.tcp;

	tcp->flags = flags[flow->step];
	if (tcp->flags & SYNFIN_TCP_SYN) {
		tcp->options |= (uint16_t)(SYNFIN_TCPOPT_MSS | (one_in(2) ? SYNFIN_TCPOPT_WINDOW_SCALE : 0));
		tcp->window_scale = (uint8_t)below(9);
	}
	flow->step++;
}

static void next_packet(struct run *run)
{
	unsigned number = below(FLOWS);
	struct flow *flow = &run->flows[number];
	struct synfin_packet *packet = &run->packet;
	struct synfin_tcp *tcp = &packet->tcp;
	bool greets = flow->step < 3;
	unsigned from = greets ? flow->step == 1 : below(2);

	packet->frame++;
	packet->time_ns = later(packet->time_ns);
	packet->has_tcp = true;
	packet->ip_version = number % 2 ? 6 : 4;
	packet->vlan = UINT32_MAX;
	packet->ip = (struct synfin_ip){ .id = (uint16_t)(packet->frame % 65535 + 1) };
	packet->ip.source.bytes[15] = (uint8_t)(1 + from);
	packet->ip.destination.bytes[15] = (uint8_t)(2 - from);
	*tcp = (struct synfin_tcp){ .header = 20 };
	tcp->source_port = from ? 80 : run->ports[number];
	tcp->destination_port = from ? run->ports[number] : 80;
	if (greets)
		fill_handshake(run, flow);
	else
		fill_ordinary(run, flow, from);
	if (greets)
		flow->heard[from] = flow->next[!from];
	if (flow->stamped) {
		tcp->options |= SYNFIN_TCPOPT_TIMESTAMPS;
		tcp->timestamp_value = (uint32_t)(packet->time_ns / 1000000);
		tcp->timestamp_echo = tcp->timestamp_value - below(20);
	}
	tcp->seq = flow->next[from];
	tcp->ack = flow->heard[from];
	tcp->window = flow->window[from];
	if (!greets && one_in(25))
		disturb(run, flow, from);
	if (tcp->seq == flow->next[from])
		flow->next[from] += tcp->payload + !!(tcp->flags & SYNFIN_TCP_SYN) + !!(tcp->flags & SYNFIN_TCP_FIN);
	if (one_in(60))
		begin_flow(run, number);
}

/* All but where the table keeps it, which no packet decides. */
static bool same_record(const struct synfin_connection *one, const struct synfin_connection *other)
{
	struct synfin_connection copy = *other;

	copy.place = one->place;
	return memcmp(one, &copy, sizeof(copy)) == 0;
}

static void compare(struct run *run)
{
	struct synfin_observation seen[2];

	for (unsigned i = 0; i < 2; i++) {
		run->told[i].count = 0;
		tracker_packet(run->trackers[i], &run->packet, &seen[i]);
	}
	INVARIANT(seen[0].from == seen[1].from);
	INVARIANT(seen[0].steps == seen[1].steps);
	INVARIANT(seen[0].handshake_ns == seen[1].handshake_ns);
	INVARIANT(run->told[0].count == run->told[1].count);
	INVARIANT(memcmp(run->told[0].events, run->told[1].events, run->told[0].count * sizeof(run->told[0].events[0])) == 0);
	/* Where there was no room both have no record. */
	INVARIANT(!seen[0].connection == !seen[1].connection);
	if (!seen[0].connection)
		return;
	INVARIANT(same_record(seen[0].connection, seen[1].connection));
	/* The rank and whether it is busy decide who goes when the table is full. */
	INVARIANT(seen[0].connection->place == seen[1].connection->place);
}

static uint64_t number_from(const char *name, uint64_t otherwise)
{
	const char *text = getenv(name);
	return text ? strtoull(text, NULL, 10) : otherwise;
}

START_TEST(prediction_makes_no_difference)
{
	static struct run run;
	struct tracker_statistics statistics[2];
	uint64_t rounds = number_from("SYNFIN_ROUNDS", ROUNDS);

	random_state = number_from("SYNFIN_SEED", 20223);
	run.packet.time_ns = INT64_C(1700000000000000000);
	for (unsigned i = 0; i < 2; i++) {
		struct tracker_options options = { .max_connections = 8 * FLOWS, .idle_s = 1000, .no_prediction = i == 1, .context = &run.told[i], .event = on_event };
		ck_assert_int_eq(tracker_create(&run.trackers[i], &options, NULL), 0);
	}
	for (unsigned i = 0; i < FLOWS; i++) {
		run.ports[i] = (uint16_t)(1000 + 5000 * i);
		begin_flow(&run, i);
	}
	for (uint64_t i = 0; i < rounds; i++) {
		next_packet(&run);
		compare(&run);
	}
	for (unsigned i = 0; i < 2; i++) {
		tracker_statistics(run.trackers[i], &statistics[i]);
		tracker_destroy(run.trackers[i]);
	}
	/* Now and then there was no room, mostly there was; and both ways were taken, or nothing was tested. */
	ck_assert_uint_gt(statistics[0].untracked, 0);
	ck_assert_uint_lt(statistics[0].untracked, rounds / 4);
	ck_assert_uint_eq(statistics[0].untracked, statistics[1].untracked);
	ck_assert_uint_eq(statistics[1].predicted, 0);
	ck_assert_uint_gt(statistics[0].predicted, rounds / 10);
	ck_assert_uint_lt(statistics[0].predicted, rounds - rounds / 10);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("track predict");
	TCase *prediction = tcase_create("prediction");

	tcase_set_timeout(prediction, 60);
	tcase_add_test(prediction, prediction_makes_no_difference);
	suite_add_tcase(suite, prediction);
	return suite_main(suite);
}
