/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Random segments with numbers that are nearly right, on a few flows, held against what must always be true. Seeded, so that a failure comes
 * again; SYNFIN_SEED chooses another seed, SYNFIN_ROUNDS more rounds.
 */
#include <stdlib.h>

#include "random.h"
#include "suite.h"
#include "track_invariants.h"

enum { FLOWS = 12, ROUNDS = 200000 };

/* What both ends of a flow would say next. */
struct flow {
	uint32_t next[2];
	uint32_t last[2]; /* a number that was right before */
};

struct run {
	struct tracker *tracker;
	struct invariants invariants;
	struct flow flows[FLOWS];
	struct synfin_packet packet;
};

static void on_closed(void *context, const struct synfin_connection *connection)
{
	struct run *run = context;
	unsigned slot = connection->id % INVARIANTS_CONNECTIONS;
	/* One may go with the packet that began it, unseen. */
	if (run->invariants.last[slot].id == connection->id)
		invariants_closed(&run->invariants, connection);
}

static void on_event(void *context, const struct synfin_event *event, const struct synfin_connection *connection)
{
	(void)context;
	INVARIANT(event->connection == connection->id);
	INVARIANT(event->kind < SYNFIN_EVENTS);
	INVARIANT(event->from <= 1);
}

/* A number near the right one: right, a little or a window or anything off. */
static uint32_t nearly(uint32_t right, uint32_t before)
{
	switch (below(12)) {
	case 0:
		return before;
	case 1:
		return right + below(5) - 2;
	case 2:
		return right + below(4000) - 2000;
	case 3:
		return one_in(10) ? next_random() : right + below(1u << 20);
	case 4:
		return one_in(20) ? right + (1u << 31) - below(3) : right;
	default:
		return right;
	}
}

static uint16_t random_flags(void)
{
	static const uint16_t usual[] = {
		SYNFIN_TCP_SYN, SYNFIN_TCP_SYN | SYNFIN_TCP_ACK, SYNFIN_TCP_ACK, SYNFIN_TCP_ACK, SYNFIN_TCP_ACK | SYNFIN_TCP_PSH,
		SYNFIN_TCP_ACK | SYNFIN_TCP_PSH, SYNFIN_TCP_FIN | SYNFIN_TCP_ACK, SYNFIN_TCP_RST, SYNFIN_TCP_RST | SYNFIN_TCP_ACK,
	};
	return one_in(50) ? (uint16_t)below(512) : usual[below(sizeof(usual) / sizeof(usual[0]))];
}

static int64_t random_time(int64_t before)
{
	switch (below(400)) {
	case 0:
		return INT64_MAX - below(1000);
	case 1:
		return INT64_MIN + below(1000);
	case 2:
		return INT64_C(1700000000000000000);
	case 3:
		return before > INT64_MAX / 2 ? before : before + INT64_C(90000000000000);
	case 4:
		return before < INT64_MIN / 2 ? before : before - below(1000000000);
	default:
		return before > INT64_MAX / 2 ? INT64_C(1700000000000000000) : before + below(20000000);
	}
}

static void random_options(struct synfin_packet *packet)
{
	struct synfin_tcp *tcp = &packet->tcp;

	if (one_in(2)) {
		tcp->options |= SYNFIN_TCPOPT_TIMESTAMPS;
		tcp->timestamp_value = (uint32_t)(packet->time_ns / 1000000);
		tcp->timestamp_echo = tcp->timestamp_value - below(20);
	}
	if (tcp->flags & SYNFIN_TCP_SYN) {
		tcp->options |= (uint16_t)below(64);
		tcp->window_scale = (uint8_t)(one_in(20) ? 255 : below(15));
	}
	if (one_in(6)) {
		tcp->options |= SYNFIN_TCPOPT_SACK;
		tcp->sack_count = (uint8_t)(1 + below(SYNFIN_SACK_MAX));
		for (unsigned i = 0; i < tcp->sack_count; i++) {
			tcp->sack[i].left = tcp->ack + below(5000) - 1000;
			tcp->sack[i].right = tcp->sack[i].left + below(2000);
		}
	}
}

