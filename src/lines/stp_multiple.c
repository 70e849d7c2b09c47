/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A BPDU of a multiple spanning tree (802.1s) or of shortest path bridging (802.1aq), behind its name: the flags of the
 * common tree and, with -v, all of it, a record for each instance, and the agreements of the latter.
 *
 *     	MSTI 1, Flags [Learn, Forward], port-role Designated
 */
#include "lines/stp.h"

#include "lines/carrier.h"
#include "lines/field.h"

/* Offsets in a BPDU. */
enum {
	AT_FLAGS = 4,
	AT_ROOT = 5,
	AT_COST = 13,
	AT_REGIONAL_ROOT = 17,
	AT_PORT = 25,
	AT_AGE = 27,
	AT_MAXIMUM = 29,
	AT_HELLO = 31,
	AT_DELAY = 33,
	AT_LENGTH_1 = 35,
	AT_LENGTH_3 = 36,
	AT_NAME = 39,
	AT_REVISION = 71,
	AT_DIGEST = 73,
	AT_INTERNAL_COST = 89,
	AT_BRIDGE = 93,
	AT_HOPS = 101,
	AT_INSTANCES = 102,
};

enum {
	VERSION_BRIDGING = 4,
	NAME = 32,
	DIGEST = 16,
	INSTANCE = 16,
	AGREEMENT_DIGEST = 20,
	LENGTH_4_MIN = 85,
};

/* Offsets from the second length. */
enum {
	AT_AUXILIARY_NAME = 3,
	AT_AUXILIARY_REVISION = 35,
	AT_AUXILIARY_DIGEST = 37,
	AT_AGREEMENT = 53,
	AT_FORMAT = 55,
	AT_CONVENTION = 56,
	AT_EDGES = 57,
	AT_AGREEMENT_DIGEST = 67,
};

static void put_bridge(struct line *line, const char *front, size_t at)
{
	const uint8_t *eight = field_bytes(line, at, 8);

	put_text(line, front);
	if (eight)
		put_format(line, "%04x.%02x:%02x:%02x:%02x:%02x:%02x", bytes_u16(eight), eight[2], eight[3], eight[4], eight[5], eight[6], eight[7]);
}

/* A name, up to its first NUL. */
static void put_name(struct line *line, size_t at)
{
	for (size_t end = at + NAME; at < end && line_alive(line); at++) {
		uint8_t byte = field_u8(line, at);
		if (byte == 0)
			return;
		put_visible(line, byte);
	}
}

static void put_digest(struct line *line, const uint8_t *digest, size_t n)
{
	for (size_t i = 0; digest && i < n; i++)
		put_hex(line, digest[i], 2);
}

static double seconds(struct line *line, size_t at)
{
	return field_u16(line, at) / 256.0;
}

static void put_common(struct line *line)
{
	unsigned role = field_u8(line, AT_FLAGS) >> 2 & 3;
	put_format(line, "\n\tport-role %s, ", stp_role_name(role));
	put_bridge(line, "CIST root-id ", AT_ROOT);
	uint32_t cost = field_u32(line, AT_COST);
	put_format(line, ", CIST ext-pathcost %u", cost);
	put_bridge(line, "\n\tCIST regional-root-id ", AT_REGIONAL_ROOT);
	unsigned port = field_u16(line, AT_PORT);
	put_format(line, ", CIST port-id %04x,", port);
	double age = seconds(line, AT_AGE), maximum = seconds(line, AT_MAXIMUM), hello = seconds(line, AT_HELLO), delay = seconds(line, AT_DELAY);
	put_format(line, "\n\tmessage-age %.2fs, max-age %.2fs, hello-time %.2fs, forwarding-delay %.2fs", age, maximum, hello, delay);
}

