/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * DNS (RFC 1035) over UDP and TCP, and multicast DNS (RFC 6762).
 *
 *     28+ [1au] A? www.example.com. (44)
 *     28 NXDomain*- 0/1/1 (97)
 *
 * A query shows its question, a response its answers; with -vv every section is shown. Reading goes on to the end of the IP packet, even if
 * that is beyond the length at the end of the line.
 */
#include "lines/application.h"
#include "lines/carrier.h"
#include "lines/dns.h"

enum {
	FLAG_RESPONSE = 0x8000,
	FLAG_AUTHORITATIVE = 0x0400,
	FLAG_TRUNCATED = 0x0200,
	FLAG_RECURSION_DESIRED = 0x0100,
	FLAG_RECURSION_AVAILABLE = 0x0080,
	FLAG_AUTHENTIC = 0x0020,
	FLAG_CHECKING_DISABLED = 0x0010,
	/* What has no place in a query. */
	FLAG_ODD_IN_QUERY = 0x06cf,
	OPCODE_INVERSE = 1,
};

enum section { QUESTIONS, ANSWERS, AUTHORITIES, ADDITIONALS, SECTIONS };

struct header {
	unsigned id;
	unsigned flags;
	unsigned opcode;
	unsigned counts[SECTIONS];
};

static const char *const opcodes[16] = {
	"", " inv_q", " stat", " op3", " notify", " update", " op6", " op7",
	" op8", " updateA", " updateD", " updateDA", " updateM", " updateMA", " zoneInit", " zoneRef",
};

/* Some without a blank, as tcpdump writes them. */
static const char *const codes[] = {
	"", " FormErr", " ServFail", " NXDomain", " NotImp", " Refused", " YXDomain", " YXRRSet",
	" NXRRSet", " NotAuth", " NotZone", " Resp11", " Resp12", " Resp13", " Resp14", " NoChange",
	" BadVers", "Resp17", " Resp18", " Resp19", " Resp20", "Resp21", " Resp22", " BadCookie",
};

/*
 * The upper bits of the response code, which OPT carries (RFC 6891 s6.1.3): of the first OPT that can be reached. 0 if there is none.
 */
static unsigned extended_code(const struct dns_message *message, const struct header *header)
{
	struct line *line = message->line;
	size_t at = message->start + DNS_HEADER;

	for (unsigned i = 0; i < header->counts[QUESTIONS]; i++) {
		at = dns_name_skip(line, at);
		if (at == DNS_NOWHERE)
			return 0;
		at += 4;
	}
	unsigned others = header->counts[ANSWERS] + header->counts[AUTHORITIES];
	for (unsigned i = 0; i < others + header->counts[ADDITIONALS]; i++) {
		at = dns_name_skip(line, at);
		if (at == DNS_NOWHERE || !field_present(line, at, 5))
			return 0;
		if (i >= others && field_u16(line, at) == DNS_TYPE_OPT)
			return (unsigned)field_u8(line, at + 4) << 4;
		if (!field_present(line, at, 10))
			return 0;
		at += 10 + (size_t)field_u16(line, at + 8);
	}
	return 0;
}

/* `count` records separated by commas; false if the message ends before. */
static bool put_records(const struct dns_message *message, size_t *at, const char *title, unsigned count)
{
	struct line *line = message->line;
	const char *separator = title;

	while (count > 0 && line_alive(line)) {
		/* The first answer is looked for even behind the end. */
		if (*at >= field_captured(line) && *separator)
			return false;
		put_text(line, separator);
		*at = dns_record_put(message, *at);
		if (*at == DNS_NOWHERE)
			return false;
		count--;
		separator = ",";
	}
	return count == 0;
}

static bool put_questions(const struct dns_message *message, size_t *at, unsigned count)
{
	struct line *line = message->line;
	for (unsigned i = 0; i < count && line_alive(line); i++) {
		if (i)
			put_char(line, ',');
		if (line->options->verbose > 1) {
			put_text(line, " q:");
			*at = dns_question_put(message, *at);
			if (*at == DNS_NOWHERE)
				return false;
		} else {
			*at = dns_name_skip(line, *at);
			if (*at == DNS_NOWHERE)
				return false;
			*at += 4;
		}
	}
	return true;
}

