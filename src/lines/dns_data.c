/* SPDX-License-Identifier: BSD-3-Clause */
/* What a record holds, type by type. Types without a printer are named only. */
#include "lines/application.h"
#include "lines/dns.h"

typedef bool data_fn(struct line *line, const struct dns_record *record);

static bool put_name(struct line *line, const struct dns_record *record)
{
	put_char(line, ' ');
	return dns_name_put(record->message, record->at) != DNS_NOWHERE;
}

static bool put_address(struct line *line, const struct dns_record *record)
{
	if (!field_present(line, record->at, 4))
		return false;
	put_char(line, ' ');
	put_ipv4_number(line, field_bytes(line, record->at, 4));
	return true;
}

static bool put_address6(struct line *line, const struct dns_record *record)
{
	if (!field_present(line, record->at, 16))
		return false;
	put_char(line, ' ');
	put_ipv6_number(line, field_bytes(line, record->at, 16));
	return true;
}

static bool put_authority(struct line *line, const struct dns_record *record)
{
	if (!line->options->verbose)
		return true;
	put_char(line, ' ');
	size_t at = dns_name_put(record->message, record->at);
	if (at == DNS_NOWHERE)
		return false;
	put_char(line, ' ');
	at = dns_name_put(record->message, at);
	if (at == DNS_NOWHERE || !field_present(line, at, 20))
		return false;
	for (size_t i = 0; i < 20; i += 4)
		put_format(line, " %u", field_u32(line, at + i));
	return true;
}

static bool put_exchange(struct line *line, const struct dns_record *record)
{
	put_char(line, ' ');
	if (!field_present(line, record->at, 2) || dns_name_put(record->message, record->at + 2) == DNS_NOWHERE)
		return false;
	put_format(line, " %u", field_u16(line, record->at));
	return true;
}

static bool put_strings(struct line *line, const struct dns_record *record)
{
	for (size_t at = record->at; at < record->end && line_alive(line);) {
		put_text(line, " \"");
		if (!field_present(line, at, 1))
			return false;
		size_t length = field_u8(line, at++);
		if (!put_visible_bytes(line, at, length))
			return false;
		put_char(line, '"');
		at += length;
	}
	return true;
}

static bool put_service(struct line *line, const struct dns_record *record)
{
	put_char(line, ' ');
	if (!field_present(line, record->at, 2) || dns_name_put(record->message, record->at + 6) == DNS_NOWHERE)
		return false;
	unsigned priority = field_u16(line, record->at);
	unsigned weight = field_u16(line, record->at + 2);
	put_format(line, ":%u %u %u", field_u16(line, record->at + 4), priority, weight);
	return true;
}

/* RFC 2874 s3.1: how many leading bits of the address are left out, the rest of it, and the name of the prefix. */
static bool put_address6_prefix(struct line *line, const struct dns_record *record)
{
	if (!field_present(line, record->at, 1))
		return false;
	unsigned bits = field_u8(line, record->at);
	unsigned bytes = bits / 8;

	if (bits > 128) {
		put_format(line, " %u(bad plen)", bits);
		return true;
	}
	if (bits < 128) {
		uint8_t address[16] = { 0 };
		for (unsigned i = bytes; i < 16; i++)
			address[i] = field_u8(line, record->at + 1 + i - bytes);
		put_format(line, " %u ", bits);
		put_ipv6_number(line, address);
	}
	if (bits == 0)
		return true;
	put_char(line, ' ');
	return dns_name_put(record->message, record->at + 17 - bytes) != DNS_NOWHERE;
}

static bool put_uri(struct line *line, const struct dns_record *record)
{
	if (!field_present(line, record->at, record->length))
		return false;
	unsigned priority = field_u16(line, record->at);
	unsigned weight = field_u16(line, record->at + 2);
	put_format(line, " %u %u ", priority, weight);
	/* What is too short to be one runs on to the end of the packet. */
	return put_visible_bytes(line, record->at + 4, (uint32_t)(record->length - 4u));
}

static bool put_options(struct line *line, const struct dns_record *record)
{
	put_format(line, " UDPsize=%u", record->class);
	if (record->flags & 0x8000)
		put_text(line, " DO");
	return dns_edns_put(record->message, record->at, record->end);
}

