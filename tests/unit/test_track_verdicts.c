/* SPDX-License-Identifier: BSD-3-Clause */
/* The rules of sequence space and of segment verdicts, by number: S2 to S4, V1 to V8, and the faults of other analyzers. */
#include "suite.h"
#include "track_script.h"

#define E "ESTABLISHED/ESTABLISHED"
/* Both offer a window scale, A's is 7. */
#define SCALED \
	{ '>', "S ws=7 mss=1460", 0, 0, 0, "(1) SYN_SENT/SYN_RECEIVED~ | A window=1000 mss=1460" }, \
	{ '<', "SA ws=0", 0, 1, 0, "(2) ESTABLISHED~/SYN_RECEIVED" }, \
	{ '>', "A win=8", 1, 1, 0, "(3) ESTABLISHED/ESTABLISHED~ handshake_complete | A window=1024" }, \
	{ '<', "A", 1, 1, 0, "ESTABLISHED/ESTABLISHED~" }

START_TEST(s2_ack_of_unseen_data)
{
	SCRIPT("open", SCRIPT_PROVEN, { '<', "A", 2, 501, 0, E " ack_unseen | A next=501 acked=501 missed=500" });
	SCRIPT("open", SCRIPT_PROVEN, { '<', "A", 2, 1002, 0, E " out_of_window | A next=1 acked=1 missed=0" });
	SCRIPT("half_closed", SCRIPT_PROVEN, { '>', "FA", 1, 2, 0, "(1) FIN_WAIT_1/CLOSE_WAIT~" }, { '<', "A", 2, 5, 0, "FIN_WAIT_1/CLOSE_WAIT~ | A next=2 acked=1" });
}
END_TEST

/* B's window is 1000. What lies beyond it is another connection's, or an attack, until nothing else comes: then the capture missed much. */
START_TEST(s2_beyond_the_window)
{
	SCRIPT("half_closed", SCRIPT_PROVEN, { '>', "PA", 1001, 2, 10, E " lost_segment | A next=1011 missed=1000" }, { '>', "PA", 1, 2, 1000, E " out_of_order | A missed=0" },
		{ '>', "FA", 1011, 2, 0, "(1) FIN_WAIT_1/CLOSE_WAIT~" }, { '<', "A", 2, 1012, 0, "(2) FIN_WAIT_2~/CLOSE_WAIT half_closed" });
	SCRIPT("half_closed", SCRIPT_PROVEN, { '>', "PA", 1002, 2, 10, E " out_of_window | A next=1 missed=0" }, { '<', "A", 2, 1, 0, E },
		{ '>', "FA", 900000, 2, 0, E " out_of_window | A next=1" }, { '<', "A", 2, 1, 0, E }, { '>', "FA", 4294966000u, 2, 0, E " out_of_window | A next=1" },
		{ '>', "PA", 1, 900000, 10, E " out_of_window | A next=1 B next=2" },
		{ '>', "FA", 1, 2, 0, "(1) FIN_WAIT_1/CLOSE_WAIT~ | A next=2" }, { '<', "A", 2, 2, 0, "(2) FIN_WAIT_2~/CLOSE_WAIT half_closed" });
}
END_TEST

START_TEST(s2_leaps)
{
	SCRIPT("open", SCRIPT_PROVEN, { '>', "PA", 1500000001, 2, 10, E " out_of_window" }, { '>', "PA", 1500000011, 2, 10, E " out_of_window | A next=1" },
		{ '>', "PA", 1500000021, 2, 10, E " lost_segment | A next=1500000031 missed=1500000020" }, { '<', "A", 2, 1500000031, 0, E " | A acked=1500000031" });
	/* Both streams at once, and both ends say so. */
	SCRIPT("open", SCRIPT_PROVEN, { '>', "PA", 5001, 8002, 10, E " out_of_window | A next=1 B next=2" },
		{ '<', "PA", 8002, 5011, 10, E " lost_segment ack_unseen | A next=5011 missed=5010 B next=8012 missed=8000" },
		{ '>', "PA", 5011, 8012, 10, E " | A next=5021 B acked=8012" }, { '<', "A", 8012, 5021, 0, E " | A acked=5021" });
	/* Only the acknowledgments are captured. */
	SCRIPT("open", SCRIPT_PROVEN, { '<', "A", 2, 5001, 0, E " out_of_window" }, { '<', "A", 2, 6001, 0, E " out_of_window | A next=1" },
		{ '<', "A", 2, 7001, 0, E " ack_unseen | A next=7001 acked=7001 missed=7000" }, { '<', "A", 2, 7501, 0, E " ack_unseen | A next=7501" });
	/* What comes from anywhere agrees in nothing, and a segment that fits ends the count. */
	SCRIPT("open", SCRIPT_PROVEN, { '>', "PA", 1500000001, 2, 10, E " out_of_window" }, { '>', "PA", 1700000001, 2, 10, E " out_of_window" },
		{ '>', "PA", 1900000001, 2, 10, E " out_of_window" }, { '>', "PA", 2000000001, 2, 10, E " out_of_window | A next=1" });
	SCRIPT("open", SCRIPT_PROVEN, { '>', "PA", 5001, 2, 10, E " out_of_window" }, { '>', "PA", 5011, 2, 10, E " out_of_window" }, { '<', "A", 2, 1, 0, E },
		{ '>', "PA", 5021, 2, 10, E " out_of_window" }, { '>', "PA", 5031, 2, 10, E " out_of_window | A next=1" });
}
END_TEST

