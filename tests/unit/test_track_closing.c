/* SPDX-License-Identifier: BSD-3-Clause */
/* The rules of closing and of RST, by number: C1 to C6, X1 to X3. */
#include "suite.h"
#include "track_script.h"

#define FIN { '>', "FA", 1, 2, 0, "(1) FIN_WAIT_1/CLOSE_WAIT~" }
#define BOTH_FIN FIN, { '<', "FA", 2, 2, 0, "(2) (3) TIME_WAIT~/LAST_ACK" }
#define CLOSED BOTH_FIN, { '>', "A", 2, 3, 0, "(4) TIME_WAIT/CLOSED~ closed" }

START_TEST(c1_a_repeated_fin_keeps_its_number)
{
	SCRIPT("half_closed", SCRIPT_PROVEN, FIN,
		{ '<', "A", 2, 2, 0, "(2) FIN_WAIT_2~/CLOSE_WAIT half_closed" },
		{ '<', "FA", 2, 2, 0, "(3) TIME_WAIT~/LAST_ACK" },
		{ '<', "FA after=300ms", 2, 2, 0, "(3) TIME_WAIT~/LAST_ACK retransmission" });
}
END_TEST

START_TEST(c1_simultaneous_close_acknowledged_in_either_order)
{
	SCRIPT("closed", SCRIPT_PROVEN, FIN,
		{ '<', "FA", 2, 1, 0, "(3) CLOSING~/CLOSING~ simultaneous_close" },
		{ '>', "A", 2, 3, 0, "(4) CLOSING/TIME_WAIT~" },
		{ '<', "A", 3, 2, 0, "(2) TIME_WAIT~/TIME_WAIT~ closed" });
}
END_TEST

START_TEST(c2_an_ack_below_the_fin_does_not_cover_it)
{
	SCRIPT("half_closed", SCRIPT_PROVEN,
		{ '>', "FPA", 1, 2, 10, "(1) FIN_WAIT_1/CLOSE_WAIT~ | A next=12 bytes=10" },
		{ '<', "A", 2, 11, 0, "FIN_WAIT_1/CLOSE_WAIT~" },
		{ '<', "A", 2, 12, 0, "(2) FIN_WAIT_2~/CLOSE_WAIT half_closed" });
}
END_TEST

/* The SYN's number is no FIN's, and what lies below sent data is none either. */
START_TEST(c2_a_fin_has_its_place)
{
	SCRIPT("open", { '>', "S", 0, 0, 0, "(1) SYN_SENT/SYN_RECEIVED~" },
		{ '>', "F", 0, 0, 0, "SYN_SENT/SYN_RECEIVED~ retransmission" },
		{ '<', "SA", 0, 1, 0, "(2) ESTABLISHED~/SYN_RECEIVED" },
		{ '>', "FA", 0, 1, 0, "(3) ESTABLISHED/ESTABLISHED~ spurious_retransmission handshake_complete" });
	SCRIPT("open", SCRIPT_PROVEN, { '>', "PA", 1, 2, 100, "ESTABLISHED/ESTABLISHED" },
		{ '>', "FA", 51, 2, 10, "ESTABLISHED/ESTABLISHED retransmission | A next=101" });
}
END_TEST

START_TEST(c3_fin_above_a_hole)
{
	SCRIPT("half_closed", SCRIPT_PROVEN,
		{ '>', "FA", 101, 2, 0, "(1) FIN_WAIT_1/ESTABLISHED lost_segment | A missed=100" },
		{ '<', "A", 2, 1, 0, "FIN_WAIT_1/ESTABLISHED duplicate_ack" },
		{ '>', "PA after=400ms", 1, 2, 60, "FIN_WAIT_1/ESTABLISHED retransmission | A missed=40" },
		{ '>', "PA", 61, 2, 40, "FIN_WAIT_1/CLOSE_WAIT~ retransmission | A missed=0" },
		{ '<', "A", 2, 102, 0, "(2) FIN_WAIT_2~/CLOSE_WAIT half_closed" });
}
END_TEST

