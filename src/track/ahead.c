/* SPDX-License-Identifier: BSD-3-Clause */
#include "track/ahead.h"

/* A table with fewer connections stays in a processor's own cache, and looking ahead costs more than it brings. */
enum { AHEAD_FROM = 4096 };

bool ahead_look(struct ahead *ahead, const struct table *table, const struct synfin_packet *packets, unsigned count, bool vlan_blind)
{
	ahead->count = ahead->next = 0;
	if (table->pool.used < AHEAD_FROM)
		return false;
	for (unsigned i = 0; i < count && ahead->count < AHEAD_MAX; i++) {
		if (!packets[i].has_tcp)
			continue;
		struct aim *aim = &ahead->of[ahead->count].aim;
		ahead->of[ahead->count++].packet = &packets[i];
		aim->from = key_from_packet(&aim->key, &packets[i], vlan_blind);
		aim->hash = table_hash(table, &aim->key);
		aim->hashed = true;
		table_fetch_slot(table, aim->hash);
	}
	for (unsigned i = 0; i < ahead->count; i++)
		table_fetch_record(table, ahead->of[i].aim.hash);
	return true;
}

struct aim *ahead_take(struct ahead *ahead, const struct synfin_packet *packet, bool vlan_blind, struct aim *room)
{
	if (ahead->next < ahead->count && ahead->of[ahead->next].packet == packet)
		return &ahead->of[ahead->next++].aim;
	ahead->count = 0;
	room->from = key_from_packet(&room->key, packet, vlan_blind);
	room->hashed = false;
	return room;
}

uint32_t ahead_hash(struct aim *aim, const struct table *table)
{
	if (!aim->hashed)
		aim->hash = table_hash(table, &aim->key);
	aim->hashed = true;
	return aim->hash;
}

struct connection *ahead_find(struct aim *aim, struct table *table)
{
	struct connection *connection = aim->hashed ? NULL : table_recent(table, &aim->key);

	if (connection)
		return connection;
	connection = table_find(table, &aim->key, ahead_hash(aim, table));
	if (connection)
		table_remember(table, &aim->key, connection);
	return connection;
}
