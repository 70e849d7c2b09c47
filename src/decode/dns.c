/* SPDX-License-Identifier: BSD-3-Clause */
#include "decode/dns.h"

#include <string.h>

#include "base/bytes.h"

enum {
	FLAG_RESPONSE = 0x8000,
	FLAGS_OPCODE_AND_CODE = 0x780f,
	CLASS_IN = 1,
	CLASS_FLUSH = 0x8000,   /* RFC 6762 s10.2 */
	TYPE_A = 1,
	TYPE_CNAME = 5,
	TYPE_PTR = 12,
	TYPE_AAAA = 28,
	NAME_ROOM = 255,
	/* What a message may take: names lead through others, and a frame has room for thousands. Bytes of labels are of all names together. */
	RECORDS_MOST = 32,
	POINTERS_MOST = 10,
	LABELS_MOST = 4096,
};

/* Labels with dots between them; what no host's name has, a dot within a label too, is a backslash. Capitals are small letters. */
struct name {
	char text[NAME_ROOM];
	size_t length;
};

struct reader {
	struct cursor message;  /* all of it */
	struct cursor at;
	bool multicast;
	size_t labels;          /* bytes of labels that have been read */
	struct name asked, current; /* `current`: where the chain of CNAMEs has led */
	dns_answer_fn *each;
	void *context;
};

struct record {
	struct name owner;
	uint16_t type;
	uint16_t class;
	struct cursor data;
};

static bool put_label(struct name *name, const uint8_t *label, size_t length)
{
	if (name->length + length + 1 > NAME_ROOM)
		return false;
	if (name->length)
		name->text[name->length++] = '.';
	for (size_t i = 0; i < length; i++) {
		char c = (char)label[i];
		if (c >= 'A' && c <= 'Z')
			c = (char)(c | 0x20);
		name->text[name->length++] = c > ' ' && c < 0x7f && c != '.' ? c : '\\';
	}
	return true;
}

/* The name at *at, which goes behind it. false if there is none. */
static bool read_name(struct reader *reader, struct cursor *at, struct name *name)
{
	struct cursor from = *at;
	size_t before = (size_t)(from.pos - reader->message.base);
	unsigned pointers = 0;
	name->length = 0;
	for (;;) {
		unsigned first = cursor_u8(&from);
		bool pointer = first >= 0xc0;
		size_t target = pointer ? (first & 0x3f) << 8 | cursor_u8(&from) : 0;
		if (!cursor_ok(&from) || (first > 63 && !pointer))
			return false;
		if ((first == 0 || pointer) && pointers == 0)
			*at = from;
		if (first == 0)
			return true;
		if (!pointer) {
			const uint8_t *label = cursor_take(&from, first);
			reader->labels += first;
			if (!label || reader->labels > LABELS_MOST || !put_label(name, label, first))
				return false;
			continue;
		}
		/* Each leads further back, so that every name ends. */
		if (target >= before || ++pointers > POINTERS_MOST)
			return false;
		before = target;
		from = reader->message;
		cursor_skip(&from, target);
	}
}

static bool same(const struct name *one, const struct name *other)
{
	return one->length == other->length && memcmp(one->text, other->text, one->length) == 0;
}

static bool read_record(struct reader *reader, struct record *record)
{
	if (!read_name(reader, &reader->at, &record->owner))
		return false;
	record->type = cursor_u16(&reader->at);
	record->class = cursor_u16(&reader->at);
	cursor_skip(&reader->at, 4);
	uint16_t length = cursor_u16(&reader->at);
	record->data = cursor_window(&reader->at, length);
	cursor_skip(&reader->at, length);
	return cursor_ok(&reader->at);
}

static bool ends_with(const struct name *name, const char *end)
{
	size_t n = strlen(end);
	return name->length > n && memcmp(name->text + name->length - n, end, n) == 0;
}

