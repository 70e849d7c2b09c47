/* SPDX-License-Identifier: BSD-3-Clause */
/* Addresses as text: the cases of RFC 5952, and libc's inet_ntop as a second opinion. */
#include "suite.h"

#include <arpa/inet.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "base/output.h"

static struct output out;

static void setup(void)
{
	output_init(&out, NULL, NULL, 0);
}

static void teardown(void)
{
	output_free(&out);
}

static const char *text(void)
{
	static char copy[64];
	size_t n = output_length(&out);
	ck_assert_uint_lt(n, sizeof copy);
	memcpy(copy, out.start, n);
	copy[n] = '\0';
	output_truncate(&out, 0);
	return copy;
}

/* Every value in every place. */
START_TEST(ipv4_all_octets)
{
	for (unsigned place = 0; place < 4; place++) {
		for (unsigned value = 0; value < 256; value++) {
			uint8_t four[4] = { 9, 80, 200, 7 };
			char expected[INET_ADDRSTRLEN];
			four[place] = (uint8_t)value;
			ck_assert_ptr_nonnull(inet_ntop(AF_INET, four, expected, sizeof expected));
			output_ipv4(&out, four);
			ck_assert_str_eq(text(), expected);
		}
	}
}
END_TEST

START_TEST(ipv4_extremes)
{
	output_ipv4(&out, (const uint8_t *)"\0\0\0\0");
	ck_assert_str_eq(text(), "0.0.0.0");
	output_ipv4(&out, (const uint8_t *)"\377\377\377\377");
	ck_assert_str_eq(text(), "255.255.255.255");
	/* Text after an address begins where the address ends, over what the table's spare bytes left there. */
	output_ipv4(&out, (const uint8_t *)"\1\2\3\4");
	output_text(&out, ".80 > ");
	output_ipv4(&out, (const uint8_t *)"\12\0\0\144");
	ck_assert_str_eq(text(), "1.2.3.4.80 > 10.0.0.100");
}
END_TEST

static const struct {
	uint8_t bytes[16];
	const char *expected;
} ipv6_cases[] = {
	{ { 0 }, "::" },
	{ { [15] = 1 }, "::1" },
	{ { [0] = 1 }, "100::" },
	{ { [1] = 1 }, "1::" },
	/* s4.1 leading zeros, s4.3 lower case */
	{ { 0x20, 0x01, 0x0d, 0xb8, 0xaa, 0xaa, 0xbb, 0xbb, 0xcc, 0xcc, 0xdd, 0xdd, 0xee, 0xee, 0x00, 0x01 },
	  "2001:db8:aaaa:bbbb:cccc:dddd:eeee:1" },
	{ { 0x20, 0x01, 0x0d, 0xb8, 0x00, 0x0a, 0x00, 0xbc, 0x10, 0x00, 0x01, 0x00, 0x00, 0x10, 0xff, 0xff },
	  "2001:db8:a:bc:1000:100:10:ffff" },
	/* s4.2.1 as much as possible */
	{ { 0x20, 0x01, 0x0d, 0xb8, [15] = 1 }, "2001:db8::1" },
	{ { 0x20, 0x01, 0x0d, 0xb8, [13] = 2, [15] = 1 }, "2001:db8::2:1" },
	/* s4.2.2 not one zero group alone */
	{ { 0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1 }, "2001:db8:0:1:1:1:1:1" },
	{ { 0, 0, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1 }, "0:1:1:1:1:1:1:1" },
	{ { 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 0 }, "1:1:1:1:1:1:1:0" },
	/* s4.2.3 the longest run, of equal ones the first */
	{ { 0x20, 0x01, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1 }, "2001:0:0:1::1" },
	{ { 0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1 }, "2001:db8::1:0:0:1" },
	{ { 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0 }, "1::1:0:0:0" },
	{ { 0, 0, 0, 0, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1 }, "::1:1:1:1:1:1" },
	{ { 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 0, 0, 0 }, "1:1:1:1:1:1::" },
	{ { 0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0x02, 0x11, 0x22, 0xff, 0xfe, 0x33, 0x44, 0x55 }, "fe80::211:22ff:fe33:4455" },
	{ { 0xff, 0x02, [15] = 0xfb }, "ff02::fb" },
	{ { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff },
	  "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff" },
	/* s5 dotted quads, and what only resembles them */
	{ { [10] = 0xff, [11] = 0xff, [12] = 192, 0, 2, 1 }, "::ffff:192.0.2.1" },
	{ { [10] = 0xff, [11] = 0xff }, "::ffff:0.0.0.0" },
	{ { [12] = 192, 0, 2, 33 }, "::192.0.2.33" },
	{ { [12] = 255, 255, 255, 255 }, "::255.255.255.255" },
	{ { [13] = 1 }, "::0.1.0.0" },
	{ { [14] = 0x12, [15] = 0x34 }, "::1234" },
	{ { [14] = 0xff, [15] = 0xff }, "::ffff" },
	{ { [10] = 0xff, [11] = 0xfe, [12] = 192, 0, 2, 1 }, "::fffe:c000:201" },
	{ { [8] = 0xff, [9] = 0xff, [12] = 192, 0, 2, 1 }, "::ffff:0:c000:201" },
	{ { [9] = 1, [10] = 0xff, [11] = 0xff, [12] = 192, 0, 2, 1 }, "::1:ffff:c000:201" },
	{ { 0x00, 0x64, 0xff, 0x9b, [12] = 192, 0, 2, 33 }, "64:ff9b::c000:221" },
};

