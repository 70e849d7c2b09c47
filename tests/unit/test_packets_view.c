/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The packets view alone: packets that no tracker saw, with observations made up here, and the exact text they must give. The
 * line itself is what a frame of one unknown layer prints, so that these tests do not depend on any protocol's printer; what belongs to the
 * view is all around it.
 */
#include <stdio.h>
#include <string.h>

#include <synfin/sink.h>

#include "decode/decode.h"
#include "suite.h"
#include "views/annotation.h"
#include "views/packets.h"

#define MS INT64_C(1000000)

static struct output out;
static struct packets_view *view;
static struct synfin_sink sink;
static struct synfin_connection connections[16];

static void setup(void)
{
	output_init(&out, NULL, NULL, 0);
	for (unsigned i = 0; i < 16; i++)
		connections[i] = (struct synfin_connection){ .id = i + 1, .client = i & 1 };
}

static void begin(struct packets_options options)
{
	options.line.time = LINE_TIME_NONE;
	ck_assert_int_eq(packets_view_create(&view, &options, &out, NULL), 0);
	sink = packets_view_sink(view);
}

static void teardown(void)
{
	packets_view_destroy(view);
	view = NULL;
	output_free(&out);
}

/* A TCP segment without payload, as bytes; `verbose` text of IP stands before its summary. */
static const uint8_t frame[40] = {
	0x45, 0, 0, 40, 0, 1, 0x40, 0, 64, 6, 0, 0, 10, 0, 0, 2, 192, 0, 2, 80,
	0xcb, 0x4c, 0, 80, 0, 0, 0, 1, 0, 0, 0, 1, 0x50, 0x10, 1, 0, 0, 0, 0, 0,
};
#define LINE "IP 10.0.0.2.52044 > 192.0.2.80.80: Flags [.], ack 1, win 256, length 0"

static struct synfin_packet packet_at(int64_t time_ns)
{
	struct synfin_packet packet = { .frame = 0 }; /* what decode_frame() leaves alone must be something */
	decode_frame(&packet, SYNFIN_LINK_RAW, frame, sizeof frame, sizeof frame);
	packet.time_ns = time_ns;
	packet.frame = 1;
	return packet;
}

struct step {
	unsigned connection; /* number; 0 for a packet without */
	int64_t at_ms;
	uint8_t steps;
	uint8_t client, server; /* states after the packet */
	uint8_t client_proof, server_proof;
};

#define SEEN SYNFIN_PROOF_SEEN
#define ASSUMED SYNFIN_PROOF_ASSUMED
#define GUESSED SYNFIN_PROOF_UNKNOWN

static struct synfin_observation observe(const struct step *step)
{
	struct synfin_observation observation = { .handshake_ns = -1, .steps = step->steps };
	if (step->connection) {
		struct synfin_connection *connection = &connections[step->connection - 1];
		connection->end[connection->client].state = step->client;
		connection->end[connection->client].proof = step->client_proof;
		connection->end[!connection->client].state = step->server;
		connection->end[!connection->client].proof = step->server_proof;
		if (step->steps & SYNFIN_STEP_HANDSHAKE_3)
			connection->flags |= SYNFIN_CONN_ESTABLISHED;
		observation.connection = connection;
	}
	return observation;
}

/* Packet, up to two events of the packet's connection, packet_end. */
static void show(const struct step *step, int64_t handshake_ns, int first, int second)
{
	struct synfin_packet packet = packet_at(step->at_ms * MS);
	struct synfin_observation observation = observe(step);
	int kinds[] = { first, second };
	observation.handshake_ns = handshake_ns;
	ck_assert_int_eq(sink.packet(sink.self, &packet, &observation), 0);
	for (unsigned i = 0; i < 2; i++) {
		if (kinds[i] < 0 || !sink.event)
			continue;
		struct synfin_event event = { .kind = (uint16_t)kinds[i], .connection = step->connection };
		event.severity = (uint8_t)synfin_event_severity(event.kind);
		ck_assert_int_eq(sink.event(sink.self, &event, observation.connection), 0);
	}
	if (sink.packet_end)
		ck_assert_int_eq(sink.packet_end(sink.self, &packet, &observation), 0);
}

