/* SPDX-License-Identifier: BSD-3-Clause */
/* Ordinary traffic: 64 connections by turns, each of a handshake, data and ACKs, and a close. */
#include "attack.h"

#include <synfin/packet.h>

enum { CONNECTIONS = 64, ROUNDS = 64, REQUEST = 100 };

void attack_source(struct frame *frame, uint32_t address)
{
	uint8_t *p = frame->bytes + frame->ip + 12;
	for (int i = 0; i < 4; i++)
		p[i] = (uint8_t)(address >> (24 - 8 * i));
}

static void put32(uint8_t *p, uint32_t value)
{
	for (int i = 0; i < 4; i++)
		p[i] = (uint8_t)(value >> (24 - 8 * i));
}

void attack_segment(struct frame *frame, size_t tcp, unsigned source_port, uint32_t seq, uint32_t ack, unsigned flags)
{
	frame_put16(frame, tcp, source_port);
	put32(frame->bytes + tcp + 4, seq);
	put32(frame->bytes + tcp + 8, ack);
	frame->bytes[tcp + 13] = (uint8_t)flags;
}

/* Rounds 0 to 2 open a connection, the last two close it, and in between both ends send by turns. */
static void ordinary(struct frame *frame, uint64_t number, size_t size)
{
	uint64_t connection = number % CONNECTIONS + number / (CONNECTIONS * ROUNDS) * CONNECTIONS;
	unsigned round = (unsigned)(number / CONNECTIONS % ROUNDS), port = 1024 + (unsigned)(connection % 60000);
	bool server = round % 2;
	uint32_t by_client = round < 3 ? 0 : (round - 3) / 2, by_server = round < 3 ? 0 : (round - 2) / 2;
	uint32_t client = (round > 1) + by_client * (uint32_t)size, other = (round > 1) + by_server * (uint32_t)size;
	unsigned flags = round == 0 ? SYNFIN_TCP_SYN : round == 1 ? SYNFIN_TCP_SYN | SYNFIN_TCP_ACK : SYNFIN_TCP_ACK;

	if (round >= ROUNDS - 2)
		flags |= SYNFIN_TCP_FIN;
	frame_ethernet(frame, 0x0800);
	frame_ipv4(frame, 6);
	frame_put16(frame, frame->ip + 4, (unsigned)number);
	size_t tcp = frame->size;
	frame_tcp(frame, NULL, 0);
	if (server) {
		attack_source(frame, 0x0a000002);
		frame->bytes[frame->ip + 19] = 1;
		attack_segment(frame, tcp, 80, other, round == 1 ? 1 : client, flags);
		frame_put16(frame, tcp + 2, port);
	} else {
		attack_segment(frame, tcp, port, client, round ? other : 0, flags);
		frame_put16(frame, tcp + 2, 80);
	}
	if (round > 2)
		frame_fill(frame, 'x', size);
	frame_finish(frame);
}

void ordinary_small(struct frame *frame, uint64_t number)
{
	ordinary(frame, number, REQUEST);
}

void ordinary_middle(struct frame *frame, uint64_t number)
{
	ordinary(frame, number, 1400);
}

void ordinary_large(struct frame *frame, uint64_t number)
{
	ordinary(frame, number, 60000);
}
