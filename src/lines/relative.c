/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Bases of relative sequence numbers.
 *
 * One table for each IP version. A key is the address pair and the ports with both directions folded: the end with the lower port
 * stands first, with equal ports the one with the lower address. An entry holds one base for either end. The rules:
 *
 *   - Only packets with ACK take part; they know a number of both directions.
 *   - A packet whose connection is not in the table, or that carries SYN, sets the bases: its sequence number for its sender, the one
 *     before its acknowledgment number for the other end. It is printed with absolute numbers; its SACK edges are relative already.
 *   - Any other packet is printed relative to the bases, SACK edges to that of the other end.
 *   - Nothing is ever forgotten, except that a table that reaches RELATIVE_MAX entries, or cannot grow, starts afresh: the numbers of
 *     its connections then begin anew, as if the capture began there.
 *
 * A table is an array of entries in the order of their arrival and an array of heads of chains through them, two for each entry; both are
 * powers of two and double together. Entries are packed, because captures of scans hold millions of them: 24 bytes for IPv4, 48 for IPv6.
 */
#include <stdlib.h>
#include <string.h>

#include <synfin/packet.h>

#include "base/error.h"
#include "base/hash.h"
#include "lines/print.h"

#define RELATIVE_FIRST 256u
#define RELATIVE_MAX (1u << 22) /* 128 MiB for IPv4, 224 for IPv6 */
#define NO_ENTRY UINT32_MAX
/* Heads for each entry: with one, every second look would go on to a second entry, which nobody asked for ahead. */
#define HEADS 2u

/* Follows the two addresses in an entry. */
struct bases {
	uint16_t ports[2];
	uint32_t base[2];
	uint32_t next; /* in the chain, NO_ENTRY at its end */
};

struct entry4 {
	uint8_t addresses[8];
	struct bases bases;
};

struct entry6 {
	uint8_t addresses[32];
	struct bases bases;
};

_Static_assert(sizeof(struct entry4) == 24 && sizeof(struct entry6) == 48, "no holes: the key's bytes are hashed and compared");

struct family {
	size_t address;    /* bytes of one address */
	size_t entry_size;
	char *entries;
	uint32_t *heads;
	uint32_t count;
	uint32_t size;     /* of the array of entries, a power of two; 0 before the first packet */
};

/* Addresses, then ports: the front of an entry. */
struct key {
	uint8_t bytes[36];
	size_t length;
	unsigned sender; /* which end of the folded key sends: 0 or 1 */
	uint64_t hash;
};

/* That of IPv4, which every packet pays for, as it is put together in registers: addresses and ports as an entry begins with them. */
struct key4 {
	uint64_t addresses;
	uint32_t ports;
	unsigned sender;
};

/* Packets that are about to come, and the hashes of their keys. */
enum { AHEAD_MAX = 32 };

/* A table with fewer entries stays in a processor's own cache. */
enum { AHEAD_FROM = 16384 };

struct relative_table {
	struct hash_key key;
	struct family v4;
	struct family v6;
	unsigned ahead_count;
	unsigned ahead_next;
	struct {
		const struct synfin_tcp *tcp;
		const struct family *family;
		uint64_t hash;
	} ahead[AHEAD_MAX];
};

static struct bases *bases_at(const struct family *family, uint32_t index)
{
	return (struct bases *)(void *)(family->entries + index * family->entry_size + 2 * family->address);
}

/* A head's index, from the hash of a key or of what an entry begins with. */
static uint32_t slot(const struct family *family, uint64_t hash)
{
	return (uint32_t)hash & (HEADS * family->size - 1);
}

static void start_afresh(struct family *family)
{
	family->count = 0;
	if (family->size)
		memset(family->heads, 0xff, HEADS * family->size * sizeof *family->heads);
}

/* Make room for one more entry. False if there is not even room for the first. */
static bool make_room(struct relative_table *table, struct family *family)
{
	if (family->count < family->size)
		return true;
	uint32_t size = family->size ? family->size * 2 : RELATIVE_FIRST;
	uint32_t *heads = size <= RELATIVE_MAX ? malloc(HEADS * size * sizeof *heads) : NULL;
	char *entries = heads ? realloc(family->entries, size * family->entry_size) : NULL;
	if (!entries) {
		free(heads);
		start_afresh(family);
		return family->size > 0;
	}
	free(family->heads);
	family->heads = heads;
	family->entries = entries;
	family->size = size;
	memset(heads, 0xff, HEADS * size * sizeof *heads);
	for (uint32_t i = 0; i < family->count; i++) {
		uint32_t at = slot(family, hash_bytes(&table->key, entries + i * family->entry_size, 2 * family->address + 4));
		bases_at(family, i)->next = heads[at];
		heads[at] = i;
	}
	return true;
}

