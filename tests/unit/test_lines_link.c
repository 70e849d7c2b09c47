/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Link headers and what has no printer, whole and cut: the line, and where its dump begins. The expected lines were printed by
 * tcpdump 4.99.3; SLL2's interface is number 0, which no machine has.
 */
#include <stdint.h>

#include "lines_text.h"
#include "suite.h"

struct example {
	uint16_t link_type;
	const char *bytes; /* in hexadecimal: what was captured */
	uint32_t length;   /* on the wire */
	struct line_options options;
	const char *line;
};

static const struct example examples[] = {
	{ 1, "001122334455aabbccddeeff08060001080006040001aabbccddeeff0a0000010000000000000a000002", 42,
	  { .time = LINE_TIME_NONE, .numeric = 2 },
	  "ARP, Request who-has 10.0.0.2 tell 10.0.0.1, length 28\n" },
	{ 1, "001122334455aabbccddeeff08060001080006040001aabbccddeeff0a0000010000000000000a000002", 42,
	  { .time = LINE_TIME_NONE, .numeric = 2, .link_header = true },
	  "aa:bb:cc:dd:ee:ff > 00:11:22:33:44:55, ethertype ARP (0x0806), length 42: Request who-has 10.0.0.2 tell 10.0.0.1, length 28\n" },
	{ 1, "001122334455aabbccddeeff08060001080006040001aabbccddeeff0a0000010000000000000a000002", 42,
	  { .time = LINE_TIME_NONE, .numeric = 2, .link_header = true, .quick = 1, .suppress_default = true },
	  "aa:bb:cc:dd:ee:ff > 00:11:22:33:44:55, ARP, length 42: Request who-has 10.0.0.2 tell 10.0.0.1, length 28\n" },
	{ 1, "001122334455aabbccddeeff08060001080006040001aabbccddeeff0a0000010000000000000a000002", 42,
	  { .time = LINE_TIME_NONE, .numeric = 2, .verbose = 1 },
	  "ARP, Ethernet (len 6), IPv4 (len 4), Request who-has 10.0.0.2 tell 10.0.0.1, length 28\n" },
	{ 1, "001122334455aabbccddeeff08060001080006040001aabbccddeeff0a0000010000000000000a000002", 42,
	  { .time = LINE_TIME_NONE, .link_header = true },
	  "aa:bb:cc:dd:ee:ff (oui Unknown) > 00:11:22:33:44:55 (oui Unknown), ethertype ARP (0x0806), length 42: Request who-has 10.0.0.2 tell 10.0.0.1, length 28\n" },
	{ 1, "001122334455aabbccddeeff08060001080006040002aabbccddeeff0a0000010011223344550a000002", 42,
	  { .time = LINE_TIME_NONE, .numeric = 2 },
	  "ARP, Reply 10.0.0.1 is-at aa:bb:cc:dd:ee:ff, length 28\n" },
	{ 1, "ffffffffffffaabbccddeeff08060001080006040001aabbccddeeff0a0000010000000000000a000002", 42,
	  { .time = LINE_TIME_NONE, .link_header = true },
	  "aa:bb:cc:dd:ee:ff (oui Unknown) > Broadcast, ethertype ARP (0x0806), length 42: Request who-has 10.0.0.2 tell 10.0.0.1, length 28\n" },
	{ 1, "001122334455aabbccddeeff08060001080006040001aabbccddeeff0a00", 42,
	  { .time = LINE_TIME_NONE, .numeric = 2, .hex = 1, .suppress_default = true },
	  " [|arp]\n"
	  "\t0x0000:  0011 2233 4455 aabb ccdd eeff 0806 0001\n"
	  "\t0x0010:  0800 0604 0001 aabb ccdd eeff 0a00\n" },
	{ 1, "001122334455aabbccdd", 42,
	  { .time = LINE_TIME_NONE, .numeric = 2, .hex = 1, .suppress_default = true },
	  " [|ether]\n" },
	{ 1, "001122334455aabbccddeeff1234616263", 17,
	  { .time = LINE_TIME_NONE, .numeric = 2 },
	  "aa:bb:cc:dd:ee:ff > 00:11:22:33:44:55, ethertype Unknown (0x1234), length 17: \n"
	  "\t0x0000:  6162 63                                  abc\n" },
	{ 1, "001122334455aabbccddeeff1234616263", 17,
	  { .time = LINE_TIME_NONE, .numeric = 2, .quick = 1, .suppress_default = true },
	  "aa:bb:cc:dd:ee:ff > 00:11:22:33:44:55, Unknown Ethertype (0x1234), length 17: \n" },
	{ 1, "001122334455aabbccddeeff1234616263", 17,
	  { .time = LINE_TIME_NONE, .numeric = 2, .link_header = true },
	  "aa:bb:cc:dd:ee:ff > 00:11:22:33:44:55, ethertype Unknown (0x1234), length 17: \n"
	  "\t0x0000:  6162 63                                  abc\n" },
	{ 1, "001122334455aabbccddeeff1234616263", 17,
	  { .time = LINE_TIME_NONE, .numeric = 2, .hex = 1, .suppress_default = true },
	  "aa:bb:cc:dd:ee:ff > 00:11:22:33:44:55, ethertype Unknown (0x1234), length 17: \n"
	  "\t0x0000:  6162 63\n" },
	{ 1, "001122334455aabbccddeeff8100600a88a8300608060001080006040001aabbccddeeff0a0000010000000000000a000002", 50,
	  { .time = LINE_TIME_NONE, .numeric = 2 },
	  "ARP, Request who-has 10.0.0.2 tell 10.0.0.1, length 28\n" },
	{ 1, "001122334455aabbccddeeff8100600a88a8300608060001080006040001aabbccddeeff0a0000010000000000000a000002", 50,
	  { .time = LINE_TIME_NONE, .numeric = 2, .link_header = true, .hex = 1, .suppress_default = true },
	  "aa:bb:cc:dd:ee:ff > 00:11:22:33:44:55, ethertype 802.1Q (0x8100), length 50: vlan 10, p 3, ethertype 802.1Q-QinQ (0x88a8), vlan 6, p 1, DEI, ethertype ARP (0x0806), Request who-has 10.0.0.2 tell 10.0.0.1, length 28\n"
	  "\t0x0000:  0001 0800 0604 0001 aabb ccdd eeff 0a00\n"
	  "\t0x0010:  0001 0000 0000 0000 0a00 0002\n" },
	{ 1, "001122334455aabbccddeeff8100600a88a8300608060001080006040001aabbccddeeff0a0000010000000000000a000002", 50,
	  { .time = LINE_TIME_NONE, .numeric = 2, .link_header = true, .quick = 1, .suppress_default = true },
	  "aa:bb:cc:dd:ee:ff > 00:11:22:33:44:55, 802.1Q, length 50: vlan 10, p 3, 802.1Q-QinQ, vlan 6, p 1, DEI, ARP, Request who-has 10.0.0.2 tell 10.0.0.1, length 28\n" },
	{ 1, "001122334455aabbccddeeff8100600a81000005", 20,
	  { .time = LINE_TIME_NONE, .numeric = 2, .link_header = true, .hex = 1, .suppress_default = true },
	  "aa:bb:cc:dd:ee:ff > 00:11:22:33:44:55, ethertype 802.1Q (0x8100), length 20: vlan 10, p 3,  [|vlan]\n" },
	{ 1, "001122334455aabbccddeeff810060", 15,
	  { .time = LINE_TIME_NONE, .numeric = 2, .hex = 1, .suppress_default = true },
	  " [|vlan]\n" },
	{ 1, "001122334455aabbccddeeff0010f0f1036162636465666768696a6b6c6d6e6f70", 33,
	  { .time = LINE_TIME_NONE, .numeric = 2 },
	  "aa:bb:cc:dd:ee:ff > 00:11:22:33:44:55 NetBeui Unnumbered, ui, Flags [Response], length 16\n"
	  "\t0x0000:  f0f1 0361 6263 6465 6667 6869 6a6b 6c6d  ...abcdefghijklm\n" },
	{ 1, "001122334455aabbccddeeff0010f0f1036162636465666768696a6b6c6d6e6f70", 33,
	  { .time = LINE_TIME_NONE, .numeric = 2, .link_header = true, .hex = 1, .suppress_default = true },
	  "aa:bb:cc:dd:ee:ff > 00:11:22:33:44:55, 802.3, length 16: LLC, dsap NetBeui (0xf0) Individual, ssap NetBeui (0xf0) Response, ctrl 0x03: Unnumbered, ui, Flags [Response], length 16\n"
	  "\t0x0000:  6162 6364 6566 6768 696a 6b6c 6d6e 6f70\n" },
	{ 1, "001122334455aabbccddeeff0008aaaa0300000c0102000000000000000000", 31,
	  { .time = LINE_TIME_NONE, .numeric = 2 },
	  "aa:bb:cc:dd:ee:ff > 00:11:22:33:44:55 SNAP, oui Cisco (0x00000c), pid Unknown (0x0102), length 0: \n"
	  "\t0x0000:  aaaa 0300 000c 0102                      ........\n" },
	{ 1, "001122334455aabbccddeeff0024aaaa0300000008060001080006040001aabbccddeeff0a0000010000000000000a000002", 50,
	  { .time = LINE_TIME_NONE, .numeric = 2, .link_header = true },
	  "aa:bb:cc:dd:ee:ff > 00:11:22:33:44:55, 802.3, length 36: LLC, dsap SNAP (0xaa) Individual, ssap SNAP (0xaa) Command, ctrl 0x03: oui Ethernet (0x000000), ethertype ARP (0x0806), length 28: Request who-has 10.0.0.2 tell 10.0.0.1, length 28\n" },
	/* A bridge's frame that says it is a response. */
	{ 1, "00112233445500aabbccddee00264243030000000000806400112233440000000000806400112233440080010000140002000f00", 52,
	  { .time = LINE_TIME_NONE, .numeric = 2 },
	  "STP 802.1d, Config, Flags [none], bridge-id 8064.00:11:22:33:44:00.8001, length 35\n" },
	{ 1, "001122334455aabbccddeeff0026424203000000008180000011223344550000001380640011223344aa80010100140002000f000000000000000000", 60,
	  { .time = LINE_TIME_NONE, .numeric = 2, .verbose = 1 },
	  "STP 802.1d, Config, Flags [Topology change, Topology change ACK], bridge-id 8064.00:11:22:33:44:aa.8001, length 35\n"
	  "\tmessage-age 1.00s, max-age 20.00s, hello-time 2.00s, forwarding-delay 15.00s\n"
	  "\troot-id 8000.00:11:22:33:44:55, root-pathcost 19\n" },
	{ 1, "001122334455aabbccddeeff00024242000000000000000000", 25,
	  { .time = LINE_TIME_NONE, .numeric = 2 },
	  " [|llc]\n"
	  "\t0x0000:  4242                                     BB\n" },
	{ 113, "000000010006001122334455000008060001080006040001aabbccddeeff0a0000010000000000000a000002", 44,
	  { .time = LINE_TIME_NONE, .numeric = 2 },
	  "ARP, Request who-has 10.0.0.2 tell 10.0.0.1, length 28\n" },
	{ 113, "000400010006001122334455000008060001080006040001aabbccddeeff0a0000010000000000000a000002", 44,
	  { .time = LINE_TIME_NONE, .numeric = 2, .link_header = true },
	  "Out 00:11:22:33:44:55 ethertype ARP (0x0806), length 44: Request who-has 10.0.0.2 tell 10.0.0.1, length 28\n" },
	{ 113, "00040001000600112233445500008100000508060001080006040001aabbccddeeff0a0000010000000000000a000002", 48,
	  { .time = LINE_TIME_NONE, .numeric = 2, .link_header = true },
	  "Out 00:11:22:33:44:55 ethertype 802.1Q (0x8100), length 48: vlan 5, p 0, ethertype ARP, Request who-has 10.0.0.2 tell 10.0.0.1, length 28\n" },
	{ 276, "08060000000000000001000600112233445500000001080006040001aabbccddeeff0a0000010000000000000a000002", 48,
	  { .time = LINE_TIME_NONE, .numeric = 2 },
	  "?     In  ARP, Request who-has 10.0.0.2 tell 10.0.0.1, length 28\n" },
	{ 276, "08060000000000000001040600112233445500000001080006040001aabbccddeeff0a0000010000000000000a000002", 48,
	  { .time = LINE_TIME_NONE, .numeric = 2, .link_header = true },
	  "?     Out ifindex 0 00:11:22:33:44:55 ethertype ARP (0x0806), length 48: Request who-has 10.0.0.2 tell 10.0.0.1, length 28\n" },
	{ 0, "02000000", 4,
	  { .time = LINE_TIME_NONE, .numeric = 2, .link_header = true, .hex = 1, .suppress_default = true },
	  "AF IPv4 (2), length 4:  [|ip]\n"
	  "\t0x0000:  0200 0000\n" },
	{ 0, "550000006162", 6,
	  { .time = LINE_TIME_NONE, .numeric = 2 },
	  "AF Unknown (85), length 6: \n"
	  "\t0x0000:  6162                                     ab\n" },
	{ 101, "50616263", 4,
	  { .time = LINE_TIME_NONE, .numeric = 2 },
	  "unknown ip 5\n" },
	{ 9, "ff03c0210109000861626364", 12,
	  { .time = LINE_TIME_NONE, .numeric = 2 },
	  "LCP, Conf-Request (0x01), id 9, length 10\n" },
	{ 9, "ff031234616263", 7,
	  { .time = LINE_TIME_NONE, .numeric = 2 },
	  "unknown PPP protocol (0x1234) \n"
	  "\t0x0000:  6162 63\n" },
	{ 9, "ff031234616263", 7,
	  { .time = LINE_TIME_NONE, .numeric = 2, .link_header = true },
	  "unknown (0x1234), length 7\n" },
	{ 50, "55030021", 4,
	  { .time = LINE_TIME_NONE, .numeric = 2, .link_header = true },
	  "55 03 4 unknown addr 00; ctrl 21\n" },
	{ 1, "001122334455aabbccddeeff886311070000001201010000010200046e616d65010400020102", 38,
	  { .time = LINE_TIME_NONE, .numeric = 2 },
	  "PPPoE PADO [Service-Name] [AC-Name \"name\"] [AC-Cookie 0x0102]\n" },
	{ 1, "001122334455aabbccddeeff88631107000000070101", 27,
	  { .time = LINE_TIME_NONE, .numeric = 2, .hex = 1, .suppress_default = true },
	  "PPPoE PADO [|pppoe]\n"
	  "\t0x0000:  0011 2233 4455 aabb ccdd eeff 8863 1107\n"
	  "\t0x0010:  0000 0007 0101\n" },
	{ 1, "001122334455aabbccddeeff8864110000110006c02101020004", 26,
	  { .time = LINE_TIME_NONE, .numeric = 2, .link_header = true, .hex = 1, .suppress_default = true },
	  "aa:bb:cc:dd:ee:ff > 00:11:22:33:44:55, ethertype PPPoE S (0x8864), length 26: PPPoE  [ses 0x11] LCP (0xc021), length 6: LCP, Conf-Request (0x01), id 2, length 6\n"
	  "\t0x0000:  1100 0011 0006 c021 0102 0004\n" },
	/* An IPv4 header that its total length allows and PPPoE's length does not. */
	{ 1, "001122334455aabbccddeeff886411000011002c00214c00003100010000400600000a0000010a00000201010101010101010101010101010101010101010101010101010101"
	  "78", 71,
	  { .time = LINE_TIME_NONE, .numeric = 2, .verbose = 1 },
	  "PPPoE  [ses 0x11] IP truncated-ip - 7 bytes missing! (tos 0x0, ttl 64, id 1, offset 0, flags [none], proto TCP (6), length 49, options "
	  "(NOP,NOP,NOP,NOP,NOP,NOP,NOP,NOP,NOP,NOP,NOP,NOP,NOP,NOP,NOP,NOP,NOP,NOP,NOP,NOP,NOP,NOP,NOP,NOP,NOP,NOP,NOP,NOP), bad cksum 0 (->51b6)!)\n"
	  "    10.0.0.1 > 10.0.0.2: [|tcp]\n" },
	{ 1, "001122334455aabbccddeeff88470000004000010b40cc616263", 26,
	  { .time = LINE_TIME_NONE, .numeric = 2 },
	  "MPLS (label 0, tc 0, ttl 64) (label 16, tc 5, [S], ttl 64)\n"
	  "\t0x0000:  cc61 6263                                .abc\n" },
	{ 1, "001122334455aabbccddeeff88470000004000010b40cc616263", 26,
	  { .time = LINE_TIME_NONE, .numeric = 2, .verbose = 1, .hex = 1, .suppress_default = true },
	  "MPLS (label 0 (IPv4 explicit NULL), tc 0, ttl 64)\n"
	  "\t(label 16, tc 5, [S], ttl 64)\n"
	  "\t0x0000:  0000 0040 0001 0b40 cc61 6263\n" },
	{ 1, "001122334455aabbccddeeff8847000000406162", 20,
	  { .time = LINE_TIME_NONE, .numeric = 2 },
	  "MPLS (label 0, tc 0, ttl 64) (invalid)\n" },
	{ 1, "001122334455aabbccddeeff0806", 10,
	  { .time = LINE_TIME_NONE, .numeric = 2 },
	  "[Invalid header: len(10) < caplen(14)]\n" },
	{ 1, "001122334455aabbccddeeff0806", 0,
	  { .time = LINE_TIME_NONE, .numeric = 2 },
	  "[Invalid header: len==0]\n" },
	{ 1, "", 10,
	  { .time = LINE_TIME_NONE, .numeric = 2 },
	  "[Invalid header: caplen==0]\n" },
	{ 1, "", 0,
	  { .time = LINE_TIME_NONE, .numeric = 2 },
	  "[Invalid header: caplen==0, len==0]\n" },
	{ 1, "001122334455aabbccddeeff0806", 262145,
	  { .time = LINE_TIME_NONE, .numeric = 2 },
	  "[Invalid header: len(262145) > 262144]\n" },
	{ 113, "0000000100060011223344550000810000058100000788a86162", 26,
	  { .time = LINE_TIME_NONE, .numeric = 2 },
	  "ethertype 802.1Q, ethertype 802.1Q-QinQ,  In 00:11:22:33:44:55 ethertype 802.1Q (0x8100), length 18: \n"
	  "\t0x0000:  6162                                     ab\n" },
	{ 113, "0000000100060011223344550000810000058100000788a86162", 26,
	  { .time = LINE_TIME_NONE, .numeric = 2, .link_header = true },
	  " In 00:11:22:33:44:55 ethertype 802.1Q (0x8100), length 26: vlan 5, p 0, ethertype 802.1Q, vlan 7, p 0, ethertype 802.1Q-QinQ, \n"
	  "\t0x0000:  6162                                     ab\n" },
	{ 1, "001122334455aabbccddeeff08004500002d00010000402f66990a0000010a00000200006558001122334455aabbccddeeff8100000a1234616263", 59,
	  { .time = LINE_TIME_NONE, .numeric = 2 },
	  "IP 10.0.0.1 > 10.0.0.2: GREv0, length 25: aa:bb:cc:dd:ee:ff > 00:11:22:33:44:55, ethertype Unknown (0x1234), length 21: \n"
	  "\t0x0000:  6162 63                                  abc\n" },
};

