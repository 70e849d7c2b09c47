/* SPDX-License-Identifier: BSD-3-Clause */
/* How long connections are kept: TIME_WAIT and idleness by the capture's clock (C5), eviction, odd clocks; and copies by another VLAN. */
#include "suite.h"
#include "track_script.h"

#define E "ESTABLISHED/ESTABLISHED"

static void run_script(struct tracker_options options, const struct script_line *lines, size_t count)
{
	struct script_run run;

	script_begin_with(&run, &script_settings[0], options);
	for (size_t i = 0; i < count; i++)
		script_feed(&run, &lines[i], (unsigned)i + 1);
	tracker_flush(run.tracker);
	invariants_end(&run.invariants);
	script_end(&run);
}

#define SCRIPT_WITH(options, ...) \
	do { \
		static const struct script_line lines_[] = { __VA_ARGS__ }; \
		run_script((struct tracker_options)options, lines_, sizeof(lines_) / sizeof(lines_[0])); \
	} while (0)
#define OPTIONS(...) { __VA_ARGS__ }

#define CLOSED SCRIPT_PROVEN, { '>', "FA", 1, 2, 0, "(1) FIN_WAIT_1/CLOSE_WAIT~" }, { '<', "FA", 2, 2, 0, "(2) (3) TIME_WAIT~/LAST_ACK" }, \
	{ '>', "A", 2, 3, 0, "(4) TIME_WAIT/CLOSED~ closed" }

START_TEST(c5_time_wait_option)
{
	SCRIPT_WITH(OPTIONS(.time_wait_s = 5), CLOSED, { '<', "FA after=5s", 2, 2, 0, "(3) TIME_WAIT/LAST_ACK state_corrected spurious_retransmission | C id=1" });
	SCRIPT_WITH(OPTIONS(.time_wait_s = 5), CLOSED, { '>', "S after=6s", 9000, 0, 0, "(1) SYN_SENT/SYN_RECEIVED~ expired | C id=2 closed=1" });
	/* A packet in TIME_WAIT begins it anew, as with Linux. */
	SCRIPT_WITH(OPTIONS(.time_wait_s = 5), CLOSED, { '>', "A after=4s", 2, 3, 0, "TIME_WAIT/CLOSED~" }, { '>', "A after=4s", 2, 3, 0, "TIME_WAIT/CLOSED~ | C id=1" });
}
END_TEST

START_TEST(idle_option)
{
	SCRIPT_WITH(OPTIONS(.idle_s = 100), SCRIPT_PROVEN, { '>', "PA after=100s", 1, 2, 10, E " | C id=1" });
	SCRIPT_WITH(OPTIONS(.idle_s = 100), SCRIPT_PROVEN, { '>', "PA after=101s", 1, 2, 10, "ESTABLISHED~/ESTABLISHED~ expired mid_stream | C id=2" });
	SCRIPT_WITH(OPTIONS(.idle_s = 0), SCRIPT_PROVEN, { '>', "PA after=86400s", 1, 2, 10, E " | C id=1" });
}
END_TEST

START_TEST(t3_a_step_back_expires_nothing)
{
	SCRIPT_WITH(OPTIONS(.idle_s = 100), SCRIPT_PROVEN, { '>', "PA after=-5000s", 1, 2, 10, E " clock_backwards | C id=1" },
		{ '<', "A after=90s", 2, 11, 0, E " | C id=1" });
}
END_TEST

