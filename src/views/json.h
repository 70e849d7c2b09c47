/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A JSON writer on an output buffer: one object a line.
 *
 * It knows where a comma is due and nothing else: that what begins also ends, and that a key stands before each value of an object, is up to
 * the caller. Keys are string literals; they are not escaped.
 */
#ifndef SYNFIN_VIEWS_JSON_H
#define SYNFIN_VIEWS_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/output.h"

struct json {
	struct output *out;
	bool comma; /* due before the next key or element */
};

static inline void json_comma(struct json *json)
{
	if (json->comma)
		output_char(json->out, ',');
	json->comma = true;
}

/* Put a literal that begins with the comma, or all of it but the comma. */
static inline void json_raw_key(struct json *json, const char *text, size_t n)
{
	output_bytes(json->out, text + !json->comma, n - !json->comma);
	json->comma = false;
}

/* A key; its value comes next. */
#define json_key(json, name) json_raw_key((json), ",\"" name "\":", sizeof(",\"" name "\":") - 1)

static inline void json_begin(struct json *json, char bracket)
{
	json_comma(json);
	output_char(json->out, bracket);
	json->comma = false;
}

static inline void json_end(struct json *json, char bracket)
{
	output_char(json->out, bracket);
	json->comma = true;
}

/* An object that is a line of its own. */
static inline struct json json_line_begin(struct output *out)
{
	output_char(out, '{');
	return (struct json){ .out = out };
}

static inline void json_line_end(struct json *json)
{
	output_text(json->out, "}\n");
}

static inline void json_null(struct json *json)
{
	json_comma(json);
	output_text(json->out, "null");
}

static inline void json_bool(struct json *json, bool value)
{
	json_comma(json);
	output_text(json->out, value ? "true" : "false");
}

static inline void json_unsigned(struct json *json, uint64_t value)
{
	json_comma(json);
	output_decimal(json->out, value);
}

static inline void json_signed(struct json *json, int64_t value)
{
	json_comma(json);
	output_signed(json->out, value);
}

/* A number, or null if it is negative, which is how the public structs say that a duration is not known. */
static inline void json_unless_negative(struct json *json, int64_t value)
{
	if (value < 0)
		json_null(json);
	else
		json_unsigned(json, (uint64_t)value);
}

/* One of our own words, which need no escapes; NULL is null. */
static inline void json_word(struct json *json, const char *word)
{
	if (!word) {
		json_null(json);
		return;
	}
	json_comma(json);
	output_char(json->out, '"');
	output_text(json->out, word);
	output_char(json->out, '"');
}

/*
 * Any bytes as a string. Valid UTF-8 of characters that show is left as it is; quote, backslash, controls and characters that deceive the
 * reader of a terminal (utf8.h) are \u escapes of the same characters, and a byte that is not UTF-8 is \u00XX.
 */
void json_string(struct json *json, const char *bytes, size_t n);
/* RFC 3339 in UTC with nine decimals: "2026-11-20T02:15:11.010113000Z". Any 64-bit time has a year of four digits, 1677 to 2262. */
void json_time(struct json *json, int64_t time_ns);

#endif
