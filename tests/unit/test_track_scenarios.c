/* SPDX-License-Identifier: BSD-3-Clause */
/* The connection scenarios measured on real kernels (the table at the end of tcp-tracking.md), as an observer sees them. */
#include "suite.h"
#include "track_script.h"

#define OPENING SCRIPT_OPENING

START_TEST(normal_close)
{
	SCRIPT("closed", OPENING,
		{ '>', "PA", 1, 1, 41, "ESTABLISHED/ESTABLISHED~" },
		{ '<', "PA", 1, 42, 62, "ESTABLISHED/ESTABLISHED" },
		{ '>', "FA", 42, 63, 0, "(1) FIN_WAIT_1/CLOSE_WAIT~" },
		{ '<', "A", 63, 43, 0, "(2) FIN_WAIT_2~/CLOSE_WAIT half_closed" },
		{ '<', "FA", 63, 43, 0, "(3) TIME_WAIT~/LAST_ACK" },
		{ '>', "A", 43, 64, 0, "(4) TIME_WAIT/CLOSED~ closed" });
}
END_TEST

START_TEST(three_packet_close)
{
	SCRIPT("closed", OPENING,
		{ '>', "FA", 1, 1, 0, "(1) FIN_WAIT_1/CLOSE_WAIT~" },
		{ '<', "FA", 1, 2, 0, "(2) (3) TIME_WAIT~/LAST_ACK" },
		{ '>', "A", 2, 2, 0, "(4) TIME_WAIT/CLOSED~ closed" });
}
END_TEST

START_TEST(server_closes_first)
{
	SCRIPT("closed", OPENING,
		{ '<', "FPA", 1, 1, 100, "(1) CLOSE_WAIT~/FIN_WAIT_1" },
		{ '>', "A", 1, 102, 0, "(2) CLOSE_WAIT/FIN_WAIT_2~ half_closed" },
		{ '>', "FA", 1, 102, 0, "(3) LAST_ACK/TIME_WAIT~" },
		{ '<', "A", 102, 2, 0, "(4) CLOSED~/TIME_WAIT closed" });
}
END_TEST

/*
 * B's FIN does not acknowledge A's: it was sent before A's arrived, so what was assumed of B is taken back and A's FIN crosses. That the
 * empty ACKs arrive nothing can prove.
 */
START_TEST(simultaneous_close)
{
	SCRIPT("closed", OPENING,
		{ '>', "FA", 1, 1, 0, "(1) FIN_WAIT_1/CLOSE_WAIT~" },
		{ '<', "FA", 1, 1, 0, "(3) CLOSING~/CLOSING~ simultaneous_close" },
		{ '<', "A", 2, 2, 0, "(2) TIME_WAIT~/CLOSING" },
		{ '>', "A", 2, 2, 0, "(4) TIME_WAIT~/TIME_WAIT~ closed" });
}
END_TEST

START_TEST(simultaneous_open)
{
	SCRIPT("open",
		{ '>', "S", 0, 0, 0, "(1) SYN_SENT/SYN_RECEIVED~" },
		{ '<', "S", 0, 0, 0, "(1) SYN_RECEIVED~/SYN_RECEIVED~ simultaneous_open" },
		{ '<', "SA", 0, 1, 0, "(2) ESTABLISHED~/SYN_RECEIVED" },
		{ '>', "SA", 0, 1, 0, "(3) ESTABLISHED~/ESTABLISHED~ handshake_complete" },
		{ '>', "A sack=0-1", 1, 1, 0, "ESTABLISHED/ESTABLISHED~ dsack" },
		{ '<', "A sack=0-1", 1, 1, 0, "ESTABLISHED/ESTABLISHED dsack" });
}
END_TEST

/* C4: data goes on in FIN_WAIT_2/CLOSE_WAIT as long as it likes. */
START_TEST(half_close)
{
	SCRIPT("half_closed", OPENING,
		{ '>', "FA", 1, 1, 0, "(1) FIN_WAIT_1/CLOSE_WAIT~" },
		{ '<', "A", 1, 2, 0, "(2) FIN_WAIT_2~/CLOSE_WAIT half_closed" },
		{ '<', "PA", 1, 2, 500, "FIN_WAIT_2~/CLOSE_WAIT" },
		{ '>', "A", 2, 501, 0, "FIN_WAIT_2/CLOSE_WAIT" },
		{ '<', "PA", 501, 2, 500, "FIN_WAIT_2/CLOSE_WAIT" },
		{ '>', "A", 2, 1001, 0, "FIN_WAIT_2/CLOSE_WAIT" });
}
END_TEST

