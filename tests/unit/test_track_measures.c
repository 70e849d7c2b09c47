/* SPDX-License-Identifier: BSD-3-Clause */
/* The rules of round trips, clocks and one-sided captures (T1 to T3, O1), and holes, which scripts reach badly. */
#include "suite.h"
#include "track/holes.h"
#include "track_script.h"

#define E "ESTABLISHED/ESTABLISHED"

START_TEST(t1_handshake)
{
	SCRIPT("open", { '>', "S", 0, 0, 0, "(1) SYN_SENT/SYN_RECEIVED~" }, { '<', "SA after=30ms", 0, 1, 0, "(2) ESTABLISHED~/SYN_RECEIVED" },
		{ '>', "A after=5ms", 1, 1, 0, "(3) ESTABLISHED/ESTABLISHED~ handshake_complete | C handshake_ms=35 syn_rtt_ms=30 ack_rtt_ms=5 A rtts=0 B rtts=0" });
}
END_TEST

#define AGAIN(options) { '>', "S ts=1/0", 0, 0, 0, "(1) SYN_SENT/SYN_RECEIVED~" }, \
	{ '>', "S ts=1001/0 after=1s", 0, 0, 0, "(1) SYN_SENT/SYN_RECEIVED~ retransmission" }, \
	{ '<', "SA" options " after=30ms", 0, 1, 0, "(2) ESTABLISHED~/SYN_RECEIVED" }

START_TEST(t1_karn)
{
	SCRIPT("open", AGAIN(" ts=7/1001"), { '>', "A", 1, 1, 0, "(3) ESTABLISHED/ESTABLISHED~ handshake_complete | C handshake_ms=40 syn_rtt_ms=30" });
	SCRIPT("open", AGAIN(" ts=7/1"), { '>', "A", 1, 1, 0, "(3) ESTABLISHED/ESTABLISHED~ handshake_complete | C handshake_ms=-1 syn_rtt_ms=-1 ack_rtt_ms=10" });
	SCRIPT("open", AGAIN(""), { '>', "A", 1, 1, 0, "(3) ESTABLISHED/ESTABLISHED~ handshake_complete | C handshake_ms=-1 syn_rtt_ms=-1" });
}
END_TEST

START_TEST(t2_data)
{
	SCRIPT("open", SCRIPT_OPENING, { '>', "PA", 1, 1, 100, "ESTABLISHED/ESTABLISHED~" }, { '>', "PA", 101, 1, 100, "ESTABLISHED/ESTABLISHED~" },
		{ '<', "A after=20ms", 1, 201, 0, E " | A rtts=1 rtt_min_ms=30 rtt_max_ms=30" },
		{ '>', "PA", 201, 1, 100, E }, { '<', "A after=70ms", 1, 301, 0, E " | A rtts=2 rtt_min_ms=30 rtt_max_ms=70" });
	/* Karn: neither copy of what was sent twice, least of all the oldest. */
	SCRIPT("open", SCRIPT_OPENING, { '>', "PA", 1, 1, 100, "ESTABLISHED/ESTABLISHED~" },
		{ '>', "PA after=300ms", 1, 1, 100, "ESTABLISHED/ESTABLISHED~ retransmission" }, { '<', "A", 1, 101, 0, E " | A rtts=0" });
	/* The clock of 40 bits comes round after 18 minutes. */
	SCRIPT("open", SCRIPT_OPENING, { '>', "PA", 1, 1, 100, "ESTABLISHED/ESTABLISHED~" }, { '<', "A after=1104s", 1, 101, 0, E " | A rtts=0" });
	SCRIPT("open", SCRIPT_OPENING, { '>', "PA", 1, 1, 100, "ESTABLISHED/ESTABLISHED~" }, { '>', "A after=500s", 101, 1, 0, "ESTABLISHED/ESTABLISHED~" },
		{ '>', "A after=500s", 101, 1, 0, "ESTABLISHED/ESTABLISHED~" }, { '<', "A after=104s", 1, 101, 0, E " | A rtts=0" });
}
END_TEST

START_TEST(t3_clock_backwards)
{
	SCRIPT("open", { '>', "S", 0, 0, 0, "(1) SYN_SENT/SYN_RECEIVED~" }, { '<', "SA after=-5ms", 0, 1, 0, "(2) ESTABLISHED~/SYN_RECEIVED clock_backwards" },
		{ '>', "A", 1, 1, 0, "(3) ESTABLISHED/ESTABLISHED~ handshake_complete | C handshake_ms=-1 syn_rtt_ms=-1 ack_rtt_ms=10" });
	SCRIPT("open", SCRIPT_OPENING, { '>', "PA", 1, 1, 100, "ESTABLISHED/ESTABLISHED~" }, { '<', "A after=-3000s", 1, 101, 0, E " clock_backwards | A rtts=0" },
		{ '>', "PA", 101, 1, 100, E }, { '<', "A", 1, 201, 0, E " | A rtts=1" });
	SCRIPT("open", SCRIPT_PROVEN, { '>', "PA", 101, 2, 100, E " lost_segment" },
		{ '>', "PA after=-10ms", 1, 2, 100, E " clock_backwards ambiguous_order | A retransmitted=0" });
}
END_TEST

