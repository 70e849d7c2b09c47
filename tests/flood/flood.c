/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A flood of SYNs from that many different sources, every other one IPv6, and connections that live through it:
 *
 *     flood check|write [sources=1000000] [living=1000] [answers=no|yes] [cap=1000000]
 *
 * `living` connections open, carry data in both directions at ROUNDS times during the flood, and close after it. With answers=yes
 * each SYN gets its SYN-ACK, which the source never acknowledges. "write" writes the frames to standard output, as a capture. "check"
 * feeds them to the library, with `cap` for its most connections, and fails unless each living connection is after every one of its
 * packets what it was: the same id, both ends ESTABLISHED, numbers that go on. It prints what that took.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include <synfin/engine.h>

enum { FIN = 1, SYN = 2, PSH = 8, ACK = 16 };
enum { TCP = 20, IPV4 = 20, IPV6 = 40, ROUNDS = 20, PAYLOAD = 100, HEADER_MAX = IPV6 + TCP };
#define START_US INT64_C(1600000000000000)

/* Addresses of the flood's sources and of living clients are numbers; the two do not meet. */
#define CLIENTS 0xe0000000u

struct flood {
	uint64_t sources, living, cap;
	bool answers, writes;
	int64_t time_us;
	struct synfin_engine *engine;
	/* What must come of the frame at hand: number of the living connection, 0 for the flood; and SND.NXT of its ends after it. */
	uint64_t expected;
	bool established;
	int64_t next[2];          /* of the client, of the server */
	uint64_t wrong;
	uint64_t evicted, untracked, closed;
};

/* One end's segment as it is sent: who it is for stands in `number`, and odd numbers are IPv6. */
struct segment {
	uint32_t number;
	bool from_client;
	uint8_t flags;
	uint32_t seq, ack, payload;
};

static void put16(uint8_t *to, uint32_t value)
{
	to[0] = (uint8_t)(value >> 8);
	to[1] = (uint8_t)value;
}

static void put32(uint8_t *to, uint32_t value)
{
	put16(to, value >> 16);
	put16(to + 2, value & 0xffff);
}

/* The payload is cut off, and checksums are not looked at. Returns how many bytes of the frame there are. */
static uint32_t make(uint8_t *frame, const struct segment *segment)
{
	static const uint8_t ipv4[IPV4] = { 0x45, [6] = 0x40, [8] = 64, 6 };
	static const uint8_t ipv6[IPV6] = { 0x60, [6] = 6, 64, 0x20, 1, 0x0d, 0xb8, [24] = 0x20, 1, 0x0d, 0xb8 };
	bool six = segment->number & 1;
	uint32_t header = six ? IPV6 : IPV4;
	uint8_t *client = frame + (six ? 20 : 12) + (segment->from_client ? 0 : six ? 16 : 4);
	uint8_t *server = frame + (six ? 20 : 12) + (segment->from_client ? six ? 16 : 4 : 0);
	uint8_t *tcp = frame + header;

	memcpy(frame, six ? ipv6 : ipv4, header);
	put16(frame + (six ? 4 : 2), TCP + segment->payload + (six ? 0 : IPV4));
	put32(client, segment->number);
	put32(server, 0xc0000250);
	put16(tcp, segment->from_client ? 40000 : 80);
	put16(tcp + 2, segment->from_client ? 80 : 40000);
	put32(tcp + 4, segment->seq);
	put32(tcp + 8, segment->ack);
	put16(tcp + 12, 0x5000u | segment->flags);
	put16(tcp + 14, 65535);
	put32(tcp + 16, 0);
	return header + TCP;
}

static void send(struct flood *flood, const struct segment *segment)
{
	uint8_t record[16 + HEADER_MAX];
	uint32_t captured = make(record + 16, segment);

	flood->time_us += 1;
	if (flood->writes) {
		/* In the machine's own byte order, which a reader finds out. */
		const uint32_t header[4] = { (uint32_t)(flood->time_us / 1000000), (uint32_t)(flood->time_us % 1000000), captured, captured + segment->payload };
		memcpy(record, header, sizeof(header));
		fwrite(record, 1, sizeof(header) + captured, stdout);
		return;
	}
	struct synfin_frame frame = {
		.time_ns = flood->time_us * 1000,
		.bytes = record + 16,
		.captured = captured,
		.length = captured + segment->payload,
		.link_type = SYNFIN_LINK_RAW,
	};
	if (synfin_engine_feed(flood->engine, &frame) < 0)
		flood->wrong++;
}