START_TEST(c4_half_close_stays_open)
{
	SCRIPT("half_closed", SCRIPT_PROVEN, FIN,
		{ '<', "A", 2, 2, 0, "(2) FIN_WAIT_2~/CLOSE_WAIT half_closed" },
		{ '<', "PA after=3000s", 2, 2, 100, "FIN_WAIT_2~/CLOSE_WAIT" },
		{ '>', "A", 2, 102, 0, "FIN_WAIT_2/CLOSE_WAIT | C id=1" });
}
END_TEST

START_TEST(c5_late_fin_in_time_wait)
{
	SCRIPT("closed", SCRIPT_PROVEN, CLOSED,
		{ '<', "FA after=400ms", 2, 2, 0, "(3) TIME_WAIT/LAST_ACK state_corrected spurious_retransmission" },
		{ '>', "A", 2, 3, 0, "(4) TIME_WAIT/CLOSED~" });
}
END_TEST

START_TEST(c5_time_wait_expires)
{
	SCRIPT("no_answer", SCRIPT_PROVEN, CLOSED,
		{ '>', "S after=59s", 90, 0, 0, "(1) SYN_SENT/SYN_RECEIVED~ port_reuse | C id=2 incarnation=2" });
	SCRIPT("no_answer", SCRIPT_PROVEN, CLOSED,
		{ '>', "S after=61s", 90, 0, 0, "(1) SYN_SENT/SYN_RECEIVED~ expired | C id=2 incarnation=1 closed=1" });
}
END_TEST

#define SERVER_IN_TIME_WAIT SCRIPT_PROVEN, \
	{ '<', "FA", 2, 1, 0, "(1) CLOSE_WAIT~/FIN_WAIT_1" }, \
	{ '>', "FA ts=50/1", 1, 3, 0, "(2) (3) LAST_ACK/TIME_WAIT~" }, \
	{ '<', "A", 3, 2, 0, "(4) CLOSED~/TIME_WAIT closed" }

/* RFC 6191: by number or time stamp later than all before, or it is an old duplicate. */
START_TEST(c5_only_a_later_syn_ends_time_wait)
{
	SCRIPT("no_answer", SERVER_IN_TIME_WAIT, { '>', "S", 70000, 0, 0, "(1) SYN_SENT/SYN_RECEIVED~ port_reuse | C id=2" });
	SCRIPT("no_answer", SERVER_IN_TIME_WAIT, { '>', "S ts=51/0", 4294900000u, 0, 0, "(1) SYN_SENT/SYN_RECEIVED~ port_reuse | C id=2" });
	SCRIPT("closed", SERVER_IN_TIME_WAIT, { '>', "S ts=49/0", 4294900000u, 0, 0, "CLOSED~/TIME_WAIT syn_challenged | C id=1" },
		{ '<', "A", 3, 2, 0, "CLOSED~/TIME_WAIT" });
}
END_TEST

/* An end in LAST_ACK has its connection still, whatever the other one is in. */
START_TEST(c5_syn_in_last_ack)
{
	SCRIPT("no_answer", SCRIPT_PROVEN, BOTH_FIN, { '>', "S", 70000, 0, 0, "TIME_WAIT~/LAST_ACK syn_challenged | C id=1" },
		{ '<', "A", 3, 2, 0, "TIME_WAIT~/LAST_ACK" }, { '>', "R", 2, 0, 0, "CLOSED/CLOSED~ reset_answer" },
		{ '>', "S", 70000, 0, 0, "(1) SYN_SENT/SYN_RECEIVED~ port_reuse | C id=2" });
}
END_TEST

START_TEST(c5_assassination)
{
	SCRIPT("closed", SCRIPT_PROVEN, CLOSED, { '<', "R", 3, 0, 0, "CLOSED~/CLOSED" });
}
END_TEST

