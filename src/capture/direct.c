/* SPDX-License-Identifier: BSD-3-Clause */
/* Reading pcap files, and what both formats have in common; direct.h has the theory. */
#include "capture/direct.h"

#include <errno.h>
#include <limits.h>

#include "base/error.h"

#define MAGIC_MICRO 0xa1b2c3d4u
#define MAGIC_NANO 0xa1b23c4du
#define MAGIC_PCAPNG 0x0a0d0d0au
#define FILE_HEADER 24
#define RECORD_HEADER 16
#define MAGIC_SECTION 0x1a2b3c4du

#define MOST_DBUS (128u << 20)
#define MOST_EBHSCR (8u << 20)
#define MOST_USBPCAP (1u << 20)

#ifndef DLT_EBHSCR
#define DLT_EBHSCR 279
#endif

uint32_t direct_most(int dlt)
{
	switch (dlt) {
	case DLT_DBUS:
		return MOST_DBUS;
	case DLT_EBHSCR:
		return MOST_EBHSCR;
	case DLT_USBPCAP:
		return MOST_USBPCAP;
	default:
		return CAPTURE_SNAPSHOT_LENGTH;
	}
}

uint32_t direct_snapshot(int dlt, uint32_t length)
{
	return length == 0 || length > INT_MAX ? direct_most(dlt) : length;
}

int direct_failed(const struct direct *direct, struct synfin_error *error)
{
	if (!direct->window->failure)
		return 0;
	return error_set(error, direct->window->failure == EBADMSG ? SYNFIN_E_FORMAT : SYNFIN_E_IO, direct->source->name,
		"error reading dump file: %s", window_problem(direct->window));
}

/* The file ends within a record of which `got` bytes are there. */
static int record_cut(const struct direct *direct, uint32_t captured, size_t got, struct synfin_error *error)
{
	const struct synfin_source *source = direct->source;
	int status = direct_failed(direct, error);
	if (status < 0 || got == 0)
		return status;
	if (got < RECORD_HEADER)
		return error_set(error, SYNFIN_E_FORMAT, source->name, "truncated dump file; tried to read %d header bytes, only got %zu",
			RECORD_HEADER, got);
	got -= RECORD_HEADER;
	/* libpcap reads what is within the snapshot length first. */
	if (captured > source->snapshot_length && got < source->snapshot_length)
		captured = source->snapshot_length;
	return error_set(error, SYNFIN_E_FORMAT, source->name, "truncated dump file; tried to read %u captured bytes, only got %zu",
		(unsigned)captured, got);
}

static int record_senseless(const struct direct *direct, uint32_t captured, struct synfin_error *error)
{
	const struct synfin_source *source = direct->source;
	if (captured > source->snapshot_length)
		return error_set(error, SYNFIN_E_FORMAT, source->name, "invalid packet capture length %u, bigger than snaplen of %u",
			(unsigned)captured, (unsigned)source->snapshot_length);
	return error_set(error, SYNFIN_E_FORMAT, source->name, "invalid packet capture length %u, bigger than maximum of %u",
		(unsigned)captured, (unsigned)direct->most);
}

/* libpcap has the numbers of a file in its own machine's byte order with a sign, and others without. */
static int64_t signed_as_libpcap(uint32_t value, bool little_endian)
{
	const bool own = little_endian == (__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__);
	return own ? (int32_t)value : (int64_t)value;
}

static int record_next(struct direct *direct, struct synfin_frame *frame, struct synfin_error *error)
{
	const struct synfin_source *source = direct->source;
	bool little = direct->little_endian;
	struct cursor c = window_have(direct->window, RECORD_HEADER);
	const uint8_t *header = cursor_take(&c, RECORD_HEADER);
	if (!header)
		return record_cut(direct, 0, (size_t)(c.end - c.base), error);
	uint32_t captured = direct_u32(header + 8, little);
	int64_t seconds = signed_as_libpcap(direct_u32(header, little), little);
	int64_t fraction = signed_as_libpcap(direct_u32(header + 4, little), little);
	uint32_t length = direct_u32(header + 12, little);
	if (captured > direct->most)
		return record_senseless(direct, captured, error);
	const uint8_t *bytes = cursor_take(&c, captured);
	if (!bytes) {
		c = window_have(direct->window, RECORD_HEADER + (size_t)captured);
		cursor_skip(&c, RECORD_HEADER);
		bytes = cursor_take(&c, captured);
		if (!bytes)
			return record_cut(direct, captured, (size_t)(c.end - c.base), error);
	}
	window_advance(direct->window, RECORD_HEADER + (size_t)captured);
	if (direct->file_nanoseconds != source->nanoseconds)
		fraction = source->nanoseconds ? fraction * 1000 : fraction / 1000;
	*frame = (struct synfin_frame){
		.time_ns = capture_time_ns(seconds, fraction, source->nanoseconds),
		.seconds = seconds,
		.fraction = (uint32_t)fraction,
		.nanoseconds = source->nanoseconds,
		.bytes = bytes,
		.captured = captured > source->snapshot_length ? source->snapshot_length : captured,
		.length = length,
		.link_type = source->link_type,
	};
	return 1;
}

static bool record_ready(const struct direct *direct)
{
	struct cursor c = window_view(direct->window);
	const uint8_t *header = cursor_take(&c, RECORD_HEADER);
	return header && cursor_left(&c) >= direct_u32(header + 8, direct->little_endian);
}

/* Whether libpcap changes frames of this link type when it reads them. */
static bool frames_are_changed(int dlt, bool swapped)
{
	switch (dlt) {
	case DLT_USB_LINUX_MMAPPED:
		return true;
	case DLT_USB_LINUX:
	case DLT_NFLOG:
	case DLT_PFLOG:
	case DLT_LINUX_SLL:
#ifdef DLT_LINUX_SLL2
	case DLT_LINUX_SLL2:
#endif
		return swapped;
	default:
		return false;
	}
}

void direct_look(struct direct *direct, struct window *window)
{
	*direct = (struct direct){ .window = window };
	struct cursor c = window_have(window, FILE_HEADER);
	const uint8_t *start = cursor_take(&c, FILE_HEADER);
	if (!start)
		return;
	if (bytes_u32(start) == MAGIC_PCAPNG) {
		direct->format = RECORD_PCAPNG;
		direct->little_endian = direct_u32(start + 8, true) == MAGIC_SECTION;
		return;
	}
	for (int little = 0; little <= 1; little++) {
		uint32_t magic = direct_u32(start, little);
		/* Older versions have the two lengths in another order. */
		if ((magic != MAGIC_MICRO && magic != MAGIC_NANO) || direct_u16(start + 4, little) != 2 || direct_u16(start + 6, little) != 4)
			continue;
		direct->format = RECORD_PCAP;
		direct->little_endian = little;
		direct->file_nanoseconds = magic == MAGIC_NANO;
	}
}

int direct_open(struct direct *direct, struct synfin_source *source)
{
	direct->source = source;
	direct->most = direct_most(source->dlt);
	if (direct->format == RECORD_UNKNOWN || frames_are_changed(source->dlt, pcap_is_swapped(source->pcap)))
		return 0;
	int number = window_rewind(direct->window);
	if (number != 0)
		return number;
	if (direct->format == RECORD_PCAPNG)
		return pcapng_open(direct);
	direct->next = record_next;
	direct->ready = record_ready;
	(void)window_have(direct->window, FILE_HEADER);
	window_advance(direct->window, FILE_HEADER);
	return 0;
}

void direct_close(struct direct *direct)
{
	pcapng_close(direct->pcapng);
	direct->pcapng = NULL;
	direct->next = NULL;
}
