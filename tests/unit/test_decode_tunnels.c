/* SPDX-License-Identifier: BSD-3-Clause */
/* Tunnels, label stacks, extension headers, fragments, and checksums whose pseudo header follows a route. */
#include "test_decode_expect.h"

static uint32_t tunnel_of(void)
{
	ck_assert_uint_ne(p.tunnel, 0);
	return p.tunnel;
}

static void ipip(unsigned protocol)
{
	start();
	frame_ethernet(&f, 0x800);
	frame_ipv4(&f, protocol);
	if (protocol == 4)
		tcp4();
	else
		tcp6();
	EXPECT(SYNFIN_LINK_ETHERNET, ETHERNET, IPV4, protocol == 4 ? IPV4 : IPV6, TCP, PAYLOAD);
	expect_segment();
}

START_TEST(ip_in_ip)
{
	ipip(4);
	uint32_t four = tunnel_of();
	ipip(41);
	ck_assert_uint_ne(tunnel_of(), four);
	ck_assert_uint_eq(p.ip_version, 6);
	ck_assert_uint_eq(p.ip.protocol, 6);
}
END_TEST

static uint32_t gre(unsigned flags, unsigned protocol, uint32_t key)
{
	start();
	frame_ethernet(&f, 0x800);
	frame_ipv4(&f, 47);
	frame_u16(&f, flags);
	frame_u16(&f, protocol);
	if (flags & 0xc000)
		frame_u32(&f, 0);
	if (flags & 0x2000)
		frame_u32(&f, key);
	if (flags & 0x1000)
		frame_u32(&f, 1);
	if (flags & 0x4000) {
		frame_bytes(&f, "\x08\0\0\4abcd\0\0\0\0", 12);
	}
	if (protocol == 0x6558)
		frame_ethernet(&f, 0x86dd);
	tcp6();
	if (protocol == 0x6558)
		EXPECT(SYNFIN_LINK_ETHERNET, ETHERNET, IPV4, SYNFIN_LAYER_GRE, ETHERNET, IPV6, TCP, PAYLOAD);
	else
		EXPECT(SYNFIN_LINK_ETHERNET, ETHERNET, IPV4, SYNFIN_LAYER_GRE, IPV6, TCP, PAYLOAD);
	expect_segment();
	return tunnel_of();
}

START_TEST(generic_routing_encapsulation)
{
	uint32_t plain = gre(0, 0x86dd, 0);
	ck_assert_uint_eq(gre(0x9000, 0x86dd, 0), plain);
	ck_assert_uint_eq(gre(0xd000, 0x6558, 0), plain);
	uint32_t keyed = gre(0x2000, 0x86dd, 5);
	ck_assert_uint_ne(keyed, plain);
	ck_assert_uint_eq(gre(0x3000, 0x6558, 5), keyed);
	ck_assert_uint_ne(gre(0x2000, 0x86dd, 6), keyed);

	start(); /* PPTP */
	frame_ethernet(&f, 0x800);
	frame_ipv4(&f, 47);
	frame_u32(&f, 0x2001880b);
	frame_fill(&f, 0, 20);
	EXPECT(SYNFIN_LINK_ETHERNET, ETHERNET, IPV4, SYNFIN_LAYER_GRE);
	start();
	frame_ethernet(&f, 0x800);
	frame_ipv4(&f, 47);
	frame_u32(&f, 0x0806);
	frame_fill(&f, 0, 28);
	EXPECT(SYNFIN_LINK_ETHERNET, ETHERNET, IPV4, SYNFIN_LAYER_GRE, SYNFIN_LAYER_UNKNOWN_ETHERTYPE);
}
END_TEST

static uint32_t vxlan(uint32_t vni, unsigned source, unsigned destination)
{
	start();
	frame_ethernet(&f, 0x800);
	frame_ipv4(&f, 17);
	frame_udp(&f, source, destination);
	frame_u32(&f, 0x08000000);
	frame_u32(&f, vni << 8);
	frame_ethernet(&f, 0x8100);
	frame_vlan(&f, 7, 0x800);
	tcp4();
	EXPECT(SYNFIN_LINK_ETHERNET, ETHERNET, IPV4, UDP, SYNFIN_LAYER_VXLAN, ETHERNET, SYNFIN_LAYER_VLAN, IPV4, TCP, PAYLOAD);
	expect_segment();
	ck_assert(!p.has_udp);
	ck_assert_uint_eq(p.vlan, 0xffff0007);
	return tunnel_of();
}

