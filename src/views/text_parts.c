/* SPDX-License-Identifier: BSD-3-Clause */
#include "views/text_parts.h"

#include "base/calendar.h"
#include "views/record.h"

#define MS UINT64_C(1000000)
#define SECOND UINT64_C(1000000000)
#define DAY_S 86400

void text_milliseconds(struct output *out, int64_t nanoseconds)
{
	uint64_t microseconds = (uint64_t)nanoseconds / 1000;

	output_decimal(out, microseconds / 1000);
	output_char(out, '.');
	output_decimal_padded(out, microseconds % 1000, 3, '0');
	output_text(out, " ms");
}

void text_address(struct output *out, const struct synfin_address *address, unsigned ip_version)
{
	if (ip_version == 4)
		output_ipv4(out, address->bytes + 12);
	else
		output_ipv6(out, address->bytes);
}

void text_utc(struct output *out, int64_t time_ns)
{
	int64_t seconds = calendar_floor(time_ns, (int64_t)SECOND);
	int64_t days = calendar_floor(seconds, DAY_S);
	/* Not time_ns - seconds * SECOND, which would not fit at the lower end. */
	int64_t fraction = time_ns % (int64_t)SECOND;
	uint32_t rest = (uint32_t)(seconds - days * DAY_S);
	int64_t year;
	int month, day;

	if (fraction < 0)
		fraction += (int64_t)SECOND;
	calendar_date(days, &year, &month, &day);
	output_decimal_padded(out, (uint64_t)year, 4, '0');
	output_char(out, '-');
	output_decimal_padded(out, (uint64_t)month, 2, '0');
	output_char(out, '-');
	output_decimal_padded(out, (uint64_t)day, 2, '0');
	output_char(out, 'T');
	output_decimal_padded(out, rest / 3600, 2, '0');
	output_char(out, ':');
	output_decimal_padded(out, rest / 60 % 60, 2, '0');
	output_char(out, ':');
	output_decimal_padded(out, rest % 60, 2, '0');
	output_char(out, '.');
	output_decimal_padded(out, (uint64_t)fraction, 9, '0');
	output_char(out, 'Z');
}

void text_socket(struct output *out, struct hosts *hosts, const struct synfin_connection *connection, unsigned end, char separator)
{
	struct host_name name = hosts_name(hosts, &connection->address[end]);
	bool brackets = separator == ':' && connection->ip_version != 4 && !name.length;

	if (brackets)
		output_char(out, '[');
	if (name.length)
		output_bytes(out, name.text, name.length);
	else
		text_address(out, &connection->address[end], connection->ip_version);
	if (brackets)
		output_char(out, ']');
	output_char(out, separator);
	output_decimal(out, connection->port[end]);
}

/* value / unit with one decimal if that is below ten, else without; rounded down. */
static void put_scaled(struct output *out, uint64_t value, uint64_t unit)
{
	output_decimal(out, value / unit);
	if (value / unit < 10) {
		output_char(out, '.');
		output_decimal(out, value % unit / (unit / 10));
	}
}

void text_duration(struct output *out, int64_t nanoseconds)
{
	uint64_t ns = nanoseconds < 0 ? 0 : (uint64_t)nanoseconds;
	uint64_t seconds = ns / SECOND;

	if (ns < MS) {
		/* Of connections within one machine. "us": not every font and charset has the letter mu. */
		output_decimal(out, ns / 1000);
		output_text(out, "us");
	} else if (ns < SECOND) {
		put_scaled(out, ns, MS);
		output_text(out, "ms");
	} else if (seconds < 120) {
		put_scaled(out, ns, SECOND);
		output_char(out, 's');
	} else if (seconds < 7200) {
		output_decimal(out, seconds / 60);
		output_char(out, 'm');
	} else if (seconds < 172800) {
		output_decimal(out, seconds / 3600);
		output_char(out, 'h');
	} else {
		output_decimal(out, seconds / 86400);
		output_char(out, 'd');
	}
}

bool text_vlan(struct output *out, const struct synfin_connection *connection)
{
	uint16_t tags[2];
	unsigned count = record_vlan(tags, connection->vlan);

	for (unsigned i = 0; i < count; i++) {
		output_text(out, i ? "/" : "vlan ");
		output_decimal(out, tags[i]);
	}
	return count > 0;
}

void text_amount(struct output *out, uint64_t amount)
{
	static const char units[] = "kMGTPE";
	uint64_t unit = 1000;

	if (amount < unit) {
		output_decimal(out, amount);
		return;
	}
	unsigned i = 0;
	for (; units[i + 1] && amount / unit >= 1000; i++)
		unit *= 1000;
	put_scaled(out, amount, unit);
	output_char(out, units[i]);
}