/* 4.3.2.1.in-addr.arpa: RFC 1035 s3.5 */
static bool address_of_ipv4(const char *at, const char *end, struct synfin_address *address)
{
	*address = (struct synfin_address){ { [10] = 0xff, [11] = 0xff } };
	for (unsigned i = 4; i-- > 0;) {
		unsigned value = 0, digits = 0;
		for (; at < end && *at >= '0' && *at <= '9' && digits < 3; digits++)
			value = value * 10 + (unsigned)(*at++ - '0');
		if (digits == 0 || value > 255 || at == end || *at++ != '.')
			return false;
		address->bytes[12 + i] = (uint8_t)value;
	}
	return at == end;
}

static int hex_value(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* b.a.9.8. ... .ip6.arpa: RFC 3596 s2.5 */
static bool address_of_ipv6(const char *at, const char *end, struct synfin_address *address)
{
	if (end - at != 64)
		return false;
	for (unsigned i = 0; i < 16; i++, at += 4) {
		int low = hex_value(at[0]), high = hex_value(at[2]);
		if (low < 0 || high < 0 || at[1] != '.' || at[3] != '.')
			return false;
		address->bytes[15 - i] = (uint8_t)(high << 4 | low);
	}
	return true;
}

static bool address_of(const struct name *name, struct synfin_address *address)
{
	static const char ipv4[] = "in-addr.arpa", ipv6[] = "ip6.arpa";
	const char *end = name->text + name->length;
	if (ends_with(name, ipv4))
		return address_of_ipv4(name->text, end - (sizeof ipv4 - 1), address);
	return ends_with(name, ipv6) && address_of_ipv6(name->text, end - (sizeof ipv6 - 1), address);
}

static void take_address(struct reader *reader, const struct name *name, struct cursor data, size_t size)
{
	struct synfin_address address = { { [10] = 0xff, [11] = 0xff } };
	const uint8_t *bytes = cursor_left(&data) == size ? cursor_take(&data, size) : NULL;
	if (!bytes)
		return;
	memcpy(address.bytes + sizeof address.bytes - size, bytes, size);
	reader->each(reader->context, &address, name->text, name->length, false);
}

/* The data of PTR and CNAME may lead anywhere before them in the message, but end with the record: not looked at, since the next one is. */
static void take_name(struct reader *reader, const struct name *name, struct cursor data)
{
	struct synfin_address address;
	struct name target;
	if (address_of(name, &address) && read_name(reader, &data, &target))
		reader->each(reader->context, &address, target.text, target.length, true);
}

static void take_record(struct reader *reader, const struct record *record)
{
	const struct name *name = reader->multicast ? &record->owner : &reader->asked;
	uint16_t class = reader->multicast ? record->class & (uint16_t)~CLASS_FLUSH : record->class;
	if (class != CLASS_IN || (!reader->multicast && !same(&record->owner, &reader->current)))
		return;
	struct cursor data = record->data;
	switch (record->type) {
	case TYPE_A:
		take_address(reader, name, data, 4);
		break;
	case TYPE_AAAA:
		take_address(reader, name, data, 16);
		break;
	case TYPE_PTR:
		take_name(reader, name, data);
		break;
	case TYPE_CNAME:
		if (!read_name(reader, &data, &reader->current))
			reader->current.length = 0;
		break;
	default:
		break;
	}
}

void dns_answers(const uint8_t *bytes, size_t length, bool multicast, dns_answer_fn *each, void *context)
{
	struct reader reader = { .message = cursor_over(bytes, length), .multicast = multicast, .each = each, .context = context };
	struct record record;
	reader.at = reader.message;
	cursor_skip(&reader.at, 2);
	unsigned flags = cursor_u16(&reader.at);
	unsigned questions = cursor_u16(&reader.at), records = cursor_u16(&reader.at);
	unsigned others = (unsigned)cursor_u16(&reader.at) + cursor_u16(&reader.at);
	if (!cursor_ok(&reader.at) || !(flags & FLAG_RESPONSE) || flags & FLAGS_OPCODE_AND_CODE || questions != !multicast)
		return;
	if (!multicast) {
		if (!read_name(&reader, &reader.at, &reader.asked))
			return;
		cursor_skip(&reader.at, 4);
		reader.current = reader.asked;
	} else {
		records += others;
	}
	for (unsigned i = 0; i < records && i < RECORDS_MOST && read_record(&reader, &record); i++)
		take_record(&reader, &record);
}
