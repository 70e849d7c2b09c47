/* SPDX-License-Identifier: BSD-3-Clause */
/* Headers that contradict themselves or what is around them, chains without end, and TCP options right and wrong. */
#include "test_decode_expect.h"

static void decode_now(void)
{
	decode_frame(&p, SYNFIN_LINK_ETHERNET, f.bytes, (uint32_t)f.size, (uint32_t)f.size);
	expect_sound(SYNFIN_LINK_ETHERNET);
}

static void ipv4_segment(void)
{
	start();
	frame_ethernet(&f, 0x800);
	tcp4();
	frame_finish(&f);
}

static void ipv6_segment(void)
{
	start();
	frame_ethernet(&f, 0x86dd);
	tcp6();
	frame_finish(&f);
}

static void expect_last(unsigned count, unsigned fault)
{
	decode_now();
	ck_assert_uint_eq(p.layer_count, count);
	ck_assert_uint_eq(p.layers[count - 1].fault, fault);
	ck_assert_uint_eq(p.layers[count - 1].header, 0);
	ck_assert(!p.has_tcp);
}

START_TEST(ipv4_header)
{
	for (unsigned size = 0; size < 5; size++) {
		ipv4_segment();
		f.bytes[14] = (uint8_t)(0x40 | size);
		expect_last(2, SYNFIN_FAULT_LENGTH);
		ck_assert_uint_eq(p.ip_version, 0);
	}
	for (unsigned version = 0; version < 16; version++) {
		if (version == 4)
			continue;
		ipv4_segment();
		f.bytes[14] = (uint8_t)(version << 4 | 5);
		expect_last(2, SYNFIN_FAULT_VERSION);
	}
	ipv4_segment();
	frame_put16(&f, 16, 19);
	expect_last(2, SYNFIN_FAULT_LENGTH);
	ipv4_segment();
	f.bytes[14] = 0x4f; /* 60 bytes of header, total length 43 */
	expect_last(2, SYNFIN_FAULT_LENGTH);
	ipv4_segment();
	frame_put16(&f, 16, 30);
	expect_last(3, SYNFIN_FAULT_SHORT);
}
END_TEST

START_TEST(ipv4_total_length)
{
	ipv4_segment();
	frame_put16(&f, 16, 0); /* segmentation offload: all the frame has is the datagram */
	decode_now();
	ck_assert_uint_eq(p.layers[1].fault, SYNFIN_FAULT_LENGTH);
	ck_assert(p.has_tcp);
	ck_assert_uint_eq(p.tcp.payload, 3);

	ipv4_segment();
	frame_put16(&f, 16, 1000); /* more than the frame has: what is declared counts */
	decode_now();
	ck_assert_uint_eq(p.fault, SYNFIN_FAULT_LENGTH);
	ck_assert_uint_eq(p.tcp.declared, 960);
	ck_assert_uint_eq(p.tcp.payload, 3); /* ... for the line; no more than this was ever in the frame */
	ck_assert_uint_eq(p.tcp.payload_captured, 3);
	ck_assert_uint_eq(p.layers[3].length, 960);
	ck_assert_uint_eq(p.layers[3].captured, 3);
	decode_frame(&p, SYNFIN_LINK_ETHERNET, f.bytes, (uint32_t)f.size, (uint32_t)f.size + 900); /* cut by the snapshot length */
	ck_assert_uint_eq(p.tcp.payload, 903);
	/* Headers alone, and a length of the frame that says so too: IP is believed, unless it counts what padded the shortest frame. */
	decode_frame(&p, SYNFIN_LINK_ETHERNET, f.bytes, 54, 54);
	ck_assert_uint_eq(p.tcp.payload, 960);
	frame_put16(&f, 16, 46);
	decode_frame(&p, SYNFIN_LINK_ETHERNET, f.bytes, 54, 54);
	ck_assert_uint_eq(p.tcp.declared, 6);
	ck_assert_uint_eq(p.tcp.payload, 0);
	frame_put16(&f, 16, 47);
	decode_frame(&p, SYNFIN_LINK_ETHERNET, f.bytes, 54, 54);
	ck_assert_uint_eq(p.tcp.payload, 7);
}
END_TEST

START_TEST(ipv6_header)
{
	ipv6_segment();
	f.bytes[14] = 0x45;
	expect_last(2, SYNFIN_FAULT_VERSION);
	ipv6_segment();
	frame_put16(&f, 18, 0);
	expect_last(3, SYNFIN_FAULT_SHORT);
	decode_frame(&p, SYNFIN_LINK_ETHERNET, f.bytes, (uint32_t)f.size, 14 + 40 + 80020); /* Linux BIG TCP before segmentation */
	ck_assert(!broken_packet(&p));
	ck_assert_uint_eq(p.layers[1].fault, SYNFIN_FAULT_LENGTH);
	ck_assert_uint_eq(p.tcp.payload, 80000);
	ipv6_segment();
	frame_put16(&f, 18, 19);
	expect_last(3, SYNFIN_FAULT_SHORT);
	ipv6_segment();
	frame_put16(&f, 18, 500);
	decode_now();
	ck_assert_uint_eq(p.layers[1].fault, SYNFIN_FAULT_LENGTH);
	ck_assert_uint_eq(p.tcp.declared, 480);
	ck_assert_uint_eq(p.tcp.payload, 3);
}
END_TEST

