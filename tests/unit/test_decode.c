/* SPDX-License-Identifier: BSD-3-Clause */
/* One frame of each link type and plain protocol: its layers, what the packet says of it, and the same cut at every length. */
#include "test_decode_expect.h"

START_TEST(ethernet_ipv4_tcp)
{
	start();
	frame_ethernet(&f, 0x800);
	tcp4();
	EXPECT(SYNFIN_LINK_ETHERNET, ETHERNET, IPV4, TCP, PAYLOAD);
	expect_segment();
	ck_assert_uint_eq(p.ip_version, 4);
	ck_assert_mem_eq(p.ip.source.bytes, "\0\0\0\0\0\0\0\0\0\0\xff\xff\x0a\0\0\1", 16);
	ck_assert_mem_eq(p.ip.destination.bytes, "\0\0\0\0\0\0\0\0\0\0\xff\xff\x0a\0\0\2", 16);
	ck_assert_uint_eq(p.ip.id, 0x1234);
	ck_assert_uint_eq(p.ip.ttl, 64);
	ck_assert_uint_eq(p.ip.protocol, 6);
	ck_assert(!p.ip.fragment);
	ck_assert_uint_eq(p.vlan, 0xffffffff);
	ck_assert_uint_eq(p.tunnel, 0);
	ck_assert_uint_eq(p.layers[0].next, 0x800);
	ck_assert_uint_eq(p.layers[1].type, 0x800);
	ck_assert_uint_eq(p.layers[1].next, 6);
	ck_assert_uint_eq(p.layers[2].offset, 34);
	ck_assert_uint_eq(p.layers[2].length, 23);
}
END_TEST

START_TEST(ethernet_ipv6_tcp)
{
	start();
	frame_ethernet(&f, 0x86dd);
	tcp6();
	EXPECT(SYNFIN_LINK_ETHERNET, ETHERNET, IPV6, TCP, PAYLOAD);
	expect_segment();
	ck_assert_uint_eq(p.ip_version, 6);
	ck_assert_mem_eq(p.ip.source.bytes, "\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\1", 16);
	ck_assert_uint_eq(p.ip.traffic_class, 0xb8);
	ck_assert_uint_eq(p.ip.ttl, 63);
	ck_assert_uint_eq(p.ip.id, 0);
}
END_TEST

/* Bytes behind the IP total length are no payload. */
START_TEST(padding_is_no_payload)
{
	start();
	frame_ethernet(&f, 0x800);
	frame_ipv4(&f, 6);
	frame_tcp(&f, NULL, 0);
	frame_finish(&f);
	f.patch_count = 0;
	frame_fill(&f, 0, 6);
	EXPECT(SYNFIN_LINK_ETHERNET, ETHERNET, IPV4, TCP);
	ck_assert_uint_eq(p.tcp.payload, 0);
	ck_assert_uint_eq(p.layers[2].captured, 20);
}
END_TEST

