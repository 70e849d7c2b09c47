/* SPDX-License-Identifier: BSD-3-Clause */
/* Build a frame, decode it, and compare its layers: shared by the tests of the decoders. */
#ifndef SYNFIN_UNIT_TEST_DECODE_EXPECT_H
#define SYNFIN_UNIT_TEST_DECODE_EXPECT_H

#include "frames.h"
#include "suite.h"
#include "test_decode_invariants.h"

static struct frame f;
static struct synfin_packet p;

static inline void start(void)
{
	f.size = f.ip = 0;
	f.patch_count = 0;
}

static inline void expect_sound(uint16_t link_type)
{
	static struct synfin_packet cut;

	const char *broken = broken_packet(&p);
	ck_assert_msg(!broken, "%s", broken);
	for (uint32_t n = 0; n < f.size; n++) {
		uint8_t *copy = malloc(n ? n : 1);
		ck_assert_ptr_nonnull(copy);
		memcpy(copy, f.bytes, n);
		decode_frame(&cut, link_type, copy, n, (uint32_t)f.size);
		broken = broken_packet(&cut);
		ck_assert_msg(!broken, "cut to %u: %s", n, broken);
		broken = broken_cut(&p, &cut);
		ck_assert_msg(!broken, "cut to %u: %s", n, broken);
		sum_everything(&cut);
		free(copy);
	}
}

/* Finish and decode the frame; its layers must be these kinds, ended by 0. */
static inline void expect_kinds(uint16_t link_type, const uint8_t *kinds)
{
	frame_finish(&f);
	decode_frame(&p, link_type, f.bytes, (uint32_t)f.size, (uint32_t)f.size);
	unsigned count = 0;
	for (; kinds[count]; count++) {
		ck_assert_msg(count < p.layer_count, "%u layers, expected more", p.layer_count);
		ck_assert_msg(p.layers[count].kind == kinds[count], "layer %u is %u, not %u", count, p.layers[count].kind, kinds[count]);
	}
	ck_assert_uint_eq(p.layer_count, count);
	expect_sound(link_type);
}

#define EXPECT(link, ...) expect_kinds(link, (const uint8_t[]){ __VA_ARGS__, 0 })
#define ETHERNET SYNFIN_LAYER_ETHERNET
#define IPV4 SYNFIN_LAYER_IPV4
#define IPV6 SYNFIN_LAYER_IPV6
#define TCP SYNFIN_LAYER_TCP
#define UDP SYNFIN_LAYER_UDP
#define PAYLOAD SYNFIN_LAYER_PAYLOAD

/* TCP with three bytes of data inside whatever was begun. */
static inline void tcp4(void)
{
	frame_ipv4(&f, 6);
	frame_tcp(&f, NULL, 0);
	frame_bytes(&f, "abc", 3);
}

static inline void tcp6(void)
{
	frame_ipv6(&f, 6);
	frame_tcp(&f, NULL, 0);
	frame_bytes(&f, "abc", 3);
}

static inline void expect_segment(void)
{
	ck_assert(p.has_tcp);
	ck_assert_uint_eq(p.fault, 0);
	ck_assert_uint_eq(p.tcp.source_port, 1000);
	ck_assert_uint_eq(p.tcp.destination_port, 2000);
	ck_assert_uint_eq(p.tcp.seq, 100);
	ck_assert_uint_eq(p.tcp.ack, 200);
	ck_assert_uint_eq(p.tcp.flags, SYNFIN_TCP_ACK | SYNFIN_TCP_PSH);
	ck_assert_uint_eq(p.tcp.window, 8192);
	ck_assert_uint_eq(p.tcp.payload, 3);
	ck_assert_uint_eq(p.tcp.payload_captured, 3);
	ck_assert_mem_eq(p.bytes + p.tcp.payload_offset, "abc", 3);
	ck_assert_uint_eq(decode_checksum(&p, p.tcp_layer), 0xffff);
}

#endif
