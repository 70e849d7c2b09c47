/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Connections as short scripts of segments. Each line says who sends what, in numbers relative to the ISNs, and what the tracker must
 * conclude, in the words of the annotation: "(1) SYN_SENT/SYN_RECEIVED~ retransmission". Events stand behind the states by their JSON names.
 *
 * What a segment has beyond flags, numbers and length stands behind the flags: "A win=0 ts=20/10 sack=1001-2001 id=7 after=300ms". What an end
 * looks like afterwards, behind a bar: "ESTABLISHED/ESTABLISHED~ | A next=11 acked=1 missed=0 B window=1000 C id=1" (C: the connection).
 *
 * Every script is run in several settings (ISNs that wrap, either order of the addresses, IPv6), which must not matter.
 */
#ifndef SYNFIN_TESTS_TRACK_SCRIPT_H
#define SYNFIN_TESTS_TRACK_SCRIPT_H

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "track/track.h"
#include "track_invariants.h"

/* Between segments that do not say otherwise. */
#define SCRIPT_STEP_NS 10000000

struct script_line {
	char from;            /* '>' from A, '<' from B */
	const char *flags;    /* letters of SFRPAU, then options */
	uint32_t seq;         /* relative to the sender's ISN */
	uint32_t ack;         /* relative to the receiver's */
	uint32_t length;      /* bytes of data */
	const char *expected; /* steps, A's state / B's state, events, values */
};

struct script_setting {
	const char *name;
	uint32_t isn_a, isn_b;
	bool a_is_higher;     /* A's address sorts after B's */
	int ip_version;
};

static const struct script_setting script_settings[] = {
	{ "plain", 1000, 900000, false, 4 },
	{ "A above B", 1000, 900000, true, 4 },
	{ "wrapping ISNs", 0xffffffff, 0xfffffffb, false, 4 },
	{ "ISNs at the sign bit", 0x7fffffff, 0x80000000, true, 4 },
	{ "IPv6", 77, 3000000000, false, 6 },
};

struct script_run {
	struct tracker *tracker;
	const struct script_setting *setting;
	char events[256];
	unsigned closed;
	struct synfin_packet packet;
	struct invariants invariants;
};

static inline void script_on_event(void *context, const struct synfin_event *event, const struct synfin_connection *connection)
{
	struct script_run *run = context;
	size_t length = strlen(run->events);
	(void)connection;
	snprintf(run->events + length, sizeof(run->events) - length, " %s", synfin_event_name(event->kind));
}

static inline void script_on_closed(void *context, const struct synfin_connection *connection)
{
	struct script_run *run = context;
	if (run->invariants.open > 0)
		invariants_closed(&run->invariants, connection);
	run->closed++;
}

static inline void script_begin_with(struct script_run *run, const struct script_setting *setting, struct tracker_options options)
{
	memset(run, 0, sizeof(*run));
	run->setting = setting;
	options.context = run;
	options.event = script_on_event;
	options.closed = script_on_closed;
	ck_assert_int_eq(tracker_create(&run->tracker, &options, NULL), 0);
}

static inline void script_begin(struct script_run *run, const struct script_setting *setting)
{
	script_begin_with(run, setting, (struct tracker_options){ 0 });
}

static inline void script_end(struct script_run *run)
{
	tracker_destroy(run->tracker);
}

static inline struct synfin_address script_address(const struct script_setting *setting, bool a)
{
	struct synfin_address address = { { 0 } };
	if (setting->ip_version == 4)
		address.bytes[10] = address.bytes[11] = 0xff;
	else
		address.bytes[0] = 0x20;
	address.bytes[15] = a == setting->a_is_higher ? 200 : 100;
	return address;
}

static uint16_t script_flags(const char *letters)
{
	uint16_t flags = 0;
	for (; *letters && *letters != ' '; letters++)
		flags |= (uint16_t)(*letters == 'S' ? SYNFIN_TCP_SYN : *letters == 'F' ? SYNFIN_TCP_FIN : *letters == 'R' ? SYNFIN_TCP_RST :
			*letters == 'P' ? SYNFIN_TCP_PSH : *letters == 'U' ? SYNFIN_TCP_URG : SYNFIN_TCP_ACK);
	return flags;
}