/* One time stamp from years ago among others ends nothing; a clock that was set back is believed with the second. */
START_TEST(t3_one_false_time)
{
	SCRIPT_WITH(OPTIONS(.idle_s = 100), SCRIPT_PROVEN, { '>', "PA after=-5000s", 1, 2, 10, "ESTABLISHED/ESTABLISHED clock_backwards | C id=1" },
		{ '<', "A after=5001s", 2, 11, 0, "ESTABLISHED/ESTABLISHED | C id=1" }, { '>', "PA", 11, 2, 10, "ESTABLISHED/ESTABLISHED | C id=1" });
	SCRIPT_WITH(OPTIONS(.idle_s = 100), SCRIPT_PROVEN, { '>', "PA after=-5000s", 1, 2, 10, "ESTABLISHED/ESTABLISHED clock_backwards | C id=1" },
		{ '<', "A", 2, 11, 0, "ESTABLISHED/ESTABLISHED | C id=1" }, { '>', "PA", 11, 2, 10, "ESTABLISHED/ESTABLISHED | C id=1" },
		{ '>', "PA after=200s", 21, 2, 10, "ESTABLISHED~/ESTABLISHED~ expired mid_stream | C id=2" });
}
END_TEST

/* H2: an old copy of the first SYN begins nothing while the end in TIME_WAIT remembers. */
START_TEST(h2_same_isn_after_the_close)
{
	SCRIPT_WITH(OPTIONS(.time_wait_s = 0), CLOSED, { '>', "S after=1s", 0, 0, 0, "(1) TIME_WAIT/CLOSED~ spurious_retransmission | C id=1" });
	SCRIPT_WITH(OPTIONS(.time_wait_s = 0), CLOSED, { '>', "S after=61s", 0, 0, 0, "(1) SYN_SENT/SYN_RECEIVED~ expired | C id=2" });
}
END_TEST

/* The mirror's two copies differ by their tag: one connection, one packet. */
START_TEST(v1_copies_by_another_vlan)
{
	SCRIPT_WITH(OPTIONS(.vlan_blind = true), SCRIPT_OPENING, { '>', "PA id=3 vlan=10", 1, 1, 10, "ESTABLISHED/ESTABLISHED~" },
		{ '>', "PA id=3 vlan=20 after=30us", 1, 1, 10, "ESTABLISHED/ESTABLISHED~ capture_duplicate | A packets=3 C id=1" });
	SCRIPT_WITH(OPTIONS(.vlan_blind = false), SCRIPT_OPENING, { '>', "PA id=3 vlan=10", 1, 1, 10, "ESTABLISHED~/ESTABLISHED~ mid_stream | C id=2" },
		{ '>', "PA id=3 vlan=20 after=30us", 1, 1, 10, "ESTABLISHED~/ESTABLISHED~ mid_stream | C id=3" });
}
END_TEST

struct count {
	unsigned closed;
	unsigned evicted;
	unsigned expired;
	unsigned untracked;
};

static void count_closed(void *context, const struct synfin_connection *connection)
{
	struct count *count = context;
	(void)connection;
	count->closed++;
}

static void count_event(void *context, const struct synfin_event *event, const struct synfin_connection *connection)
{
	struct count *count = context;
	count->evicted += event->kind == SYNFIN_EVENT_EVICTED;
	count->expired += event->kind == SYNFIN_EVENT_EXPIRED;
	count->untracked += event->kind == SYNFIN_EVENT_UNTRACKED;
	ck_assert_uint_eq(event->connection, connection->id);
	ck_assert_int_eq(event->kind == SYNFIN_EVENT_UNTRACKED, connection->id == 0);
}

static struct tracker *tracker_counting(struct count *count, uint32_t max_connections)
{
	struct tracker_options options = { .max_connections = max_connections, .context = count, .event = count_event, .closed = count_closed };
	struct tracker *tracker;
	ck_assert_int_eq(tracker_create(&tracker, &options, NULL), 0);
	return tracker;
}

static void feed(struct tracker *tracker, uint32_t number, uint16_t flags, int64_t time_ns)
{
	struct synfin_packet packet = { .has_tcp = true, .ip_version = 4, .vlan = UINT32_MAX, .time_ns = time_ns };
	struct synfin_observation observation;

	memcpy(packet.ip.source.bytes + 12, &number, sizeof(number)); /* as an IPv4 address stands in its 16 bytes */
	packet.ip.destination.bytes[15] = 1;
	packet.tcp = (struct synfin_tcp){ .source_port = 40000, .destination_port = 80, .flags = flags, .header = 20, .seq = 5 };
	tracker_packet(tracker, &packet, &observation);
	ck_assert_ptr_nonnull(observation.connection);
}

