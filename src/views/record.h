/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Everything that a connection's record says, gathered once and in plain values; each format then writes what it has a column for.
 *
 * What is not known is told apart from zero: a duration of -1, a NULL word, a `has_` flag that is clear.
 */
#ifndef SYNFIN_VIEWS_RECORD_H
#define SYNFIN_VIEWS_RECORD_H

#include <stdbool.h>
#include <stdint.h>

#include <synfin/connection.h>

#include "names/hosts.h"
#include "views/community_id.h"

struct record_end {
	struct synfin_address address;
	char name[HOSTS_NAME_MAX + 1]; /* "": none is known */
	uint16_t port;
	const char *state;           /* RFC 9293's name, or "UNKNOWN" */
	const char *proof;           /* "seen", "assumed" or "unknown" */
	bool seen;                   /* at least one packet from it */
	bool has_isn, has_window, has_scale;
	bool fin, rst;
	uint32_t isn;
	uint32_t window;             /* last advertised, scaled */
	uint8_t window_scale;
	uint16_t mss;                /* 0: none offered */
	uint64_t packets;
	uint64_t bytes;              /* of the stream: each once, holes counted */
	uint64_t retransmitted_packets;
	uint64_t missed_bytes;       /* of `bytes`, those never captured */
	uint32_t rtt_samples;        /* without any the next four mean nothing */
	int64_t rtt_min_ns, rtt_mean_ns, rtt_max_ns, rtt_p90_ns;
};

struct connection_record {
	uint64_t id;
	char uid[UID_SIZE];
	char community_id[COMMUNITY_ID_SIZE];
	int64_t start_ns, end_ns;    /* first and last packet */
	struct record_end client, server;
	unsigned ip_version;
	bool roles_guessed;
	const char *outcome;
	char history[SYNFIN_HISTORY_MAX + 1];
	const char *conn_state;      /* Zeek's word for it, see zeek_state.h */
	uint64_t missed_bytes;       /* of both */
	bool handshake_complete;
	int64_t rtt_ns, syn_rtt_ns, ack_rtt_ns;
	unsigned syn_tries;          /* 0: no SYN was seen */
	const char *close_first;     /* "client" or "server"; NULL */
	const char *close_kind;      /* "fin", or the name of the event of the RST; NULL: neither */
	int64_t half_closed_ns;
	unsigned incarnation;
	uint16_t vlan[2];            /* the outer tag's id, the inner one's; */
	unsigned vlan_count;         /* with one tag the first is it */
	uint32_t tunnel;             /* 0: none */
	bool mid_stream, one_sided, simultaneous_open, simultaneous_close, challenged, clock_backwards;
};

/* Without names. */
void record_gather(struct connection_record *record, const struct synfin_connection *connection);
/* The names of its ends, as far as `hosts` knows them; NULL knows none. */
void record_names(struct connection_record *record, struct hosts *hosts);

/* Words that other records use too. */
const char *record_state(const struct synfin_endpoint *end);
const char *record_proof(const struct synfin_endpoint *end);
/* "client" or "server" for the end with that index. */
const char *record_role(const struct synfin_connection *connection, unsigned end);
/* The ids of the tags in packet.vlan or connection.vlan, outer one first; returns how many there are. */
unsigned record_vlan(uint16_t tags[2], uint32_t vlan);

#endif
