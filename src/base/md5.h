/* SPDX-License-Identifier: BSD-3-Clause */
/* MD5 (RFC 1321), for the one TCP option that still signs with it (RFC 2385). It protects nothing here. */
#ifndef SYNFIN_BASE_MD5_H
#define SYNFIN_BASE_MD5_H

#include <stddef.h>
#include <stdint.h>

struct md5 {
	uint32_t state[4];
	uint64_t length; /* bytes so far */
	uint8_t block[64];
};

void md5_start(struct md5 *md5);
void md5_add(struct md5 *md5, const uint8_t *bytes, size_t n);
void md5_finish(struct md5 *md5, uint8_t digest[16]);

#endif
