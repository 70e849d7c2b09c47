/* SPDX-License-Identifier: BSD-3-Clause */
/* IGMP versions 1 to 3 (RFC 1112, RFC 2236, RFC 3376) and multicast traceroute in it. With -v, a wrong checksum. */
#include "lines/igmp.h"

#include "lines/application.h"
#include "lines/field.h"
#include "lines/membership.h"

enum {
	QUERY = 0x11,
	VERSION1_REPORT = 0x12,
	DVMRP = 0x13,
	PIM_VERSION1 = 0x14,
	VERSION2_REPORT = 0x16,
	LEAVE = 0x17,
	TRACE_RESPONSE = 0x1e,
	TRACE_QUERY = 0x1f,
	VERSION3_REPORT = 0x22,
	LENGTH = 8,
	VERSION3_QUERY_LENGTH = 12,
	REPORT_MIN = 16,
	TRACE_MIN = 24,
	DEFAULT_RESPONSE_TIME = 100, /* in tenths of a second; not worth saying */
};

/* RFC 3376 s4.1.1: large values are a mantissa and an exponent. */
static void put_response_time(struct line *line, uint8_t code)
{
	unsigned tenths = code < 0x80 ? code : ((code & 0x0fu) | 0x10u) << ((code >> 4 & 7) + 3);
	if (tenths == DEFAULT_RESPONSE_TIME)
		return;
	put_text(line, " [max resp time ");
	if (tenths < 600)
		put_format(line, "%u.%us", tenths / 10, tenths % 10);
	else
		put_span(line, tenths / 10);
	put_char(line, ']');
}

static void put_version3_query(struct line *line)
{
	put_text(line, " v3");
	if (line->length & 3) {
		put_format(line, " [invalid len %u]", line->length);
		return;
	}
	uint8_t code = field_u8(line, 1);
	put_response_time(line, code);
	const uint8_t *group = field_bytes(line, 4, 4);
	if (!group || bytes_u32(group) == 0)
		return;
	put_text(line, " [gaddr ");
	put_ipv4(line, group);
	uint16_t count = field_u16(line, 10);
	put_query_sources(line, &membership_igmp, VERSION3_QUERY_LENGTH, count);
	put_char(line, ']');
}

/* What tells the versions apart is the length and the response time, which version 1 does not have. */
static void put_query(struct line *line)
{
	put_text(line, "igmp query");
	if (line->length >= VERSION3_QUERY_LENGTH) {
		put_version3_query(line);
		return;
	}
	uint8_t tenths = field_u8(line, 1);
	if (tenths) {
		put_text(line, " v2");
		if (tenths != DEFAULT_RESPONSE_TIME)
			put_format(line, " [max resp time %u]", tenths);
	} else {
		put_text(line, " v1");
	}
	const uint8_t *group = field_bytes(line, 4, 4);
	if (group && bytes_u32(group) != 0) {
		put_text(line, " [gaddr ");
		put_ipv4(line, group);
		put_char(line, ']');
	}
	if (line->length != LENGTH)
		put_format(line, " [len %u]", line->length);
}

static void put_group_message(struct line *line, const char *name)
{
	const uint8_t *group = field_bytes(line, 4, 4);
	put_text(line, name);
	put_ipv4(line, group);
}

static void put_version3_report(struct line *line)
{
	put_text(line, "igmp v3 report");
	if (line->length < REPORT_MIN || line->length & 3) {
		put_format(line, " [invalid len %u]", line->length);
		return;
	}
	put_group_records(line, &membership_igmp);
}

static void put_trace(struct line *line, const char *name)
{
	if (line->length < TRACE_MIN) {
		put_format(line, " [invalid len %u]", line->length);
		return;
	}
	uint32_t id = field_u32(line, 20) & 0xffffff;
	const uint8_t *addresses = field_bytes(line, 8, 12);
	if (!addresses)
		return;
	put_format(line, "%s %u: ", name, id);
	put_ipv4(line, addresses);
	put_text(line, " to ");
	put_ipv4(line, addresses + 4);
	put_text(line, " reply-to ");
	put_ipv4(line, addresses + 8);
	/* How far a multicast reply goes. */
	if ((addresses[8] & 0xf0) == 0xe0)
		put_format(line, " with-ttl %u", field_u8(line, 20));
}

static void put_message(struct line *line, uint8_t type)
{
	switch (type) {
	case QUERY:
		put_query(line);
		break;
	case VERSION1_REPORT:
		put_group_message(line, "igmp v1 report ");
		if (line->length != LENGTH)
			put_format(line, " [len %u]", line->length);
		break;
	case VERSION2_REPORT:
		put_group_message(line, "igmp v2 report ");
		break;
	case LEAVE:
		put_group_message(line, "igmp leave ");
		break;
	case VERSION3_REPORT:
		put_version3_report(line);
		break;
	case DVMRP:
		put_text(line, "igmp dvmrp");
		if (line->length < LENGTH)
			put_format(line, " [len %u]", line->length);
		else
			print_dvmrp(line);
		break;
	case PIM_VERSION1:
		put_text(line, "igmp pimv1");
		print_pimv1(line);
		break;
	case TRACE_RESPONSE:
		put_trace(line, "mresp");
		break;
	case TRACE_QUERY:
		put_trace(line, "mtrace");
		break;
	default:
		put_format(line, "igmp-%u", type);
	}
}

void print_igmp(struct line *line, const struct synfin_layer *layer)
{
	if (line->options->quick) {
		put_text(line, "igmp");
		return;
	}
	uint8_t type = field_u8(line, 0);
	put_message(line, type);
	if (!line_alive(line) || !line->options->verbose || layer->captured < layer->length || layer->length < 4)
		return;
	if (checksum_fold(checksum_add(0, line->at.base, layer->length)) != 0xffff)
		put_format(line, " bad igmp cksum %x!", field_u16(line, 2));
}
