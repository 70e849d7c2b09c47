/* SPDX-License-Identifier: BSD-3-Clause */
#include "lines/membership.h"

#include "lines/field.h"

enum {
	REPORT_HEADER = 8,
	RECORD_HEADER = 4, /* and the group's address */
};

const struct membership membership_igmp = { 4, "v3" };
const struct membership membership_mld = { 16, "v2" };

static void put_address(struct line *line, const struct membership *membership, const uint8_t *address)
{
	if (membership->address == 4)
		put_ipv4(line, address);
	else
		put_ipv6(line, address);
}

static void put_sources(struct line *line, const struct membership *membership, size_t offset, uint16_t count)
{
	put_text(line, " {");
	for (uint16_t i = 0; i < count && line_alive(line); i++) {
		const uint8_t *source = field_bytes(line, offset + i * membership->address, membership->address);
		put_char(line, ' ');
		put_address(line, membership, source);
	}
	put_text(line, " }");
}

void put_query_sources(struct line *line, const struct membership *membership, size_t offset, uint16_t count)
{
	if (count == 0)
		return;
	if (line->length < offset + count * membership->address)
		put_text(line, " [invalid number of sources]");
	else if (line->options->verbose > 1)
		put_sources(line, membership, offset, count);
	else
		put_format(line, ", %u source(s)", count);
}

/* Returns the record's size; 0 if its sources do not fit, after which nothing is to be put. */
static size_t put_record(struct line *line, const struct membership *membership, size_t offset)
{
	static const char *const types[] = { NULL, " is_in", " is_ex", " to_in", " to_ex", " allow", " block" };
	size_t sources = offset + RECORD_HEADER + membership->address;
	const uint8_t *group = field_bytes(line, offset + RECORD_HEADER, membership->address);

	put_text(line, " [gaddr ");
	put_address(line, membership, group);
	uint8_t type = field_u8(line, offset);
	if (type > 0 && type < sizeof types / sizeof *types)
		put_text(line, types[type]);
	else
		put_format(line, "  [%s-report-#%u]", membership->version, type);
	uint16_t count = field_u16(line, offset + 2);
	size_t end = sources + count * membership->address;
	if (line->length < end) {
		put_format(line, " [invalid number of sources %u]", count);
		return 0;
	}
	if (line->options->verbose == 1)
		put_format(line, ", %u source(s)", count);
	else
		put_sources(line, membership, sources, count);
	put_char(line, ']');
	return end - offset;
}

void put_group_records(struct line *line, const struct membership *membership)
{
	uint16_t count = field_u16(line, 6);
	put_format(line, ", %u group record(s)", count);
	if (!line->options->verbose)
		return;
	size_t offset = REPORT_HEADER;
	for (uint16_t i = 0; i < count && line_alive(line); i++) {
		if (line->length < offset + RECORD_HEADER + membership->address) {
			put_text(line, " [invalid number of groups]");
			return;
		}
		size_t size = put_record(line, membership, offset);
		if (size == 0)
			return;
		offset += size;
	}
}
