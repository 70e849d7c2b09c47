/* SPDX-License-Identifier: BSD-3-Clause */
/* The rules of opening, by number: H1 to H8, and R1 to R4 where they are about it. */
#include "suite.h"
#include "track_script.h"

#define SYN { '>', "S", 0, 0, 0, "(1) SYN_SENT/SYN_RECEIVED~" }
#define SYN_ACK { '<', "SA", 0, 1, 0, "(2) ESTABLISHED~/SYN_RECEIVED" }

START_TEST(h1_third_step_may_carry_data_or_fin)
{
	SCRIPT("open", SYN, SYN_ACK, { '>', "PA", 1, 1, 10, "(3) ESTABLISHED/ESTABLISHED~ handshake_complete | A bytes=10" });
	SCRIPT("half_closed", SYN, SYN_ACK, { '>', "FA", 1, 1, 0, "(3) (1) FIN_WAIT_1/CLOSE_WAIT~ handshake_complete" });
}
END_TEST

START_TEST(h1_rst_is_no_third_step)
{
	SCRIPT("handshake_rejected", SYN, SYN_ACK, { '>', "RA", 1, 1, 0, "CLOSED/CLOSED~ handshake_rejected" });
}
END_TEST

START_TEST(h1_fast_open_acknowledges_data)
{
	SCRIPT("open", { '>', "S tfo=1", 0, 0, 100, "(1) SYN_SENT/SYN_RECEIVED~" },
		{ '<', "SA", 0, 101, 0, "(2) ESTABLISHED~/SYN_RECEIVED" },
		{ '>', "A", 101, 1, 0, "(3) ESTABLISHED/ESTABLISHED~ handshake_complete | C handshake_ms=20 syn_rtt_ms=10" });
	/* The server may ignore the data; it is then sent again. */
	SCRIPT("open", { '>', "S tfo=1", 0, 0, 100, "(1) SYN_SENT/SYN_RECEIVED~" },
		{ '<', "SA", 0, 1, 0, "(2) ESTABLISHED~/SYN_RECEIVED" },
		{ '>', "PA", 1, 1, 100, "(3) ESTABLISHED/ESTABLISHED~ retransmission handshake_complete | A bytes=100" });
}
END_TEST

START_TEST(h2_same_isn_is_a_retransmission)
{
	SCRIPT("no_answer", SYN, { '>', "S after=1s", 0, 0, 0, "(1) SYN_SENT/SYN_RECEIVED~ retransmission | A packets=2 retransmitted=1 C id=1" });
	/* Also after a refusal: one chain of attempts. */
	SCRIPT("open", SYN, { '<', "RA", 0, 1, 0, "CLOSED~/CLOSED refused" },
		{ '>', "S after=500ms", 0, 0, 0, "(1) SYN_SENT/CLOSED state_corrected retransmission | C id=1" },
		{ '<', "RA", 0, 1, 0, "CLOSED~/CLOSED refused" },
		{ '>', "S after=500ms", 0, 0, 0, "(1) SYN_SENT/CLOSED state_corrected retransmission | C id=1" },
		{ '<', "SA", 0, 1, 0, "(2) ESTABLISHED~/SYN_RECEIVED state_corrected" },
		{ '>', "A", 1, 1, 0, "(3) ESTABLISHED/ESTABLISHED~ handshake_complete | C handshake_ms=-1 ack_rtt_ms=10" });
}
END_TEST

START_TEST(h2_refused_again_without_answer_stays_refused)
{
	SCRIPT("refused", SYN, { '<', "RA", 0, 1, 0, "CLOSED~/CLOSED refused" },
		{ '>', "S after=500ms", 0, 0, 0, "(1) SYN_SENT/CLOSED state_corrected retransmission" });
}
END_TEST

START_TEST(h2_another_isn_is_another_attempt)
{
	SCRIPT("no_answer", SYN, { '>', "S", 7000, 0, 0, "(1) SYN_SENT/SYN_RECEIVED~ no_answer port_reuse | C id=2 incarnation=2" });
}
END_TEST