START_TEST(virtual_networks)
{
	uint32_t one = vxlan(1, 50000, 4789);
	ck_assert_uint_eq(vxlan(1, 4789, 50000), one);
	ck_assert_uint_ne(vxlan(2, 50000, 4789), one);

	/* a frame longer than the datagram that carries it */
	frame_put16(&f, 38, 8 + 8 + 40);
	decode_frame(&p, SYNFIN_LINK_ETHERNET, f.bytes, (uint32_t)f.size, (uint32_t)f.size);
	ck_assert_uint_eq(p.layer_count, 5);
	ck_assert_uint_eq(p.layers[4].fault, SYNFIN_FAULT_LENGTH);
	ck_assert_uint_eq(p.tunnel, 0);
	ck_assert(p.has_udp);

	start();
	frame_ethernet(&f, 0x86dd);
	frame_ipv6(&f, 17);
	frame_udp(&f, 1, 6081);
	frame_bytes(&f, "\2\0\x08\0\0\0\1\0", 8);
	frame_fill(&f, 0, 8);
	tcp4();
	EXPECT(SYNFIN_LINK_ETHERNET, ETHERNET, IPV6, UDP, SYNFIN_LAYER_GENEVE, IPV4, TCP, PAYLOAD);
	expect_segment();
	ck_assert_uint_ne(tunnel_of(), one);
	ck_assert_uint_eq(p.layers[3].header, 16);
	f.bytes[62] = 0x3f;
	decode_frame(&p, SYNFIN_LINK_ETHERNET, f.bytes, (uint32_t)f.size, (uint32_t)f.size);
	ck_assert_uint_eq(p.layers[3].fault, SYNFIN_FAULT_LENGTH);
	f.bytes[62] = 0x80;
	decode_frame(&p, SYNFIN_LINK_ETHERNET, f.bytes, (uint32_t)f.size, (uint32_t)f.size);
	ck_assert_uint_eq(p.layers[3].fault, SYNFIN_FAULT_VERSION);
}
END_TEST

START_TEST(ppp_over_ethernet)
{
	uint32_t tunnels[2];
	for (unsigned i = 0; i < 2; i++) {
		start();
		frame_ethernet(&f, 0x8864);
		frame_pppoe(&f, 17 + i);
		frame_u16(&f, 0x21);
		tcp4();
		EXPECT(SYNFIN_LINK_ETHERNET, ETHERNET, SYNFIN_LAYER_PPPOE, SYNFIN_LAYER_PPP, IPV4, TCP, PAYLOAD);
		expect_segment();
		tunnels[i] = tunnel_of();
	}
	ck_assert_uint_ne(tunnels[0], tunnels[1]);
	start();
	frame_pppoe(&f, 17);
	frame_u16(&f, 0xc021);
	frame_fill(&f, 0, 8);
	EXPECT(SYNFIN_LINK_PPPOE, SYNFIN_LAYER_PPPOE, SYNFIN_LAYER_PPP, SYNFIN_LAYER_UNKNOWN_PPP);
	start();
	frame_ethernet(&f, 0x8863);
	frame_bytes(&f, "\x11\x09\0\0\0\4\1\1\0\0", 10);
	EXPECT(SYNFIN_LINK_ETHERNET, ETHERNET, SYNFIN_LAYER_PPPOE);
}
END_TEST

static void mpls(uint32_t label, int version)
{
	start();
	frame_ethernet(&f, 0x8847);
	frame_u32(&f, 99 << 12 | 64);
	frame_u32(&f, label << 12 | 0x100 | 64);
	if (version == 4)
		tcp4();
	else
		tcp6();
	EXPECT(SYNFIN_LINK_ETHERNET, ETHERNET, SYNFIN_LAYER_MPLS, version == 4 ? IPV4 : IPV6, TCP, PAYLOAD);
	expect_segment();
	ck_assert_uint_eq(p.tunnel, 0);
}

