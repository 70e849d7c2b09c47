/* SPDX-License-Identifier: BSD-3-Clause */
/* SHA-1 (RFC 3174) of short messages, and base64 (RFC 4648 s4): what a Community ID is made of. Not for anything that must be secure. */
#ifndef SYNFIN_BASE_SHA1_H
#define SYNFIN_BASE_SHA1_H

#include <stddef.h>
#include <stdint.h>

#define SHA1_BYTES 20
/* Characters, without a NUL, that base64_encode() writes for n bytes. */
#define BASE64_LENGTH(n) (((n) + 2) / 3 * 4)

void sha1_digest(uint8_t digest[SHA1_BYTES], const void *bytes, size_t n);
/* Write BASE64_LENGTH(n) characters, padded with '=', and no NUL. */
void base64_encode(char *text, const uint8_t *bytes, size_t n);

#endif