START_TEST(close_with_unread_data)
{
	SCRIPT("reset", OPENING,
		{ '>', "PA", 1, 1, 10, "ESTABLISHED/ESTABLISHED~" },
		{ '<', "A", 1, 11, 0, "ESTABLISHED/ESTABLISHED" },
		{ '<', "RA", 1, 11, 0, "CLOSED~/CLOSED reset" });
}
END_TEST

START_TEST(refused)
{
	SCRIPT("refused",
		{ '>', "S", 0, 0, 0, "(1) SYN_SENT/SYN_RECEIVED~" },
		{ '<', "RA", 0, 1, 0, "CLOSED~/CLOSED refused" });
}
END_TEST

/* The SYN-ACK comes again: B did not get the third step. */
START_TEST(third_ack_lost)
{
	SCRIPT("open", OPENING,
		{ '<', "SA", 0, 1, 0, "(2) ESTABLISHED/SYN_RECEIVED state_corrected spurious_retransmission" },
		{ '>', "A", 1, 1, 0, "ESTABLISHED/ESTABLISHED~" },
		{ '>', "PA", 1, 1, 5, "ESTABLISHED/ESTABLISHED~" },
		{ '<', "A", 1, 6, 0, "ESTABLISHED/ESTABLISHED" });
}
END_TEST

/* A tap beyond the loss sees no third step at all; the data is it. */
START_TEST(third_ack_not_captured)
{
	SCRIPT("open",
		{ '>', "S", 0, 0, 0, "(1) SYN_SENT/SYN_RECEIVED~" },
		{ '<', "SA", 0, 1, 0, "(2) ESTABLISHED~/SYN_RECEIVED" },
		{ '>', "PA", 1, 1, 10, "(3) ESTABLISHED/ESTABLISHED~ handshake_complete" });
}
END_TEST

START_TEST(fin_lost)
{
	SCRIPT("half_closed", OPENING,
		{ '>', "FA", 1, 1, 0, "(1) FIN_WAIT_1/CLOSE_WAIT~" },
		{ '>', "FA", 1, 1, 0, "(1) FIN_WAIT_1/CLOSE_WAIT~ retransmission" },
		{ '<', "A", 1, 2, 0, "(2) FIN_WAIT_2~/CLOSE_WAIT half_closed" });
}
END_TEST

/* B sends its FIN again: it did not get the last ACK, so it was not CLOSED; A acknowledges again, the same step. */
START_TEST(last_ack_lost)
{
	SCRIPT("closed", OPENING,
		{ '>', "FA", 1, 1, 0, "(1) FIN_WAIT_1/CLOSE_WAIT~" },
		{ '<', "FA", 1, 2, 0, "(2) (3) TIME_WAIT~/LAST_ACK" },
		{ '>', "A", 2, 2, 0, "(4) TIME_WAIT/CLOSED~ closed" },
		{ '<', "FA", 1, 2, 0, "(3) TIME_WAIT/LAST_ACK state_corrected spurious_retransmission" },
		{ '>', "A", 2, 2, 0, "(4) TIME_WAIT/CLOSED~" });
}
END_TEST

START_TEST(data_to_a_closed_end)
{
	SCRIPT("reset", OPENING,
		{ '>', "FA", 1, 1, 0, "(1) FIN_WAIT_1/CLOSE_WAIT~" },
		{ '<', "A", 1, 2, 0, "(2) FIN_WAIT_2~/CLOSE_WAIT half_closed" },
		{ '<', "PA", 1, 2, 10, "FIN_WAIT_2~/CLOSE_WAIT" },
		{ '>', "R", 2, 0, 0, "CLOSED/CLOSED~ reset_answer" });
}
END_TEST

START_TEST(fast_open)
{
	SCRIPT("open",
		{ '>', "S", 0, 0, 100, "(1) SYN_SENT/SYN_RECEIVED~" },
		{ '<', "SA", 0, 101, 0, "(2) ESTABLISHED~/SYN_RECEIVED" },
		{ '<', "PA", 1, 101, 50, "ESTABLISHED~/SYN_RECEIVED" },
		{ '>', "A", 101, 51, 0, "(3) ESTABLISHED/ESTABLISHED~ handshake_complete" });
}
END_TEST

