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
	return (struct synfin_sink){ .self = record, .begin = on_begin, .packet = on_packet, .event = on_event, .packet_end = on_packet_end,
		.connection_closed = on_closed, .end = on_end };
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

/* C5: time goes on when nothing is sent. */
START_TEST(silence_ends_what_is_over)
{
	struct synfin_engine_options options = { .time_wait_s = 5 };
	struct record record = { .text = "" };
	struct synfin_sink sink = recorder(&record);
	struct synfin_engine_statistics statistics;
	struct synfin_engine *engine;

	ck_assert_int_eq(synfin_engine_create(&engine, &options, NULL), 0);
	ck_assert_int_eq(synfin_engine_add_sink(engine, &sink), 0);
	ck_assert_int_eq(synfin_engine_advance(engine, INT64_MAX), 0);
	ck_assert_str_eq(record.text, "");
	ck_assert_int_eq(feed(engine, 1, SYNFIN_TCP_SYN, 9, 0), 0);
	ck_assert_int_eq(feed(engine, 2, SYNFIN_TCP_RST | SYNFIN_TCP_ACK, 0, 10), 0);
	*record.text = '\0';
	ck_assert_int_eq(synfin_engine_advance(engine, INT64_C(4999000000)), 0);
	ck_assert_str_eq(record.text, "");
	ck_assert_int_eq(synfin_engine_advance(engine, INT64_C(7000000000)), 0);
	ck_assert_str_eq(record.text, "expired0 closed1");
	synfin_engine_statistics(engine, &statistics);
	ck_assert_uint_eq(statistics.active, 0);
	ck_assert_uint_eq(statistics.expired, 1);
	/* The same addresses and ports are another connection now. */
	ck_assert_int_eq(feed(engine, 1, SYNFIN_TCP_SYN, 9, 0), 0);
	ck_assert_int_eq(synfin_engine_finish(engine), 0);
	ck_assert_str_eq(record.text, "expired0 closed1 packet3 c2 end_of3 no_answer0 closed2 end0");
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

/* A digest of everything that a sink is told, in its order. */
struct digest {
	uint64_t value;
	unsigned aheads;
};

static void digest_add(void *self, const void *bytes, size_t n)
{
	struct digest *digest = self;
	for (size_t i = 0; i < n; i++)
		digest->value = (digest->value ^ ((const uint8_t *)bytes)[i]) * 0x100000001b3u;
}

static bool digest_ahead(void *self, const struct synfin_packet *packets, unsigned count)
{
	struct digest *digest = self;
	ck_assert(count >= 1 && packets[count - 1].frame == packets[0].frame + count - 1);
	digest->aheads++;
	return false;
}

static int digest_packet(void *self, const struct synfin_packet *packet, const struct synfin_observation *observation)
{
	digest_add(self, &packet->frame, sizeof(packet->frame));
	digest_add(self, &packet->tcp.seq, sizeof(packet->tcp.seq));
	if (observation->connection)
		digest_add(self, &observation->connection->id, sizeof(observation->connection->id));
	digest_add(self, &observation->steps, sizeof(observation->steps));
	return 0;
}

static int digest_event(void *self, const struct synfin_event *event, const struct synfin_connection *connection)
{
	(void)connection;
	digest_add(self, &event->kind, sizeof(event->kind));
	digest_add(self, &event->connection, sizeof(event->connection));
	return 0;
}

static int digest_closed(void *self, const struct synfin_connection *connection)
{
	digest_add(self, connection->end, sizeof(connection->end));
	return 0;
}

enum { HOSTS = 6000, ROUNDS = 8 };

/* Frame `number` of a run over HOSTS connections: in each round the next frame of every one, in some order. */
static struct synfin_frame numbered(uint8_t *bytes, unsigned number)
{
	static const uint8_t flags[ROUNDS] = { SYNFIN_TCP_SYN, SYNFIN_TCP_SYN | SYNFIN_TCP_ACK, SYNFIN_TCP_ACK, SYNFIN_TCP_ACK,
		SYNFIN_TCP_FIN | SYNFIN_TCP_ACK, SYNFIN_TCP_FIN | SYNFIN_TCP_ACK, SYNFIN_TCP_ACK, SYNFIN_TCP_RST };
	static const uint8_t from[ROUNDS] = { 1, 2, 1, 1, 1, 2, 1, 2 };
	static const uint32_t seq[ROUNDS] = { 9, 99, 10, 10, 10, 100, 11, 101 }, ack[ROUNDS] = { 0, 10, 100, 100, 100, 11, 101, 0 };
	unsigned round = number / HOSTS, host = number * 37 % HOSTS;
	struct synfin_frame frame = segment(bytes, from[round], 200, flags[round], seq[round], ack[round]);

	/* The host with port 80 is one of many. */
	unsigned at = from[round] == 1 ? 17 : 13;
	bytes[at] = (uint8_t)(host >> 8);
	bytes[at + 1] = (uint8_t)host;
	frame.time_ns = number * INT64_C(100000);
	return frame;
}

static struct digest run_in_batches(unsigned batch)
{
	enum { MOST = 100, FRAMES = ROUNDS * HOSTS };
	struct digest digest = { 0xcbf29ce484222325u, 0 };
	struct synfin_sink sink = { .self = &digest, .packet = digest_packet, .event = digest_event, .connection_closed = digest_closed,
		.ahead = digest_ahead };
	/* Fewer than there are, so that some are evicted that were looked at ahead. */
	struct synfin_engine_options options = { .max_connections = HOSTS - 200 };
	struct synfin_engine *engine;
	static uint8_t bytes[MOST][40];
	struct synfin_frame frames[MOST];

	ck_assert_int_eq(synfin_engine_create(&engine, &options, NULL), 0);
	ck_assert_int_eq(synfin_engine_add_sink(engine, &sink), 0);
	for (unsigned number = 0, count; number < FRAMES; number += count) {
		for (count = 0; count < batch && number + count < FRAMES; count++)
			frames[count] = numbered(bytes[count], number + count);
		ck_assert_int_eq(synfin_engine_feed_frames(engine, frames, count), 0);
	}
	ck_assert_int_eq(synfin_engine_finish(engine), 0);
	synfin_engine_destroy(engine);
	return digest;
}

/* Frames have the same effect however many come at a time. */
START_TEST(batches_make_no_difference)
{
	struct digest one = run_in_batches(1);
	struct digest some = run_in_batches(7);
	struct digest many = run_in_batches(100);

	ck_assert_uint_eq(some.value, one.value);
	ck_assert_uint_eq(many.value, one.value);
	/* Most of them were looked at ahead, or nothing was tested. */
	ck_assert_uint_gt(one.aheads, 6 * HOSTS);
	ck_assert_uint_gt(many.aheads, 6 * HOSTS / 32);
	ck_assert_uint_lt(many.aheads, 6 * HOSTS / 16);
}
END_TEST

/* Copies are counted; merged ones are told to nobody. */
START_TEST(copies)
{
	static const char *const heard[] = {
		"begin0 packet1 c1 end_of1 packet2 c1 capture_duplicate2 end_of2 packet3 c1 refused3 end_of3 packet4 c1 capture_duplicate4 end_of4 closed1 end0",
		"begin0 packet1 c1 end_of1 packet3 c1 refused3 end_of3 closed1 end0",
	};
	struct record record = { .text = "" };
	struct synfin_sink sink = recorder(&record);
	struct synfin_engine_options options = { .merge_copies = _i == 1 };
	struct synfin_engine_statistics statistics;
	struct synfin_engine *engine;

	ck_assert_int_eq(synfin_engine_create(&engine, &options, NULL), 0);
	ck_assert_int_eq(synfin_engine_add_sink(engine, &sink), 0);
	for (int i = 0; i < 2; i++)
		ck_assert_int_eq(feed(engine, 1, SYNFIN_TCP_SYN, 9, 0), 0);
	for (int i = 0; i < 2; i++)
		ck_assert_int_eq(feed(engine, 2, SYNFIN_TCP_RST | SYNFIN_TCP_ACK, 0, 10), 0);
	ck_assert_int_eq(synfin_engine_finish(engine), 0);
	ck_assert_str_eq(record.text, heard[_i]);
	synfin_engine_statistics(engine, &statistics);
	ck_assert_uint_eq(statistics.frames, 4);
	ck_assert_uint_eq(statistics.copies, 2);
	synfin_engine_destroy(engine);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("engine");
	TCase *calls = tcase_create("calls");

	tcase_add_test(calls, order_of_calls);
	tcase_add_test(calls, empty_run);
	tcase_add_test(calls, silence_ends_what_is_over);
	tcase_add_test(calls, failure_of_a_sink_stops);
	tcase_add_test(calls, evictions_are_told);
	tcase_add_test(calls, decode_only);
	tcase_add_loop_test(calls, copies, 0, 2);
	tcase_add_test(calls, sinks_are_limited_and_early);
	tcase_add_test(calls, batches_make_no_difference);
	suite_add_tcase(suite, calls);
	return suite_main(suite);
}
