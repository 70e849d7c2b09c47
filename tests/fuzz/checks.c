/* SPDX-License-Identifier: BSD-3-Clause */
#include "checks.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* RFC 3629 s4. The character's length, 0 if it is none. */
static size_t read_character(const uint8_t *p, size_t left, uint32_t *character)
{
	size_t length = *p < 0x80 ? 1 : *p >= 0xc2 && *p < 0xe0 ? 2 : *p >= 0xe0 && *p < 0xf0 ? 3 : *p >= 0xf0 && *p < 0xf5 ? 4 : 0;
	if (length == 0 || length > left)
		return 0;
	uint32_t value = length == 1 ? *p : *p & (0xffu >> (length + 1));
	for (size_t i = 1; i < length; i++) {
		if (p[i] >> 6 != 2)
			return 0;
		value = value << 6 | (p[i] & 0x3f);
	}
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	if (value < least[length] || value > 0x10ffff || (value >= 0xd800 && value < 0xe000))
		return 0;
	*character = value;
	return length;
}

/* Controls of the second set; characters that turn the direction of what follows or end a line. */
static bool deceives(uint32_t character)
{
	return (character >= 0x7f && character < 0xa0) || character == 0x061c || character == 0x200e || character == 0x200f ||
		(character >= 0x2028 && character <= 0x202e) || (character >= 0x2066 && character <= 0x2069) || character == 0xfeff;
}

/* The length of an escape sequence that is allowed, or 0. */
static size_t escape_length(const uint8_t *p, size_t left, unsigned allowed)
{
	size_t at = 2;
	if (left < 3 || p[0] != 0x1b || p[1] != '[')
		return 0;
	while (at < left && ((p[at] >= '0' && p[at] <= '9') || p[at] == ';'))
		at++;
	if (at == left)
		return 0;
	if (p[at] == 'm' && allowed & CHECKS_COLOUR)
		return at + 1;
	return allowed & CHECKS_SCREEN && (p[at] == 'H' || p[at] == 'J' || p[at] == 'K') ? at + 1 : 0;
}

const char *checks_text(const char *text, size_t size, unsigned allowed)
{
	const uint8_t *p = (const uint8_t *)text;
	for (size_t i = 0, length; i < size; i += length) {
		uint32_t character = 0;
		length = read_character(p + i, size - i, &character);
		if (length == 0)
			return "output is UTF-8";
		if (character == '\n' || (character == '\t' && allowed & CHECKS_TAB))
			continue;
		if (character == '\r' && allowed & CHECKS_CRLF && i + 1 < size && p[i + 1] == '\n')
			continue;
		if (character < ' ') {
			length = escape_length(p + i, size - i, allowed);
			if (length == 0)
				return "no control character is put out";
		} else if (deceives(character)) {
			return "no character that deceives is put out";
		} else if (character >= 0x7f && allowed & CHECKS_ASCII) {
			return "only ASCII is put out";
		}
	}
	return size && text[size - 1] != '\n' ? "output ends with a newline" : NULL;
}

/* ---- JSON: a value from `at` on; NULL if it is none. */

static const char *skip_blanks(const char *at, const char *end)
{
	while (at < end && (*at == ' ' || *at == '\t'))
		at++;
	return at;
}

static const char *read_string(const char *at, const char *end)
{
	for (at++; at < end && *at != '"'; at++) {
		if ((uint8_t)*at < ' ')
			return NULL;
		if (*at != '\\')
			continue;
		if (++at == end || !strchr("\"\\/bfnrtu", *at))
			return NULL;
		if (*at != 'u')
			continue;
		for (int digit = 0; digit < 4; digit++)
			if (++at == end || !strchr("0123456789abcdefABCDEF", *at))
				return NULL;
	}
	return at < end ? at + 1 : NULL;
}

static const char *read_digits(const char *at, const char *end)
{
	const char *from = at;
	while (at < end && *at >= '0' && *at <= '9')
		at++;
	return at > from ? at : NULL;
}

static const char *read_number(const char *at, const char *end)
{
	if (at < end && *at == '-')
		at++;
	bool zero = at < end && *at == '0';
	const char *whole = read_digits(at, end);
	if (!whole || (zero && whole > at + 1))
		return NULL;
	at = whole;
	if (at < end && *at == '.')
		at = read_digits(at + 1, end);
	if (at && at < end && (*at == 'e' || *at == 'E')) {
		at++;
		if (at < end && (*at == '+' || *at == '-'))
			at++;
		at = read_digits(at, end);
	}
	return at;
}

static const char *read_word(const char *at, const char *end)
{
	static const char *const words[] = { "true", "false", "null" };
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if ((size_t)(end - at) >= strlen(words[i]) && memcmp(at, words[i], strlen(words[i])) == 0)
			return at + strlen(words[i]);
	return NULL;
}

static const char *read_value(const char *at, const char *end, unsigned depth);

/* An object or an array, whose first character is at `at`. */
static const char *read_group(const char *at, const char *end, unsigned depth)
{
	bool object = *at == '{';
	char last = object ? '}' : ']';
	at = skip_blanks(at + 1, end);
	if (at < end && *at == last)
		return at + 1;
	while (at < end) {
		if (object) {
			at = *at == '"' ? read_string(at, end) : NULL;
			at = at ? skip_blanks(at, end) : NULL;
			if (!at || at == end || *at++ != ':')
				return NULL;
		}
		at = read_value(skip_blanks(at, end), end, depth + 1);
		at = at ? skip_blanks(at, end) : NULL;
		if (!at || at == end || (*at != ',' && *at != last))
			return NULL;
		if (*at == last)
			return at + 1;
		at = skip_blanks(at + 1, end);
	}
	return NULL;
}

