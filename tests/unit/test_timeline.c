/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The timeline alone: packets that no tracker saw, with observations made up here, and the exact rows they must give. What it makes of
 * whole captures is in tests/golden.
 */
#include <stdio.h>
#include <string.h>

#include <synfin/sink.h>

#include "suite.h"
#include "views/cells.h"
#include "views/text.h"
#include "views/timeline.h"

#define MS INT64_C(1000000)
#define A SYNFIN_TCP_ACK
#define S SYNFIN_TCP_SYN
#define F SYNFIN_TCP_FIN
#define R SYNFIN_TCP_RST

static struct output out;
static struct timeline *view;
static struct synfin_sink sink;
static struct synfin_connection connections[3];
static uint64_t frames;
/* Of the packets that are sent, unless both are 0. */
static struct {
	uint32_t value, echo;
} timestamps;

static void begin(struct timeline_options options)
{
	options.width = options.width ? options.width : 66;
	ck_assert_int_eq(timeline_create(&view, &options, &out, NULL), 0);
	sink = timeline_sink(view);
	frames = 0;
	for (unsigned i = 0; i < 3; i++) {
		connections[i] = (struct synfin_connection){ .id = i + 1, .ip_version = 4, .vlan = UINT32_MAX, .port = { (uint16_t)(1000 + i), 80 } };
		connections[i].syn_rtt_ns = connections[i].ack_rtt_ns = UINT32_MAX;
		for (unsigned end = 0; end < 2; end++)
			connections[i].end[end] = (struct synfin_endpoint){ .state = SYNFIN_ESTABLISHED, .proof = SYNFIN_PROOF_SEEN,
				.flags = SYNFIN_END_BASE | SYNFIN_END_SEEN, .next = 1 };
	}
}

static void setup(void)
{
	output_init(&out, NULL, NULL, 0);
}

static void teardown(void)
{
	timeline_destroy(view);
	view = NULL;
	output_free(&out);
	views_text_use(NULL, NULL);
	memset(&timestamps, 0, sizeof timestamps);
}

struct step {
	unsigned connection; /* index */
	unsigned from;
	int64_t at_ms;
	unsigned flags;
	uint32_t seq, ack, payload;
	uint8_t steps;
	int event;           /* kind, or 0 for none */
};

static void send_bytes(struct step step, const char *bytes, int64_t handshake_ns)
{
	struct synfin_connection *connection = &connections[step.connection];
	struct synfin_packet packet = { .time_ns = step.at_ms * MS, .fraction = (uint32_t)step.at_ms * 1000, .frame = ++frames, .has_tcp = true };
	struct synfin_observation observation = { .connection = connection, .from = (uint8_t)step.from, .steps = step.steps, .handshake_ns = handshake_ns };

	packet.tcp = (struct synfin_tcp){ .seq = step.seq, .ack = step.ack, .flags = (uint16_t)step.flags, .payload = step.payload };
	if (bytes) {
		packet.bytes = (const uint8_t *)bytes;
		packet.captured = packet.tcp.payload = packet.tcp.payload_captured = (uint32_t)strlen(bytes);
	}
	if (timestamps.value || timestamps.echo) {
		packet.tcp.options = SYNFIN_TCPOPT_TIMESTAMPS;
		packet.tcp.timestamp_value = timestamps.value;
		packet.tcp.timestamp_echo = timestamps.echo;
	}
	connection->steps |= step.steps;
	connection->last_ns = packet.time_ns;
	if (frames == 1)
		connection->first_ns = packet.time_ns;
	ck_assert_int_eq(sink.packet(sink.self, &packet, &observation), 0);
	if (step.event) {
		struct synfin_event event = { .kind = (uint16_t)step.event, .connection = connection->id, .from = (uint8_t)step.from };
		event.severity = (uint8_t)synfin_event_severity(event.kind);
		ck_assert_int_eq(sink.event(sink.self, &event, connection), 0);
	}
	ck_assert_int_eq(sink.packet_end(sink.self, &packet, &observation), 0);
}