/* In whichever order the addresses sort, LAST_ACK is not the end yet. */
START_TEST(c5_last_ack_is_not_over)
{
	SCRIPT("reset", SCRIPT_PROVEN, BOTH_FIN, { '>', "R", 2, 0, 0, "CLOSED/CLOSED~ reset_answer" });
	SCRIPT("reset", SCRIPT_PROVEN, { '<', "FA", 2, 1, 0, "(1) CLOSE_WAIT~/FIN_WAIT_1" },
		{ '>', "FA", 1, 3, 0, "(2) (3) LAST_ACK/TIME_WAIT~" },
		{ '<', "R", 3, 0, 0, "CLOSED~/CLOSED reset_answer" });
}
END_TEST

START_TEST(c6_data_after_fin)
{
	SCRIPT("half_closed", SCRIPT_PROVEN, FIN,
		{ '>', "PA", 2, 2, 20, "FIN_WAIT_1/CLOSE_WAIT~ data_after_fin | A bytes=0 next=2" },
		{ '<', "A", 2, 22, 0, "FIN_WAIT_1/CLOSE_WAIT~ | A acked=1" },
		{ '<', "A", 2, 2, 0, "(2) FIN_WAIT_2~/CLOSE_WAIT half_closed" });
}
END_TEST

/* A forged ACK moved SND.NXT; the FIN tells where the stream ends. */
START_TEST(r3_fin_below_a_forged_ack)
{
	SCRIPT("half_closed", SCRIPT_PROVEN, { '<', "A", 2, 501, 0, "ESTABLISHED/ESTABLISHED ack_unseen | A next=501 missed=500" },
		{ '>', "FA", 1, 2, 0, "(1) FIN_WAIT_1/CLOSE_WAIT~ | A next=2 acked=1 missed=0 bytes=0" },
		{ '<', "A", 2, 2, 0, "(2) FIN_WAIT_2~/CLOSE_WAIT half_closed" });
	SCRIPT("open", SCRIPT_PROVEN, { '<', "A", 2, 501, 0, "ESTABLISHED/ESTABLISHED ack_unseen" }, { '>', "PA", 501, 2, 10, "ESTABLISHED/ESTABLISHED" },
		{ '>', "FA", 1, 2, 0, "ESTABLISHED/ESTABLISHED spurious_retransmission | A next=511 missed=499" });
}
END_TEST

/* In SYN_RECEIVED too a RST that is not exact is answered by an ACK, which shows nothing else. */
START_TEST(x1_challenge_in_syn_received)
{
	SCRIPT("open", { '>', "S", 0, 0, 0, "(1) SYN_SENT/SYN_RECEIVED~" }, { '<', "SA", 0, 1, 0, "(2) ESTABLISHED~/SYN_RECEIVED" },
		{ '>', "R", 500, 0, 0, "ESTABLISHED~/SYN_RECEIVED rst_unverified" },
		{ '<', "A", 1, 1, 0, "ESTABLISHED~/SYN_RECEIVED" },
		{ '>', "A", 1, 1, 0, "(3) ESTABLISHED/ESTABLISHED~ handshake_complete" },
		{ '<', "A", 1, 1, 0, "ESTABLISHED/ESTABLISHED~" },
		{ '<', "PA", 1, 1, 1, "ESTABLISHED/ESTABLISHED" });
}
END_TEST

/* B's own packet shows CLOSING; that it has A's last ACK too stays assumed. */
START_TEST(r2_a_packet_proves_no_more_than_it_shows)
{
	SCRIPT("closed", SCRIPT_PROVEN, { '>', "FA", 1, 2, 0, "(1) FIN_WAIT_1/CLOSE_WAIT~" },
		{ '<', "FA", 2, 1, 0, "(3) CLOSING~/CLOSING~ simultaneous_close" },
		{ '>', "A", 2, 3, 0, "(4) CLOSING/TIME_WAIT~" },
		{ '<', "FA after=200ms", 2, 1, 0, "(3) CLOSING/FIN_WAIT_1 state_corrected spurious_retransmission" },
		{ '>', "A", 2, 3, 0, "(4) CLOSING/FIN_WAIT_2~" },
		{ '<', "A", 3, 2, 0, "(2) TIME_WAIT~/TIME_WAIT~ closed" });
}
END_TEST