static bool put_response(const struct dns_message *message, const struct header *header)
{
	struct line *line = message->line;
	size_t at = message->start + DNS_HEADER;
	const unsigned *counts = header->counts;
	unsigned code = (header->flags & 0x0f) | extended_code(message, header);

	put_decimal(line, header->id);
	put_text(line, opcodes[header->opcode]);
	if (code < sizeof codes / sizeof *codes)
		put_text(line, codes[code]);
	else
		put_format(line, " Resp%u", code);
	put_text(line, header->flags & FLAG_AUTHORITATIVE ? "*" : "");
	put_text(line, header->flags & FLAG_RECURSION_AVAILABLE ? "" : "-");
	put_text(line, header->flags & FLAG_TRUNCATED ? "|" : "");
	put_text(line, header->flags & FLAG_AUTHENTIC ? "$" : "");
	if (counts[QUESTIONS] != 1)
		put_format(line, " [%uq]", counts[QUESTIONS]);
	if (!put_questions(message, &at, counts[QUESTIONS]))
		return false;
	put_format(line, " %u/%u/%u", counts[ANSWERS], counts[AUTHORITIES], counts[ADDITIONALS]);
	if (!put_records(message, &at, "", counts[ANSWERS]))
		return false;
	if (line->options->verbose < 2)
		return true;
	return put_records(message, &at, " ns:", counts[AUTHORITIES]) && put_records(message, &at, " ar:", counts[ADDITIONALS]);
}

static void put_odd_counts(struct line *line, const struct header *header)
{
	const unsigned *counts = header->counts;
	if (header->opcode == OPCODE_INVERSE) {
		if (counts[QUESTIONS])
			put_format(line, " [%uq]", counts[QUESTIONS]);
		if (counts[ANSWERS] != 1)
			put_format(line, " [%ua]", counts[ANSWERS]);
	} else {
		if (counts[ANSWERS])
			put_format(line, " [%ua]", counts[ANSWERS]);
		if (counts[QUESTIONS] != 1)
			put_format(line, " [%uq]", counts[QUESTIONS]);
	}
	if (counts[AUTHORITIES])
		put_format(line, " [%un]", counts[AUTHORITIES]);
	if (counts[ADDITIONALS])
		put_format(line, " [%uau]", counts[ADDITIONALS]);
}

static bool put_query(const struct dns_message *message, const struct header *header)
{
	struct line *line = message->line;
	size_t at = message->start + DNS_HEADER;
	const unsigned *counts = header->counts;

	put_decimal(line, header->id);
	put_text(line, opcodes[header->opcode]);
	put_text(line, header->flags & FLAG_RECURSION_DESIRED ? "+" : "");
	put_text(line, header->flags & FLAG_CHECKING_DISABLED ? "%" : "");
	if (header->flags & FLAG_ODD_IN_QUERY)
		put_format(line, " [b2&3=0x%x]", header->flags);
	put_odd_counts(line, header);

	for (unsigned i = 0; i < counts[QUESTIONS] && line_alive(line); i++) {
		if (at >= field_captured(line))
			return false;
		at = dns_question_put(message, at);
		if (at == DNS_NOWHERE)
			return false;
	}
	if (line->options->verbose < 2)
		return true;
	return put_records(message, &at, "", counts[ANSWERS]) && put_records(message, &at, " ns:", counts[AUTHORITIES]) &&
		put_records(message, &at, " ar:", counts[ADDITIONALS]);
}

/* `length` bytes of message behind `start`. */
static void put_message(struct line *line, size_t start, uint32_t length, bool multicast)
{
	struct dns_message message = { .line = line, .start = start, .multicast = multicast };
	struct header header;

	if (length < DNS_HEADER) {
		put_format(line, "domain [length %u < %d]", length, DNS_HEADER);
		put_invalid(line);
		return;
	}
	if (!field_present(line, start, DNS_HEADER)) {
		line_truncated(line);
		return;
	}
	header.id = field_u16(line, start);
	header.flags = field_u16(line, start + 2);
	header.opcode = header.flags >> 11 & 0x0f;
	for (unsigned i = 0; i < SECTIONS; i++)
		header.counts[i] = field_u16(line, start + 4 + 2u * i);

	if (!(header.flags & FLAG_RESPONSE ? put_response : put_query)(&message, &header)) {
		line_truncated(line);
		return;
	}
	put_format(line, " (%u)", length);
}

void print_domain_udp(struct line *line)
{
	line_protocol(line, "domain");
	application_widen(line);
	put_message(line, 0, line->length, false);
}

void print_domain_multicast(struct line *line)
{
	line_protocol(line, "domain");
	application_widen(line);
	put_message(line, 0, line->length, true);
}

/* Only a segment that begins with the length of one message and holds just that is understood (RFC 1035 s4.2.2). */
void print_domain_tcp(struct line *line)
{
	line_protocol(line, "domain");
	application_widen(line);
	if (line->length < 2) {
		put_format(line, " [DNS over TCP: length %u < 2]", line->length);
		put_invalid(line);
		return;
	}
	unsigned prefix = field_u16(line, 0);
	uint32_t length = line->length - 2;
	if (prefix != length) {
		put_format(line, " [prefix length(%u) != length(%u)]", prefix, length);
		put_invalid(line);
		return;
	}
	put_char(line, ' ');
	put_message(line, 2, length, false);
}
