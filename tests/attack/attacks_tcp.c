/* SPDX-License-Identifier: BSD-3-Clause */
/* Attacks on the tracker, and lines as long as a frame can be. */
#include "attack.h"

#include <synfin/packet.h>

enum { LONGEST = 65400 };

static uint32_t scattered(uint64_t number)
{
	return (uint32_t)(number * 2654435761u);
}

static size_t begin_tcp(struct frame *frame, const void *options, size_t n)
{
	frame_ethernet(frame, 0x0800);
	frame_ipv4(frame, 6);
	size_t tcp = frame->size;
	frame_tcp(frame, options, n);
	return tcp;
}

/* ---- Connections without end */

static void scan(struct frame *frame, uint64_t number, unsigned flags)
{
	size_t tcp = begin_tcp(frame, NULL, 0);
	attack_source(frame, scattered(number));
	attack_segment(frame, tcp, 1 + (unsigned)number % 65535, scattered(number + 7), 1, flags);
	frame_finish(frame);
}

static void syn_flood(struct frame *frame, uint64_t number)
{
	scan(frame, number, SYNFIN_TCP_SYN);
}

static void ack_flood(struct frame *frame, uint64_t number)
{
	scan(frame, number, SYNFIN_TCP_ACK);
}

/* The same addresses and ports again and again, each time another connection. */
static void ports_used_again(struct frame *frame, uint64_t number)
{
	size_t tcp = begin_tcp(frame, NULL, 0);
	uint32_t isn = scattered(number / 2);
	attack_segment(frame, tcp, 1024, number % 2 ? isn + 1 : isn, 0, number % 2 ? SYNFIN_TCP_RST : SYNFIN_TCP_SYN);
	frame_finish(frame);
}

/* ---- Options: every kind with every length, over and over in forty bytes */

static void all_options(struct frame *frame, uint64_t number)
{
	uint8_t list[40];
	unsigned kind = (unsigned)number % 256, length = (unsigned)(number / 256) % 41;
	for (unsigned i = 0; i < sizeof list; i++)
		list[i] = (uint8_t)(i % (length > 1 ? length : 2) == 0 ? kind : i % (length > 1 ? length : 2) == 1 ? length : scattered(number + i));
	size_t tcp = begin_tcp(frame, list, sizeof list);
	attack_segment(frame, tcp, 1024, (uint32_t)number, 1, number % 5 ? SYNFIN_TCP_ACK : SYNFIN_TCP_SYN);
	frame_finish(frame);
}

/* ---- Holes: of each 200 bytes the second half is missing; after 100,000 holes they are filled from the top, with SACK blocks from the other end in between */

enum { HOLES = 100000 };

static void from_the_server(struct frame *frame, uint64_t number)
{
	uint8_t list[40] = { 1, 1, 5, 34 };
	for (unsigned i = 4; i < 36; i++)
		list[i] = (uint8_t)(i % 4 == 1 ? scattered(number + i) >> 8 : i % 4 == 2 ? scattered(number + i) : 0);
	size_t tcp = begin_tcp(frame, list, 36);
	attack_source(frame, 0x0a000002);
	frame->bytes[frame->ip + 19] = 1;
	attack_segment(frame, tcp, 2000, 1, 1, SYNFIN_TCP_ACK);
	frame_put16(frame, tcp + 2, 1000);
	frame_finish(frame);
}

static void holes(struct frame *frame, uint64_t number)
{
	uint32_t seq = number < HOLES ? 1 + (uint32_t)number * 200 : 101 + (uint32_t)(2 * HOLES - number) * 200;
	if (number % 10 == 9) {
		from_the_server(frame, number);
		return;
	}
	size_t tcp = begin_tcp(frame, NULL, 0);
	attack_segment(frame, tcp, 1000, number ? seq : 0, 1, number ? SYNFIN_TCP_ACK : SYNFIN_TCP_SYN);
	frame_put16(frame, frame->ip + 4, (unsigned)number);
	if (number)
		frame_fill(frame, 'x', 100);
	frame_finish(frame);
}

/* ---- One connection that makes as much news as it can */

static void between_two(struct frame *frame, bool server, uint32_t seq, uint32_t ack, unsigned flags, unsigned window, unsigned data)
{
	size_t tcp = begin_tcp(frame, NULL, 0);
	if (server) {
		attack_source(frame, 0x0a000002);
		frame->bytes[frame->ip + 19] = 1;
	}
	attack_segment(frame, tcp, server ? 2000 : 1000, seq, ack, flags);
	frame_put16(frame, tcp + 2, server ? 1000 : 2000);
	frame_put16(frame, tcp + 14, window);
	frame_fill(frame, 'x', data);
	frame_finish(frame);
}

