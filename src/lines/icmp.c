/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * ICMP (RFC 792, 950, 1256): one text for each message, its length, with -v its checksum if that is wrong, and the datagram that
 * an error quotes.
 *
 * The text is one piece: a message that is cut inside what its text needs shows nothing but [|icmp].
 */
#include "lines/carrier.h"
#include "lines/field.h"
#include "lines/icmp_extension.h"

enum {
	ECHO_REPLY = 0,
	UNREACHABLE = 3,
	SOURCE_QUENCH = 4,
	REDIRECT = 5,
	ECHO_REQUEST = 8,
	ROUTER_ADVERTISEMENT = 9,
	TIME_EXCEEDED = 11,
	PARAMETER_PROBLEM = 12,
	TIMESTAMP_REQUEST = 13,
	TIMESTAMP_REPLY = 14,
	MASK_REPLY = 18,
};

enum {
	QUOTED = 8,                           /* where an error's quoted datagram begins */
	QUOTED_PROTOCOL = QUOTED + 9,
	QUOTED_DESTINATION = QUOTED + 16,
};

static const char *const simple_names[] = {
	[SOURCE_QUENCH] = "source quench",
	[10] = "router solicitation",
	[15] = "information request",
	[16] = "information reply",
	[17] = "address mask request",
};

/* What stands before and after the unreachable address; codes 2 to 4 have functions. */
static const struct {
	const char *before;
	const char *after;
} unreachable_texts[] = {
	[0] = { "net ", "" },
	[1] = { "host ", "" },
	[5] = { "", " - source route failed" },
	[6] = { "net ", " - unknown" },
	[7] = { "host ", " - unknown" },
	[8] = { "", " - source host isolated" },
	[9] = { "net ", " - admin prohibited" },
	[10] = { "host ", " - admin prohibited" },
	[11] = { "net ", " - tos prohibited" },
	[12] = { "host ", " - tos prohibited" },
	[13] = { "host ", " - admin prohibited filter" },
	[14] = { "host ", " - host precedence violation" },
	[15] = { "host ", " - precedence cutoff" },
};
enum { UNREACHABLE_TEXTS = sizeof unreachable_texts / sizeof *unreachable_texts };

/* Soft truncation: the text that was begun is taken back by print_icmp(). */
static bool reaches(struct line *line, size_t size)
{
	if (!line_alive(line))
		return false;
	if (!field_present(line, 0, size))
		line->stop = true;
	return !line->stop;
}

static void put_port_unreachable(struct line *line)
{
	if (!reaches(line, QUOTED_PROTOCOL + 1))
		return;
	uint8_t protocol = field_u8(line, QUOTED_PROTOCOL);
	size_t header = (field_u8(line, QUOTED) & 0x0fu) * 4u;
	uint16_t port = field_u16(line, QUOTED + header + 2);

	put_field_ipv4(line, QUOTED_DESTINATION);
	if (protocol == 6) {
		put_text(line, " tcp port ");
		put_tcp_port(line, port);
	} else if (protocol == 17) {
		put_text(line, " udp port ");
		put_udp_port(line, port);
	} else {
		put_text(line, " protocol ");
		put_decimal(line, protocol);
		put_text(line, " port ");
		put_decimal(line, port);
	}
	put_text(line, " unreachable");
}

static void put_need_fragment(struct line *line)
{
	uint16_t mtu = field_u16(line, 6);
	put_field_ipv4(line, QUOTED_DESTINATION);
	put_text(line, " unreachable - need to frag");
	if (mtu != 0)
		put_format(line, " (mtu %u)", mtu);
}

static void put_unreachable(struct line *line, uint8_t code)
{
	if (code == 2) {
		put_field_ipv4(line, QUOTED_DESTINATION);
		put_format(line, " protocol %u unreachable", field_u8(line, QUOTED_PROTOCOL));
	} else if (code == 3) {
		put_port_unreachable(line);
	} else if (code == 4) {
		put_need_fragment(line);
	} else if (code < UNREACHABLE_TEXTS) {
		put_text(line, unreachable_texts[code].before);
		put_field_ipv4(line, QUOTED_DESTINATION);
		put_text(line, " unreachable");
		put_text(line, unreachable_texts[code].after);
	} else {
		put_field_ipv4(line, QUOTED_DESTINATION);
		put_format(line, " unreachable - #%u", code);
	}
}

static void put_redirect(struct line *line, uint8_t code)
{
	static const char *const before[] = { "redirect ", "redirect ", "redirect-tos ", "redirect-tos " };
	static const char *const after[] = { " to net ", " to host ", " to net ", " to host " };

	if (code < sizeof before / sizeof *before)
		put_text(line, before[code]);
	else
		put_format(line, "redirect-#%u ", code);
	put_field_ipv4(line, QUOTED_DESTINATION);
	put_text(line, code < sizeof after / sizeof *after ? after[code] : " to ");
	put_field_ipv4(line, 4);
}

