/* SPDX-License-Identifier: BSD-3-Clause */
#include "views/explain_say.h"

#include "views/cells.h"
#include "views/text.h"

#define GAP 2  /* blanks before a label and behind the column of labels */

void say_init(struct say *say, struct output *out, unsigned width)
{
	*say = (struct say){ .out = out, .width = width };
	output_init(&say->text, NULL, NULL, 0);
}

void say_free(struct say *say)
{
	output_free(&say->text);
}

void say_label(struct say *say, const char *label)
{
	unsigned cells = (unsigned)cells_width_text(label);

	if (cells > say->label)
		say->label = cells;
}

static const char *value_of(const struct say_value *values, const char *name, size_t length)
{
	for (; values && values->name; values++)
		if (strlen(values->name) == length && memcmp(values->name, name, length) == 0)
			return values->text;
	return NULL;
}

void say(struct say *say, const char *words, const struct say_value *values)
{
	while (*words) {
		size_t plain = strcspn(words, "{");
		output_bytes(&say->text, words, plain);
		words += plain;
		if (!*words)
			break;
		size_t length = strcspn(words + 1, "}");
		const char *value = words[length + 1] ? value_of(values, words + 1, length) : NULL;
		if (value) {
			output_text(&say->text, value);
			words += length + 2;
		} else {
			output_char(&say->text, *words++);
		}
	}
}

void say_gap(struct say *say)
{
	/* Wide punctuation brings its own space. */
	size_t length = output_length(&say->text);
	const char *end = say->text.pos;
	if (length && !(length >= 3 && (unsigned char)end[-3] >= 0xe3 && (unsigned char)end[-1] >= 0x80))
		output_char(&say->text, ' ');
}

void say_row(struct say *say, const char *label)
{
	struct output *out = say->out;
	unsigned indent = GAP + say->label + GAP;

	if (output_length(&say->text)) {
		output_repeat(out, ' ', GAP);
		cells_pad(out, label, say->label + GAP);
		say_fold(out, say->text.start, output_length(&say->text), indent, indent, say->width);
	}
	output_truncate(&say->text, 0);
}

/* What must not stand at the beginning of a line in Japanese (kinsoku): closing marks, small kana, the long vowel mark. */
static bool never_first(uint32_t character)
{
	static const uint32_t marks[] = {
		0x3001, 0x3002, 0x3005, 0x3009, 0x300b, 0x300d, 0x300f, 0x3011, 0x3015, 0x3041, 0x3043, 0x3045, 0x3047, 0x3049, 0x3063, 0x3083, 0x3085,
		0x3087, 0x30a1, 0x30a3, 0x30a5, 0x30a7, 0x30a9, 0x30c3, 0x30e3, 0x30e5, 0x30e7, 0x30fb, 0x30fc, 0xff01, 0xff09, 0xff0c, 0xff0e, 0xff1a,
		0xff1f, ')', ',', '.', ':', ';', ']', '}',
	};
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (marks[i] == character)
			return true;
	return false;
}

/* ... and what must not stand at the end of one: opening brackets. */
static bool never_last(uint32_t character)
{
	return character == 0x3008 || character == 0x300a || character == 0x300c || character == 0x300e || character == 0x3010 ||
		character == 0x3014 || character == 0xff08 || character == '(' || character == '[';
}

static bool is_katakana(uint32_t character)
{
	return character >= 0x30a0 && character <= 0x30ff;
}

/*
 * Whether a line may end between two characters neither of which is a blank. Kanji and hiragana may be parted; words in letters or in
 * katakana stay whole, though Japanese would allow to part these: terms of TCP are easier to recognize so.
 */
static bool may_part(uint32_t before, uint32_t after)
{
	if (is_katakana(before) && is_katakana(after))
		return false;
	return (cells_of(before) == 2 || cells_of(after) == 2) && !never_last(before) && !never_first(after);
}

/* How many bytes fit in `room` cells, at least one character; cut where a line may end. */
static size_t fitting(const char *text, size_t length, size_t room)
{
	size_t best = 0;
	size_t used = 0;
	uint32_t before = 0;

	for (size_t at = 0; at < length;) {
		uint32_t character;
		size_t size = cells_read(text + at, length - at, &character);
		if (at && before != ' ' && (character == ' ' || may_part(before, character)))
			best = at;
		used += cells_of(character);
		/* A blank at the end of a line is not shown. */
		if (used > room && character != ' ')
			return best ? best : at ? at : size;
		before = character;
		at += size;
	}
	return length;
}

void say_fold(struct output *out, const char *text, size_t length, unsigned at, unsigned indent, unsigned width)
{
	while (length) {
		size_t taken = fitting(text, length, width > at ? width - at : 1);
		output_bytes(out, text, taken);
		output_char(out, '\n');
		text += taken;
		length -= taken;
		for (; length && *text == ' '; text++)
			length--;
		if (length)
			output_repeat(out, ' ', indent);
		at = indent;
	}
}
