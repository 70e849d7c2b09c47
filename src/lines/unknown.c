/* SPDX-License-Identifier: BSD-3-Clause */
/* Payloads that have no printer: the link header, which tells what they are, and a dump. */
#include "lines/print.h"

void print_unknown_ethertype(struct line *line, const struct synfin_layer *layer)
{
	const struct synfin_packet *packet = line->packet;
	const struct synfin_layer *header = &packet->layers[vlan_carrier(line, line->index)];
	if (!line->options->link_header) {
		if (header->kind == SYNFIN_LAYER_ETHERNET) {
			/* The type of the innermost tag, the length of the whole. */
			put_ethernet_header(line, packet->bytes + header->offset, layer->type, header->length);
		} else if ((header->kind == SYNFIN_LAYER_SLL || header->kind == SYNFIN_LAYER_SLL2) && layer->type > ETHERNET_LENGTH_MAX) {
			put_cooked_header(line, header, layer->length + header->header);
		}
	}
	line_default_dump(line);
}

void print_unknown_link(struct line *line, const struct synfin_layer *layer)
{
	(void)layer;
	line_default_dump(line);
}
