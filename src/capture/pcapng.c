/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Reading pcapng files (draft-ietf-opsawg-pcapng) in place; direct.h has the theory.
 *
 * A block is taken as a whole: block_next() checks its length at both ends, so that what follows reads within a cursor over its body.
 * Blocks that carry neither frames nor names (statistics, secrets, custom ones, whatever comes later) are stepped over. The texts of
 * errors are libpcap's.
 *
 * Interfaces count from 0 in each section; frames count them through the whole file, but for the millionth and further ones of a file
 * of many sections: who keeps a list of them must know how long it may get.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "capture/direct.h"

#define BLOCK_SECTION 0x0a0d0d0au
#define BLOCK_INTERFACE 1u
#define BLOCK_PACKET_OLD 2u
#define BLOCK_PACKET_SIMPLE 3u
#define BLOCK_NAMES 4u
#define BLOCK_PACKET 6u
#define SECTION_MAGIC 0x1a2b3c4du
#define NAMES_END 0
#define NAMES_IPV4 1
#define NAMES_IPV6 2
#define OPTION_END 0
#define OPTION_NAME 2
#define OPTION_RESOLUTION 9
#define OPTION_OFFSET 14

/* What is kept of an interface's name. */
#define NAME_MOST 63

#define BLOCK_HEADER 8
#define BLOCK_TRAILER 4
/* libpcap's limits: of a block, and of the options beside a frame of the largest size. */
#define BLOCK_MOST (16u << 20)
#define BLOCK_BESIDE (BLOCK_HEADER + 20 + 131072 + BLOCK_TRAILER)
/* A file that says it has more is damaged: an interface is at least a block of 20 bytes. */
#define INTERFACES_MOST (1u << 20)

struct interface {
	uint16_t link_type;
	uint32_t snapshot_length;
	uint64_t resolution;   /* units of its time stamps in a second */
	int64_t offset;        /* seconds to add */
	bool binary;           /* the resolution is a power of 2 */
	bool offset_known, resolution_known;
	char name[NAME_MOST + 1];
	uint64_t second;       /* the last time stamp cut to a whole second ... */
	uint64_t seconds;      /* ... and divided by the resolution, which is what divisions are saved by */
};

struct pcapng {
	bool begun;               /* a block has been taken */
	uint32_t block_most;
	uint32_t sections_before; /* interfaces of the sections before this one */
	uint32_t count, room;
	struct interface *interfaces;
};

struct block {
	uint32_t type;
	uint32_t length;
	struct cursor body;
};

/* What a packet block says of its frame. */
struct packet {
	uint32_t interface, captured, length;
	uint64_t stamp;
};

#define DAMAGED(direct, error, ...) error_set((error), SYNFIN_E_FORMAT, (direct)->source->name, __VA_ARGS__)

static int block_short(const struct direct *direct, const struct block *block, struct synfin_error *error)
{
	return DAMAGED(direct, error, "block of type %u in pcapng dump file is too short", (unsigned)block->type);
}

/* The file ends, or cannot be read: of `wanted` bytes there are `got`. */
static int block_cut(const struct direct *direct, size_t wanted, size_t got, struct synfin_error *error)
{
	int status = direct_failed(direct, error);
	return status < 0 ? status : DAMAGED(direct, error, "truncated pcapng dump file; tried to read %zu bytes, only got %zu", wanted, got);
}

/* The byte order of a section stands behind its length, which is in that order, too. */
static void follow_byte_order(struct direct *direct, struct cursor c)
{
	cursor_skip(&c, BLOCK_HEADER);
	uint32_t magic = cursor_u32(&c);
	if (magic == SECTION_MAGIC)
		direct->little_endian = false;
	else if (magic == __builtin_bswap32(SECTION_MAGIC))
		direct->little_endian = true;
}

