/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Text from packets for a terminal.
 *
 * What goes out must neither command the terminal nor deceive its reader. Control characters do the first (C0, DEL, and C1, which
 * some terminals obey in their UTF-8 form too); bytes that are not UTF-8 may do so in another encoding. The second is done by
 * characters that show nothing but move or hide what is around them. All of them appear as \xNN, one for each byte, so that nothing
 * is lost; the doubled backslash makes that unambiguous.
 *
 * Not escaped: ZWNJ and ZWJ (U+200C, U+200D), which Indic and Arabic scripts and emoji cannot do without, private use characters and
 * unassigned ones, which change with each Unicode version and show as a box at worst.
 */
#include "base/output.h"

#include "base/text_tables.h"
#include "base/utf8.h"

/* \xNN */
#define ESCAPE_LENGTH 4

static inline char *write_escape(char *p, uint8_t byte)
{
	p[0] = '\\';
	p[1] = 'x';
	memcpy(p + 2, text_hex_pairs + 2 * (size_t)byte, 2);
	return p + ESCAPE_LENGTH;
}

static void escape(struct output *out, const uint8_t *bytes, size_t n, bool ascii)
{
	/* As in output_hex_bytes(): what would wrap cannot be. */
	if (n == 0 || !output_room(out, n <= SIZE_MAX / ESCAPE_LENGTH ? ESCAPE_LENGTH * n : SIZE_MAX))
		return;
	char *p = out->pos;
	for (size_t i = 0; i < n;) {
		uint8_t byte = bytes[i];
		if (byte >= ' ' && byte < 0x7f) {
			if (byte == '\\')
				*p++ = '\\';
			*p++ = (char)byte;
			i++;
			continue;
		}
		uint32_t character;
		size_t length = utf8_read(bytes + i, n - i, &character);
		if (length && !ascii && utf8_is_printable(character)) {
			memcpy(p, bytes + i, length);
			p += length;
			i += length;
			continue;
		}
		/* A whole character at once, so that the rest of a refused one is not looked at as a start. */
		for (size_t end = i + (length ? length : 1); i < end; i++)
			p = write_escape(p, bytes[i]);
	}
	out->pos = p;
}

void output_escaped(struct output *out, const uint8_t *bytes, size_t n)
{
	escape(out, bytes, n, false);
}

void output_escaped_ascii(struct output *out, const uint8_t *bytes, size_t n)
{
	escape(out, bytes, n, true);
}