static void send_step(struct step step)
{
	send_bytes(step, NULL, -1);
}

static void states(unsigned connection, unsigned client, unsigned client_proof, unsigned server, unsigned server_proof)
{
	struct synfin_endpoint *end = connections[connection].end;
	end[0].state = client & 15;
	end[0].proof = client_proof & 15;
	end[1].state = server & 15;
	end[1].proof = server_proof & 15;
}

static void expect(const char *text)
{
	output_char(&out, '\0');
	ck_assert_int_eq(out.status, 0);
	ck_assert_str_eq(out.start, text);
	output_truncate(&out, 0);
}

/* Past the title, the headings and what else was printed so far. */
static void skip(void)
{
	output_truncate(&out, 0);
}

#define SEEN SYNFIN_PROOF_SEEN
#define ASSUMED SYNFIN_PROOF_ASSUMED
#define TITLE "c1  client 0.0.0.0:1000 <-> server 0.0.0.0:80    00:00:00.000000\n"
#define TITLE_2 "c2  client 0.0.0.0:1001 <-> server 0.0.0.0:80    00:00:00."
#define HEADINGS "delta ms        CLIENT                              SERVER\n"

static void open_first(void)
{
	connections[0].steps = 0;
	states(0, SYNFIN_SYN_SENT, SEEN, SYNFIN_SYN_RECEIVED, ASSUMED);
	send_step((struct step){ 0, 0, 0, S, 0, 0, 0, SYNFIN_STEP_HANDSHAKE_1, 0 });
	states(0, SYNFIN_ESTABLISHED, ASSUMED, SYNFIN_SYN_RECEIVED, SEEN);
	send_step((struct step){ 0, 1, 10, S | A, 0, 1, 0, SYNFIN_STEP_HANDSHAKE_2, 0 });
	states(0, SYNFIN_ESTABLISHED, SEEN, SYNFIN_ESTABLISHED, ASSUMED);
	connections[0].flags |= SYNFIN_CONN_ESTABLISHED;
	connections[0].syn_rtt_ns = 10 * MS;
	connections[0].ack_rtt_ns = 0;
	send_bytes((struct step){ 0, 0, 10, A, 1, 1, 0, SYNFIN_STEP_HANDSHAKE_3, SYNFIN_EVENT_HANDSHAKE_COMPLETE }, NULL, 10 * MS);
}

/* R2: which of two SYNs the SYN-ACK answers only a timestamp tells. */
static const struct {
	uint32_t first, second, echo;
	const char *note;
} repeated_syns[] = {
	{ 100, 1100, 1100, "ISN  proves 2\n" },
	{ 100, 1100, 100, "ISN\n" },
	{ 0, 0, 0, "ISN\n" },
	{ 100, 0, 100, "ISN\n" },
};

START_TEST(proves_what_arrived)
{
	begin((struct timeline_options){ .width = 120 });
	states(0, SYNFIN_SYN_SENT, SEEN, SYNFIN_SYN_RECEIVED, ASSUMED);
	timestamps.value = repeated_syns[_i].first;
	send_step((struct step){ .flags = S, .steps = SYNFIN_STEP_HANDSHAKE_1 });
	timestamps.value = repeated_syns[_i].second;
	send_step((struct step){ .at_ms = 1000, .flags = S, .steps = SYNFIN_STEP_HANDSHAKE_1, .event = SYNFIN_EVENT_RETRANSMISSION });
	skip();
	states(0, SYNFIN_ESTABLISHED, ASSUMED, SYNFIN_SYN_RECEIVED, SEEN);
	timestamps.echo = repeated_syns[_i].echo;
	send_step((struct step){ .from = 1, .at_ms = 1010, .flags = S | A, .ack = 1, .steps = SYNFIN_STEP_HANDSHAKE_2 });
	output_char(&out, '\0');
	ck_assert_ptr_nonnull(strstr(out.start, repeated_syns[_i].note));
}
END_TEST

