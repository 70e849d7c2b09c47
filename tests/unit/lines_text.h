/* SPDX-License-Identifier: BSD-3-Clause */
/* What an output buffer holds, as a string, for tests of lines. */
#ifndef SYNFIN_UNIT_LINES_TEXT_H
#define SYNFIN_UNIT_LINES_TEXT_H

#include <check.h>
#include <string.h>

#include "base/output.h"
#include "decode/decode.h"
#include "lines/line.h"

/* Valid until the buffer changes. */
static inline const char *text_of(struct output *out)
{
	output_char(out, '\0');
	output_truncate(out, output_length(out) - 1);
	return out->start;
}

/* A frame of `captured` bytes, recorded at second 1, decoded. */
static inline struct synfin_packet packet_of(uint16_t link_type, const uint8_t *bytes, uint32_t captured, uint32_t length)
{
	struct synfin_packet packet;
	memset(&packet, 0, sizeof packet);
	decode_frame(&packet, link_type, bytes, captured, length);
	packet.length = length;
	packet.frame = 7;
	packet.seconds = 1;
	return packet;
}

/* The whole of one packet's line in a printer of its own. */
static inline void expect_line(const struct line_options *options, const struct synfin_packet *packet, const char *expected)
{
	struct line_printer *printer;
	struct output out;
	ck_assert_int_eq(line_printer_create(&printer, options, NULL), 0);
	output_init(&out, NULL, NULL, 0);
	(void)line_text(printer, packet, &out);
	line_rest(printer, packet, &out);
	ck_assert_str_eq(text_of(&out), expected);
	output_free(&out);
	line_printer_destroy(printer);
}

#endif
