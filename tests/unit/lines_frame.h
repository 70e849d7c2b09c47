/* SPDX-License-Identifier: BSD-3-Clause */
/* A frame of one protocol, and what is printed of it without a time. */
#ifndef SYNFIN_UNIT_LINES_FRAME_H
#define SYNFIN_UNIT_LINES_FRAME_H

#include <stdlib.h>
#include <string.h>

#include "lines_text.h"

struct frame_example {
	const char *what;
	unsigned verbose;
	const char *bytes;
	size_t size;
	size_t captured; /* 0: all */
	const char *text;
};

/* The members `bytes` and `size`. */
#define BYTES(literal) literal, sizeof(literal) - 1

static inline void frame_example_check(const struct frame_example *example, uint16_t link_type)
{
	struct line_options options = { .numeric = 1, .time = LINE_TIME_NONE, .verbose = example->verbose };
	struct line_printer *printer;
	struct output out;
	/* A copy of just the captured size, so that a read beyond it is found. */
	size_t captured = example->captured ? example->captured : example->size;
	uint8_t *copy = malloc(captured);
	ck_assert_ptr_nonnull(copy);
	memcpy(copy, example->bytes, captured);
	struct synfin_packet packet = packet_of(link_type, copy, (uint32_t)captured, (uint32_t)example->size);

	ck_assert_int_eq(line_printer_create(&printer, &options, NULL), 0);
	output_init(&out, NULL, NULL, 0);
	(void)line_text(printer, &packet, &out);
	ck_assert_msg(strcmp(text_of(&out), example->text) == 0, "%s\nis       %s\nnot      %s", example->what, text_of(&out), example->text);
	output_free(&out);
	line_printer_destroy(printer);
	free(copy);
}

#endif