/* The kind stands, in fewer words if need be; a verdict takes no room from it. */
START_TEST(kind_always_stands)
{
	begin((struct timeline_options){ .width = 60 });
	states(0, SYNFIN_ESTABLISHED, ASSUMED, SYNFIN_SYN_RECEIVED, SEEN);
	connections[0].steps = SYNFIN_STEP_HANDSHAKE_1;
	send_step((struct step){ 0, 1, 0, S | A, 0, 1, 0, SYNFIN_STEP_HANDSHAKE_2, SYNFIN_EVENT_SPURIOUS_RETRANSMISSION });
	output_char(&out, '\0');
	ck_assert_ptr_nonnull(strstr(out.start, "|<-(2) ! SYN+ACK-----|"));
	timeline_destroy(view);
	output_truncate(&out, 0);
	begin((struct timeline_options){ .width = 66 });
	states(0, SYNFIN_ESTABLISHED, ASSUMED, SYNFIN_SYN_RECEIVED, SEEN);
	connections[0].steps = SYNFIN_STEP_HANDSHAKE_1;
	send_step((struct step){ 0, 1, 0, S | A, 0, 1, 0, SYNFIN_STEP_HANDSHAKE_2, SYNFIN_EVENT_SPURIOUS_RETRANSMISSION });
	output_char(&out, '\0');
	ck_assert_ptr_nonnull(strstr(out.start, "|<-(2) ! RETRANS SYN+ACK---|"));
}
END_TEST

/* A SYN with its ISN again is another try, but not if it is a FIN as well. */
START_TEST(only_a_syn_is_tried_again)
{
	begin((struct timeline_options){ .width = 80 });
	connections[0].syn_tries = 2;
	connections[0].steps = SYNFIN_STEP_HANDSHAKE_1;
	send_step((struct step){ 0, 0, 0, S, 0, 0, 0, SYNFIN_STEP_HANDSHAKE_1, SYNFIN_EVENT_RETRANSMISSION });
	output_char(&out, '\0');
	ck_assert_msg(strstr(out.start, "(1) ! SYN again (try 2)-"), "%s", out.start);
	skip();
	send_step((struct step){ 0, 0, 1, S | F, 0, 0, 0, SYNFIN_STEP_HANDSHAKE_1, SYNFIN_EVENT_RETRANSMISSION });
	output_char(&out, '\0');
	ck_assert_msg(!strstr(out.start, "try") && strstr(out.start, "SYN+FIN"), "%s", out.start);
}
END_TEST

/* From the next row on, below headings of its own; the same width changes nothing. */
START_TEST(another_width)
{
	begin((struct timeline_options){ 0 });
	open_first();
	skip();
	timeline_resize(view, 66);
	states(0, SYNFIN_ESTABLISHED, SEEN, SYNFIN_ESTABLISHED, ASSUMED);
	send_step((struct step){ 0, 0, 20, A, 1, 1, 0, 0, 0 });
	expect(" +10.000               |-ACK ack 1--------------->|\n");
	timeline_resize(view, 1);
	send_step((struct step){ 0, 0, 30, A, 1, 1, 0, 0, 0 });
	expect("delta ms        CLIENT                        SERVER\n"
	       " +10.000               |-ACK ack 1--------->|\n");
}
END_TEST

START_TEST(handshake)
{
	begin((struct timeline_options){ .names = STATE_NAMES_SS });
	open_first();
	expect(TITLE HEADINGS
	       "       0        UNCONN |                          | LISTEN~\n"
	       "+- HANDSHAKE ----------------------------------------------------\n"
	       "       0      SYN-SENT |-(1) SYN seq 0----------->| SYN-RECV~\n"
	       " +10.000        ESTAB~ |<-(2) SYN+ACK seq 0 ack 1-| SYN-RECV\n"
	       "  +0.000         ESTAB |-(3) ACK ack 1----------->| ESTAB~\n"
	       "+- 3 packets, 10.000 ms, captured near the client ---------------\n");
}
END_TEST

