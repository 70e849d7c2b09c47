/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Domain names: labels, compression pointers (RFC 1035 s4.1.4), bit strings (RFC 2673).
 *
 * A pointer must lead further back than the one before it, so that every name ends. But a frame has room for ten thousand names of two
 * bytes each, which may all lead through the same thousands of labels or pointers, or show the same 255 characters: minutes of work and
 * megabytes of text. So what names take is counted, and where it is out of all proportion to the frame the line ends as if it were
 * cut. Valid names in a frame of an Ethernet's size cannot take so much.
 */
#include "lines/application.h"
#include "lines/dns.h"

enum {
	LABEL_MASK = 0xc0,
	LABEL_POINTER = 0xc0,
	LABEL_EXTENDED = 0x40,
	LABEL_BITS = 0x41,
	POINTER_MASK = 0x3fff,
	/* RFC 1035 s2.3.4, dots included. */
	NAME_MAX_CHARACTERS = 255,
	/* What all names of a packet may take: a constant, and so much for each captured byte. A label takes its length, a pointer as much as a few. */
	NAMES_FREE = 65536,
	NAMES_PER_BYTE = 4,
	POINTER_TAKES = 8,
};

static bool spend(struct line *line, size_t work)
{
	if (!line_alive(line))
		return false;
	line->names_spent += (uint32_t)work;
	if (line->names_spent > NAMES_FREE + NAMES_PER_BYTE * line->packet->captured)
		line->at.fault = true;
	return line_alive(line);
}

static unsigned bits_of(struct line *line, size_t at)
{
	unsigned bits = field_u8(line, at);
	return bits ? bits : 256;
}

size_t dns_name_skip(struct line *line, size_t at)
{
	for (;;) {
		if (!field_present(line, at, 1))
			return DNS_NOWHERE;
		unsigned first = field_u8(line, at++);
		if (first == 0)
			return at;
		switch (first & LABEL_MASK) {
		case 0:
			at += first;
			break;
		case LABEL_POINTER:
			return at + 1;
		case LABEL_EXTENDED:
			if (first != LABEL_BITS || !field_present(line, at, 1))
				return DNS_NOWHERE;
			at += (bits_of(line, at) + 7) / 8 + 1;
			break;
		default:
			return DNS_NOWHERE;
		}
	}
}

/* How far the next label is from the byte behind the one at `at`; says why and returns DNS_NOWHERE if that cannot be told. */
static size_t label_length(struct line *line, size_t at)
{
	if (!field_present(line, at, 1))
		return DNS_NOWHERE;
	unsigned first = field_u8(line, at);
	switch (first & LABEL_MASK) {
	case 0:
		return first;
	case LABEL_POINTER:
		return 0;
	case LABEL_EXTENDED:
		if (first != LABEL_BITS) {
			put_format(line, "<ELT %u>", first & ~(unsigned)LABEL_MASK);
			return DNS_NOWHERE;
		}
		if (!field_present(line, at + 1, 1))
			return DNS_NOWHERE;
		return (bits_of(line, at + 1) + 7) / 8 + 1;
	default:
		put_text(line, "<BAD LABEL TYPE>");
		return DNS_NOWHERE;
	}
}

/* `at` is the count of bits; whole bytes, then what is left of them in as many digits as it takes. */
static void put_bits(struct line *line, size_t at)
{
	unsigned bits = bits_of(line, at++);
	unsigned left = bits;

	put_text(line, "\\[x");
	for (; left > 7; left -= 8)
		put_hex(line, field_u8(line, at++), 2);
	if (left > 0) {
		unsigned byte = field_u8(line, at) & (0xffu << (8 - left) & 0xffu);
		if (left > 4)
			put_hex(line, byte, 2);
		else
			put_hex(line, byte >> 4, 1);
	}
	put_format(line, "/%u]", bits);
}

/* A name that is being put. */
struct name {
	const struct dns_message *message;
	size_t at;          /* behind the first byte of a label */
	size_t length;      /* of that label */
	unsigned first;     /* that byte */
	size_t end;         /* of the name where it stands, not where pointers lead */
	size_t limit;       /* the next pointer must lead before this */
	size_t characters;
	bool compressed;
};

static bool follow_pointer(struct name *name)
{
	struct line *line = name->message->line;
	if (!name->compressed) {
		name->end = name->at + 1;
		name->compressed = true;
	}
	if (!field_present(line, name->at, 1) || !spend(line, POINTER_TAKES))
		return false;
	size_t target = (name->first << 8 | field_u8(line, name->at)) & POINTER_MASK;
	if (target >= name->limit) {
		put_text(line, "<BAD PTR>");
		return false;
	}
	name->limit = target;
	name->at = name->message->start + target;
	name->length = label_length(line, name->at);
	if (name->length == DNS_NOWHERE || !field_present(line, name->at, 1))
		return false;
	name->first = field_u8(line, name->at++);
	return true;
}

static bool put_label(struct name *name)
{
	struct line *line = name->message->line;

	if (!spend(line, name->length + 1))
		return false;
	if (name->first == LABEL_BITS) {
		put_bits(line, name->at);
	} else if (name->characters <= NAME_MAX_CHARACTERS) {
		size_t room = NAME_MAX_CHARACTERS - name->characters;
		if (!put_visible_bytes(line, name->at, name->length < room ? name->length : room))
			return false;
		name->characters += name->length;
	}
	if (name->characters <= NAME_MAX_CHARACTERS)
		put_char(line, '.');
	name->characters++;

	name->at += name->length;
	name->length = label_length(line, name->at);
	if (name->length == DNS_NOWHERE)
		return false;
	name->first = field_u8(line, name->at++);
	if (!name->compressed)
		name->end += name->length + 1;
	return true;
}

size_t dns_name_put(const struct dns_message *message, size_t at)
{
	struct line *line = message->line;
	struct name name = { .message = message, .end = DNS_NOWHERE, .limit = at - message->start };

	name.length = label_length(line, at);
	if (name.length == DNS_NOWHERE)
		return DNS_NOWHERE;
	name.first = field_u8(line, at);
	name.at = at + 1;
	if (name.first == 0) {
		put_char(line, '.');
		return name.at;
	}
	if ((name.first & LABEL_MASK) != LABEL_POINTER)
		name.end = name.at + name.length;
	while (name.first && name.at < field_captured(line) && line_alive(line)) {
		bool good = (name.first & LABEL_MASK) == LABEL_POINTER ? follow_pointer(&name) : put_label(&name);
		if (!good)
			return DNS_NOWHERE;
	}
	if (name.characters > NAME_MAX_CHARACTERS)
		put_text(line, "<DOMAIN NAME TOO LONG>");
	return name.end;
}

size_t put_domain_name(struct line *line, size_t start, size_t at)
{
	struct dns_message message = { .line = line, .start = start };
	size_t end = dns_name_put(&message, at);
	return end == DNS_NOWHERE ? 0 : end;
}