static void expect(const char *text)
{
	output_char(&out, '\0');
	ck_assert_int_eq(out.status, 0);
	ck_assert_str_eq(out.start, text);
	output_truncate(&out, 0);
}

static const struct step syn = { 1, 0, SYNFIN_STEP_HANDSHAKE_1, SYNFIN_SYN_SENT, SYNFIN_SYN_RECEIVED, SEEN, ASSUMED };
static const struct step syn_ack = { 1, 10, SYNFIN_STEP_HANDSHAKE_2, SYNFIN_ESTABLISHED, SYNFIN_SYN_RECEIVED, ASSUMED, SEEN };
static const struct step ack = { 1, 11, SYNFIN_STEP_HANDSHAKE_3, SYNFIN_ESTABLISHED, SYNFIN_ESTABLISHED, SEEN, ASSUMED };

START_TEST(handshake)
{
	begin((struct packets_options){ .line.numeric = 1 });
	show(&syn, -1, -1, -1);
	show(&syn_ack, -1, -1, -1);
	show(&ack, 11269499, SYNFIN_EVENT_HANDSHAKE_COMPLETE, -1);
	expect(LINE " # c1 (1) SYN_SENT/SYN_RECEIVED~\n" LINE " # c1 (2) ESTABLISHED~/SYN_RECEIVED\n" LINE
		    " # c1 (3) ESTABLISHED/ESTABLISHED~ handshake 11.269 ms\n");
}
END_TEST

/* The client is the other index of connection 2: it still comes first. */
START_TEST(client_first)
{
	begin((struct packets_options){ .line.numeric = 1 });
	show(&(struct step){ 2, 0, SYNFIN_STEP_TEARDOWN_1, SYNFIN_FIN_WAIT_1, SYNFIN_CLOSE_WAIT, SEEN, ASSUMED }, -1, -1, -1);
	expect(LINE " # c2 (1) FIN_WAIT_1/CLOSE_WAIT~\n");
}
END_TEST

START_TEST(two_steps_at_once)
{
	begin((struct packets_options){ .line.numeric = 1 });
	show(&(struct step){ 1, 0, SYNFIN_STEP_TEARDOWN_2 | SYNFIN_STEP_TEARDOWN_3, SYNFIN_TIME_WAIT, SYNFIN_LAST_ACK, ASSUMED, SEEN }, -1, -1, -1);
	show(&(struct step){ 1, 0, SYNFIN_STEP_HANDSHAKE_3 | SYNFIN_STEP_TEARDOWN_1, SYNFIN_FIN_WAIT_1, SYNFIN_CLOSE_WAIT, SEEN, ASSUMED }, 5000, -1, -1);
	expect(LINE " # c1 (2+3) TIME_WAIT~/LAST_ACK\n" LINE " # c1 (3) close (1) FIN_WAIT_1/CLOSE_WAIT~ handshake 0.005 ms\n");
}
END_TEST

START_TEST(guessed_and_unknown)
{
	begin((struct packets_options){ .line.numeric = 1 });
	show(&(struct step){ 1, 0, 0, SYNFIN_ESTABLISHED, SYNFIN_UNKNOWN, GUESSED, GUESSED }, -1, SYNFIN_EVENT_MID_STREAM, -1);
	expect(LINE " # c1 ESTABLISHED?/? mid-stream\n");
}
END_TEST

START_TEST(remarks)
{
	begin((struct packets_options){ .line.numeric = 1 });
	show(&(struct step){ 1, 0, 0, SYNFIN_CLOSED, SYNFIN_CLOSED, ASSUMED, SEEN }, -1, SYNFIN_EVENT_RETRANSMISSION, SYNFIN_EVENT_ABORTED);
	show(&(struct step){ 1, 0, 0, SYNFIN_FIN_WAIT_2, SYNFIN_CLOSE_WAIT, SEEN, SEEN }, -1, SYNFIN_EVENT_HALF_CLOSED, -1);
	show(&ack, 2000000, SYNFIN_EVENT_HANDSHAKE_COMPLETE, SYNFIN_EVENT_STATE_CORRECTED);
	expect(LINE " # c1 CLOSED~/CLOSED retransmission, aborted\n" LINE " # c1 FIN_WAIT_2/CLOSE_WAIT\n" LINE
		    " # c1 (3) ESTABLISHED/ESTABLISHED~ handshake 2.000 ms, state corrected\n");
}
END_TEST

