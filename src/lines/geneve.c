/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Geneve (RFC 8926), and the check it shares with VXLAN.
 *
 *     Geneve, Flags [C], vni 0x7b, options [8 bytes]: IP ...
 */
#include "lines/tunnel.h"

enum {
	HEADER = 8,
	ETHERNET = 0x6558,
};

static void put_flags(struct line *line, unsigned flags)
{
	static const char *const names[8] = { "O", "C", "R1", "R2", "R3", "R4", "R5", "R6" };

	put_text(line, ", Flags [");
	if (!flags)
		put_text(line, "none");
	for (unsigned i = 0; i < 8; i++) {
		if (flags & 0x80u >> i)
			put_text(line, names[i]);
	}
	put_char(line, ']');
}

/* Who gave out an option's type. */
static const char *class_name(unsigned class)
{
	static const char *const names[] = {
		"Linux", "Open vSwitch", "Open Virtual Networking (OVN)", "In-band Network Telemetry (INT)", "VMware",
	};

	if (class <= 0xff)
		return "Standard";
	if (class - 0x100 < sizeof names / sizeof *names)
		return names[class - 0x100];
	return class >= 0xfff0 ? "Experimental" : "Unknown";
}

/* `left` bytes of options, a multiple of 4. */
static void put_options(struct line *line, uint32_t left)
{
	const char *separator = "";

	while (left > 0 && line_alive(line)) {
		unsigned class = cursor_u16(&line->at);
		unsigned type = cursor_u8(&line->at);
		uint32_t size = 4 + (cursor_u8(&line->at) & 0x1fu) * 4;

		put_format(line, "%sclass %s (0x%x) type 0x%x%s len %u", separator, class_name(class), class, type, type & 0x80 ? "(C)" : "",
			size);
		separator = ", ";
		if (size > left) {
			put_text(line, " [bad length]");
			return;
		}
		if (line->options->verbose > 1 && size > 4) {
			put_text(line, " data");
			for (uint32_t i = 4; i < size; i += 4)
				put_format(line, " %08x", cursor_u32(&line->at));
		} else {
			cursor_skip(&line->at, size - 4);
		}
		left -= size;
	}
}

void tunnel_check_ethernet(struct line *line, uint32_t length)
{
	/* UDP's layer has what was captured up to the end of the IP datagram. */
	const struct synfin_layer *udp = &line->packet->layers[line->index - 1];
	uint32_t before = line->packet->layers[line->index].offset - udp->offset + (uint32_t)cursor_offset(&line->at);
	uint32_t captured = udp->captured > before ? udp->captured - before : 0;

	if (length < captured && line_alive(line)) {
		put_format(line, "[length %u < caplen %u]", length, captured);
		put_invalid(line);
		line->stop = true;
	}
}

/* The options' place, which may be cut. false if the packet ends there. */
static bool put_option_list(struct line *line, uint32_t length, uint32_t options)
{
	if (length < options) {
		put_format(line, " truncated-geneve - %u bytes missing", options - length);
		line->stop = true;
		return false;
	}
	if (!options)
		return true;
	if (cursor_left(&line->at) < options) {
		line_truncated(line);
		return false;
	}
	struct cursor after = line->at;
	cursor_skip(&after, options);
	put_text(line, ", options [");
	if (line->options->verbose)
		put_options(line, options);
	else
		put_format(line, "%u bytes", options);
	put_char(line, ']');
	line->at = after;
	return true;
}

void print_geneve(struct line *line, const struct synfin_layer *layer)
{
	put_text(line, "Geneve");
	if (line->length < HEADER) {
		put_format(line, " [length %u < %u]", line->length, HEADER);
		put_invalid(line);
		line->stop = true;
		return;
	}
	if (layer->captured < HEADER) {
		line_truncated(line);
		return;
	}
	unsigned first = cursor_u8(&line->at);
	if (first >> 6) {
		put_format(line, " ERROR: unknown-version %u", first >> 6);
		line->stop = true;
		return;
	}
	unsigned flags = cursor_u8(&line->at);
	uint16_t protocol = cursor_u16(&line->at);
	uint32_t network = cursor_u24(&line->at);
	unsigned reserved = cursor_u8(&line->at);
	put_flags(line, flags);
	put_format(line, ", vni 0x%x", network);
	if (reserved)
		put_format(line, ", rsvd 0x%x", reserved);
	if (line->options->link_header) {
		const char *name = ethertype_name(protocol);
		put_format(line, ", proto %s (0x%04x)", name ? name : "unknown", protocol);
	}
	uint32_t options = (first & 0x3f) * 4;
	if (!put_option_list(line, line->length - HEADER, options))
		return;
	put_text(line, line->options->verbose ? "\n\t" : ": ");
	const struct synfin_layer *next = &line->packet->layers[line->index + 1];
	if (protocol == ETHERNET) {
		tunnel_check_ethernet(line, line->length - HEADER - options);
	} else if (line->index + 1u >= line->packet->layer_count || next->kind == SYNFIN_LAYER_UNKNOWN_ETHERTYPE) {
		put_format(line, "geneve-proto-0x%x", protocol);
		line->stop = true;
	}
}