START_TEST(s3_holes)
{
	SCRIPT("open", SCRIPT_PROVEN, { '>', "PA", 101, 2, 100, E " lost_segment | A missed=100 bytes=200" },
		{ '<', "A", 2, 201, 0, E " | A missed=100 acked=201" }, /* lost before the capture */
		{ '>', "PA after=1ms", 1, 2, 50, E " out_of_order | A missed=50" });
}
END_TEST

/* The number of an empty segment tells of what was not captured too. */
START_TEST(s3_an_empty_segment_above_a_hole)
{
	SCRIPT("open", SCRIPT_PROVEN, { '>', "A", 101, 2, 0, E " lost_segment | A next=101 missed=100" },
		{ '>', "PA after=1ms", 1, 2, 100, E " out_of_order | A missed=0 retransmitted=0" });
	SCRIPT("open", SCRIPT_PROVEN, { '>', "A", 101, 700000, 0, E " out_of_window | A next=1 missed=0" });
}
END_TEST

START_TEST(s4_scale)
{
	SCRIPT("open", SCALED, { '>', "A win=16", 1, 1, 0, "ESTABLISHED/ESTABLISHED~ window_update | A window=2048" });
	/* One SYN without the option is enough to know. */
	SCRIPT("open", { '<', "SA", 0, 1, 0, "(2) ESTABLISHED~/SYN_RECEIVED" },
		{ '>', "A win=16", 1, 1, 0, "(3) ESTABLISHED/ESTABLISHED~ handshake_complete | A window=16" });
	SCRIPT("open", { '<', "SA ws=3", 0, 1, 0, "(2) ESTABLISHED~/SYN_RECEIVED | B window=1000" },
		{ '<', "PA", 1, 1, 1, "ESTABLISHED~/ESTABLISHED one_sided | B window=-1" },
		{ '<', "A win=0", 2, 1, 0, "ESTABLISHED~/ESTABLISHED zero_window | B window=0" });
	/* A SYN's window and a later one differ by rounding alone. */
	SCRIPT("open", { '>', "S ws=7", 0, 0, 0, "(1) SYN_SENT/SYN_RECEIVED~" }, { '<', "SA ws=10 win=65160", 0, 1, 0, "(2) ESTABLISHED~/SYN_RECEIVED" },
		{ '>', "A", 1, 1, 0, "(3) ESTABLISHED/ESTABLISHED~ handshake_complete" },
		{ '<', "A win=64", 1, 1, 0, "ESTABLISHED/ESTABLISHED~ | B window=65536" });
}
END_TEST

/* Joined in the middle of a reordering: what lies below the first number was captured late, and nothing says that it had arrived. */
START_TEST(v6_before_the_first_number)
{
#define M "ESTABLISHED~/ESTABLISHED~"
	SCRIPT("mid_stream", { '<', "PA ts=30/1", 2001, 1, 65, M " mid_stream" }, { '<', "PA ts=28/1", 1, 1, 1400, M " out_of_order | B retransmitted=0 missed=0" });
	SCRIPT("mid_stream", { '<', "PA", 2001, 1, 65, M " mid_stream" }, { '<', "PA after=1ms", 1, 1, 2000, M " out_of_order" },
		{ '<', "PA after=500ms", 1, 1, 2000, M " retransmission | B retransmitted=1" });
	/* The other end says how far it has come. */
	SCRIPT("mid_stream", { '<', "PA", 2001, 1, 22, M " mid_stream" }, { '>', "A sack=2001-2023", 1, 601, 0, M " sack | B acked=-1399" },
		{ '<', "PA after=1ms", 601, 1, 1400, M " fast_retransmission" }, { '>', "A", 1, 2023, 0, M " | B acked=23" }, { '<', "PA after=400ms", 601, 1, 1400, M " spurious_retransmission" });
	/* It acknowledges more than that. */
	SCRIPT("mid_stream", { '<', "PA", 2001, 1, 22, M " mid_stream" }, { '>', "A", 1, 2023, 0, M },
		{ '<', "PA after=400ms", 601, 1, 1400, M " spurious_retransmission" });
#undef M
}
END_TEST

