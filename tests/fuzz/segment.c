/* SPDX-License-Identifier: BSD-3-Clause */
#include "segment.h"

#include <string.h>

#include "base/bytes.h"
#include "decode/decode.h"

enum { TCP_HEADER = 20, OPTIONS_MOST = 40 };

static void put16(uint8_t *p, uint32_t value)
{
	p[0] = (uint8_t)(value >> 8);
	p[1] = (uint8_t)value;
}

static void put32(uint8_t *p, uint32_t value)
{
	put16(p, value >> 16);
	put16(p + 2, value);
}

static void swap(uint8_t *a, uint8_t *b, size_t n)
{
	for (; n > 0; n--, a++, b++) {
		uint8_t kept = *a;
		*a = *b;
		*b = kept;
	}
}

bool segment_find(struct segment *segment, uint16_t link_type, uint8_t *bytes, uint32_t size)
{
	static struct synfin_packet packet;

	decode_frame(&packet, link_type, bytes, size, size);
	if (!packet.has_tcp || packet.tcp_layer == 0)
		return false;
	unsigned ip = packet.tcp_layer;
	while (ip > 0 && packet.layers[ip].kind != SYNFIN_LAYER_IPV4 && packet.layers[ip].kind != SYNFIN_LAYER_IPV6)
		ip--;
	*segment = (struct segment){
		.bytes = bytes,
		.size = size,
		.ip = packet.layers[ip].offset,
		.tcp = packet.layers[packet.tcp_layer].offset,
		.ip_version = packet.ip_version,
		.data = packet.tcp.payload_captured,
		.header = packet.tcp.header,
		.payload = packet.tcp.payload,
		.seq = packet.tcp.seq,
		.ack = packet.tcp.ack,
		.flags = packet.tcp.flags,
	};
	return segment->tcp + segment->header <= size;
}

void segment_set_seq(struct segment *segment, uint32_t value)
{
	put32(segment->bytes + segment->tcp + 4, value);
	segment->seq = value;
}

void segment_set_ack(struct segment *segment, uint32_t value)
{
	put32(segment->bytes + segment->tcp + 8, value);
	segment->ack = value;
}

void segment_set_flags(struct segment *segment, uint16_t value)
{
	uint8_t *p = segment->bytes + segment->tcp + 12;
	p[0] = (uint8_t)((p[0] & 0xfe) | (value >> 8 & 1));
	p[1] = (uint8_t)value;
	segment->flags = value & 0x1ff;
}

void segment_set_window(struct segment *segment, uint16_t value)
{
	put16(segment->bytes + segment->tcp + 14, value);
}

uint32_t segment_next(const struct segment *segment)
{
	return segment->seq + segment->payload + !!(segment->flags & SYNFIN_TCP_SYN) + !!(segment->flags & SYNFIN_TCP_FIN);
}

void segment_turn(struct segment *segment)
{
	uint8_t *ip = segment->bytes + segment->ip;
	if (segment->ip_version == 4)
		swap(ip + 12, ip + 16, 4);
	else
		swap(ip + 8, ip + 24, 16);
	swap(segment->bytes + segment->tcp, segment->bytes + segment->tcp + 2, 2);
}

/* The innermost IP header declares what is there from it to the frame's end. */
static void set_ip_length(struct segment *segment)
{
	uint8_t *ip = segment->bytes + segment->ip;
	uint32_t length = segment->size - segment->ip;
	if (segment->ip_version == 4)
		put16(ip + 2, length);
	else
		put16(ip + 4, length - 40);
}

bool segment_rebuild(struct segment *segment, const uint8_t *options, uint32_t length, uint32_t data, uint32_t room)
{
	uint8_t list[OPTIONS_MOST] = { 0 };
	uint32_t padded = (length + 3) / 4 * 4;
	uint32_t header = TCP_HEADER + padded;

	if (padded > OPTIONS_MOST || data > 0xffff - 200 || segment->tcp + header + data > room)
		return false;
	if (length)
		memcpy(list, options, length);
	uint8_t *tcp = segment->bytes + segment->tcp;
	uint32_t kept = segment->data < data ? segment->data : data;
	memmove(tcp + header, tcp + segment->header, kept);
	memset(tcp + header + kept, 'x', data - kept);
	memcpy(tcp + TCP_HEADER, list, padded);
	tcp[12] = (uint8_t)((header / 4) << 4 | (tcp[12] & 0x0f));
	segment->header = header;
	segment->data = segment->payload = data;
	segment->size = segment->tcp + header + data;
	set_ip_length(segment);
	return true;
}

static uint32_t sum(const uint8_t *p, size_t n, uint32_t begun)
{
	for (size_t i = 0; i < n; i++)
		begun += i % 2 ? p[i] : (uint32_t)p[i] << 8;
	return begun;
}

static uint32_t fold(uint32_t sum)
{
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return ~sum & 0xffff;
}

void segment_sum(struct segment *segment)
{
	uint8_t *ip = segment->bytes + segment->ip, *tcp = segment->bytes + segment->tcp;
	uint32_t length = segment->header + segment->data;
	uint32_t addresses = segment->ip_version == 4 ? sum(ip + 12, 8, 0) : sum(ip + 8, 32, 0);

	put16(tcp + 16, 0);
	put16(tcp + 16, fold(sum(tcp, length, addresses + 6 + length)));
	if (segment->ip_version == 4) {
		put16(ip + 10, 0);
		put16(ip + 10, fold(sum(ip, (ip[0] & 15u) * 4, 0)));
	}
}