/* The lifetime as a clock, and the routers with their preferences if they have the size that RFC 1256 gives them. */
static void put_router_advertisement(struct line *line)
{
	enum { ENTRY_WORDS = 2 };
	if (!reaches(line, 8))
		return;
	uint8_t count = field_u8(line, 4);
	uint8_t words = field_u8(line, 5);
	uint16_t lifetime = field_u16(line, 6);

	put_text(line, "router advertisement lifetime ");
	if (lifetime < 60)
		put_decimal(line, lifetime);
	else if (lifetime < 3600)
		put_format(line, "%u:%02u", lifetime / 60u, lifetime % 60u);
	else
		put_format(line, "%u:%02u:%02u", lifetime / 3600u, lifetime % 3600u / 60, lifetime % 60u);
	put_format(line, " %u:", count);
	if (words != ENTRY_WORDS) {
		put_format(line, " [size %u]", words);
		return;
	}
	for (size_t i = 0; i < count && reaches(line, 16 + i * 8); i++) {
		put_text(line, " {");
		put_field_ipv4(line, 8 + i * 8);
		put_format(line, " %u}", field_u32(line, 12 + i * 8));
	}
}

static void put_time_exceeded(struct line *line, uint8_t code)
{
	if (!reaches(line, QUOTED + 20))
		return;
	if (code == 0)
		put_text(line, "time exceeded in-transit");
	else if (code == 1)
		put_text(line, "ip reassembly time exceeded");
	else
		put_format(line, "time exceeded-#%u", code);
}

/* Milliseconds since midnight, if the sender meant it so. */
static void put_milliseconds(struct line *line, const char *name, size_t offset)
{
	uint32_t value = field_u32(line, offset);
	uint32_t seconds = value / 1000;
	put_format(line, " %s %02u:%02u:%02u.%03u", name, seconds / 3600, seconds % 3600 / 60, seconds % 60, value % 1000);
}

static void put_timestamp_reply(struct line *line)
{
	if (!reaches(line, 20))
		return;
	put_format(line, "time stamp reply id %u seq %u:", field_u16(line, 4), field_u16(line, 6));
	put_milliseconds(line, "org", 8);
	put_char(line, ',');
	put_milliseconds(line, "recv", 12);
	put_char(line, ',');
	put_milliseconds(line, "xmit", 16);
}

static void put_message(struct line *line, uint8_t type, uint8_t code)
{
	switch (type) {
	case ECHO_REPLY:
	case ECHO_REQUEST: {
		uint16_t id = field_u16(line, 4), sequence = field_u16(line, 6);
		put_text(line, type == ECHO_REQUEST ? "echo request, id " : "echo reply, id ");
		put_decimal(line, id);
		put_text(line, ", seq ");
		put_decimal(line, sequence);
		break;
	}
	case UNREACHABLE:
		put_unreachable(line, code);
		break;
	case REDIRECT:
		put_redirect(line, code);
		break;
	case ROUTER_ADVERTISEMENT:
		put_router_advertisement(line);
		break;
	case TIME_EXCEEDED:
		put_time_exceeded(line, code);
		break;
	case PARAMETER_PROBLEM:
		if (code != 0)
			put_format(line, "parameter problem - code %u", code);
		else
			put_format(line, "parameter problem - octet %u", field_u8(line, 4));
		break;
	case TIMESTAMP_REQUEST:
		put_format(line, "time stamp query id %u seq %u", field_u16(line, 4), field_u16(line, 6));
		break;
	case TIMESTAMP_REPLY:
		put_timestamp_reply(line);
		break;
	case MASK_REPLY:
		put_format(line, "address mask is 0x%08x", field_u32(line, 8));
		break;
	default:
		if (type < sizeof simple_names / sizeof *simple_names && simple_names[type])
			put_text(line, simple_names[type]);
		else
			put_format(line, "type-#%u", type);
	}
}

/* Only a message that is whole can be wrong. */
static void put_checksum(struct line *line, const struct synfin_layer *layer)
{
	if (line->packet->ip.fragment || layer->captured < layer->length)
		return;
	uint16_t folded = checksum_fold(checksum_add(0, line->at.base, layer->length));
	if (folded == 0xffff)
		return;
	uint16_t field = field_u16(line, 2);
	put_format(line, " (wrong icmp cksum %x (->%x)!)", field, checksum_should_be(field, folded));
}

static bool quotes(uint8_t type)
{
	return type == UNREACHABLE || type == SOURCE_QUENCH || type == REDIRECT || type == TIME_EXCEEDED
		|| type == PARAMETER_PROBLEM;
}

/* What is quoted ends where its own header says, not where the message ends: extensions may follow it. */
static void put_quoted(struct line *line)
{
	put_text(line, "\n\t");
	uint16_t length = field_u16(line, QUOTED + 2);
	/* tcpdump reads this field again when the datagram ends where it says: one that ends before the field is cut here. */
	if (length < 4)
		line->at.fault = true;
	if (!line_alive(line))
		return;
	line->at.pos = line->at.base + QUOTED;
	line_quoted(line, 4, length);
	line_protocol(line, "icmp");
}

void print_icmp(struct line *line, const struct synfin_layer *layer)
{
	size_t start = output_length(line->out);
	uint8_t type = field_u8(line, 0), code = field_u8(line, 1);

	put_text(line, "ICMP ");
	put_message(line, type, code);
	if (!line_alive(line) || line->stop) {
		output_truncate(line->out, start);
		line_truncated(line);
		return;
	}
	put_text(line, ", length ");
	put_decimal(line, line->length);
	if (line->options->verbose == 0)
		return;
	put_checksum(line, layer);
	if (!line_alive(line) || !quotes(type))
		return;
	put_quoted(line);
	if (line_alive(line) && !line->stop && (type == UNREACHABLE || type == TIME_EXCEEDED || type == PARAMETER_PROBLEM))
		print_icmp_extension(line);
}