/* A day after many connections the first packet does not pay for all of them, and they go all the same. */
START_TEST(expiry_is_shared_among_packets)
{
	struct count count = { 0 };
	struct tracker *tracker = tracker_counting(&count, 20000);

	for (uint32_t i = 1; i <= 10000; i++)
		feed(tracker, i, SYNFIN_TCP_SYN, i);
	feed(tracker, 20000, SYNFIN_TCP_SYN, INT64_C(90000) * 1000000000);
	ck_assert_uint_gt(count.expired, 0);
	ck_assert_uint_le(count.expired, 2000);
	for (uint32_t i = 1; i <= 20; i++)
		feed(tracker, 20000 + i, SYNFIN_TCP_SYN, INT64_C(90000) * 1000000000 + i);
	ck_assert_uint_eq(count.expired, 10000);
	ck_assert_uint_eq(count.closed, 10000);
	tracker_flush(tracker);
	ck_assert_uint_eq(count.closed, 10021);
	ck_assert_uint_eq(count.evicted, 0);
	tracker_destroy(tracker);
}
END_TEST

START_TEST(clocks_at_both_ends_of_time)
{
	static const int64_t times[] = { INT64_MAX, INT64_MIN, 0, INT64_MAX, INT64_MAX - 1, INT64_MIN + 1, -1, INT64_MIN };
	struct count count = { 0 };
	struct tracker *tracker = tracker_counting(&count, 10);

	for (unsigned round = 0; round < 50; round++)
		for (unsigned i = 0; i < sizeof(times) / sizeof(times[0]); i++)
			feed(tracker, 1 + (round + i) % 3, i % 2 ? SYNFIN_TCP_ACK : SYNFIN_TCP_SYN, times[i]);
	tracker_flush(tracker);
	ck_assert_uint_gt(count.closed, 0);
	tracker_destroy(tracker);
}
END_TEST

START_TEST(eviction_is_told)
{
	struct count count = { 0 };
	struct tracker *tracker = tracker_counting(&count, 5);

	for (uint32_t i = 1; i <= 9; i++)
		feed(tracker, i, SYNFIN_TCP_SYN, i);
	ck_assert_uint_eq(count.evicted, 4);
	ck_assert_uint_eq(count.closed, 4);
	tracker_flush(tracker);
	ck_assert_uint_eq(count.closed, 9);
	tracker_destroy(tracker);
}
END_TEST

/* ---- a table full of established connections */

/* A segment between host `number` and the server; what the tracker makes of it. */
static struct synfin_observation send(struct tracker *tracker, uint32_t number, bool from_host, uint16_t flags, uint32_t seq, uint32_t ack, int64_t time_ns)
{
	struct synfin_packet packet = { .has_tcp = true, .ip_version = 4, .vlan = UINT32_MAX, .time_ns = time_ns, .frame = 7 };
	struct synfin_address host = { .bytes = { [10] = 0xff, [11] = 0xff } }, server = { .bytes = { [10] = 0xff, [11] = 0xff, [12] = 0xff } };
	struct synfin_observation observation;

	memcpy(host.bytes + 12, &number, sizeof(number));
	packet.ip.source = from_host ? host : server;
	packet.ip.destination = from_host ? server : host;
	packet.tcp = (struct synfin_tcp){ .source_port = from_host ? 40000 : 80, .destination_port = from_host ? 80 : 40000, .flags = flags, .header = 20,
		.seq = seq, .ack = ack, .window = 1000 };
	tracker_packet(tracker, &packet, &observation);
	return observation;
}

static void establish(struct tracker *tracker, uint32_t number, int64_t time_ns)
{
	send(tracker, number, true, SYNFIN_TCP_SYN, 10, 0, time_ns);
	send(tracker, number, false, SYNFIN_TCP_SYN | SYNFIN_TCP_ACK, 20, 11, time_ns);
	ck_assert(send(tracker, number, true, SYNFIN_TCP_ACK, 11, 21, time_ns).steps & SYNFIN_STEP_HANDSHAKE_3);
}

