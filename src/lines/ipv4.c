/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * IPv4.
 *
 *     IP (tos 0x0, ttl 64, id 1, offset 0, flags [DF], proto TCP (6), length 40)
 *         10.0.0.1.1000 > 10.0.0.2.2000: ...
 *
 * The parentheses come with -v, "IP " without -e. The addresses are printed here, except for the protocols that print them with their
 * ports.
 */
#include "base/checksum.h"
#include "lines/carrier.h"
#include "lines/ipv4_options.h"
#include "lines/print.h"

enum {
	HEADER = 20,
	OFFSET_MASK = 0x1fff,
	PROTOCOL_TCP = 6,
	PROTOCOL_UDP = 17,
	PROTOCOL_DCCP = 33,
	PROTOCOL_SCTP = 132,
};

static void put_addresses(struct line *line, const uint8_t *header)
{
	put_ipv4(line, header + 12);
	put_text(line, " > ");
	put_ipv4(line, header + 16);
	put_char(line, ':');
}

/* What stands there has a version that the layer below did not announce. */
static void put_wrong_version(struct line *line, unsigned version)
{
	if (version == 6)
		put_text(line, "IP6, wrong link-layer encapsulation");
	else
		put_format(line, "IP%u", version);
	put_invalid(line);
	line->stop = true;
}

static void put_flags(struct line *line, uint16_t fragment)
{
	static const char *const flags[8] = {
		"none", "+", "DF", "+, DF", "rsvd", "+, rsvd", "DF, rsvd", "+, DF, rsvd",
	};
	put_text(line, flags[fragment >> 13]);
}

static void put_checksum(struct line *line, const uint8_t *header, uint32_t size)
{
	uint16_t folded = checksum_fold(checksum_add(0, header, size));
	uint16_t found = bytes_u16(header + 10);

	if (folded != 0xffff)
		put_format(line, ", bad cksum %x (->%x)!", found, checksum_should_be(found, folded));
}

/* false if the packet ends here because an option was cut. */
static bool put_details(struct line *line, const struct synfin_layer *layer, const uint8_t *header, uint32_t size)
{
	static const char *const congestion[4] = { "", ",ECT(1)", ",ECT(0)", ",CE" };
	uint16_t fragment = bytes_u16(header + 6);
	bool whole = true;

	put_format(line, "(tos 0x%x%s", header[1], congestion[header[1] & 3]);
	if (header[8])
		put_format(line, ", ttl %u", header[8]);
	put_format(line, ", id %u, offset %u, flags [", bytes_u16(header + 4), (fragment & OFFSET_MASK) * 8u);
	put_flags(line, fragment);
	put_format(line, "], proto %s (%u), length %u", ip_protocol_title(header[9]), header[9], bytes_u16(header + 2));
	if (size > HEADER) {
		put_text(line, ", options (");
		whole = put_ipv4_options(line, size - HEADER);
		if (!whole)
			put_text(line, " [truncated-option]");
		put_char(line, ')');
	}
	if (!line->options->no_checksums && layer->captured >= size)
		put_checksum(line, header, size);
	put_text(line, ")\n    ");
	if (!whole) {
		put_addresses(line, header);
		put_char(line, ' ');
		line_truncated(line);
	}
	return whole && line_alive(line);
}

/* What follows the header: nothing yet for the protocols that print their hosts themselves. */
static void put_start(struct line *line, const struct synfin_layer *layer, const uint8_t *header, uint32_t size)
{
	uint8_t protocol = header[9];

	if (bytes_u16(header + 6) & OFFSET_MASK) {
		line->stop = true;
		if (line->options->quick > 1)
			return;
		put_addresses(line, header);
		const char *name = line->options->numeric ? NULL : ip_protocol_name(protocol);
		if (name)
			put_format(line, " %s", name);
		else
			put_format(line, " ip-proto-%u", protocol);
		return;
	}
	if (protocol != PROTOCOL_TCP && protocol != PROTOCOL_UDP && protocol != PROTOCOL_SCTP && protocol != PROTOCOL_DCCP) {
		put_addresses(line, header);
		put_char(line, ' ');
	}
	if (layer->captured < size) {
		put_format(line, " [remaining caplen(%u) < header length(%u)]", layer->captured, size);
		cursor_skip(&line->at, size); /* a hard truncation */
	}
}

/* false if the lengths leave nothing to print. */
static bool check_lengths(struct line *line, uint32_t size, uint32_t total)
{
	if (line->length < HEADER) {
		put_format(line, "truncated-ip %u", line->length);
		return false;
	}
	if (size < HEADER) {
		put_format(line, "bad-hlen %u", size);
		return false;
	}
	if (total > line->length)
		put_format(line, "truncated-ip - %u bytes missing! ", total - line->length);
	if (total < size) {
		put_format(line, "bad-len %u", total);
		return false;
	}
	return true;
}

void print_ipv4(struct line *line, const struct synfin_layer *layer)
{
	struct cursor look = line->at;
	uint8_t first = cursor_u8(&line->at);

	if (line_alive(line) && first >> 4 != 4) {
		put_wrong_version(line, first >> 4);
		return;
	}
	if (!line->options->link_header)
		put_text(line, "IP ");
	const uint8_t *header = cursor_take(&look, HEADER);
	if (!header) {
		line_truncated(line);
		return;
	}
	/* An ordinary header needs no second look; decode has found nothing wrong with it. */
	if (!layer->fault && layer->next == PROTOCOL_TCP && !line->options->verbose && !(bytes_u16(header + 6) & OFFSET_MASK))
		return;
	uint32_t size = (first & 0xfu) * 4;
	if (!check_lengths(line, size, bytes_u16(header + 2))) {
		line->stop = true;
		return;
	}
	line->at = look;
	if (line->options->verbose && !put_details(line, layer, header, size))
		return;
	put_start(line, layer, header, size);
}
