/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A segment in its connection: the sequence tests that come before the state table.
 */
#ifndef SYNFIN_TRACK_SEGMENT_H
#define SYNFIN_TRACK_SEGMENT_H

#include <stdbool.h>
#include <stdint.h>

#include <synfin/connection.h>
#include <synfin/packet.h>

struct segment {
	const struct synfin_packet *packet;
	struct synfin_connection *connection;
	unsigned from;           /* index of the sender's end */
	struct synfin_endpoint *sender;
	struct synfin_endpoint *receiver;
	uint16_t flags;          /* enum synfin_tcp_flag */
	int64_t seq;             /* offset of its first number in the sender's stream; meaningful if the sender has a base */
	int64_t end;             /* one past its last: SYN, data and FIN counted (C2) */
	int64_t ack;             /* offset in the receiver's stream, if `acks` */
	bool acks;               /* it acknowledges something that makes sense (S2) */
	bool acks_syn;           /* ... the receiver's SYN, if that was or must have been sent */
	bool acks_fin;           /* ... the receiver's FIN */
	bool repeats;            /* its SYN, SYN-ACK or FIN was sent before (H2, C1) */
	bool in_order;           /* nothing that was not captured lies before it (C3) */
};

enum rst_verdict { RST_VALID, RST_UNVERIFIED, RST_IGNORED };

/*
 * Work out the fields of *segment below `flags`, from the ones above; give streams without a base one (H8). Changes nothing else, and
 * nothing at all for a RST (X2).
 */
void segment_place(struct segment *segment);

/* What segment_place() found moves the variables of both ends: SND.NXT, SND.UNA, FIN, windows and options. Not for a RST (X2). */
void segment_apply(const struct segment *segment);

/* Whether a RST counts (X1). */
enum rst_verdict segment_rst(const struct segment *segment);

/* A SYN without ACK whose ISN is not the sender's: another connection, or an intruder (H6). */
bool segment_is_other_syn(const struct segment *segment);

#endif
