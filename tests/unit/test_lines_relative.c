/* SPDX-License-Identifier: BSD-3-Clause */
/* Relative sequence numbers: the rules of lines/relative.c. */
#include "lines/print.h"
#include "lines_text.h"
#include "suite.h"

struct end {
	uint32_t address;
	uint16_t port;
};

static struct relative_table *table;

static void set_up(void)
{
	ck_assert_int_eq(relative_create(&table, NULL), 0);
}

static void tear_down(void)
{
	relative_destroy(table);
}

static struct synfin_address address_of(uint32_t number, int version)
{
	struct synfin_address address = { { 0 } };
	if (version == 4)
		address.bytes[10] = address.bytes[11] = 0xff;
	else
		address.bytes[0] = 0x20;
	for (unsigned i = 0; i < 4; i++)
		address.bytes[12 + i] = (uint8_t)(number >> (24 - 8 * i));
	return address;
}

static struct relative_numbers segment(int version, struct end from, struct end to, unsigned flags, uint32_t seq, uint32_t ack)
{
	struct synfin_ip ip = { .source = address_of(from.address, version), .destination = address_of(to.address, version) };
	struct synfin_tcp tcp = { .source_port = from.port, .destination_port = to.port, .flags = (uint16_t)flags, .seq = seq, .ack = ack };
	return relative_lookup(table, &ip, version, &tcp);
}

static void expect(struct relative_numbers got, uint32_t seq, uint32_t ack, uint32_t sack_base)
{
	ck_assert_uint_eq(got.seq, seq);
	ck_assert_uint_eq(got.ack, ack);
	ck_assert_uint_eq(got.sack_base, sack_base);
}

static const struct end client = { 0x0a000001, 40000 }, server = { 0x0a000002, 80 };
#define SYN SYNFIN_TCP_SYN
#define ACK SYNFIN_TCP_ACK

static void handshake(int version)
{
	expect(segment(version, client, server, SYN, 1000, 0), 1000, 0, 0);
	expect(segment(version, server, client, SYN | ACK, 5000, 1001), 5000, 1001, 1000);
	expect(segment(version, client, server, ACK, 1001, 5001), 1, 1, 5000);
	expect(segment(version, client, server, ACK, 1001, 5001), 1, 1, 5000);
	expect(segment(version, server, client, ACK, 5001, 1011), 1, 11, 1000);
}

START_TEST(both_versions)
{
	handshake(4);
	/* The same numbers in the other table: nothing shared. */
	handshake(6);
	expect(segment(4, client, server, ACK, 1002, 5001), 2, 1, 5000);
}
END_TEST

START_TEST(from_the_middle)
{
	expect(segment(4, client, server, ACK, 100, 201), 100, 201, 200);
	expect(segment(4, client, server, ACK, 103, 201), 3, 1, 200);
	expect(segment(4, server, client, ACK, 201, 106), 1, 6, 100);
}
END_TEST

START_TEST(without_ack)
{
	handshake(4);
	expect(segment(4, client, server, SYN, 9000, 77), 9000, 77, 0);
	expect(segment(4, client, server, SYNFIN_TCP_RST, 9001, 78), 9001, 78, 0);
	/* The old bases stay until the next SYN with ACK. */
	expect(segment(4, client, server, ACK, 1002, 5001), 2, 1, 5000);
	expect(segment(4, server, client, SYN | ACK, 7000, 9001), 7000, 9001, 9000);
	expect(segment(4, client, server, ACK, 9001, 7001), 1, 1, 7000);
}
END_TEST

START_TEST(wrap)
{
	expect(segment(4, server, client, SYN | ACK, 0xffffffff, 0), 0xffffffff, 0, 0xffffffff);
	expect(segment(4, client, server, ACK, 0, 0), 1, 1, 0xffffffff);
	expect(segment(4, server, client, ACK, 5, 10), 6, 11, 0xffffffff);
}
END_TEST

START_TEST(equal_ports)
{
	struct end a = { 0x0a000001, 500 }, b = { 0x0a000002, 500 };
	expect(segment(4, b, a, SYN | ACK, 300, 101), 300, 101, 100);
	expect(segment(4, a, b, ACK, 101, 301), 1, 1, 300);
	expect(segment(4, b, a, ACK, 301, 101), 1, 1, 100);
	/* One end talking to itself has one entry for both directions. */
	expect(segment(4, a, a, SYN | ACK, 300, 101), 300, 101, 100);
	expect(segment(4, a, a, ACK, 301, 102), 1, 2, 100);
}
END_TEST

START_TEST(many)
{
	for (uint32_t i = 0; i < 100000; i++) {
		struct end from = { 0x0a000000 + i, (uint16_t)(i * 7) };
		expect(segment(i % 2 ? 4 : 6, from, server, ACK, i, 2 * i + 1), i, 2 * i + 1, 2 * i);
	}
	for (uint32_t i = 0; i < 100000; i++) {
		struct end from = { 0x0a000000 + i, (uint16_t)(i * 7) };
		expect(segment(i % 2 ? 4 : 6, server, from, ACK, 2 * i + 3, i + 9), 3, 9, i);
	}
}
END_TEST

static Suite *the_suite(void)
{
	Suite *suite = suite_create("lines_relative");
	TCase *tcase = tcase_create("relative");
	tcase_add_checked_fixture(tcase, set_up, tear_down);
	tcase_add_test(tcase, both_versions);
	tcase_add_test(tcase, from_the_middle);
	tcase_add_test(tcase, without_ack);
	tcase_add_test(tcase, wrap);
	tcase_add_test(tcase, equal_ports);
	tcase_add_test(tcase, many);
	suite_add_tcase(suite, tcase);
	return suite;
}

int main(void)
{
	return suite_main(the_suite());
}
