/* SPDX-License-Identifier: BSD-3-Clause */
/* Keyed hashing, so that who sends packets cannot choose who collides: SipHash-1-3 (Aumasson and Bernstein 2012) under a random key. */
#ifndef SYNFIN_BASE_HASH_H
#define SYNFIN_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

struct hash_key {
	uint64_t k0;
	uint64_t k1;
};

/* A key from the system's random source (getentropy); 0, or SYNFIN_E_IO. */
int hash_key_random(struct hash_key *key);
/* SipHash-1-3 of n bytes. */
uint64_t hash_bytes(const struct hash_key *key, const void *bytes, size_t n);
/* hash_bytes() of the twelve bytes that `first` and then `last` are, lowest byte first: a flow of IPv4, for every packet. */
uint64_t hash_twelve(const struct hash_key *key, uint64_t first, uint32_t last);
/* SipHash with other numbers of rounds: what hash_bytes() is made of, here so that it can be held against published vectors. */
uint64_t hash_siphash(const struct hash_key *key, unsigned c_rounds, unsigned d_rounds, const void *bytes, size_t n);

#endif