/* The client answers RST and waits on; the right answer then counts, whatever ISN it has. */
START_TEST(h3_wrong_syn_ack)
{
	SCRIPT("open", SYN,
		{ '<', "SA", 5000, 77, 0, "SYN_SENT/SYN_RECEIVED" },
		{ '>', "R", 77, 0, 0, "SYN_SENT/SYN_RECEIVED rst_unverified" },
		{ '<', "SA", 0, 1, 0, "(2) ESTABLISHED~/SYN_RECEIVED" },
		{ '>', "A", 1, 1, 0, "(3) ESTABLISHED/ESTABLISHED~ handshake_complete | B next=1 acked=1 missed=0" });
}
END_TEST

/* RFC 9293 s3.5, figure 9: an old SYN is answered, the RST ends what that began, and the SYN sent again opens the connection. */
START_TEST(h3_old_syn_answered)
{
	SCRIPT("open", SYN,
		{ '<', "SA", 5000, 4294960000u, 0, "SYN_SENT/SYN_RECEIVED" },
		{ '<', "A", 5001, 4294960000u, 0, "SYN_SENT/SYN_RECEIVED out_of_window" },
		{ '>', "R", 4294960001u, 0, 0, "SYN_SENT/SYN_RECEIVED rst_ignored" },
		{ '>', "R", 4294960000u, 0, 0, "SYN_SENT/CLOSED~ reset_answer" },
		{ '>', "S after=1s", 0, 0, 0, "(1) SYN_SENT/SYN_RECEIVED~ retransmission" },
		{ '<', "SA", 0, 1, 0, "(2) ESTABLISHED~/SYN_RECEIVED" },
		{ '>', "A", 1, 1, 0, "(3) ESTABLISHED/ESTABLISHED~ handshake_complete | B next=1 acked=1 missed=0" });
	/* The same seen from B, whose connection of the old SYN it is until the new one begins. */
	SCRIPT("open", SYN, { '<', "SA", 0, 1, 0, "(2) ESTABLISHED~/SYN_RECEIVED" }, { '>', "S", 400000, 0, 0, "ESTABLISHED~/SYN_RECEIVED syn_challenged" },
		{ '<', "A", 1, 1, 0, "ESTABLISHED~/SYN_RECEIVED" }, { '>', "R", 1, 0, 0, "CLOSED/CLOSED~ handshake_rejected" },
		{ '>', "S", 400000, 0, 0, "(1) SYN_SENT/SYN_RECEIVED~ port_reuse" }, { '<', "SA", 90000, 400001, 0, "(2) ESTABLISHED~/SYN_RECEIVED" },
		{ '>', "A", 400001, 90001, 0, "(3) ESTABLISHED/ESTABLISHED~ handshake_complete" });
}
END_TEST

START_TEST(h3_old_connection_answers)
{
	SCRIPT("open", SYN,
		{ '<', "A", 900, 4294960000u, 0, "SYN_SENT/ESTABLISHED~ out_of_window" },
		{ '>', "R", 4294960001u, 0, 0, "SYN_SENT/ESTABLISHED~ rst_ignored" },
		{ '>', "R", 4294960000u, 0, 0, "SYN_SENT/CLOSED~ reset_answer" },
		{ '>', "S", 0, 0, 0, "(1) SYN_SENT/SYN_RECEIVED~ retransmission" },
		{ '<', "SA", 0, 1, 0, "(2) ESTABLISHED~/SYN_RECEIVED" },
		{ '>', "A", 1, 1, 0, "(3) ESTABLISHED/ESTABLISHED~ handshake_complete | B next=1" });
}
END_TEST

/* A server that forgot its SYN-ACK (SYN cookies, another machine behind the address) sends another. */
START_TEST(h3_second_syn_ack_with_another_isn)
{
	SCRIPT("open", SYN, { '<', "SA", 4000, 1, 0, "(2) ESTABLISHED~/SYN_RECEIVED" },
		{ '>', "S after=1s", 0, 0, 0, "(1) SYN_SENT/SYN_RECEIVED state_corrected spurious_retransmission" },
		{ '<', "SA", 0, 1, 0, "(2) ESTABLISHED~/SYN_RECEIVED" },
		{ '>', "A", 1, 1, 0, "(3) ESTABLISHED/ESTABLISHED~ handshake_complete | B next=1 bytes=0 missed=0" });
}
END_TEST

