/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * How long the next record of a savefile is: just enough of the pcap and pcapng formats to know whether a whole packet has arrived
 * through a pipe before libpcap is asked to read it. Nothing else is decided here: a wrong answer costs promptness, never
 * a packet. Bytes are read at fixed offsets of a probe that the caller has in full.
 */
#ifndef SYNFIN_CAPTURE_RECORD_H
#define SYNFIN_CAPTURE_RECORD_H

#include <stdbool.h>
#include <stdint.h>

/* Bytes that record_measure() needs, which every record has. */
#define RECORD_PROBE 12

enum record_format { RECORD_UNKNOWN, RECORD_PCAP, RECORD_PCAPNG };

struct record_layout {
	enum record_format format;
	bool little_endian;
	uint32_t header; /* of a pcap record, before the packet's bytes */
};

/*
 * Find out the layout of a file that begins with these RECORD_PROBE bytes. Returns the length of its first part: pcap's file header,
 * pcapng's first block; 0 if it is neither.
 */
uint64_t record_begin(struct record_layout *layout, const uint8_t *start);
/*
 * The length of the record that begins with these RECORD_PROBE bytes, and whether it is a packet. 0 if that cannot be told. A new
 * section of a pcapng file may change the byte order: *layout then follows.
 */
uint64_t record_measure(struct record_layout *layout, const uint8_t *start, bool *packet);

#endif
