/* SPDX-License-Identifier: BSD-3-Clause */
/* What the printers of DNS, DHCP and NTP share. */
#include "lines/application.h"

#include "lines/field.h"

enum { UDP_HEADER = 8 };

/* The UDP or TCP layer declares what the IP length leaves of the packet, the one with the data what the UDP length leaves of that. */
void application_widen(struct line *line)
{
	const struct synfin_packet *packet = line->packet;
	unsigned index = line->index < packet->layer_count ? line->index : packet->layer_count - 1u;
	const struct synfin_layer *layer = &packet->layers[index];
	uint32_t begin = layer->offset;

	/* An empty datagram has no layer of data: what is found here is its header. */
	if (layer->kind == SYNFIN_LAYER_UDP)
		begin += UDP_HEADER;
	else if (index > 0)
		layer--;
	uint32_t end = layer->offset + layer->captured;
	if (line_alive(line) && end >= begin)
		line->at = cursor_over(packet->bytes + begin, end - begin);
}

bool put_visible_bytes(struct line *line, size_t offset, size_t n)
{
	size_t captured = field_captured(line);
	size_t there = offset < captured ? captured - offset : 0;
	size_t shown = n < there ? n : there;

	for (size_t i = 0; i < shown; i++)
		put_visible(line, field_u8(line, offset + i));
	return n <= there;
}

bool put_visible_string(struct line *line, size_t offset, size_t n)
{
	for (size_t i = 0; i < n && field_present(line, offset + i, 1); i++) {
		uint8_t byte = field_u8(line, offset + i);
		if (byte == 0)
			return true;
		put_visible(line, byte);
	}
	return false;
}

void put_span(struct line *line, uint32_t seconds)
{
	static const struct {
		uint32_t seconds;
		char letter;
	} units[] = {
		{ 31536000, 'y' }, { 604800, 'w' }, { 86400, 'd' }, { 3600, 'h' }, { 60, 'm' }, { 1, 's' },
	};

	if (seconds == 0)
		put_text(line, "0s");
	for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
		if (seconds < units[i].seconds)
			continue;
		put_decimal(line, seconds / units[i].seconds);
		put_char(line, units[i].letter);
		seconds %= units[i].seconds;
	}
}