START_TEST(ipv6_spelled_out)
{
	for (size_t i = 0; i < sizeof ipv6_cases / sizeof *ipv6_cases; i++) {
		output_ipv6(&out, ipv6_cases[i].bytes);
		ck_assert_str_eq(text(), ipv6_cases[i].expected);
	}
}
END_TEST

/* Every pattern of zero groups, with other groups of one to four digits. */
START_TEST(ipv6_all_patterns)
{
	static const uint16_t values[] = { 0x1, 0x23, 0x456, 0x789a, 0xffff, 0x100, 0x10, 0xf000 };
	for (unsigned pattern = 0; pattern < 256; pattern++) {
		for (unsigned shift = 0; shift < 8; shift++) {
			uint8_t sixteen[16] = { 0 };
			char expected[INET6_ADDRSTRLEN];
			for (unsigned group = 0; group < 8; group++) {
				uint16_t value = pattern >> group & 1 ? values[(group + shift) % 8] : 0;
				sixteen[2 * group] = (uint8_t)(value >> 8);
				sixteen[2 * group + 1] = (uint8_t)value;
			}
			ck_assert_ptr_nonnull(inet_ntop(AF_INET6, sixteen, expected, sizeof expected));
			output_ipv6(&out, sixteen);
			ck_assert_str_eq(text(), expected);
		}
	}
}
END_TEST

START_TEST(mac)
{
	output_mac(&out, (const uint8_t *)"\x00\x0a\xf0\xff\x9b\x10");
	ck_assert_str_eq(text(), "00:0a:f0:ff:9b:10");
	output_mac(&out, (const uint8_t *)"\xff\xff\xff\xff\xff\xff");
	output_char(&out, '!');
	ck_assert_str_eq(text(), "ff:ff:ff:ff:ff:ff!");
}
END_TEST

/* The functions write a byte more than they keep: that byte too must be inside the block, wherever in it they begin. */
START_TEST(at_the_end_of_the_block)
{
	static const uint8_t all[16] = { 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255 };
	static void (*const functions[])(struct output *, const uint8_t *) = { output_ipv4, output_ipv6, output_mac };
	static const char *const expected[] = { "255.255.255.255", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "ff:ff:ff:ff:ff:ff" };
	for (size_t f = 0; f < sizeof functions / sizeof *functions; f++) {
		size_t length = strlen(expected[f]);
		for (size_t room = 1; room < 64; room++) {
			output_free(&out);
			output_char(&out, '.');
			output_repeat(&out, '.', (size_t)(out.end - out.pos) - room);
			functions[f](&out, all);
			ck_assert(out.pos <= out.end);
			ck_assert_mem_eq(out.pos - length, expected[f], length);
		}
	}
}
END_TEST

static Suite *address_suite(void)
{
	Suite *suite = suite_create("address");
	TCase *addresses = tcase_create("text");
	tcase_add_checked_fixture(addresses, setup, teardown);
	tcase_add_test(addresses, ipv4_all_octets);
	tcase_add_test(addresses, ipv4_extremes);
	tcase_add_test(addresses, ipv6_spelled_out);
	tcase_add_test(addresses, ipv6_all_patterns);
	tcase_add_test(addresses, mac);
	tcase_add_test(addresses, at_the_end_of_the_block);
	suite_add_tcase(suite, addresses);
	return suite;
}

int main(void)
{
	return suite_main(address_suite());
}
