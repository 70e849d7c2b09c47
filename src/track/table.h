/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The connections in hand: a slab of records with a cap, found through a keyed hash table, and ranked for the day the cap is reached.
 *
 * Ranks. When there is no room the least valuable connection goes: a closed one before a half-open one before a living one, and within a
 * rank the one idle longest. A new one is half-open itself, so it never takes the place of a living one. Each rank is a queue. Moving a record at every packet would touch two more records each time, so a packet
 * only marks its connection busy; who looks for the idle ones asks a queue's head whether it was busy since it was queued and if so
 * sends it to the tail (the clock algorithm). A flood of SYNs fills the half-open queue and evicts from it alone.
 *
 * What the table needs of a record beyond the connection itself is packed into its `place`, so that it takes 256 bytes.
 */
#ifndef SYNFIN_TRACK_TABLE_H
#define SYNFIN_TRACK_TABLE_H

#include <stdbool.h>
#include <stdint.h>

#include <synfin/connection.h>

#include "base/hash.h"
#include "base/pool.h"
#include "track/key.h"

enum rank { RANK_CLOSED, RANK_HALF_OPEN, RANK_LIVING, RANKS };

/* The bits of synfin_connection.place. */
#define PLACE_INDEX 0x0fffffffu /* its own index in the pool */
#define PLACE_RANK_SHIFT 28     /* two bits: enum rank */
#define PLACE_BUSY 0x40000000u  /* there was a packet since it was queued */

struct connection {
	struct synfin_connection seen; /* what sinks get */
	uint32_t previous;             /* in its rank's queue: pool indices, POOL_NONE at the ends */
	uint32_t next;
};

struct slot {
	uint32_t hash;
	uint32_t index;                /* POOL_NONE: empty */
};

/*
 * Where connections were found last, by a few bits of their keys: mostly a packet's is among these, and then nothing has to be hashed. It is only
 * a guess, verified by the record's key, so these bits need no secret: who makes connections share them makes himself wait for the hash.
 */
enum { RECENT_BITS = 12 };

struct table {
	uint32_t recent[1 << RECENT_BITS];
	struct hash_key secret;
	struct pool pool;
	struct slot *slots;            /* open addressing, a power of two of them, at most five eighths full */
	uint32_t mask;
	uint32_t head[RANKS];
	uint32_t tail[RANKS];
	uint32_t queued[RANKS];        /* how many there are of each rank */
};

/* The most connections that a table can hold. */
#define TABLE_CAPACITY_MAX PLACE_INDEX

/* At most `capacity` connections. SYNFIN_E_MEMORY, SYNFIN_E_IO (no random key). */
int table_init(struct table *table, uint32_t capacity);
void table_free(struct table *table);
uint32_t table_hash(const struct table *table, const struct flow_key *key);
/* Have the slot of a hash in the cache soon, and then, when that has come, the record that it leads to. */
void table_fetch_slot(const struct table *table, uint32_t hash);
void table_fetch_record(const struct table *table, uint32_t hash);
/* The connection with that key, or NULL. hash is table_hash() of it. */
struct connection *table_find(const struct table *table, const struct flow_key *key, uint32_t hash);
/* Likewise, if it is one of those that were found last; else NULL. */
struct connection *table_recent(const struct table *table, const struct flow_key *key);
/* A packet of the connection came. */
void table_remember(struct table *table, const struct flow_key *key, const struct connection *connection);
/* A new record, zeroed but for its key, of rank RANK_HALF_OPEN; NULL when there is no room. */
struct connection *table_insert(struct table *table, const struct flow_key *key, uint32_t hash);
void table_remove(struct table *table, struct connection *connection);
/* All of them at once. */
void table_clear(struct table *table);
/*
 * Call `each` for every connection, in the order of their ids, and empty the table. `each` must not use the table. false, without a call, if there
 * is no memory for the order.
 */
bool table_drain(struct table *table, void (*each)(void *context, struct connection *connection), void *context);
/* For that: give the memory of the slots back, so that no connection can be found or removed any more until table_clear(). false: cannot. */
bool table_drop_slots(struct table *table);
/* A packet came: the connection is busy, and goes to its rank's queue if the rank changed. */
void table_touch(struct table *table, struct connection *connection, enum rank rank);
/* The same, of one that keeps its rank. */
static inline void table_busy(struct connection *connection)
{
	connection->seen.place |= PLACE_BUSY;
}

/* The connection to give up, of that rank or a lesser one; NULL if there is none. It stays in the table. */
struct connection *table_victim(struct table *table, enum rank most);

/* The connection of a rank that was idle since before `limit_ns`, as far as a look at the queue's head tells; NULL if there is none there. */
struct connection *table_expired(struct table *table, enum rank rank, int64_t limit_ns);

static inline enum rank table_rank(const struct connection *connection)
{
	return (enum rank)(connection->seen.place >> PLACE_RANK_SHIFT & 3);
}

#endif