/* Whether the destination's end stands first. Equal ports are rare, and which port is lower is anybody's guess: no branch. */
static bool is_folded(const uint8_t *source, const uint8_t *destination, size_t n, const struct synfin_tcp *tcp)
{
	bool folded = tcp->source_port > tcp->destination_port;
	if (tcp->source_port == tcp->destination_port)
		folded = memcmp(source, destination, n) > 0;
	return folded;
}

/* The ports of a key in one piece, the first in its lower half. */
static uint32_t fold_ports(const struct synfin_tcp *tcp, bool folded)
{
	uint32_t ahead = (uint32_t)tcp->destination_port << 16 | tcp->source_port;
	uint32_t back = (uint32_t)tcp->source_port << 16 | tcp->destination_port;
	return folded ? back : ahead;
}

static struct key4 fold4(const struct synfin_ip *ip, const struct synfin_tcp *tcp)
{
	uint32_t source, destination;
	const uint8_t *from = ip->source.bytes + 12, *to = ip->destination.bytes + 12;
	bool folded = is_folded(from, to, 4, tcp);
	memcpy(&source, from, sizeof source);
	memcpy(&destination, to, sizeof destination);
	uint64_t ahead = (uint64_t)destination << 32 | source, back = (uint64_t)source << 32 | destination;
	return (struct key4){ folded ? back : ahead, fold_ports(tcp, folded), folded };
}

static struct key key_from4(struct key4 four, uint64_t hash)
{
	struct key key = { .length = sizeof four.addresses + sizeof four.ports, .sender = four.sender, .hash = hash };
	memcpy(key.bytes, &four.addresses, sizeof four.addresses);
	memcpy(key.bytes + sizeof four.addresses, &four.ports, sizeof four.ports);
	return key;
}

static struct key fold6(const struct relative_table *table, const struct synfin_ip *ip, const struct synfin_tcp *tcp)
{
	struct key key;
	bool folded = is_folded(ip->source.bytes, ip->destination.bytes, 16, tcp);
	uint32_t ports = fold_ports(tcp, folded);
	memcpy(key.bytes + (folded ? 16 : 0), ip->source.bytes, 16);
	memcpy(key.bytes + (folded ? 0 : 16), ip->destination.bytes, 16);
	memcpy(key.bytes + 32, &ports, sizeof ports);
	key.length = 36;
	key.sender = folded;
	key.hash = hash_bytes(&table->key, key.bytes, key.length);
	return key;
}

/* The same as hash_bytes() of what the entry begins with, which is how they are put into a larger table. */
static uint64_t hash4(const struct relative_table *table, struct key4 key)
{
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	return hash_twelve(&table->key, __builtin_bswap64(key.addresses), __builtin_bswap32(key.ports));
#else
	return hash_twelve(&table->key, key.addresses, key.ports);
#endif
}

/* NULL if there is none. */
static struct bases *seek4(const struct family *family, struct key4 key, uint64_t hash)
{
	for (uint32_t i = family->size ? family->heads[slot(family, hash)] : NO_ENTRY, next; i != NO_ENTRY; i = next) {
		struct bases *bases = bases_at(family, i);
		uint64_t addresses;
		uint32_t ports;
		memcpy(&addresses, (const char *)bases - sizeof addresses, sizeof addresses);
		memcpy(&ports, bases->ports, sizeof ports);
		if (addresses == key.addresses && ports == key.ports)
			return bases;
		next = bases->next;
	}
	return NULL;
}

/* The entry of a key, or a new one. NULL if there is no memory for any. */
static struct bases *find(struct relative_table *table, struct family *family, const struct key *key, bool *created)
{
	*created = false;
	if (family->size) {
		uint32_t i = family->heads[slot(family, key->hash)];
		for (; i != NO_ENTRY; i = bases_at(family, i)->next) {
			if (!memcmp(family->entries + i * family->entry_size, key->bytes, key->length))
				return bases_at(family, i);
		}
	}
	if (!make_room(table, family))
		return NULL;
	*created = true;
	uint32_t index = family->count++;
	uint32_t at = slot(family, key->hash);
	memcpy(family->entries + index * family->entry_size, key->bytes, key->length);
	struct bases *bases = bases_at(family, index);
	bases->next = family->heads[at];
	family->heads[at] = index;
	return bases;
}

static struct family *family_of(struct relative_table *table, int ip_version)
{
	return ip_version == 6 ? &table->v6 : &table->v4;
}

static uint64_t hash_of(const struct relative_table *table, const struct synfin_ip *ip, int ip_version, const struct synfin_tcp *tcp)
{
	return ip_version == 6 ? fold6(table, ip, tcp).hash : hash4(table, fold4(ip, tcp));
}