static inline int64_t script_duration(const char *text)
{
	char *unit;
	int64_t number = strtoll(text, &unit, 10);
	return number * (strncmp(unit, "ns", 2) == 0 ? 1 : strncmp(unit, "us", 2) == 0 ? 1000 : strncmp(unit, "ms", 2) == 0 ? 1000000 : 1000000000);
}

/* SACK blocks: "1-101,201-301", relative to the ISN of the other end. */
static inline void script_sack(struct synfin_tcp *tcp, const char *text, uint32_t isn)
{
	char *end = NULL;
	tcp->options |= SYNFIN_TCPOPT_SACK;
	for (; tcp->sack_count < SYNFIN_SACK_MAX; text = end + 1) {
		struct synfin_sack_block *block = &tcp->sack[tcp->sack_count++];
		block->left = isn + (uint32_t)strtoul(text, &end, 10);
		block->right = isn + (uint32_t)strtoul(end + 1, &end, 10);
		if (*end != ',')
			break;
	}
}

/* One word behind the flags. `peer` is the ISN of the end that gets the segment. */
static inline void script_option(struct script_run *run, const char *word, uint32_t peer)
{
	struct synfin_tcp *tcp = &run->packet.tcp;
	const char *value = strchr(word, '=') + 1;
	char *rest;

	if (strncmp(word, "win=", 4) == 0) {
		tcp->window = (uint16_t)atoi(value);
	} else if (strncmp(word, "ws=", 3) == 0) {
		tcp->options |= SYNFIN_TCPOPT_WINDOW_SCALE;
		tcp->window_scale = (uint8_t)atoi(value);
	} else if (strncmp(word, "mss=", 4) == 0) {
		tcp->options |= SYNFIN_TCPOPT_MSS;
		tcp->mss = (uint16_t)atoi(value);
	} else if (strncmp(word, "ts=", 3) == 0) {
		tcp->options |= SYNFIN_TCPOPT_TIMESTAMPS;
		tcp->timestamp_value = (uint32_t)strtoul(value, &rest, 10);
		tcp->timestamp_echo = (uint32_t)strtoul(rest + 1, NULL, 10);
	} else if (strncmp(word, "sack=", 5) == 0) {
		script_sack(tcp, value, peer);
	} else if (strncmp(word, "id=", 3) == 0) {
		run->packet.ip.id = (uint16_t)atoi(value);
	} else if (strcmp(word, "sum=pseudo") == 0) {
		/* Of 0.0.0.100 and 0.0.0.200, or 2000::64 and 2000::c8, 120 bytes of TCP and protocol 6. */
		tcp->checksum = (uint16_t)(100 + 200 + 120 + 6 + (run->setting->ip_version == 4 ? 0 : 2 * 0x2000));
	} else if (strncmp(word, "sum=", 4) == 0) {
		tcp->checksum = (uint16_t)atoi(value);
	} else if (strncmp(word, "vlan=", 5) == 0) {
		run->packet.vlan = 0xffff0000u | (uint16_t)atoi(value);
	} else if (strncmp(word, "abs=", 4) == 0) {
		tcp->seq = (uint32_t)strtoul(value, NULL, 10); /* whatever the ISN is */
	} else if (strncmp(word, "sackok=", 7) == 0) {
		tcp->options |= SYNFIN_TCPOPT_SACK_PERMITTED;
	} else if (strncmp(word, "tfo=", 4) == 0) {
		tcp->options |= SYNFIN_TCPOPT_FAST_OPEN;
	} else {
		ck_assert_msg(strncmp(word, "after=", 6) == 0, "unknown option %s", word);
		run->packet.time_ns += script_duration(value) - SCRIPT_STEP_NS;
	}
}

