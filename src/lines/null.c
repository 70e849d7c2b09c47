/* SPDX-License-Identifier: BSD-3-Clause */
/* BSD loopback: four bytes of address family; and the link types without any header. */
#include "lines/print.h"

static const char *family_name(uint32_t family)
{
	switch (family) {
	case 2:
		return "IPv4";
	case 6:
		return "NS";
	case 7:
		return "ISO";
	case 16:
		return "Appletalk";
	case 23:
		return "IPX";
	case 24:
	case 28:
	case 30:
		return "IPv6";
	default:
		return NULL;
	}
}

/* The family in the byte order that gives a small number (decode/link.c); little-endian captures are the common ones. */
static uint32_t read_family(const uint8_t *bytes)
{
	uint32_t family = (uint32_t)bytes[3] << 24 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[1] << 8 | bytes[0];
	return family >> 16 ? bytes_u32(bytes) : family;
}

static void put_header(struct line *line, uint32_t family, uint32_t length)
{
	const char *name = family_name(family);
	if (line->options->quick && name) {
		put_text(line, name);
	} else if (line->options->quick) {
		put_text(line, "Unknown AF ");
		put_decimal(line, family);
	} else {
		put_text(line, "AF ");
		put_text(line, name ? name : "Unknown");
		put_text(line, " (");
		put_decimal(line, family);
		put_char(line, ')');
	}
	put_text(line, ", length ");
	put_decimal(line, length);
	put_text(line, ": ");
}

void print_null(struct line *line, const struct synfin_layer *layer)
{
	const uint8_t *bytes = cursor_take(&line->at, 4);
	line->link_header = 4;
	if (bytes && line->options->link_header)
		put_header(line, read_family(bytes), layer->length);
}

void print_raw(struct line *line, const struct synfin_layer *layer)
{
	(void)layer;
	if (line->options->link_header)
		put_text(line, "ip: ");
}

void print_unknown_family(struct line *line, const struct synfin_layer *layer)
{
	const struct synfin_layer *link = layer - 1;
	if (link->kind == SYNFIN_LAYER_RAW) {
		put_text(line, "unknown ip ");
		put_decimal(line, layer->type);
		return;
	}
	if (!line->options->link_header)
		put_header(line, read_family(line->packet->bytes + link->offset), link->length);
	line_default_dump(line);
}
