/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Questions and records.
 *
 *     A? www.example.com.
 *     www.example.com. [5m] A 192.0.2.1       -v puts the name, -vvv the time to live
 */
#include "lines/application.h"
#include "lines/dns.h"

static void put_class(struct line *line, uint16_t class)
{
	switch (class) {
	case DNS_CLASS_IN:
		break;
	case 3:
		put_text(line, " CHAOS");
		break;
	case 4:
		put_text(line, " HS");
		break;
	case 255:
		put_text(line, " ANY");
		break;
	default:
		put_format(line, " (Class %u)", class);
		break;
	}
}

size_t dns_question_put(const struct dns_message *message, size_t at)
{
	struct line *line = message->line;
	size_t fields = dns_name_skip(line, at);
	if (fields == DNS_NOWHERE || !field_present(line, fields, 4))
		return DNS_NOWHERE;

	dns_type_put(line, field_u16(line, fields));
	uint16_t class = field_u16(line, fields + 2);
	if (message->multicast) {
		put_class(line, class & (uint16_t)~DNS_MULTICAST_BIT);
		put_text(line, class & DNS_MULTICAST_BIT ? " (QU)" : " (QM)");
	} else {
		put_class(line, class);
	}
	put_text(line, "? ");
	at = dns_name_put(message, at);
	return at == DNS_NOWHERE ? at : at + 4;
}

/* The time to live, which OPT uses for other things. */
static void put_time_to_live(struct line *line, const struct dns_record *record, size_t at)
{
	if (record->type == DNS_TYPE_OPT || line->options->verbose < 3)
		return;
	put_text(line, " [");
	put_span(line, field_u32(line, at));
	put_char(line, ']');
}

size_t dns_record_put(const struct dns_message *message, size_t at)
{
	struct line *line = message->line;
	struct dns_record record = { .message = message };

	if (line->options->verbose) {
		put_char(line, ' ');
		at = dns_name_put(message, at);
	} else {
		at = dns_name_skip(line, at);
	}
	if (at == DNS_NOWHERE && line->options->verbose)
		return DNS_NOWHERE;
	if (at == DNS_NOWHERE || !field_present(line, at, 10))
		return field_captured(line);

	record.type = field_u16(line, at);
	record.class = field_u16(line, at + 2);
	record.flags = field_u16(line, at + 6);
	record.length = field_u16(line, at + 8);
	record.at = at + 10;
	record.end = record.at + record.length;
	bool flush = message->multicast && record.class & DNS_MULTICAST_BIT;
	if (flush)
		record.class &= (uint16_t)~DNS_MULTICAST_BIT;
	if (record.type != DNS_TYPE_OPT)
		put_class(line, record.class);
	if (flush)
		put_text(line, " (Cache flush)");
	put_time_to_live(line, &record, at + 4);
	dns_type_put(line, record.type);
	if (record.end > field_captured(line) || !dns_data_put(&record))
		return DNS_NOWHERE;
	return record.end;
}
