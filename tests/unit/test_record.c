/* SPDX-License-Identifier: BSD-3-Clause */
/* Community IDs against the published ones, the uid, and what a record says of what is not known. */
#include <arpa/inet.h>
#include <string.h>

#include <synfin/event.h>

#include "suite.h"
#include "views/event_text.h"
#include "views/json_connections.h"
#include "views/record.h"

static struct synfin_address address(const char *text)
{
	struct synfin_address a = { { 0 } };
	if (strchr(text, ':')) {
		ck_assert_int_eq(inet_pton(AF_INET6, text, a.bytes), 1);
		return a;
	}
	a.bytes[10] = a.bytes[11] = 0xff;
	ck_assert_int_eq(inet_pton(AF_INET, text, a.bytes + 12), 1);
	return a;
}

/* The TCP ones of github.com/corelight/community-id-spec, baseline/baseline_deflt.json and README.md; seed 0. */
START_TEST(published_community_ids)
{
	static const struct {
		const char *from, *to;
		uint16_t from_port, to_port;
		const char *id;
	} cases[] = {
		{ "128.232.110.120", "66.35.250.204", 34855, 80, "1:LQU9qZlK+B5F3KDmev6m5PMibrg=" },
		{ "66.35.250.204", "128.232.110.120", 80, 34855, "1:LQU9qZlK+B5F3KDmev6m5PMibrg=" },
		{ "2001:470:e5bf:dead:4957:2174:e82c:4887", "2607:f8b0:400c:c03::1a", 63943, 25, "1:/qFaeAR+gFe1KYjMzVDsMv+wgU4=" },
		{ "2607:f8b0:400c:c03::1a", "2001:470:e5bf:dead:4957:2174:e82c:4887", 25, 63943, "1:/qFaeAR+gFe1KYjMzVDsMv+wgU4=" },
	};
	for (unsigned i = 0; i < sizeof cases / sizeof *cases; i++) {
		char id[COMMUNITY_ID_SIZE];
		struct synfin_address ends[2] = { address(cases[i].from), address(cases[i].to) };
		uint16_t ports[2] = { cases[i].from_port, cases[i].to_port };
		community_id(id, ends, ports, strchr(cases[i].from, ':') ? 6 : 4);
		ck_assert_str_eq(id, cases[i].id);
	}
}
END_TEST

/* Both ends on one host: the ports decide the order. */
START_TEST(one_host)
{
	char there[COMMUNITY_ID_SIZE], back[COMMUNITY_ID_SIZE];
	struct synfin_address ends[2] = { address("127.0.0.1"), address("127.0.0.1") };
	community_id(there, ends, (const uint16_t[]){ 80, 1234 }, 4);
	community_id(back, ends, (const uint16_t[]){ 1234, 80 }, 4);
	ck_assert_str_eq(there, back);
}
END_TEST

static struct synfin_connection connection_of(void)
{
	struct synfin_connection connection = {
		.id = 7,
		.address = { address("10.0.0.2"), address("192.0.2.80") },
		.port = { 52044, 80 },
		.vlan = UINT32_MAX,
		.ip_version = 4,
		.incarnation = 1,
		.first_ns = INT64_C(1795140911010113999),
		.last_ns = INT64_C(1795140912010113999),
		.syn_rtt_ns = UINT32_MAX,
		.ack_rtt_ns = UINT32_MAX,
	};
	connection.end[0].state = connection.end[1].state = SYNFIN_UNKNOWN;
	return connection;
}

/* It is part of records that people keep: whoever changes it breaks their joins. */
START_TEST(uid_is_stable)
{
	struct synfin_connection connection = connection_of();
	char uid[UID_SIZE];

	connection_uid(uid, &connection);
	ck_assert_str_eq(uid, "CsPFzPYGi9Ou4WmNuh");
	/* What is found out later does not change it, nor does the unit in which times are read. */
	connection.end[0].isn = 99;
	connection.flags = SYNFIN_CONN_RESET;
	connection.last_ns++;
	connection.id++;
	connection.first_ns = INT64_C(1795140911010113000);
	char again[UID_SIZE];
	connection_uid(again, &connection);
	ck_assert_str_eq(uid, again);
}
END_TEST

START_TEST(uid_tells_apart)
{
	char uids[6][UID_SIZE];
	for (unsigned i = 0; i < 6; i++) {
		struct synfin_connection connection = connection_of();
		connection.port[0] = (uint16_t)(connection.port[0] + (i == 1));
		connection.incarnation = (uint16_t)(1 + (i == 2));
		connection.first_ns += i == 3 ? 1000 : 0;
		connection.vlan -= i == 4;
		connection.tunnel += i == 5;
		connection_uid(uids[i], &connection);
		ck_assert_uint_eq(strlen(uids[i]), UID_SIZE - 1);
		for (unsigned j = 0; j < i; j++)
			ck_assert_str_ne(uids[i], uids[j]);
	}
}
END_TEST

