/* SPDX-License-Identifier: BSD-3-Clause */
#include "base/utf8.h"

#include <string.h>

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

bool utf8_is_printable(uint32_t character)
{
	if ((character & 0xfffe) == 0xfffe)
		return false;
	for (size_t i = 0; i < sizeof unprintable / sizeof *unprintable; i++) {
		if (character <= unprintable[i].last)
			return character < unprintable[i].first;
	}
	return true;
}

size_t utf8_read(const uint8_t *p, size_t n, uint32_t *character)
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

void utf8_tame(char *text)
{
	for (size_t left = strlen(text), n; left > 0; text += n, left -= n) {
		uint8_t byte = (uint8_t)*text;
		uint32_t character = 0;
		n = utf8_read((const uint8_t *)text, left, &character);
		bool harmless = n ? utf8_is_printable(character) : byte >= ' ' && (byte < 0x7f || byte > 0x9f);
		if (n == 0)
			n = 1;
		if (!harmless)
			memset(text, ' ', n);
	}
}
