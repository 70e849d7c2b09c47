/* SPDX-License-Identifier: BSD-3-Clause */
/* The engine: what the sinks hear, in which order, and what their failures do. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <synfin/engine.h>

#include "suite.h"

/* What a recording sink heard, as words. */
struct record {
	char text[1024];
	int fail_at_packet; /* return SYNFIN_E_IO at that packet */
	int packets;
};

static void note(struct record *record, const char *word, unsigned long long number)
{
	size_t length = strlen(record->text);
	snprintf(record->text + length, sizeof(record->text) - length, "%s%s%llu", length ? " " : "", word, number);
}

static int on_begin(void *self)
{
	note(self, "begin", 0);
	return 0;
}

static int on_packet(void *self, const struct synfin_packet *packet, const struct synfin_observation *observation)
{
	struct record *record = self;
	note(record, "packet", packet->frame);
	if (observation->connection)
		note(record, "c", observation->connection->id);
	return ++record->packets == record->fail_at_packet ? SYNFIN_E_IO : 0;
}

static int on_event(void *self, const struct synfin_event *event, const struct synfin_connection *connection)
{
	ck_assert_uint_eq(event->connection, connection->id);
	note(self, synfin_event_name(event->kind), event->frame);
	return 0;
}

static int on_packet_end(void *self, const struct synfin_packet *packet, const struct synfin_observation *observation)
{
	(void)observation;
	note(self, "end_of", packet->frame);
	return 0;
}

static int on_closed(void *self, const struct synfin_connection *connection)
{
	note(self, "closed", connection->id);
	return 0;
}

static int on_end(void *self)
{
	note(self, "end", 0);
	return 0;
}

static struct synfin_sink recorder(struct record *record)
{
	return (struct synfin_sink){ record, on_begin, on_packet, on_event, on_packet_end, on_closed, on_end };
}

/* An IPv4 segment without link header, from host `from` to the other of 1 and 2; host 1 has that port, host 2 port 80. */
static struct synfin_frame segment(uint8_t *bytes, uint8_t from, uint8_t port, uint8_t flags, uint32_t seq, uint32_t ack)
{
	static const uint8_t header[40] = { 0x45, 0, 0, 40, 0, 1, 0, 0, 64, 6, 0, 0, 10, 0, 0, 0, 10, 0, 0, 0, [32] = 0x50, [34] = 0x10 };
	memcpy(bytes, header, sizeof(header));
	bytes[15] = from;
	bytes[19] = (uint8_t)(3 - from);
	bytes[21] = from == 1 ? port : 80;
	bytes[23] = from == 1 ? 80 : port;
	for (int i = 0; i < 4; i++) {
		bytes[24 + i] = (uint8_t)(seq >> (24 - 8 * i));
		bytes[28 + i] = (uint8_t)(ack >> (24 - 8 * i));
	}
	bytes[33] = flags;
	return (struct synfin_frame){ .bytes = bytes, .captured = 40, .length = 40, .link_type = SYNFIN_LINK_RAW };
}

static int feed(struct synfin_engine *engine, uint8_t from, uint8_t flags, uint32_t seq, uint32_t ack)
{
	uint8_t bytes[40];
	struct synfin_frame frame = segment(bytes, from, 200, flags, seq, ack);
	return synfin_engine_feed(engine, &frame);
}

START_TEST(order_of_calls)
{
	struct record record = { .text = "" };
	struct synfin_sink sink = recorder(&record);
	struct synfin_engine *engine;

	ck_assert_int_eq(synfin_engine_create(&engine, NULL, NULL), 0);
	ck_assert_int_eq(synfin_engine_add_sink(engine, &sink), 0);
	ck_assert_int_eq(feed(engine, 1, SYNFIN_TCP_SYN, 9, 0), 0);
	ck_assert_int_eq(feed(engine, 2, SYNFIN_TCP_RST | SYNFIN_TCP_ACK, 0, 10), 0);
	ck_assert_int_eq(feed(engine, 1, SYNFIN_TCP_SYN, 77, 0), 0);
	ck_assert_int_eq(synfin_engine_finish(engine), 0);
	ck_assert_str_eq(record.text, "begin0 packet1 c1 end_of1 packet2 c1 refused2 end_of2 closed1 packet3 c2 port_reuse3 end_of3 no_answer0 closed2 end0");
	struct synfin_engine_statistics statistics;
	synfin_engine_statistics(engine, &statistics);
	ck_assert_uint_eq(statistics.frames, 3);
	ck_assert_uint_eq(statistics.tcp_segments, 3);
	ck_assert_uint_eq(statistics.connections, 2);
	ck_assert_uint_eq(statistics.active, 0);
	synfin_engine_destroy(engine);
}
END_TEST

