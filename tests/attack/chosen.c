/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Chosen addresses: SYNs whose hashes begin alike, so that all of them would stand in one place of the table. Who does not know the table's
 * secret cannot choose them; here they are chosen with the secret of one engine, which shows what that would cost, and then sent to another
 * one. Counted are the places that searches look at, so this does not depend on the machine.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <synfin/engine.h>

#include "attack.h"
#include "../fuzz/inspect.h"
#include "track/table.h"

enum { CHOSEN = 4000, SLOTS = 8192, PLACES = 8 };

static struct synfin_engine *engine_new(void)
{
	struct synfin_engine *engine = NULL;
	struct synfin_error error;
	if (synfin_engine_create(&engine, NULL, &error) != 0)
		abort();
	return engine;
}

static void key_of(struct flow_key *key, uint64_t number)
{
	static struct frame frame;
	static struct synfin_packet packet = { .has_tcp = true, .ip_version = 4, .vlan = UINT32_MAX };
	(void)frame;
	memcpy(packet.ip.source.bytes, "\0\0\0\0\0\0\0\0\0\0\xff\xff\x0a", 13);
	memcpy(packet.ip.destination.bytes, "\0\0\0\0\0\0\0\0\0\0\xff\xff\x0a\0\0\2", 16);
	packet.ip.source.bytes[13] = (uint8_t)(number >> 16);
	packet.ip.source.bytes[14] = (uint8_t)(number >> 8);
	packet.ip.source.bytes[15] = (uint8_t)number;
	packet.tcp.source_port = 1000;
	packet.tcp.destination_port = 2000;
	memset(key, 0, sizeof *key);
	(void)key_from_packet(key, &packet, false);
}

static void choose(const struct synfin_engine *engine, uint64_t numbers[CHOSEN])
{
	const struct table *table = inspect_table(inspect_engine(engine));
	uint64_t number = 1;
	for (unsigned found = 0; found < CHOSEN; number++) {
		struct flow_key key;
		key_of(&key, number);
		if ((table_hash(table, &key) & (SLOTS - 1)) < PLACES)
			numbers[found++] = number;
	}
}

static struct inspect_probes send_to(struct synfin_engine *engine, const uint64_t numbers[CHOSEN])
{
	static struct frame frame;
	for (unsigned i = 0; i < CHOSEN; i++) {
		frame.size = frame.patch_count = 0;
		frame_ethernet(&frame, 0x0800);
		frame_ipv4(&frame, 6);
		attack_source(&frame, 0x0a000000 | (uint32_t)numbers[i]);
		size_t tcp = frame.size;
		frame_tcp(&frame, NULL, 0);
		attack_segment(&frame, tcp, 1000, i, 0, SYNFIN_TCP_SYN);
		frame_finish(&frame);
		struct synfin_frame fed = { .bytes = frame.bytes, .captured = (uint32_t)frame.size, .length = (uint32_t)frame.size,
			.link_type = SYNFIN_LINK_ETHERNET };
		if (synfin_engine_feed(engine, &fed) != 0)
			abort();
	}
	return inspect_probes(inspect_table(inspect_engine(engine)));
}

bool chosen_addresses(void)
{
	static uint64_t numbers[CHOSEN];
	struct synfin_engine *known = engine_new(), *other = engine_new();
	choose(known, numbers);
	struct inspect_probes attacked = send_to(known, numbers), defended = send_to(other, numbers);
	synfin_engine_destroy(known);
	synfin_engine_destroy(other);

	printf("%u chosen addresses: places looked at for one, on average and at most\n", (unsigned)CHOSEN);
	printf("    secret known      %10.2f %6u\n", (double)attacked.total / CHOSEN, (unsigned)attacked.most);
	printf("    secret not known  %10.2f %6u\n", (double)defended.total / CHOSEN, (unsigned)defended.most);
	/* The first line shows that the addresses are well chosen. */
	bool good = attacked.total > 100 * (uint64_t)CHOSEN && defended.total < 3 * (uint64_t)CHOSEN && defended.most < 100;
	if (!good)
		printf("chosen addresses: FAILED\n");
	return good;
}
