/* SPDX-License-Identifier: BSD-3-Clause */
#include "decode/route.h"

enum {
	OPTION_END = 0,
	OPTION_NOP = 1,
	OPTION_LSRR = 0x83,
	OPTION_SSRR = 0x89,
	ROUTING_SOURCE = 0,
	ROUTING_MOBILE = 2,
	ROUTING_SEGMENTS = 4,
};

struct route route_of_options(struct cursor options)
{
	struct route none = { .end = NULL };

	while (cursor_left(&options) > 0) {
		uint8_t kind = cursor_u8(&options);
		if (kind == OPTION_END)
			return none;
		if (kind == OPTION_NOP)
			continue;
		uint8_t length = cursor_u8(&options);
		if (length < 2)
			return none;
		const uint8_t *data = cursor_take(&options, length - 2u);
		if (!data)
			return none;
		/* The pointer counts from the option's first byte, which is 1; beyond the last address it says that all were visited. */
		if ((kind == OPTION_LSRR || kind == OPTION_SSRR) && length >= 7)
			return (struct route){ .end = data + length - 6, .ahead = data[0] <= length - 3u };
	}
	return none;
}

struct route route_of_header(struct cursor header)
{
	size_t size = cursor_left(&header);

	cursor_skip(&header, 2);
	uint8_t type = cursor_u8(&header);
	uint8_t left = cursor_u8(&header);
	cursor_skip(&header, 4);
	if (type == ROUTING_SOURCE || type == ROUTING_MOBILE) {
		size_t addresses = size < 8 ? 0 : (size - 8) / 16;
		if (addresses > 1)
			cursor_skip(&header, (addresses - 1) * 16);
	} else if (type != ROUTING_SEGMENTS) {
		return (struct route){ .end = NULL };
	}
	const uint8_t *end = cursor_take(&header, 16);
	return (struct route){ .end = end, .ahead = end && left > 0 };
}
