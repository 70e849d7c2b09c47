/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * NTP (RFC 5905) and its control messages (RFC 9327).
 *
 *     NTPv4, Server, length 48
 *
 * With -v the fields follow, on lines of their own.
 */
#include <time.h>

#include "lines/application.h"
#include "lines/carrier.h"
#include "lines/field.h"

enum mode { MODE_CONTROL = 6, MODE_RESERVED = 7 };

enum {
	TIME_MESSAGE = 48,
	KEY = 4,
	MD5 = 16,
	SHA1 = 20,
	CONTROL_HEADER = 12,
};

/* Offsets in a message that tells the time. */
enum {
	AT_STRATUM = 1,
	AT_POLL = 2,
	AT_PRECISION = 3,
	AT_ROOT_DELAY = 4,
	AT_ROOT_DISPERSION = 8,
	AT_REFERENCE_ID = 12,
	AT_REFERENCE = 16,
	AT_ORIGINATOR = 24,
	AT_RECEIVE = 32,
	AT_TRANSMIT = 40,
	AT_KEY = 48,
	AT_DIGEST = 52,
};

/* Offsets in a control message. */
enum {
	AT_OPERATION = 1,
	AT_SEQUENCE = 2,
	AT_STATUS = 4,
	AT_ASSOCIATION = 6,
	AT_OFFSET = 8,
	AT_COUNT = 10,
};

enum stratum { UNSPECIFIED = 0, PRIMARY = 1, SECONDARY_LAST = 15, INFO_QUERY = 62, INFO_REPLY = 63 };

/* Seconds from 1900, where NTP's time begins, to 1970. */
#define UNIX_EPOCH INT64_C(2208988800)

/* tcpdump scales fractions in floating point; what its rounding makes of them is to be the same. */
static uint32_t scale_fraction(uint32_t fraction, double whole, double unit)
{
	return (uint32_t)(fraction / whole * unit);
}

static uint32_t nanoseconds(uint32_t fraction)
{
	return scale_fraction(fraction, 4294967296.0, 1000000000.0);
}

static void put_short(struct line *line, size_t at)
{
	unsigned whole = field_u16(line, at);
	unsigned fraction = field_u16(line, at + 2);
	put_format(line, "%u.%06u", whole, scale_fraction(fraction, 65536.0, 1000000.0));
}

static void put_time(struct line *line, size_t at)
{
	uint32_t seconds = field_u32(line, at);
	uint32_t fraction = field_u32(line, at + 4);
	put_format(line, "%u.%09u", seconds, nanoseconds(fraction));
	if (seconds == 0)
		return;
	time_t since = (time_t)(seconds - UNIX_EPOCH);
	struct tm date;
	if (!gmtime_r(&since, &date))
		return;
	put_format(line, " (%d-%02d-%02dT%02d:%02d:%02dZ)", date.tm_year + 1900, date.tm_mon + 1, date.tm_mday, date.tm_hour, date.tm_min,
		date.tm_sec);
}

/* How much later than `from` the time at `to` is; that time itself if there is no `from`. */
static void put_difference(struct line *line, size_t from, size_t to)
{
	uint64_t first = (uint64_t)field_u32(line, from) << 32;
	first |= field_u32(line, from + 4);
	uint64_t second = (uint64_t)field_u32(line, to) << 32;
	second |= field_u32(line, to + 4);

	if (first == 0) {
		put_time(line, to);
		return;
	}
	uint64_t difference = second >= first ? second - first : first - second;
	put_format(line, "%c%u.%09u", second > first ? '+' : '-', (unsigned)(difference >> 32), nanoseconds((uint32_t)difference));
}

/* A message that is too short for what it says it is, and perhaps cut as well. */
static void put_invalid_message(struct line *line)
{
	put_invalid(line);
	if (!field_present(line, 0, line->length))
		line_truncated(line);
}

/* What stands before a field of `size` bytes; false, and the line is ended, if they are not all there. */
static bool put_title(struct line *line, const char *title, size_t at, size_t size)
{
	if (field_present(line, at, size))
		put_text(line, title);
	else
		line_truncated(line);
	return line_alive(line) && !line->stop;
}

/* Two's complement, as powers of two are written. */
static int signed_byte(uint8_t byte)
{
	return byte < 0x80 ? byte : byte - 0x100;
}

static void put_stratum(struct line *line)
{
	unsigned stratum = field_u8(line, AT_STRATUM);
	const char *name = "reserved";
	if (stratum == UNSPECIFIED)
		name = "unspecified";
	else if (stratum == PRIMARY)
		name = "primary reference";
	else if (stratum <= SECONDARY_LAST)
		name = "secondary reference";
	put_format(line, ", Stratum %u (%s)", stratum, name);

	int poll = signed_byte(field_u8(line, AT_POLL));
	put_format(line, ", poll %d", poll);
	if (poll >= 0 && poll < 32)
		put_format(line, " (%us)", 1u << poll);
	else if (poll < 0 && poll > -32)
		put_format(line, " (1/%us)", 1u << -poll);
	int precision = signed_byte(field_u8(line, AT_PRECISION));
	put_format(line, ", precision %d", precision);
}

