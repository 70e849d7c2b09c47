/* SPDX-License-Identifier: BSD-3-Clause */
#include "views/csv.h"

#include "views/text_parts.h"

/* The name, or the comma in front of the value. Whether the value is due. */
static bool begin_field(struct csv *csv, const char *name)
{
	if (csv->comma)
		output_char(csv->out, ',');
	csv->comma = true;
	if (csv->header)
		output_text(csv->out, name);
	return !csv->header;
}

static void put_quoted(struct output *out, const char *value)
{
	output_char(out, '"');
	for (; *value; value++) {
		if (*value == '"')
			output_char(out, '"');
		output_char(out, *value);
	}
	output_char(out, '"');
}

void csv_text(struct csv *csv, const char *name, const char *value)
{
	if (!begin_field(csv, name) || !value)
		return;
	if (value[strcspn(value, ",\"\r\n")])
		put_quoted(csv->out, value);
	else
		output_text(csv->out, value);
}

void csv_name(struct csv *csv, const char *name, struct host_name host)
{
	if (begin_field(csv, name))
		output_bytes(csv->out, host.text, host.length);
}

void csv_number(struct csv *csv, const char *name, bool known, uint64_t value)
{
	if (begin_field(csv, name) && known)
		output_decimal(csv->out, value);
}

void csv_duration(struct csv *csv, const char *name, int64_t nanoseconds)
{
	csv_number(csv, name, nanoseconds >= 0, (uint64_t)nanoseconds);
}

void csv_bool(struct csv *csv, const char *name, bool value)
{
	csv_number(csv, name, true, value);
}

void csv_time(struct csv *csv, const char *name, int64_t time_ns)
{
	if (begin_field(csv, name))
		text_utc(csv->out, time_ns);
}

void csv_address(struct csv *csv, const char *name, const struct synfin_address *address, unsigned ip_version)
{
	if (begin_field(csv, name))
		text_address(csv->out, address, ip_version);
}

void csv_end(struct csv *csv)
{
	output_text(csv->out, "\r\n");
}
