/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * One TCP connection as the tracker knows it.
 *
 * A struct synfin_connection is borrowed: sinks receive it const and valid during the callback, with the values after the packet at
 * hand. Its two endpoints stand in the canonical order of their addresses and ports, so that one piece of code serves both directions;
 * `client` says which of them opened the connection.
 */
#ifndef SYNFIN_CONNECTION_H
#define SYNFIN_CONNECTION_H

#include <stdbool.h>
#include <stdint.h>

#include <synfin/api.h>
#include <synfin/packet.h>

SYNFIN_DECLARATIONS_BEGIN

/* The states of RFC 9293 s3.3.2, and UNKNOWN for an end of which the capture cannot tell. */
enum synfin_state {
	SYNFIN_CLOSED,
	SYNFIN_LISTEN,
	SYNFIN_SYN_SENT,
	SYNFIN_SYN_RECEIVED,
	SYNFIN_ESTABLISHED,
	SYNFIN_FIN_WAIT_1,
	SYNFIN_FIN_WAIT_2,
	SYNFIN_CLOSE_WAIT,
	SYNFIN_CLOSING,
	SYNFIN_LAST_ACK,
	SYNFIN_TIME_WAIT,
	SYNFIN_UNKNOWN,
	SYNFIN_STATES
};

/* How a state is known (tcp-tracking.md R1 and R2). */
enum synfin_proof {
	SYNFIN_PROOF_UNKNOWN, /* nothing seen that tells; the state is SYNFIN_UNKNOWN, or a guess */
	SYNFIN_PROOF_ASSUMED, /* a packet that would lead there was sent to this end; whether it arrived is not seen yet */
	SYNFIN_PROOF_SEEN,    /* this end's own packet shows it */
};

/* What ended a connection, or where it stands. */
enum synfin_outcome {
	SYNFIN_OUTCOME_OPEN,
	SYNFIN_OUTCOME_HALF_CLOSED,
	SYNFIN_OUTCOME_CLOSED,
	SYNFIN_OUTCOME_RESET,
	SYNFIN_OUTCOME_REFUSED,
	SYNFIN_OUTCOME_NO_ANSWER,
	SYNFIN_OUTCOME_HANDSHAKE_REJECTED,
	SYNFIN_OUTCOME_MID_STREAM,
	SYNFIN_OUTCOMES
};

enum synfin_endpoint_flag {
	SYNFIN_END_SEEN = 1,           /* at least one packet from this end */
	SYNFIN_END_BASE = 2,           /* isn is set: offsets of its stream mean something */
	SYNFIN_END_ISN = 4,            /* ... and is its initial sequence number, not the number before the first one seen */
	SYNFIN_END_SYN = 8,            /* it sent a SYN */
	SYNFIN_END_SYN_ACK = 16,       /* ... with ACK */
	SYNFIN_END_FAST_OPEN = 32,     /* its SYN carried data or a Fast Open option (RFC 7413) */
	SYNFIN_END_FIN = 64,           /* it sent a FIN, at offset next - 1 */
	SYNFIN_END_RST = 128,          /* it sent a RST that counts */
	SYNFIN_END_SCALE_OFFERED = 256, /* its SYN carried a window scale option */
	SYNFIN_END_WINDOW = 512,       /* `window` is known */
	SYNFIN_END_FIN_AGAIN = 1024,   /* it repeated its FIN, which has not been acknowledged since */
	SYNFIN_END_UNPROVABLE = 2048,  /* its state is assumed, and no acknowledgment can prove it */
	SYNFIN_END_PROBED = 4096,      /* it probed a zero window or the connection (V2, V3), which has not been answered since */
	SYNFIN_END_KEPT_ALIVE = 8192,  /* ... and that was a keep-alive */
	SYNFIN_END_TIMING = 16384,     /* a segment of its is being timed (T2) */
	SYNFIN_END_SACKED = 32768,     /* the peer has SACKed something above what it acknowledges */
};

/* A count of missed bytes that has come so far (1 TiB) stays there. */
#define SYNFIN_MISSED_MAX ((UINT64_C(1) << 40) - 1)

/*
 * One end. Offsets are 64-bit distances from `isn` (the SYN is at 0, the first byte of data at 1), so they pass 4 GiB; they describe
 * the stream that this end SENDS. A connection is kept in 256 bytes, so what lies close to another offset is kept as a distance.
 */