START_TEST(port_reuse_in_time_wait)
{
	SCRIPT("no_answer", OPENING,
		{ '>', "FA", 1, 1, 0, "(1) FIN_WAIT_1/CLOSE_WAIT~" },
		{ '<', "FA", 1, 2, 0, "(2) (3) TIME_WAIT~/LAST_ACK" },
		{ '>', "A", 2, 2, 0, "(4) TIME_WAIT/CLOSED~ closed" },
		{ '>', "S", 70000, 0, 0, "(1) SYN_SENT/SYN_RECEIVED~ port_reuse" });
}
END_TEST

/* X1: the window is 1000 bytes from A's last ACK, 1. */
START_TEST(rst_validity)
{
	SCRIPT("reset", OPENING,
		{ '<', "R", 500, 0, 0, "ESTABLISHED/ESTABLISHED~ rst_unverified" },
		{ '<', "R", 1001, 0, 0, "ESTABLISHED/ESTABLISHED~ rst_ignored" },
		{ '<', "R", 0, 0, 0, "ESTABLISHED/ESTABLISHED~ rst_ignored" },
		{ '<', "RA", 1, 1, 0, "CLOSED~/CLOSED reset" });
}
END_TEST

/* The range from A's last ACK to the highest byte that it can have got: any of these may be its RCV.NXT. */
START_TEST(rst_within_unacknowledged_data)
{
	SCRIPT("reset", OPENING,
		{ '<', "PA", 1, 1, 300, "ESTABLISHED/ESTABLISHED" },
		{ '<', "R", 151, 0, 0, "CLOSED~/CLOSED reset_answer" });
}
END_TEST

START_TEST(rst_to_a_syn_must_acknowledge_it)
{
	SCRIPT("no_answer",
		{ '>', "S", 0, 0, 0, "(1) SYN_SENT/SYN_RECEIVED~" },
		{ '>', "S", 0, 0, 0, "(1) SYN_SENT/SYN_RECEIVED~ retransmission" });
	SCRIPT("open",
		{ '>', "S", 0, 0, 0, "(1) SYN_SENT/SYN_RECEIVED~" },
		{ '<', "RA", 0, 5, 0, "SYN_SENT/SYN_RECEIVED~ rst_ignored" },
		{ '<', "R", 0, 0, 0, "SYN_SENT/SYN_RECEIVED~ rst_ignored" });
}
END_TEST

START_TEST(handshake_rejected)
{
	SCRIPT("handshake_rejected",
		{ '>', "S", 0, 0, 0, "(1) SYN_SENT/SYN_RECEIVED~" },
		{ '<', "SA", 0, 1, 0, "(2) ESTABLISHED~/SYN_RECEIVED" },
		{ '>', "R", 1, 0, 0, "CLOSED/CLOSED~ handshake_rejected" });
}
END_TEST

/* X2, R3: an end that goes on after "its" RST had not sent it, or its peer had not got it. */
START_TEST(life_after_rst_is_a_correction)
{
	SCRIPT("open", OPENING,
		{ '>', "PA", 1, 1, 10, "ESTABLISHED/ESTABLISHED~" },
		{ '<', "RA", 1, 11, 0, "CLOSED~/CLOSED reset" },
		{ '>', "PA", 11, 1, 10, "ESTABLISHED/CLOSED state_corrected" },
		{ '<', "A", 1, 21, 0, "ESTABLISHED/ESTABLISHED~ state_corrected" },
		{ '<', "A", 1, 21, 0, "ESTABLISHED/ESTABLISHED" });
}
END_TEST

/* X2: what acknowledges no more than the RST did is older than it. A bare RST says nothing, so anything after it is life. */
START_TEST(older_segment_behind_its_rst)
{
	SCRIPT("handshake_rejected",
		{ '>', "S", 0, 0, 0, "(1) SYN_SENT/SYN_RECEIVED~" },
		{ '<', "SA", 0, 1, 0, "(2) ESTABLISHED~/SYN_RECEIVED" },
		{ '>', "RA", 1, 1, 0, "CLOSED/CLOSED~ handshake_rejected" },
		{ '>', "A", 1, 1, 0, "(3) CLOSED/CLOSED~ handshake_complete" });
	SCRIPT("open", OPENING,
		{ '>', "R", 1, 0, 0, "CLOSED/CLOSED~ reset_answer" },
		{ '>', "A", 1, 1, 0, "ESTABLISHED/CLOSED~ state_corrected" },
		{ '<', "PA", 1, 1, 9, "ESTABLISHED/ESTABLISHED state_corrected" });
}
END_TEST