static void put_configuration(struct line *line, unsigned length)
{
	put_format(line, "\n\tv3len %u, MCID Name ", length);
	put_name(line, AT_NAME);
	unsigned revision = field_u16(line, AT_REVISION);
	const uint8_t *digest = field_bytes(line, AT_DIGEST, DIGEST);
	put_format(line, ", rev %u,\n\t\tdigest ", revision);
	put_digest(line, digest, DIGEST);
	put_text(line, ", ");
	uint32_t cost = field_u32(line, AT_INTERNAL_COST);
	put_format(line, "CIST int-root-pathcost %u,", cost);
	put_bridge(line, "\n\tCIST bridge-id ", AT_BRIDGE);
	put_text(line, ", ");
	unsigned hops = field_u8(line, AT_HOPS);
	put_format(line, "CIST remaining-hops %u", hops);
}

static void put_instance(struct line *line, size_t at)
{
	unsigned flags = field_u8(line, at);
	unsigned number = field_u16(line, at + 1) & 0xfff;
	put_format(line, "\n\tMSTI %u", number);
	stp_put_flags(line, ", Flags [", flags);
	put_format(line, ", port-role %s", stp_role_name(flags >> 2 & 3));
	uint32_t cost = field_u32(line, at + 9);
	put_bridge(line, "\n\t\tMSTI regional-root-id ", at + 1);
	put_format(line, ", pathcost %u", cost);
	unsigned bridge = field_u8(line, at + 13), port = field_u8(line, at + 14), hops = field_u8(line, at + 15);
	put_format(line, "\n\t\tMSTI bridge-prio %u, port-prio %u, hops %u", bridge >> 4, port >> 4, hops);
}

static void put_bridging(struct line *line, size_t at)
{
	unsigned length = field_u16(line, at);
	if (length < LENGTH_4_MIN || at + 2 + length > line->length) {
		put_invalid(line);
		return;
	}
	if (!line->options->verbose)
		return;
	put_format(line, "\n\tv4len %u, AUXMCID Name ", length);
	put_name(line, at + AT_AUXILIARY_NAME);
	unsigned revision = field_u16(line, at + AT_AUXILIARY_REVISION);
	const uint8_t *digest = field_bytes(line, at + AT_AUXILIARY_DIGEST, DIGEST);
	put_format(line, ", Rev %u,\n\t\tdigest ", revision);
	put_digest(line, digest, DIGEST);
	unsigned agreement = field_u8(line, at + AT_AGREEMENT);
	unsigned format = field_u8(line, at + AT_FORMAT);
	unsigned convention = field_u8(line, at + AT_CONVENTION);
	unsigned edges = field_u16(line, at + AT_EDGES);
	digest = field_bytes(line, at + AT_AGREEMENT_DIGEST, AGREEMENT_DIGEST);
	put_format(line, "\n\tAgreement num %u, Discarded Agreement num %u, Agreement valid-flag %u,\n\tRestricted role-flag: %u, ", agreement >> 6,
		agreement >> 4 & 3, agreement >> 3 & 1, agreement >> 2 & 1);
	put_format(line, "Format id %u cap %u, Convention id %u cap %u,", format >> 4, format, convention >> 4, convention);
	put_format(line, "\n\tEdge count %u, Agreement digest ", edges);
	put_digest(line, digest, AGREEMENT_DIGEST);
}

void stp_put_multiple(struct line *line, unsigned version)
{
	unsigned length = field_u16(line, AT_LENGTH_3);
	unsigned flags = field_u8(line, AT_FLAGS);
	size_t at = AT_INSTANCES;
	size_t end = AT_LENGTH_3 + 2 + length;

	/* The first length belongs to what 802.1D might have become. */
	if (field_u8(line, AT_LENGTH_1) != 0 || end > line->length) {
		put_invalid(line);
		return;
	}

	stp_put_flags(line, ", CIST Flags [", flags);
	put_format(line, ", length %u", line->length);
	if (line->options->verbose) {
		put_common(line);
		put_configuration(line, length);
	}
	for (; line->options->verbose && at + INSTANCE <= end && line_alive(line); at += INSTANCE)
		put_instance(line, at);
	if (version == VERSION_BRIDGING)
		put_bridging(line, end);
}
