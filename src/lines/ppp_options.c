/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The options of PPP's control protocols (RFC 1661 s6, RFC 1332 s3, RFC 1962 s4, RFC 2125, RFC 5072): tables, and printers of those that
 * have more than a value.
 *
 *     	  MRU Option (0x01), length 4: 1492
 */
#include "lines/carrier.h"
#include "lines/field.h"
#include "lines/ppp_control.h"
#include "names/vendors.h"

void ppp_put_unknown(struct line *line, const char *indent, size_t at, size_t n)
{
	if (at > field_captured(line))
		put_format(line, "%sDissector error: print_unknown_data called with pointer past end of packet", indent);
	else
		put_hex_block(line, indent, at, n);
}

/* What the text of an option must not be without, and how it goes on. */
enum shape { PLAIN, BYTES, NUMBER, SHORT_HEXADECIMAL, HEXADECIMAL, ADDRESS, ADDRESSES, MAGIC, INTERFACE, SPECIAL };

struct option {
	uint8_t kind;
	uint8_t length; /* 0: any, or what the printer makes of it */
	bool resumes;   /* a wrong length does not end the packet */
	enum shape shape;
	const char *name;
	/* Of SPECIAL. Returns two before where the bytes begin that -vv shows; 0: its length is wrong, which is said. */
	size_t (*print)(struct line *line, size_t at, unsigned length);
};

/* " (length bogus, should be = 4)"; 0. */
static size_t put_bogus(struct line *line, const char *relation, unsigned length)
{
	put_format(line, " (length bogus, should be %s %u)", relation, length);
	return 0;
}

void ppp_put_vendor(struct line *line, const char *front, size_t at)
{
	uint32_t oui = (uint32_t)field_u16(line, at) << 8;
	oui |= field_u8(line, at + 2);
	const char *name = vendor_name(oui);
	put_format(line, "%sVendor: %s (%u)", front, name ? name : "Unknown", oui);
}

static void put_cut(struct line *line);

static size_t print_vendor_option(struct line *line, size_t at, unsigned length)
{
	if (length < 6)
		return put_bogus(line, ">=", 6);
	ppp_put_vendor(line, ": ", at + 2);
	return at;
}

static size_t print_authentication(struct line *line, size_t at, unsigned length)
{
	if (length < 4)
		return put_bogus(line, ">=", 4);
	unsigned protocol = field_u16(line, at + 2);
	put_text(line, ": ");
	switch (protocol) {
	case 0xc023:
		put_text(line, "PAP");
		break;
	case 0xc027:
		put_text(line, "SPAP");
		break;
	case 0xc227:
		put_text(line, "EAP");
		break;
	case 0xc223: {
		put_text(line, "CHAP");
		unsigned algorithm = field_u8(line, at + 4);
		if (algorithm == 5)
			put_text(line, ", MD5");
		else if (algorithm == 0x80 || algorithm == 0x81)
			put_format(line, ", MS-CHAPv%u", algorithm - 0x7f);
		else
			put_format(line, ", Unknown Auth Alg %u", algorithm);
		break;
	}
	default: {
		const char *name = ppp_protocol_name((uint16_t)protocol);
		put_text(line, name ? name : "Unknown Auth Proto (0x04x)");
		put_hex_block(line, "\n\t", at, length);
	}
	}
	return at;
}

static size_t print_quality(struct line *line, size_t at, unsigned length)
{
	if (length < 4)
		return put_bogus(line, ">=", 4);
	unsigned protocol = field_u16(line, at + 2);
	put_text(line, protocol == 0xc025 ? ": LQR" : ": unknown");
	return at;
}

static size_t print_callback(struct line *line, size_t at, unsigned length)
{
	static const char *const operations[] = { "UserAuth", "DialString", "LocalID", "E.164", "X.500", NULL, "CBCP" };

	if (length < 3)
		return put_bogus(line, ">=", 3);
	put_text(line, ": ");
	unsigned operation = field_u8(line, at + 2);
	const char *name = operation < sizeof operations / sizeof *operations ? operations[operation] : NULL;
	put_format(line, ": Callback Operation %s (%u)", name ? name : "Unknown", operation);
	return at;
}

