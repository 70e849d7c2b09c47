/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * TCP options (RFC 9293 s3.2). An option counts if its length is the one its kind has and all of it was captured; the list is stepped
 * through by the length bytes, whatever the kinds. Of an option that comes twice the last counts.
 */
#include "decode/walk.h"

enum {
	KIND_END = 0,
	KIND_NOP = 1,
	KIND_MSS = 2,
	KIND_WINDOW_SCALE = 3,
	KIND_SACK_PERMITTED = 4,
	KIND_SACK = 5,
	KIND_TIMESTAMPS = 8,
	KIND_MD5 = 19,
	KIND_AO = 29,
	KIND_MPTCP = 30,
	KIND_FAST_OPEN = 34,
	KIND_EXPERIMENT = 254,
};

/* RFC 6994's magic number for Fast Open (RFC 7413 s4.1.1) */
#define MAGIC_FAST_OPEN 0xf989

static void read_sack(struct synfin_tcp *tcp, struct cursor *data, size_t length)
{
	size_t count = (length - 2) / 8;

	if (length % 8 != 2 || count < 1 || count > SYNFIN_SACK_MAX)
		return;
	for (size_t i = 0; i < count; i++) {
		tcp->sack[i].left = cursor_u32(data);
		tcp->sack[i].right = cursor_u32(data);
	}
	tcp->sack_count = (uint8_t)count;
	tcp->options |= SYNFIN_TCPOPT_SACK;
}

static void read_timestamps(struct synfin_tcp *tcp, struct cursor *data)
{
	tcp->timestamp_value = cursor_u32(data);
	tcp->timestamp_echo = cursor_u32(data);
	tcp->options |= SYNFIN_TCPOPT_TIMESTAMPS;
}

/* Options that are only noted. */
static unsigned presence(uint8_t kind, size_t length, struct cursor *data)
{
	switch (kind) {
	case KIND_SACK_PERMITTED:
		return length == 2 ? SYNFIN_TCPOPT_SACK_PERMITTED : 0;
	case KIND_MD5:
		return length == 18 ? SYNFIN_TCPOPT_MD5 : 0;
	case KIND_AO:
		return length >= 4 ? SYNFIN_TCPOPT_AO : 0;
	case KIND_MPTCP:
		return length >= 3 ? SYNFIN_TCPOPT_MPTCP : 0;
	case KIND_FAST_OPEN:
		return SYNFIN_TCPOPT_FAST_OPEN;
	case KIND_EXPERIMENT:
		return length >= 4 && cursor_u16(data) == MAGIC_FAST_OPEN ? SYNFIN_TCPOPT_FAST_OPEN : 0;
	default:
		return 0;
	}
}

/* One option whose data is in hand. */
static void read_option(struct synfin_tcp *tcp, uint8_t kind, size_t length, struct cursor data)
{
	switch (kind) {
	case KIND_MSS:
		if (length == 4) {
			tcp->mss = cursor_u16(&data);
			tcp->options |= SYNFIN_TCPOPT_MSS;
		}
		break;
	case KIND_WINDOW_SCALE:
		if (length == 3) {
			tcp->window_scale = cursor_u8(&data);
			tcp->options |= SYNFIN_TCPOPT_WINDOW_SCALE;
		}
		break;
	case KIND_SACK:
		read_sack(tcp, &data, length);
		break;
	case KIND_TIMESTAMPS:
		if (length == 10)
			read_timestamps(tcp, &data);
		break;
	default:
		tcp->options = (uint16_t)(tcp->options | presence(kind, length, &data));
		break;
	}
}

bool tcp_options_read(struct synfin_tcp *tcp, const uint8_t *bytes, size_t n, bool whole)
{
	struct cursor options = cursor_over(bytes, n);

	/* Nearly every segment of a connection with timestamps has NOP, NOP, Timestamps and nothing else (RFC 7323 appendix A). */
	if (n == 12 && bytes_u32(bytes) == 0x0101080a) {
		cursor_skip(&options, 4);
		read_timestamps(tcp, &options);
		return true;
	}
	while (cursor_left(&options) > 0) {
		uint8_t kind = cursor_u8(&options);
		if (kind == KIND_END)
			return true;
		if (kind == KIND_NOP)
			continue;
		uint8_t length = cursor_u8(&options);
		if (!cursor_ok(&options))
			return !whole;
		if (length < 2)
			return false;
		struct cursor data = cursor_window(&options, length - 2u);
		cursor_skip(&options, length - 2u);
		if (!cursor_ok(&options))
			return !whole;
		read_option(tcp, kind, length, data);
	}
	return true;
}