/* Two SYN-ACKs on their way: the client mostly takes the first, and the second finds it established, though nothing of that was captured yet. */
START_TEST(h6_client_takes_one_of_two_syn_acks)
{
	SCRIPT("closed", SYN, { '<', "SA", 0, 1, 0, "(2) ESTABLISHED~/SYN_RECEIVED" },
		{ '<', "SA after=1ms", 700000, 1, 0, "ESTABLISHED~/SYN_RECEIVED syn_challenged" },
		{ '>', "A", 1, 1, 0, "(3) ESTABLISHED/ESTABLISHED~ handshake_complete | B next=1 acked=1 missed=0" },
		{ '>', "PA", 1, 1, 100, "ESTABLISHED/ESTABLISHED~" },
		{ '<', "SA", 700000, 1, 0, "ESTABLISHED/ESTABLISHED~ syn_challenged" },
		{ '<', "FPA", 1, 101, 50, "(1) CLOSE_WAIT~/FIN_WAIT_1 | B next=52 bytes=50 retransmitted=0" },
		{ '>', "FA", 101, 52, 0, "(2) (3) LAST_ACK/TIME_WAIT~" },
		{ '<', "A", 52, 102, 0, "(4) CLOSED~/TIME_WAIT closed" });
	/* An ACK of neither is another connection's. */
	SCRIPT("open", SYN, { '<', "SA", 0, 1, 0, "(2) ESTABLISHED~/SYN_RECEIVED" }, { '<', "SA", 700000, 1, 0, "ESTABLISHED~/SYN_RECEIVED syn_challenged" },
		{ '>', "A", 1, 500000, 0, "ESTABLISHED~/SYN_RECEIVED out_of_window | B next=1" });
	/* It takes the second, because the first was lost behind the capture point. */
	SCRIPT("open", SYN, { '<', "SA", 700000, 1, 0, "(2) ESTABLISHED~/SYN_RECEIVED" }, { '<', "SA after=1s", 0, 1, 0, "ESTABLISHED~/SYN_RECEIVED syn_challenged" },
		{ '>', "A", 1, 1, 0, "(3) ESTABLISHED/ESTABLISHED~ handshake_complete | B next=1 acked=1 missed=0 C syn_rtt_ms=-1 handshake_ms=-1" },
		{ '<', "PA", 1, 1, 50, "ESTABLISHED/ESTABLISHED | B next=51 bytes=50" });
}
END_TEST

START_TEST(h4_split_handshake_of_four)
{
	SCRIPT("open", SYN,
		{ '<', "S", 0, 0, 0, "(1) SYN_RECEIVED~/SYN_RECEIVED~ simultaneous_open" },
		{ '>', "SA", 0, 1, 0, "SYN_RECEIVED/ESTABLISHED~" },
		{ '<', "A", 1, 1, 0, "(3) ESTABLISHED~/ESTABLISHED handshake_complete" },
		{ '>', "PA", 1, 1, 4, "ESTABLISHED/ESTABLISHED" });
}
END_TEST

START_TEST(h4_split_handshake_of_five)
{
	SCRIPT("open", SYN,
		{ '<', "A", 777, 1, 0, "SYN_SENT/ESTABLISHED" },
		{ '<', "S", 0, 0, 0, "(1) SYN_RECEIVED~/SYN_RECEIVED~ simultaneous_open" },
		{ '>', "SA", 0, 1, 0, "SYN_RECEIVED/ESTABLISHED~" },
		{ '<', "A", 1, 1, 0, "(3) ESTABLISHED~/ESTABLISHED handshake_complete" },
		{ '>', "A", 1, 1, 0, "ESTABLISHED~/ESTABLISHED | A next=1 B next=1 missed=0" },
		{ '>', "A sack=0-1", 1, 1, 0, "ESTABLISHED/ESTABLISHED dsack" });
}
END_TEST

