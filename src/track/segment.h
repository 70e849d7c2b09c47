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

#include "base/pool.h"
#include "track/holes.h"

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
	bool fin;                /* it has a FIN that ends the sender's stream */
	bool stray;              /* its numbers fit nothing that the receiver could take: another connection's, or an attack */
	bool answers_old;        /* ... because it acknowledges a number from before the receiver's ISN: what its sender has is an older connection */
	bool judged;             /* it has its verdict already: a probe (V2, V3) */
	bool retransmits;        /* counted as sent again (V4, V5, V7) */
	bool challenge;          /* an empty ACK after a RST that was not exact: the answer to it (RFC 5961 s3.2) */
	bool probes;             /* a window probe or keep-alive of one byte: not part of the stream until it is acknowledged (V2, V3) */
	int64_t sender_next;     /* SND.NXT of the sender before this segment */
	int64_t sender_acked;    /* SND.UNA of the sender */
	int64_t receiver_acked;  /* SND.UNA of the receiver before this segment */
	int64_t receiver_next;   /* SND.NXT of the receiver before this segment */
	int64_t silence_ns;      /* since the connection's last packet; negative when the clock ran backwards (T3) */
	struct hole_filling filling; /* what of it had been missing */
};

/* RFC 7323 s2.2: no window is larger. */
enum { MAX_WINDOW = 1 << 30 };

enum rst_verdict { RST_VALID, RST_UNVERIFIED, RST_IGNORED };

/* place.c */

/*
 * R3: a FIN below what the peer seemed to have acknowledged, or the sender to have passed, though nothing of that was captured, shows that the
 * segment which said so was forged. What it moved is moved back. Before segment_place().
 */
void segment_withdraw(const struct segment *segment, struct pool *holes);

/*
 * Work out the fields of *segment from `seq` to `repeats` and the offsets before it, from the ones above; give streams without a base one
 * (H8), and count those that lie beyond the window (S2). Changes nothing else, and nothing at all for a RST (X2).
 */
void segment_place(struct segment *segment);

/* H3: whether a SYN-ACK acknowledges the SYN that the receiver sent, as far as that is known. */
bool segment_answers_syn(const struct segment *segment);

/* segment.c */

/* The bytes that the end's last window allows beyond what it acknowledged; the largest there is while that is not known. */
int64_t segment_window(const struct synfin_endpoint *end);

/*
 * What was found moves the variables of both ends: SND.NXT, SND.UNA, FIN, holes, windows and options; fills in `filling`. Not for a RST
 * (X2).
 */
void segment_apply(struct segment *segment, struct pool *holes);

/* An end's stream reaches to `next`, which is beyond SND.NXT. */
void segment_extend(struct synfin_endpoint *end, int64_t next);

/* Whether a RST counts (X1). */
enum rst_verdict segment_rst(const struct segment *segment, const struct pool *holes);

/* A SYN, with or without ACK, whose ISN is not the sender's: another connection, or an intruder (H6). */
bool segment_is_other_syn(const struct segment *segment);

/* A SYN of another ISN that is neither: the client still waits, so the server may begin anew (H3, H4). */
bool segment_begins_anew(const struct segment *segment);

/* R1: the client acknowledges another SYN-ACK than the one that counts: that one is the one it took. */
bool segment_recalls(const struct segment *segment);

/* Whether an end in TIME_WAIT takes that SYN for a new connection (C5): later than all that it knows, by number or time stamp (RFC 6191). */
bool segment_is_later_syn(const struct segment *segment);

/* A SYN-ACK between other ISNs than the connection's: it answers such a SYN (H6). */
bool segment_is_other_syn_ack(const struct segment *segment);

/* A SYN-ACK of another ISN from an end whose connection is closed: a SYN that was under way when that ended has begun another (H6). */
bool segment_begins_after_close(const struct segment *segment);

/* The low half of an offset, as the compact fields keep it. */
static inline uint32_t segment_low(int64_t offset)
{
	return (uint32_t)(uint64_t)offset;
}

#endif