/* The capture's place follows from the two halves of the RTT. */
START_TEST(near_the_server)
{
	begin((struct timeline_options){ 0 });
	open_first();
	skip();
	connections[0].id = 4;
	connections[0].flags = 0;
	connections[0].steps = 0;
	send_step((struct step){ 0, 0, 20, S, 0, 0, 0, SYNFIN_STEP_HANDSHAKE_1, 0 });
	connections[0].syn_rtt_ns = 0;
	connections[0].ack_rtt_ns = 10 * MS;
	connections[0].flags = SYNFIN_CONN_ESTABLISHED;
	send_step((struct step){ 0, 0, 20, A, 0, 0, 0, SYNFIN_STEP_HANDSHAKE_3, 0 });
	output_char(&out, '\0');
	ck_assert_ptr_nonnull(strstr(out.start, "captured near the server"));
}
END_TEST

START_TEST(close_and_timer)
{
	begin((struct timeline_options){ .time_wait_s = 7 });
	open_first();
	skip();
	states(0, SYNFIN_FIN_WAIT_1, SEEN, SYNFIN_CLOSE_WAIT, ASSUMED);
	send_step((struct step){ 0, 0, 20, F | A, 1, 1, 0, SYNFIN_STEP_TEARDOWN_1, 0 });
	states(0, SYNFIN_TIME_WAIT, ASSUMED, SYNFIN_LAST_ACK, SEEN);
	send_step((struct step){ 0, 1, 30, F | A, 1, 2, 0, SYNFIN_STEP_TEARDOWN_2 | SYNFIN_STEP_TEARDOWN_3, 0 });
	states(0, SYNFIN_TIME_WAIT, SEEN, SYNFIN_CLOSED, ASSUMED);
	send_step((struct step){ 0, 0, 31, A, 2, 2, 0, SYNFIN_STEP_TEARDOWN_4, 0 });
	ck_assert_int_eq(sink.connection_closed(sink.self, &connections[0]), 0);
	ck_assert_int_eq(sink.end(sink.self), 0);
	expect("+- TEARDOWN  active close: client -------------------------------\n"
	       " +10.000    FIN_WAIT_1 |-(1) FIN+ACK seq 1 ack 1->| CLOSE_WAIT~\n"
	       " +10.000    TIME_WAIT~ |<-(2+3) FIN+ACK seq 1-----| LAST_ACK\n"
	       "  +1.000     TIME_WAIT |-(4) ACK ack 2----------->| CLOSED~\n"
	       "+- 3 packets, 11.000 ms -----------------------------------------\n"
	       "   +7 s*        CLOSED |                          |\n"
	       "\n"
	       " ~ not yet proven by a later packet\n"
	       " * assumed timer, no packet shows it\n");
}
END_TEST

/* A new connection in its place: TIME_WAIT did not last. */
START_TEST(no_timer_for_what_was_replaced)
{
	begin((struct timeline_options){ 0 });
	open_first();
	states(0, SYNFIN_TIME_WAIT, SEEN, SYNFIN_CLOSED, ASSUMED);
	send_step((struct step){ 0, 0, 31, A, 2, 2, 0, 0, 0 });
	skip();
	ck_assert_int_eq(sink.connection_closed(sink.self, &connections[0]), 0);
	send_step((struct step){ 1, 0, 40, A, 1, 1, 0, 0, 0 });
	expect("\n" TITLE_2 "040000\n" HEADINGS
	       "       0   ESTABLISHED |-ACK ack 1--------------->| ESTABLISHED\n");
}
END_TEST

