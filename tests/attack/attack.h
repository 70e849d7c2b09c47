/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Attacks on the program's time and memory: frames that somebody chose, fed to the engine under a view, beside ordinary traffic.
 *
 * What is compared is processor time for each byte read and written with that of ordinary frames of about the same size, measured by the same
 * process: that holds on a machine that is busy. The limits (main.c) are some times above what was measured and far below what a mistake
 * costs, which is a factor of hundreds. Memory and output are counted to the byte.
 */
#ifndef SYNFIN_ATTACK_ATTACK_H
#define SYNFIN_ATTACK_ATTACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The largest frame there is, with its link header. */
#define FRAME_MAX 65600
#define FRAME_PATCHES 256
#include "../unit/frames.h"

enum { ATTACK_CONNECTIONS_MAX = 10000 };

struct attack {
	const char *name;
	/* Make frame `number` (from 0) of the attack in *frame, which is empty. */
	void (*make)(struct frame *frame, uint64_t number);
	uint32_t packets;
	uint32_t step_us;     /* between two frames; 0: 10 */
};

/* attacks_network.c, attacks_tcp.c: each list ends with a name of NULL. */
extern const struct attack network_attacks[], tcp_attacks[];

/* Ordinary frames, of connections that open, send and close: about so many bytes each. */
void ordinary_small(struct frame *frame, uint64_t number);
void ordinary_middle(struct frame *frame, uint64_t number);
void ordinary_large(struct frame *frame, uint64_t number);

/* 10.A.B.C > 192.0.2.80 after frame_ipv4(): another source address. */
void attack_source(struct frame *frame, uint32_t address);
/* Numbers and flags of the TCP header that was appended last at `tcp`. */
void attack_segment(struct frame *frame, size_t tcp, unsigned source_port, uint32_t seq, uint32_t ack, unsigned flags);

/* chosen.c: addresses and ports that collide in the table of connections. */
bool chosen_addresses(void);

/* memory.c: bytes that malloc() and its kin have given out and not got back, now and at most since memory_begin(). 0 where it cannot be counted. */
void memory_begin(void);
uint64_t memory_most(void);

#endif
