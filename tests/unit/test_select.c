/* SPDX-License-Identifier: BSD-3-Clause */
/* Expressions over connection records: what matches, and what is refused in which words. tests/pcapng/run compares all fields with the JSON. */
#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

#include "suite.h"
#include "views/select.h"

static struct connection_record record;

static struct synfin_address ipv4(const char *text)
{
	struct synfin_address a = { { [10] = 0xff, [11] = 0xff } };
	ck_assert_int_eq(inet_pton(AF_INET, text, a.bytes + 12), 1);
	return a;
}

static void setup(void)
{
	record = (struct connection_record){
		.id = 7,
		.start_ns = INT64_C(1700000000000000000),
		.end_ns = INT64_C(1700000002500000000),
		.client = { .address = ipv4("10.0.0.2"), .port = 52044, .state = "TIME_WAIT", .proof = "seen", .packets = 6, .bytes = 5000000000,
			.retransmitted_packets = 4, .has_isn = true, .isn = 4294967295u, .mss = 1460, .fin = true, .rtt_samples = 256,
			.rtt_min_ns = 1000000 },
		.server = { .address = ipv4("192.0.2.80"), .port = 80, .state = "CLOSED", .proof = "assumed", .packets = 5, .bytes = 62,
			.retransmitted_packets = 2 },
		.outcome = "reset",
		.history = "ShADaR",
		.conn_state = "RSTO",
		.handshake_complete = true,
		.rtt_ns = 11269000,
		.syn_rtt_ns = -1,
		.syn_tries = 1,
		.half_closed_ns = -1,
		.incarnation = 1,
		.vlan = { 100, 7 },
		.vlan_count = 2,
		.one_sided = true,
	};
	memcpy(record.uid, "abc", 4);
	memcpy(record.community_id, "1:xyz=", 7);
}

static bool matches(const char *expression)
{
	struct select *select = NULL;
	struct synfin_error error = { .code = 0 };
	int status = select_create(&select, expression, &error);
	ck_assert_msg(status == 0, "%s: %s", expression, error.text);
	bool found = select_matches(select, &record);
	select_destroy(select);
	return found;
}

static const char *const true_ones[] = {
	"outcome == \"reset\"", "outcome = reset", "outcome=='reset'", "outcome != closed", "retransmissions > 5", "retransmissions >= 6",
	"not retransmissions < 6", "!(retransmissions<=5)", "outcome == \"reset\" || retransmissions > 500", "bytes > 5G", "bytes == 5000000062",
	"client.bytes == 5G and server.bytes < 1k", "packets = 11", "handshake.rtt_ns < 12ms", "handshake.rtt_ns > 11ms",
	"handshake.rtt_ns == 11269us", "handshake.complete", "handshake.complete == true", "!client.rst", "client.fin && !server.fin",
	"handshake.syn_rtt_ns == null", "handshake.rtt_ns != null", "server.isn == null", "client.isn == 4294967295", "server.mss = null",
	"client.rtt.samples == 256", "client.rtt.min_ns == 1ms", "server.rtt.min_ns == null", "duration_ns == 2500ms", "duration_ns > 2s",
	"duration_ns < 1min", "port == 80", "port == 52044", "not port == 443", "port != 443", "ip == 10.0.0.2", "ip == 192.0.2.0/24",
	"client.ip == '10.0.0.0/8'", "client.ip != 10.0.0.3", "ip == ::ffff:10.0.0.2", "ip == 0.0.0.0/0", "ip == ::/0", "history ~ R", "history ~ 'Da'",
	"not history ~ T", "conn_state == RSTO", "uid == abc", "community_id == '1:xyz='", "roles == seen", "start == 2023-11-14T22",
	"start < 2023-11-15", "end > 2023-11-14T22:13:20.000000001Z", "start == 2023-11-14T22:13:20.000000000Z", "notes == one_sided",
	"notes != mid_stream", "vlan == 100", "vlan == 7", "vlan != 8", "tunnel == null", "close.first == null", "close.kind != fin",
	"client.state == TIME_WAIT", "server.proof == assumed", "conn == 7", "incarnation == 1",
	/* && binds closer than ||, ! than both. */
	"outcome == reset || outcome == closed && packets > 100", "!handshake.complete || packets == 11", "((port == 80))", "not not port == 80",
};