START_TEST(v1_copies)
{
	SCRIPT("open", SCRIPT_PROVEN, { '>', "PA id=9", 1, 2, 100, E },
		{ '>', "PA id=9 after=4ms", 1, 2, 100, E " capture_duplicate | A packets=4 retransmitted=0" },
		{ '>', "PA id=9 after=-2ms", 1, 2, 100, E " capture_duplicate" },
		{ '>', "PA id=9 after=4ms", 1, 2, 100, E " retransmission | A packets=5 retransmitted=1" });
	SCRIPT("open", SCRIPT_PROVEN, { '>', "PA id=9", 1, 2, 100, E }, { '>', "PA id=10 after=1us", 1, 2, 100, E " retransmission" });
	SCRIPT("open", SCRIPT_PROVEN, { '>', "PA ts=5/5", 1, 2, 100, E }, { '>', "PA ts=5/5 after=900us", 1, 2, 100, E " capture_duplicate" },
		{ '>', "PA ts=6/5 after=10us", 1, 2, 100, E " retransmission" });
	SCRIPT("open", SCRIPT_PROVEN, { '>', "PA ts=5/5", 1, 2, 100, E }, { '>', "PA ts=5/5 after=1ms", 1, 2, 100, E " retransmission" });
}
END_TEST

/* Other bytes in the same place show in the checksum, unless that was left to the network card. */
START_TEST(v1_checksums_tell)
{
	SCRIPT("open", SCRIPT_PROVEN, { '>', "PA id=9 sum=1234", 1, 2, 100, E }, { '>', "PA id=9 sum=4321 after=1us", 1, 2, 100, E " retransmission" },
		{ '>', "PA id=9 sum=4321 after=1us", 1, 2, 100, E " capture_duplicate" });
	SCRIPT("open", SCRIPT_PROVEN, { '>', "PA id=9 sum=1234", 1, 2, 100, E }, { '>', "PA id=9 sum=pseudo after=1us", 1, 2, 100, E " capture_duplicate" });
	SCRIPT("open", SCRIPT_PROVEN, { '>', "PA id=9 sum=pseudo", 1, 2, 100, E }, { '>', "PA id=9 sum=4321 after=1us", 1, 2, 100, E " capture_duplicate" });
	SCRIPT("open", SCRIPT_PROVEN, { '>', "PA id=9 sum=1234", 1, 2, 100, E }, { '>', "PA id=9 sum=0 after=1us", 1, 2, 100, E " capture_duplicate" });
}
END_TEST

/* SACK blocks are options: duplicate ACKs of one millisecond may differ in nothing else. */
START_TEST(v1_duplicate_acks_are_no_copies)
{
	SCRIPT("open", SCRIPT_PROVEN, { '>', "PA", 1, 2, 100, E }, { '>', "PA", 201, 2, 300, E " lost_segment" },
		{ '<', "A ts=7/7 sack=201-301", 2, 101, 0, E " sack" },
		{ '<', "A ts=7/7 sack=201-401 after=100us", 2, 101, 0, E " sack duplicate_ack" },
		{ '<', "A ts=7/7 sack=201-401 after=100us", 2, 101, 0, E " capture_duplicate" });
}
END_TEST

/* Nothing tells an empty ACK from its copy; what occupies numbers is not sent again within a millisecond. */
START_TEST(v1_without_marks)
{
	SCRIPT("open", SCRIPT_PROVEN, { '>', "PA", 1, 2, 100, E }, { '>', "PA after=20us", 1, 2, 100, E " capture_duplicate" },
		{ '<', "A", 2, 1, 0, E " duplicate_ack" }, { '<', "A after=20us", 2, 1, 0, E " duplicate_ack" },
		{ '>', "PA after=1ms", 1, 2, 100, E " fast_retransmission" });
}
END_TEST

START_TEST(v2_zero_byte_probes_below)
{
	SCRIPT("open", SCRIPT_PROVEN, { '>', "PA", 1, 2, 100, E }, { '<', "A win=0", 2, 101, 0, E " zero_window" },
		{ '>', "A after=200ms", 100, 2, 0, E " window_probe" },
		{ '<', "A win=0", 2, 101, 0, E " zero_window window_probe_ack" },
		{ '>', "A after=400ms", 100, 2, 0, E " window_probe" },
		{ '<', "A win=500", 2, 101, 0, E " window_update" },
		{ '>', "PA", 101, 2, 100, E " | A next=201 bytes=200 retransmitted=0" });
}
END_TEST

