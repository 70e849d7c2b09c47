/* SPDX-License-Identifier: BSD-3-Clause */
/* A TCP segment of a frame, found with the decoder and changed where it stands. */
#ifndef SYNFIN_FUZZ_SEGMENT_H
#define SYNFIN_FUZZ_SEGMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <synfin/packet.h>

struct segment {
	uint8_t *bytes;        /* the frame's */
	uint32_t size;
	uint32_t ip, tcp;      /* where the innermost headers begin */
	unsigned ip_version;
	uint32_t data;         /* bytes of data that are captured; they end the frame but for padding */
	uint32_t header;       /* of TCP */
	uint32_t payload;      /* as declared */
	uint32_t seq, ack;
	uint16_t flags;
};

/* false: there is no TCP in it, or not all of its header. */
bool segment_find(struct segment *segment, uint16_t link_type, uint8_t *bytes, uint32_t size);
void segment_set_seq(struct segment *segment, uint32_t value);
void segment_set_ack(struct segment *segment, uint32_t value);
void segment_set_flags(struct segment *segment, uint16_t value);
void segment_set_window(struct segment *segment, uint16_t value);
/* The sequence number after its last byte, SYN or FIN. */
uint32_t segment_next(const struct segment *segment);
/* Turn it round: what its receiver might send. Numbers are left for the caller. */
void segment_turn(struct segment *segment);
/*
 * Give it other options (up to 40 bytes, padded here) and `data` bytes of data. The frame then ends with them; it has room for `room`
 * bytes. Lengths in the headers follow, in the innermost ones only. false: no room.
 */
bool segment_rebuild(struct segment *segment, const uint8_t *options, uint32_t length, uint32_t data, uint32_t room);
/* Make IPv4's and TCP's checksums right. */
void segment_sum(struct segment *segment);

#endif