static bool put_unspecified(struct line *line, const struct dns_record *record)
{
	return put_visible_bytes(line, record->at, record->length);
}

/* RFC 8945 s4.2; the code itself is left out. */
static bool put_signature(struct line *line, const struct dns_record *record)
{
	static const char *const names[] = { "fudge", "maclen", "origid", "error", "otherlen" };

	if (!field_present(line, record->at, record->length))
		return false;
	if (!line->options->verbose)
		return true;
	put_char(line, ' ');
	size_t at = dns_name_put(record->message, record->at);
	if (at == DNS_NOWHERE)
		return false;
	at += 6;
	for (unsigned i = 0; i < sizeof names / sizeof *names; i++) {
		if (!field_present(line, at, 2))
			return false;
		unsigned value = field_u16(line, at);
		put_format(line, " %s=%u", names[i], value);
		at += i == 1 ? 2 + value : 2;
	}
	return true;
}

static const struct {
	const char *name;
	data_fn *put;
} types[] = {
	[1] = { "A", put_address },
	[2] = { "NS", put_name },
	[3] = { "MD", NULL },
	[4] = { "MF", NULL },
	[5] = { "CNAME", put_name },
	[6] = { "SOA", put_authority },
	[7] = { "MB", NULL },
	[8] = { "MG", NULL },
	[9] = { "MR", NULL },
	[10] = { "NULL", NULL },
	[11] = { "WKS", NULL },
	[12] = { "PTR", put_name },
	[13] = { "HINFO", NULL },
	[14] = { "MINFO", NULL },
	[15] = { "MX", put_exchange },
	[16] = { "TXT", put_strings },
	[17] = { "RP", NULL },
	[18] = { "AFSDB", NULL },
	[19] = { "X25", NULL },
	[20] = { "ISDN", NULL },
	[21] = { "RT", NULL },
	[22] = { "NSAP", NULL },
	[23] = { "NSAP_PTR", NULL },
	[24] = { "SIG", NULL },
	[25] = { "KEY", NULL },
	[26] = { "PX", NULL },
	[27] = { "GPOS", NULL },
	[28] = { "AAAA", put_address6 },
	[29] = { "LOC", NULL },
	[30] = { "NXT", NULL },
	[31] = { "EID", NULL },
	[32] = { "NIMLOC", NULL },
	[33] = { "SRV", put_service },
	[34] = { "ATMA", NULL },
	[35] = { "NAPTR", NULL },
	[36] = { "KX", NULL },
	[37] = { "CERT", NULL },
	[38] = { "A6", put_address6_prefix },
	[39] = { "DNAME", put_name },
	[40] = { "SINK", NULL },
	[DNS_TYPE_OPT] = { "OPT", put_options },
	[42] = { "APL", NULL },
	[43] = { "DS", NULL },
	[44] = { "SSHFP", NULL },
	[45] = { "IPSECKEY", NULL },
	[46] = { "RRSIG", NULL },
	[47] = { "NSEC", NULL },
	[48] = { "DNSKEY", NULL },
	[99] = { "SPF", NULL },
	[100] = { "UINFO", NULL },
	[101] = { "UID", NULL },
	[102] = { "GID", NULL },
	[103] = { "UNSPEC", NULL },
	[104] = { "UNSPECA", put_unspecified },
	[249] = { "TKEY", NULL },
	[250] = { "TSIG", put_signature },
	[251] = { "IXFR", NULL },
	[252] = { "AXFR", NULL },
	[253] = { "MAILB", NULL },
	[254] = { "MAILA", NULL },
	[255] = { "ANY", NULL },
	[256] = { "URI", put_uri },
};

enum { TYPES = sizeof types / sizeof *types };

void dns_type_put(struct line *line, uint16_t type)
{
	put_char(line, ' ');
	if (type < TYPES && types[type].name)
		put_text(line, types[type].name);
	else
		put_format(line, "Type%u", type);
}

bool dns_data_put(const struct dns_record *record)
{
	struct line *line = record->message->line;
	if (record->type >= TYPES || !types[record->type].put)
		return true;
	return types[record->type].put(line, record);
}