static size_t print_endpoint(struct line *line, size_t at, unsigned length)
{
	static const char *const classes[] = { "Null", "Local", "IPv4", "MAC", "Magic-Num-Block", "PSNDN" };

	if (length < 3)
		return put_bogus(line, ">=", 3);
	unsigned class = field_u8(line, at + 2);
	if (class == 2 && length != 7)
		return put_bogus(line, "=", 7);
	if (class == 3 && length != 9)
		return put_bogus(line, "=", 9);
	if (class >= sizeof classes / sizeof *classes) {
		put_format(line, ": Unknown class %u", class);
		return at;
	}
	const uint8_t *address = class == 2 ? field_bytes(line, at + 3, 4) : class == 3 ? field_bytes(line, at + 3, 6) : NULL;
	put_format(line, ": %s", classes[class]);
	if (class == 2) {
		put_char(line, ' ');
		put_ipv4(line, address);
	} else if (class == 3 && address) {
		put_char(line, ' ');
		put_mac(line, address);
	}
	return at;
}

/* RFC 2507, RFC 3544: five numbers and suboptions. */
static size_t print_header_compression(struct line *line, size_t at, unsigned length)
{
	if (length < 14)
		return put_bogus(line, ">=", 14);
	if (!field_present(line, at + 4, 12)) {
		put_cut(line);
		return 0;
	}
	put_format(line, "\n\t    TCP Space %u, non-TCP Space %u, maxPeriod %u, maxTime %u, maxHdr %u", field_u16(line, at + 4),
		field_u16(line, at + 6), field_u16(line, at + 8), field_u16(line, at + 10), field_u16(line, at + 12));
	unsigned left = length - 14;
	put_format(line, "\n\t      Suboptions, length %u", left);
	for (at += 14; left >= 2; ) {
		if (!field_present(line, at, 2)) {
			put_cut(line);
			return 0;
		}
		unsigned kind = field_u8(line, at);
		unsigned size = field_u8(line, at + 1);
		if (kind == 0 || size == 0)
			break;
		put_format(line, "\n\t\t%s Suboption #%u, length %u", kind == 1 ? "RTP-Compression" : kind == 2 ? "Enhanced RTP-Compression" : "Unknown",
			kind, size);
		if (left < size) {
			put_format(line, " [remaining suboptions length %u < %u]", left, size);
			put_invalid(line);
			break;
		}
		left -= size;
		at += size;
	}
	return at;
}

static size_t print_compression(struct line *line, size_t at, unsigned length)
{
	if (length < 4)
		return put_bogus(line, ">=", 4);
	unsigned protocol = field_u16(line, at + 2);
	put_format(line, ": %s (0x%02x):", protocol == 0x2d ? "VJ-Comp" : protocol == 0x61 ? "IP Header Compression" : "Unknown", protocol);
	return protocol == 0x61 ? print_header_compression(line, at, length) : at;
}

static size_t print_bsd(struct line *line, size_t at, unsigned length)
{
	if (length < 3)
		return put_bogus(line, ">=", 3);
	unsigned byte = field_u8(line, at + 2);
	put_format(line, ": Version: %u, Dictionary Bits: %u", byte >> 5, byte & 31);
	return at;
}

static size_t print_mvrca(struct line *line, size_t at, unsigned length)
{
	if (length < 4)
		return put_bogus(line, ">=", 4);
	unsigned byte = field_u8(line, at + 2);
	unsigned contexts = field_u8(line, at + 3);
	put_format(line, ": Features: %u, PxP: %s, History: %u, #CTX-ID: %u", byte >> 6, byte & 0x20 ? "Enabled" : "Disabled", byte & 31, contexts);
	return at;
}

static size_t print_deflate(struct line *line, size_t at, unsigned length)
{
	if (length < 4)
		return put_bogus(line, ">=", 4);
	unsigned byte = field_u8(line, at + 2);
	unsigned check = field_u8(line, at + 3);
	put_format(line, ": Window: %uK, Method: %s (0x%x), MBZ: %u, CHK: %u", byte >> 4, (byte & 15) == 8 ? "zlib" : "unknown", byte & 15,
		check >> 2, check & 3);
	return at;
}