static const char *const false_ones[] = {
	"outcome == closed", "retransmissions > 6", "(outcome == reset || outcome == closed) && packets > 100", "not (port == 80 or port == 443)",
	"port != 80", "ip != 10.0.0.2", "server.isn > 0", "server.isn < 1", "handshake.syn_rtt_ns < 1s", "handshake.syn_rtt_ns >= 0", "client.ip == 10.0.0.0/31",
	"ip == 2001:db8::/32", "handshake.complete == false", "close.first == client", "close.kind == fin", "notes == mid_stream", "notes != one_sided", "vlan == 8",
	"vlan != 7", "start > 2023-11-15", "history == ShADa", "client.rst", "handshake.rtt_ns == null", "roles == guessed", "duration_ns > 1h", "bytes == 5G",
};

START_TEST(what_matches)
{
	for (size_t i = 0; i < sizeof true_ones / sizeof *true_ones; i++)
		ck_assert_msg(matches(true_ones[i]), "%s", true_ones[i]);
	for (size_t i = 0; i < sizeof false_ones / sizeof *false_ones; i++)
		ck_assert_msg(!matches(false_ones[i]), "%s", false_ones[i]);
}
END_TEST

START_TEST(client_ip_31)
{
	/* A length that ends within a byte. */
	ck_assert(matches("client.ip == 10.0.0.3/31"));
	ck_assert(!matches("client.ip == 10.0.0.4/30"));
	ck_assert(matches("client.ip == 10.0.0.7/29"));
}
END_TEST

START_TEST(what_is_refused)
{
	static const struct {
		const char *expression, *words;
	} cases[] = {
		{ "", "a field is missing at the end" }, { "start > yesterday", "is a time" }, { "start > 2026/11", "is a time" },
		{ "end < \"\"", "is a time" }, { "start > 2026-11-20T23:58:31.1234567890Z", "is a time" }, { "start > 2026-11-20 23", "at '23'" }, { "outcome", "must be compared" }, { "outcome ==", "a value is missing" }, { "outcome == rst", "never 'rst'" },
		{ "client.state == TIMEWAIT", "never 'TIMEWAIT'" }, { "foo == 1", "no field" }, { "packets > many", "is a number" },
		{ "packets > 5ms", "no unit 'ms'" }, { "handshake.rtt_ns > 5km", "no unit 'km'" }, { "packets > 99999999999999999999", "is a number" },
		{ "bytes > 9999999999999G", "too large" }, { "handshake.complete == 1", "true or false" }, { "outcome < reset", "takes == and !=" },
		{ "outcome ~ res", "takes == and !=" }, { "history < S", "takes == and != and ~" }, { "ip ~ 10", "takes == and !=" },
		{ "ip == 10.0.0.256", "no address" }, { "ip == 10.0.0.0/33", "no address" }, { "ip == 2001:db8::/129", "no address" }, { "ip == 10.0.0.0/", "no address" },
		{ "(packets > 1", "a ) is missing" }, { "packets > 1)", "the end is missing" }, { "packets > 1 packets < 3", "the end is missing" },
		{ "outcome == \"reset", "does not end" }, { "packets > 1 &&", "a field is missing" }, { "!", "a field is missing" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct select *select = NULL;
		struct synfin_error error = { .code = 0 };
		ck_assert_msg(select_create(&select, cases[i].expression, &error) == SYNFIN_E_ARGUMENT, "%s", cases[i].expression);
		ck_assert_msg(strstr(error.text, cases[i].words) != NULL, "%s: %s", cases[i].expression, error.text);
	}
}
END_TEST

START_TEST(how_much_is_taken)
{
	char text[8192] = "";
	struct select *select = NULL;
	size_t used = 0;
	for (int i = 0; i < 200; i++)
		used += (size_t)snprintf(text + used, sizeof text - used, "%sport == %d", i ? " or " : "", i);
	ck_assert_int_eq(select_create(&select, text, NULL), SYNFIN_E_ARGUMENT);
	memset(text, '(', 4000);
	text[4000] = '\0';
	ck_assert_int_eq(select_create(&select, text, NULL), SYNFIN_E_ARGUMENT);
	memset(text, '!', 20);
	memcpy(text + 20, "client.fin", 11);
	ck_assert_int_eq(select_create(&select, text, NULL), SYNFIN_OK);
	ck_assert(select_matches(select, &record));
	select_destroy(select);
}
END_TEST

static Suite *the_suite(void)
{
	Suite *suite = suite_create("select");
	TCase *tests = tcase_create("expressions");
	tcase_add_checked_fixture(tests, setup, NULL);
	tcase_add_test(tests, what_matches);
	tcase_add_test(tests, client_ip_31);
	tcase_add_test(tests, what_is_refused);
	tcase_add_test(tests, how_much_is_taken);
	suite_add_tcase(suite, tests);
	return suite;
}

int main(void)
{
	return suite_main(the_suite());
}