START_TEST(h5_syn_after_its_syn_ack)
{
	SCRIPT("open",
		{ '<', "SA", 0, 1, 0, "(2) ESTABLISHED~/SYN_RECEIVED" },
		{ '>', "S", 0, 0, 0, "(1) ESTABLISHED~/SYN_RECEIVED | A retransmitted=0 C id=1 client_is_a=1" },
		{ '>', "A", 1, 1, 0, "(3) ESTABLISHED/ESTABLISHED~ handshake_complete" });
	/* After the data too; roles and mid-stream are then no guess any more. */
	SCRIPT("open",
		{ '>', "PA", 1, 1, 10, "ESTABLISHED~/ESTABLISHED~ mid_stream | C guessed=1" },
		{ '>', "S", 0, 0, 0, "(1) ESTABLISHED~/ESTABLISHED~ | A bytes=10 C guessed=0 id=1" });
}
END_TEST

START_TEST(h5_other_isn_is_not_adopted)
{
	SCRIPT("mid_stream",
		{ '>', "PA", 1, 1, 10, "ESTABLISHED~/ESTABLISHED~ mid_stream" },
		{ '<', "PA", 1, 11, 10, "ESTABLISHED/ESTABLISHED" },
		{ '>', "S", 5000, 0, 0, "ESTABLISHED/ESTABLISHED syn_challenged | A bytes=10" },
		{ '<', "A", 11, 11, 0, "ESTABLISHED/ESTABLISHED" });
}
END_TEST

START_TEST(h6_syn_in_a_living_connection)
{
	SCRIPT("open", SCRIPT_PROVEN,
		{ '>', "S", 5000, 0, 0, "ESTABLISHED/ESTABLISHED syn_challenged | A next=1 C id=1" },
		{ '<', "A", 2, 1, 0, "ESTABLISHED/ESTABLISHED" },
		{ '<', "SA", 9000, 300, 0, "(2) ESTABLISHED~/SYN_RECEIVED port_reuse | C id=2 incarnation=2" });
}
END_TEST

START_TEST(h6_syn_ack_alone_splits_nothing)
{
	SCRIPT("open", SCRIPT_PROVEN, { '<', "SA ws=14 mss=1", 9000, 300, 0, "ESTABLISHED/ESTABLISHED syn_challenged | B next=2 mss=0 C id=1" });
}
END_TEST

START_TEST(h6_half_open_reconnect)
{
	SCRIPT("open", SCRIPT_PROVEN,
		{ '>', "S", 5000, 0, 0, "ESTABLISHED/ESTABLISHED syn_challenged" },
		{ '<', "A", 2, 1, 0, "ESTABLISHED/ESTABLISHED" },
		{ '>', "R", 1, 0, 0, "CLOSED/CLOSED~ reset_answer" },
		{ '>', "S", 5000, 0, 0, "(1) SYN_SENT/SYN_RECEIVED~ port_reuse | C id=2 incarnation=2 closed=1" },
		{ '<', "SA", 9000, 5001, 0, "(2) ESTABLISHED~/SYN_RECEIVED" },
		{ '>', "A", 5001, 9001, 0, "(3) ESTABLISHED/ESTABLISHED~ handshake_complete" });
}
END_TEST

START_TEST(h6_reuse_after_reset_and_in_mid_stream)
{
	SCRIPT("no_answer", SCRIPT_PROVEN, { '<', "RA", 2, 1, 0, "CLOSED~/CLOSED reset" },
		{ '>', "PA", 1, 2, 5, "ESTABLISHED/CLOSED state_corrected" }, /* crossed the RST */
		{ '>', "S", 5000, 0, 0, "(1) SYN_SENT/SYN_RECEIVED~ port_reuse | C id=2" });
	SCRIPT("no_answer", { '>', "PA", 700, 900, 10, "ESTABLISHED~/ESTABLISHED~ mid_stream" },
		{ '<', "R", 900, 0, 0, "CLOSED~/CLOSED reset_answer" },
		{ '>', "S", 5000, 0, 0, "(1) SYN_SENT/SYN_RECEIVED~ port_reuse | C id=2" });
	SCRIPT("no_answer", { '<', "R", 900, 0, 0, "CLOSED~/CLOSED reset" },
		{ '>', "S", 0, 0, 0, "(1) SYN_SENT/SYN_RECEIVED~ port_reuse | C id=2" });
}
END_TEST

