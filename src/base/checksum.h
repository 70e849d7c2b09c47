/* SPDX-License-Identifier: BSD-3-Clause */
/* The Internet checksum (RFC 1071), summed in pieces. */
#ifndef SYNFIN_BASE_CHECKSUM_H
#define SYNFIN_BASE_CHECKSUM_H

#include <stddef.h>
#include <stdint.h>

/* Add n bytes, taken as big-endian 16-bit words (an odd last byte is the high half of one), to a running sum. Only the last piece may be odd. */
uint32_t checksum_add(uint32_t sum, const uint8_t *bytes, size_t n);
/* Fold a running sum to 16 bits: 0xffff over data that includes a right checksum field; its complement is the field's right value over data where that field counts as 0. */
uint16_t checksum_fold(uint32_t sum);

#endif