/* H6: the end that the SYN was for no longer has the connection, and refuses it. */
START_TEST(challenged_syn_is_refused)
{
	struct script_run run;
	static const struct script_line opening[] = { OPENING };
	static const struct script_line syn = { '>', "S", 70000, 0, 0, "ESTABLISHED/ESTABLISHED~ syn_challenged" };
	for (size_t i = 0; i < sizeof(script_settings) / sizeof(script_settings[0]); i++) {
		script_begin(&run, &script_settings[i]);
		for (unsigned line = 0; line < 3; line++)
			script_feed(&run, &opening[line], line + 1);
		script_feed(&run, &syn, 4);
		/* Sequence number 0 on the wire, whatever the ISN. */
		struct script_line rst = { '<', "RA", 0u - script_settings[i].isn_b, 70001, 0, "CLOSED~/CLOSED reset" };
		script_feed(&run, &rst, 5);
		script_end(&run);
	}
}
END_TEST

START_TEST(syn_in_established)
{
	SCRIPT("open", OPENING,
		{ '<', "PA", 1, 1, 1, "ESTABLISHED/ESTABLISHED" },
		{ '>', "S", 5000, 0, 0, "ESTABLISHED/ESTABLISHED syn_challenged" },
		{ '<', "A", 2, 1, 0, "ESTABLISHED/ESTABLISHED" });
}
END_TEST

/* H8, H7: nothing is invented; the lower port is taken as the server's. */
START_TEST(mid_stream)
{
	SCRIPT("mid_stream",
		{ '<', "PA", 1000, 2000, 10, "ESTABLISHED~/ESTABLISHED~ mid_stream" },
		{ '>', "A", 2000, 1010, 0, "ESTABLISHED~/ESTABLISHED~" },
		{ '>', "PA", 2000, 1010, 20, "ESTABLISHED/ESTABLISHED" },
		{ '<', "A", 1010, 2020, 0, "ESTABLISHED/ESTABLISHED" });
	SCRIPT("half_closed",
		{ '>', "FA", 1000, 2000, 0, "(1) FIN_WAIT_1/CLOSE_WAIT~ mid_stream" },
		{ '<', "A", 2000, 1001, 0, "(2) FIN_WAIT_2~/CLOSE_WAIT half_closed" });
}
END_TEST

START_TEST(syn_ack_first)
{
	SCRIPT("open",
		{ '<', "SA", 0, 1, 0, "(2) ESTABLISHED~/SYN_RECEIVED" },
		{ '>', "A", 1, 1, 0, "(3) ESTABLISHED/ESTABLISHED~ handshake_complete" });
}
END_TEST

/* H3: a SYN-ACK of something else does not advance the client. */
START_TEST(wrong_syn_ack)
{
	SCRIPT("open",
		{ '>', "S", 0, 0, 0, "(1) SYN_SENT/SYN_RECEIVED~" },
		{ '<', "SA", 0, 77, 0, "SYN_SENT/SYN_RECEIVED" });
}
END_TEST

/* C3: the FIN lies above bytes that were not captured. The receiver's ACK tells that it got them. */
START_TEST(fin_above_a_hole)
{
	SCRIPT("half_closed", OPENING,
		{ '>', "FA", 101, 1, 0, "(1) FIN_WAIT_1/ESTABLISHED~ lost_segment" },
		{ '<', "A", 1, 102, 0, "(2) FIN_WAIT_2~/CLOSE_WAIT half_closed" });
}
END_TEST

/* S1: relative numbers pass 4 GiB. */
START_TEST(stream_beyond_4_gib)
{
	struct script_run run;
	static const struct script_line opening[] = { OPENING };
	script_begin(&run, &script_settings[2]);
	for (unsigned i = 0; i < 3; i++)
		script_feed(&run, &opening[i], i + 1);
	struct synfin_observation observation;
	const uint32_t chunk = 1u << 29;
	for (uint32_t i = 0; i < 20; i++) {
		struct script_line line = { '>', "PA", 1 + i * chunk, 1, chunk, "" };
		tracker_packet(run.tracker, script_packet(&run, &line), &observation);
		struct script_line ack = { '<', "A", 1, 1 + (i + 1) * chunk, 0, "" };
		tracker_packet(run.tracker, script_packet(&run, &ack), &observation);
	}
	const struct synfin_endpoint *client = &observation.connection->end[observation.connection->client];
	ck_assert_uint_eq(synfin_stream_bytes(client), UINT64_C(20) << 29);
	ck_assert_int_eq(synfin_acknowledged(client), 1 + (INT64_C(20) << 29));
	script_end(&run);
}
END_TEST