START_TEST(counted_remark)
{
	begin((struct packets_options){ .line.numeric = 1 });
	struct synfin_packet packet = packet_at(0);
	struct synfin_observation observation = observe(&(struct step){ 1, 0, 0, SYNFIN_ESTABLISHED, SYNFIN_ESTABLISHED, SEEN, SEEN });
	struct synfin_event event = { .kind = SYNFIN_EVENT_DUPLICATE_ACK, .connection = 1, .number = 3 };
	sink.packet(sink.self, &packet, &observation);
	sink.event(sink.self, &event, &connections[0]);
	sink.packet_end(sink.self, &packet, &observation);
	expect(LINE " # c1 ESTABLISHED/ESTABLISHED duplicate ACK 3\n");
}
END_TEST

/* What happened to another connection is not said on this line, and nothing is carried to the next. */
START_TEST(other_connections_events)
{
	begin((struct packets_options){ .line.numeric = 1 });
	struct synfin_packet packet = packet_at(0);
	struct synfin_observation observation = observe(&ack);
	struct synfin_event event = { .kind = SYNFIN_EVENT_ABORTED, .connection = 7 };
	sink.packet(sink.self, &packet, &observation);
	sink.event(sink.self, &event, &connections[6]);
	sink.packet_end(sink.self, &packet, &observation);
	expect(LINE " # c1 (3) ESTABLISHED/ESTABLISHED~\n");
}
END_TEST

START_TEST(no_connection)
{
	begin((struct packets_options){ .line.numeric = 1, .bracket = true });
	show(&(struct step){ 0 }, -1, -1, -1);
	expect("  " LINE "\n");
}
END_TEST

START_TEST(plain)
{
	begin((struct packets_options){ .line.numeric = 1, .plain = true, .bracket = true, .colour = true });
	ck_assert(!sink.event && !sink.packet_end);
	show(&syn, -1, -1, -1);
	expect(LINE "\n");
}
END_TEST

START_TEST(colours)
{
	begin((struct packets_options){ .line.numeric = 1, .colour = true });
	show(&syn, -1, -1, -1);
	show(&(struct step){ 1, 0, 0, SYNFIN_TIME_WAIT, SYNFIN_CLOSED, SEEN, ASSUMED }, -1, SYNFIN_EVENT_PORT_REUSE, -1);
	connections[0].flags = SYNFIN_CONN_RESET;
	show(&(struct step){ 1, 0, 0, SYNFIN_UNKNOWN, SYNFIN_CLOSED, GUESSED, SEEN }, -1, SYNFIN_EVENT_ABORTED, -1);
	expect(LINE " # c1 (1) \033[33mSYN_SENT\033[0m/\033[33mSYN_RECEIVED~\033[0m\n" LINE
		    " # c1 \033[36mTIME_WAIT\033[0m/\033[90mCLOSED~\033[0m port reused\n" LINE " # c1 ?/\033[31mCLOSED\033[0m \033[31maborted\033[0m\n");
}
END_TEST

/* The gutters of what was shown, one per line: what stands before the line's text. */
static void expect_gutters(const char *text)
{
	char gutters[512] = "";
	size_t used = 0;
	output_char(&out, '\0');
	for (char *line = out.start; *line; line = strchr(line, '\n') + 1) {
		int width = (int)(strstr(line, LINE) - line);
		ck_assert_int_ge(width, 0);
		used += (size_t)snprintf(gutters + used, sizeof gutters - used, "%.*s\n", width, line);
	}
	output_truncate(&out, 0);
	ck_assert_str_eq(gutters, text);
}