/* Take the next block, which stays in the window until the next call. 1, 0 at the end of the file, or a negative status. */
static int block_next(struct direct *direct, struct block *block, struct synfin_error *error)
{
	struct cursor c = window_have(direct->window, BLOCK_HEADER);
	const uint8_t *start = cursor_take(&c, BLOCK_HEADER);
	size_t got = (size_t)(c.end - c.base);
	if (!start)
		return got == 0 ? direct_failed(direct, error) : block_cut(direct, BLOCK_HEADER, got, error);
	if (bytes_u32(start) == BLOCK_SECTION)
		follow_byte_order(direct, window_have(direct->window, BLOCK_HEADER + 4));
	c = window_have(direct->window, BLOCK_HEADER);
	bool little = direct->little_endian;
	start = cursor_take(&c, BLOCK_HEADER);
	uint32_t length = direct_u32(start + 4, little);
	if (length < BLOCK_HEADER + BLOCK_TRAILER)
		return DAMAGED(direct, error, "block in pcapng dump file has a length of %u < %d", (unsigned)length, BLOCK_HEADER + BLOCK_TRAILER);
	if (length % 4 != 0)
		return DAMAGED(direct, error, "block in pcapng dump file has a length of %u that is not a multiple of 4", (unsigned)length);
	if (length > direct->pcapng->block_most)
		return DAMAGED(direct, error, "pcapng block size %u > maximum %u", (unsigned)length, (unsigned)direct->pcapng->block_most);
	block->type = direct_u32(start, little);
	block->length = length;
	c = window_have(direct->window, length);
	got = (size_t)(c.end - c.base);
	if (got < length)
		return block_cut(direct, length - BLOCK_HEADER, got - BLOCK_HEADER, error);
	const uint8_t *body = cursor_take(&c, length - BLOCK_TRAILER);
	/* libpcap does not look at the first one's, so there are such files. */
	if (direct_u32(cursor_take(&c, BLOCK_TRAILER), little) != length && direct->pcapng->begun)
		return DAMAGED(direct, error, "block total length in header and trailer don't match");
	block->body = cursor_over(body + BLOCK_HEADER, length - BLOCK_HEADER - BLOCK_TRAILER);
	window_advance(direct->window, length);
	direct->pcapng->begun = true;
	return 1;
}

static int take_section(struct direct *direct, struct block *block, struct synfin_error *error)
{
	const uint8_t *fixed = cursor_take(&block->body, 16);
	if (!fixed)
		return block_short(direct, block, error);
	if (direct_u32(fixed, direct->little_endian) != SECTION_MAGIC)
		return DAMAGED(direct, error, "the file has a section with a bad byte order magic field");
	unsigned major = direct_u16(fixed + 4, direct->little_endian);
	if (major != 1)
		return DAMAGED(direct, error, "unknown pcapng savefile major version number %u", major);
	if (direct->pcapng->sections_before < INTERFACES_MOST)
		direct->pcapng->sections_before += direct->pcapng->count;
	direct->pcapng->count = 0;
	return 0;
}

static int take_resolution(const struct direct *direct, struct interface *interface, uint8_t value, struct synfin_error *error)
{
	unsigned exponent = value & 0x7f;
	interface->binary = value & 0x80;
	if (exponent > (interface->binary ? 63 : 19))
		return DAMAGED(direct, error, "Interface Description Block if_tsresol option resolution %s^-%u is too high",
			interface->binary ? "2" : "10", exponent);
	interface->resolution = 1;
	for (unsigned i = 0; i < exponent; i++)
		interface->resolution *= interface->binary ? 2 : 10;
	return 0;
}

static int take_offset(const struct direct *direct, struct interface *interface, const uint8_t *value)
{
	uint64_t high = direct_u32(value, direct->little_endian), low = direct_u32(value + 4, direct->little_endian);
	interface->offset = (int64_t)(direct->little_endian ? low << 32 | high : high << 32 | low);
	return 0;
}

