/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Frames for tests, built from the outside in: each call appends a header; frame_finish() fills in the lengths that depend on what came
 * after, and TCP's and UDP's checksums. A test that wants a wrong length overwrites it afterwards.
 */
#ifndef SYNFIN_UNIT_FRAMES_H
#define SYNFIN_UNIT_FRAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#ifndef FRAME_MAX
#define FRAME_MAX 8192
#endif
#ifndef FRAME_PATCHES
#define FRAME_PATCHES 128
#endif

enum frame_patch_kind { FRAME_PATCH_IPV4, FRAME_PATCH_IPV6, FRAME_PATCH_UDP, FRAME_PATCH_TCP, FRAME_PATCH_PPPOE };

struct frame_patch {
	enum frame_patch_kind kind;
	size_t at; /* where the header begins */
	size_t ip; /* where the IP header around it begins */
};

struct frame {
	uint8_t bytes[FRAME_MAX];
	size_t size;
	size_t ip;
	struct frame_patch patches[FRAME_PATCHES];
	unsigned patch_count;
};

static inline void frame_bytes(struct frame *f, const void *bytes, size_t n)
{
	if (n > sizeof f->bytes - f->size)
		abort();
	if (n)
		memcpy(f->bytes + f->size, bytes, n);
	f->size += n;
}

static inline void frame_u8(struct frame *f, unsigned value)
{
	uint8_t byte = (uint8_t)value;
	frame_bytes(f, &byte, 1);
}

static inline void frame_u16(struct frame *f, unsigned value)
{
	frame_u8(f, value >> 8);
	frame_u8(f, value);
}

static inline void frame_u32(struct frame *f, uint32_t value)
{
	frame_u16(f, value >> 16);
	frame_u16(f, value & 0xffff);
}

static inline void frame_fill(struct frame *f, unsigned value, size_t n)
{
	while (n--)
		frame_u8(f, value);
}

static inline void frame_put16(struct frame *f, size_t at, unsigned value)
{
	f->bytes[at] = (uint8_t)(value >> 8);
	f->bytes[at + 1] = (uint8_t)value;
}

static inline void frame_patch_later(struct frame *f, enum frame_patch_kind kind)
{
	if (f->patch_count == FRAME_PATCHES)
		abort();
	f->patches[f->patch_count++] = (struct frame_patch){ kind, f->size, f->ip };
}

static inline void frame_ethernet(struct frame *f, unsigned type)
{
	frame_bytes(f, "\x00\x11\x22\x33\x44\x55\x00\x11\x22\x33\x44\x66", 12);
	frame_u16(f, type);
}

static inline void frame_vlan(struct frame *f, unsigned id, unsigned type)
{
	frame_u16(f, id);
	frame_u16(f, type);
}

/* 10.0.0.1 > 10.0.0.2, with options of a multiple of four bytes. */
static inline void frame_ipv4_options(struct frame *f, unsigned protocol, const void *options, size_t n)
{
	f->ip = f->size;
	frame_patch_later(f, FRAME_PATCH_IPV4);
	frame_u8(f, 0x45 + (unsigned)n / 4);
	frame_fill(f, 0, 3);
	frame_u32(f, 0x12344000);
	frame_u8(f, 64);
	frame_u8(f, protocol);
	frame_u16(f, 0);
	frame_u32(f, 0x0a000001);
	frame_u32(f, 0x0a000002);
	frame_bytes(f, options, n);
}

static inline void frame_ipv4(struct frame *f, unsigned protocol)
{
	frame_ipv4_options(f, protocol, NULL, 0);
}

/* 2001:db8::1 > 2001:db8::2 */
static inline void frame_ipv6(struct frame *f, unsigned next)
{
	f->ip = f->size;
	frame_patch_later(f, FRAME_PATCH_IPV6);
	frame_u32(f, 0x6b812345);
	frame_u16(f, 0);
	frame_u8(f, next);
	frame_u8(f, 63);
	for (unsigned last = 1; last <= 2; last++) {
		frame_u32(f, 0x20010db8);
		frame_fill(f, 0, 11);
		frame_u8(f, last);
	}
}

/* An IPv6 options header of 8 bytes: one PadN. */
static inline void frame_padding_header(struct frame *f, unsigned next)
{
	frame_u8(f, next);
	frame_u8(f, 0);
	frame_bytes(f, "\1\4\0\0\0\0", 6);
}

static inline void frame_udp(struct frame *f, unsigned source, unsigned destination)
{
	frame_patch_later(f, FRAME_PATCH_UDP);
	frame_u16(f, source);
	frame_u16(f, destination);
	frame_u32(f, 0);
}

/* 1000 > 2000, ACK and PSH, seq 100, ack 200, with options of a multiple of four bytes. */
static inline void frame_tcp(struct frame *f, const void *options, size_t n)
{
	frame_patch_later(f, FRAME_PATCH_TCP);
	frame_u16(f, 1000);
	frame_u16(f, 2000);
	frame_u32(f, 100);
	frame_u32(f, 200);
	frame_u8(f, (5 + (unsigned)n / 4) << 4);
	frame_u8(f, 0x18);
	frame_u16(f, 8192);
	frame_u32(f, 0);
	frame_bytes(f, options, n);
}

static inline void frame_pppoe(struct frame *f, unsigned session)
{
	frame_patch_later(f, FRAME_PATCH_PPPOE);
	frame_u16(f, 0x1100);
	frame_u16(f, session);
	frame_u16(f, 0);
}

static inline uint32_t frame_sum(const uint8_t *bytes, size_t n)
{
	uint32_t sum = 0;
	for (size_t i = 0; i < n; i++)
		sum += i % 2 ? bytes[i] : (uint32_t)bytes[i] << 8;
	return sum;
}

/* The checksum of what stands from `at` to the end, with the addresses of the IP header around it. */
static inline unsigned frame_checksum(const struct frame *f, const struct frame_patch *patch, unsigned protocol)
{
	const uint8_t *ip = f->bytes + patch->ip;
	size_t length = f->size - patch->at;
	uint32_t sum = ip[0] >> 4 == 4 ? frame_sum(ip + 12, 8) : frame_sum(ip + 8, 32);
	sum += protocol + (uint32_t)(length >> 16) + (uint32_t)(length & 0xffff) + frame_sum(f->bytes + patch->at, length);
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return ~sum & 0xffff;
}

/* Inner lengths and checksums first: an outer checksum covers them. */
static inline void frame_finish(struct frame *f)
{
	for (unsigned i = f->patch_count; i-- > 0;) {
		const struct frame_patch *patch = &f->patches[i];
		unsigned length = (unsigned)(f->size - patch->at);
		switch (patch->kind) {
		case FRAME_PATCH_IPV4:
			frame_put16(f, patch->at + 2, length);
			break;
		case FRAME_PATCH_IPV6:
			frame_put16(f, patch->at + 4, length - 40);
			break;
		case FRAME_PATCH_PPPOE:
			frame_put16(f, patch->at + 4, length - 6);
			break;
		case FRAME_PATCH_UDP:
			frame_put16(f, patch->at + 4, length);
			frame_put16(f, patch->at + 6, frame_checksum(f, patch, 17));
			break;
		case FRAME_PATCH_TCP:
			frame_put16(f, patch->at + 16, frame_checksum(f, patch, 6));
			break;
		}
	}
}

#endif