START_TEST(x1_exact_is_a_range)
{
	SCRIPT("reset", SCRIPT_PROVEN, { '<', "PA", 2, 1, 100, "ESTABLISHED/ESTABLISHED" }, { '<', "RA", 52, 1, 0, "CLOSED~/CLOSED reset" });
	SCRIPT("reset", SCRIPT_PROVEN, { '<', "RA", 3, 1, 0, "ESTABLISHED/ESTABLISHED rst_unverified" });
	/* Not beyond a hole. */
	SCRIPT("reset", SCRIPT_PROVEN, { '<', "PA", 102, 1, 100, "ESTABLISHED/ESTABLISHED lost_segment" },
		{ '<', "RA", 202, 1, 0, "ESTABLISHED/ESTABLISHED rst_unverified" });
}
END_TEST

START_TEST(x1_unverified_rst_then_silence)
{
	SCRIPT("reset", SCRIPT_PROVEN, { '>', "R", 500, 0, 0, "ESTABLISHED/ESTABLISHED rst_unverified" });
	/* The end that seemed to send it goes on: it is the other one whose silence tells. */
	SCRIPT("reset", SCRIPT_PROVEN, { '>', "R", 500, 0, 0, "ESTABLISHED/ESTABLISHED rst_unverified" },
		{ '>', "PA", 1, 2, 10, "ESTABLISHED/ESTABLISHED" });
}
END_TEST

START_TEST(x1_unverified_rst_then_challenge)
{
	SCRIPT("open", SCRIPT_PROVEN, { '>', "R", 500, 0, 0, "ESTABLISHED/ESTABLISHED rst_unverified" },
		{ '<', "A", 2, 1, 0, "ESTABLISHED/ESTABLISHED" });
	SCRIPT("open", SCRIPT_PROVEN, { '<', "R", 500, 0, 0, "ESTABLISHED/ESTABLISHED rst_unverified" },
		{ '>', "A", 1, 2, 0, "ESTABLISHED/ESTABLISHED" });
}
END_TEST

START_TEST(x1_outside_is_ignored)
{
	SCRIPT("open", SCRIPT_PROVEN, { '>', "R", 1001, 0, 0, "ESTABLISHED/ESTABLISHED rst_ignored" },
		{ '>', "R", 4294967290u, 0, 0, "ESTABLISHED/ESTABLISHED rst_ignored" });
}
END_TEST

START_TEST(x2_rst_moves_no_numbers)
{
	SCRIPT("reset", SCRIPT_PROVEN, { '<', "PA", 2, 1, 10, "ESTABLISHED/ESTABLISHED" }, { '>', "RA", 1, 12, 0, "CLOSED/CLOSED~ reset | A next=1 B acked=2 next=12" });
}
END_TEST

/* Data in flight when the RST was sent does not undo it; each is answered. */
START_TEST(x2_what_crosses_a_rst)
{
	SCRIPT("reset", SCRIPT_PROVEN, { '<', "RA", 2, 1, 0, "CLOSED~/CLOSED reset" },
		{ '>', "PA", 1, 2, 10, "ESTABLISHED/CLOSED state_corrected" });
	SCRIPT("reset", SCRIPT_PROVEN, { '<', "RA", 2, 1, 0, "CLOSED~/CLOSED reset" },
		{ '>', "PA", 1, 2, 10, "ESTABLISHED/CLOSED state_corrected" },
		{ '<', "R", 2, 0, 0, "CLOSED~/CLOSED reset_answer" });
}
END_TEST

START_TEST(x2_a_forged_rst_is_corrected)
{
	SCRIPT("open", SCRIPT_PROVEN, { '<', "R", 2, 0, 0, "CLOSED~/CLOSED reset_answer" },
		{ '<', "PA", 2, 1, 10, "CLOSED~/ESTABLISHED state_corrected" },
		{ '>', "A", 1, 12, 0, "ESTABLISHED/ESTABLISHED state_corrected" });
}
END_TEST

