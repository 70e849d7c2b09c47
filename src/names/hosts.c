/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Two maps from addresses to names: what was told at the start, which stays, and what is learned on the way, of which the oldest entry
 * makes room. Both are chained hash tables under a secret key, for who sends packets chooses addresses. Entries are of one size and grow by
 * doubling up to the cap, so that no packet costs an allocation of its own.
 */
#include "names/hosts.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/hash.h"

#define NONE UINT32_MAX
#define FIRST_ROOM 64

struct entry {
	struct synfin_address address;
	uint32_t hash;
	uint32_t next;        /* in the chain of its bucket */
	uint8_t source;       /* enum hosts_source */
	uint8_t length;
	char name[HOSTS_NAME_MAX];
};

struct map {
	struct entry *entries;
	uint32_t *buckets;    /* `room` of them, a power of two */
	uint32_t count, room;
	uint32_t oldest;      /* once it is full: the next one to give way */
	bool gives_way;
};

struct hosts {
	struct hash_key key;
	bool host_only;
	bool asks;
	struct map told, learned;
	unsigned wanted_count, wanted_first;
	struct synfin_address wanted[HOSTS_WANTED_MAX];
};

int hosts_create(struct hosts **hosts, bool host_only, struct synfin_error *error)
{
	struct hosts *made = calloc(1, sizeof *made);
	if (!made)
		return error_set(error, SYNFIN_E_MEMORY, NULL, "no memory for names of hosts");
	int status = hash_key_random(&made->key);
	if (status < 0) {
		free(made);
		return error_set(error, status, NULL, "no random key for names of hosts");
	}
	made->host_only = host_only;
	made->learned.gives_way = true;
	*hosts = made;
	return SYNFIN_OK;
}

void hosts_destroy(struct hosts *hosts)
{
	if (!hosts)
		return;
	free(hosts->told.entries);
	free(hosts->told.buckets);
	free(hosts->learned.entries);
	free(hosts->learned.buckets);
	free(hosts);
}

struct synfin_address hosts_ipv4(const uint8_t *four)
{
	struct synfin_address address = { { [10] = 0xff, [11] = 0xff } };
	memcpy(address.bytes + 12, four, 4);
	return address;
}

static uint32_t hash_of(const struct hosts *hosts, const struct synfin_address *address)
{
	return (uint32_t)hash_bytes(&hosts->key, address->bytes, sizeof address->bytes);
}

static struct entry *find(const struct map *map, const struct synfin_address *address, uint32_t hash)
{
	if (map->count == 0)
		return NULL;
	uint32_t at = map->buckets[hash & (map->room - 1)];
	while (at != NONE) {
		struct entry *entry = &map->entries[at];
		if (entry->hash == hash && memcmp(&entry->address, address, sizeof *address) == 0)
			return entry;
		at = entry->next;
	}
	return NULL;
}

static void chain(struct map *map, uint32_t at)
{
	uint32_t *bucket = &map->buckets[map->entries[at].hash & (map->room - 1)];
	map->entries[at].next = *bucket;
	*bucket = at;
}

static void unchain(struct map *map, uint32_t at)
{
	uint32_t *link = &map->buckets[map->entries[at].hash & (map->room - 1)];
	while (*link != at)
		link = &map->entries[*link].next;
	*link = map->entries[at].next;
}

static bool grow(struct map *map)
{
	uint32_t room = map->room ? 2 * map->room : FIRST_ROOM;
	struct entry *entries = realloc(map->entries, room * sizeof *entries);
	if (!entries)
		return false;
	map->entries = entries;
	uint32_t *buckets = realloc(map->buckets, room * sizeof *buckets);
	if (!buckets)
		return false;
	map->buckets = buckets;
	map->room = room;
	memset(buckets, 0xff, room * sizeof *buckets);
	for (uint32_t i = 0; i < map->count; i++)
		chain(map, i);
	return true;
}
_Static_assert(HOSTS_MOST % FIRST_ROOM == 0 && (HOSTS_MOST & (HOSTS_MOST - 1)) == 0, "room doubles until it is all");

/* An entry without a name for an address that has none yet; NULL if there is no room, or no memory for it. */
static struct entry *add(struct map *map, const struct synfin_address *address, uint32_t hash)
{
	uint32_t at = map->count;
	if (map->count == map->room && map->room < HOSTS_MOST && !grow(map))
		return NULL;
	if (map->count < map->room) {
		map->count++;
	} else if (map->gives_way) {
		at = map->oldest;
		map->oldest = (at + 1) % map->count;
		unchain(map, at);
	} else {
		return NULL;
	}
	map->entries[at].address = *address;
	map->entries[at].hash = hash;
	map->entries[at].source = HOSTS_ASKED;
	map->entries[at].length = 0;
	chain(map, at);
	return &map->entries[at];
}