/* A step of connection `number`; `over` when both ends are through. */
static void lane(unsigned number, int64_t at_ms, uint8_t steps, bool over)
{
	uint8_t state = over ? SYNFIN_CLOSED : SYNFIN_ESTABLISHED;
	show(&(struct step){ number, at_ms, steps, state, state, SEEN, SEEN }, -1, -1, -1);
}

START_TEST(bracket_of_one)
{
	begin((struct packets_options){ .line.numeric = 1, .bracket = true, .unicode = true });
	lane(1, 0, SYNFIN_STEP_HANDSHAKE_1, false);
	lane(1, 1, SYNFIN_STEP_HANDSHAKE_2, false);
	lane(1, 2, SYNFIN_STEP_HANDSHAKE_3, false);
	lane(1, 3, 0, false);
	lane(1, 4, SYNFIN_STEP_TEARDOWN_1, false);
	lane(1, 5, 0, false);
	lane(1, 6, SYNFIN_STEP_TEARDOWN_2 | SYNFIN_STEP_TEARDOWN_3, false);
	lane(1, 7, SYNFIN_STEP_TEARDOWN_4, true);
	lane(1, 8, SYNFIN_STEP_TEARDOWN_4, true);
	expect_gutters("┌ \n├ \n└ \n  \n┌ \n│ \n├ \n└ \n  \n");
}
END_TEST

START_TEST(bracket_lanes)
{
	begin((struct packets_options){ .line.numeric = 1, .bracket = true, .unicode = true });
	lane(1, 0, SYNFIN_STEP_HANDSHAKE_1, false);
	lane(2, 1, SYNFIN_STEP_HANDSHAKE_1, false);
	lane(1, 2, SYNFIN_STEP_HANDSHAKE_2, false);
	lane(1, 3, SYNFIN_STEP_HANDSHAKE_3, false);
	lane(2, 4, SYNFIN_STEP_HANDSHAKE_2, false);
	lane(3, 5, SYNFIN_STEP_HANDSHAKE_1, false); /* takes the lane that is free again */
	lane(2, 6, SYNFIN_STEP_HANDSHAKE_3, false);
	lane(0, 7, 0, false);
	expect_gutters("┌ \n│┌ \n├│ \n└│ \n ├ \n┌│ \n│└ \n│  \n");
}
END_TEST

START_TEST(bracket_ascii)
{
	begin((struct packets_options){ .line.numeric = 1, .bracket = true });
	lane(1, 0, SYNFIN_STEP_HANDSHAKE_1, false);
	lane(0, 1, 0, false);
	lane(1, 2, SYNFIN_STEP_HANDSHAKE_2, false);
	lane(1, 3, SYNFIN_STEP_HANDSHAKE_3, false);
	expect_gutters("/ \n| \n+ \n\\ \n");
}
END_TEST

/* A reset ends a lane; three silent seconds end it too; the first packet of a handshake already over opens none. */
START_TEST(bracket_abandoned)
{
	begin((struct packets_options){ .line.numeric = 1, .bracket = true });
	lane(1, 0, SYNFIN_STEP_HANDSHAKE_1, false);
	lane(1, 1, 0, true);
	lane(2, 10, SYNFIN_STEP_HANDSHAKE_1, false);
	lane(0, 3010, 0, false);
	lane(0, 3011, 0, false);
	lane(2, 3012, SYNFIN_STEP_HANDSHAKE_1, false);
	lane(0, -9000, 0, false); /* time runs backwards */
	connections[2].flags = SYNFIN_CONN_ESTABLISHED;
	lane(3, -8000, SYNFIN_STEP_HANDSHAKE_2, false);
	expect_gutters("/ \n\\ \n/ \n| \n  \n/ \n| \n| \n");
}
END_TEST

START_TEST(bracket_full)
{
	begin((struct packets_options){ .line.numeric = 1, .bracket = true });
	for (unsigned i = 1; i <= 9; i++)
		lane(i, i, SYNFIN_STEP_HANDSHAKE_1, false);
	expect_gutters("/ \n|/ \n||/ \n|||/ \n||||/ \n|||||/ \n||||||/ \n|||||||/ \n|||||||| \n");
}
END_TEST