START_TEST(x3_kinds)
{
	SCRIPT("refused", { '>', "S", 0, 0, 0, "(1) SYN_SENT/SYN_RECEIVED~" }, { '<', "RA", 0, 1, 0, "CLOSED~/CLOSED refused" });
	SCRIPT("reset", { '>', "S", 0, 0, 0, "(1) SYN_SENT/SYN_RECEIVED~" }, { '>', "R", 1, 0, 0, "CLOSED/CLOSED~ reset" });
	SCRIPT("reset", SCRIPT_PROVEN, { '>', "RA", 1, 2, 0, "CLOSED/CLOSED~ reset" });
	SCRIPT("reset", SCRIPT_PROVEN, { '>', "R", 1, 0, 0, "CLOSED/CLOSED~ reset_answer" });
	SCRIPT("handshake_rejected", { '>', "S", 0, 0, 0, "(1) SYN_SENT/SYN_RECEIVED~" },
		{ '<', "SA", 0, 1, 0, "(2) ESTABLISHED~/SYN_RECEIVED" }, { '>', "R", 1, 0, 0, "CLOSED/CLOSED~ handshake_rejected" });
	/* The server gives up in SYN_RECEIVED: its connection, so no refusal. */
	SCRIPT("reset", { '>', "S", 0, 0, 0, "(1) SYN_SENT/SYN_RECEIVED~" },
		{ '<', "SA", 0, 1, 0, "(2) ESTABLISHED~/SYN_RECEIVED" }, { '<', "RA", 1, 1, 0, "CLOSED~/CLOSED reset" });
}
END_TEST

/* Found by random scenarios (tests/kernel/step/chance.py), as are the tests below; tests/kernel/step/found.py plays most of them with kernels. */
START_TEST(c1_a_fin_from_before_the_peers)
{
	SCRIPT("closed", SCRIPT_PROVEN, FIN,
		{ '<', "A", 3, 2, 0, "(2) FIN_WAIT_2~/CLOSE_WAIT lost_segment half_closed" },
		{ '<', "FA", 2, 1, 0, "(3) TIME_WAIT~/CLOSING simultaneous_close out_of_order" },
		{ '>', "A", 2, 3, 0, "(4) TIME_WAIT/TIME_WAIT~ closed" });
}
END_TEST

/* B sends its FIN while A's lies above a hole, which B has not received then (C3). */
START_TEST(c3_a_fin_above_a_hole_crosses_none)
{
	SCRIPT("half_closed", { '>', "S tfo=1", 0, 0, 0, "(1) SYN_SENT/SYN_RECEIVED~" }, { '<', "SA", 0, 1, 0, "(2) ESTABLISHED~/SYN_RECEIVED" },
		{ '>', "A", 1, 1, 0, "(3) ESTABLISHED/ESTABLISHED~ handshake_complete" },
		{ '>', "FA", 101, 1, 0, "(1) FIN_WAIT_1/ESTABLISHED~ lost_segment" },
		{ '<', "FA", 1, 1, 0, "(3) CLOSING~/FIN_WAIT_1 simultaneous_close" });
}
END_TEST

/* X1: what answers data that crossed the FIN has the FIN's own number. Before the FIN arrives that is no exact one. */
START_TEST(x1_the_number_of_a_fin_is_exact)
{
	SCRIPT("reset", SCRIPT_PROVEN, FIN,
		{ '<', "A", 2, 2, 0, "(2) FIN_WAIT_2~/CLOSE_WAIT half_closed" },
		{ '>', "R", 1, 0, 0, "CLOSED/CLOSED~ reset_answer" });
	SCRIPT("open", SCRIPT_PROVEN, { '>', "PA", 1, 2, 10, "ESTABLISHED/ESTABLISHED" }, { '<', "A", 2, 11, 0, "ESTABLISHED/ESTABLISHED" },
		{ '>', "R", 10, 0, 0, "ESTABLISHED/ESTABLISHED rst_ignored" });
}
END_TEST

