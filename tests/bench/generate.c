/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Writes a capture of TCP connections, the same bytes for the same arguments:
 *
 *     generate FILE [connections=1000] [packets=1000] [concurrent=CONNECTIONS] [payload=10] [hosts=few|many] [loss=0] [reorder=0]
 *         [gap=10] [seed=1]
 *
 * `packets` is per connection, handshake and closing included. `concurrent` connections are open at a time; the next packet is one of
 * a random of these, and one that has ended makes room for a new one. loss and reorder are per thousand data segments: of the lost ones
 * half are missing before the capture and half behind it, and all are sent again; a reordered one comes after its successor. gap is the mean time
 * between two packets in microseconds.
 *
 * Checksums are right, because synfin looks at them. The payload is all zeros, which adds nothing to a checksum.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ETHERNET = 14, IPV4 = 20, TCP = 20, TIME_STAMPS = 12, SYN_OPTIONS = 20, PAYLOAD_MOST = 1448 };
enum { FIN = 1, SYN = 2, PSH = 8, ACK = 16 };

struct options {
	const char *path;
	uint64_t connections, packets, concurrent, payload, loss, reorder, gap, seed;
	bool many_hosts;
};

struct side {
	uint32_t address;
	uint16_t port;
	uint32_t next; /* sequence number of its next new byte */
};

struct connection {
	struct side sides[2]; /* 0 opened */
	uint32_t sent;        /* packets so far */
	uint32_t late;        /* sequence number of a data segment that is still to be sent, after `countdown` packets */
	uint8_t countdown;    /* 0: there is none */
};

struct generator {
	struct options options;
	FILE *file;
	uint64_t random;
	uint64_t time_us;
	uint64_t opened;
	uint64_t packets;
};

/* splitmix64 */
static uint64_t draw(struct generator *g)
{
	uint64_t z = g->random += 0x9e3779b97f4a7c15u;
	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return z ^ z >> 31;
}

static uint64_t below(struct generator *g, uint64_t limit)
{
	return (draw(g) >> 32) * limit >> 32;
}

static bool per_thousand(struct generator *g, uint64_t rate)
{
	return rate && below(g, 1000) < rate;
}

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

static void put32_little(uint8_t *to, uint32_t value)
{
	for (int i = 0; i < 4; i++)
		to[i] = (uint8_t)(value >> 8 * i);
}

static uint32_t sum(const uint8_t *bytes, size_t length)
{
	uint32_t total = 0;
	for (size_t i = 0; i < length; i += 2)
		total += (uint32_t)bytes[i] << 8 | bytes[i + 1];
	return total;
}

static uint16_t fold(uint32_t total)
{
	total = (total & 0xffff) + (total >> 16);
	total = (total & 0xffff) + (total >> 16);
	return (uint16_t)~total;
}

static void put_ipv4(uint8_t *ip, const struct side *from, const struct side *to, size_t length, uint64_t number)
{
	static const uint8_t start[IPV4] = { 0x45, [6] = 0x40, [8] = 64, 6 };
	memcpy(ip, start, IPV4);
	put16(ip + 2, (uint32_t)length);
	put16(ip + 4, (uint32_t)(number & 0xffff));
	put32(ip + 12, from->address);
	put32(ip + 16, to->address);
	put16(ip + 10, fold(sum(ip, IPV4)));
}

static size_t put_options(uint8_t *to, int flags, uint32_t value, uint32_t echo)
{
	static const uint8_t syn[SYN_OPTIONS] = { 2, 4, 5, 0xb4, 4, 2, 8, 10, [16] = 1, 3, 3, 7 };
	static const uint8_t other[TIME_STAMPS] = { 1, 1, 8, 10 };
	size_t length = flags & SYN ? SYN_OPTIONS : TIME_STAMPS;
	uint8_t *stamps = to + (flags & SYN ? 8 : 4);
	memcpy(to, flags & SYN ? syn : other, length);
	put32(stamps, value);
	put32(stamps + 4, echo);
	return length;
}

/* One frame with its record header; `payload` bytes of zeros. */
static void put_frame(struct generator *g, const struct connection *c, int sender, int flags, uint32_t sequence, size_t payload)
{
	static uint8_t record[16 + ETHERNET + IPV4 + TCP + SYN_OPTIONS + PAYLOAD_MOST];
	const struct side *from = &c->sides[sender], *to = &c->sides[!sender];
	uint8_t *frame = record + 16, *ip = frame + ETHERNET, *tcp = ip + IPV4;
	uint32_t clock = (uint32_t)(g->time_us / 1000);

	g->time_us += 1 + below(g, 2 * g->options.gap);
	size_t header = TCP + put_options(tcp + TCP, flags, clock, flags == SYN ? 0 : clock - 1);
	size_t length = ETHERNET + IPV4 + header + payload;
	memset(tcp + header, 0, payload);
	put32_little(record, (uint32_t)(g->time_us / 1000000));
	put32_little(record + 4, (uint32_t)(g->time_us % 1000000));
	put32_little(record + 8, (uint32_t)length);
	put32_little(record + 12, (uint32_t)length);
	memcpy(frame, "\2\0\0\0\0\1\2\0\0\0\0\2\10\0", ETHERNET);
	put_ipv4(ip, from, to, IPV4 + header + payload, g->packets++);
	put16(tcp, from->port);
	put16(tcp + 2, to->port);
	put32(tcp + 4, sequence);
	put32(tcp + 8, flags & ACK ? to->next : 0);
	put16(tcp + 12, (uint32_t)(header / 4) << 12 | (uint32_t)flags);
	put16(tcp + 14, 502);
	put32(tcp + 16, 0);
	put16(tcp + 16, fold(sum(ip + 12, 8) + 6 + (uint32_t)(header + payload) + sum(tcp, header)));
	fwrite(record, 1, 16 + length, g->file);
}