/* ---- the living */

#define CLIENT_ISN 4294967000u
#define SERVER_ISN 77u

/* A segment of a living connection from the offsets of both streams, and what must come of it. */
static void send_living(struct flood *flood, uint64_t number, bool from_client, uint8_t flags, int64_t seq, int64_t ack, uint32_t payload)
{
	uint32_t isn = from_client ? CLIENT_ISN : SERVER_ISN, other = from_client ? SERVER_ISN : CLIENT_ISN;
	struct segment segment = {
		.number = CLIENTS + (uint32_t)number,
		.from_client = from_client,
		.flags = flags,
		.seq = isn + (uint32_t)seq,
		.ack = flags & ACK ? other + (uint32_t)ack : 0,
		.payload = payload,
	};
	flood->expected = number;
	flood->next[from_client ? 0 : 1] = seq + payload + !!(flags & (SYN | FIN));
	flood->next[from_client ? 1 : 0] = ack;
	flood->established = payload > 0;
	send(flood, &segment);
	flood->expected = 0;
}

static void open_all(struct flood *flood)
{
	for (uint64_t i = 1; i <= flood->living; i++) {
		send_living(flood, i, true, SYN, 0, 0, 0);
		send_living(flood, i, false, SYN | ACK, 0, 1, 0);
		send_living(flood, i, true, ACK, 1, 1, 0);
	}
}

/* In each round both ends send once. */
static void exchange_all(struct flood *flood, int64_t round)
{
	int64_t at = 1 + round * PAYLOAD;
	for (uint64_t i = 1; i <= flood->living; i++) {
		send_living(flood, i, true, PSH | ACK, at, at, PAYLOAD);
		send_living(flood, i, false, PSH | ACK, at, at + PAYLOAD, PAYLOAD);
	}
}

static void close_all(struct flood *flood)
{
	int64_t at = 1 + ROUNDS * PAYLOAD;
	for (uint64_t i = 1; i <= flood->living; i++) {
		send_living(flood, i, true, FIN | ACK, at, at, 0);
		send_living(flood, i, false, FIN | ACK, at, at + 1, 0);
		send_living(flood, i, true, ACK, at + 1, at + 1, 0);
	}
}

static void pour(struct flood *flood)
{
	uint64_t poured = 0;
	for (int64_t round = 0; round < ROUNDS; round++) {
		for (uint64_t until = flood->sources / ROUNDS * (uint64_t)(round + 1); poured < until; poured++) {
			uint32_t number = (uint32_t)poured;
			struct segment segment = { .number = number, .from_client = true, .flags = SYN, .seq = number * 2654435761u };
			send(flood, &segment);
			if (!flood->answers)
				continue;
			segment = (struct segment){ .number = number, .flags = SYN | ACK, .seq = ~number, .ack = segment.seq + 1 };
			send(flood, &segment);
		}
		exchange_all(flood, round);
	}
}

/* ---- what the library says */

static int on_packet(void *self, const struct synfin_packet *packet, const struct synfin_observation *observation)
{
	struct flood *flood = self;
	const struct synfin_connection *connection = observation->connection;

	if (flood->expected == 0)
		return 0;
	if (!connection || connection->id != flood->expected || connection->incarnation != 1) {
		if (flood->wrong++ == 0)
			fprintf(stderr, "flood: frame %llu is of connection %llu, not %llu\n", (unsigned long long)packet->frame,
				(unsigned long long)(connection ? connection->id : 0), (unsigned long long)flood->expected);
		return 0;
	}
	const struct synfin_endpoint *client = &connection->end[connection->client], *server = &connection->end[!connection->client];
	bool open = client->state == SYNFIN_ESTABLISHED && server->state == SYNFIN_ESTABLISHED;
	if ((client->next != flood->next[0] || server->next != flood->next[1] || (flood->established && !open)) && flood->wrong++ == 0)
		fprintf(stderr, "flood: frame %llu: connection %llu is %s/%s at %lld/%lld\n", (unsigned long long)packet->frame,
			(unsigned long long)connection->id, synfin_state_name(client->state), synfin_state_name(server->state), (long long)client->next,
			(long long)server->next);
	return 0;
}