#define WITH_SACK(option) { '>', "S " option, 0, 0, 0, "(1) SYN_SENT/SYN_RECEIVED~" }, { '<', "SA " option, 0, 1, 0, "(2) ESTABLISHED~/SYN_RECEIVED" }, \
	{ '>', "PA", 1, 1, 10, "(3) ESTABLISHED/ESTABLISHED~ handshake_complete" }, { '<', "A", 1, 11, 0, "ESTABLISHED/ESTABLISHED" }, \
	{ '>', "PA", 21, 1, 10, "ESTABLISHED/ESTABLISHED lost_segment" }

/* X1: with SACK a RST above all that was sent is exact, whatever is missing below. */
START_TEST(x1_above_what_is_sacked_is_exact)
{
	SCRIPT("reset", WITH_SACK("sackok=1"), { '>', "RA", 31, 1, 0, "CLOSED/CLOSED~ reset" });
	SCRIPT("reset", WITH_SACK("ws=1"), { '>', "RA", 31, 1, 0, "ESTABLISHED/ESTABLISHED rst_unverified" });
}
END_TEST

/* X1: the SYN comes again, and is refused: the SYN-ACK before had not arrived. */
START_TEST(x1_a_syn_that_is_refused_at_last)
{
	SCRIPT("reset", { '>', "S", 0, 0, 0, "(1) SYN_SENT/SYN_RECEIVED~" }, { '<', "SA", 0, 1, 0, "(2) ESTABLISHED~/SYN_RECEIVED" },
		{ '<', "RA abs=0", 0, 1, 0, "CLOSED~/CLOSED reset" });
}
END_TEST

/* X2: A's ACKs were under way when B's RST left; that B had acknowledged the FIN stays as likely as it was. */
START_TEST(x2_acks_of_a_closed_end_cross_a_rst)
{
	SCRIPT("reset", SCRIPT_PROVEN, FIN,
		{ '<', "PA", 2, 2, 10, "(2) FIN_WAIT_2~/CLOSE_WAIT half_closed" },
		{ '<', "RA", 12, 2, 0, "CLOSED~/CLOSED reset" },
		{ '>', "A", 2, 12, 0, "FIN_WAIT_2~/CLOSED state_corrected" });
}
END_TEST

/* X2: a packet that is older by its time stamp is no life after the RST, nor is it a repetition (R2). */
START_TEST(x2_an_old_copy_is_no_life)
{
	SCRIPT("reset", { '>', "S ts=1/0", 0, 0, 0, "(1) SYN_SENT/SYN_RECEIVED~" }, { '<', "SA ts=10/1", 0, 1, 0, "(2) ESTABLISHED~/SYN_RECEIVED" },
		{ '>', "A ts=2/10", 1, 1, 0, "(3) ESTABLISHED/ESTABLISHED~ handshake_complete" },
		{ '<', "PA ts=20/2", 1, 1, 10, "ESTABLISHED/ESTABLISHED" },
		{ '<', "R", 11, 0, 0, "CLOSED~/CLOSED reset_answer" },
		{ '<', "A ts=12/2", 1, 1, 0, "CLOSED~/CLOSED" });
}
END_TEST

/* X2: after a RST that was not its own an end is what it was before, and as sure. */
START_TEST(x2_what_was_assumed_before_a_rst_stays_assumed)
{
	SCRIPT("half_closed", SCRIPT_PROVEN, FIN, { '<', "A", 2, 2, 0, "(2) FIN_WAIT_2~/CLOSE_WAIT half_closed" },
		{ '>', "R", 2, 0, 0, "CLOSED/CLOSED~ reset_answer" },
		{ '>', "A", 2, 3, 0, "FIN_WAIT_2~/CLOSED~ state_corrected ack_unseen" });
}
END_TEST

