/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Frames of a regular file, read in place: without libpcap's copy of each, and of pcapng files what libpcap does not read.
 *
 * libpcap opens the file and reads its header, so whatever can be wrong with that is told in its words. After that direct_open() looks
 * whether the rest is something that is read here: pcap as of version 2.4 in both byte orders and precisions (direct.c), and pcapng
 * (pcapng.c). Anything else, and link types in whose frames libpcap swaps fields, stays with libpcap.
 *
 * A file that libpcap reads gives the same frames here, and the same messages where it is damaged (tests/unit/test_capture_direct.c
 * compares them). Beyond that a pcapng file may have interfaces of several link types and snapshot lengths and sections of both byte
 * orders, and a frame tells its interface.
 */
#ifndef SYNFIN_CAPTURE_DIRECT_H
#define SYNFIN_CAPTURE_DIRECT_H

#include "capture/capture.h"
#include "capture/record.h"
#include "capture/window.h"

struct pcapng;

struct direct {
	struct synfin_source *source;
	struct window *window;
	/* 1 with a frame, which is valid until the next call or the window is closed; 0 at the end; or a negative status. NULL: libpcap has to read. */
	int (*next)(struct direct *direct, struct synfin_frame *frame, struct synfin_error *error);
	/* Whether the next record is a frame and in the window as a whole, so that next() leaves the frames before it where they are. NULL with next. */
	bool (*ready)(const struct direct *direct);
	enum record_format format;
	bool little_endian;
	bool file_nanoseconds;
	uint32_t most;         /* bytes of a frame that are taken for possible */
	struct pcapng *pcapng; /* NULL for pcap */
};

/* Look how a file begins that libpcap is going to open. The window stays where it is. */
void direct_look(struct direct *direct, struct window *window);
/* Take over what libpcap has opened as `source`, or leave everything to libpcap if `next` is NULL after it. 0, or errno. */
int direct_open(struct direct *direct, struct synfin_source *source);
void direct_close(struct direct *direct);

/* pcapng.c. The window is at the file's first byte. 0, or errno. */
int pcapng_open(struct direct *direct);
void pcapng_close(struct pcapng *pcapng);
/* Of an interface of the section at hand; NULL if it has none. Valid until the next frame. */
const char *pcapng_interface_name(const struct pcapng *pcapng, uint32_t index);

/* A failed read of the file, in libpcap's words; 0 if there was none. */
int direct_failed(const struct direct *direct, struct synfin_error *error);
/* The most bytes of a frame that libpcap takes for possible; and the snapshot length that it puts in the place of a senseless one. */
uint32_t direct_most(int dlt);
uint32_t direct_snapshot(int dlt, uint32_t length);

static inline uint32_t direct_u32(const uint8_t *p, bool little_endian)
{
	uint32_t value = bytes_u32(p);
	return little_endian ? __builtin_bswap32(value) : value;
}

static inline uint16_t direct_u16(const uint8_t *p, bool little_endian)
{
	uint16_t value = bytes_u16(p);
	return little_endian ? __builtin_bswap16(value) : value;
}

#endif
