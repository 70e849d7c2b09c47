/* SPDX-License-Identifier: BSD-3-Clause */
#include "views/zeek.h"

#include "base/calendar.h"
#include "views/text_parts.h"

#define SECOND_NS INT64_C(1000000000)
#define DAY_S 86400

/* Name and type; the rows below follow this order. */
static const char *const columns[][2] = {
	{ "ts", "time" }, { "uid", "string" },
	{ "id.orig_h", "addr" }, { "id.orig_p", "port" }, { "id.resp_h", "addr" }, { "id.resp_p", "port" },
	{ "proto", "enum" }, { "service", "string" }, { "duration", "interval" }, { "orig_bytes", "count" }, { "resp_bytes", "count" },
	{ "conn_state", "string" }, { "local_orig", "bool" }, { "local_resp", "bool" }, { "missed_bytes", "count" }, { "history", "string" },
	{ "orig_pkts", "count" }, { "orig_ip_bytes", "count" }, { "resp_pkts", "count" }, { "resp_ip_bytes", "count" },
	{ "tunnel_parents", "set[string]" }, { "community_id", "string" }, { "vlan", "int" }, { "inner_vlan", "int" },
};

static void put_names(struct output *out, const char *what, unsigned which)
{
	output_text(out, what);
	for (unsigned i = 0; i < sizeof columns / sizeof *columns; i++) {
		output_char(out, '\t');
		output_text(out, columns[i][which]);
	}
	output_char(out, '\n');
}

/* "#open\t2026-11-21-02-15-11" */
static void put_moment(struct output *out, const char *what, int64_t time_ns)
{
	int64_t seconds = calendar_floor(time_ns, SECOND_NS);
	int64_t days = calendar_floor(seconds, DAY_S);
	uint32_t rest = (uint32_t)(seconds - days * DAY_S);
	int64_t year;
	int month, day;

	calendar_date(days, &year, &month, &day);
	const uint32_t parts[] = { (uint32_t)month, (uint32_t)day, rest / 3600, rest / 60 % 60, rest % 60 };
	output_text(out, what);
	output_char(out, '\t');
	output_decimal_padded(out, (uint64_t)year, 4, '0');
	for (unsigned i = 0; i < sizeof parts / sizeof *parts; i++) {
		output_char(out, '-');
		output_decimal_padded(out, parts[i], 2, '0');
	}
	output_char(out, '\n');
}

static void begin(struct output *out, int64_t first_ns)
{
	output_text(out, "#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#path\tconn\n");
	put_moment(out, "#open", first_ns);
	put_names(out, "#fields", 0);
	put_names(out, "#types", 1);
}

static void end(struct output *out, int64_t last_ns)
{
	put_moment(out, "#close", last_ns);
}

/* Seconds with six decimals, as Zeek writes times and intervals. */
static void put_seconds(struct output *out, int64_t nanoseconds)
{
	int64_t microseconds = nanoseconds / 1000;
	uint64_t size = microseconds < 0 ? 0 - (uint64_t)microseconds : (uint64_t)microseconds;

	if (microseconds < 0)
		output_char(out, '-');
	output_decimal(out, size / 1000000);
	output_char(out, '.');
	output_decimal_padded(out, size % 1000000, 6, '0');
}

static void put_number(struct output *out, bool known, uint64_t value)
{
	output_char(out, '\t');
	if (known)
		output_decimal(out, value);
	else
		output_char(out, '-');
}

static void put_word(struct output *out, const char *word)
{
	output_char(out, '\t');
	output_text(out, *word ? word : "-");
}

static void put_socket(struct output *out, const struct record_end *end, unsigned ip_version)
{
	output_char(out, '\t');
	text_address(out, &end->address, ip_version);
	put_number(out, true, end->port);
}

static void put(struct output *out, const struct connection_record *record)
{
	int64_t duration = ranking_difference(record->end_ns, record->start_ns);

	put_seconds(out, record->start_ns);
	put_word(out, record->uid);
	put_socket(out, &record->client, record->ip_version);
	put_socket(out, &record->server, record->ip_version);
	output_text(out, "\ttcp\t-\t");
	if (duration)
		put_seconds(out, duration);
	else
		output_char(out, '-');
	put_number(out, duration, record->client.bytes);
	put_number(out, duration, record->server.bytes);
	put_word(out, record->conn_state);
	output_text(out, "\t-\t-");
	put_number(out, true, record->missed_bytes);
	put_word(out, record->history);
	put_number(out, true, record->client.packets);
	output_text(out, "\t-");
	put_number(out, true, record->server.packets);
	output_text(out, "\t-\t-");
	put_word(out, record->community_id);
	put_number(out, record->vlan_count > 0, record->vlan[0]);
	put_number(out, record->vlan_count > 1, record->vlan[1]);
	output_char(out, '\n');
}

const struct connection_format zeek_connections = { .begin = begin, .put = put, .end = end };