static const char *read_value(const char *at, const char *end, unsigned depth)
{
	if (at >= end || depth > 64)
		return NULL;
	if (*at == '"')
		return read_string(at, end);
	if (*at == '{' || *at == '[')
		return read_group(at, end, depth);
	return *at == '-' || (*at >= '0' && *at <= '9') ? read_number(at, end) : read_word(at, end);
}

const char *checks_json_lines(const char *text, size_t size)
{
	const char *end = text + size;
	while (text < end) {
		const char *newline = memchr(text, '\n', (size_t)(end - text));
		if (!newline)
			return "a JSON record ends with a newline";
		if (*text != '{' || read_value(text, newline, 0) != newline)
			return "a record is one JSON object";
		text = newline + 1;
	}
	return NULL;
}

/* ---- Tables */

const char *checks_csv(const char *text, size_t size)
{
	size_t columns = 0, fields = 1;
	bool quoted = false, at_start = true;
	for (size_t i = 0; i < size; i++) {
		char c = text[i];
		if (quoted) {
			if (c == '"' && i + 1 < size && text[i + 1] == '"')
				i++;
			else if (c == '"')
				quoted = false;
			continue;
		}
		if (c == '"' && !at_start)
			return "a quote stands around a field";
		at_start = c == ',' || c == '\n';
		quoted = c == '"';
		fields += c == ',';
		if (c != '\n')
			continue;
		if (columns && fields != columns)
			return "each row has as many fields as the first";
		columns = fields;
		fields = 1;
	}
	return quoted ? "quotes are closed" : NULL;
}

const char *checks_tabs(const char *text, size_t size)
{
	size_t columns = 0;
	for (const char *end = text + size, *next; text < end; text = next) {
		size_t fields = 1;
		const char *newline = memchr(text, '\n', (size_t)(end - text));
		next = newline ? newline + 1 : end;
		for (const char *p = text; p < next; p++)
			fields += *p == '\t';
		if (*text == '#')
			continue;
		if (columns && fields != columns)
			return "each row has as many fields as the first";
		columns = fields;
	}
	return NULL;
}

/* ---- Self-test */

static bool says(const char *got, bool wanted, const char *what)
{
	if (!got == !wanted)
		return true;
	fprintf(stderr, "checks: %s: %s\n", what, got ? got : "not refused");
	return false;
}

#define TEXT(bad, allowed, text) good &= says(checks_text(text, sizeof(text) - 1, allowed), bad, #text)
#define JSON(bad, text) good &= says(checks_json_lines(text, sizeof(text) - 1), bad, #text)

bool checks_self_test(void)
{
	bool good = true;
	TEXT(false, 0, "10:00 \xe2\x94\x82 \xc3\xa9\n");
	TEXT(true, 0, "no newline");
	TEXT(true, 0, "\x1b[31mred\n");
	TEXT(false, CHECKS_COLOUR, "\x1b[1;31mred\x1b[0m\n");
	TEXT(true, CHECKS_COLOUR, "\x1b[2J\n");
	TEXT(true, CHECKS_COLOUR, "\x1b]0;title\a\n");
	TEXT(true, 0, "a\tb\n");
	TEXT(false, CHECKS_TAB, "a\tb\n");
	TEXT(true, CHECKS_CRLF, "a\rb\r\n");
	TEXT(false, CHECKS_CRLF, "a\r\n");
	TEXT(true, 0, "\xc2\x9b" "31m\n");
	TEXT(true, 0, "\xe2\x80\xae" "gpj.exe\n");
	TEXT(true, 0, "\xc0\x8a\n");
	TEXT(true, 0, "\xed\xa0\x80\n");
	TEXT(true, 0, "\x7f\n");
	TEXT(true, CHECKS_ASCII, "\xc3\xa9\n");
	JSON(false, "{\"a\":[1,-2.5e+3,true,null,\"\\u00e9\\\\\"],\"b\":{}}\n{}\n");
	JSON(true, "{\"a\":1}");
	JSON(true, "{\"a\":01}\n");
	JSON(true, "{\"a\":1,}\n");
	JSON(true, "{\"a\" 1}\n");
	JSON(true, "{\"a\":\"\\x41\"}\n");
	JSON(true, "{\"a\":\"\x01\"}\n");
	JSON(true, "{\"a\":nan}\n");
	JSON(true, "{}{}\n");
	JSON(true, "[1]\n");
	good &= says(checks_csv("a,b\r\n1,\"x,\"\"y\"\r\n", 17), false, "CSV");
	good &= says(checks_csv("a,b\r\n1,2,3\r\n", 12), true, "CSV with a field too many");
	good &= says(checks_csv("a,b\r\n1,x\"y\r\n", 12), true, "CSV with a quote inside");
	good &= says(checks_tabs("#x\n1\t2\n3\t4\n", 11), false, "tabs");
	good &= says(checks_tabs("#x\n1\t2\n3\n", 9), true, "tabs with a field too few");
	return good;
}