enum { FULL = 5 };

/* They are all there, by the ids that they had, and established. */
static void all_live(struct tracker *tracker, int64_t time_ns)
{
	for (uint32_t i = 1; i <= FULL; i++) {
		const struct synfin_connection *connection = send(tracker, i, i % 2, SYNFIN_TCP_ACK, i % 2 ? 11 : 21, i % 2 ? 21 : 11, time_ns).connection;
		ck_assert_uint_eq(connection->id, i);
		ck_assert_uint_eq(connection->end[0].state, SYNFIN_ESTABLISHED);
		ck_assert_uint_eq(connection->end[1].state, SYNFIN_ESTABLISHED);
	}
}

/* Whatever would begin a connection, a SYN or a whole handshake, displaces none of them. */
START_TEST(the_established_are_not_displaced)
{
	struct count count = { 0 };
	struct tracker *tracker = tracker_counting(&count, FULL);
	struct tracker_statistics statistics;

	for (uint32_t i = 1; i <= FULL; i++)
		establish(tracker, i, i);
	for (uint32_t i = 100; i < 300; i++)
		ck_assert_ptr_null(send(tracker, i, true, SYNFIN_TCP_SYN, i, 0, 1000 + i).connection);
	ck_assert_ptr_null(send(tracker, 50, true, SYNFIN_TCP_SYN, 10, 0, 2000).connection);
	ck_assert_ptr_null(send(tracker, 50, false, SYNFIN_TCP_SYN | SYNFIN_TCP_ACK, 20, 11, 2001).connection);
	ck_assert_ptr_null(send(tracker, 50, true, SYNFIN_TCP_ACK, 11, 21, 2002).connection);
	all_live(tracker, 3000);
	ck_assert_uint_eq(count.untracked, 203);
	tracker_statistics(tracker, &statistics);
	ck_assert_uint_eq(statistics.untracked, 203);
	ck_assert_uint_eq(statistics.connections, FULL);
	ck_assert_uint_eq(statistics.evicted, 0);
	ck_assert_uint_eq(count.closed, 0);
	tracker_destroy(tracker);
}
END_TEST

/* ... until one of them is over, or idle for longer than --idle; what was left out is then taken up where it stands. */
START_TEST(a_place_is_taken_when_there_is_one)
{
	struct count count = { 0 };
	struct tracker *tracker = tracker_counting(&count, FULL);
	const int64_t day = INT64_C(86400) * 1000000000;

	for (uint32_t i = 1; i <= FULL; i++)
		establish(tracker, i, i);
	send(tracker, 3, true, SYNFIN_TCP_RST | SYNFIN_TCP_ACK, 11, 21, 100);
	ck_assert_uint_eq(send(tracker, 50, true, SYNFIN_TCP_SYN, 10, 0, 101).connection->id, FULL + 1);
	ck_assert_uint_eq(count.evicted, 1);
	send(tracker, 50, false, SYNFIN_TCP_SYN | SYNFIN_TCP_ACK, 20, 11, 102);
	send(tracker, 50, true, SYNFIN_TCP_ACK, 11, 21, 103);
	ck_assert_ptr_null(send(tracker, 51, true, SYNFIN_TCP_SYN, 10, 0, 104).connection);
	for (uint32_t i = 1; i <= 4; i++)
		if (i != 3)
			send(tracker, i, true, SYNFIN_TCP_ACK, 11, 21, day);
	send(tracker, 50, true, SYNFIN_TCP_ACK, 11, 21, day);
	ck_assert_uint_eq(send(tracker, 51, false, SYNFIN_TCP_ACK, 21, 11, day + 1000).connection->id, FULL + 2);
	ck_assert_uint_eq(count.expired, 1); /* host 5, the only one that was silent */
	ck_assert_uint_eq(count.evicted, 1);
	ck_assert_uint_eq(send(tracker, 1, true, SYNFIN_TCP_ACK, 11, 21, day + 2000).connection->id, 1);
	tracker_destroy(tracker);
}
END_TEST

