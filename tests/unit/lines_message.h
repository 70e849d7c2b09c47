/* SPDX-License-Identifier: BSD-3-Clause */
/* Tests of what is printed of a message inside IP: the header is made here, the message and its line stand in the test. */
#ifndef SYNFIN_UNIT_LINES_MESSAGE_H
#define SYNFIN_UNIT_LINES_MESSAGE_H

#include <string.h>

#include "base/checksum.h"
#include "lines_text.h"

struct example {
	unsigned verbose;
	const char *bytes;   /* of the message; the literal's NUL is not part of it */
	size_t size;
	size_t captured;     /* of the message; 0: all */
	const char *line;    /* what is printed after the addresses */
};
#define BYTES(literal) literal, sizeof(literal) - 1

/* 10.0.0.1 > 10.0.0.2. Returns the header's size. */
static inline size_t put_ipv4_header(uint8_t *at, uint8_t protocol, size_t payload)
{
	static const uint8_t model[20] = { 0x45, 0, 0, 0, 0, 1, 0, 0, 64, 0, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2 };
	memcpy(at, model, sizeof model);
	size_t total = sizeof model + payload;
	at[2] = (uint8_t)(total >> 8);
	at[3] = (uint8_t)total;
	at[9] = protocol;
	uint16_t sum = (uint16_t)~checksum_fold(checksum_add(0, at, sizeof model));
	at[10] = (uint8_t)(sum >> 8);
	at[11] = (uint8_t)sum;
	return sizeof model;
}

/* fe80::1 > ff02::1 */
static inline size_t put_ipv6_header(uint8_t *at, uint8_t protocol, size_t payload)
{
	static const uint8_t model[40] = { 0x60, [7] = 255, [8] = 0xfe, [9] = 0x80, [23] = 1, [24] = 0xff, [25] = 0x02, [39] = 1 };
	memcpy(at, model, sizeof model);
	at[4] = (uint8_t)(payload >> 8);
	at[5] = (uint8_t)payload;
	at[6] = protocol;
	return sizeof model;
}

/* 1000 > port, data only. */
static inline size_t put_transport_header(uint8_t *at, uint8_t protocol, uint16_t port, size_t payload)
{
	static const uint8_t tcp[20] = { 0x03, 0xe8, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0x50, 0x18, 2, 0 };
	size_t size = protocol == 6 ? sizeof tcp : 8;
	memcpy(at, tcp, size);
	at[2] = (uint8_t)(port >> 8);
	at[3] = (uint8_t)port;
	if (protocol == 17) {
		at[4] = (uint8_t)((payload + 8) >> 8);
		at[5] = (uint8_t)(payload + 8);
		at[6] = at[7] = 0;
	}
	return size;
}

/*
 * The example's line is what comes after `before` (the addresses), whatever is said of the IP header before that. port is 0 if the
 * message stands right after the IP header.
 */
static inline void expect_example(int version, uint8_t protocol, uint16_t port, const char *before, const struct example *example)
{
	struct line_options options = { .numeric = 1, .time = LINE_TIME_NONE, .no_checksums = true, .verbose = example->verbose };
	uint8_t frame[2048];
	size_t transport = port ? (protocol == 6 ? 20u : 8u) : 0;
	size_t at = version == 4 ? put_ipv4_header(frame, protocol, transport + example->size)
				 : put_ipv6_header(frame, protocol, transport + example->size);

	if (port)
		at += put_transport_header(frame + at, protocol, port, example->size);
	memcpy(frame + at, example->bytes, example->size);
	size_t captured = at + (example->captured ? example->captured : example->size);
	struct synfin_packet packet = packet_of(SYNFIN_LINK_RAW, frame, (uint32_t)captured, (uint32_t)(at + example->size));

	struct line_printer *printer;
	struct output out;
	ck_assert_int_eq(line_printer_create(&printer, &options, NULL), 0);
	output_init(&out, NULL, NULL, 0);
	(void)line_text(printer, &packet, &out);
	const char *message = strstr(text_of(&out), before);
	ck_assert_ptr_nonnull(message);
	ck_assert_str_eq(message + strlen(before), example->line);
	output_free(&out);
	line_printer_destroy(printer);
}

#endif