static void feed_syn(struct script_run *run, const struct script_line *line, uint16_t options, uint8_t scale)
{
	struct synfin_observation observation;
	struct synfin_packet *packet = script_packet(run, line);
	packet->tcp.options = options;
	packet->tcp.window_scale = scale;
	tracker_packet(run->tracker, packet, &observation);
}

static uint32_t window_after(uint16_t options_a, uint16_t options_b)
{
	static const struct script_line opening[] = { OPENING };
	struct script_run run;
	struct synfin_observation observation;
	script_begin(&run, &script_settings[0]);
	feed_syn(&run, &opening[0], options_a, 7);
	feed_syn(&run, &opening[1], options_b, 9);
	tracker_packet(run.tracker, script_packet(&run, &opening[2]), &observation);
	const struct synfin_endpoint *client = &observation.connection->end[observation.connection->client];
	const struct synfin_endpoint *server = &observation.connection->end[!observation.connection->client];
	ck_assert_uint_eq(server->window, 1000); /* a SYN's own window is never scaled */
	uint32_t window = client->window;
	script_end(&run);
	return window;
}

START_TEST(window_scale_needs_both)
{
	ck_assert_uint_eq(window_after(SYNFIN_TCPOPT_WINDOW_SCALE, SYNFIN_TCPOPT_WINDOW_SCALE), 1000 << 7);
	ck_assert_uint_eq(window_after(SYNFIN_TCPOPT_WINDOW_SCALE, 0), 1000);
	ck_assert_uint_eq(window_after(0, SYNFIN_TCPOPT_WINDOW_SCALE), 1000);
}
END_TEST

START_TEST(window_unknown_in_mid_stream)
{
	static const struct script_line line = { '>', "PA", 1000, 2000, 10, "ESTABLISHED~/ESTABLISHED~ mid_stream" };
	struct script_run run;
	script_begin(&run, &script_settings[0]);
	const struct synfin_connection *connection = script_feed(&run, &line, 1);
	ck_assert_int_eq(connection->end[connection->client].flags & SYNFIN_END_WINDOW, 0);
	ck_assert_int_ne(connection->flags & SYNFIN_CONN_ROLES_GUESSED, 0);
	script_end(&run);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("track scenarios");
	TCase *opening = tcase_create("opening");
	TCase *closing = tcase_create("closing");
	TCase *reset = tcase_create("reset");
	TCase *numbers = tcase_create("numbers");

	tcase_add_test(opening, simultaneous_open);
	tcase_add_test(opening, third_ack_lost);
	tcase_add_test(opening, third_ack_not_captured);
	tcase_add_test(opening, fast_open);
	tcase_add_test(opening, mid_stream);
	tcase_add_test(opening, syn_ack_first);
	tcase_add_test(opening, wrong_syn_ack);
	tcase_add_test(opening, syn_in_established);
	tcase_add_test(opening, port_reuse_in_time_wait);
	tcase_add_test(closing, normal_close);
	tcase_add_test(closing, three_packet_close);
	tcase_add_test(closing, server_closes_first);
	tcase_add_test(closing, simultaneous_close);
	tcase_add_test(closing, half_close);
	tcase_add_test(closing, fin_lost);
	tcase_add_test(closing, last_ack_lost);
	tcase_add_test(closing, fin_above_a_hole);
	tcase_add_test(reset, close_with_unread_data);
	tcase_add_test(reset, refused);
	tcase_add_test(reset, data_to_a_closed_end);
	tcase_add_test(reset, rst_validity);
	tcase_add_test(reset, rst_within_unacknowledged_data);
	tcase_add_test(reset, rst_to_a_syn_must_acknowledge_it);
	tcase_add_test(reset, handshake_rejected);
	tcase_add_test(reset, life_after_rst_is_a_correction);
	tcase_add_test(reset, older_segment_behind_its_rst);
	tcase_add_test(reset, challenged_syn_is_refused);
	tcase_add_test(numbers, stream_beyond_4_gib);
	tcase_add_test(numbers, window_scale_needs_both);
	tcase_add_test(numbers, window_unknown_in_mid_stream);
	suite_add_tcase(suite, opening);
	suite_add_tcase(suite, closing);
	suite_add_tcase(suite, reset);
	suite_add_tcase(suite, numbers);
	return suite_main(suite);
}