START_TEST(label_stacks)
{
	mpls(0, 4);
	mpls(2, 6);
	mpls(3, 4);
	mpls(77, 4);
	mpls(78, 6);
	start();
	frame_ethernet(&f, 0x8848);
	frame_u32(&f, 77 << 12 | 0x100);
	frame_fill(&f, 0, 20);
	EXPECT(SYNFIN_LINK_ETHERNET, ETHERNET, SYNFIN_LAYER_MPLS);
}
END_TEST

START_TEST(extension_headers)
{
	start();
	frame_ethernet(&f, 0x86dd);
	frame_ipv6(&f, 0);
	frame_padding_header(&f, 60);
	frame_padding_header(&f, 43);
	frame_bytes(&f, "\x33\2\0\1\0\0\0\0\x20\1\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\2", 24);
	frame_bytes(&f, "\x3c\4\0\0\0\0\0\1\0\0\0\1\0\0\0\0\0\0\0\0\0\0\0\0", 24);
	frame_padding_header(&f, 6);
	frame_tcp(&f, NULL, 0);
	frame_bytes(&f, "abc", 3);
	EXPECT(SYNFIN_LINK_ETHERNET, ETHERNET, IPV6, SYNFIN_LAYER_HOP_BY_HOP, SYNFIN_LAYER_DESTINATION, SYNFIN_LAYER_ROUTING, SYNFIN_LAYER_AH,
		SYNFIN_LAYER_DESTINATION, TCP, PAYLOAD);
	expect_segment();
	ck_assert_uint_eq(p.ip.protocol, 6);
	decode_frame(&p, SYNFIN_LINK_ETHERNET, f.bytes, 60, (uint32_t)f.size);
	ck_assert_uint_eq(p.ip.protocol, 59);

	start();
	frame_ethernet(&f, 0x800);
	frame_ipv4(&f, 51);
	frame_bytes(&f, "\6\1\0\0\0\0\0\1\0\0\0\1", 12);
	frame_tcp(&f, NULL, 0);
	frame_bytes(&f, "abc", 3);
	EXPECT(SYNFIN_LINK_ETHERNET, ETHERNET, IPV4, SYNFIN_LAYER_AH, TCP, PAYLOAD);
	expect_segment();
}
END_TEST

/* Fragment words of both families: the offset, in 8-byte units, and whether more follow. */
static void fragment(bool six, unsigned offset, bool more)
{
	start();
	frame_ethernet(&f, six ? 0x86dd : 0x800);
	if (six) {
		frame_ipv6(&f, 44);
		frame_u16(&f, 6 << 8);
		frame_u16(&f, offset << 3 | more);
		frame_u32(&f, 77);
	} else {
		frame_ipv4(&f, 6);
		frame_put16(&f, 20, offset | (more ? 0x2000u : 0));
	}
	frame_tcp(&f, NULL, 0);
	frame_bytes(&f, "abc", 3);
	static const uint8_t kinds[2][2][7] = {
		{ { ETHERNET, IPV4, TCP, PAYLOAD }, { ETHERNET, IPV4, SYNFIN_LAYER_IP_FRAGMENT } },
		{ { ETHERNET, IPV6, SYNFIN_LAYER_FRAGMENT, TCP, PAYLOAD }, { ETHERNET, IPV6, SYNFIN_LAYER_FRAGMENT, SYNFIN_LAYER_IP_FRAGMENT } },
	};
	expect_kinds(SYNFIN_LINK_ETHERNET, kinds[six][offset != 0]);
	ck_assert(p.ip.fragment == (offset || more));
	ck_assert(p.ip.first_fragment == (!offset && more));
	ck_assert_uint_eq(p.ip.protocol, 6);
	ck_assert_uint_eq(p.layers[p.layer_count - 1].length, offset ? 23 : 3);
}