static void open_connection(struct generator *g, struct connection *c)
{
	uint64_t id = g->opened++;
	bool many = g->options.many_hosts;
	uint32_t spread = 1 << 20; /* a /12 */
	*c = (struct connection){ .sent = 0 };
	c->sides[0].address = 0x0a000000 + (uint32_t)(many ? below(g, spread) : 1 + id % 10);
	c->sides[1].address = 0xac100000 + (uint32_t)(many ? below(g, spread) : 1 + id / 10 % 20);
	/* Few hosts have one connection for each pair of ports. */
	c->sides[0].port = (uint16_t)(1024 + id / 200 % 64000);
	c->sides[1].port = (uint16_t)(id / (200 * 64000) % 2 ? 443 : 80);
	c->sides[0].next = (uint32_t)draw(g);
	c->sides[1].next = (uint32_t)draw(g);
}

static void send_new(struct generator *g, struct connection *c, int sender, int flags, size_t payload)
{
	struct side *from = &c->sides[sender];
	put_frame(g, c, sender, flags, from->next, payload);
	from->next += (uint32_t)payload + !!(flags & (SYN | FIN));
}

/* A data segment of the server's: as it is, late, or twice. */
static void send_data(struct generator *g, struct connection *c)
{
	uint32_t sequence = c->sides[1].next;
	bool lost = per_thousand(g, g->options.loss), shown = lost && draw(g) & 1, swapped = per_thousand(g, g->options.reorder);
	if ((lost || swapped) && c->countdown == 0) {
		c->late = sequence;
		c->countdown = lost ? 9 : 2;
		if (!shown) {
			c->sides[1].next += (uint32_t)g->options.payload;
			return;
		}
	}
	send_new(g, c, 1, PSH | ACK, g->options.payload);
}

/* The next packet of a connection. false if that was its last. */
static bool step(struct generator *g, struct connection *c)
{
	uint64_t number = c->sent++, packets = g->options.packets;
	if (c->countdown && --c->countdown == 0)
		put_frame(g, c, 1, PSH | ACK, c->late, g->options.payload);
	else if (number < 3)
		send_new(g, c, number == 1, number == 0 ? SYN : number == 1 ? SYN | ACK : ACK, 0);
	else if (number + 3 >= packets)
		send_new(g, c, number + 2 == packets, number + 1 >= packets ? ACK : FIN | ACK, 0);
	else if (number % 3 == 2)
		send_new(g, c, 0, ACK, 0);
	else
		send_data(g, c);
	return number + 1 < packets;
}

static bool generate(struct generator *g)
{
	uint64_t open = g->options.concurrent < g->options.connections ? g->options.concurrent : g->options.connections;
	struct connection *connections = calloc(open, sizeof *connections);
	uint8_t header[24] = { 0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0, [18] = 4, [20] = 1 };
	if (!connections)
		return false;
	fwrite(header, 1, sizeof header, g->file);
	for (uint64_t i = 0; i < open; i++)
		open_connection(g, &connections[i]);
	while (open > 0) {
		struct connection *c = &connections[below(g, open)];
		if (step(g, c))
			continue;
		if (g->opened < g->options.connections)
			open_connection(g, c);
		else
			*c = connections[--open];
	}
	free(connections);
	return true;
}

static bool take(struct options *options, const char *argument)
{
	static const char *const names[] = { "connections=", "packets=", "concurrent=", "payload=", "loss=", "reorder=", "gap=", "seed=" };
	uint64_t *const fields[] = { &options->connections, &options->packets, &options->concurrent, &options->payload, &options->loss,
		&options->reorder, &options->gap, &options->seed };
	if (strcmp(argument, "hosts=few") == 0 || strcmp(argument, "hosts=many") == 0) {
		options->many_hosts = argument[6] == 'm';
		return true;
	}
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
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
	static char buffer[1 << 20];
	struct generator g = { .options = { .connections = 1000, .packets = 1000, .payload = 10, .gap = 10, .seed = 1 }, .time_us = 1600000000000000 };
	for (int i = 2; i < argc; i++)
		if (!take(&g.options, argv[i])) {
			fprintf(stderr, "generate: %s is not understood\n", argv[i]);
			return 2;
		}
	if (argc < 2 || g.options.payload > PAYLOAD_MOST || g.options.packets < 6) {
		fprintf(stderr, "usage: generate FILE [connections=N] [packets=N, from 6] [concurrent=N] [payload=N, to %d] [hosts=few|many]"
			" [loss=N] [reorder=N] [gap=N] [seed=N]\n", PAYLOAD_MOST);
		return 2;
	}
	if (g.options.concurrent == 0)
		g.options.concurrent = g.options.connections;
	g.random = g.options.seed;
	g.file = fopen(argv[1], "wb");
	if (!g.file) {
		perror(argv[1]);
		return 1;
	}
	setvbuf(g.file, buffer, _IOFBF, sizeof buffer);
	if (!generate(&g) || ferror(g.file) || fclose(g.file) != 0) {
		perror(argv[1]);
		return 1;
	}
	return 0;
}