START_TEST(two_at_a_time_have_names)
{
	begin((struct timeline_options){ 0 });
	send_step((struct step){ 0, 0, 0, A, 1, 1, 5, 0, 0 });
	send_step((struct step){ 1, 1, 1, A, 1, 1, 5, 0, 0 });
	send_step((struct step){ 0, 1, 2, A, 1, 6, 0, 0, 0 });
	expect(TITLE HEADINGS
	       "       0   ESTABLISHED |-DATA seq 1:6 (5 B)------>| ESTABLISHED\n"
	       TITLE_2 "001000\n"
	       "    delta ms        CLIENT                          SERVER\n"
	       "c2         0   ESTABLISHED |<-DATA seq 1:6 (5 B)--| ESTABLISHED\n"
	       "c1    +2.000   ESTABLISHED |<-ACK ack 6-----------| ESTABLISHED\n");
}
END_TEST

static void run_of(unsigned packets)
{
	for (unsigned i = 0; i < packets; i++)
		send_step((struct step){ 0, 0, i, A, 1 + 1000 * i, 1, 1000, 0, 0 });
}

START_TEST(long_runs_collapse)
{
	begin((struct timeline_options){ 0 });
	run_of(10);
	skip();
	send_step((struct step){ 0, 0, 20, A, 10001, 1, 1000, 0, SYNFIN_EVENT_RETRANSMISSION });
	expect("  +5.000               |  ... 5 packets >5.0k B   |\n"
	       " +11.000               |-! RETRANS DATA (1000 B)->|\n");
}
END_TEST

/* A number that is cut would be another one: words go first. */
START_TEST(runs_are_summed_up_in_whole_numbers)
{
	static const char *const rows[] = { "|  ... 14 >7.0k <7.7k      |", "|  >7.0k <7.7k   |", "|  ... 14 packets >7.0k B <7.7k B             |" };
	static const unsigned widths[] = { 66, 60, 85 };

	begin((struct timeline_options){ .width = widths[_i] });
	for (unsigned i = 0; i < 19; i++)
		send_step((struct step){ 0, i % 2, i, A, 1 + 1000 * i, 1, i % 2 ? 1100 : 1000, 0, 0 });
	/* The names of two that are active take room. */
	if (_i == 1)
		send_step((struct step){ 1, 0, 19, A, 1, 1, 0, 0, 0 });
	for (unsigned pause = 0; pause < 2; pause++)
		ck_assert_int_eq(timeline_pause(view), 0);
	output_char(&out, '\0');
	ck_assert_msg(strstr(out.start, rows[_i]), "%s", out.start);
}
END_TEST

/* Who sends nothing but acknowledgments is not named. */
START_TEST(runs_without_data)
{
	begin((struct timeline_options){ 0 });
	for (unsigned i = 0; i < 10; i++)
		send_step((struct step){ 0, i % 2, i, A, 1, 1, 0, 0, 0 });
	ck_assert_int_eq(timeline_pause(view), 0);
	skip();
	ck_assert_int_eq(timeline_pause(view), 0);
	expect("  +5.000               |  ... 5 packets           |\n");
}
END_TEST

/* What would be the only one held back is no shorter said in words. */
START_TEST(one_packet_is_no_run)
{
	begin((struct timeline_options){ 0 });
	run_of(6);
	skip();
	send_step((struct step){ 0, 0, 20, A, 1, 1, 0, 0, SYNFIN_EVENT_DUPLICATE_ACK });
	expect("  +1.000               |-DATA seq 5001:6001------>|\n"
	       " +15.000               |-ACK (duplicate) ack 1--->|\n");
}
END_TEST

START_TEST(all_packets)
{
	begin((struct timeline_options){ .all_packets = true });
	run_of(10);
	output_char(&out, '\0');
	ck_assert_ptr_nonnull(strstr(out.start, "seq 9001:10001"));
}
END_TEST

/* Only when nothing came since the pause before. */
START_TEST(pause_shows_what_is_held)
{
	begin((struct timeline_options){ 0 });
	run_of(10);
	skip();
	ck_assert_int_eq(timeline_pause(view), 0);
	ck_assert_uint_eq(output_length(&out), 0);
	ck_assert_int_eq(timeline_pause(view), 0);
	ck_assert_uint_gt(output_length(&out), 0);
	skip();
	ck_assert_int_eq(timeline_pause(view), 0);
	ck_assert_uint_eq(output_length(&out), 0);
}
END_TEST