static const struct option link_options[] = {
	{ 0, 0, true, SPECIAL, "Vend-Ext", print_vendor_option }, { 1, 4, true, NUMBER, "MRU", NULL }, { 2, 6, true, HEXADECIMAL, "ACCM", NULL },
	{ 3, 0, true, SPECIAL, "Auth-Prot", print_authentication }, { 4, 0, false, SPECIAL, "Qual-Prot", print_quality },
	{ 5, 6, false, HEXADECIMAL, "Magic-Num", NULL }, { 6, 0, false, BYTES, "deprecated(6)", NULL }, { 7, 0, false, PLAIN, "PFC", NULL },
	{ 8, 0, false, PLAIN, "ACFC", NULL }, { 9, 0, false, BYTES, "FCS-Alt", NULL }, { 10, 0, false, BYTES, "SDP", NULL },
	{ 11, 0, false, BYTES, "Num-Mode", NULL },
	{ 12, 0, false, BYTES, "deprecated(12)", NULL }, { 13, 0, false, SPECIAL, "Call-Back", print_callback },
	{ 14, 0, false, BYTES, "deprecated(14)", NULL },
	{ 15, 0, false, BYTES, "deprecated(15)", NULL }, { 16, 0, false, BYTES, "deprecated(16)", NULL }, { 17, 4, false, NUMBER, "MRRU", NULL },
	{ 18, 0, false, BYTES, "12-Bit seq #", NULL }, { 19, 0, false, SPECIAL, "End-Disc", print_endpoint }, { 20, 0, false, BYTES, "Proprietary", NULL },
	{ 21, 0, false, BYTES, "DCE-Id", NULL }, { 22, 0, false, BYTES, "MP+", NULL }, { 23, 4, false, SHORT_HEXADECIMAL, "Link-Disc", NULL },
	{ 24, 0, false, BYTES, "LCP-Auth-Opt", NULL }, { 25, 0, false, BYTES, "COBS", NULL }, { 26, 0, false, BYTES, "Prefix-elision", NULL },
	{ 27, 0, false, BYTES, "Multilink-header-Form", NULL }, { 28, 0, false, BYTES, "I18N", NULL }, { 29, 0, false, BYTES, "SDL-over-SONET/SDH", NULL },
	{ 30, 0, false, BYTES, "PPP-Muxing", NULL },
};

static const struct option ip_options[] = {
	{ 1, 10, true, ADDRESSES, "IP-Addrs", NULL }, { 2, 0, false, SPECIAL, "IP-Comp", print_compression }, { 3, 6, false, ADDRESS, "IP-Addr", NULL },
	{ 4, 6, false, ADDRESS, "Home-Addr", NULL }, { 129, 6, false, ADDRESS, "Pri-DNS", NULL }, { 130, 6, false, ADDRESS, "Pri-NBNS", NULL },
	{ 131, 6, false, ADDRESS, "Sec-DNS", NULL }, { 132, 6, false, ADDRESS, "Sec-NBNS", NULL },
};

static const struct option ip6_options[] = { { 1, 10, true, INTERFACE, "Interface-ID", NULL } };

static const struct option compression_options[] = {
	{ 0, 0, false, BYTES, "OUI", NULL }, { 1, 0, false, BYTES, "Pred-1", NULL }, { 2, 0, false, BYTES, "Pred-2", NULL },
	{ 3, 0, false, BYTES, "Puddle", NULL },
	{ 16, 0, false, BYTES, "HP-PPC", NULL }, { 17, 0, false, BYTES, "Stac-LZS", NULL }, { 18, 0, false, BYTES, "MPPC", NULL },
	{ 19, 0, false, BYTES, "Gand-FZA", NULL },
	{ 20, 0, false, BYTES, "V.42bis", NULL }, { 21, 0, true, SPECIAL, "BSD-Comp", print_bsd }, { 23, 0, false, BYTES, "LZS-DCP", NULL },
	{ 24, 0, true, SPECIAL, "MVRCA", print_mvrca }, { 25, 0, false, BYTES, "DEC", NULL }, { 26, 0, true, SPECIAL, "Deflate", print_deflate },
	{ 255, 0, false, BYTES, "Reserved", NULL },
};

static const struct option bandwidth_options[] = { { 1, 6, true, MAGIC, "Favored-Peer", NULL } };

#define OPTIONS(table) (table), sizeof(table) / sizeof *(table)
static const struct family {
	uint16_t protocol;
	const struct option *options;
	size_t count;
	const char *cut;     /* what "[|...]" names */
	const char *unknown; /* an option without a name; NULL: it has a text of its own */
} families[] = {
	{ 0xc021, OPTIONS(link_options), "lcp", NULL },
	{ 0x8021, OPTIONS(ip_options), "ipcp", "unknown" },
	{ 0x8057, OPTIONS(ip6_options), "ip6cp", "unknown" },
	{ 0x80fd, OPTIONS(compression_options), "ccp", "Unknown" },
	{ 0xc02b, OPTIONS(bandwidth_options), "bacp", "Unknown" },
};