START_TEST(every_link_type)
{
	static const struct {
		uint16_t link;
		const char *header;
		size_t size;
		uint8_t kind;
		int version;
	} links[] = {
		{ SYNFIN_LINK_NULL, "\2\0\0\0", 4, SYNFIN_LAYER_NULL, 4 },
		{ SYNFIN_LINK_NULL, "\0\0\0\2", 4, SYNFIN_LAYER_NULL, 4 },
		{ SYNFIN_LINK_NULL, "\x18\0\0\0", 4, SYNFIN_LAYER_NULL, 6 },
		{ SYNFIN_LINK_NULL, "\x1c\0\0\0", 4, SYNFIN_LAYER_NULL, 6 },
		{ SYNFIN_LINK_LOOP, "\0\0\0\x1e", 4, SYNFIN_LAYER_NULL, 6 },
		{ SYNFIN_LINK_RAW, "", 0, SYNFIN_LAYER_RAW, 4 },
		{ SYNFIN_LINK_RAW, "", 0, SYNFIN_LAYER_RAW, 6 },
		{ SYNFIN_LINK_IPV4, "", 0, SYNFIN_LAYER_RAW, 4 },
		{ SYNFIN_LINK_IPV6, "", 0, SYNFIN_LAYER_RAW, 6 },
		{ SYNFIN_LINK_PPP, "\xff\3\0\x21", 4, SYNFIN_LAYER_PPP, 4 },
		{ SYNFIN_LINK_PPP, "\0\x57", 2, SYNFIN_LAYER_PPP, 6 },
		{ SYNFIN_LINK_PPP, "\x21", 1, SYNFIN_LAYER_PPP, 4 },
		{ SYNFIN_LINK_PPP, "\xff\3\x57", 3, SYNFIN_LAYER_PPP, 6 },
		{ SYNFIN_LINK_PPP_HDLC, "\xff\3\0\x21", 4, SYNFIN_LAYER_PPP, 4 },
		{ SYNFIN_LINK_PPP_HDLC, "\x0f\0\x08\0", 4, SYNFIN_LAYER_PPP, 4 },
		{ SYNFIN_LINK_SLL, "\0\0\0\1\0\6\0\1\2\3\4\5\0\0\x08\0", 16, SYNFIN_LAYER_SLL, 4 },
		{ SYNFIN_LINK_SLL2, "\x86\xdd\0\0\0\0\0\1\0\1\0\6\0\1\2\3\4\5\0\0", 20, SYNFIN_LAYER_SLL2, 6 },
	};

	for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
		start();
		frame_bytes(&f, links[i].header, links[i].size);
		if (links[i].version == 4)
			tcp4();
		else
			tcp6();
		ck_assert(decode_knows_link(links[i].link));
		EXPECT(links[i].link, links[i].kind, links[i].version == 4 ? IPV4 : IPV6, TCP, PAYLOAD);
		expect_segment();
	}
	ck_assert(!decode_knows_link(7));
	start();
	frame_fill(&f, 7, 20);
	EXPECT(7, SYNFIN_LAYER_UNKNOWN_LINK);
}
END_TEST

START_TEST(vlan_tags)
{
	start();
	frame_ethernet(&f, 0x8100);
	frame_vlan(&f, 0x600a, 0x800);
	tcp4();
	EXPECT(SYNFIN_LINK_ETHERNET, ETHERNET, SYNFIN_LAYER_VLAN, IPV4, TCP, PAYLOAD);
	expect_segment();
	ck_assert_uint_eq(p.vlan, 0xffff000a);

	start();
	frame_ethernet(&f, 0x9100);
	frame_vlan(&f, 1, 0x9200);
	frame_vlan(&f, 2, 0x88a8);
	frame_vlan(&f, 3, 0x86dd);
	tcp6();
	EXPECT(SYNFIN_LINK_ETHERNET, ETHERNET, SYNFIN_LAYER_VLAN, SYNFIN_LAYER_VLAN, SYNFIN_LAYER_VLAN, IPV6, TCP, PAYLOAD);
	expect_segment();
	ck_assert_uint_eq(p.vlan, 0x00020003);
}
END_TEST

START_TEST(llc_and_snap)
{
	start();
	frame_ethernet(&f, 8 + 43);
	frame_bytes(&f, "\xaa\xaa\3\0\0\0\x08\0", 8);
	tcp4();
	EXPECT(SYNFIN_LINK_ETHERNET, ETHERNET, SYNFIN_LAYER_LLC, SYNFIN_LAYER_SNAP, IPV4, TCP, PAYLOAD);
	expect_segment();

	start(); /* the padding behind an 802.3 length is no part of the message */
	frame_ethernet(&f, 38);
	frame_bytes(&f, "\x42\x42\3", 3);
	frame_fill(&f, 0, 43);
	EXPECT(SYNFIN_LINK_ETHERNET, ETHERNET, SYNFIN_LAYER_LLC, SYNFIN_LAYER_STP);
	ck_assert_uint_eq(p.layers[2].length, 35);
	ck_assert_uint_eq(p.layers[2].captured, 35);

	start();
	frame_ethernet(&f, 100);
	frame_bytes(&f, "\xaa\xaa\3\0\0\x0c\x01\x0b", 8);
	frame_fill(&f, 0, 40);
	EXPECT(SYNFIN_LINK_ETHERNET, ETHERNET, SYNFIN_LAYER_LLC, SYNFIN_LAYER_SNAP, SYNFIN_LAYER_STP);
	ck_assert_uint_eq(p.layers[0].fault, SYNFIN_FAULT_LENGTH);
}
END_TEST