/* Options that count must have their length and stand only once. */
static int check_option(const struct direct *direct, const char *name, unsigned length, unsigned expected, bool *known, struct synfin_error *error)
{
	if (length != expected)
		return DAMAGED(direct, error, "Interface Description Block has %s option with length %u != %u", name, length, expected);
	if (*known)
		return DAMAGED(direct, error, "Interface Description Block has more than one %s option", name);
	*known = true;
	return 0;
}

static int take_interface_options(const struct direct *direct, struct interface *interface, struct block *block, struct synfin_error *error)
{
	while (cursor_left(&block->body) > 0) {
		const uint8_t *head = cursor_take(&block->body, 4);
		if (!head)
			return block_short(direct, block, error);
		unsigned code = direct_u16(head, direct->little_endian), length = direct_u16(head + 2, direct->little_endian);
		const uint8_t *value = cursor_take(&block->body, (length + 3u) / 4 * 4);
		int status = 0;
		if (!value)
			return block_short(direct, block, error);
		if (code == OPTION_END)
			return length == 0 ? 0 : DAMAGED(direct, error, "Interface Description Block has opt_endofopt option with length %u != 0", length);
		if (code == OPTION_NAME)
			memcpy(interface->name, value, length < NAME_MOST ? length : NAME_MOST);
		if (code == OPTION_RESOLUTION) {
			status = check_option(direct, "if_tsresol", length, 1, &interface->resolution_known, error);
			if (status == 0)
				status = take_resolution(direct, interface, *value, error);
		} else if (code == OPTION_OFFSET) {
			status = check_option(direct, "if_tsoffset", length, 8, &interface->offset_known, error);
			if (status == 0)
				status = take_offset(direct, interface, value);
		}
		if (status < 0)
			return status;
	}
	return 0;
}

static int take_interface(struct direct *direct, struct block *block, struct synfin_error *error)
{
	struct pcapng *pcapng = direct->pcapng;
	const uint8_t *fixed = cursor_take(&block->body, 8);
	if (!fixed)
		return block_short(direct, block, error);
	if (pcapng->count == pcapng->room) {
		uint32_t room = pcapng->room ? pcapng->room * 2 : 4;
		struct interface *larger = room <= INTERFACES_MOST ? realloc(pcapng->interfaces, room * sizeof *larger) : NULL;
		if (!larger)
			return error_set(error, SYNFIN_E_MEMORY, direct->source->name, "out of memory for per-interface information (%u interfaces)",
				(unsigned)pcapng->count);
		pcapng->interfaces = larger;
		pcapng->room = room;
	}
	struct interface *interface = &pcapng->interfaces[pcapng->count++];
	uint16_t link_type = link_type_from_dlt(direct_u16(fixed, direct->little_endian));
	*interface = (struct interface){
		.link_type = link_type,
		.snapshot_length = direct_snapshot(link_type, direct_u32(fixed + 4, direct->little_endian)),
		.resolution = 1000000,
	};
	return take_interface_options(direct, interface, block, error);
}

/* An address and its names, each ended by a NUL, of which the first is told. */
static void take_name(const struct synfin_source *source, unsigned type, struct cursor value)
{
	uint8_t address[16] = { [10] = 0xff, [11] = 0xff };
	size_t size = type == NAMES_IPV4 ? 4 : 16;
	const uint8_t *bytes = cursor_take(&value, size);
	size_t left = cursor_left(&value);
	const uint8_t *name = cursor_take(&value, left);
	if (!bytes || !name)
		return;
	memcpy(address + sizeof address - size, bytes, size);
	source->name_told(source->name_context, address, (const char *)name, strnlen((const char *)name, left));
}

