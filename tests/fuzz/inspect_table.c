/* SPDX-License-Identifier: BSD-3-Clause */
#include "track/table.c"

#include "inspect.h"

static void key_of(struct flow_key *key, const struct connection *connection)
{
	memcpy(key->address, connection->seen.address, sizeof(key->address));
	memcpy(key->port, connection->seen.port, sizeof(key->port));
	key->vlan = connection->seen.vlan;
	key->tunnel = connection->seen.tunnel;
	key->ip_version = connection->seen.ip_version;
}

static const char *check_connection(struct tracker *tracker, const struct connection *connection, uint32_t *holes)
{
	const struct table *table = inspect_table(tracker);
	struct flow_key key;

	key_of(&key, connection);
	if (table_find(table, &key, table_hash(table, &key)) != connection)
		return "a connection is found by its key";
	for (unsigned i = 0; i < 2; i++) {
		const char *broken = inspect_end(inspect_holes(tracker), &connection->seen.end[i], holes);
		if (broken)
			return broken;
	}
	return NULL;
}

const char *inspect_all(struct tracker *tracker)
{
	const struct table *table = inspect_table(tracker);
	uint32_t found = 0, holes = 0;

	for (int rank = 0; rank < RANKS; rank++) {
		uint32_t previous = POOL_NONE;
		for (uint32_t i = table->head[rank]; i != POOL_NONE; i = connection_at(table, i)->next) {
			const struct connection *connection = connection_at(table, i);
			if (connection->previous != previous || index_of(connection) != i || (int)table_rank(connection) != rank)
				return "the queues are linked both ways";
			const char *broken = check_connection(tracker, connection, &holes);
			if (broken)
				return broken;
			if (++found > table->pool.used)
				return "a queue ends";
			previous = i;
		}
		if (table->tail[rank] != previous)
			return "the tail is a queue's last";
	}
	if (found != table->pool.used)
		return "every connection is in a queue";
	if (table->pool.used > table->pool.capacity)
		return "there are no more connections than the cap";
	if (holes != inspect_holes(tracker)->used)
		return "every hole belongs to an end";
	return NULL;
}

struct inspect_probes inspect_probes(const struct table *table)
{
	struct inspect_probes probes = { .slots = (uint64_t)table->mask + 1 };

	for (uint32_t i = 0; i <= table->mask; i++) {
		if (table->slots[i].index == POOL_NONE)
			continue;
		uint64_t looks = ((i - table->slots[i].hash) & table->mask) + UINT64_C(1);
		probes.total += looks;
		probes.most = looks > probes.most ? looks : probes.most;
	}
	return probes;
}