static void random_packet(struct run *run)
{
	struct synfin_packet *packet = &run->packet;
	unsigned number = below(FLOWS);
	struct flow *flow = &run->flows[number];
	unsigned from = below(2);

	packet->frame++;
	packet->time_ns = random_time(packet->time_ns);
	packet->has_tcp = true;
	packet->ip_version = number % 2 ? 6 : 4;
	packet->vlan = UINT32_MAX;
	packet->ip = (struct synfin_ip){ .id = (uint16_t)(one_in(2) ? packet->frame : 0) };
	packet->ip.source.bytes[15] = (uint8_t)(from ? 1 : 2);
	packet->ip.destination.bytes[15] = (uint8_t)(from ? 2 : 1);
	packet->tcp = (struct synfin_tcp){ .flags = random_flags(), .header = 20, .window = (uint16_t)(one_in(8) ? 0 : next_random()) };
	packet->tcp.source_port = (uint16_t)(from ? 1000 + number : 80);
	packet->tcp.destination_port = (uint16_t)(from ? 80 : 1000 + number);
	packet->tcp.seq = nearly(flow->next[from], flow->last[from]);
	packet->tcp.ack = nearly(flow->next[!from], flow->last[!from]);
	if (packet->tcp.flags & SYNFIN_TCP_PSH)
		packet->tcp.payload = one_in(100) ? next_random() : 1 + below(3000);
	random_options(packet);
	if (one_in(3))
		flow->last[from] = flow->next[from];
	flow->next[from] = packet->tcp.seq + packet->tcp.payload + !!(packet->tcp.flags & SYNFIN_TCP_SYN) + !!(packet->tcp.flags & SYNFIN_TCP_FIN);
}

static void random_run(uint32_t max_connections, uint64_t seed, unsigned rounds)
{
	static struct run run;
	struct tracker_statistics statistics = { .segments = 0 };
	struct synfin_observation observation;
	uint64_t untracked = 0;
	struct tracker_options options = { .max_connections = max_connections, .time_wait_s = 2, .idle_s = 3000, .context = &run, .event = on_event, .closed = on_closed };

	memset(&run, 0, sizeof(run));
	random_state = seed;
	ck_assert_int_eq(tracker_create(&run.tracker, &options, NULL), 0);
	for (unsigned i = 0; i < rounds; i++) {
		random_packet(&run);
		/* A mirror's copy now and then. */
		for (unsigned copies = one_in(10) ? 2 : 1; copies > 0; copies--) {
			tracker_packet(run.tracker, &run.packet, &observation);
			/* Only a table that is full leaves a packet out. */
			INVARIANT(observation.connection || run.invariants.open == max_connections);
			untracked += !observation.connection;
			if (observation.connection)
				invariants_check(&run.invariants, observation.connection);
			INVARIANT(observation.handshake_ns >= -1);
		}
		tracker_statistics(run.tracker, &statistics);
		INVARIANT(statistics.untracked == untracked);
		INVARIANT(statistics.active <= max_connections);
		INVARIANT(statistics.active == run.invariants.open);
	}
	INVARIANT((untracked > 0) == (max_connections < FLOWS) && (statistics.evicted > 0) == (max_connections < FLOWS));
	tracker_flush(run.tracker);
	invariants_end(&run.invariants);
	tracker_destroy(run.tracker);
}

static uint64_t number_from(const char *name, uint64_t otherwise)
{
	const char *text = getenv(name);
	return text ? strtoull(text, NULL, 10) : otherwise;
}

START_TEST(invariants_hold)
{
	uint64_t seed = number_from("SYNFIN_SEED", 20221);
	random_run(FLOWS, seed, (unsigned)number_from("SYNFIN_ROUNDS", ROUNDS));
}
END_TEST

/* With room for fewer connections than there are, each new one evicts another, or is left out. */
START_TEST(invariants_hold_under_eviction)
{
	uint64_t seed = number_from("SYNFIN_SEED", 20222);
	random_run(3, seed, (unsigned)number_from("SYNFIN_ROUNDS", ROUNDS));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("track random");
	TCase *invariants = tcase_create("invariants");

	tcase_set_timeout(invariants, 60);
	tcase_add_test(invariants, invariants_hold);
	tcase_add_test(invariants, invariants_hold_under_eviction);
	suite_add_tcase(suite, invariants);
	return suite_main(suite);
}