START_TEST(h7_roles)
{
	SCRIPT("open", { '<', "SA", 0, 1, 0, "(2) ESTABLISHED~/SYN_RECEIVED | C client_is_a=1 guessed=0" });
	SCRIPT("no_answer", { '<', "S", 0, 0, 0, "(1) SYN_RECEIVED~/SYN_SENT | C client_is_a=0 guessed=0" });
	SCRIPT("mid_stream", { '<', "A", 5, 5, 0, "ESTABLISHED~/ESTABLISHED~ mid_stream | C client_is_a=1 guessed=1" });
}
END_TEST

START_TEST(h8_half_seen)
{
	SCRIPT("mid_stream", { '>', "A", 5, 5, 0, "ESTABLISHED~/ESTABLISHED~ mid_stream | A window=-1 B window=-1" },
		{ '>', "A", 5, 5, 0, "ESTABLISHED~/ESTABLISHED~ | A window=-1" },
		{ '>', "A win=900", 5, 5, 0, "ESTABLISHED~/ESTABLISHED~ window_update" });
	/* A scanner's segments without ACK tell nothing. */
	SCRIPT("half_closed", { '>', "F", 5, 0, 0, "(1) ?/? mid_stream" });
}
END_TEST

START_TEST(r2_retransmission_takes_the_assumption_back)
{
	SCRIPT("open", SCRIPT_OPENING,
		{ '<', "SA after=1s", 0, 1, 0, "(2) ESTABLISHED/SYN_RECEIVED state_corrected spurious_retransmission" },
		{ '>', "A", 1, 1, 0, "ESTABLISHED/ESTABLISHED~" });
	SCRIPT("half_closed", SCRIPT_PROVEN,
		{ '>', "FA", 1, 2, 0, "(1) FIN_WAIT_1/CLOSE_WAIT~" },
		{ '<', "A", 2, 2, 0, "(2) FIN_WAIT_2~/CLOSE_WAIT half_closed" },
		{ '>', "FA after=300ms", 1, 2, 0, "(1) FIN_WAIT_1/CLOSE_WAIT state_corrected spurious_retransmission" },
		{ '<', "A", 2, 2, 0, "(2) FIN_WAIT_2~/CLOSE_WAIT half_closed" });
}
END_TEST

START_TEST(r4_refused_shows_closed)
{
	SCRIPT("refused", SYN, { '<', "RA", 0, 1, 0, "CLOSED~/CLOSED refused" });
	/* ... but not once it has sent data, though its SYN-ACK was not captured. */
	SCRIPT("reset", SYN, { '<', "PA", 1, 1, 10, "SYN_SENT/ESTABLISHED" }, { '<', "RA", 11, 1, 0, "CLOSED~/CLOSED reset" });
}
END_TEST

/* H3: a RST from an end in SYN_SENT that acknowledges its SYN's number is no answer to something wrong: that end is gone. */
START_TEST(h3_closed_in_syn_sent)
{
	SCRIPT("reset", { '>', "S tfo=1", 0, 0, 10, "(1) SYN_SENT/SYN_RECEIVED~" },
		{ '<', "PA", 1, 11, 20, "SYN_SENT/SYN_RECEIVED" },
		{ '>', "R", 11, 0, 0, "CLOSED/CLOSED~ reset_answer" });
}
END_TEST

/* H3: the client takes the first answer. */
START_TEST(h3_a_second_answer_without_a_second_syn)
{
	SCRIPT("open", SYN, { '<', "SA", 0, 1, 0, "(2) ESTABLISHED~/SYN_RECEIVED" },
		{ '<', "SA", 5000, 1, 0, "ESTABLISHED~/SYN_RECEIVED syn_challenged" },
		{ '>', "A", 1, 1, 0, "(3) ESTABLISHED/ESTABLISHED~ handshake_complete | B next=1" });
}
END_TEST