START_TEST(v2_one_byte_probes)
{
	SCRIPT("open", SCRIPT_PROVEN, { '>', "PA", 1, 2, 100, E }, { '<', "A win=0", 2, 101, 0, E " zero_window" },
		{ '>', "A after=5s", 101, 2, 1, E " window_probe | A next=101" },
		{ '<', "A win=0", 2, 101, 0, E " zero_window window_probe_ack" },
		{ '>', "A after=5s", 101, 2, 1, E " window_probe" },
		{ '<', "A win=800", 2, 102, 0, E " | A next=102 acked=102 missed=0" }); /* the byte was taken */
}
END_TEST

START_TEST(v3_keep_alive)
{
	SCRIPT("open", SCRIPT_PROVEN, { '>', "A after=60s", 0, 2, 0, E " keep_alive" }, { '<', "A", 2, 1, 0, E " keep_alive_ack" },
		{ '>', "A after=60s", 0, 2, 1, E " keep_alive | A next=1 retransmitted=0" }, { '<', "A win=2000", 2, 1, 0, E " keep_alive_ack" });
	/* Not while something is on its way, and one byte again soon is data again. */
	SCRIPT("open", SCRIPT_PROVEN, { '>', "PA", 1, 2, 100, E }, { '>', "A after=60s", 0, 2, 0, E });
	SCRIPT("open", SCRIPT_PROVEN, { '>', "PA", 1, 2, 1, E }, { '<', "A", 2, 2, 0, E }, { '>', "PA after=300ms", 1, 2, 1, E " spurious_retransmission" });
}
END_TEST

START_TEST(v4_spurious)
{
	SCRIPT("open", SCRIPT_PROVEN, { '>', "PA", 1, 2, 100, E }, { '<', "A", 2, 101, 0, E },
		{ '>', "PA after=300ms", 1, 2, 100, E " spurious_retransmission" }, { '<', "A sack=1-101", 2, 101, 0, E " dsack" });
	SCRIPT("open", SCRIPT_PROVEN, { '>', "PA", 1, 2, 100, E }, { '<', "A", 2, 51, 0, E }, { '>', "PA after=300ms", 1, 2, 100, E " retransmission" });
}
END_TEST

#define LOSS SCRIPT_PROVEN, { '>', "PA", 1, 2, 100, E }, { '>', "PA", 101, 2, 100, E }, { '>', "PA", 201, 2, 100, E }

START_TEST(v5_fast_before_the_loss)
{
	SCRIPT("open", LOSS, { '<', "A", 2, 1, 0, E " duplicate_ack" }, { '<', "A", 2, 1, 0, E " duplicate_ack | B dupacks=2" },
		{ '>', "PA", 1, 2, 100, E " fast_retransmission | A retransmitted=1" });
	SCRIPT("open", LOSS, { '<', "A sack=101-201", 2, 1, 0, E " sack duplicate_ack" }, { '>', "PA", 1, 2, 100, E " fast_retransmission" });
	SCRIPT("open", LOSS, { '<', "A", 2, 1, 0, E " duplicate_ack" }, { '>', "PA after=300ms", 1, 2, 100, E " retransmission" });
}
END_TEST

#define HOLE(opens, above) SCRIPT_PROVEN, { '>', "PA" opens, 1, 2, 100, E }, { '>', "PA" above, 201, 2, 100, E " lost_segment" }
#define TWO_DUPLICATES { '<', "A", 2, 101, 0, E }, { '<', "A", 2, 101, 0, E " duplicate_ack" }, { '<', "A", 2, 101, 0, E " duplicate_ack" }

START_TEST(v5_fast_beyond_the_loss)
{
	SCRIPT("open", HOLE(" ts=10/1", " ts=10/1"), TWO_DUPLICATES, { '>', "PA ts=41/1", 101, 2, 100, E " fast_retransmission | A missed=0" });
	SCRIPT("open", HOLE(" id=5", " id=7"), TWO_DUPLICATES, { '>', "PA id=8", 101, 2, 100, E " fast_retransmission" });
}
END_TEST