struct synfin_endpoint {
	uint8_t state : 4;       /* enum synfin_state */
	uint8_t certain : 4;     /* where an assumption is taken back to (R2): the last state that its own packets showed */
	uint8_t proof : 3;       /* enum synfin_proof */
	uint8_t sack_permitted : 1; /* its SYN carried the option (RFC 2018 s2) */
	uint8_t window_scale : 4; /* the shift that its SYN offered, 0 to 14, with SYNFIN_END_SCALE_OFFERED */
	uint16_t flags;          /* enum synfin_endpoint_flag */
	uint16_t mss;            /* from its SYN; 0 if it sent none */
	uint16_t rtt_p90;        /* see synfin_rtt_p90_ns() */
	uint32_t isn;
	uint32_t window;         /* last advertised, in bytes (S4), with SYNFIN_END_WINDOW; not known while the scale is not */
	int64_t next;            /* SND.NXT: one past the highest number it sent */
	uint32_t unacked;        /* SND.NXT - SND.UNA: what it sent and the peer has not acknowledged, at most 2^31 */
	uint32_t proven_by;      /* while its state is assumed: acknowledging this (low half of an offset of the peer's stream) proves it. Of a seen
	                          * SYN_RECEIVED, the tracker's: the ISN of another SYN-ACK that it sent */
	uint64_t missed : 40;    /* bytes of its stream that were not captured and may come yet, or are given up; at most SYNFIN_MISSED_MAX */
	uint64_t holes : 24;     /* the tracker's: what is missing of its stream now */
	uint32_t packets;        /* sent, capture duplicates not counted */
	uint32_t retransmitted;  /* of these, packets whose data, SYN or FIN had been sent before (V4, V5, V7) */
	uint32_t timestamp_value; /* the last TSval it sent (RFC 7323); 0 for none */
	/* With SYNFIN_END_TIMING the next three time a segment; once its FIN is acknowledged the first two are those of synfin_half_closed_ns(). */
	uint32_t timed_end;      /* low half of the offset whose acknowledgment ends the measurement */
	uint32_t timed_at;       /* and when it began: low 32 bits of the time in ns ... */
	uint8_t timed_at_high;   /* ... and the 8 above them */
	uint8_t duplicate_acks;  /* in a row, sent by this end (V8); at most 255 */
	uint16_t rtt_count;      /* samples below, at most 65535 */
	float rtt_min_ns;        /* from a segment of this end to the peer's ACK, as seen where the capture was taken (T2); 0 without samples */
	float rtt_max_ns;
	float rtt_mean_ns;
	uint32_t history;        /* half of the connection's, see synfin_history() */
};

enum synfin_connection_flag {
	SYNFIN_CONN_ROLES_GUESSED = 1, /* which end is the client was guessed from the ports (H7) */
	SYNFIN_CONN_MID_STREAM = 2,    /* the handshake was not seen (H8) */
	SYNFIN_CONN_ESTABLISHED = 4,   /* the third step of the handshake was seen */
	SYNFIN_CONN_RESET = 8,         /* a valid RST ended it; with one of the next three or neither (X3: aborted) */
	SYNFIN_CONN_REFUSED = 16,      /* ... in answer to the SYN */
	SYNFIN_CONN_REJECTED = 32,     /* ... by the client after the SYN-ACK */
	SYNFIN_CONN_ANSWERED = 64,     /* ... by an end that no longer had, or never had, the connection */
	SYNFIN_CONN_SIMULTANEOUS_OPEN = 128,
	SYNFIN_CONN_SIMULTANEOUS_CLOSE = 256,
	SYNFIN_CONN_CHALLENGED = 512,  /* a SYN came for a living connection (H6) */
	SYNFIN_CONN_RST_PENDING = 1024, /* an unverified RST, after which the end that it was for has been silent (X1) */
	SYNFIN_CONN_ONE_SIDED = 2048,  /* one end was never seen though it acknowledges and sends (O1) */
	SYNFIN_CONN_CLOCK_BACKWARDS = 4096, /* time stamps ran backwards (T3) */
	SYNFIN_CONN_RST_FOR_1 = 8192,  /* ... which is the one with index 1 */
	SYNFIN_CONN_CHALLENGE_DUE = 16384, /* ... and has not answered it yet */
	SYNFIN_CONN_CLOCK_BEHIND = 32768, /* the last packet's time stamp lies before last_ns */
};