START_TEST(empty_run)
{
	struct record record = { .text = "" };
	struct synfin_sink sink = recorder(&record);
	struct synfin_engine *engine;

	ck_assert_int_eq(synfin_engine_create(&engine, NULL, NULL), 0);
	synfin_engine_add_sink(engine, &sink);
	ck_assert_int_eq(synfin_engine_finish(engine), 0);
	ck_assert_str_eq(record.text, "begin0 end0");
	synfin_engine_destroy(engine);
}
END_TEST

START_TEST(failure_of_a_sink_stops)
{
	struct record failing = { .text = "", .fail_at_packet = 2 };
	struct record behind = { .text = "" };
	struct synfin_sink first = recorder(&failing);
	struct synfin_sink second = recorder(&behind);
	struct synfin_engine *engine;

	ck_assert_int_eq(synfin_engine_create(&engine, NULL, NULL), 0);
	synfin_engine_add_sink(engine, &first);
	synfin_engine_add_sink(engine, &second);
	ck_assert_int_eq(feed(engine, 1, SYNFIN_TCP_SYN, 9, 0), 0);
	ck_assert_int_eq(feed(engine, 1, SYNFIN_TCP_SYN, 9, 0), SYNFIN_E_IO);
	ck_assert_int_eq(feed(engine, 1, SYNFIN_TCP_SYN, 9, 0), SYNFIN_E_IO);
	ck_assert_int_eq(synfin_engine_finish(engine), SYNFIN_E_IO);
	ck_assert_str_eq(behind.text, "begin0 packet1 c1 end_of1");
	synfin_engine_destroy(engine);
}
END_TEST

START_TEST(evictions_are_told)
{
	struct record record = { .text = "" };
	struct synfin_sink sink = recorder(&record);
	struct synfin_engine_options options = { .max_connections = 1 };
	struct synfin_engine *engine;
	uint8_t bytes[40];

	ck_assert_int_eq(synfin_engine_create(&engine, &options, NULL), 0);
	synfin_engine_add_sink(engine, &sink);
	feed(engine, 1, SYNFIN_TCP_SYN, 9, 0);
	struct synfin_frame frame = segment(bytes, 1, 201, SYNFIN_TCP_SYN, 9, 0);
	ck_assert_int_eq(synfin_engine_feed(engine, &frame), 0);
	ck_assert_str_eq(record.text, "begin0 packet1 c1 end_of1 evicted2 no_answer0 closed1 packet2 c2 end_of2");
	synfin_engine_destroy(engine);
}
END_TEST

START_TEST(decode_only)
{
	struct record record = { .text = "" };
	struct synfin_sink sink = recorder(&record);
	struct synfin_engine_options options = { .no_tracking = true };
	struct synfin_engine *engine;

	ck_assert_int_eq(synfin_engine_create(&engine, &options, NULL), 0);
	synfin_engine_add_sink(engine, &sink);
	ck_assert_int_eq(feed(engine, 1, SYNFIN_TCP_SYN, 9, 0), 0);
	ck_assert_int_eq(synfin_engine_finish(engine), 0);
	ck_assert_str_eq(record.text, "begin0 packet1 end_of1 end0");
	synfin_engine_destroy(engine);
}
END_TEST

START_TEST(sinks_are_limited_and_early)
{
	struct synfin_sink sink = { 0 };
	struct synfin_engine *engine;

	ck_assert_int_eq(synfin_engine_create(&engine, NULL, NULL), 0);
	for (int i = 0; i < 8; i++)
		ck_assert_int_eq(synfin_engine_add_sink(engine, &sink), 0);
	ck_assert_int_eq(synfin_engine_add_sink(engine, &sink), SYNFIN_E_ARGUMENT);
	synfin_engine_destroy(engine);
	ck_assert_int_eq(synfin_engine_create(&engine, NULL, NULL), 0);
	ck_assert_int_eq(feed(engine, 1, SYNFIN_TCP_SYN, 9, 0), 0);
	ck_assert_int_eq(synfin_engine_add_sink(engine, &sink), SYNFIN_E_ARGUMENT);
	synfin_engine_destroy(engine);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("engine");
	TCase *calls = tcase_create("calls");

	tcase_add_test(calls, order_of_calls);
	tcase_add_test(calls, empty_run);
	tcase_add_test(calls, failure_of_a_sink_stops);
	tcase_add_test(calls, evictions_are_told);
	tcase_add_test(calls, decode_only);
	tcase_add_test(calls, sinks_are_limited_and_early);
	suite_add_tcase(suite, calls);
	return suite_main(suite);
}