START_TEST(v6_out_of_order_by_timestamp)
{
	SCRIPT("open", HOLE(" ts=10/1", " ts=12/1"), TWO_DUPLICATES, { '>', "PA ts=11/1 after=2s", 101, 2, 100, E " out_of_order | A retransmitted=0" });
	SCRIPT("open", HOLE(" ts=10/1", " ts=10/1"), { '>', "PA ts=10/1 after=100ms", 101, 2, 100, E " out_of_order" });
	SCRIPT("open", HOLE(" ts=10/1", " ts=12/1"), { '>', "PA ts=13/1 after=1ms", 101, 2, 100, E " retransmission" });
}
END_TEST

START_TEST(v6_out_of_order_by_identification)
{
	SCRIPT("open", HOLE(" id=65535", " id=1"), { '>', "PA id=65535 after=100ms", 101, 2, 100, E " out_of_order" });
	SCRIPT("open", HOLE(" id=5", " id=7"), { '>', "PA id=6 after=900ms", 101, 2, 100, E " ambiguous_order" });
	SCRIPT("open", HOLE(" id=5", " id=7"), { '>', "PA id=8 after=1ms", 101, 2, 100, E " ambiguous_order" });
}
END_TEST

/* The handshake's round trip is 20 ms. */
START_TEST(v6_out_of_order_by_time)
{
	SCRIPT("open", HOLE("", ""), { '>', "PA after=19ms", 101, 2, 100, E " out_of_order" });
	SCRIPT("open", HOLE("", ""), { '>', "PA after=21ms", 101, 2, 100, E " ambiguous_order" });
	SCRIPT("open", HOLE("", ""), { '>', "PA after=400ms", 101, 2, 100, E " retransmission | A retransmitted=1 missed=0" });
}
END_TEST

START_TEST(v7_overlap)
{
	SCRIPT("open", SCRIPT_PROVEN, { '>', "PA", 1, 2, 100, E }, { '>', "PA after=300ms", 51, 2, 100, E " retransmission | A next=151 bytes=150" });
}
END_TEST

START_TEST(v8_window_full)
{
	SCRIPT("open", SCRIPT_PROVEN, { '>', "A", 1, 2, 500, E }, { '>', "A", 501, 2, 500, E " window_full" });
	SCRIPT("open", SCRIPT_PROVEN, { '>', "A", 1, 2, 500, E }, { '>', "A", 501, 2, 499, E });
}
END_TEST

START_TEST(v8_duplicate_ack_with_a_growing_window)
{
	SCRIPT("open", LOSS, { '<', "A win=1100 sack=101-201", 2, 1, 0, E " sack duplicate_ack" });
	SCRIPT("open", HOLE("", ""), { '<', "A", 2, 101, 0, E }, { '<', "A win=1100", 2, 101, 0, E " duplicate_ack" });
	SCRIPT("open", LOSS, { '<', "A win=1100", 2, 1, 0, E " window_update" });
}
END_TEST

/* The faults of other analyzers that are left. */
START_TEST(faults_blind_rst_then_fin)
{
	SCRIPT("half_closed", SCRIPT_PROVEN, { '>', "R", 900000, 0, 0, E " rst_ignored" },
		{ '>', "FA", 1, 2, 0, "(1) FIN_WAIT_1/CLOSE_WAIT~ | A retransmitted=0" });
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("track verdicts");
	TCase *rules = tcase_create("rules");

	tcase_add_test(rules, s2_ack_of_unseen_data);
	tcase_add_test(rules, s2_beyond_the_window);
	tcase_add_test(rules, s2_leaps);
	tcase_add_test(rules, s3_holes);
	tcase_add_test(rules, s3_an_empty_segment_above_a_hole);
	tcase_add_test(rules, s4_scale);
	tcase_add_test(rules, v6_before_the_first_number);
	tcase_add_test(rules, v1_copies);
	tcase_add_test(rules, v1_checksums_tell);
	tcase_add_test(rules, v1_duplicate_acks_are_no_copies);
	tcase_add_test(rules, v1_without_marks);
	tcase_add_test(rules, v2_zero_byte_probes_below);
	tcase_add_test(rules, v2_one_byte_probes);
	tcase_add_test(rules, v3_keep_alive);
	tcase_add_test(rules, v4_spurious);
	tcase_add_test(rules, v5_fast_before_the_loss);
	tcase_add_test(rules, v5_fast_beyond_the_loss);
	tcase_add_test(rules, v6_out_of_order_by_timestamp);
	tcase_add_test(rules, v6_out_of_order_by_identification);
	tcase_add_test(rules, v6_out_of_order_by_time);
	tcase_add_test(rules, v7_overlap);
	tcase_add_test(rules, v8_window_full);
	tcase_add_test(rules, v8_duplicate_ack_with_a_growing_window);
	tcase_add_test(rules, faults_blind_rst_then_fin);
	suite_add_tcase(suite, rules);
	return suite_main(suite);
}
