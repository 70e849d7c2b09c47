/* SPDX-License-Identifier: BSD-3-Clause */
/* The table of connections: keys, growth, removal, and who goes when it is full. */
#include <stdlib.h>
#include <string.h>

#include "suite.h"
#include "track/table.h"
#include "track_script.h"

static struct flow_key numbered_key(uint32_t number)
{
	struct flow_key key = { .port = { 80, (uint16_t)number }, .vlan = 0xffffffff, .ip_version = 4 };
	memcpy(key.address[1].bytes + 12, &number, sizeof(number));
	return key;
}

static struct connection *insert(struct table *table, uint32_t number)
{
	struct flow_key key = numbered_key(number);
	return table_insert(table, &key, table_hash(table, &key));
}

static struct connection *find(const struct table *table, uint32_t number)
{
	struct flow_key key = numbered_key(number);
	return table_find(table, &key, table_hash(table, &key));
}

/* Insert and remove at random and compare with a plain array. */
START_TEST(behaves_like_a_set)
{
	enum { NUMBERS = 5000 };
	static bool present[NUMBERS];
	struct table table;

	ck_assert_int_eq(table_init(&table, NUMBERS), 0);
	srand(1);
	for (int round = 0; round < 60000; round++) {
		uint32_t number = (uint32_t)rand() % NUMBERS;
		struct connection *connection = find(&table, number);
		ck_assert_int_eq(connection != NULL, present[number]);
		if (connection)
			table_remove(&table, connection);
		else
			ck_assert_ptr_nonnull(insert(&table, number));
		present[number] = !present[number];
	}
	for (uint32_t number = 0; number < NUMBERS; number++)
		ck_assert_int_eq(find(&table, number) != NULL, present[number]);
	table_free(&table);
}
END_TEST

START_TEST(cap_holds)
{
	struct table table;
	ck_assert_int_eq(table_init(&table, 100), 0);
	for (uint32_t i = 0; i < 100; i++)
		ck_assert_ptr_nonnull(insert(&table, i));
	ck_assert_ptr_null(insert(&table, 100));
	table_remove(&table, find(&table, 7));
	ck_assert_ptr_nonnull(insert(&table, 100));
	table_free(&table);
}
END_TEST

/* Closed before half-open before living, and in a rank the one idle longest. */
START_TEST(victims)
{
	struct table table;
	ck_assert_int_eq(table_init(&table, 10), 0);
	for (uint32_t i = 0; i < 6; i++)
		insert(&table, i);
	table_touch(&table, find(&table, 0), RANK_LIVING);
	table_touch(&table, find(&table, 1), RANK_LIVING);
	table_touch(&table, find(&table, 4), RANK_CLOSED);
	table_touch(&table, find(&table, 0), RANK_LIVING); /* busy since it was queued */
	table_touch(&table, find(&table, 2), RANK_HALF_OPEN);
	static const uint32_t order[] = { 4, 3, 5, 2, 1, 0 };
	for (unsigned i = 0; i < 6; i++) {
		struct connection *victim = table_victim(&table, RANK_LIVING);
		ck_assert_ptr_eq(victim, find(&table, order[i]));
		table_remove(&table, victim);
	}
	ck_assert_ptr_null(table_victim(&table, RANK_LIVING));
	table_free(&table);
}
END_TEST

struct order {
	uint64_t last;
	unsigned count;
};

static void in_order(void *context, struct connection *connection)
{
	struct order *order = context;
	ck_assert_uint_gt(connection->seen.id, order->last);
	order->last = connection->seen.id;
	order->count++;
}

/* By their ids, whether records stand in that order or were used again. */
START_TEST(order_of_ids)
{
	enum { NUMBERS = 3000 };
	struct table table;
	uint64_t id = 0;

	ck_assert_int_eq(table_init(&table, NUMBERS), 0);
	for (unsigned round = 0; round < 3; round++) {
		struct order order = { 0, 0 };
		for (uint32_t i = 0; i < NUMBERS; i++)
			insert(&table, i)->seen.id = ++id;
		for (uint32_t i = 0; round > 0 && i < NUMBERS; i += 3)
			table_remove(&table, find(&table, i));
		for (uint32_t i = 0; round > 1 && i < NUMBERS; i += 3)
			insert(&table, i)->seen.id = ++id;
		ck_assert(table_drain(&table, in_order, &order));
		ck_assert_uint_eq(order.count, round == 1 ? NUMBERS - NUMBERS / 3 : NUMBERS);
		ck_assert_uint_eq(order.last, id);
		ck_assert_ptr_null(find(&table, 1));
		ck_assert_ptr_null(table_victim(&table, RANK_LIVING));
	}
	table_free(&table);
}
END_TEST

static struct synfin_packet segment_of(const char *flags, uint32_t host, bool from_host, uint32_t seq, uint32_t ack)
{
	struct synfin_packet packet = { .has_tcp = true, .ip_version = 4, .vlan = 0xffffffff };
	struct synfin_address client = { .bytes = { [10] = 0xff, [11] = 0xff } };
	struct synfin_address server = client;
	memcpy(client.bytes + 12, &host, sizeof(host));
	server.bytes[12] = 255;
	packet.ip.source = from_host ? client : server;
	packet.ip.destination = from_host ? server : client;
	packet.tcp.source_port = from_host ? 40000 : 80;
	packet.tcp.destination_port = from_host ? 80 : 40000;
	packet.tcp.flags = script_flags(flags);
	packet.tcp.seq = seq;
	packet.tcp.ack = ack;
	return packet;
}