static void open_and_close(struct tracker *tracker, uint32_t host, int64_t time_ns)
{
	establish(tracker, host, time_ns);
	send(tracker, host, true, SYNFIN_TCP_FIN | SYNFIN_TCP_ACK, 11, 21, time_ns);
	send(tracker, host, false, SYNFIN_TCP_FIN | SYNFIN_TCP_ACK, 21, 12, time_ns);
	send(tracker, host, true, SYNFIN_TCP_ACK, 12, 22, time_ns);
}

static uint32_t active(const struct tracker *tracker)
{
	struct tracker_statistics statistics;
	tracker_statistics(tracker, &statistics);
	return (uint32_t)statistics.active;
}

/* The last ones that are over are known, and how many that is follows from how many are not; nothing is said of the others but their end. */
START_TEST(few_of_the_closed_are_kept)
{
	struct count count = { 0 };
	struct tracker *tracker = tracker_counting(&count, 0);
	const uint32_t living = 1000, many = 5 * TRACKER_CLOSED_KEPT;

	for (uint32_t i = 0; i < living; i++)
		establish(tracker, i, i);
	for (uint32_t i = 0; i < many; i++)
		open_and_close(tracker, living + i, living + i);
	/* The last one that began was not over yet when it was looked last. */
	ck_assert_uint_le(active(tracker), 2 * living + TRACKER_CLOSED_KEPT + 2);
	ck_assert_uint_ge(active(tracker), 2 * living + TRACKER_CLOSED_KEPT);
	ck_assert_uint_eq(count.evicted + count.expired, 0);
	ck_assert_uint_eq(count.closed, living + many - active(tracker));
	/* Late segments of the last ones are theirs; one of the first is of a connection that nobody knows. */
	uint32_t last = living + many - 1, kept = last - TRACKER_CLOSED_KEPT;
	ck_assert_uint_eq(send(tracker, last, false, SYNFIN_TCP_FIN | SYNFIN_TCP_ACK, 21, 12, many).connection->id, last + 1);
	ck_assert_uint_eq(send(tracker, kept, false, SYNFIN_TCP_FIN | SYNFIN_TCP_ACK, 21, 12, many).connection->id, kept + 1);
	ck_assert_uint_eq(send(tracker, living, false, SYNFIN_TCP_FIN | SYNFIN_TCP_ACK, 21, 12, many).connection->id, living + many + 1);
	/* All others are over, too: what is kept of them becomes less. */
	for (uint32_t i = 0; i < living; i++)
		send(tracker, i, true, SYNFIN_TCP_RST | SYNFIN_TCP_ACK, 11, 21, many);
	for (uint32_t i = 0; i < 2 * living; i++)
		open_and_close(tracker, 2 * many + i, many);
	ck_assert_uint_le(active(tracker), TRACKER_CLOSED_KEPT + 3);
	tracker_destroy(tracker);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("track lifetime");
	TCase *lifetime = tcase_create("lifetime");

	tcase_add_test(lifetime, c5_time_wait_option);
	tcase_add_test(lifetime, idle_option);
	tcase_add_test(lifetime, t3_a_step_back_expires_nothing);
	tcase_add_test(lifetime, t3_one_false_time);
	tcase_add_test(lifetime, h2_same_isn_after_the_close);
	tcase_add_test(lifetime, v1_copies_by_another_vlan);
	tcase_add_test(lifetime, expiry_is_shared_among_packets);
	tcase_add_test(lifetime, clocks_at_both_ends_of_time);
	tcase_add_test(lifetime, eviction_is_told);
	tcase_add_test(lifetime, the_established_are_not_displaced);
	tcase_add_test(lifetime, a_place_is_taken_when_there_is_one);
	tcase_add_test(lifetime, few_of_the_closed_are_kept);
	suite_add_tcase(suite, lifetime);
	return suite_main(suite);
}