/* H4: an empty ACK that acknowledges no more than the SYN-ACK did may be an answer to the other's SYN, come twice. */
START_TEST(h4_a_syn_that_comes_twice)
{
	SCRIPT("open", SYN,
		{ '<', "S", 0, 0, 0, "(1) SYN_RECEIVED~/SYN_RECEIVED~ simultaneous_open" },
		{ '>', "SA", 0, 1, 0, "SYN_RECEIVED/ESTABLISHED~" },
		{ '>', "A", 1, 1, 0, "SYN_RECEIVED/ESTABLISHED~" },
		{ '<', "SA", 0, 1, 0, "(2) ESTABLISHED~/ESTABLISHED~" },
		{ '>', "A", 1, 1, 0, "(3) ESTABLISHED~/ESTABLISHED~ handshake_complete" },
		{ '>', "PA", 1, 1, 1, "ESTABLISHED/ESTABLISHED~" });
}
END_TEST

/* H5: a SYN that is captured after its SYN-ACK is older, and takes nothing back. */
START_TEST(h5_an_old_syn_takes_nothing_back)
{
	SCRIPT("open", SYN, { '<', "SA", 0, 1, 0, "(2) ESTABLISHED~/SYN_RECEIVED" },
		{ '>', "A", 1, 1, 0, "(3) ESTABLISHED/ESTABLISHED~ handshake_complete" },
		{ '<', "S", 0, 0, 0, "(1) ESTABLISHED/ESTABLISHED~ spurious_retransmission" });
}
END_TEST

/* H6: a SYN that was under way when the connection ended opens another, with another ISN of the server's. */
START_TEST(h6_an_old_syn_after_a_reset)
{
	SCRIPT("handshake_rejected", SCRIPT_PROVEN, { '>', "RA", 1, 2, 0, "CLOSED/CLOSED~ reset" },
		{ '<', "SA", 70000, 1, 0, "(2) ESTABLISHED~/SYN_RECEIVED port_reuse | C id=2 incarnation=2" },
		{ '>', "R", 1, 0, 0, "CLOSED/CLOSED~ handshake_rejected" });
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("track opening");
	TCase *rules = tcase_create("rules");

	tcase_add_test(rules, h1_third_step_may_carry_data_or_fin);
	tcase_add_test(rules, h1_rst_is_no_third_step);
	tcase_add_test(rules, h1_fast_open_acknowledges_data);
	tcase_add_test(rules, h2_same_isn_is_a_retransmission);
	tcase_add_test(rules, h2_refused_again_without_answer_stays_refused);
	tcase_add_test(rules, h2_another_isn_is_another_attempt);
	tcase_add_test(rules, h3_wrong_syn_ack);
	tcase_add_test(rules, h3_old_syn_answered);
	tcase_add_test(rules, h3_old_connection_answers);
	tcase_add_test(rules, h3_second_syn_ack_with_another_isn);
	tcase_add_test(rules, h6_client_takes_one_of_two_syn_acks);
	tcase_add_test(rules, h4_split_handshake_of_four);
	tcase_add_test(rules, h4_split_handshake_of_five);
	tcase_add_test(rules, h5_syn_after_its_syn_ack);
	tcase_add_test(rules, h5_other_isn_is_not_adopted);
	tcase_add_test(rules, h6_syn_in_a_living_connection);
	tcase_add_test(rules, h6_syn_ack_alone_splits_nothing);
	tcase_add_test(rules, h6_half_open_reconnect);
	tcase_add_test(rules, h6_reuse_after_reset_and_in_mid_stream);
	tcase_add_test(rules, h7_roles);
	tcase_add_test(rules, h8_half_seen);
	tcase_add_test(rules, h3_closed_in_syn_sent);
	tcase_add_test(rules, h3_a_second_answer_without_a_second_syn);
	tcase_add_test(rules, h4_a_syn_that_comes_twice);
	tcase_add_test(rules, h5_an_old_syn_takes_nothing_back);
	tcase_add_test(rules, h6_an_old_syn_after_a_reset);
	tcase_add_test(rules, r2_retransmission_takes_the_assumption_back);
	tcase_add_test(rules, r4_refused_shows_closed);
	suite_add_tcase(suite, rules);
	return suite_main(suite);
}
