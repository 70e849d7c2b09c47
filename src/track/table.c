/* SPDX-License-Identifier: BSD-3-Clause */
#include "track/table.h"

#include <assert.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <synfin/status.h>

#include "base/huge.h"

enum {
	FIRST_SLOTS = 1024,
	CACHE_LINE = 64,
	/* How many busy heads of a queue are sent to its tail for one victim: bounds the time that an eviction takes. */
	SECOND_CHANCES = 64,
};

/* A record begins with the key's fields in the key's order, so that one comparison serves. */
enum { KEY_BYTES = offsetof(struct flow_key, ip_version) };
static_assert(offsetof(struct synfin_connection, port) - offsetof(struct synfin_connection, address) == offsetof(struct flow_key, port) &&
	offsetof(struct synfin_connection, vlan) - offsetof(struct synfin_connection, address) == offsetof(struct flow_key, vlan) &&
	offsetof(struct synfin_connection, tunnel) - offsetof(struct synfin_connection, address) == offsetof(struct flow_key, tunnel),
	"a connection's key is laid out as a flow_key");
static_assert(sizeof(struct connection) == 256, "a tracked connection takes at most 256 bytes");

static struct connection *connection_at(const struct table *table, uint32_t index)
{
	return pool_at(&table->pool, index);
}

static uint32_t index_of(const struct connection *connection)
{
	return connection->seen.place & PLACE_INDEX;
}

static size_t slots_size(uint32_t mask)
{
	return ((size_t)mask + 1) * sizeof(struct slot);
}

static struct slot *take_slots(uint32_t mask)
{
	struct slot *slots = huge_take(slots_size(mask), true);

	static_assert(POOL_NONE == UINT32_MAX, "bytes of ones are an empty slot");
	if (slots)
		memset(slots, 0xff, slots_size(mask));
	return slots;
}

int table_init(struct table *table, uint32_t capacity)
{
	memset(table, 0, sizeof(*table));
	if (capacity > TABLE_CAPACITY_MAX)
		return SYNFIN_E_ARGUMENT;
	for (int rank = 0; rank < RANKS; rank++)
		table->head[rank] = table->tail[rank] = POOL_NONE;
	int status = hash_key_random(&table->secret);
	if (status < 0)
		return status;
	status = pool_init(&table->pool, sizeof(struct connection), capacity);
	if (status < 0)
		return status;
	table->mask = FIRST_SLOTS - 1;
	table->slots = take_slots(table->mask);
	if (table->slots)
		return SYNFIN_OK;
	pool_free(&table->pool);
	return SYNFIN_E_MEMORY;
}

void table_free(struct table *table)
{
	huge_give(table->slots, slots_size(table->mask));
	table->slots = NULL;
	pool_free(&table->pool);
}

/*
 * Addresses and ports in twelve bytes; VLAN and tunnel, which most packets have none of, only if there are any. The key's ends stand in
 * order, so both directions of a connection have one hash.
 */
static uint64_t hash_ends(const struct table *table, const struct flow_key *key)
{
	uint32_t first, second;

	if (key->ip_version != 4)
		return hash_bytes(&table->secret, key, offsetof(struct flow_key, vlan));
	memcpy(&first, key->address[0].bytes + 12, sizeof(first));
	memcpy(&second, key->address[1].bytes + 12, sizeof(second));
	return hash_twelve(&table->secret, (uint64_t)first << 32 | second, (uint32_t)key->port[0] << 16 | key->port[1]);
}

uint32_t table_hash(const struct table *table, const struct flow_key *key)
{
	uint64_t ends = hash_ends(table, key);

	if (key->vlan == UINT32_MAX && key->tunnel == 0)
		return (uint32_t)ends;
	uint64_t words[2] = { ends, (uint64_t)key->vlan << 32 | key->tunnel };
	return (uint32_t)hash_bytes(&table->secret, words, sizeof(words));
}

static bool has_key(const struct connection *connection, const struct flow_key *key)
{
	uint64_t one[KEY_BYTES / 8], other[KEY_BYTES / 8], differences = 0;
	uint32_t tails[2];

	/* In words, and without a call: for every packet. */
	memcpy(one, connection->seen.address, sizeof(one));
	memcpy(other, key->address, sizeof(other));
	memcpy(&tails[0], (const char *)connection->seen.address + sizeof(one), sizeof(tails[0]));
	memcpy(&tails[1], (const char *)key->address + sizeof(other), sizeof(tails[1]));
	for (unsigned i = 0; i < KEY_BYTES / 8; i++)
		differences |= one[i] ^ other[i];
	return (differences | (tails[0] ^ tails[1])) == 0 && connection->seen.ip_version == key->ip_version;
}

