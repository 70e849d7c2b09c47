/* SPDX-License-Identifier: BSD-3-Clause */
#include "views/cells.h"

#include "base/utf8.h"

struct range {
	uint32_t first, last;
};

/* Unicode's East_Asian_Width W and F by blocks: finer than that is of no use for what is written in a view. */
static const struct range wide[] = {
	{ 0x1100, 0x115f }, { 0x2e80, 0x303e }, { 0x3041, 0x33ff }, { 0x3400, 0x4dbf }, { 0x4e00, 0x9fff }, { 0xa000, 0xa4cf },
	{ 0xa960, 0xa97f }, { 0xac00, 0xd7a3 }, { 0xf900, 0xfaff }, { 0xfe30, 0xfe6f }, { 0xff01, 0xff60 }, { 0xffe0, 0xffe6 },
	{ 0x1f300, 0x1f64f }, { 0x1f680, 0x1f6ff }, { 0x1f900, 0x1faff }, { 0x20000, 0x3fffd },
};

/* What is drawn over the character before it, or not at all. */
static const struct range none[] = {
	{ 0x300, 0x36f }, { 0x200b, 0x200f }, { 0x20d0, 0x20ff }, { 0x3099, 0x309a }, { 0xfe00, 0xfe0f }, { 0xfe20, 0xfe2f }, { 0xfeff, 0xfeff },
};

static int in(uint32_t character, const struct range *ranges, size_t count)
{
	for (size_t i = 0; i < count && ranges[i].first <= character; i++)
		if (character <= ranges[i].last)
			return 1;
	return 0;
}

unsigned cells_of(uint32_t character)
{
	if (character < 0x300)
		return 1;
	if (in(character, none, sizeof none / sizeof *none))
		return 0;
	return in(character, wide, sizeof wide / sizeof *wide) ? 2 : 1;
}

size_t cells_read(const char *text, size_t length, uint32_t *character)
{
	size_t size = (unsigned char)*text < 0x80 ? 0 : utf8_read((const uint8_t *)text, length, character);

	if (size == 0) {
		*character = (unsigned char)*text;
		size = 1;
	}
	return size;
}

size_t cells_width(const char *text, size_t length)
{
	size_t width = 0;

	for (size_t at = 0; at < length;) {
		uint32_t character;
		at += cells_read(text + at, length - at, &character);
		width += cells_of(character);
	}
	return width;
}

size_t cells_width_text(const char *text)
{
	return cells_width(text, strlen(text));
}

void cells_pad(struct output *out, const char *text, size_t width)
{
	size_t used = cells_width_text(text);

	output_text(out, text);
	if (used < width)
		output_repeat(out, ' ', width - used);
}
