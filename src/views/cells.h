/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * How wide text is on a terminal: East Asian wide characters take two cells, combining ones none. Columns are measured in cells, never
 * in bytes or characters. Box-drawing lines and other characters of ambiguous width count one: a view that fears them uses ASCII.
 */
#ifndef SYNFIN_VIEWS_CELLS_H
#define SYNFIN_VIEWS_CELLS_H

#include <stddef.h>
#include <stdint.h>

#include "base/output.h"

/* Cells of one character: 0, 1 or 2. */
unsigned cells_of(uint32_t character);
/* The character at `text`, of which length > 0 bytes are there, and how many bytes it has; a byte that begins none counts as itself. */
size_t cells_read(const char *text, size_t length, uint32_t *character);
/* Cells of UTF-8 text. A tab or a control character counts one: such text does not belong in a column. */
size_t cells_width(const char *text, size_t length);
size_t cells_width_text(const char *text);
/* Append `text` and as many blanks as make it at least `width` cells. */
void cells_pad(struct output *out, const char *text, size_t width);

/* How many bytes of the text fit into `cells`: whole characters, with what combines with them. */
size_t cells_fit(const char *text, size_t length, size_t cells);
/* How many bytes make the first line of the text where lines have `cells`: up to the last blank if there is one, and at least a character. */
size_t cells_line(const char *text, size_t length, size_t cells);
/* Append the text in exactly `cells`: cut, or filled up with blanks on its right or on its left. */
void cells_put_left(struct output *out, const char *text, size_t length, size_t cells);
void cells_put_right(struct output *out, const char *text, size_t length, size_t cells);
/* Append the text so many times. */
void cells_repeat(struct output *out, const char *text, size_t times);

#endif