START_TEST(o1_client_only)
{
	SCRIPT("half_closed", { '>', "S", 0, 0, 0, "(1) SYN_SENT/SYN_RECEIVED~ | C one_sided=0" },
		{ '>', "A", 1, 1, 0, "ESTABLISHED/ESTABLISHED~ one_sided | C one_sided=1" },
		{ '>', "A", 1, 5001, 0, "ESTABLISHED/ESTABLISHED~ | B bytes=5000 missed=0" },
		{ '>', "FA", 1, 5001, 0, "(1) FIN_WAIT_1/CLOSE_WAIT~" });
	SCRIPT("open", { '>', "S", 0, 0, 0, "(1) SYN_SENT/SYN_RECEIVED~" }, { '>', "A", 1, 1, 0, "ESTABLISHED/ESTABLISHED~ one_sided" });
}
END_TEST

/* It shows itself after all; what it sent before is not missing. */
START_TEST(o1_the_other_end_appears)
{
	SCRIPT("mid_stream", { '>', "A", 50, 1, 0, "ESTABLISHED~/ESTABLISHED~ mid_stream" }, { '>', "A", 50, 5001, 0, "ESTABLISHED~/ESTABLISHED~ one_sided" },
		{ '<', "PA", 9001, 50, 100, "ESTABLISHED~/ESTABLISHED~ | B missed=0 C one_sided=0" },
		{ '<', "PA", 9201, 50, 100, "ESTABLISHED~/ESTABLISHED~ lost_segment | B missed=100" });
}
END_TEST

/* ---- holes */

static const struct hole_evidence nothing = { .time_ns = 0 };

START_TEST(holes_fill_in_any_order)
{
	struct pool pool;
	struct synfin_endpoint end = { .next = 1000, .unacked = 1000, .holes = HOLES_NONE };

	ck_assert_int_eq(holes_init(&pool, 100), 0);
	holes_open(&pool, &end, 100, 200, &nothing);
	holes_open(&pool, &end, 300, 400, &nothing);
	holes_open(&pool, &end, 500, 600, &nothing);
	ck_assert_uint_eq(end.missed, 300);
	ck_assert_int_eq(holes_contiguous(&pool, &end), 100);
	ck_assert_uint_eq(holes_fill(&pool, &end, 330, 360).filled, 30); /* from the middle */
	ck_assert_uint_eq(holes_fill(&pool, &end, 150, 350).filled, 80); /* over an end, and what is there already */
	ck_assert_uint_eq(holes_fill(&pool, &end, 200, 350).filled, 0);
	ck_assert_uint_eq(holes_fill(&pool, &end, 0, 550).filled, 140);
	ck_assert_uint_eq(end.missed, 50);
	ck_assert_int_eq(holes_contiguous(&pool, &end), 550);
	end.unacked = 400; /* acknowledged past it: lost before the capture (S3) */
	ck_assert_int_eq(holes_contiguous(&pool, &end), 1000);
	ck_assert(holes_begin_below(&pool, &end, 551) && !holes_begin_below(&pool, &end, 550));
	ck_assert_uint_eq(holes_fill(&pool, &end, 550, 600).filled, 50);
	ck_assert_uint_eq(end.missed, 0);
	ck_assert_uint_eq(pool.used, 0);
	pool_free(&pool);
}
END_TEST

/* However a hole is split, a stream owns no more than its share, and what is given up stays missed. */
START_TEST(holes_are_bounded)
{
	struct pool pool;
	struct synfin_endpoint end = { .next = 1000000, .unacked = 1000000, .holes = HOLES_NONE };

	ck_assert_int_eq(holes_init(&pool, 1000), 0);
	holes_open(&pool, &end, 1, 1000000, &nothing);
	for (int64_t i = 1000; i < 900000; i += 20) {
		ck_assert_uint_eq(holes_fill(&pool, &end, i, i + 10).filled, 10);
		ck_assert_uint_le(pool.used, HOLES_MAX);
	}
	ck_assert_uint_eq(end.missed, 999999 - 44950 * 10);
	/* From the top down it is the hole being split that is the lowest. */
	for (int64_t i = 890000; i > 500000; i -= 20)
		holes_fill(&pool, &end, i - 5, i);
	ck_assert_uint_le(pool.used, HOLES_MAX);
	for (unsigned i = 0; i < 100; i++)
		holes_open(&pool, &end, 1000000 + 20 * i, 1000010 + 20 * i, &nothing);
	ck_assert_uint_eq(pool.used, HOLES_MAX);
	holes_release(&pool, &end);
	ck_assert_uint_eq(pool.used, 0);
	pool_free(&pool);
}
END_TEST

