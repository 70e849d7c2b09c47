/* SPDX-License-Identifier: BSD-3-Clause */
#include "views/community_id.h"

#include <assert.h>
#include <string.h>

#include "base/calendar.h"
#include "base/hash.h"
#include "base/sha1.h"

#define PROTOCOL_TCP 6

static uint8_t *put_u16(uint8_t *p, uint16_t value)
{
	p[0] = (uint8_t)(value >> 8);
	p[1] = (uint8_t)value;
	return p + 2;
}

void community_id(char text[COMMUNITY_ID_SIZE], const struct synfin_address address[2], const uint16_t port[2], unsigned ip_version)
{
	/* Seed, two addresses, protocol, a zero, two ports, in network order. */
	uint8_t message[2 + 16 + 16 + 2 + 2 + 2];
	uint8_t digest[SHA1_BYTES];
	size_t skip = ip_version == 4 ? 12 : 0;
	int order = memcmp(&address[0], &address[1], sizeof address[0]);
	unsigned first = order > 0 || (order == 0 && port[0] > port[1]);

	uint8_t *p = put_u16(message, 0);
	for (unsigned i = 0; i < 2; i++, p += 16 - skip)
		memcpy(p, address[first ^ i].bytes + skip, 16 - skip);
	*p++ = PROTOCOL_TCP;
	*p++ = 0;
	p = put_u16(p, port[first]);
	p = put_u16(p, port[!first]);
	sha1_digest(digest, message, (size_t)(p - message));
	memcpy(text, "1:", 2);
	base64_encode(text + 2, digest, sizeof digest);
	text[COMMUNITY_ID_SIZE - 1] = '\0';
}
static_assert(2 + BASE64_LENGTH(SHA1_BYTES) + 1 == COMMUNITY_ID_SIZE, "a Community ID has 30 characters");

/* No padding: hashed as bytes. */
struct identity {
	struct synfin_address address[2];
	uint16_t port[2];
	uint32_t vlan;
	uint32_t tunnel;
	uint32_t incarnation;
	int64_t first_us;
};
static_assert(sizeof(struct identity) == 56, "an identity has no padding");

static char *put_base62(char *p, uint64_t value, unsigned digits)
{
	static const char set[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

	for (unsigned i = 0; i < digits; i++, value /= 62)
		*p++ = set[value % 62];
	return p;
}

void connection_uid(char text[UID_SIZE], const struct synfin_connection *connection)
{
	/* Fixed keys: the same in every run. They are no secret, so who sends packets could make two connections of one name, to no avail. */
	static const struct hash_key keys[2] = { { 0x73796e66696e2d75, 0x69642d6669727374 }, { 0x73796e66696e2d75, 0x69642d7365636f6e } };
	struct identity identity = {
		.address = { connection->address[0], connection->address[1] },
		.port = { connection->port[0], connection->port[1] },
		.vlan = connection->vlan,
		.tunnel = connection->tunnel,
		.incarnation = connection->incarnation,
		/* A file may be read to the microsecond or to the nanosecond. */
		.first_us = calendar_floor(connection->first_ns, 1000),
	};

#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	identity.port[0] = __builtin_bswap16(identity.port[0]);
	identity.port[1] = __builtin_bswap16(identity.port[1]);
	identity.vlan = __builtin_bswap32(identity.vlan);
	identity.tunnel = __builtin_bswap32(identity.tunnel);
	identity.incarnation = __builtin_bswap32(identity.incarnation);
	identity.first_us = (int64_t)__builtin_bswap64((uint64_t)identity.first_us);
#endif
	char *p = text;
	*p++ = 'C';
	/* 62^10 is below 2^64. */
	p = put_base62(p, hash_bytes(&keys[0], &identity, sizeof identity), 10);
	p = put_base62(p, hash_bytes(&keys[1], &identity, sizeof identity), 7);
	*p = '\0';
}