START_TEST(selected_rows)
{
	struct timeline_options options = { .selection = { .parts = SELECTION_PROBLEM } };
	begin(options);
	run_of(3);
	ck_assert_uint_eq(output_length(&out), 0);
	send_step((struct step){ 0, 0, 20, A, 1, 1, 0, SYNFIN_STEP_TEARDOWN_1, SYNFIN_EVENT_RETRANSMISSION });
	expect("c1  client 0.0.0.0:1000 <-> server 0.0.0.0:80    00:00:00.020000\n" HEADINGS
	       "       0   ESTABLISHED |-(1) ! RETRANS ACK ack 1->| ESTABLISHED\n");
}
END_TEST

/* Connections whose numbers are as far apart as there are lanes share one: who is pushed out is introduced again. */
START_TEST(lanes_are_bounded)
{
	begin((struct timeline_options){ 0 });
	send_step((struct step){ 0, 0, 0, A, 1, 1, 0, 0, 0 });
	connections[1].id = 1 + 65536;
	send_step((struct step){ 1, 0, 1, A, 1, 1, 0, 0, 0 });
	skip();
	send_step((struct step){ 0, 0, 2, A, 1, 1, 0, 0, 0 });
	output_char(&out, '\0');
	ck_assert_ptr_nonnull(strstr(out.start, "c1  client 0.0.0.0:1000 <-> server 0.0.0.0:80    00:00:00.002000"));
}
END_TEST

START_TEST(payload_is_escaped)
{
	begin((struct timeline_options){ .width = 130 });
	send_bytes((struct step){ 0, 0, 0, A, 1, 1, 0, 0, 0 }, "GET \\ \xe2\x80\xae\r\nHost", -1);
	output_char(&out, '\0');
	ck_assert_ptr_nonnull(strstr(out.start, "GET \\\\ \\xe2\\x"));
	skip();
	/* What is no text is left out. */
	static const char *const binary[] = { "\033[2J", "\xb5/d2J\n", "2J\xc3(\n", "2J\x7f" };
	for (unsigned i = 0; i < sizeof binary / sizeof *binary; i++) {
		send_bytes((struct step){ 0, 0, 0, A, 1, 1, 0, 0, 0 }, binary[i], -1);
		output_char(&out, '\0');
		ck_assert_msg(!strstr(out.start, "2J"), "%s", out.start);
		skip();
	}
	/* A character that ends behind what is looked at is none to be shown, but takes nothing from the others. */
	timeline_destroy(view);
	begin((struct timeline_options){ .width = 300 });
	send_bytes((struct step){ 0, 0, 0, A, 1, 1, 0, 0, 0 }, "012345678901234567890123456789012345678901234567890123456789012\xe3\x81\x82", -1);
	output_char(&out, '\0');
	ck_assert_msg(strstr(out.start, "89012\n"), "%s", out.start);
}
END_TEST

/* A scale that nobody knows makes nothing of 0; of anything else it does. */
START_TEST(window_of_nothing_is_known)
{
	begin((struct timeline_options){ .width = 120 });
	send_step((struct step){ .flags = R, .from = 1 });
	output_char(&out, '\0');
	ck_assert_msg(!strstr(out.start, "0?"), "%s", out.start);
	skip();
	ck_assert_int_eq(sink.end(sink.self), 0);
	output_char(&out, '\0');
	ck_assert_msg(!strchr(out.start, '?'), "%s", out.start);
}
END_TEST

/* Where boxes are drawn in ASCII the terminal's character set may be any. */
START_TEST(payload_is_in_the_terminals_characters)
{
	begin((struct timeline_options){ .width = 130, .unicode = _i });
	send_bytes((struct step){ 0, 0, 0, A, 1, 1, 0, 0, 0 }, "caf\xc4\x9b", -1);
	output_char(&out, '\0');
	ck_assert_ptr_nonnull(strstr(out.start, _i ? "caf\xc4\x9b" : "caf\\xc4\\x9b"));
}
END_TEST