static uint64_t take(struct tracker *tracker, struct synfin_packet packet, int64_t time_ns)
{
	struct synfin_observation observation;
	packet.time_ns = time_ns;
	tracker_packet(tracker, &packet, &observation);
	return observation.connection ? observation.connection->id : 0;
}

/* A flood of SYNs, and of SYN-ACKs in answer, evicts half-open connections alone; the established one stays itself. */
START_TEST(flood_spares_the_established)
{
	struct tracker_options options = { .max_connections = 1000 };
	struct tracker *tracker;
	struct tracker_statistics statistics;

	ck_assert_int_eq(tracker_create(&tracker, &options, NULL), 0);
	uint64_t id = take(tracker, segment_of("S", 1, true, 10, 0), 1);
	take(tracker, segment_of("SA", 1, false, 20, 11), 2);
	take(tracker, segment_of("A", 1, true, 11, 21), 3);
	for (uint32_t i = 0; i < 200000; i++) {
		take(tracker, segment_of("S", 1000 + i, true, i, 0), 10 + 2 * i);
		if (i % 2)
			take(tracker, segment_of("SA", 1000 + i, false, 5, i + 1), 11 + 2 * i);
	}
	ck_assert_uint_eq(take(tracker, segment_of("PA", 1, true, 11, 21), 1000000), id);
	tracker_statistics(tracker, &statistics);
	ck_assert_uint_eq(statistics.active, 1000);
	ck_assert_uint_eq(statistics.evicted, 200001 - 1000);
	tracker_destroy(tracker);
}
END_TEST

START_TEST(vlan_tunnel_and_family_are_identity)
{
	struct tracker_options options = { 0 };
	struct tracker *tracker;
	ck_assert_int_eq(tracker_create(&tracker, &options, NULL), 0);
	struct synfin_packet packet = segment_of("S", 1, true, 10, 0);
	uint64_t plain = take(tracker, packet, 1);
	packet.vlan = 0xffff0005;
	uint64_t tagged = take(tracker, packet, 2);
	packet.tunnel = 9;
	uint64_t tunnelled = take(tracker, packet, 3);
	packet.ip_version = 6;
	uint64_t other_family = take(tracker, packet, 4);
	ck_assert_uint_eq(plain, 1);
	ck_assert_uint_eq(tagged, 2);
	ck_assert_uint_eq(tunnelled, 3);
	ck_assert_uint_eq(other_family, 4);
	packet.ip_version = 4;
	ck_assert_uint_eq(take(tracker, packet, 5), tunnelled);
	tracker_destroy(tracker);
}
END_TEST

static void note_id(void *context, const struct synfin_connection *connection)
{
	uint64_t *last = context;
	ck_assert_uint_gt(connection->id, *last);
	*last = connection->id;
}

START_TEST(flush_reports_in_order)
{
	uint64_t last = 0;
	struct tracker_options options = { .context = &last, .closed = note_id };
	struct tracker *tracker;
	struct tracker_statistics statistics;

	ck_assert_int_eq(tracker_create(&tracker, &options, NULL), 0);
	for (uint32_t i = 1; i <= 3000; i++) {
		take(tracker, segment_of("S", i, true, 10, 0), i);
		if (i % 3 == 0) {
			take(tracker, segment_of("SA", i, false, 20, 11), i);
			take(tracker, segment_of("A", i, true, 11, 21), i);
		}
	}
	tracker_flush(tracker);
	ck_assert_uint_eq(last, 3000);
	tracker_statistics(tracker, &statistics);
	ck_assert_uint_eq(statistics.active, 0);
	tracker_destroy(tracker);
}
END_TEST

/* A socket connected to itself has one address and port at both ends; it must not confuse the table. */
START_TEST(self_connection)
{
	struct tracker_options options = { 0 };
	struct tracker *tracker;
	ck_assert_int_eq(tracker_create(&tracker, &options, NULL), 0);
	struct synfin_packet packet = segment_of("S", 1, true, 10, 0);
	packet.ip.destination = packet.ip.source;
	packet.tcp.destination_port = packet.tcp.source_port;
	ck_assert_uint_eq(take(tracker, packet, 1), 1);
	packet.tcp.flags = script_flags("SA");
	packet.tcp.ack = 11;
	ck_assert_uint_eq(take(tracker, packet, 2), 1);
	tracker_destroy(tracker);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("connection table");
	TCase *table = tcase_create("table");
	TCase *tracker = tcase_create("tracker");

	tcase_add_test(table, behaves_like_a_set);
	tcase_add_test(table, cap_holds);
	tcase_add_test(table, victims);
	tcase_add_test(table, order_of_ids);
	tcase_add_test(tracker, flood_spares_the_established);
	tcase_add_test(tracker, vlan_tunnel_and_family_are_identity);
	tcase_add_test(tracker, flush_reports_in_order);
	tcase_add_test(tracker, self_connection);
	suite_add_tcase(suite, table);
	suite_add_tcase(suite, tracker);
	return suite_main(suite);
}