struct synfin_connection {
	uint64_t id;             /* 1, 2, 3 ... in order of appearance: c1, c2, c3 */
	struct synfin_address address[2];
	uint16_t port[2];
	uint32_t vlan;           /* as in struct synfin_packet */
	uint32_t tunnel;
	uint8_t ip_version : 4;
	uint8_t client : 1;      /* index of the active opener */
	uint8_t closer : 1;      /* index of the end whose FIN came first, with SYNFIN_STEP_TEARDOWN_1 */
	uint8_t steps;           /* enum synfin_step bits seen so far */
	uint16_t flags;          /* enum synfin_connection_flag */
	uint16_t incarnation;    /* 1 for the first connection on these addresses and ports, 2 for the next */
	uint8_t syn_tries;       /* SYNs of the client, also repeated ones; at most 255 */
	uint8_t beyond;          /* the tracker's: segments in a row that no window allows, and where */
	uint32_t syn_rtt_ns;     /* SYN to SYN-ACK (T1), UINT32_MAX: not known, or longer */
	int64_t first_ns;        /* time of the first packet */
	int64_t last_ns;         /* and of the last one, but for a single packet whose time stamp lies before the others' (T3) */
	uint32_t ack_rtt_ns;     /* SYN-ACK to the third step; likewise */
	uint32_t place;          /* the tracker's */
	struct synfin_endpoint end[2];
};

/* The steps of opening and closing (tcp-tracking.md H1, C1). */
enum synfin_step {
	SYNFIN_STEP_HANDSHAKE_1 = 1,
	SYNFIN_STEP_HANDSHAKE_2 = 2,
	SYNFIN_STEP_HANDSHAKE_3 = 4,
	SYNFIN_STEP_TEARDOWN_1 = 8,
	SYNFIN_STEP_TEARDOWN_2 = 16,
	SYNFIN_STEP_TEARDOWN_3 = 32,
	SYNFIN_STEP_TEARDOWN_4 = 64,
};

/* What the tracker concluded from one packet. */
struct synfin_observation {
	const struct synfin_connection *connection; /* NULL: not TCP, or not enough of it to tell, or SYNFIN_EVENT_UNTRACKED */
	uint8_t from;            /* index of the end that sent it */
	uint8_t steps;           /* enum synfin_step bits that this packet is (a retransmission keeps its number) */
	uint16_t reserved;
	int64_t handshake_ns;    /* with SYNFIN_STEP_HANDSHAKE_3 the first time: from the SYN to this packet, if both halves are known (T1); else -1 */
};

/* SND.UNA of an end as an offset: one past the highest number that the peer acknowledged. */
int64_t synfin_acknowledged(const struct synfin_endpoint *end);
/* Application bytes of an end's stream: each byte once, holes counted, SYN and FIN not. */
uint64_t synfin_stream_bytes(const struct synfin_endpoint *end);
/* What nine of ten round trips do not exceed, estimated; to 0.1 %. 0 without samples. */
float synfin_rtt_p90_ns(const struct synfin_endpoint *end);
/* How long one direction was closed while the other went on (C4): from the ACK of the first FIN to the other end's FIN. -1: it was not, or is still. */
int64_t synfin_half_closed_ns(const struct synfin_connection *connection);
/*
 * The course of the connection in the letters of Zeek's conn.log, upper case for the client: S (SYN), H (SYN-ACK), A (an ACK and nothing else),
 * D (data), F, R, T (data sent again), G (a gap: data acknowledged but not captured), W (zero window), I (FIN with RST), Q (other
 * flags that exclude each other); ^ in front if the first packet came from the server. In the order of their first appearance; T once more
 * when 10, 100, 1000 ... packets were sent again. No more than SYNFIN_HISTORY_MAX letters are kept: the first ones, but T, G, W, I and Q
 * give way to the others.
 */
#define SYNFIN_HISTORY_MAX 12
/* Write the letters and a NUL. Returns how many letters there are. */
unsigned synfin_history(const struct synfin_connection *connection, char text[SYNFIN_HISTORY_MAX + 1]);
/* How the connection ended, or where it stands. */
enum synfin_outcome synfin_connection_outcome(const struct synfin_connection *connection);

/* "SYN_RECEIVED" and so on, as RFC 9293 names them with underscores; "?" for SYNFIN_UNKNOWN. Never NULL. */
const char *synfin_state_name(unsigned state);
/* "open", "half_closed", "closed", "reset" ... as in the JSON records. Never NULL. */
const char *synfin_outcome_name(unsigned outcome);

SYNFIN_DECLARATIONS_END

#endif
