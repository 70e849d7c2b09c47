/* SPDX-License-Identifier: BSD-3-Clause */
/* Packet records of what no capture file shows at will: no connection, and events of other connections. */
#include <string.h>

#include "decode/decode.h"
#include "suite.h"
#include "views/json_packets.h"

static struct output out;
static struct json_packets_view *view;
static struct synfin_sink sink;

static void setup(void)
{
	output_init(&out, NULL, NULL, 0);
}

static void begin(struct json_packets_options options)
{
	options.line.time = LINE_TIME_NONE;
	options.line.numeric = 1;
	ck_assert_int_eq(json_packets_create(&view, &options, &out, NULL), 0);
	sink = json_packets_sink(view);
}

static void teardown(void)
{
	json_packets_destroy(view);
	view = NULL;
	output_free(&out);
}

/* A segment whose checksum is 0, which is wrong. */
static const uint8_t frame[40] = {
	0x45, 0, 0, 40, 0, 1, 0x40, 0, 64, 6, 0, 0, 10, 0, 0, 2, 192, 0, 2, 80,
	0xcb, 0x4c, 0, 80, 0, 0, 0, 1, 0, 0, 0, 1, 0x50, 0x10, 1, 0, 0, 0, 0, 0,
};

static void show(const struct synfin_observation *observation, const struct synfin_event *events, unsigned count)
{
	struct synfin_packet packet = { .frame = 3, .time_ns = -1 };
	decode_frame(&packet, SYNFIN_LINK_RAW, frame, sizeof frame, sizeof frame);
	ck_assert_int_eq(sink.packet(sink.self, &packet, observation), 0);
	for (unsigned i = 0; i < count; i++)
		ck_assert_int_eq(sink.event(sink.self, &events[i], observation->connection), 0);
	ck_assert_int_eq(sink.packet_end(sink.self, &packet, observation), 0);
	output_char(&out, '\0');
	ck_assert_int_eq(out.status, 0);
}

/* There was no memory for it: the packet's own numbers are there, and nothing is made up. */
START_TEST(no_connection)
{
	begin((struct json_packets_options){ .line.no_checksums = true });
	show(&(struct synfin_observation){ .handshake_ns = -1 }, NULL, 0);
	ck_assert_str_eq(out.start,
		"{\"v\":1,\"type\":\"packet\",\"frame\":3,\"ts\":\"1969-12-31T23:59:59.999999999Z\",\"conn\":null,\"uid\":null,\"from\":null,"
		"\"src\":{\"ip\":\"10.0.0.2\",\"name\":null,\"port\":52044},\"dst\":{\"ip\":\"192.0.2.80\",\"name\":null,\"port\":80},\"flags\":\".\",\"seq\":1,\"ack\":1,"
		"\"rel_seq\":null,\"rel_ack\":null,\"win\":256,\"win_scaled\":null,\"len\":0,\"client\":null,\"server\":null,\"steps\":[],"
		"\"verdicts\":[],\"line\":\"IP 10.0.0.2.52044 > 192.0.2.80.80: Flags [.], ack 1, win 256, length 0\",\"interface\":0,"
		"\"length\":40,\"captured\":40,\"vlan\":null,\"tunnel\":null}\n");
}
END_TEST

/* Only verdicts, only of this packet's connection, and what the checksum says. */
START_TEST(verdicts)
{
	struct synfin_connection connection = { .id = 4, .ip_version = 4 };
	struct synfin_observation observation = { .connection = &connection, .handshake_ns = -1, .steps = 127 };
	struct synfin_event events[] = {
		{ .kind = SYNFIN_EVENT_RETRANSMISSION, .connection = 4 },
		{ .kind = SYNFIN_EVENT_HALF_CLOSED, .connection = 4 },
		{ .kind = SYNFIN_EVENT_ZERO_WINDOW, .connection = 5 },
		{ .kind = SYNFIN_EVENT_DUPLICATE_ACK, .connection = 4 },
	};
	begin((struct json_packets_options){ .flush = true });
	show(&observation, events, 4);
	ck_assert_ptr_nonnull(strstr(out.start, ",\"steps\":[\"handshake/1\",\"handshake/2\",\"handshake/3\",\"teardown/1\",\"teardown/2\","
		"\"teardown/3\",\"teardown/4\"],\"verdicts\":[\"retransmission\",\"duplicate_ack\",\"bad_checksum\"],"));
	/* Nothing is carried to the next packet. */
	output_truncate(&out, 0);
	show(&observation, NULL, 0);
	ck_assert_ptr_nonnull(strstr(out.start, ",\"verdicts\":[\"bad_checksum\"],"));
}
END_TEST

static Suite *the_suite(void)
{
	Suite *suite = suite_create("json_packets");
	TCase *tests = tcase_create("json_packets");
	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, no_connection);
	tcase_add_test(tests, verdicts);
	suite_add_tcase(suite, tests);
	return suite;
}

int main(void)
{
	return suite_main(the_suite());
}
