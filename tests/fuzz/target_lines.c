/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * One frame through the decoder and the printer of tcpdump's line, twice (a printer remembers), with options that two bytes choose. The rest
 * of the input is that of the decoder's target.
 */
#include <string.h>

#include "base/output.h"
#include "checks.h"
#include "decode/decode.h"
#include "frame.h"
#include "fuzz.h"
#include "lines/line.h"

enum { CHOICES = 2, OUTPUT_MOST = 64 << 20 };

static void choose(struct line_options *options, uint8_t looks, uint8_t dumps)
{
	*options = (struct line_options){
		.verbose = looks & 3,
		.numeric = looks & 4 ? 1 : 0,
		.quick = looks & 8 ? 1 : 0,
		.link_header = looks & 16,
		.absolute = looks & 32,
		.number = looks & 64,
		.no_checksums = looks & 128,
		.hex = dumps & 3,
		.hex_ascii = dumps >> 2 & 3,
		.ascii = dumps & 16 ? 1 : 0,
		.nanoseconds = dumps & 32,
		.suppress_default = dumps & 64,
		.md5_secret = dumps & 128 ? "secret" : NULL,
		.time = (enum line_time)(dumps % 6),
	};
}

/* Where an annotation would stand is the end of a line of text. */
static void check_place(const struct output *out, size_t before, size_t place)
{
	size_t after = output_length(out);
	FUZZ_CHECK(out->status == 0);
	FUZZ_CHECK(before <= place && place <= after);
	FUZZ_CHECK(place == after || out->start[place] == '\n');
}

static void print(struct line_printer *printer, const struct fuzz_frame *frame, unsigned number, struct output *out)
{
	static struct synfin_packet packet;
	memset(&packet, 0, sizeof packet);
	decode_frame(&packet, frame->link_type, frame->bytes, frame->captured, frame->length);
	packet.frame = number;
	packet.seconds = 1700000000 + (int64_t)number;
	packet.fraction = frame->cut << 13;
	packet.time_ns = packet.seconds * 1000000000;
	size_t before = output_length(out);
	size_t place = line_text(printer, &packet, out);
	check_place(out, before, place);
	size_t text = output_length(out);
	line_rest(printer, &packet, out);
	FUZZ_CHECK(output_length(out) > text);
	FUZZ_CHECK(output_length(out) < OUTPUT_MOST);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct line_printer *printers[1 << 16];
	struct fuzz_frame frame;
	struct line_options options;
	struct synfin_error error;
	struct output out;

	if (size < CHOICES || !fuzz_frame_read(&frame, data + CHOICES, size - CHOICES))
		return 0;
	/* Making one reads the names of services, so the ones of earlier inputs are used again. */
	choose(&options, data[0], data[1]);
	struct line_printer **printer = &printers[data[0] << 8 | data[1]];
	if (!*printer)
		FUZZ_CHECK(line_printer_create(printer, &options, &error) == 0);
	output_init(&out, NULL, NULL, SIZE_MAX);
	for (unsigned number = 1; number <= 2; number++)
		print(*printer, &frame, number, &out);
	FUZZ_KEEP(checks_text(out.start, output_length(&out), CHECKS_TAB | CHECKS_ASCII));
	output_free(&out);
	return 0;
}
