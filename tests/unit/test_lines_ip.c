/* SPDX-License-Identifier: BSD-3-Clause */
/* IPv4, IPv6 and their options and extension headers, each by a packet in a printer of its own. The expected lines were printed by tcpdump 4.99.3. */
#include "lines_example.h"
#include "suite.h"

static const struct line_example examples[] = {
	{ 40, { .time = LINE_TIME_NONE, .numeric = 2 },
	  "4500002800010000400666cd0a0000010a00000203e807d000000001000000005002020000000000",
	  "IP 10.0.0.1.1000 > 10.0.0.2.2000: Flags [S], seq 1, win 512, length 0\n" },
	{ 40, { .time = LINE_TIME_NONE, .numeric = 2, .verbose = 1 },
	  "4500002800010000400666cd0a0000010a00000203e807d000000001000000005002020000000000",
	  "IP (tos 0x0, ttl 64, id 1, offset 0, flags [none], proto TCP (6), length 40)\n"
	  "    10.0.0.1.1000 > 10.0.0.2.2000: Flags [S], cksum 0x0000 (incorrect -> 0x8e27), seq 1, win 512, length 0\n" },
	{ 40, { .time = LINE_TIME_NONE, .numeric = 2, .verbose = 1 },
	  "4502002800014000000666cb0a0000010a00000203e807d000000001000000005002020000000000",
	  "IP (tos 0x2,ECT(0), id 1, offset 0, flags [DF], proto TCP (6), length 40)\n"
	  "    10.0.0.1.1000 > 10.0.0.2.2000: Flags [S], cksum 0x0000 (incorrect -> 0x8e27), seq 1, win 512, length 0\n" },
	{ 40, { .time = LINE_TIME_NONE, .numeric = 2 },
	  "4500002900010000400666cc0a0000010a00000203e807d000000001000000005002020000000000",
	  "IP truncated-ip - 1 bytes missing! 10.0.0.1.1000 > 10.0.0.2.2000: Flags [S], seq 1:2, win 512, length 1\n" },
	{ 40, { .time = LINE_TIME_NONE, .numeric = 2 },
	  "4500001300010000400666e20a0000010a00000203e807d000000001000000005002020000000000",
	  "IP bad-len 19\n" },
	{ 40, { .time = LINE_TIME_NONE, .numeric = 2 },
	  "4400002800010000400667cd0a0000010a00000203e807d000000001000000005002020000000000",
	  "IP bad-hlen 16\n" },
	{ 40, { .time = LINE_TIME_NONE, .numeric = 2, .verbose = 1 },
	  "450000280001000040fd65d60a0000010a00000203e807d000000001000000005002020000000000",
	  "IP (tos 0x0, ttl 64, id 1, offset 0, flags [none], proto unknown (253), length 40)\n"
	  "    10.0.0.1 > 10.0.0.2:  ip-proto-253 20\n" },
	{ 40, { .time = LINE_TIME_NONE, .numeric = 2, .verbose = 1 },
	  "4500002800012000400646cd0a0000010a00000203e807d000000001000000005002020000000000",
	  "IP (tos 0x0, ttl 64, id 1, offset 0, flags [+], proto TCP (6), length 40)\n"
	  "    10.0.0.1.1000 > 10.0.0.2.2000: Flags [S], seq 1, win 512, length 0\n" },
	{ 40, { .time = LINE_TIME_NONE, .numeric = 2 },
	  "4500002800012001400646cc0a0000010a00000203e807d000000001000000005002020000000000",
	  "IP 10.0.0.1 > 10.0.0.2: ip-proto-6\n" },
	{ 40, { .time = LINE_TIME_NONE, .numeric = 2, .quick = 2 },
	  "4500002800012001400646cc0a0000010a00000203e807d000000001000000005002020000000000",
	  "IP \n" },
	{ 40, { .time = LINE_TIME_NONE, .numeric = 2 },
	  "4500002800010000403a66990a0000010a00000203e807d000000001000000005002020000000000",
	  "IP 10.0.0.1 > 10.0.0.2: [ICMPv6 requires IPv6] (invalid)\n" },
	{ 40, { .time = LINE_TIME_NONE, .numeric = 2 },
	  "45",
	  "IP  [|ip]\n" },
	{ 48, { .time = LINE_TIME_NONE, .numeric = 2 },
	  "470000300001000040064eb40a0000010a0000020707",
	  "IP  [remaining caplen(22) < header length(28)] [|ip]\n" },
	{ 48, { .time = LINE_TIME_NONE, .numeric = 2, .verbose = 1 },
	  "470000300001000040064eb40a0000010a0000020707",
	  "IP (tos 0x0, ttl 64, id 1, offset 0, flags [none], proto TCP (6), length 48, options (RR [truncated-option]))\n"
	  "    10.0.0.1 > 10.0.0.2:  [|ip]\n" },
	{ 40, { .time = LINE_TIME_NONE, .numeric = 2, .verbose = 1 },
	  "4500002800010000400600120a0000010a00000203e807d000000001000000005002020000000000",
	  "IP (tos 0x0, ttl 64, id 1, offset 0, flags [none], proto TCP (6), length 40, bad cksum 12 (->66cd)!)\n"
	  "    10.0.0.1.1000 > 10.0.0.2.2000: Flags [S], cksum 0x0000 (incorrect -> 0x8e27), seq 1, win 512, length 0\n" },
	{ 60, { .time = LINE_TIME_NONE, .numeric = 2, .verbose = 1 },
	  "4a00003c0001000040063d050a0000010a0000020101070b080a0000050a0000069404000500000003e807d00000000100000000500202"
	  "0000000000",
	  "IP (tos 0x0, ttl 64, id 1, offset 0, flags [none], proto TCP (6), length 60, options (NOP,NOP,RR 10.0.0.5, 10.0.0.6,RA value 5,EOL))\n"
	  "    10.0.0.1.1000 > 10.0.0.2.2000: Flags [S], cksum 0x0000 (incorrect -> 0x8e27), seq 1, win 512, length 0\n" },
	{ 52, { .time = LINE_TIME_NONE, .numeric = 2, .verbose = 1 },
	  "4800003400010000400610b20a0000010a000002440c05010a0000010000000103e807d000000001000000005002020000000000",
	  "IP (tos 0x0, ttl 64, id 1, offset 0, flags [none], proto TCP (6), length 52, options (timestamp TS{TS+ADDR ^ 1@10.0.0.1}))\n"
	  "    10.0.0.1.1000 > 10.0.0.2.2000: Flags [S], cksum 0x0000 (incorrect -> 0x8e27), seq 1, win 512, length 0\n" },
	{ 52, { .time = LINE_TIME_NONE, .numeric = 2, .verbose = 1 },
	  "480000340001000040060fc50a0000010a0000024408f5f30000000119ff000003e807d000000001000000005002020000000000",
	  "IP (tos 0x0, ttl 64, id 1, offset 0, flags [none], proto TCP (6), length 52, options (timestamp TS{[bad length 8][bad ptr 245]PRESPEC 436142080@0.0.0.1 [15 hops not recorded]} ,unknown 25 [bad length 255]))\n"
	  "    10.0.0.1.1000 > 10.0.0.2.2000: Flags [S], cksum 0x0000 (incorrect -> 0x8e27), seq 1, win 512, length 0\n" },
	{ 52, { .time = LINE_TIME_NONE, .numeric = 2, .verbose = 1 },
	  "48000034000100004006d1a10a0000010a000002830b040a0000050a0000060003e807d000000001000000005002020000000000",
	  "IP (tos 0x0, ttl 64, id 1, offset 0, flags [none], proto TCP (6), length 52, options (LSRR 10.0.0.5 10.0.0.6,EOL))\n"
	  "    10.0.0.1.1000 > 10.0.0.2.2000: Flags [S], cksum 0x0000 (incorrect -> 0x8e23), seq 1, win 512, length 0\n" },
	{ 60, { .time = LINE_TIME_NONE, .numeric = 2 },
	  "600000000014064020010db800000000000000000000000120010db800000000000000000000000203e807d00000000100000000500202"
	  "0000000000",
	  "IP6 2001:db8::1.1000 > 2001:db8::2.2000: Flags [S], seq 1, win 512, length 0\n" },
	{ 60, { .time = LINE_TIME_NONE, .numeric = 2, .verbose = 1 },
	  "6b8000050014064020010db800000000000000000000000120010db800000000000000000000000203e807d00000000100000000500202"
	  "0000000000",
	  "IP6 (class 0xb8, flowlabel 0x00005, hlim 64, next-header TCP (6) payload length: 20) 2001:db8::1.1000 > 2001:db8::2.2000: Flags [S], cksum 0x0000 (incorrect -> 0x46b5), seq 1, win 512, length 0\n" },
	{ 60, { .time = LINE_TIME_NONE, .numeric = 2 },
	  "600000000190064020010db800000000000000000000000120010db800000000000000000000000203e807d00000000100000000500202"
	  "0000000000",
	  "IP6 truncated-ip6 - 380 bytes missing!2001:db8::1.1000 > 2001:db8::2.2000: Flags [S], seq 1:381, win 512, length 380\n" },
	{ 60, { .time = LINE_TIME_NONE, .numeric = 2 },
	  "600000000014064020010db800000000000000000000000120010db80000000000000000000000",
	  " [|ip6]\n" },
	{ 60, { .time = LINE_TIME_NONE, .numeric = 2 },
	  "6000000000143b4020010db800000000000000000000000120010db800000000000000000000000203e807d00000000100000000500202"
	  "0000000000",
	  "IP6 2001:db8::1 > 2001:db8::2: no next header\n" },
	{ 60, { .time = LINE_TIME_NONE, .numeric = 2 },
	  "600000000000064020010db800000000000000000000000120010db800000000000000000000000203e807d00000000100000000500202"
	  "0000000000",
	  "IP6 2001:db8::1 > 2001:db8::2: [|tcp]\n" },
	{ 68, { .time = LINE_TIME_NONE, .numeric = 2 },
	  "60000000001c004020010db800000000000000000000000120010db8000000000000000000000002060005020000010003e807d0000000"
	  "01000000005002020000000000",
	  "IP6 2001:db8::1 > 2001:db8::2: HBH 1000 > 2000: Flags [S], seq 1, win 512, length 0\n" },
	{ 68, { .time = LINE_TIME_NONE, .numeric = 2, .verbose = 1 },
	  "60000000001c004020010db800000000000000000000000120010db8000000000000000000000002060005020000010003e807d0000000"
	  "01000000005002020000000000",
	  "IP6 (hlim 64, next-header Options (0) payload length: 28) 2001:db8::1 > 2001:db8::2: HBH (rtalert: 0x0000) (padn) 1000 > 2000: Flags [S], cksum 0x0000 (incorrect -> 0x46b5), seq 1, win 512, length 0\n" },
	{ 68, { .time = LINE_TIME_NONE, .numeric = 2 },
	  "60000000001c004020010db800000000000000000000000120010db8000000000000000000000002060005030000000003e807d0000000"
	  "01000000005002020000000000",
	  "IP6 2001:db8::1 > 2001:db8::2: HBH (rtalert: invalid len 3) [|hbhopt]\n" },
	{ 68, { .time = LINE_TIME_NONE, .numeric = 2, .verbose = 1 },
	  "600000000000004020010db800000000000000000000000120010db80000000000000000000000020600c2040001000003e807d0000000"
	  "01000000005002020000000000",
	  "IP6 (hlim 64, next-header Options (0) payload length: 0) 2001:db8::1 > 2001:db8::2: HBH (jumbo: 65536)  truncated-ip6 - 65508 bytes missing!1000 > 2000: Flags [S], seq 1:65509, win 512, length 65508\n" },
	{ 68, { .time = LINE_TIME_NONE, .numeric = 2 },
	  "600000000000004020010db800000000000000000000000120010db8000000000000000000000002060001040000000003e807d0000000"
	  "01000000005002020000000000",
	  "IP6 2001:db8::1 > 2001:db8::2: HBH [No valid Jumbo Payload Hop-by-Hop option found] (invalid)\n" },
	{ 84, { .time = LINE_TIME_NONE, .numeric = 2, .verbose = 1 },
	  "60000000002c3c4020010db800000000000000000000000120010db80000000000000000000000020601c91020010db800000000000000"
	  "00000000050000000003e807d000000001000000005002020000000000",
	  "IP6 (hlim 64, next-header unknown (60) payload length: 44) 2001:db8::1 > 2001:db8::2: DSTOPT  [|dstopt]\n" },
	{ 84, { .time = LINE_TIME_NONE, .numeric = 2, .verbose = 1 },
	  "60000000002c2b4020010db800000000000000000000000120010db8000000000000000000000002060200010000000020010db8000000"
	  "00000000000000000903e807d000000001000000005002020000000000",
	  "IP6 (hlim 64, next-header Routing (43) payload length: 44) 2001:db8::1 > 2001:db8::2: RT6 (len=2, type=0 [Deprecated], segleft=1, rsv=0x0, [0]2001:db8::9) 1000 > 2000: Flags [S], cksum 0x0000 (incorrect -> 0x46ae), seq 1, win 512, length 0\n" },
	{ 84, { .time = LINE_TIME_NONE, .numeric = 2 },
	  "60000000002c2b4020010db800000000000000000000000120010db8000000000000000000000002060204010000000720010db8000000"
	  "00000000000000000903e807d000000001000000005002020000000000",
	  "IP6 2001:db8::1 > 2001:db8::2: RT6 (len=2, type=4, segleft=1, last-entry=0, tag=7, [0]2001:db8::9) 1000 > 2000: Flags [S], seq 1, win 512, length 0\n" },
	{ 84, { .time = LINE_TIME_NONE, .numeric = 2 },
	  "60000000002c2b4020010db800000000000000000000000120010db8000000000000000000000002060203010000000000000000000000"
	  "00000000000000000003e807d000000001000000005002020000000000",
	  "IP6 2001:db8::1 > 2001:db8::2: RT6 (len=2, type=3, segleft=1 (unknown type) (invalid)\n" },
	{ 68, { .time = LINE_TIME_NONE, .numeric = 2 },
	  "60000000001c2c4020010db800000000000000000000000120010db8000000000000000000000002060000010000123403e807d0000000"
	  "01000000005002020000000000",
	  "IP6 2001:db8::1 > 2001:db8::2: frag (0|20) 1000 > 2000: Flags [S], seq 1, win 512, length 0\n" },
	{ 68, { .time = LINE_TIME_NONE, .numeric = 2, .verbose = 1 },
	  "60000000001c2c4020010db800000000000000000000000120010db8000000000000000000000002060000310000123403e807d0000000"
	  "01000000005002020000000000",
	  "IP6 (hlim 64, next-header Fragment (44) payload length: 28) 2001:db8::1 > 2001:db8::2: frag (0x00001234:48|20)\n" },
	{ 76, { .time = LINE_TIME_NONE, .numeric = 2 },
	  "600000000024004020010db800000000000000000000000120010db8000000000000000000000002000001040000000006000104000000"
	  "0003e807d000000001000000005002020000000000",
	  "IP6 2001:db8::1 > 2001:db8::2: HBH [The Hop-by-Hop Options header was already found] (invalid)\n" },
	{ 60, { .time = LINE_TIME_NONE, .numeric = 2, .verbose = 1 },
	  "600000000014874020010db800000000000000000000000120010db80000000000000000000000023b0105000000000980000003020200"
	  "0500000000",
	  "IP6 (hlim 64, next-header Mobility (135) payload length: 20) 2001:db8::1 > 2001:db8::2: mobility: BU seq#=9 A lifetime=12(refresh: 20)\n" },
	/* An option that says it is shorter than its kind, cut in what is read of it all the same. */
	{ 68, { .time = LINE_TIME_NONE, .numeric = 2, .verbose = 1 },
	  "60000000001c874020010db800000000000000000000000120010db80000000000000000000000023b020500000000098000000304000400"
	  "0012",
	  "IP6 (hlim 64, next-header Mobility (135) payload length: 28) 2001:db8::1 > 2001:db8::2: mobility: BU seq#=9 A lifetime=12"
	  "(ni: ho=0x0400 co=0x0012) [|mobility]\n" },
	/* Of protocols with ports whose printers are left out, who talks to whom. */
	{ 32, { .time = LINE_TIME_NONE, .numeric = 2 },
	  "4500002000010000408466560a0000010a00000203e807d000000001aabbccdd",
	  "IP 10.0.0.1 > 10.0.0.2:  ip-proto-132 12\n" },
	{ 64, { .time = LINE_TIME_NONE, .numeric = 2, .verbose = 1 },
	  "600000000018874020010db800000000000000000000000120010db80000000000000000000000023b0204000000000701020304050607"
	  "081112131415161718",
	  "IP6 (hlim 64, next-header Mobility (135) payload length: 24) 2001:db8::1 > 2001:db8::2: mobility: CoT nonce id=0x7 Care-of Init Cookie=01020304:05060708 Care-of Keygen Token=11121314:15161718\n" },
	{ 64, { .time = LINE_TIME_NONE, .numeric = 2 },
	  "4500004000010000403366880a0000010a0000020604000011223344000000050102030405060708090a0b0c03e807d000000001000000"
	  "005002020000000000",
	  "IP 10.0.0.1 > 10.0.0.2: AH(spi=0x11223344,seq=0x5,icv=0x0102030405060708090a0b0c): 1000 > 2000: Flags [S], seq 1, win 512, length 0\n" },
	{ 64, { .time = LINE_TIME_NONE, .numeric = 2, .verbose = 1 },
	  "4500004000010000403366880a0000010a0000020604000011223344000000050102030405060708090a0b0c03e807d000000001000000"
	  "005002020000000000",
	  "IP (tos 0x0, ttl 64, id 1, offset 0, flags [none], proto AH (51), length 64)\n"
	  "    10.0.0.1 > 10.0.0.2: AH(length=4(24-bytes),spi=0x11223344,seq=0x5,icv=0x0102030405060708090a0b0c): 1000 > 2000: Flags [S], cksum 0x0000 (incorrect -> 0x8e27), seq 1, win 512, length 0\n" },
	{ 29, { .time = LINE_TIME_NONE, .numeric = 2 },
	  "4500001d00010000403266ac0a0000010a0000020102030405060708ff",
	  "IP 10.0.0.1 > 10.0.0.2: ESP(spi=0x01020304,seq=0x5060708), length 9\n" },
};

START_TEST(examples_print)
{
	line_example_check(&examples[_i]);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("lines_ip");
	TCase *tc = tcase_create("ip");
	tcase_add_loop_test(tc, examples_print, 0, sizeof examples / sizeof *examples);
	suite_add_tcase(suite, tc);
	return suite_main(suite);
}