static bool handshake(struct frame *frame, uint64_t number)
{
	if (number < 2)
		between_two(frame, number == 1, 0, (uint32_t)number, number ? SYNFIN_TCP_SYN | SYNFIN_TCP_ACK : SYNFIN_TCP_SYN, 1000, 0);
	return number < 2;
}

static void windows_opened_and_closed(struct frame *frame, uint64_t number)
{
	if (!handshake(frame, number))
		between_two(frame, true, 1, 1, SYNFIN_TCP_ACK, number % 2 ? 0 : 1000, 0);
}

static void retransmissions(struct frame *frame, uint64_t number)
{
	if (!handshake(frame, number))
		between_two(frame, false, 1 + (uint32_t)(number % 7) * 100, 1, SYNFIN_TCP_ACK, 1000, 100);
}

/* Any flags, numbers and windows, from both ends in turn. */
static void anything(struct frame *frame, uint64_t number)
{
	if (!handshake(frame, number))
		between_two(frame, number % 2, scattered(number), scattered(number * 3), number % 64, scattered(number) & 0xffff, (unsigned)(number % 5));
}

/* The same addresses and ports in every virtual network there is. */
static void finish_syn(struct frame *frame, uint64_t number)
{
	frame_ipv4(frame, 6);
	size_t tcp = frame->size;
	frame_tcp(frame, NULL, 0);
	attack_segment(frame, tcp, 1000, scattered(number), 0, SYNFIN_TCP_SYN);
	frame_finish(frame);
}

static void a_vlan_each(struct frame *frame, uint64_t number)
{
	frame_ethernet(frame, 0x8100);
	frame_vlan(frame, (unsigned)number & 4095, 0x8100);
	frame_vlan(frame, (unsigned)(number >> 12) & 4095, 0x0800);
	finish_syn(frame, number);
}

static void a_tunnel_each(struct frame *frame, uint64_t number)
{
	frame_ethernet(frame, 0x0800);
	frame_ipv4(frame, 17);
	frame_udp(frame, 4789, 4789);
	frame_u32(frame, 0x08000000);
	frame_u32(frame, (uint32_t)number << 8);
	frame_ethernet(frame, 0x0800);
	finish_syn(frame, number);
}

/* ---- Long lines */

static void line_of(struct frame *frame, uint64_t number, unsigned port, const char *begin, unsigned byte)
{
	size_t tcp = begin_tcp(frame, NULL, 0);
	attack_segment(frame, tcp, 1024, 1 + (uint32_t)number * LONGEST, 1, SYNFIN_TCP_ACK);
	frame_put16(frame, tcp + 2, port);
	frame_bytes(frame, begin, strlen(begin));
	frame_fill(frame, byte, LONGEST - frame->size);
	frame_finish(frame);
}

static void long_request(struct frame *frame, uint64_t number)
{
	line_of(frame, number, 80, "GET /", 'a');
}

static void long_quotes(struct frame *frame, uint64_t number)
{
	line_of(frame, number, 80, "GET /", '"');
}

static void many_lines(struct frame *frame, uint64_t number)
{
	line_of(frame, number, 25, "HELO\r\n", '\n');
}

static void telnet_commands(struct frame *frame, uint64_t number)
{
	line_of(frame, number, 23, "", 0xff);
}

static void arrays_in_arrays(struct frame *frame, uint64_t number)
{
	size_t tcp = begin_tcp(frame, NULL, 0);
	attack_segment(frame, tcp, 1024, 1 + (uint32_t)number * LONGEST, 1, SYNFIN_TCP_ACK);
	frame_put16(frame, tcp + 2, 6379);
	while (frame->size < LONGEST)
		frame_bytes(frame, "*2000000000\r\n", 13);
	frame_finish(frame);
}

const struct attack tcp_attacks[] = {
	{ "SYN flood", syn_flood, 100000, 0 },
	{ "ACK flood", ack_flood, 100000, 0 },
	{ "ports used again", ports_used_again, 50000, 0 },
	{ "TCP options of all kinds and lengths", all_options, 256 * 41 * 3, 0 },
	{ "100,000 holes, then filled", holes, 2 * HOLES, 0 },
	{ "zero windows without end", windows_opened_and_closed, 50000, 0 },
	{ "retransmissions without end", retransmissions, 50000, 0 },
	{ "any flags and numbers", anything, 50000, 0 },
	{ "a VLAN for each packet", a_vlan_each, 50000, 0 },
	{ "a tunnel for each packet", a_tunnel_each, 50000, 0 },
	{ "a day between any two packets", syn_flood, 50000, 900000000 },
	{ "a request line of 65,000 bytes", long_request, 200, 0 },
	{ "65,000 quotation marks", long_quotes, 200, 0 },
	{ "65,000 empty lines", many_lines, 200, 0 },
	{ "32,000 Telnet commands", telnet_commands, 200, 0 },
	{ "arrays in arrays of RESP", arrays_in_arrays, 200, 0 },
	{ .name = NULL },
};
