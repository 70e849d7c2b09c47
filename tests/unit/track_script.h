/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Connections as short scripts of segments. Each line says who sends what, in numbers relative to the ISNs, and what the tracker must
 * conclude, in the words of the annotation: "(1) SYN_SENT/SYN_RECEIVED~ retransmission". Events stand behind the states by their JSON names.
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

struct script_line {
	char from;            /* '>' from A, '<' from B */
	const char *flags;    /* letters of SFRPA */
	uint32_t seq;         /* relative to the sender's ISN */
	uint32_t ack;         /* relative to the receiver's */
	uint32_t length;      /* bytes of data */
	const char *expected; /* steps, A's state / B's state, events */
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
	(void)connection;
	run->closed++;
}

static inline void script_begin(struct script_run *run, const struct script_setting *setting)
{
	memset(run, 0, sizeof(*run));
	run->setting = setting;
	struct tracker_options options = { .context = run, .event = script_on_event, .closed = script_on_closed };
	ck_assert_int_eq(tracker_create(&run->tracker, &options, NULL), 0);
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
	for (; *letters; letters++)
		flags |= (uint16_t)(*letters == 'S' ? SYNFIN_TCP_SYN : *letters == 'F' ? SYNFIN_TCP_FIN : *letters == 'R' ? SYNFIN_TCP_RST :
			*letters == 'P' ? SYNFIN_TCP_PSH : SYNFIN_TCP_ACK);
	return flags;
}

/* Make the packet of a line: 10 ms after the one before, window 1000. */
static inline struct synfin_packet *script_packet(struct script_run *run, const struct script_line *line)
{
	struct synfin_packet *packet = &run->packet;
	const struct script_setting *setting = run->setting;
	bool a = line->from == '>';

	packet->time_ns += 10000000;
	packet->frame++;
	packet->has_tcp = true;
	packet->ip_version = (uint8_t)setting->ip_version;
	packet->vlan = 0xffffffff;
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

static inline const struct synfin_connection *script_feed(struct script_run *run, const struct script_line *line, unsigned number)
{
	struct synfin_observation observation;
	char text[512];

	run->events[0] = '\0';
	tracker_packet(run->tracker, script_packet(run, line), &observation);
	ck_assert_ptr_nonnull(observation.connection);
	script_describe(run, &observation, text, sizeof(text));
	ck_assert_msg(strcmp(text, line->expected) == 0, "%s, line %u: %c %s: expected \"%s\", got \"%s\"", run->setting->name, number, line->from,
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
		script_end(&run);
	}
}

#define SCRIPT(outcome, ...) \
	do { \
		static const struct script_line lines_[] = { __VA_ARGS__ }; \
		script_check(lines_, sizeof(lines_) / sizeof(lines_[0]), outcome); \
	} while (0)

#endif
