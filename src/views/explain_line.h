/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * tcpdump's line taken apart again: where each field stands in it, and the rulers that show that.
 *
 * The printers of src/lines give text, not fields, since tcpdump's line is what they are held to. What is looked for here is
 * their fixed grammar: `A > B: Flags [..], seq .., ack .., win .., urg .., options [..], length ..`.
 */
#ifndef SYNFIN_VIEWS_EXPLAIN_LINE_H
#define SYNFIN_VIEWS_EXPLAIN_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <synfin/packet.h>

#include "base/output.h"
#include "lines/line.h"

enum explain_field {
	FIELD_TIME,
	FIELD_SOURCE,
	FIELD_DESTINATION,
	FIELD_FLAGS,
	FIELD_CHECKSUM,
	FIELD_SEQ,
	FIELD_ACK,
	FIELD_WINDOW,
	FIELD_URGENT,
	FIELD_OPTIONS,
	FIELD_LENGTH,
	EXPLAIN_FIELDS
};

/* Offsets in the line; length 0: it is not there. The keyword in front ("seq ") belongs to it. */
struct explain_span {
	size_t start, length;
};

struct explain_line {
	const char *text;
	size_t length;
	struct explain_span fields[EXPLAIN_FIELDS];
};

/* What a ruler and a row call a field, in the reader's language. With `opening` seq is the ISN. */
const char *explain_field_label(enum explain_field field, bool opening);

/* Find the fields of `packet` in its line of which `length` bytes end with the TCP summary. */
void explain_line_find(struct explain_line *line, const char *text, size_t length, const struct line_options *options, const struct synfin_packet *packet);
/* Write the line, folded to `width`, with a ruler under each piece that has fields. */
void explain_line_put(const struct explain_line *line, struct output *out, unsigned width, bool unicode, bool opening);
/* The decimal number at `skip` bytes behind the beginning of a field; false if there is none. */
bool explain_line_number(const struct explain_line *line, enum explain_field field, size_t skip, uint32_t *number);

#endif
