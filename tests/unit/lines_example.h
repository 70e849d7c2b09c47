/* SPDX-License-Identifier: BSD-3-Clause */
/* One packet and the line it makes. */
#ifndef SYNFIN_UNIT_LINES_EXAMPLE_H
#define SYNFIN_UNIT_LINES_EXAMPLE_H

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "lines_text.h"

struct line_example {
	uint32_t length;   /* on the wire */
	struct line_options options;
	const char *bytes; /* what was captured of a LINKTYPE_RAW packet, in hexadecimal */
	const char *line;
};

static inline uint8_t line_example_digit(char c)
{
	return (uint8_t)(c <= '9' ? c - '0' : c - 'a' + 10);
}

static inline void line_example_check(const struct line_example *example)
{
	uint32_t captured = (uint32_t)strlen(example->bytes) / 2;
	/* A copy of just that size, so that a read beyond it is found. */
	uint8_t *bytes = malloc(captured);

	ck_assert_ptr_nonnull(bytes);
	for (uint32_t i = 0; i < captured; i++) {
		const char *digits = example->bytes + (size_t)2 * i;
		bytes[i] = (uint8_t)(line_example_digit(digits[0]) << 4 | line_example_digit(digits[1]));
	}
	struct synfin_packet packet = packet_of(SYNFIN_LINK_RAW, bytes, captured, example->length);
	expect_line(&example->options, &packet, example->line);
	free(bytes);
}

#endif
