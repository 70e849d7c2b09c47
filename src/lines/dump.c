/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Dumps of bytes.
 *
 *     \n\t0x0000:  4500 003c 1c46 4000 4006 b1e6 ac10 0a63  E..<.F@.@......c
 *
 * Sixteen bytes in a row, two in a group; with ASCII, the groups of the last row are filled up to the width of a full one.
 */
#include <stddef.h>

#include "base/output.h"
#include "lines/print.h"

#define ROW 16
/* Groups of a full row, each with the blank before it. */
#define GROUPS_WIDTH 40
/* The longest row: newline, tab, 0x, eight digits, colon, blank, groups, two blanks, characters. */
#define ROW_WIDTH (2 + 10 + 2 + GROUPS_WIDTH + 2 + ROW)

static bool is_graphic(uint8_t c)
{
	return c > 0x20 && c < 0x7f;
}

/* "\n\t0x%04x: " */
static char *row_offset(char *p, uint32_t offset)
{
	static const char hex[] = "0123456789abcdef";
	unsigned digits = 4;
	while (digits < 8 && offset >> (4 * digits))
		digits++;
	*p++ = '\n';
	*p++ = '\t';
	*p++ = '0';
	*p++ = 'x';
	while (digits)
		*p++ = hex[offset >> (4 * --digits) & 0xf];
	*p++ = ':';
	*p++ = ' ';
	return p;
}

static char *row_groups(char *p, const uint8_t *bytes, size_t n)
{
	static const char hex[] = "0123456789abcdef";
	for (size_t i = 0; i < n; i++) {
		if (i % 2 == 0)
			*p++ = ' ';
		*p++ = hex[bytes[i] >> 4];
		*p++ = hex[bytes[i] & 0xf];
	}
	return p;
}

/* Filled from where the groups of the row end. */
static char *row_characters(char *p, const char *end, const uint8_t *bytes, size_t n)
{
	while (p < end)
		*p++ = ' ';
	for (size_t i = 0; i < n; i++)
		*p++ = is_graphic(bytes[i]) ? (char)bytes[i] : '.';
	return p;
}

static void dump_rows(struct output *out, const uint8_t *bytes, size_t n, bool ascii)
{
	for (size_t offset = 0; offset < n; offset += ROW) {
		size_t row = n - offset < ROW ? n - offset : ROW;
		if (!output_room(out, ROW_WIDTH))
			return;
		char *groups = row_offset(out->pos, (uint32_t)offset);
		char *p = row_groups(groups, bytes + offset, row);
		if (ascii)
			p = row_characters(p, groups + GROUPS_WIDTH + 2, bytes + offset, row);
		out->pos = p;
	}
}

void dump_hex(struct output *out, const uint8_t *bytes, size_t n)
{
	dump_rows(out, bytes, n, false);
}

void dump_hex_ascii(struct output *out, const uint8_t *bytes, size_t n)
{
	dump_rows(out, bytes, n, true);
}

void dump_ascii(struct output *out, const uint8_t *bytes, size_t n)
{
	output_char(out, '\n');
	for (size_t i = 0; i < n; i++) {
		uint8_t c = bytes[i];
		if (c == '\r') {
			/* The end of a line, unless something else follows; what may follow a last one or two bytes is not looked at. */
			if (n - i > 2 && bytes[i + 1] != '\n')
				output_char(out, '.');
		} else {
			output_char(out, is_graphic(c) || c == ' ' || c == '\t' || c == '\n' ? (char)c : '.');
		}
	}
}
