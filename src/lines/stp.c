/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Spanning tree (IEEE 802.1D, 802.1w).
 *
 *     STP 802.1d, Config, Flags [none], bridge-id 8064.00:11:22:33:44:aa.8001, length 35
 *
 * stp_multiple.c has the rest for a multiple spanning tree (802.1s) or shortest path bridging (802.1aq).
 */
#include "lines/stp.h"

enum {
	VERSION_RAPID = 2,
	VERSION_MULTIPLE = 3,
	TYPE_CONFIG = 0x00,
	TYPE_RAPID = 0x02,
	TYPE_CHANGE = 0x80,
	CONFIG_LENGTH = 35,
	RAPID_LENGTH = 36,
	MULTIPLE_LENGTH = 102,
};

static const char *version_name(unsigned version)
{
	switch (version) {
	case 0:
		return "802.1d";
	case VERSION_RAPID:
		return "802.1w";
	case VERSION_MULTIPLE:
		return "802.1s";
	case 4:
		return "802.1aq";
	default:
		return NULL;
	}
}

void stp_put_flags(struct line *line, const char *front, unsigned flags)
{
	static const struct {
		unsigned bit;
		const char *name;
	} names[] = {
		{ 0x01, "Topology change" }, { 0x02, "Proposal" }, { 0x10, "Learn" }, { 0x20, "Forward" }, { 0x40, "Agreement" },
		{ 0x80, "Topology change ACK" },
	};
	const char *separator = "";
	put_text(line, front);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (flags & names[i].bit) {
			put_text(line, separator);
			put_text(line, names[i].name);
			separator = ", ";
		}
	}
	put_text(line, *separator ? "]" : "none]");
}

const char *stp_role_name(unsigned role)
{
	static const char *const names[] = { "Unknown", "Alternate", "Root", "Designated" };
	return names[role & 3];
}

static void put_bridge(struct line *line, const uint8_t *eight)
{
	if (eight)
		put_format(line, "%04x.%02x:%02x:%02x:%02x:%02x:%02x", bytes_u16(eight), eight[2], eight[3], eight[4], eight[5], eight[6], eight[7]);
}

/* 256ths of a second */
static double seconds(uint16_t value)
{
	return value / 256.0;
}

/* A configuration, from the flags on. */
static void print_configuration(struct line *line, unsigned version)
{
	unsigned flags = cursor_u8(&line->at);
	stp_put_flags(line, ", Flags [", flags);
	const uint8_t *root = cursor_take(&line->at, 8);
	uint32_t cost = cursor_u32(&line->at);
	const uint8_t *bridge = cursor_take(&line->at, 8);
	uint16_t port = cursor_u16(&line->at);
	put_text(line, ", bridge-id ");
	put_bridge(line, bridge);
	put_format(line, ".%04x, length %u", port, line->length);
	if (!line->options->verbose)
		return;
	uint16_t age = cursor_u16(&line->at), maximum = cursor_u16(&line->at), hello = cursor_u16(&line->at), delay = cursor_u16(&line->at);
	put_format(line, "\n\tmessage-age %.2fs, max-age %.2fs, hello-time %.2fs, forwarding-delay %.2fs\n\troot-id ", seconds(age),
	           seconds(maximum), seconds(hello), seconds(delay));
	put_bridge(line, root);
	put_format(line, ", root-pathcost %u", cost);
	if (version == VERSION_RAPID)
		put_format(line, ", port-role %s", stp_role_name(flags >> 2));
}

static void print_rapid(struct line *line, unsigned version)
{
	put_text(line, ", Rapid STP");
	if (version == VERSION_RAPID) {
		if (line->length < RAPID_LENGTH)
			put_text(line, " (invalid)");
		else
			print_configuration(line, version);
	} else if (version >= VERSION_MULTIPLE) {
		if (line->length < MULTIPLE_LENGTH) {
			put_text(line, " (invalid)");
			return;
		}
		stp_put_multiple(line, version);
	}
}

void print_stp(struct line *line, const struct synfin_layer *layer)
{
	(void)layer;
	unsigned llc = line->index;
	while (llc > 0 && line->packet->layers[llc].kind != SYNFIN_LAYER_LLC)
		llc--;
	line_cut_to_length_field(line, llc);
	if (line->length < 4) {
		put_text(line, " (invalid)");
		return;
	}
	uint16_t protocol = cursor_u16(&line->at);
	if (protocol != 0) {
		put_format(line, "unknown STP version, length %u", line->length);
		return;
	}
	unsigned version = cursor_u8(&line->at);
	const char *name = version_name(version);
	if (!name) {
		put_format(line, "STP Unknown STP protocol (0x%02x)", version);
		return;
	}
	put_format(line, "STP %s", name);
	unsigned type = cursor_u8(&line->at);
	switch (type) {
	case TYPE_CONFIG:
		put_text(line, ", Config");
		if (line->length < CONFIG_LENGTH)
			put_text(line, " (invalid)");
		else
			print_configuration(line, version);
		break;
	case TYPE_RAPID:
		print_rapid(line, version);
		break;
	case TYPE_CHANGE:
		put_text(line, ", Topology Change");
		break;
	default:
		put_format(line, ", Unknown BPDU Type (0x%02x)", type);
	}
}