/* An option is cut: "[|lcp]", and the end. */
static void put_cut(struct line *line)
{
	const struct family *family = families;

	while (family->protocol != line->packet->layers[line->index].type)
		family++;
	put_format(line, "[|%s]", family->cut);
	line->stop = true;
}

/* What follows a value whose length is right; true if -v shows the bytes too. */
static bool put_value(struct line *line, const struct option *option, size_t at)
{
	switch (option->shape) {
	case NUMBER: {
		unsigned value = field_u16(line, at);
		put_format(line, ": %u", value);
		break;
	}
	case SHORT_HEXADECIMAL: {
		unsigned value = field_u16(line, at);
		put_format(line, ": 0x%04x", value);
		break;
	}
	case HEXADECIMAL:
	case MAGIC: {
		uint32_t value = field_u32(line, at);
		put_format(line, ": %s0x%08x", option->shape == MAGIC ? "Magic-Num " : "", value);
		break;
	}
	case ADDRESS: {
		const uint8_t *address = field_bytes(line, at, 4);
		put_text(line, ": ");
		put_ipv4(line, address);
		break;
	}
	case ADDRESSES: {
		const uint8_t *addresses = field_bytes(line, at, 8);
		put_text(line, ": src ");
		put_ipv4(line, addresses);
		put_text(line, ", dst ");
		put_ipv4(line, addresses ? addresses + 4 : NULL);
		break;
	}
	case INTERFACE: {
		const uint8_t *id = field_bytes(line, at, 8);
		if (id)
			put_format(line, ": %04x:%04x:%04x:%04x", bytes_u16(id), bytes_u16(id + 2), bytes_u16(id + 4), bytes_u16(id + 6));
		break;
	}
	default:
		return option->shape == BYTES;
	}
	return false;
}

/* One option. Returns its length; 0: no more can be read. */
static unsigned put_option(struct line *line, const struct family *family, size_t at)
{
	static const struct option nameless = { 0, 0, true, BYTES, NULL, NULL };
	const struct option *option = &nameless;

	if (!field_present(line, at, 2)) {
		put_cut(line);
		return 0;
	}
	unsigned kind = field_u8(line, at);
	unsigned length = field_u8(line, at + 1);
	for (size_t i = 0; i < family->count; i++)
		if (family->options[i].kind == kind)
			option = &family->options[i];
	const char *name = option->name ? option->name : family->unknown;
	if (!name) {
		put_format(line, "\n\tunknown LCP option 0x%02x", kind);
		return length < 2 ? 0 : length;
	}
	put_format(line, "\n\t  %s Option (0x%02x), length %u", name, kind, length);
	if (length < 2) {
		put_bogus(line, ">=", 2);
		return 0;
	}
	if (option->length > 0 && length != option->length) {
		put_bogus(line, "=", option->length);
		return option->resumes ? length : 0;
	}
	size_t bytes_at = option->shape == SPECIAL ? option->print(line, at, length) : at;
	if (bytes_at == 0)
		return option->resumes && !line->stop ? length : 0;
	bool bytes = put_value(line, option, at + 2);
	if (bytes || line->options->verbose > 1)
		ppp_put_unknown(line, "\n\t    ", bytes_at + 2, length - 2);
	return length;
}

void ppp_put_options(struct line *line, uint16_t protocol, size_t at, unsigned longest, unsigned left)
{
	const struct family *family = families;

	while (family < families + sizeof families / sizeof *families && family->protocol != protocol)
		family++;
	if (family == families + sizeof families / sizeof *families)
		return;
	while (left > 0 && line_alive(line)) {
		/* One that is longer than the packet goes without a word. */
		if (field_present(line, at, 2) && field_u8(line, at + 1) > longest)
			return;
		unsigned length = put_option(line, family, at);
		if (length == 0)
			return;
		if (left < length) {
			put_format(line, " [remaining options length %u < %u]", left, length);
			put_invalid(line);
			return;
		}
		left -= length;
		at += length;
	}
}
