/* SPDX-License-Identifier: BSD-3-Clause */
/* Lengths of savefile records: draft-ietf-opsawg-pcap s5, draft-ietf-opsawg-pcapng s3.1 and s4. */
#include "capture/record.h"

#include "base/bytes.h"

#define PCAP_MICRO 0xa1b2c3d4u
#define PCAP_NANO 0xa1b23c4du
#define PCAP_MODIFIED 0xa1b2cd34u /* Alexey Kuznetzov's, with eight more bytes in each record's header */
#define BLOCK_SECTION 0x0a0d0d0au
#define BLOCK_PACKET_OLD 2u
#define BLOCK_PACKET_SIMPLE 3u
#define BLOCK_PACKET 6u
#define SECTION_MAGIC 0x1a2b3c4du

static uint32_t load(const uint8_t *p, bool little_endian)
{
	uint32_t value = bytes_u32(p);
	return little_endian ? __builtin_bswap32(value) : value;
}

struct record_layout record_layout_of(const uint8_t *start)
{
	struct record_layout layout = { .format = RECORD_UNKNOWN };
	for (int little = 0; little <= 1; little++) {
		uint32_t magic = load(start, little);
		if (magic == PCAP_MICRO || magic == PCAP_NANO || magic == PCAP_MODIFIED) {
			layout = (struct record_layout){ RECORD_PCAP, little, magic == PCAP_MODIFIED ? 24 : 16 };
			break;
		}
		/* The block type reads the same both ways; the magic after the length tells. */
		if (magic == BLOCK_SECTION && load(start + 8, little) == SECTION_MAGIC) {
			layout = (struct record_layout){ RECORD_PCAPNG, little, 0 };
			break;
		}
	}
	return layout;
}

uint64_t record_measure(const struct record_layout *layout, const uint8_t *start, bool *packet)
{
	*packet = true;
	if (layout->format == RECORD_PCAP)
		return (uint64_t)layout->header + load(start + 8, layout->little_endian);
	if (layout->format != RECORD_PCAPNG)
		return 0;
	bool little = layout->little_endian;
	uint32_t type = load(start, little);
	/* A new section may have another byte order. */
	if (type == BLOCK_SECTION)
		little = load(start + 8, true) == SECTION_MAGIC;
	*packet = type == BLOCK_PACKET || type == BLOCK_PACKET_SIMPLE || type == BLOCK_PACKET_OLD;
	uint64_t length = load(start + 4, little);
	return length < RECORD_PROBE ? 0 : length;
}