static const char *japanese(void *context, const char *english)
{
	static const char *const words[][2] = {
		{ "ACK", "ACK 確認応答" }, { "DATA", "データ" }, { "(%s B)", "%sバイト" }, { "RETRANS", "再送" }, { "client", "クライアント" },
		{ "CLIENT", "アクティブ側の名前" }, { "delta ms", "間隔(ms)" }, { "half-close: %s may still send", "ハーフクローズ: %sは送信できる" },
		{ "TEARDOWN  active close: %s", "クローズ処理: アクティブ・クローズ (%s)" },
	};
	(void)context;
	for (unsigned i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(words[i][0], english) == 0)
			return words[i][1];
	return NULL;
}

/* Every upright stands in the same cells, and no line is wider than the terminal. */
START_TEST(wide_characters_line_up)
{
	begin((struct timeline_options){ .width = 80 });
	views_text_use(japanese, NULL);
	send_step((struct step){ 0, 0, 0, A, 1, 1, 0, 0, 0 });
	send_step((struct step){ 0, 1, 0, A, 1, 1, 40, 0, SYNFIN_EVENT_RETRANSMISSION });
	send_step((struct step){ 0, 0, 0, F | A, 1, 1, 0, SYNFIN_STEP_TEARDOWN_1, 0 });
	send_step((struct step){ 0, 1, 0, A, 1, 1, 0, SYNFIN_STEP_TEARDOWN_2, 0 });
	output_char(&out, '\0');
	unsigned uprights = 0;
	for (char *line = out.start; *line;) {
		size_t length = strcspn(line, "\n");
		const char *bar = memchr(line, '|', length);
		ck_assert_uint_le(cells_width(line, length), 79);
		if (bar) {
			uprights++;
			ck_assert_uint_eq(cells_width(line, (size_t)(bar - line)), 23);
			ck_assert_int_eq(line[cells_fit(line, length, 64)], '|');
		}
		line += length + 1;
	}
	ck_assert_uint_eq(uprights, 5);
	ck_assert_ptr_nonnull(strstr(out.start, "! 再送 データ seq 1:41"));
}
END_TEST

static Suite *timeline_suite(void)
{
	Suite *suite = suite_create("timeline");
	TCase *tests = tcase_create("timeline");
	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, handshake);
	tcase_add_loop_test(tests, proves_what_arrived, 0, sizeof repeated_syns / sizeof *repeated_syns);
	tcase_add_test(tests, kind_always_stands);
	tcase_add_test(tests, only_a_syn_is_tried_again);
	tcase_add_test(tests, another_width);
	tcase_add_test(tests, near_the_server);
	tcase_add_test(tests, close_and_timer);
	tcase_add_test(tests, no_timer_for_what_was_replaced);
	tcase_add_test(tests, two_at_a_time_have_names);
	tcase_add_test(tests, long_runs_collapse);
	tcase_add_loop_test(tests, runs_are_summed_up_in_whole_numbers, 0, 3);
	tcase_add_test(tests, runs_without_data);
	tcase_add_test(tests, one_packet_is_no_run);
	tcase_add_test(tests, all_packets);
	tcase_add_test(tests, pause_shows_what_is_held);
	tcase_add_test(tests, selected_rows);
	tcase_add_test(tests, lanes_are_bounded);
	tcase_add_test(tests, payload_is_escaped);
	tcase_add_test(tests, window_of_nothing_is_known);
	tcase_add_loop_test(tests, payload_is_in_the_terminals_characters, 0, 2);
	tcase_add_test(tests, wide_characters_line_up);
	suite_add_tcase(suite, tests);
	return suite;
}

int main(void)
{
	/* Titles have the time of day. */
	setenv("TZ", "UTC", 1);
	return suite_main(timeline_suite());
}
