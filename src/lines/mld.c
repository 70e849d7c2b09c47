/* SPDX-License-Identifier: BSD-3-Clause */
/* Multicast Listener Discovery, versions 1 (RFC 2710) and 2 (RFC 3810). */
#include "lines/field.h"
#include "lines/icmpv6.h"

enum {
	VERSION1_LENGTH = 24,
	VERSION2_QUERY = 28,
	REPORT_HEADER = 8,
	RECORD_HEADER = 20,
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

static void put_sources(struct line *line, size_t offset, size_t count)
{
	put_text(line, " {");
	for (size_t i = 0; i < count && line_alive(line); i++) {
		const uint8_t *source = field_bytes(line, offset + i * 16, 16);
		put_char(line, ' ');
		put_ipv6(line, source);
	}
	put_text(line, " }");
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
	if (count > 0) {
		if (line->length < VERSION2_QUERY + count * 16u)
			put_text(line, " [invalid number of sources]");
		else if (line->options->verbose > 1)
			put_sources(line, VERSION2_QUERY, count);
		else
			put_format(line, ", %u source(s)", count);
	}
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

/* Returns the record's size; 0 if its sources do not fit, after which nothing is to be put. */
static size_t put_record(struct line *line, size_t offset)
{
	static const char *const types[] = { NULL, " is_in", " is_ex", " to_in", " to_ex", " allow", " block" };
	const uint8_t *group = field_bytes(line, offset + 4, 16);
	put_text(line, " [gaddr ");
	put_ipv6(line, group);
	uint8_t type = field_u8(line, offset);
	if (type > 0 && type < sizeof types / sizeof *types)
		put_text(line, types[type]);
	else
		put_format(line, "  [v2-report-#%u]", type);
	uint16_t count = field_u16(line, offset + 2);
	if (line->length < offset + RECORD_HEADER + count * 16u) {
		put_format(line, " [invalid number of sources %u]", count);
		return 0;
	}
	if (line->options->verbose == 1)
		put_format(line, ", %u source(s)", count);
	else
		put_sources(line, offset + RECORD_HEADER, count);
	put_char(line, ']');
	return RECORD_HEADER + count * (size_t)16;
}

void print_mld2_report(struct line *line)
{
	if (line->length < REPORT_HEADER) {
		put_format(line, " [invalid len %u]", line->length);
		return;
	}
	uint16_t count = field_u16(line, 6);
	put_format(line, ", %u group record(s)", count);
	if (!line->options->verbose)
		return;
	size_t offset = REPORT_HEADER;
	for (uint16_t i = 0; i < count && line_alive(line); i++) {
		if (line->length < offset + RECORD_HEADER) {
			put_text(line, " [invalid number of groups]");
			return;
		}
		size_t size = put_record(line, offset);
		if (size == 0)
			return;
		offset += size;
	}
}