static bool in_label(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

/* Whether the last part of a name is that of an address: RFC 1123 s2.1, and inet_aton(3), which takes 0x7f for a number. */
static bool is_number(const char *label, size_t length)
{
	if (length > 1 && label[0] == '0' && (label[1] == 'x' || label[1] == 'X'))
		return true;
	for (size_t i = 0; i < length; i++)
		if (label[i] < '0' || label[i] > '9')
			return false;
	return true;
}

static bool is_host_name(const char *name, size_t length)
{
	size_t label = 0;
	if (length == 0 || length > HOSTS_NAME_MAX)
		return false;
	for (size_t i = 0; i < length; i++) {
		if (name[i] == '.' ? i == label : !in_label(name[i]) || (i == label && name[i] == '-'))
			return false;
		if (name[i] == '.')
			label = i + 1;
		else if (i - label >= 63)
			return false;
	}
	return label < length && !is_number(name + label, length - label);
}

bool hosts_learn(struct hosts *hosts, const struct synfin_address *address, const char *name, size_t length, enum hosts_source source)
{
	struct map *map = source >= HOSTS_FILE ? &hosts->told : &hosts->learned;
	uint32_t hash = hash_of(hosts, address);
	if (length > 0 && name[length - 1] == '.')
		length--;
	if (!is_host_name(name, length))
		return false;
	struct entry *entry = find(map, address, hash);
	if (entry && (source < entry->source || (source == entry->source && source >= HOSTS_FILE)))
		return false;
	if (!entry)
		entry = add(map, address, hash);
	if (!entry)
		return false;
	memcpy(entry->name, name, length);
	entry->length = (uint8_t)length;
	entry->source = (uint8_t)source;
	return true;
}

/* DNS has no name for what means another host on each link, or no host at all. Private addresses may be known to who gives them out. */
static bool may_be_named(const struct synfin_address *address)
{
	static const uint8_t mapped[12] = { [10] = 0xff, [11] = 0xff };
	static const uint8_t zeros[15];
	const uint8_t *b = address->bytes;
	if (memcmp(b, mapped, sizeof mapped) == 0) {
		bool link_local = b[12] == 169 && b[13] == 254;
		return b[12] != 0 && b[12] != 127 && b[12] < 224 && !link_local;
	}
	bool link_local = b[0] == 0xfe && (b[1] & 0xc0) == 0x80;
	bool unspecified_or_loopback = memcmp(b, zeros, sizeof zeros) == 0 && b[15] <= 1;
	return b[0] != 0xff && !link_local && !unspecified_or_loopback;
}

static void want(struct hosts *hosts, const struct synfin_address *address, uint32_t hash)
{
	if (hosts->wanted_count == HOSTS_WANTED_MAX || !may_be_named(address) || !add(&hosts->learned, address, hash))
		return;
	hosts->wanted[(hosts->wanted_first + hosts->wanted_count++) % HOSTS_WANTED_MAX] = *address;
}

struct host_name hosts_name(struct hosts *hosts, const struct synfin_address *address)
{
	struct host_name name = { NULL, 0 };
	if (!hosts)
		return name;
	uint32_t hash = hash_of(hosts, address);
	const struct entry *entry = find(&hosts->told, address, hash);
	if (!entry)
		entry = find(&hosts->learned, address, hash);
	if (!entry && hosts->asks)
		want(hosts, address, hash);
	if (!entry || entry->length == 0)
		return name;
	name = (struct host_name){ entry->name, entry->length };
	const char *dot = hosts->host_only ? memchr(name.text, '.', name.length) : NULL;
	if (dot)
		name.length = (size_t)(dot - name.text);
	return name;
}

void hosts_want(struct hosts *hosts)
{
	hosts->asks = true;
}

bool hosts_next_wanted(struct hosts *hosts, struct synfin_address *address)
{
	if (hosts->wanted_count == 0)
		return false;
	*address = hosts->wanted[hosts->wanted_first];
	hosts->wanted_first = (hosts->wanted_first + 1) % HOSTS_WANTED_MAX;
	hosts->wanted_count--;
	return true;
}