/* Names are an extra: nothing is wrong with a file because of them, as for libpcap. */
static void take_names(const struct direct *direct, struct block *block)
{
	for (;;) {
		const uint8_t *head = cursor_take(&block->body, 4);
		if (!head)
			return;
		unsigned type = direct_u16(head, direct->little_endian), length = direct_u16(head + 2, direct->little_endian);
		struct cursor value = cursor_window(&block->body, length);
		cursor_skip(&block->body, (length + 3u) / 4 * 4);
		if (type == NAMES_END || !cursor_ok(&block->body))
			return;
		if (type == NAMES_IPV4 || type == NAMES_IPV6)
			take_name(direct->source, type, value);
	}
}

/* The fixed part of a block that holds a frame. false: it is too short. */
static bool take_packet(const struct direct *direct, struct block *block, struct packet *packet)
{
	bool little = direct->little_endian;
	const uint8_t *p;
	if (block->type == BLOCK_PACKET_SIMPLE) {
		p = cursor_take(&block->body, 4);
		if (!p)
			return false;
		*packet = (struct packet){ .length = direct_u32(p, little) };
		packet->captured = packet->length;
		if (direct->pcapng->count > 0 && packet->captured > direct->pcapng->interfaces[0].snapshot_length)
			packet->captured = direct->pcapng->interfaces[0].snapshot_length;
		return true;
	}
	p = cursor_take(&block->body, 20);
	if (!p)
		return false;
	packet->interface = block->type == BLOCK_PACKET ? direct_u32(p, little) : direct_u16(p, little);
	packet->stamp = (uint64_t)direct_u32(p + 4, little) << 32 | direct_u32(p + 8, little);
	packet->captured = direct_u32(p + 12, little);
	packet->length = direct_u32(p + 16, little);
	return true;
}

/* A time stamp as seconds and a fraction of the unit asked for, in libpcap's arithmetic. */
static void take_time(struct interface *interface, uint64_t stamp, bool nanoseconds, struct synfin_frame *frame)
{
	uint64_t unit = nanoseconds ? 1000000000 : 1000000;
	uint64_t resolution = interface->resolution ? interface->resolution : 1; /* never 0, which analyzers cannot see */
	if (stamp < interface->second || stamp - interface->second >= resolution) {
		interface->seconds = stamp / resolution;
		interface->second = interface->seconds * resolution;
	}
	uint64_t fraction = stamp - interface->second;
	if (resolution != unit) {
		if (interface->binary)
			fraction = fraction * unit / resolution;
		else
			fraction = resolution > unit ? fraction / (resolution / unit) : fraction * (unit / resolution);
	}
	frame->seconds = (int64_t)(interface->seconds + (uint64_t)interface->offset);
	frame->fraction = (uint32_t)fraction;
	frame->nanoseconds = nanoseconds;
	frame->time_ns = capture_time_ns(frame->seconds, (int32_t)(uint32_t)fraction, nanoseconds);
}

static int take_frame(struct direct *direct, struct block *block, struct synfin_frame *frame, struct synfin_error *error)
{
	struct packet packet;
	struct pcapng *pcapng = direct->pcapng;
	if (!take_packet(direct, block, &packet))
		return block_short(direct, block, error);
	if (packet.interface >= pcapng->count)
		return DAMAGED(direct, error, "a packet arrived on interface %u, but there's no Interface Description Block for that interface",
			(unsigned)packet.interface);
	struct interface *interface = &pcapng->interfaces[packet.interface];
	if (packet.captured > interface->snapshot_length)
		return DAMAGED(direct, error, "invalid packet capture length %u, bigger than snaplen of %u", (unsigned)packet.captured,
			(unsigned)interface->snapshot_length);
	take_time(interface, packet.stamp, direct->source->nanoseconds, frame);
	frame->bytes = cursor_take(&block->body, packet.captured);
	if (!frame->bytes)
		return block_short(direct, block, error);
	frame->captured = packet.captured;
	frame->length = packet.length;
	frame->interface = pcapng->sections_before + packet.interface;
	frame->link_type = interface->link_type;
	return 1;
}