static void jumbogram(uint32_t payload)
{
	start();
	frame_ethernet(&f, 0x86dd);
	frame_ipv6(&f, 0);
	frame_u32(&f, 0x0600c204);
	frame_u32(&f, payload);
	frame_tcp(&f, NULL, 0);
	frame_bytes(&f, "abc", 3);
	frame_finish(&f);
	frame_put16(&f, 18, 0);
	decode_now();
}

START_TEST(jumbo_payload)
{
	jumbogram(70000);
	ck_assert(p.has_tcp);
	ck_assert_uint_eq(p.tcp.declared, 70000 - 8 - 20);
	ck_assert_uint_eq(p.tcp.payload, 3);
	ck_assert_uint_eq(p.tcp.payload_captured, 3);
	jumbogram(31); /* below 65536 a jumbo payload is none */
	ck_assert(!p.has_tcp);
	ck_assert_uint_eq(p.layer_count, 3);
	ck_assert_uint_eq(p.layers[2].fault, SYNFIN_FAULT_LENGTH);
	f.bytes[56] = 1;
	decode_now();
	ck_assert(!p.has_tcp);
}
END_TEST

START_TEST(nests_and_chains_end)
{
	start();
	frame_ethernet(&f, 0x800);
	for (int i = 0; i < 100; i++)
		frame_ipv4(&f, 4);
	frame_finish(&f);
	decode_now();
	ck_assert_uint_eq(p.layer_count, SYNFIN_LAYERS_MAX);
	ck_assert_uint_eq(p.layers[SYNFIN_LAYERS_MAX - 1].fault, SYNFIN_FAULT_DEPTH);
	ck_assert_uint_eq(p.layers[SYNFIN_LAYERS_MAX - 2].fault, 0);

	start();
	frame_ethernet(&f, 0x86dd);
	frame_ipv6(&f, 60);
	for (int i = 0; i < 100; i++)
		frame_padding_header(&f, 60);
	frame_finish(&f);
	decode_now();
	ck_assert_uint_eq(p.layer_count, SYNFIN_LAYERS_MAX);
	ck_assert_uint_eq(p.fault, SYNFIN_FAULT_DEPTH);
	ck_assert_uint_eq(p.ip.protocol, 59);

	start();
	frame_ethernet(&f, 0x8100);
	for (int i = 0; i < 100; i++)
		frame_vlan(&f, 1, 0x8100);
	decode_now();
	ck_assert_uint_eq(p.layer_count, SYNFIN_LAYERS_MAX);

	start(); /* a hop-by-hop header stands only behind the IPv6 header */
	frame_ethernet(&f, 0x86dd);
	frame_ipv6(&f, 0);
	frame_padding_header(&f, 0);
	frame_padding_header(&f, 6);
	frame_tcp(&f, NULL, 0);
	frame_finish(&f);
	expect_last(4, SYNFIN_FAULT_ORDER);
}
END_TEST

/* Padding behind an outer length stays padding when an inner length reaches into it. */
static void expect_padding_kept_out(unsigned layers, size_t inner_length, unsigned declared)
{
	frame_finish(&f);
	frame_put16(&f, inner_length, declared);
	frame_fill(&f, 0x55, 6);
	decode_now();
	ck_assert_uint_eq(p.layer_count, layers);
	ck_assert_uint_eq(p.fault, SYNFIN_FAULT_LENGTH);
	ck_assert_uint_eq(p.tcp.declared, 9);
	ck_assert_uint_eq(p.tcp.payload, 3);
	ck_assert_uint_eq(p.tcp.payload_captured, 3);
}

START_TEST(outer_length_cuts)
{
	start();
	frame_ethernet(&f, 0x800);
	frame_ipv4(&f, 4);
	tcp4();
	expect_padding_kept_out(5, 36, 49);
	start();
	frame_ethernet(&f, 0x86dd);
	frame_ipv6(&f, 41);
	tcp6();
	expect_padding_kept_out(5, 58, 29);
	start();
	frame_ethernet(&f, 8 + 43);
	frame_bytes(&f, "\xaa\xaa\3\0\0\0\x08\0", 8);
	tcp4();
	expect_padding_kept_out(6, 24, 49);
}
END_TEST