static unsigned recent_place(const struct flow_key *key)
{
	uint64_t ends[2];
	uint32_t ports;

	static_assert(KEY_BYTES % 8 == 4, "a key is some words and a half");
	memcpy(&ends[0], key->address[0].bytes + 8, 8);
	memcpy(&ends[1], key->address[1].bytes + 8, 8);
	ports = (uint32_t)key->port[0] << 16 | key->port[1];
	uint64_t mixed = (ends[0] ^ (ends[1] << 7 | ends[1] >> 57) ^ ports) * UINT64_C(0x9e3779b97f4a7c15);
	return (unsigned)(mixed >> (64 - RECENT_BITS));
}

struct connection *table_recent(const struct table *table, const struct flow_key *key)
{
	uint32_t index = table->recent[recent_place(key)];

	if (index >= table->pool.fresh)
		return NULL;
	struct connection *connection = connection_at(table, index);
	return has_key(connection, key) ? connection : NULL;
}

void table_remember(struct table *table, const struct flow_key *key, const struct connection *connection)
{
	table->recent[recent_place(key)] = index_of(connection);
}

void table_fetch_slot(const struct table *table, uint32_t hash)
{
	__builtin_prefetch(&table->slots[hash & table->mask]);
}

void table_fetch_record(const struct table *table, uint32_t hash)
{
	for (uint32_t i = hash & table->mask; table->slots[i].index != POOL_NONE; i = (i + 1) & table->mask) {
		if (table->slots[i].hash != hash)
			continue;
		const char *record = (const char *)connection_at(table, table->slots[i].index);
		for (size_t line = 0; line < sizeof(struct connection); line += CACHE_LINE)
			__builtin_prefetch(record + line, 1);
		return;
	}
}

struct connection *table_find(const struct table *table, const struct flow_key *key, uint32_t hash)
{
	for (uint32_t i = hash & table->mask; table->slots[i].index != POOL_NONE; i = (i + 1) & table->mask) {
		if (table->slots[i].hash != hash)
			continue;
		struct connection *connection = connection_at(table, table->slots[i].index);
		if (has_key(connection, key))
			return connection;
	}
	return NULL;
}

static void place(struct slot *slots, uint32_t mask, struct slot slot)
{
	uint32_t i = slot.hash & mask;
	while (slots[i].index != POOL_NONE)
		i = (i + 1) & mask;
	slots[i] = slot;
}

/* Keep the slots at most five eighths full: beyond that, probes grow long. */
static bool make_room(struct table *table)
{
	size_t count = (size_t)table->mask + 1;
	if ((size_t)table->pool.used + 1 <= count / 8 * 5)
		return true;
	uint32_t mask = (uint32_t)(2 * count - 1);
	struct slot *slots = take_slots(mask);
	if (!slots)
		return (size_t)table->pool.used + 1 < count; /* full is slow, but right */
	for (size_t i = 0; i < count; i++)
		if (table->slots[i].index != POOL_NONE)
			place(slots, mask, table->slots[i]);
	huge_give(table->slots, slots_size(table->mask));
	table->slots = slots;
	table->mask = mask;
	return true;
}

static void queue_append(struct table *table, struct connection *connection, enum rank rank)
{
	uint32_t index = index_of(connection);

	connection->seen.place = index | (uint32_t)rank << PLACE_RANK_SHIFT;
	connection->next = POOL_NONE;
	connection->previous = table->tail[rank];
	if (connection->previous == POOL_NONE)
		table->head[rank] = index;
	else
		connection_at(table, connection->previous)->next = index;
	table->tail[rank] = index;
	table->queued[rank]++;
}

static void queue_remove(struct table *table, const struct connection *connection)
{
	enum rank rank = table_rank(connection);

	table->queued[rank]--;
	if (connection->previous == POOL_NONE)
		table->head[rank] = connection->next;
	else
		connection_at(table, connection->previous)->next = connection->next;
	if (connection->next == POOL_NONE)
		table->tail[rank] = connection->previous;
	else
		connection_at(table, connection->next)->previous = connection->previous;
}