/* Further text lines of a packet stand behind the gutter as well; the annotation stays with the summary. */
START_TEST(bracket_and_dump)
{
	begin((struct packets_options){ .line.numeric = 1, .line.hex = 1, .bracket = true });
	lane(1, 0, SYNFIN_STEP_HANDSHAKE_1, false);
	lane(1, 1, SYNFIN_STEP_HANDSHAKE_3, false);
#define DUMP(gutter) \
	gutter "\t0x0000:  4500 0028 0001 4000 4006 0000 0a00 0002\n" gutter "\t0x0010:  c000 0250 cb4c 0050 0000 0001 0000 0001\n" gutter \
	       "\t0x0020:  5010 0100 0000 0000\n"
	expect("/ " LINE " # c1 (1) ESTABLISHED/ESTABLISHED\n" DUMP("| ") "\\ " LINE " # c1 (3) ESTABLISHED/ESTABLISHED\n" DUMP("  "));
}
END_TEST

static int drained;
static int count_drain(void *context, const char *bytes, size_t length)
{
	(void)context, (void)bytes, (void)length;
	drained++;
	return 0;
}

static int broken_drain(void *context, const char *bytes, size_t length)
{
	(void)context, (void)bytes, (void)length;
	return SYNFIN_E_PIPE;
}

START_TEST(flush_and_failure)
{
	output_init(&out, count_drain, NULL, 65536);
	begin((struct packets_options){ .line.numeric = 1 });
	show(&syn, -1, -1, -1);
	ck_assert_int_eq(drained, 0);
	packets_view_destroy(view);
	begin((struct packets_options){ .line.numeric = 1, .flush = true });
	show(&syn, -1, -1, -1);
	show(&syn, -1, -1, -1);
	ck_assert_int_eq(drained, 2);
	out.drain = broken_drain;
	struct synfin_packet packet = packet_at(0);
	struct synfin_observation observation = observe(&syn);
	ck_assert_int_eq(sink.packet(sink.self, &packet, &observation), 0);
	ck_assert_int_eq(sink.packet_end(sink.self, &packet, &observation), SYNFIN_E_PIPE);
}
END_TEST

/* The words that are made in advance are whole. */
START_TEST(words_hold_every_state)
{
	for (unsigned names = 0; names < STATE_NAMES; names++) {
		struct annotation_style style;
		annotation_style_init(&style, names, false);
		for (unsigned state = 0; state < SYNFIN_STATES; state++)
			for (unsigned proof = 0; proof < ANNOTATION_PROOFS; proof++) {
				const struct annotation_word *word = &style.words[state][proof];
				const char *name = state_name(names, state);
				char mark = state_mark(state, proof);
				ck_assert_uint_eq(word->length, strlen(name) + (mark != 0));
				ck_assert_int_eq(memcmp(word->text, name, strlen(name)), 0);
				if (mark)
					ck_assert_int_eq(word->text[word->length - 1], mark);
			}
	}
}
END_TEST

static Suite *the_suite(void)
{
	Suite *suite = suite_create("packets_view");
	TCase *tests = tcase_create("packets_view");
	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, handshake);
	tcase_add_test(tests, client_first);
	tcase_add_test(tests, two_steps_at_once);
	tcase_add_test(tests, guessed_and_unknown);
	tcase_add_test(tests, remarks);
	tcase_add_test(tests, counted_remark);
	tcase_add_test(tests, other_connections_events);
	tcase_add_test(tests, no_connection);
	tcase_add_test(tests, plain);
	tcase_add_test(tests, colours);
	tcase_add_test(tests, bracket_of_one);
	tcase_add_test(tests, bracket_lanes);
	tcase_add_test(tests, bracket_ascii);
	tcase_add_test(tests, bracket_abandoned);
	tcase_add_test(tests, bracket_full);
	tcase_add_test(tests, bracket_and_dump);
	tcase_add_test(tests, flush_and_failure);
	tcase_add_test(tests, words_hold_every_state);
	suite_add_tcase(suite, tests);
	return suite;
}

int main(void)
{
	return suite_main(the_suite());
}