START_TEST(pppoe_length)
{
	start();
	frame_ethernet(&f, 0x8864);
	frame_pppoe(&f, 1);
	frame_u16(&f, 0x21);
	tcp4();
	frame_finish(&f);
	frame_put16(&f, 18, 2 + 19);
	decode_now();
	ck_assert_uint_eq(p.layer_count, 4);
	ck_assert_uint_eq(p.layers[3].fault, SYNFIN_FAULT_SHORT);
	frame_put16(&f, 18, 2 + 44);
	decode_now();
	ck_assert_uint_eq(p.layers[1].fault, SYNFIN_FAULT_LENGTH);
	ck_assert_uint_eq(p.tcp.payload, 3);
}
END_TEST

/* The reserved labels name the protocol whatever the bytes behind them look like. */
START_TEST(label_and_version)
{
	for (unsigned label = 0; label <= 3; label++) {
		start();
		frame_ethernet(&f, 0x8847);
		frame_u32(&f, label << 12 | 0x100);
		if (label == 2)
			tcp4();
		else
			tcp6();
		frame_finish(&f);
		decode_now();
		ck_assert_uint_eq(p.layers[2].kind, label == 0 || label == 3 ? IPV4 : IPV6);
		ck_assert_uint_eq(p.layers[2].fault, label == 1 ? 0 : SYNFIN_FAULT_VERSION);
	}
}
END_TEST

START_TEST(tcp_data_offset)
{
	for (unsigned offset = 0; offset < 16; offset++) {
		ipv4_segment();
		f.bytes[46] = (uint8_t)(offset << 4);
		decode_now();
		ck_assert(p.has_tcp == (offset >= 5));
		ck_assert_uint_eq(p.layers[2].fault, offset == 5 ? 0 : SYNFIN_FAULT_LENGTH);
		ck_assert_uint_eq(p.layers[2].header, offset == 5 ? 20 : 0);
		if (offset > 5) {
			ck_assert_uint_eq(p.tcp.header, offset * 4);
			ck_assert_uint_eq(p.tcp.payload, 0);
			ck_assert_uint_eq(p.tcp.options, 0);
		}
	}
}
END_TEST

START_TEST(tcp_flags)
{
	for (unsigned flags = 0; flags < 0x200; flags++) {
		ipv4_segment();
		f.bytes[46] = (uint8_t)(0x50 | flags >> 8);
		f.bytes[47] = (uint8_t)flags;
		decode_frame(&p, SYNFIN_LINK_ETHERNET, f.bytes, (uint32_t)f.size, (uint32_t)f.size);
		ck_assert_uint_eq(p.tcp.flags, flags);
	}
}
END_TEST

/* Decode a segment with these options; 0 bytes (end of list) fill up to a multiple of four. */
static void options(const void *bytes, size_t n)
{
	uint8_t padded[40] = { 0 };

	memcpy(padded, bytes, n);
	start();
	frame_ethernet(&f, 0x800);
	frame_ipv4(&f, 6);
	frame_tcp(&f, padded, (n + 3) / 4 * 4);
	frame_finish(&f);
	decode_now();
	ck_assert(p.has_tcp);
}

#define OPTIONS(text) options(text, sizeof(text) - 1)

START_TEST(tcp_options)
{
	OPTIONS("\2\4\5\xb4\4\2\x8\xa\0\0\0\1\0\0\0\2\1\3\3\7");
	ck_assert_uint_eq(p.tcp.options, SYNFIN_TCPOPT_MSS | SYNFIN_TCPOPT_SACK_PERMITTED | SYNFIN_TCPOPT_TIMESTAMPS | SYNFIN_TCPOPT_WINDOW_SCALE);
	ck_assert_uint_eq(p.tcp.mss, 1460);
	ck_assert_uint_eq(p.tcp.window_scale, 7);
	ck_assert_uint_eq(p.tcp.timestamp_value, 1);
	ck_assert_uint_eq(p.tcp.timestamp_echo, 2);
	OPTIONS("\1\1\x8\xa\0\0\0\3\0\0\0\4");
	ck_assert_uint_eq(p.tcp.options, SYNFIN_TCPOPT_TIMESTAMPS);
	ck_assert_uint_eq(p.tcp.timestamp_value, 3);
	OPTIONS("\1\1\5\x22\0\0\0\1\0\0\0\2\0\0\0\3\0\0\0\4\0\0\0\5\0\0\0\6\0\0\0\7\0\0\0\x8");
	ck_assert_uint_eq(p.tcp.options, SYNFIN_TCPOPT_SACK);
	ck_assert_uint_eq(p.tcp.sack_count, 4);
	ck_assert_uint_eq(p.tcp.sack[3].left, 7);
	ck_assert_uint_eq(p.tcp.sack[3].right, 8);
	OPTIONS("\x22\2\x1e\4\0\0\x1d\4\1\2");
	ck_assert_uint_eq(p.tcp.options, SYNFIN_TCPOPT_FAST_OPEN | SYNFIN_TCPOPT_MPTCP | SYNFIN_TCPOPT_AO);
	OPTIONS("\xfe\4\xf9\x89\x13\x12" "0123456789abcdef");
	ck_assert_uint_eq(p.tcp.options, SYNFIN_TCPOPT_FAST_OPEN | SYNFIN_TCPOPT_MD5);
	OPTIONS("\0\2\4\5\xb4");
	ck_assert_uint_eq(p.tcp.options, 0);
	ck_assert_uint_eq(p.fault, 0);
}
END_TEST

