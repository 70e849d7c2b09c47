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

/* \xNN */
#define ESCAPE_LENGTH 4

struct range {
	uint32_t first;
	uint32_t last;
};

/* Ascending. Noncharacters at the end of each plane are found by their low bits instead. */
static const struct range unprintable[] = {
	{ 0x0080, 0x009f },   /* C1 controls */
	{ 0x061c, 0x061c },   /* Arabic letter mark: direction */
	{ 0x180e, 0x180e },   /* Mongolian vowel separator: no width */
	{ 0x200b, 0x200b },   /* zero width space */
	{ 0x200e, 0x200f },   /* left-to-right and right-to-left mark */
	{ 0x2028, 0x202e },   /* line and paragraph separator; embeddings and overrides of direction */
	{ 0x2060, 0x206f },   /* word joiner, invisible operators, isolates of direction, deprecated controls */
	{ 0xfdd0, 0xfdef },   /* noncharacters */
	{ 0xfeff, 0xfeff },   /* zero width no-break space, the byte order mark */
	{ 0xfff9, 0xfffb },   /* interlinear annotation: hides text */
	{ 0xe0000, 0xe007f }, /* tags: text that does not show */
};

static bool is_printable(uint32_t character)
{
	if ((character & 0xfffe) == 0xfffe)
		return false;
	for (size_t i = 0; i < sizeof unprintable / sizeof *unprintable; i++) {
		if (character <= unprintable[i].last)
			return character < unprintable[i].first;
	}
	return true;
}

/*
 * The length in bytes of the UTF-8 character at p, of which n > 0 bytes are there, and the character; 0 if there is none. Well-formed
 * is what table 3-7 of the Unicode standard says: no overlong forms, no surrogates, nothing above U+10FFFF.
 */
static size_t utf8_read(const uint8_t *p, size_t n, uint32_t *character)
{
	static const uint32_t smallest[] = { 0, 0, 0x80, 0x800, 0x10000 };
	uint8_t first = p[0];
	size_t length;
	uint32_t value;

	if (first >= 0xc2 && first <= 0xdf) {
		length = 2;
		value = first & 0x1f;
	} else if (first >= 0xe0 && first <= 0xef) {
		length = 3;
		value = first & 0x0f;
	} else if (first >= 0xf0 && first <= 0xf4) {
		length = 4;
		value = first & 0x07;
	} else {
		return 0;
	}
	if (n < length)
		return 0;
	for (size_t i = 1; i < length; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return 0;
		value = value << 6 | (p[i] & 0x3f);
	}
	if (value < smallest[length] || value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff))
		return 0;
	*character = value;
	return length;
}

static inline char *write_escape(char *p, uint8_t byte)
{
	p[0] = '\\';
	p[1] = 'x';
	memcpy(p + 2, text_hex_pairs + 2 * (size_t)byte, 2);
	return p + ESCAPE_LENGTH;
}

void output_escaped(struct output *out, const uint8_t *bytes, size_t n)
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
		if (length && is_printable(character)) {
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
