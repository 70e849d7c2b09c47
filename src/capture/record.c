/* SPDX-License-Identifier: BSD-3-Clause */
/* Lengths of savefile records: draft-ietf-opsawg-pcap s5, draft-ietf-opsawg-pcapng s3.1 and s4. */
#include "capture/record.h"

#include "base/bytes.h"

#define PCAP_MICRO 0xa1b2c3d4u
#define PCAP_NANO 0xa1b23c4du
#define PCAP_MODIFIED 0xa1b2cd34u /* Alexey Kuznetzov's, with eight more bytes in each record's header */
#define PCAP_FILE_HEADER 24
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

uint64_t record_begin(struct record_layout *layout, const uint8_t *start)
{
	*layout = (struct record_layout){ .format = RECORD_UNKNOWN };
	for (int little = 0; little <= 1; little++) {
		uint32_t magic = load(start, little);
		if (magic == PCAP_MICRO || magic == PCAP_NANO || magic == PCAP_MODIFIED) {
			*layout = (struct record_layout){ RECORD_PCAP, little, magic == PCAP_MODIFIED ? 24 : 16 };
			return PCAP_FILE_HEADER;
		}
	}
	if (bytes_u32(start) != BLOCK_SECTION)
		return 0;
	layout->format = RECORD_PCAPNG;
	return record_measure(layout, start, &(bool){ false });
}

uint64_t record_measure(struct record_layout *layout, const uint8_t *start, bool *packet)
{
	*packet = true;
	if (layout->format == RECORD_PCAP)
		return (uint64_t)layout->header + load(start + 8, layout->little_endian);
	if (layout->format != RECORD_PCAPNG)
		return 0;
	/* A section's type reads the same both ways; the magic after its length tells its byte order. */
	uint32_t type = load(start, layout->little_endian);
	if (type == BLOCK_SECTION)
		layout->little_endian = load(start + 8, true) == SECTION_MAGIC;
	*packet = type == BLOCK_PACKET || type == BLOCK_PACKET_SIMPLE || type == BLOCK_PACKET_OLD;
	uint64_t length = load(start + 4, layout->little_endian);
	return length < RECORD_PROBE ? 0 : length;
}