/* false if nothing follows: messages that ask for or carry information end here. */
static bool put_reference_id(struct line *line)
{
	unsigned stratum = field_u8(line, AT_STRATUM);

	if (!put_title(line, ", Reference-ID: ", AT_REFERENCE_ID, 4))
		return false;
	switch (stratum) {
	case UNSPECIFIED:
		put_text(line, "(unspec)");
		break;
	case PRIMARY:
		(void)put_visible_bytes(line, AT_REFERENCE_ID, 4);
		break;
	case INFO_QUERY:
	case INFO_REPLY:
		put_field_ipv4(line, AT_REFERENCE_ID);
		put_text(line, stratum == INFO_QUERY ? " INFO_QUERY" : " INFO_REPLY");
		return false;
	default: {
		unsigned id = field_u32(line, AT_REFERENCE_ID);
		put_format(line, "0x%08x", id);
		break;
	}
	}
	return true;
}

/* What follows the fixed part: a key and its digest, or something else. */
static void put_trailer(struct line *line)
{
	uint32_t left = line->length - TIME_MESSAGE;
	if (left == 0)
		return;
	if (left != KEY && left != KEY + MD5 && left != KEY + SHA1) {
		put_format(line, "\n\t(%u more bytes after the header)", left);
		return;
	}
	unsigned key = field_u32(line, AT_KEY);
	put_format(line, "\n\tKey id: %u", key);
	if (left > KEY && line_alive(line) && put_title(line, "\n\tAuthentication: ", AT_DIGEST, left - KEY))
		output_hex_bytes(line->out, field_bytes(line, AT_DIGEST, left - KEY), left - KEY);
}

static void put_time_message(struct line *line)
{
	static const struct {
		const char *name;
		size_t at;
	} times[] = {
		{ "\n\t  Reference Timestamp:  ", AT_REFERENCE },
		{ "\n\t  Originator Timestamp: ", AT_ORIGINATOR },
		{ "\n\t  Receive Timestamp:    ", AT_RECEIVE },
		{ "\n\t  Transmit Timestamp:   ", AT_TRANSMIT },
	};

	if (line->length < TIME_MESSAGE) {
		put_invalid_message(line);
		return;
	}
	put_stratum(line);
	if (!put_title(line, "\n\tRoot Delay: ", AT_ROOT_DELAY, 4))
		return;
	put_short(line, AT_ROOT_DELAY);
	if (!put_title(line, ", Root dispersion: ", AT_ROOT_DISPERSION, 4))
		return;
	put_short(line, AT_ROOT_DISPERSION);
	if (!put_reference_id(line))
		return;
	for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
		if (!put_title(line, times[i].name, times[i].at, 8))
			return;
		put_time(line, times[i].at);
	}
	put_text(line, "\n\t    Originator - Receive Timestamp:  ");
	put_difference(line, AT_ORIGINATOR, AT_RECEIVE);
	put_text(line, "\n\t    Originator - Transmit Timestamp: ");
	put_difference(line, AT_ORIGINATOR, AT_TRANSMIT);
	put_trailer(line);
}

static void put_control_message(struct line *line)
{
	if (line->length < CONTROL_HEADER) {
		put_invalid_message(line);
		return;
	}
	unsigned operation = field_u8(line, AT_OPERATION);
	put_format(line, ", %s, %s, %s, OpCode=%u\n", operation & 0x80 ? "Response" : "Request", operation & 0x40 ? "Error" : "OK",
		operation & 0x20 ? "More" : "Last", operation & 0x1f);
	unsigned sequence = field_u16(line, AT_SEQUENCE);
	put_format(line, "\tSequence=%u", sequence);
	unsigned status = field_u16(line, AT_STATUS);
	put_format(line, ", Status=%#x", status);
	unsigned association = field_u16(line, AT_ASSOCIATION);
	put_format(line, ", Assoc.=%u", association);
	unsigned offset = field_u16(line, AT_OFFSET);
	put_format(line, ", Offset=%u", offset);
	unsigned count = field_u16(line, AT_COUNT);
	put_format(line, ", Count=%u", count);
	if (CONTROL_HEADER + count > line->length)
		put_invalid_message(line);
	else if (count && !field_present(line, CONTROL_HEADER, count))
		line_truncated(line);
	else if (count)
		put_text(line, "\n\tTO-BE-DONE: data not interpreted");
}

void print_ntp(struct line *line)
{
	static const char *const modes[8] = {
		"unspecified", "symmetric active", "symmetric passive", "Client", "Server", "Broadcast", "Control Message", "Reserved",
	};
	static const char *const leaps[4] = { "", "+1s", "-1s", "clock unsynchronized" };

	line_protocol(line, "ntp");
	application_widen(line);
	unsigned first = field_u8(line, 0);
	unsigned mode = first & 7;
	put_format(line, "NTPv%u, %s, length %u", first >> 3 & 7, modes[mode], line->length);
	if (!line->options->verbose)
		return;
	put_format(line, "\n\tLeap indicator: %s (%u)", leaps[first >> 6], first & 0xc0);
	if (mode == MODE_CONTROL)
		put_control_message(line);
	else if (mode != MODE_RESERVED)
		put_time_message(line);
}
