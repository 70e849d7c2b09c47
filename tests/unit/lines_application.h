/* SPDX-License-Identifier: BSD-3-Clause */
/* Tests of what is printed of application data: the headers are made here, the data and their text stand in the test. */
#ifndef SYNFIN_UNIT_LINES_APPLICATION_H
#define SYNFIN_UNIT_LINES_APPLICATION_H

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "frames.h"
#include "lines_text.h"

struct application_example {
	const char *what;
	unsigned verbose;
	bool tcp;
	unsigned source;
	unsigned destination;
	const char *bytes;  /* of the data; the literal's NUL is not part of them */
	size_t size;
	size_t captured;    /* of the data; 0: all */
	const char *text;   /* after "10.0.0.1.x > 10.0.0.2.y: " */
	unsigned declared;  /* the UDP header's length; 0: the true one */
	unsigned behind;    /* how many of the bytes stand behind the IP packet */
};
#define BYTES(literal) .bytes = (literal), .size = sizeof(literal) - 1

static inline void application_check(const struct application_example *example)
{
	struct line_options options = { .numeric = 2, .time = LINE_TIME_NONE, .no_checksums = true, .verbose = example->verbose };
	struct line_printer *printer;
	struct frame frame = { .size = 0 };
	struct output out;

	frame_ipv4(&frame, example->tcp ? 6 : 17);
	size_t header = frame.size;
	if (example->tcp)
		frame_tcp(&frame, NULL, 0);
	else
		frame_udp(&frame, 0, 0);
	frame_put16(&frame, header, example->source);
	frame_put16(&frame, header + 2, example->destination);
	size_t data = frame.size;
	frame_bytes(&frame, example->bytes, example->size - example->behind);
	frame_finish(&frame);
	if (example->declared)
		frame_put16(&frame, header + 4, example->declared);
	frame_bytes(&frame, example->bytes + example->size - example->behind, example->behind);

	/* A copy of just the captured size, so that a read beyond it is found. */
	size_t captured = data + (example->captured ? example->captured : example->size);
	uint8_t *copy = malloc(captured);
	ck_assert_ptr_nonnull(copy);
	memcpy(copy, frame.bytes, captured);
	struct synfin_packet packet = packet_of(SYNFIN_LINK_RAW, copy, (uint32_t)captured, (uint32_t)frame.size);

	ck_assert_int_eq(line_printer_create(&printer, &options, NULL), 0);
	output_init(&out, NULL, NULL, 0);
	(void)line_text(printer, &packet, &out);
	const char *text = strstr(text_of(&out), "> 10.0.0.2.");
	ck_assert_ptr_nonnull(text);
	text = strstr(text, ": ");
	ck_assert_ptr_nonnull(text);
	ck_assert_msg(strcmp(text + 2, example->text) == 0, "%s\nis       %s\nnot      %s", example->what, text + 2, example->text);
	output_free(&out);
	line_printer_destroy(printer);
	free(copy);
}

#endif