struct connection *table_insert(struct table *table, const struct flow_key *key, uint32_t hash)
{
	if (pool_full(&table->pool) || !make_room(table))
		return NULL;
	uint32_t index = pool_take(&table->pool);
	if (index == POOL_NONE)
		return NULL;
	struct connection *connection = connection_at(table, index);
	memcpy(connection->seen.address, key->address, sizeof(key->address));
	memcpy(connection->seen.port, key->port, sizeof(key->port));
	connection->seen.vlan = key->vlan;
	connection->seen.tunnel = key->tunnel;
	connection->seen.ip_version = key->ip_version & 15;
	connection->seen.place = index;
	queue_append(table, connection, RANK_HALF_OPEN);
	place(table->slots, table->mask, (struct slot){ hash, index });
	return connection;
}

/* Close the gap that a removed slot leaves, so that probes need no tombstones: move back what may stand there. */
static void close_gap(struct table *table, uint32_t gap)
{
	uint32_t mask = table->mask;
	for (uint32_t i = (gap + 1) & mask; table->slots[i].index != POOL_NONE; i = (i + 1) & mask) {
		uint32_t home = table->slots[i].hash & mask;
		if (((i - home) & mask) < ((i - gap) & mask))
			continue;
		table->slots[gap] = table->slots[i];
		gap = i;
	}
	table->slots[gap].index = POOL_NONE;
}

/* The record does not keep its hash: it is needed once in a connection's life. */
static uint32_t hash_of(const struct table *table, const struct connection *connection)
{
	struct flow_key key;

	memcpy(key.address, connection->seen.address, sizeof(key.address));
	memcpy(key.port, connection->seen.port, sizeof(key.port));
	key.vlan = connection->seen.vlan;
	key.tunnel = connection->seen.tunnel;
	key.ip_version = connection->seen.ip_version;
	return table_hash(table, &key);
}

void table_remove(struct table *table, struct connection *connection)
{
	uint32_t index = index_of(connection);
	uint32_t i = hash_of(table, connection) & table->mask;

	while (table->slots[i].index != index)
		i = (i + 1) & table->mask;
	close_gap(table, i);
	queue_remove(table, connection);
	connection->seen.ip_version = 0; /* no key's, so that table_recent() finds nothing in it */
	pool_give(&table->pool, index);
}

bool table_drop_slots(struct table *table)
{
	struct slot *few = take_slots(FIRST_SLOTS - 1);
	if (!few)
		return false;
	huge_give(table->slots, slots_size(table->mask));
	table->slots = few;
	table->mask = FIRST_SLOTS - 1;
	return true;
}

void table_clear(struct table *table)
{
	for (int rank = 0; rank < RANKS; rank++) {
		table->head[rank] = table->tail[rank] = POOL_NONE;
		table->queued[rank] = 0;
	}
	memset(table->slots, 0xff, slots_size(table->mask));
	pool_clear(&table->pool);
}

void table_touch(struct table *table, struct connection *connection, enum rank rank)
{
	if (table_rank(connection) != rank) {
		queue_remove(table, connection);
		queue_append(table, connection, rank);
	} else {
		connection->seen.place |= PLACE_BUSY;
	}
}

static void send_to_tail(struct table *table, struct connection *connection)
{
	queue_remove(table, connection);
	queue_append(table, connection, table_rank(connection));
}

struct connection *table_victim(struct table *table, enum rank most)
{
	for (int rank = 0; rank <= (int)most; rank++) {
		if (table->head[rank] == POOL_NONE)
			continue;
		for (int i = 0; i < SECOND_CHANCES; i++) {
			struct connection *connection = connection_at(table, table->head[rank]);
			if (!(connection->seen.place & PLACE_BUSY))
				return connection;
			send_to_tail(table, connection);
		}
		return connection_at(table, table->head[rank]);
	}
	return NULL;
}

struct connection *table_expired(struct table *table, enum rank rank, int64_t limit_ns)
{
	if (table->head[rank] == POOL_NONE)
		return NULL;
	struct connection *connection = connection_at(table, table->head[rank]);
	if (connection->seen.last_ns < limit_ns)
		return connection;
	if (connection->seen.place & PLACE_BUSY)
		send_to_tail(table, connection);
	return NULL;
}
