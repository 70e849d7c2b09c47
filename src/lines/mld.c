/* SPDX-License-Identifier: BSD-3-Clause */
/* Multicast Listener Discovery, versions 1 (RFC 2710) and 2 (RFC 3810). */
#include "lines/field.h"
#include "lines/icmpv6.h"
#include "lines/membership.h"

enum {
	VERSION1_LENGTH = 24,
	VERSION2_QUERY = 28,
	REPORT_HEADER = 8,
};

/* Nothing follows the name unless there is a whole message. */
void print_mld_message(struct line *line)
{
	if (!field_present(line, 0, VERSION1_LENGTH))
		return;
	uint16_t delay = field_u16(line, 4);
	put_text(line, "max resp delay: ");
	put_decimal(line, delay);
	put_text(line, " addr: ");
	put_field_ipv6(line, 8);
}

/* RFC 3810 s5.1.3 and s5.1.9: large values are a mantissa and an exponent. */
static uint32_t response_delay(uint16_t code)
{
	return code < 0x8000 ? code : ((code & 0x0fffu) | 0x1000u) << ((code >> 12 & 7) + 3);
}

static uint32_t query_interval(uint8_t code)
{
	return code < 0x80 ? code : ((code & 0x0fu) | 0x10u) << ((code >> 4 & 7) + 3);
}

static void put_query_details(struct line *line)
{
	uint8_t flags = field_u8(line, 24);
	if (flags & 0x08)
		put_text(line, " sflag");
	if (flags & 0x07)
		put_format(line, " robustness=%u", flags & 0x07u);
	uint8_t code = field_u8(line, 25);
	put_format(line, " qqi=%u", query_interval(code));
}

static void put_version2_query(struct line *line)
{
	uint16_t code = field_u16(line, 4);
	if (line->options->verbose)
		put_format(line, " [max resp delay=%u]", response_delay(code));
	const uint8_t *group = field_bytes(line, 8, 16);
	put_text(line, " [gaddr ");
	put_ipv6(line, group);
	if (line->options->verbose)
		put_query_details(line);
	uint16_t count = field_u16(line, 26);
	put_query_sources(line, &membership_mld, VERSION2_QUERY, count);
	put_char(line, ']');
}

void print_mld_query(struct line *line)
{
	if (line->length == VERSION1_LENGTH) {
		print_mld_message(line);
	} else if (line->length >= VERSION2_QUERY) {
		put_text(line, " v2");
		put_version2_query(line);
	} else {
		put_format(line, " unknown-version (len %u) ", line->length);
	}
}

void print_mld2_report(struct line *line)
{
	if (line->length < REPORT_HEADER) {
		put_format(line, " [invalid len %u]", line->length);
		return;
	}
	put_group_records(line, &membership_mld);
}