static unsigned digit(char c)
{
	return c <= '9' ? (unsigned)(c - '0') : (unsigned)(c - 'a' + 10);
}

static uint32_t read_hex(const char *text, uint8_t *bytes, size_t size)
{
	size_t n = strlen(text) / 2;
	ck_assert_uint_le(n, size);
	for (size_t i = 0; i < n; i++)
		bytes[i] = (uint8_t)(digit(text[2 * i]) << 4 | digit(text[2 * i + 1]));
	return (uint32_t)n;
}

START_TEST(example)
{
	const struct example *e = &examples[_i];
	uint8_t bytes[256];
	uint32_t captured = read_hex(e->bytes, bytes, sizeof bytes);
	struct synfin_packet packet = packet_of(e->link_type, bytes, captured, e->length);
	expect_line(&e->options, &packet, e->line);
}
END_TEST

/* Every example cut everywhere, with every kind of option, in a block of its exact size: for the sanitizers. */
START_TEST(cut)
{
	const struct example *e = &examples[_i];
	static const struct line_options sets[] = {
		{ .numeric = 1 }, { .link_header = true, .verbose = 3, .hex_ascii = 1 }, { .quick = 1, .ascii = 2, .number = true, .time = LINE_TIME_DATE },
	};
	uint8_t bytes[256];
	uint32_t captured = read_hex(e->bytes, bytes, sizeof bytes);
	for (uint32_t n = 1; n <= captured; n++) {
		uint8_t *exact = malloc(n);
		ck_assert_ptr_nonnull(exact);
		memcpy(exact, bytes, n);
		for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
			struct line_printer *printer;
			struct output out;
			ck_assert_int_eq(line_printer_create(&printer, &sets[i], NULL), 0);
			output_init(&out, NULL, NULL, 0);
			struct synfin_packet packet = packet_of(e->link_type, exact, n, captured);
			size_t summary = line_text(printer, &packet, &out);
			ck_assert_uint_le(summary, output_length(&out));
			line_rest(printer, &packet, &out);
			ck_assert_int_eq(out.pos[-1], '\n');
			output_free(&out);
			line_printer_destroy(printer);
		}
		free(exact);
	}
}
END_TEST

static Suite *the_suite(void)
{
	Suite *suite = suite_create("lines_link");
	TCase *tcase = tcase_create("link");
	int count = (int)(sizeof examples / sizeof *examples);
	tcase_add_loop_test(tcase, example, 0, count);
	tcase_add_loop_test(tcase, cut, 0, count);
	tcase_set_timeout(tcase, 60);
	suite_add_tcase(suite, tcase);
	return suite;
}

int main(void)
{
	return suite_main(the_suite());
}