START_TEST(protocols_that_end_the_walk)
{
	static const struct {
		unsigned ethertype, protocol;
		uint8_t kind;
	} leaves[] = {
		{ 0x800, 1, SYNFIN_LAYER_ICMP },           { 0x800, 2, SYNFIN_LAYER_IGMP },
		{ 0x800, 58, SYNFIN_LAYER_UNKNOWN_IP },    { 0x800, 253, SYNFIN_LAYER_UNKNOWN_IP },
		{ 0x800, 59, SYNFIN_LAYER_NO_NEXT_HEADER }, { 0x800, 44, SYNFIN_LAYER_UNKNOWN_IP },
		{ 0x86dd, 58, SYNFIN_LAYER_ICMPV6 },       { 0x86dd, 1, SYNFIN_LAYER_UNKNOWN_IP },
		{ 0x86dd, 59, SYNFIN_LAYER_NO_NEXT_HEADER }, { 0x86dd, 135, SYNFIN_LAYER_MOBILITY },
	};

	for (size_t i = 0; i < sizeof leaves / sizeof *leaves; i++) {
		start();
		frame_ethernet(&f, leaves[i].ethertype);
		if (leaves[i].ethertype == 0x800)
			frame_ipv4(&f, leaves[i].protocol);
		else
			frame_ipv6(&f, leaves[i].protocol);
		frame_fill(&f, 0, 16);
		EXPECT(SYNFIN_LINK_ETHERNET, ETHERNET, leaves[i].ethertype == 0x800 ? IPV4 : IPV6, leaves[i].kind);
		ck_assert_uint_eq(p.layers[2].type, leaves[i].protocol);
		ck_assert_uint_eq(p.ip.protocol, leaves[i].protocol);
		ck_assert_uint_eq(p.fault, 0);
	}
	start();
	frame_ethernet(&f, 0x806);
	frame_fill(&f, 1, 28);
	EXPECT(SYNFIN_LINK_ETHERNET, ETHERNET, SYNFIN_LAYER_ARP);
	start();
	frame_ethernet(&f, 0x1234);
	frame_fill(&f, 1, 11);
	EXPECT(SYNFIN_LINK_ETHERNET, ETHERNET, SYNFIN_LAYER_UNKNOWN_ETHERTYPE);
	ck_assert_uint_eq(p.layers[1].type, 0x1234);
}
END_TEST

START_TEST(udp)
{
	start();
	frame_ethernet(&f, 0x86dd);
	frame_ipv6(&f, 17);
	frame_udp(&f, 1234, 53);
	frame_fill(&f, 9, 5);
	EXPECT(SYNFIN_LINK_ETHERNET, ETHERNET, IPV6, UDP, PAYLOAD);
	ck_assert(p.has_udp && !p.has_tcp);
	ck_assert_uint_eq(p.udp_source_port, 1234);
	ck_assert_uint_eq(p.udp_destination_port, 53);
	ck_assert_uint_eq(p.layers[3].length, 5);
	ck_assert_uint_eq(decode_checksum(&p, 2), 0xffff);
	f.bytes[f.size - 1] ^= 1;
	ck_assert_uint_ne(decode_checksum(&p, 2), 0xffff);
	f.bytes[f.size - 1] ^= 1;

	frame_put16(&f, 58, 8 + 3); /* UDP's own length ends its payload */
	decode_frame(&p, SYNFIN_LINK_ETHERNET, f.bytes, (uint32_t)f.size, (uint32_t)f.size);
	ck_assert_uint_eq(p.layers[3].length, 3);
	frame_put16(&f, 58, 8 + 50);
	decode_frame(&p, SYNFIN_LINK_ETHERNET, f.bytes, (uint32_t)f.size, (uint32_t)f.size);
	ck_assert_uint_eq(p.layers[3].length, 5);
	ck_assert_uint_eq(p.layers[2].fault, SYNFIN_FAULT_LENGTH);
	frame_put16(&f, 58, 7);
	decode_frame(&p, SYNFIN_LINK_ETHERNET, f.bytes, (uint32_t)f.size, (uint32_t)f.size);
	ck_assert_uint_eq(p.layer_count, 3);
	ck_assert_uint_eq(p.layers[2].header, 0);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("decode");
	TCase *test = tcase_create("protocols");
	tcase_add_test(test, ethernet_ipv4_tcp);
	tcase_add_test(test, ethernet_ipv6_tcp);
	tcase_add_test(test, padding_is_no_payload);
	tcase_add_test(test, every_link_type);
	tcase_add_test(test, vlan_tags);
	tcase_add_test(test, llc_and_snap);
	tcase_add_test(test, protocols_that_end_the_walk);
	tcase_add_test(test, udp);
	suite_add_tcase(suite, test);
	return suite_main(suite);
}