/* R2: a FIN that is sent again takes back that its ACK arrived; the ACK of the peer's FIN shows more. */
START_TEST(r2_a_fin_sent_again_and_then_an_ack)
{
	SCRIPT("closed", SCRIPT_PROVEN, FIN, { '<', "FA", 2, 2, 0, "(2) (3) TIME_WAIT~/LAST_ACK" },
		{ '>', "FA after=300ms", 1, 2, 0, "(1) FIN_WAIT_1/LAST_ACK state_corrected spurious_retransmission" },
		{ '>', "A", 2, 3, 0, "(4) TIME_WAIT~/CLOSED~ closed" });
}
END_TEST

/* R3: an empty segment above all that was sent, in the window, was forged: the FIN tells where the stream ends. */
START_TEST(r3_a_fin_below_a_forged_segment)
{
	SCRIPT("half_closed", SCRIPT_PROVEN, { '>', "A", 501, 2, 0, "ESTABLISHED/ESTABLISHED lost_segment" },
		{ '>', "FA", 1, 2, 0, "(1) FIN_WAIT_1/CLOSE_WAIT~ | A next=2 missed=0" },
		{ '<', "A", 2, 2, 0, "(2) FIN_WAIT_2~/CLOSE_WAIT half_closed" });
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("track closing");
	TCase *close = tcase_create("close");
	TCase *reset = tcase_create("reset");

	tcase_add_test(close, c1_a_repeated_fin_keeps_its_number);
	tcase_add_test(close, c1_simultaneous_close_acknowledged_in_either_order);
	tcase_add_test(close, c2_an_ack_below_the_fin_does_not_cover_it);
	tcase_add_test(close, c2_a_fin_has_its_place);
	tcase_add_test(close, c3_fin_above_a_hole);
	tcase_add_test(close, c4_half_close_stays_open);
	tcase_add_test(close, c5_late_fin_in_time_wait);
	tcase_add_test(close, c5_time_wait_expires);
	tcase_add_test(close, c5_only_a_later_syn_ends_time_wait);
	tcase_add_test(close, c5_syn_in_last_ack);
	tcase_add_test(close, c5_assassination);
	tcase_add_test(close, c5_last_ack_is_not_over);
	tcase_add_test(close, c6_data_after_fin);
	tcase_add_test(close, r3_fin_below_a_forged_ack);
	tcase_add_test(close, r2_a_packet_proves_no_more_than_it_shows);
	tcase_add_test(reset, x1_challenge_in_syn_received);
	tcase_add_test(reset, x1_exact_is_a_range);
	tcase_add_test(reset, x1_unverified_rst_then_silence);
	tcase_add_test(reset, x1_unverified_rst_then_challenge);
	tcase_add_test(reset, x1_outside_is_ignored);
	tcase_add_test(reset, x2_rst_moves_no_numbers);
	tcase_add_test(reset, x2_what_crosses_a_rst);
	tcase_add_test(reset, x2_a_forged_rst_is_corrected);
	tcase_add_test(reset, x3_kinds);
	tcase_add_test(close, c1_a_fin_from_before_the_peers);
	tcase_add_test(close, c3_a_fin_above_a_hole_crosses_none);
	tcase_add_test(reset, x1_the_number_of_a_fin_is_exact);
	tcase_add_test(reset, x1_above_what_is_sacked_is_exact);
	tcase_add_test(reset, x1_a_syn_that_is_refused_at_last);
	tcase_add_test(reset, x2_acks_of_a_closed_end_cross_a_rst);
	tcase_add_test(reset, x2_an_old_copy_is_no_life);
	tcase_add_test(reset, x2_what_was_assumed_before_a_rst_stays_assumed);
	tcase_add_test(close, r2_a_fin_sent_again_and_then_an_ack);
	tcase_add_test(close, r3_a_fin_below_a_forged_segment);
	suite_add_tcase(suite, close);
	suite_add_tcase(suite, reset);
	return suite_main(suite);
}
