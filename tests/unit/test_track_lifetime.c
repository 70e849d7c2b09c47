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
	(void)connection;
	count->evicted += event->kind == SYNFIN_EVENT_EVICTED;
	count->expired += event->kind == SYNFIN_EVENT_EXPIRED;
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

int main(void)
{
	Suite *suite = suite_create("track lifetime");
	TCase *lifetime = tcase_create("lifetime");

	tcase_add_test(lifetime, c5_time_wait_option);
	tcase_add_test(lifetime, idle_option);
	tcase_add_test(lifetime, t3_a_step_back_expires_nothing);
	tcase_add_test(lifetime, v1_copies_by_another_vlan);
	tcase_add_test(lifetime, expiry_is_shared_among_packets);
	tcase_add_test(lifetime, clocks_at_both_ends_of_time);
	tcase_add_test(lifetime, eviction_is_told);
	suite_add_tcase(suite, lifetime);
	return suite_main(suite);
}
