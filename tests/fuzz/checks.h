/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What must hold of output, whatever the packets were: the rules are read here from RFC 3629, RFC 8259 and RFC 4180, with none of the
 * program's own code. Each function returns the rule that is broken, or NULL.
 */
#ifndef SYNFIN_FUZZ_CHECKS_H
#define SYNFIN_FUZZ_CHECKS_H

#include <stdbool.h>
#include <stddef.h>

enum checks_allowed {
	CHECKS_TAB = 1,     /* tabs */
	CHECKS_COLOUR = 2,  /* ESC [ digits and semicolons m */
	CHECKS_SCREEN = 4,  /* ... and ESC [ H, J, K of a screen that is drawn again */
	CHECKS_CRLF = 8,    /* lines end in CR LF */
	CHECKS_ASCII = 16,  /* nothing beyond ASCII */
};

/* Well-formed UTF-8; no control but newlines and what is allowed; nothing that changes how text beside it is read; a newline at the end. */
const char *checks_text(const char *text, size_t size, unsigned allowed);
/* One JSON object a line. */
const char *checks_json_lines(const char *text, size_t size);
/* Rows of as many fields as the first one has; lines in front that begin with # count nothing for tabs. */
const char *checks_csv(const char *text, size_t size);
const char *checks_tabs(const char *text, size_t size);

/* Whether each of these refuses what it is there to refuse. Prints what it does not. */
bool checks_self_test(void);

#endif