/* Make the packet of a line: 10 ms after the one before, window 1000. */
static inline struct synfin_packet *script_packet(struct script_run *run, const struct script_line *line)
{
	struct synfin_packet *packet = &run->packet;
	const struct script_setting *setting = run->setting;
	bool a = line->from == '>';

	packet->time_ns += SCRIPT_STEP_NS;
	packet->frame++;
	packet->has_tcp = true;
	packet->ip_version = (uint8_t)setting->ip_version;
	packet->vlan = 0xffffffff;
	packet->ip.id = 0;
	packet->ip.source = script_address(setting, a);
	packet->ip.destination = script_address(setting, !a);
	memset(&packet->tcp, 0, sizeof(packet->tcp));
	packet->tcp.source_port = a ? 50000 : 80;
	packet->tcp.destination_port = a ? 80 : 50000;
	packet->tcp.flags = script_flags(line->flags);
	packet->tcp.seq = (a ? setting->isn_a : setting->isn_b) + line->seq;
	if (packet->tcp.flags & SYNFIN_TCP_ACK)
		packet->tcp.ack = (a ? setting->isn_b : setting->isn_a) + line->ack;
	packet->tcp.payload = line->length;
	packet->tcp.window = 1000;
	packet->tcp.header = 20;
	for (const char *word = strchr(line->flags, ' '); word; word = strchr(word + 1, ' '))
		script_option(run, word + 1, a ? setting->isn_b : setting->isn_a);
	return packet;
}

static inline size_t script_put_state(char *text, size_t size, const struct synfin_endpoint *end)
{
	const char *mark = end->state == SYNFIN_UNKNOWN ? "" : end->proof == SYNFIN_PROOF_ASSUMED ? "~" : end->proof == SYNFIN_PROOF_UNKNOWN ? "?" : "";
	return (size_t)snprintf(text, size, "%s%s", synfin_state_name(end->state), mark);
}

/* The states are A's and B's, whoever was taken as the client. */
static inline void script_describe(const struct script_run *run, const struct synfin_observation *observation, char *text, size_t size)
{
	static const char *const names[] = { "(1)", "(2)", "(3)", "(1)", "(2)", "(3)", "(4)" };
	const struct synfin_connection *connection = observation->connection;
	unsigned a = run->setting->a_is_higher ? 1 : 0;
	size_t at = 0;

	text[0] = '\0';
	for (unsigned i = 0; i < 7; i++)
		if (observation->steps & 1u << i)
			at += (size_t)snprintf(text + at, size - at, "%s ", names[i]);
	at += script_put_state(text + at, size - at, &connection->end[a]);
	at += (size_t)snprintf(text + at, size - at, "/");
	at += script_put_state(text + at, size - at, &connection->end[!a]);
	snprintf(text + at, size - at, "%s", run->events);
}

static inline int64_t script_end_value(const struct synfin_endpoint *end, const char *name)
{
#define SCRIPT_VALUE(key, value) if (strncmp(name, key "=", sizeof(key)) == 0) return (int64_t)(value)
	SCRIPT_VALUE("next", end->next);
	SCRIPT_VALUE("acked", synfin_acknowledged(end));
	SCRIPT_VALUE("bytes", synfin_stream_bytes(end));
	SCRIPT_VALUE("missed", end->missed);
	SCRIPT_VALUE("packets", end->packets);
	SCRIPT_VALUE("retransmitted", end->retransmitted);
	SCRIPT_VALUE("mss", end->mss);
	SCRIPT_VALUE("window", end->flags & SYNFIN_END_WINDOW ? (int64_t)end->window : -1);
	SCRIPT_VALUE("rtts", end->rtt_count);
	SCRIPT_VALUE("rtt_min_ms", end->rtt_min_ns / 1e6f + 0.5f);
	SCRIPT_VALUE("rtt_max_ms", end->rtt_max_ns / 1e6f + 0.5f);
	SCRIPT_VALUE("dupacks", end->duplicate_acks);
	ck_abort_msg("unknown value of an end: %s", name);
}