/* The next block, and what it means if that is not a frame. 1: `block` may hold a frame. */
static int block_take(struct direct *direct, struct block *block, struct synfin_error *error)
{
	int got = block_next(direct, block, error);
	if (got == 1 && block->type == BLOCK_SECTION)
		got = take_section(direct, block, error) < 0 ? SYNFIN_E_FORMAT : 1;
	else if (got == 1 && block->type == BLOCK_INTERFACE) {
		int status = take_interface(direct, block, error);
		got = status < 0 ? status : 1;
	} else if (got == 1 && block->type == BLOCK_NAMES && direct->source->name_told) {
		take_names(direct, block);
	}
	return got;
}

static bool holds_frame(const struct block *block)
{
	return block->type == BLOCK_PACKET || block->type == BLOCK_PACKET_SIMPLE || block->type == BLOCK_PACKET_OLD;
}

static int frame_next(struct direct *direct, struct synfin_frame *frame, struct synfin_error *error)
{
	struct block block = { .type = 0 };
	int got;
	do
		got = block_take(direct, &block, error);
	while (got == 1 && !holds_frame(&block) && !direct->source->stopped);
	/* A small compressed file can have gigabytes of blocks without a frame; a stop is not to wait for their end. */
	if (got == 1 && !holds_frame(&block))
		return 0;
	return got == 1 ? take_frame(direct, &block, frame, error) : got;
}

static bool frame_ready(const struct direct *direct)
{
	struct cursor c = window_view(direct->window);
	const uint8_t *start = cursor_take(&c, 8);
	if (!start)
		return false;
	struct block block = { .type = direct_u32(start, direct->little_endian) };
	return holds_frame(&block) && cursor_left(&c) + 8 >= direct_u32(start + 4, direct->little_endian);
}

/*
 * Files are written and filters compiled for the source's snapshot length: the largest of the interfaces that stand before the first
 * frame, where libpcap knows the first.
 */
static int widen(struct direct *direct)
{
	struct synfin_source *source = direct->source;
	struct block block = { .type = 0 };
	uint32_t largest = source->snapshot_length;
	while (block_take(direct, &block, NULL) == 1 && !holds_frame(&block))
		;
	for (uint32_t i = 0; i < direct->pcapng->count; i++)
		if (direct->pcapng->interfaces[i].snapshot_length > largest)
			largest = direct->pcapng->interfaces[i].snapshot_length;
	if (largest == source->snapshot_length)
		return 0;
	pcap_t *wide = pcap_open_dead_with_tstamp_precision(source->dlt, (int)largest,
		source->nanoseconds ? PCAP_TSTAMP_PRECISION_NANO : PCAP_TSTAMP_PRECISION_MICRO);
	if (!wide)
		return ENOMEM;
	pcap_close(source->pcap);
	source->pcap = wide;
	source_describe(source);
	return 0;
}

int pcapng_open(struct direct *direct)
{
	struct pcapng *pcapng = calloc(1, sizeof *pcapng);
	if (!pcapng)
		return ENOMEM;
	uint32_t most = direct->most + BLOCK_BESIDE;
	pcapng->block_most = most > BLOCK_MOST ? most : BLOCK_MOST;
	direct->pcapng = pcapng;
	direct->next = frame_next;
	direct->ready = frame_ready;
	int number = widen(direct);
	if (number == 0)
		number = window_rewind(direct->window);
	pcapng->count = pcapng->sections_before = 0;
	pcapng->begun = false;
	return number;
}

const char *pcapng_interface_name(const struct pcapng *pcapng, uint32_t index)
{
	uint32_t place = index - pcapng->sections_before;
	return place < pcapng->count && pcapng->interfaces[place].name[0] ? pcapng->interfaces[place].name : NULL;
}

void pcapng_close(struct pcapng *pcapng)
{
	if (!pcapng)
		return;
	free(pcapng->interfaces);
	free(pcapng);
}