START_TEST(tcp_options_of_wrong_length)
{
	/* stepped over, as their lengths say, without counting */
	OPTIONS("\2\6\5\xb4\1\1\3\4\7\1\4\3\1\x8\4\1\1\1\5\2\x13\3\1\x8\xb\0\0\0\0\0\0\0\0\0");
	ck_assert_uint_eq(p.tcp.options, 0);
	ck_assert_uint_eq(p.fault, 0);
	OPTIONS("\5\xb\0\0\0\1\0\0\0\2\1\xfe\4\x12\x34\2\4\0\1");
	ck_assert_uint_eq(p.tcp.options, SYNFIN_TCPOPT_MSS);
	ck_assert_uint_eq(p.tcp.mss, 1);
	ck_assert_uint_eq(p.tcp.sack_count, 0);

	/* where a length says nothing, the list ends; what came before counts */
	for (unsigned length = 0; length < 256; length++) {
		uint8_t list[8] = { 2, 4, 0, 9, 77, (uint8_t)length, 1, 1 };
		options(list, sizeof list);
		ck_assert_uint_eq(p.tcp.options, SYNFIN_TCPOPT_MSS);
		ck_assert_uint_eq(p.fault, length >= 2 && length <= 4 ? 0 : SYNFIN_FAULT_OPTIONS);
	}
	OPTIONS("\1\1\1\x8");
	ck_assert_uint_eq(p.fault, SYNFIN_FAULT_OPTIONS);
}
END_TEST

START_TEST(lengths_that_lie)
{
	ipv4_segment();
	decode_frame(&p, SYNFIN_LINK_ETHERNET, f.bytes, (uint32_t)f.size, 0); /* the record header's length below what it captured */
	ck_assert(!broken_packet(&p));
	ck_assert_uint_eq(p.length, 0);
	ck_assert_uint_eq(p.layers[0].length, f.size);
	ck_assert_uint_eq(p.fault, 0);
	decode_frame(&p, SYNFIN_LINK_ETHERNET, NULL, 0, 0);
	ck_assert_uint_eq(p.layer_count, 1);
	ck_assert_uint_eq(p.fault, SYNFIN_FAULT_SHORT);
	decode_frame(&p, SYNFIN_LINK_RAW, NULL, 0, 60);
	ck_assert_uint_eq(p.fault, SYNFIN_FAULT_CUT);
}
END_TEST

START_TEST(quoted_datagram)
{
	ipv4_segment();
	decode_datagram(&p, 4, f.bytes + 14, 28, 43); /* what an ICMP error quotes at least: 8 bytes of the segment */
	ck_assert(!broken_packet(&p));
	ck_assert_uint_eq(p.layer_count, 2);
	ck_assert_uint_eq(p.layers[0].kind, IPV4);
	ck_assert_uint_eq(p.layers[1].kind, TCP);
	ck_assert_uint_eq(p.layers[1].fault, SYNFIN_FAULT_CUT);
	ck_assert_uint_eq(p.layers[1].length, 23);
	ck_assert_uint_eq(p.layers[1].captured, 8);
	ck_assert(!p.has_tcp);
	decode_datagram(&p, 6, f.bytes + 14, 43, 43);
	ck_assert_uint_eq(p.fault, SYNFIN_FAULT_VERSION);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("decode_malformed");
	TCase *test = tcase_create("malformed");
	tcase_add_test(test, ipv4_header);
	tcase_add_test(test, ipv4_total_length);
	tcase_add_test(test, ipv6_header);
	tcase_add_test(test, jumbo_payload);
	tcase_add_test(test, nests_and_chains_end);
	tcase_add_test(test, outer_length_cuts);
	tcase_add_test(test, pppoe_length);
	tcase_add_test(test, label_and_version);
	tcase_add_test(test, tcp_data_offset);
	tcase_add_test(test, tcp_flags);
	tcase_add_test(test, tcp_options);
	tcase_add_test(test, tcp_options_of_wrong_length);
	tcase_add_test(test, lengths_that_lie);
	tcase_add_test(test, quoted_datagram);
	suite_add_tcase(suite, test);
	return suite_main(suite);
}