static inline int64_t script_connection_value(const struct script_run *run, const struct synfin_observation *observation, const char *name)
{
	const struct synfin_connection *connection = observation->connection;
	SCRIPT_VALUE("id", connection->id);
	SCRIPT_VALUE("incarnation", connection->incarnation);
	SCRIPT_VALUE("client_is_a", connection->client == (run->setting->a_is_higher ? 1 : 0));
	SCRIPT_VALUE("guessed", !!(connection->flags & SYNFIN_CONN_ROLES_GUESSED));
	SCRIPT_VALUE("one_sided", !!(connection->flags & SYNFIN_CONN_ONE_SIDED));
	SCRIPT_VALUE("closed", run->closed);
	SCRIPT_VALUE("handshake_ms", observation->handshake_ns < 0 ? -1 : observation->handshake_ns / 1000000);
	SCRIPT_VALUE("syn_rtt_ms", connection->syn_rtt_ns == UINT32_MAX ? -1 : (int64_t)connection->syn_rtt_ns / 1000000);
	SCRIPT_VALUE("ack_rtt_ms", connection->ack_rtt_ns == UINT32_MAX ? -1 : (int64_t)connection->ack_rtt_ns / 1000000);
	ck_abort_msg("unknown value of a connection: %s", name);
#undef SCRIPT_VALUE
}

/* What stands behind the bar. */
static inline void script_check_values(const struct script_run *run, const struct synfin_observation *observation, const char *values, unsigned number)
{
	unsigned a = run->setting->a_is_higher ? 1 : 0;
	char about = 'C';

	for (const char *word = strchr(values, ' '); word; word = strchr(word + 1, ' ')) {
		const char *name = word + 1;
		if (name[1] == ' ') {
			about = *name;
			continue;
		}
		int64_t expected = strtoll(strchr(name, '=') + 1, NULL, 10);
		int64_t got = about == 'C' ? script_connection_value(run, observation, name) :
			script_end_value(&observation->connection->end[about == 'A' ? a : !a], name);
		ck_assert_msg(got == expected, "%s, line %u: %c %s: got %lld", run->setting->name, number, about, name, (long long)got);
	}
}

static inline const struct synfin_connection *script_feed(struct script_run *run, const struct script_line *line, unsigned number)
{
	struct synfin_observation observation;
	char text[512];

	run->events[0] = '\0';
	tracker_packet(run->tracker, script_packet(run, line), &observation);
	ck_assert_ptr_nonnull(observation.connection);
	invariants_check(&run->invariants, observation.connection);
	script_describe(run, &observation, text, sizeof(text));
	const char *values = strstr(line->expected, " |");
	size_t length = values ? (size_t)(values - line->expected) : strlen(line->expected);
	if (values)
		script_check_values(run, &observation, values + 1, number);
	ck_assert_msg(strlen(text) == length && strncmp(text, line->expected, length) == 0, "%s, line %u: %c %s: expected \"%s\", got \"%s\"", run->setting->name, number, line->from,
		line->flags, line->expected, text);
	return observation.connection;
}

/* Run a script in every setting; the connection must end with that outcome. */
static inline void script_check(const struct script_line *lines, size_t count, const char *outcome)
{
	for (size_t s = 0; s < sizeof(script_settings) / sizeof(script_settings[0]); s++) {
		struct script_run run;
		const struct synfin_connection *connection = NULL;
		script_begin(&run, &script_settings[s]);
		for (size_t i = 0; i < count; i++)
			connection = script_feed(&run, &lines[i], (unsigned)i + 1);
		ck_assert_str_eq(synfin_outcome_name(synfin_connection_outcome(connection)), outcome);
		tracker_flush(run.tracker);
		invariants_end(&run.invariants);
		script_end(&run);
	}
}

/* The common start: three steps, both ends established, the server's end not yet proven. */
#define SCRIPT_OPENING \
	{ '>', "S", 0, 0, 0, "(1) SYN_SENT/SYN_RECEIVED~" }, \
	{ '<', "SA", 0, 1, 0, "(2) ESTABLISHED~/SYN_RECEIVED" }, \
	{ '>', "A", 1, 1, 0, "(3) ESTABLISHED/ESTABLISHED~ handshake_complete" }
/* ... and one byte of B's, which proves it. */
#define SCRIPT_PROVEN SCRIPT_OPENING, { '<', "PA", 1, 1, 1, "ESTABLISHED/ESTABLISHED" }, { '>', "A", 1, 2, 0, "ESTABLISHED/ESTABLISHED" }

#define SCRIPT(outcome, ...) \
	do { \
		static const struct script_line lines_[] = { __VA_ARGS__ }; \
		script_check(lines_, sizeof(lines_) / sizeof(lines_[0]), outcome); \
	} while (0)

#endif
