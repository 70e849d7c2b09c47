/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The options of EDNS (RFC 6891 s6.1.2): [NSID 6e73,COOKIE 0001020304050607]
 */
#include "lines/application.h"
#include "lines/carrier.h"
#include "lines/dns.h"

/* An option's data: never empty. */
struct option {
	const struct dns_message *message;
	size_t at;
	uint16_t length;
};

typedef void option_fn(struct line *line, const struct option *option);

static void put_bytes(struct line *line, const struct option *option)
{
	for (size_t i = 0; i < option->length; i++)
		put_hex(line, field_u8(line, option->at + i), 2);
}

static void put_algorithms(struct line *line, const struct option *option, const char *const *names, size_t count)
{
	for (size_t i = 0; i < option->length; i++) {
		unsigned number = field_u8(line, option->at + i);
		if (i)
			put_char(line, ' ');
		if (number < count && names[number])
			put_text(line, names[number]);
		else
			put_format(line, "Alg_%u", number);
	}
}

static void put_signatures(struct line *line, const struct option *option)
{
	static const char *const names[256] = {
		[0] = "DELETE",
		[1] = "RSAMD5",
		[2] = "DH",
		[3] = "DS",
		[5] = "RSASHA1",
		[6] = "DSA-NSEC3-SHA1",
		[7] = "RSASHA1-NSEC3-SHA1",
		[8] = "RSASHA256",
		[10] = "RSASHA512",
		[12] = "ECC-GOST",
		[13] = "ECDSAP256SHA256",
		[14] = "ECDSAP384SHA384",
		[15] = "ED25519",
		[16] = "ED448",
		[252] = "INDIRECT",
		[253] = "PRIVATEDNS",
		[254] = "PRIVATEOID",
	};
	put_algorithms(line, option, names, sizeof names / sizeof *names);
}

static void put_digests(struct line *line, const struct option *option)
{
	static const char *const names[] = { NULL, "SHA-1", "SHA-256", "GOST_R_34.11-94", "SHA-384" };
	put_algorithms(line, option, names, sizeof names / sizeof *names);
}

static void put_hashes(struct line *line, const struct option *option)
{
	static const char *const names[] = { NULL, "SHA-1" };
	put_algorithms(line, option, names, sizeof names / sizeof *names);
}

/* RFC 7871 s6: the address has exactly the bytes that the source prefix needs. */
static void put_client_subnet(struct line *line, const struct option *option)
{
	uint8_t address[16] = { 0 };
	unsigned family = option->length >= 4 ? field_u16(line, option->at) : 0;
	unsigned source = option->length >= 4 ? field_u8(line, option->at + 2) : 0;
	unsigned bits = family == 1 ? 32 : family == 2 ? 128 : 0;
	unsigned bytes = (source + 7) / 8;

	if (bits == 0 || source > bits || option->length != 4 + bytes) {
		put_invalid(line);
		return;
	}
	unsigned scope = field_u8(line, option->at + 3);
	if (scope > bits) {
		put_invalid(line);
		return;
	}
	for (unsigned i = 0; i < bytes; i++)
		address[i] = field_u8(line, option->at + 4 + i);
	if (bits == 32)
		put_ipv4_number(line, address);
	else
		put_ipv6_number(line, address);
	put_format(line, "/%u/%u", source, scope);
}

static void put_expire(struct line *line, const struct option *option)
{
	if (option->length == 4)
		put_format(line, "%u sec", field_u32(line, option->at));
	else
		put_invalid(line);
}

/* RFC 7873 s4: the client's eight bytes, and 8 to 32 of the server's. */
static void put_cookie(struct line *line, const struct option *option)
{
	if (option->length != 8 && (option->length < 16 || option->length > 40)) {
		put_invalid(line);
		return;
	}
	for (size_t i = 0; i < option->length; i++) {
		if (i == 8)
			put_char(line, ' ');
		put_hex(line, field_u8(line, option->at + i), 2);
	}
}

static void put_keepalive(struct line *line, const struct option *option)
{
	if (option->length != 2) {
		put_invalid(line);
		return;
	}
	unsigned tenths = field_u16(line, option->at);
	put_format(line, "%u.%u sec", tenths / 10, tenths % 10);
}

static void put_padding(struct line *line, const struct option *option)
{
	put_format(line, "(%u)", option->length);
}

/* tcpdump lets pointers in this name count from the end of the option. */
static void put_chain(struct line *line, const struct option *option)
{
	struct dns_message message = { .line = line, .start = option->at + option->length };
	(void)dns_name_put(&message, option->at);
}

static void put_key_tags(struct line *line, const struct option *option)
{
	if (option->length % 2) {
		put_invalid(line);
		return;
	}
	for (size_t i = 0; i < option->length; i += 2)
		put_format(line, i ? " %u" : "%u", field_u16(line, option->at + i));
}

static const struct {
	const char *name;
	option_fn *put;
} options[] = {
	[1] = { "LLQ", put_bytes },
	[2] = { "UL", put_bytes },
	[3] = { "NSID", put_bytes },
	[5] = { "DAU", put_signatures },
	[6] = { "DHU", put_digests },
	[7] = { "N3U", put_hashes },
	[8] = { "ECS", put_client_subnet },
	[9] = { "EXPIRE", put_expire },
	[10] = { "COOKIE", put_cookie },
	[11] = { "KEEPALIVE", put_keepalive },
	[12] = { "PADDING", put_padding },
	[13] = { "CHAIN", put_chain },
	[14] = { "KEY-TAG", put_key_tags },
	[16] = { "CLIENT-TAG", put_bytes },
	[17] = { "SERVER-TAG", put_bytes },
};

/* The position behind the option. */
static size_t put_option(const struct dns_message *message, size_t at)
{
	struct line *line = message->line;
	struct option option = { .message = message, .at = at + 4 };

	if (!field_present(line, at, 2))
		return DNS_NOWHERE;
	unsigned code = field_u16(line, at);
	bool known = code < sizeof options / sizeof *options && options[code].name;
	if (known)
		put_text(line, options[code].name);
	else
		put_format(line, "Opt%u", code);
	if (!field_present(line, at + 2, 2))
		return DNS_NOWHERE;
	option.length = field_u16(line, at + 2);
	if (option.length == 0)
		return option.at;
	if (!field_present(line, option.at, option.length))
		return DNS_NOWHERE;
	put_char(line, ' ');
	if (known)
		options[code].put(line, &option);
	else
		put_bytes(line, &option);
	return option.at + option.length;
}

bool dns_edns_put(const struct dns_message *message, size_t at, size_t end)
{
	struct line *line = message->line;
	if (at >= end)
		return true;
	put_text(line, " [");
	while (at < end && line_alive(line)) {
		at = put_option(message, at);
		if (at == DNS_NOWHERE)
			return false;
		if (at < end)
			put_char(line, ',');
	}
	put_char(line, ']');
	return true;
}
