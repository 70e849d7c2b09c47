/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * How an explanation is written: rows of a label and a text that is folded to the width of the terminal.
 *
 *     say(say, T("an ACK from {receiver} with ack {after}"), values)   appends, with {names} replaced
 *     say_row(say, T("next"))                                          writes what was said as one row and forgets it
 *
 * {names} instead of printf's %s: a translation may use them in any order, any number of times, and a text can stand in a table.
 */
#ifndef SYNFIN_VIEWS_EXPLAIN_SAY_H
#define SYNFIN_VIEWS_EXPLAIN_SAY_H

#include <stddef.h>

#include "base/output.h"

/* What a {name} stands for. A list of them ends with a NULL name. */
struct say_value {
	const char *name;
	const char *text;
};

struct say {
	struct output *out;
	struct output text;   /* what is being said; never drained */
	unsigned width;       /* cells of a line */
	unsigned label;       /* cells of the column of labels */
};

/* No allocation before something is said. The column of labels is as wide as its widest label. */
void say_init(struct say *say, struct output *out, unsigned width);
void say_free(struct say *say);
/* Make room for this label. */
void say_label(struct say *say, const char *label);
/* Append `words`; values may be NULL. A name that is not among them stays as it is. */
void say(struct say *say, const char *words, const struct say_value *values);
/* What goes between two sentences: a blank, where the language has one there. */
void say_gap(struct say *say);
/* Write the row. Without a label ("") it continues the one before; nothing said, nothing written. */
void say_row(struct say *say, const char *label);
/* Fold `text` into lines: the first one begins in column `at` of what stands there already, the others are indented by `indent`. */
void say_fold(struct output *out, const char *text, size_t length, unsigned at, unsigned indent, unsigned width);

#endif
