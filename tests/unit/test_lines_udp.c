/* SPDX-License-Identifier: BSD-3-Clause */
/* UDP, each by a packet in a printer of its own. The expected lines were printed by tcpdump 4.99.3. */
#include "lines_example.h"
#include "suite.h"

static const struct line_example examples[] = {
	{ 31, { .time = LINE_TIME_NONE, .numeric = 2 },
	  "4500001f00010000401166cb0a0000010a00000203e807d0000b0000616263",
	  "IP 10.0.0.1.1000 > 10.0.0.2.2000: UDP, length 3\n" },
	{ 31, { .time = LINE_TIME_NONE, .numeric = 2, .verbose = 2 },
	  "4500001f00010000401166cb0a0000010a00000203e807d0000b1234616263",
	  "IP (tos 0x0, ttl 64, id 1, offset 0, flags [none], proto UDP (17), length 31)\n"
	  "    10.0.0.1.1000 > 10.0.0.2.2000: [bad udp cksum 0x1234 -> 0x1bbb!] UDP, length 3\n" },
	{ 31, { .time = LINE_TIME_NONE, .numeric = 2, .verbose = 1 },
	  "4500001f00010000401166cb0a0000010a00000203e807d0000b1bbb616263",
	  "IP (tos 0x0, ttl 64, id 1, offset 0, flags [none], proto UDP (17), length 31)\n"
	  "    10.0.0.1.1000 > 10.0.0.2.2000: UDP, length 3\n" },
	{ 31, { .time = LINE_TIME_NONE, .numeric = 2, .verbose = 2 },
	  "4500001f00010000401166cb0a0000010a00000203e807d0000b0000616263",
	  "IP (tos 0x0, ttl 64, id 1, offset 0, flags [none], proto UDP (17), length 31)\n"
	  "    10.0.0.1.1000 > 10.0.0.2.2000: [no cksum] UDP, length 3\n" },
	{ 51, { .time = LINE_TIME_NONE, .numeric = 2, .verbose = 1 },
	  "60000000000b114020010db800000000000000000000000120010db800000000000000000000000203e807d0000b0000616263",
	  "IP6 (hlim 64, next-header UDP (17) payload length: 11) 2001:db8::1.1000 > 2001:db8::2.2000: [bad udp cksum 0x0000 -> 0xd448!] UDP, length 3\n" },
	{ 31, { .time = LINE_TIME_NONE, .numeric = 2 },
	  "4500001f00010000401166cb0a0000010a00000203e807d000640000616263",
	  "IP 10.0.0.1.1000 > 10.0.0.2.2000: UDP, bad length 92 > 3\n" },
	{ 31, { .time = LINE_TIME_NONE, .numeric = 2 },
	  "4500001f00010000401166cb0a0000010a00000203e807d000070000616263",
	  "IP 10.0.0.1.1000 > 10.0.0.2.2000: truncated-udplength 7\n" },
	{ 25, { .time = LINE_TIME_NONE, .numeric = 2 },
	  "4500001900010000401166d10a0000010a00000203e807d000",
	  "IP 10.0.0.1.1000 > 10.0.0.2.2000: truncated-udp 5\n" },
	{ 31, { .time = LINE_TIME_NONE, .numeric = 2 },
	  "4500001f00010000401166cb0a0000010a00000203e8",
	  "IP 10.0.0.1 > 10.0.0.2:  [|udp]\n" },
	{ 31, { .time = LINE_TIME_NONE, .numeric = 2 },
	  "4500001f00010000401166cb0a0000010a00000203e807d000",
	  "IP 10.0.0.1.1000 > 10.0.0.2.2000:  [|udp]\n" },
	{ 31, { .time = LINE_TIME_NONE, .numeric = 2 },
	  "4500001f00010000401166cb0a0000010a00000203e807d0000b00",
	  "IP 10.0.0.1.1000 > 10.0.0.2.2000:  [|udp]\n" },
	{ 31, { .time = LINE_TIME_NONE, .numeric = 2 },
	  "4500001f00012000401146cb0a0000010a00000203e807d000640000616263",
	  "IP 10.0.0.1.1000 > 10.0.0.2.2000: UDP, length 92\n" },
	{ 31, { .time = LINE_TIME_NONE, .numeric = 2, .quick = 1 },
	  "4500001f00010000401166cb0a0000010a00000203e807d0000b0000616263",
	  "IP 10.0.0.1.1000 > 10.0.0.2.2000: UDP, length 3\n" },
	{ 59, { .time = LINE_TIME_NONE, .numeric = 2 },
	  "600000000013004020010db800000000000000000000000120010db8000000000000000000000002110001040000000003e807d0000b00"
	  "00616263",
	  "IP6 2001:db8::1 > 2001:db8::2: HBH 1000 > 2000: UDP, length 3\n" },
	{ 90, { .time = LINE_TIME_NONE, .numeric = 2, .quick = 1 },
	  "4500005a00010000401166900a0000010a00000203e812b5004600000800000000007b0000010203040500010203040608004500002800"
	  "010000400666cd0a0000010a00000203e807d000000001000000005002020000000000",
	  "IP 10.0.0.1.1000 > 10.0.0.2.4789: UDP, length 62\n" },
	{ 28, { .time = LINE_TIME_NONE, .numeric = 2 },
	  "4500001c00010000401166ce0a0000010a00000203e812b500080000",
	  "IP 10.0.0.1.1000 > 10.0.0.2.4789: VXLAN (invalid)\n" },
	{ 28, { .time = LINE_TIME_NONE, .numeric = 2 },
	  "4500001c00010000401166ce0a0000010a00000203e817c100080000",
	  "IP 10.0.0.1.1000 > 10.0.0.2.6081: Geneve [length 0 < 8] (invalid)\n" },
	{ 28, { .time = LINE_TIME_NONE, .numeric = 2 },
	  "4500001c00010000401166ce0a0000010a00000203e807d000080000",
	  "IP 10.0.0.1.1000 > 10.0.0.2.2000: UDP, length 0\n" },
};

START_TEST(examples_print)
{
	line_example_check(&examples[_i]);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("lines_udp");
	TCase *tc = tcase_create("udp");
	tcase_add_loop_test(tc, examples_print, 0, sizeof examples / sizeof *examples);
	suite_add_tcase(suite, tc);
	return suite_main(suite);
}
