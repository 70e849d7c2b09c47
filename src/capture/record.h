/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * How long the next record of a savefile is: just enough of the pcap and pcapng formats to know whether a whole packet has arrived
 * through a pipe before libpcap is asked to read it. Nothing else is decided here: a wrong answer costs promptness, never
 * a packet.
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

/* The layout of a file that begins with these 12 bytes. */
struct record_layout record_layout_of(const uint8_t *start);
/* The length of the record that begins with these RECORD_PROBE bytes, and whether it is a packet. 0 if that cannot be told. */
uint64_t record_measure(const struct record_layout *layout, const uint8_t *start, bool *packet);

#endif
