/* SPDX-License-Identifier: BSD-3-Clause */
#include "views/cells.h"

#include "base/utf8.h"

struct range {
	uint32_t first;
	uint32_t last;
};

/*
 * Two cells: East_Asian_Width W and F of Unicode 14, ascending. Ranges are joined across code points that are not assigned, which keeps the
 * table short and is right for what later versions put there.
 */
static const struct range wide[] = {
	{ 0x1100, 0x115f }, { 0x231a, 0x231b }, { 0x2329, 0x232a }, { 0x23e9, 0x23ec }, { 0x23f0, 0x23f0 }, { 0x23f3, 0x23f3 },
	{ 0x25fd, 0x25fe }, { 0x2614, 0x2615 }, { 0x2648, 0x2653 }, { 0x267f, 0x267f }, { 0x2693, 0x2693 }, { 0x26a1, 0x26a1 },
	{ 0x26aa, 0x26ab }, { 0x26bd, 0x26be }, { 0x26c4, 0x26c5 }, { 0x26ce, 0x26ce }, { 0x26d4, 0x26d4 }, { 0x26ea, 0x26ea },
	{ 0x26f2, 0x26f3 }, { 0x26f5, 0x26f5 }, { 0x26fa, 0x26fa }, { 0x26fd, 0x26fd }, { 0x2705, 0x2705 }, { 0x270a, 0x270b },
	{ 0x2728, 0x2728 }, { 0x274c, 0x274c }, { 0x274e, 0x274e }, { 0x2753, 0x2755 }, { 0x2757, 0x2757 }, { 0x2795, 0x2797 },
	{ 0x27b0, 0x27b0 }, { 0x27bf, 0x27bf }, { 0x2b1b, 0x2b1c }, { 0x2b50, 0x2b50 }, { 0x2b55, 0x2b55 }, { 0x2e80, 0x303e },
	{ 0x3041, 0x3247 }, { 0x3250, 0x4dbf }, { 0x4e00, 0xa4c6 }, { 0xa960, 0xa97c }, { 0xac00, 0xd7a3 }, { 0xf900, 0xfad9 },
	{ 0xfe10, 0xfe19 }, { 0xfe30, 0xfe6b }, { 0xff01, 0xff60 }, { 0xffe0, 0xffe6 }, { 0x16fe0, 0x1b2fb }, { 0x1f004, 0x1f004 },
	{ 0x1f0cf, 0x1f0cf }, { 0x1f18e, 0x1f18e }, { 0x1f191, 0x1f19a }, { 0x1f200, 0x1f320 }, { 0x1f32d, 0x1f335 }, { 0x1f337, 0x1f37c },
	{ 0x1f37e, 0x1f393 }, { 0x1f3a0, 0x1f3ca }, { 0x1f3cf, 0x1f3d3 }, { 0x1f3e0, 0x1f3f0 }, { 0x1f3f4, 0x1f3f4 }, { 0x1f3f8, 0x1f43e },
	{ 0x1f440, 0x1f440 }, { 0x1f442, 0x1f4fc }, { 0x1f4ff, 0x1f53d }, { 0x1f54b, 0x1f54e }, { 0x1f550, 0x1f567 }, { 0x1f57a, 0x1f57a },
	{ 0x1f595, 0x1f596 }, { 0x1f5a4, 0x1f5a4 }, { 0x1f5fb, 0x1f64f }, { 0x1f680, 0x1f6c5 }, { 0x1f6cc, 0x1f6cc }, { 0x1f6d0, 0x1f6d2 },
	{ 0x1f6d5, 0x1f6df }, { 0x1f6eb, 0x1f6ec }, { 0x1f6f4, 0x1f6fc }, { 0x1f7e0, 0x1f7f0 }, { 0x1f90c, 0x1f93a }, { 0x1f93c, 0x1f945 },
	{ 0x1f947, 0x1f9ff }, { 0x1fa70, 0x1faff }, { 0x20000, 0x3fffd },
};

/* None: the combining marks that text in Latin letters and Japanese has; selectors and joiners. Others count one, as in many terminals. */
static const struct range combining[] = {
	{ 0x0300, 0x036f }, { 0x1ab0, 0x1aff }, { 0x1dc0, 0x1dff }, { 0x200b, 0x200f }, { 0x20d0, 0x20ff }, { 0x302a, 0x302d },
	{ 0x3099, 0x309a }, { 0xfe00, 0xfe0f }, { 0xfe20, 0xfe2f }, { 0xfeff, 0xfeff }, { 0xe0100, 0xe01ef },
};

static int in_ranges(const struct range *ranges, size_t count, uint32_t character)
{
	size_t low = 0;

	while (low < count) {
		size_t middle = low + (count - low) / 2;
		if (character > ranges[middle].last)
			low = middle + 1;
		else if (character < ranges[middle].first)
			count = middle;
		else
			return 1;
	}
	return 0;
}

unsigned cells_of(uint32_t character)
{
	if (character < 0x300)
		return 1;
	/* First: some combining marks lie within a wide range. */
	if (in_ranges(combining, sizeof combining / sizeof *combining, character))
		return 0;
	return in_ranges(wide, sizeof wide / sizeof *wide, character) ? 2 : 1;
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

size_t cells_fit(const char *text, size_t length, size_t cells)
{
	size_t at = 0;

	while (at < length) {
		uint32_t character;
		size_t size = cells_read(text + at, length - at, &character);
		unsigned taken = cells_of(character);
		if (taken > cells)
			break;
		cells -= taken;
		at += size;
	}
	return at;
}

size_t cells_line(const char *text, size_t length, size_t cells)
{
	size_t fit = cells_fit(text, length, cells);
	uint32_t ignored;

	if (fit == length || text[fit] == ' ')
		return fit;
	for (size_t at = fit; at > 0; at--)
		if (text[at - 1] == ' ')
			return at;
	return fit ? fit : cells_read(text, length, &ignored);
}

void cells_pad(struct output *out, const char *text, size_t width)
{
	size_t used = cells_width_text(text);

	output_text(out, text);
	if (used < width)
		output_repeat(out, ' ', width - used);
}

void cells_put_left(struct output *out, const char *text, size_t length, size_t cells)
{
	size_t fit = cells_fit(text, length, cells);

	output_bytes(out, text, fit);
	output_repeat(out, ' ', cells - cells_width(text, fit));
}

void cells_put_right(struct output *out, const char *text, size_t length, size_t cells)
{
	size_t fit = cells_fit(text, length, cells);

	output_repeat(out, ' ', cells - cells_width(text, fit));
	output_bytes(out, text, fit);
}

void cells_repeat(struct output *out, const char *text, size_t times)
{
	size_t length = strlen(text);

	while (times--)
		output_bytes(out, text, length);
}