/* An entry may lie in two cache lines. */
static void fetch(const char *entry, size_t size)
{
	__builtin_prefetch(entry, 1);
	__builtin_prefetch(entry + size - 1, 1);
}

/* First all heads are asked for, and then, when the first of them have come, the entries that they lead to. */
bool relative_ahead(struct relative_table *table, const struct synfin_packet *packets, unsigned count)
{
	table->ahead_count = table->ahead_next = 0;
	if (table->v4.count + table->v6.count < AHEAD_FROM)
		return false;
	for (unsigned i = 0; i < count && table->ahead_count < AHEAD_MAX; i++) {
		const struct synfin_packet *packet = &packets[i];
		const struct family *family = family_of(table, packet->ip_version);
		if (!packet->has_tcp || !(packet->tcp.flags & SYNFIN_TCP_ACK) || !family->size)
			continue;
		uint64_t hash = hash_of(table, &packet->ip, packet->ip_version, &packet->tcp);
		table->ahead[table->ahead_count].tcp = &packet->tcp;
		table->ahead[table->ahead_count].family = family;
		table->ahead[table->ahead_count++].hash = hash;
		__builtin_prefetch(&family->heads[slot(family, hash)]);
	}
	for (unsigned i = 0; i < table->ahead_count; i++) {
		const struct family *family = table->ahead[i].family;
		uint32_t entry = family->heads[slot(family, table->ahead[i].hash)];
		if (entry != NO_ENTRY)
			fetch(family->entries + entry * family->entry_size, family->entry_size);
	}
	return true;
}

/* The hash that was worked out ahead. false: this packet was none of those. Not all of those need come here. */
static bool known_hash(struct relative_table *table, const struct synfin_tcp *tcp, uint64_t *hash)
{
	for (unsigned i = table->ahead_next; i < table->ahead_count; i++)
		if (table->ahead[i].tcp == tcp) {
			table->ahead_next = i + 1;
			*hash = table->ahead[i].hash;
			return true;
		}
	return false;
}

/* The bases of a packet's connection; *sender is which is the sender's. NULL: none, and no memory. */
static struct bases *bases_of(struct relative_table *table, const struct synfin_ip *ip, int ip_version, const struct synfin_tcp *tcp, unsigned *sender, bool *created)
{
	struct key key;
	*created = false;
	if (ip_version == 6) {
		key = fold6(table, ip, tcp);
	} else {
		struct key4 four = fold4(ip, tcp);
		uint64_t hash;
		if (!known_hash(table, tcp, &hash))
			hash = hash4(table, four);
		struct bases *bases = seek4(&table->v4, four, hash);
		*sender = four.sender;
		if (bases)
			return bases;
		key = key_from4(four, hash);
	}
	*sender = key.sender;
	return find(table, family_of(table, ip_version), &key, created);
}

struct relative_numbers relative_lookup(struct relative_table *table, const struct synfin_ip *ip, int ip_version, const struct synfin_tcp *tcp)
{
	struct relative_numbers numbers = { tcp->seq, tcp->ack, 0 };
	unsigned sender;
	bool created;
	if (!(tcp->flags & SYNFIN_TCP_ACK))
		return numbers;

	struct bases *bases = bases_of(table, ip, ip_version, tcp, &sender, &created);
	if (!bases)
		return numbers;
	if (created || (tcp->flags & SYNFIN_TCP_SYN)) {
		bases->base[sender] = tcp->seq;
		bases->base[!sender] = tcp->ack - 1;
	} else {
		numbers.seq = tcp->seq - bases->base[sender];
		numbers.ack = tcp->ack - bases->base[!sender];
	}
	numbers.sack_base = bases->base[!sender];
	return numbers;
}

int relative_create(struct relative_table **table, struct synfin_error *error)
{
	struct relative_table *made = calloc(1, sizeof *made);
	if (!made)
		return error_set(error, SYNFIN_E_MEMORY, NULL, "no memory for sequence numbers");
	if (hash_key_random(&made->key) != 0) {
		free(made);
		return error_set(error, SYNFIN_E_IO, NULL, "no random numbers from the system");
	}
	made->v4 = (struct family){ .address = 4, .entry_size = sizeof(struct entry4) };
	made->v6 = (struct family){ .address = 16, .entry_size = sizeof(struct entry6) };
	*table = made;
	return SYNFIN_OK;
}

void relative_destroy(struct relative_table *table)
{
	if (!table)
		return;
	free(table->v4.entries);
	free(table->v4.heads);
	free(table->v6.entries);
	free(table->v6.heads);
	free(table);
}