START_TEST(fragments)
{
	for (int six = 0; six <= 1; six++) {
		fragment(six, 0, false);
		fragment(six, 0, true);
		fragment(six, 5, true);
		fragment(six, 5, false);
	}
}
END_TEST

START_TEST(checksums_follow_routes)
{
	static const char routes[3][13] = { "\1\x83\x0b\x04\x0a\0\0\x09\x0a\0\0\2", "\1\x89\x0b\x08\x0a\0\0\x09\x0a\0\0\2", "\1\1\x07\x0b\x04\0\0\0\0\0\0\0" };
	for (int i = 0; i < 3; i++) {
		start();
		frame_ethernet(&f, 0x800);
		frame_ipv4_options(&f, 6, routes[i], 12);
		frame_tcp(&f, NULL, 0);
		frame_finish(&f); /* with 10.0.0.2 as destination ... */
		if (i < 2)
			f.bytes[33] = 77; /* ... which for now is only where the route ends */
		decode_frame(&p, SYNFIN_LINK_ETHERNET, f.bytes, (uint32_t)f.size, (uint32_t)f.size);
		ck_assert_uint_eq(decode_checksum(&p, p.tcp_layer), 0xffff);
	}
	for (uint8_t type = 0; type <= 5; type++) {
		start();
		frame_ethernet(&f, 0x86dd);
		frame_ipv6(&f, 43);
		frame_bytes(&f, "\6\4\0\1\0\0\0\0\x20\1\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\3\x20\1\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\3", 40);
		f.bytes[56] = type;
		f.bytes[type == 4 ? 77 : 93] = 2; /* the final address is 2001:db8::2, as in the header */
		frame_tcp(&f, NULL, 0);
		frame_finish(&f);
		bool follows = type == 0 || type == 2 || type == 4;
		f.bytes[53] = follows ? 9 : 2;
		decode_frame(&p, SYNFIN_LINK_ETHERNET, f.bytes, (uint32_t)f.size, (uint32_t)f.size);
		ck_assert_uint_eq(decode_checksum(&p, p.tcp_layer), 0xffff);
		ck_assert_int_eq(p.ip.routed, follows);
		if (follows)
			ck_assert_uint_eq(p.ip.final.bytes[15], 2);
		f.bytes[57] = 0; /* no segments left: the destination is the other end */
		decode_frame(&p, SYNFIN_LINK_ETHERNET, f.bytes, (uint32_t)f.size, (uint32_t)f.size);
		ck_assert(!p.ip.routed);
	}
	/* a routing header that AH hides is none: what AH covers is end-to-end */
	start();
	frame_ethernet(&f, 0x86dd);
	frame_ipv6(&f, 51);
	frame_bytes(&f, "\x2b\1\0\0\0\0\0\1\0\0\0\1", 12);
	frame_bytes(&f, "\6\2\0\1\0\0\0\0\x20\1\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\x9", 24);
	frame_tcp(&f, NULL, 0);
	frame_finish(&f);
	decode_frame(&p, SYNFIN_LINK_ETHERNET, f.bytes, (uint32_t)f.size, (uint32_t)f.size);
	ck_assert_uint_eq(decode_checksum(&p, p.tcp_layer), 0xffff);
	ck_assert(!p.ip.routed);
	ck_assert_uint_eq(decode_checksum(&p, p.layer_count), 0);
	decode_frame(&p, SYNFIN_LINK_ETHERNET, f.bytes, (uint32_t)f.size - 1, (uint32_t)f.size);
	ck_assert_uint_eq(decode_checksum(&p, p.tcp_layer), 0);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("decode_tunnels");
	TCase *test = tcase_create("tunnels");
	tcase_add_test(test, ip_in_ip);
	tcase_add_test(test, generic_routing_encapsulation);
	tcase_add_test(test, virtual_networks);
	tcase_add_test(test, ppp_over_ethernet);
	tcase_add_test(test, label_stacks);
	tcase_add_test(test, extension_headers);
	tcase_add_test(test, fragments);
	tcase_add_test(test, checksums_follow_routes);
	suite_add_tcase(suite, test);
	return suite_main(suite);
}