static int on_event(void *self, const struct synfin_event *event, const struct synfin_connection *connection)
{
	struct flood *flood = self;

	flood->evicted += event->kind == SYNFIN_EVENT_EVICTED;
	flood->untracked += event->kind == SYNFIN_EVENT_UNTRACKED;
	/* The living opened first: theirs are the lowest ids. */
	if ((event->kind == SYNFIN_EVENT_EVICTED || event->kind == SYNFIN_EVENT_EXPIRED) && connection->id <= flood->living && flood->wrong++ == 0)
		fprintf(stderr, "flood: connection %llu %s\n", (unsigned long long)connection->id, synfin_event_name(event->kind));
	return 0;
}

static int on_closed(void *self, const struct synfin_connection *connection)
{
	struct flood *flood = self;

	flood->closed += connection->id <= flood->living && synfin_connection_outcome(connection) == SYNFIN_OUTCOME_CLOSED;
	return 0;
}

static double now(void)
{
	struct timespec at;
	clock_gettime(CLOCK_MONOTONIC, &at);
	return (double)at.tv_sec + (double)at.tv_nsec / 1e9;
}

static int check(struct flood *flood)
{
	const struct synfin_engine_options options = { .max_connections = (uint32_t)flood->cap };
	const struct synfin_sink sink = { .self = flood, .packet = on_packet, .event = on_event, .connection_closed = on_closed };
	struct synfin_engine_statistics statistics;
	struct rusage usage;
	double started = now();

	if (synfin_engine_create(&flood->engine, &options, NULL) < 0 || synfin_engine_add_sink(flood->engine, &sink) < 0)
		return 1;
	open_all(flood);
	pour(flood);
	synfin_engine_statistics(flood->engine, &statistics);
	bool capped = statistics.active <= flood->cap;
	close_all(flood);
	flood->wrong += synfin_engine_finish(flood->engine) < 0;
	synfin_engine_destroy(flood->engine);
	getrusage(RUSAGE_SELF, &usage);
	bool right = flood->wrong == 0 && capped && flood->closed == flood->living && flood->evicted == statistics.evicted && flood->untracked == statistics.untracked;
	printf("%llu %llu %llu %ld %.2f\n", (unsigned long long)statistics.evicted, (unsigned long long)statistics.untracked,
		(unsigned long long)statistics.active, usage.ru_maxrss, now() - started);
	if (!right)
		fprintf(stderr, "flood: %llu of %llu connections lived through it; %llu things were wrong\n", (unsigned long long)flood->closed,
			(unsigned long long)flood->living, (unsigned long long)flood->wrong);
	return !right;
}

static int write_all(struct flood *flood)
{
	static char buffer[1 << 20];
	const uint32_t header[6] = { 0xa1b2c3d4, 2 | 4 << 16, 0, 0, 262144, SYNFIN_LINK_RAW };

	setvbuf(stdout, buffer, _IOFBF, sizeof(buffer));
	fwrite(header, 1, sizeof(header), stdout);
	open_all(flood);
	pour(flood);
	close_all(flood);
	return fflush(stdout) != 0 || ferror(stdout);
}

static bool take(struct flood *flood, const char *argument)
{
	static const char *const names[] = { "sources=", "living=", "cap=" };
	uint64_t *const fields[] = { &flood->sources, &flood->living, &flood->cap };

	if (strcmp(argument, "answers=yes") == 0 || strcmp(argument, "answers=no") == 0) {
		flood->answers = argument[8] == 'y';
		return true;
	}
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		size_t length = strlen(names[i]);
		char *end = NULL;
		if (strncmp(argument, names[i], length) != 0)
			continue;
		*fields[i] = strtoull(argument + length, &end, 10);
		return end != argument + length && *end == '\0';
	}
	return false;
}

int main(int argc, char **argv)
{
	struct flood flood = { .sources = 1000000, .living = 1000, .cap = 1000000, .time_us = START_US };
	bool understood = argc > 1 && (strcmp(argv[1], "check") == 0 || strcmp(argv[1], "write") == 0);

	for (int i = 2; i < argc; i++)
		understood = take(&flood, argv[i]) && understood;
	if (!understood || flood.living > flood.cap || flood.sources > CLIENTS) {
		fprintf(stderr, "usage: flood check|write [sources=N] [living=N, to cap] [answers=no|yes] [cap=N]\n");
		return 2;
	}
	flood.writes = argv[1][0] == 'w';
	return flood.writes ? write_all(&flood) : check(&flood);
}