START_TEST(holes_without_memory)
{
	struct pool pool;
	struct synfin_endpoint end = { .next = 1000, .unacked = 1000, .holes = HOLES_NONE };

	ck_assert_int_eq(holes_init(&pool, 1), 0);
	holes_open(&pool, &end, 100, 200, &nothing);
	holes_open(&pool, &end, 300, 400, &nothing);
	ck_assert_uint_eq(end.missed, 200);
	ck_assert_uint_eq(holes_fill(&pool, &end, 120, 130).filled, 10);
	ck_assert_uint_eq(holes_fill(&pool, &end, 300, 400).filled, 0);
	ck_assert_uint_eq(end.missed, 190);
	pool_free(&pool);
}
END_TEST

/* What is missing counts past 4 GiB, back again as it turns up, and stays at the most that the record has room for. */
START_TEST(holes_of_terabytes)
{
	struct pool pool;
	const int64_t gib = INT64_C(1) << 30;
	struct synfin_endpoint end = { .next = 4000 * gib, .unacked = 1000, .holes = HOLES_NONE };

	ck_assert_int_eq(holes_init(&pool, UINT32_MAX - 1), 0); /* more than an index has room for: taken down */
	ck_assert_uint_eq(pool.capacity, HOLES_CAPACITY_MAX);
	holes_open(&pool, &end, 1, 1 + 5 * gib, &nothing);
	holes_open(&pool, &end, 6 * gib, 11 * gib, &nothing);
	ck_assert_uint_eq(end.missed, 10 * gib);
	holes_fill(&pool, &end, 3 * gib, 7 * gib);
	ck_assert_uint_eq(end.missed, 7 * gib - 1);
	holes_fill(&pool, &end, 0, 11 * gib);
	ck_assert_uint_eq(end.missed, 0);
	ck_assert_uint_eq(end.holes, HOLES_NONE);
	holes_open(&pool, &end, 20 * gib, 1043 * gib, &nothing);
	ck_assert_uint_eq(end.missed, 1023 * gib);
	holes_open(&pool, &end, 1050 * gib, 1051 * gib, &nothing);
	ck_assert_uint_eq(end.missed, SYNFIN_MISSED_MAX);
	holes_fill(&pool, &end, 1050 * gib, 1051 * gib); /* what has run over stays so */
	ck_assert_uint_eq(end.missed, SYNFIN_MISSED_MAX);
	holes_release(&pool, &end);
	pool_free(&pool);
}
END_TEST

/* A hole past 4 GiB, and its filling. */
START_TEST(holes_beyond_4_gib)
{
	struct script_run run;
	struct synfin_observation observation;
	static const struct script_line opening[] = { SCRIPT_OPENING };
	const uint32_t chunk = 1u << 29;
	uint32_t seq = 1;

	script_begin(&run, &script_settings[2]);
	for (unsigned i = 0; i < 3; i++)
		script_feed(&run, &opening[i], i + 1);
	for (uint32_t i = 0; i < 10; i++, seq += chunk) {
		struct script_line line = { '>', "A", seq, 1, chunk, "" };
		struct script_line ack = { '<', "A", 1, seq + chunk, 0, "" };
		tracker_packet(run.tracker, script_packet(&run, &line), &observation);
		tracker_packet(run.tracker, script_packet(&run, &ack), &observation);
	}
	struct script_line above = { '>', "A", seq + 1000, 1, 1000, "ESTABLISHED/ESTABLISHED lost_segment | A missed=1000 next=5368711121 acked=5368709121" };
	struct script_line late = { '>', "A after=1ms", seq, 1, 1000, "ESTABLISHED/ESTABLISHED out_of_order | A missed=0 retransmitted=0 bytes=5368711120" };
	script_feed(&run, &above, 24);
	script_feed(&run, &late, 25);
	script_end(&run);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("track measures");
	TCase *rules = tcase_create("rules");
	TCase *holes = tcase_create("holes");

	tcase_add_test(rules, t1_handshake);
	tcase_add_test(rules, t1_karn);
	tcase_add_test(rules, t2_data);
	tcase_add_test(rules, t3_clock_backwards);
	tcase_add_test(rules, o1_client_only);
	tcase_add_test(rules, o1_the_other_end_appears);
	tcase_add_test(holes, holes_fill_in_any_order);
	tcase_add_test(holes, holes_are_bounded);
	tcase_add_test(holes, holes_without_memory);
	tcase_add_test(holes, holes_of_terabytes);
	tcase_add_test(holes, holes_beyond_4_gib);
	suite_add_tcase(suite, rules);
	suite_add_tcase(suite, holes);
	return suite_main(suite);
}