START_TEST(nothing_known)
{
	struct synfin_connection connection = connection_of();
	struct connection_record record;
	struct output out;

	record_gather(&record, &connection);
	ck_assert_str_eq(record.client.state, "UNKNOWN");
	ck_assert_str_eq(record.client.proof, "unknown");
	ck_assert_int_eq(record.rtt_ns, -1);
	ck_assert_int_eq(record.half_closed_ns, -1);
	ck_assert_ptr_null(record.close_first);
	ck_assert_ptr_null(record.close_kind);
	output_init(&out, NULL, NULL, 0);
	json_connection(&out, &record);
	output_char(&out, '\0');
	ck_assert_ptr_nonnull(strstr(out.start, "\"isn\":null,\"mss\":null,\"window_scale\":null,\"window\":null,\"fin\":false,\"rst\":false,\"rtt\":null}"));
	ck_assert_ptr_nonnull(strstr(out.start, "\"handshake\":{\"complete\":false,\"rtt_ns\":null,\"syn_rtt_ns\":null,\"ack_rtt_ns\":null,\"syn_tries\":null},"
		"\"close\":{\"first\":null,\"kind\":null,\"half_closed_ns\":null}"));
	output_free(&out);
}
END_TEST

/* The client is the other index: it still comes as the client, with its own numbers. */
START_TEST(roles)
{
	struct synfin_connection connection = connection_of();
	struct connection_record record;

	connection.client = 1;
	connection.end[0].packets = 3;
	connection.end[1].packets = 5;
	connection.end[1].missed = 4;
	connection.end[0].missed = 2;
	connection.closer = 0;
	connection.steps = SYNFIN_STEP_TEARDOWN_1;
	connection.syn_rtt_ns = 5;
	connection.ack_rtt_ns = 0;
	record_gather(&record, &connection);
	ck_assert_uint_eq(record.client.port, 80);
	ck_assert_uint_eq(record.client.packets, 5);
	ck_assert_uint_eq(record.server.packets, 3);
	ck_assert_uint_eq(record.missed_bytes, 6);
	ck_assert_str_eq(record.close_first, "server");
	ck_assert_str_eq(record.close_kind, "fin");
	ck_assert_int_eq(record.rtt_ns, 5);
}
END_TEST

START_TEST(kinds_of_reset)
{
	static const struct {
		uint16_t flags;
		const char *kind;
	} cases[] = {
		{ SYNFIN_CONN_RESET, "reset" },
		{ SYNFIN_CONN_RESET | SYNFIN_CONN_REFUSED, "refused" },
		{ SYNFIN_CONN_RESET | SYNFIN_CONN_REJECTED, "handshake_rejected" },
		{ SYNFIN_CONN_RESET | SYNFIN_CONN_ANSWERED, "reset_answer" },
		{ SYNFIN_CONN_RST_PENDING, "reset" },
	};
	for (unsigned i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct synfin_connection connection = connection_of();
		struct connection_record record;
		connection.flags = cases[i].flags;
		connection.end[1].flags = SYNFIN_END_RST;
		record_gather(&record, &connection);
		ck_assert_str_eq(record.close_kind, cases[i].kind);
		if (cases[i].flags & SYNFIN_CONN_RESET)
			ck_assert_str_eq(record.close_first, "server");
	}
}
END_TEST

START_TEST(vlan_tags)
{
	uint16_t tags[2] = { 0 };
	ck_assert_uint_eq(record_vlan(tags, 0xffffffff), 0);
	ck_assert_uint_eq(record_vlan(tags, 0xffff0007), 1);
	ck_assert_uint_eq(tags[0], 7);
	ck_assert_uint_eq(record_vlan(tags, 0x00640007), 2);
	ck_assert_uint_eq(tags[0], 100);
	ck_assert_uint_eq(tags[1], 7);
}
END_TEST

START_TEST(event_kinds)
{
	unsigned verdicts = 0;
	for (unsigned kind = 0; kind < SYNFIN_EVENTS; kind++) {
		struct event_number number = event_number(kind);
		ck_assert((number.unit == EVENT_UNIT_NONE) == (number.key == NULL));
		verdicts += event_is_verdict(kind);
	}
	ck_assert(event_is_verdict(SYNFIN_EVENT_RETRANSMISSION) && event_is_verdict(SYNFIN_EVENT_PORT_REUSE));
	ck_assert(!event_is_verdict(SYNFIN_EVENT_CLOSED) && !event_is_verdict(SYNFIN_EVENTS));
	ck_assert_uint_gt(verdicts, 20);
}
END_TEST

static Suite *the_suite(void)
{
	Suite *suite = suite_create("record");
	TCase *tests = tcase_create("record");
	tcase_add_test(tests, published_community_ids);
	tcase_add_test(tests, one_host);
	tcase_add_test(tests, uid_is_stable);
	tcase_add_test(tests, uid_tells_apart);
	tcase_add_test(tests, nothing_known);
	tcase_add_test(tests, roles);
	tcase_add_test(tests, kinds_of_reset);
	tcase_add_test(tests, vlan_tags);
	tcase_add_test(tests, event_kinds);
	suite_add_tcase(suite, tests);
	return suite;
}

int main(void)
{
	return suite_main(the_suite());
}
