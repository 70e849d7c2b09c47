/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * VLAN tags (IEEE 802.1Q, 802.1ad): seen with -e only.
 *
 *     vlan 10, p 3, DEI, ethertype IPv4 (0x0800),
 *
 * Behind a Linux cooked header the ethertype is short, but stands there without -e too; only 802.1Q is a tag there.
 */
#include "lines/print.h"

static void put_tag(struct line *line, uint16_t tag)
{
	put_text(line, "vlan ");
	put_decimal(line, tag & 0xfffu);
	put_text(line, ", p ");
	put_decimal(line, tag >> 13);
	if (tag & 0x1000)
		put_text(line, ", DEI");
	put_text(line, ", ");
}

bool vlan_is_tag(uint16_t type)
{
	return type == 0x8100 || type == 0x88a8 || type == 0x9100 || type == 0x9200;
}

unsigned vlan_carrier(const struct line *line, unsigned index)
{
	while (index > 0) {
		index--;
		if (line->packet->layers[index].kind != SYNFIN_LAYER_VLAN)
			break;
	}
	return index;
}

/* Behind a cooked header. */
static void print_cooked(struct line *line, const struct synfin_layer *link, uint16_t tag, uint16_t type)
{
	if (line->options->link_header)
		put_tag(line, tag);
	if (!line->options->quick) {
		const char *name = type > ETHERNET_LENGTH_MAX ? ethertype_name(type) : NULL;
		put_text(line, "ethertype ");
		put_text(line, name ? name : "Unknown");
		put_text(line, ", ");
	}
	if (vlan_is_tag(type) && type != 0x8100) {
		if (!line->options->link_header)
			put_cooked_header(line, link, line->length - 4 + link->header);
		line_default_dump(line);
		line->stop = true;
	}
}

void print_vlan(struct line *line, const struct synfin_layer *layer)
{
	const uint8_t *bytes = cursor_left(&line->at) >= 4 ? cursor_take(&line->at, 4) : NULL;
	const struct synfin_layer *carrier = &line->packet->layers[vlan_carrier(line, line->index)];
	bool outermost = line->link_header == layer->offset;
	if (!bytes) {
		line_truncated(line);
		if (outermost)
			line->link_header = line->packet->captured;
		return;
	}
	uint16_t tag = bytes_u16(bytes), type = bytes_u16(bytes + 2);
	if (outermost)
		line->link_header += 4;
	if (carrier->kind == SYNFIN_LAYER_SLL || carrier->kind == SYNFIN_LAYER_SLL2) {
		print_cooked(line, carrier, tag, type);
		return;
	}
	if (!line->options->link_header)
		return;
	put_tag(line, tag);
	if (vlan_is_tag(type) && cursor_left(&line->at) < 4)
		return;
	if (type != ETHERTYPE_JUMBO)
		put_type_field(line, type);
	if (type > ETHERNET_LENGTH_MAX && type != ETHERTYPE_JUMBO)
		put_text(line, ", ");
}
