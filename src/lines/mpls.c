/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * MPLS label stacks (RFC 3032).
 *
 *     MPLS (label 16, tc 0, ttl 64) (label 17, tc 5, [S], ttl 64) IP ...
 *
 * With -v every label but the first, and the payload, begin a line of their own, and reserved labels have their names.
 */
#include "lines/print.h"

static const char *label_name(uint32_t label)
{
	switch (label) {
	case 0:
		return "IPv4 explicit NULL";
	case 1:
		return "router alert";
	case 2:
		return "IPv6 explicit NULL";
	case 3:
		return "implicit NULL";
	default:
		return label < 16 ? "rsvd" : NULL;
	}
}

static void put_separator(struct line *line)
{
	put_text(line, line->options->verbose ? "\n\t" : " ");
}

static void put_label(struct line *line, uint32_t entry)
{
	uint32_t label = entry >> 12;
	const char *name = line->options->verbose ? label_name(label) : NULL;
	put_text(line, "(label ");
	put_decimal(line, label);
	if (name) {
		put_text(line, " (");
		put_text(line, name);
		put_char(line, ')');
	}
	put_text(line, ", tc ");
	put_decimal(line, entry >> 9 & 7);
	if (entry & 0x100)
		put_text(line, ", [S]");
	put_text(line, ", ttl ");
	put_decimal(line, entry & 0xff);
	put_char(line, ')');
}

void print_mpls(struct line *line, const struct synfin_layer *layer)
{
	uint32_t left = layer->length;
	uint32_t entry = 0;
	put_text(line, "MPLS");
	for (bool first = true; !(entry & 0x100); first = false) {
		if (left < 4) {
			put_text(line, " (invalid)");
			cursor_skip(&line->at, left);
			line->stop = true;
			return;
		}
		entry = cursor_u32(&line->at);
		if (!line_alive(line))
			return;
		left -= 4;
		if (first)
			put_char(line, ' ');
		else
			put_separator(line);
		put_label(line, entry);
	}
	if (layer->next) {
		put_separator(line);
	} else if (left > 0) {
		struct cursor look = line->at;
		(void)cursor_u8(&look);
		if (!cursor_ok(&look)) {
			line->at = look;
		} else if (!line->options->suppress_default) {
			/* This dump wants all that is declared. */
			line_dump(line);
			cursor_skip(&line->at, left);
		}
	}
}
