/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What is suspicious about a filter that compiles: it means something else than it seems to.
 *
 * Words only are looked at; the expression is libpcap's to understand. Nothing is said of what is right as it stands, so that a remark is
 * worth reading: what a filter loses although it is right (packets with VLAN tags, fragments without ports) is told when such packets
 * were there (ending.c).
 */
#ifndef SYNFIN_CLI_LINT_H
#define SYNFIN_CLI_LINT_H

#include <stdbool.h>

enum lint {
	LINT_BEHIND_VLAN,   /* "vlan or X": X is looked for in tagged packets, too */
	LINT_VLAN_IN_VLAN,  /* "vlan 1 or vlan 2": the second within the first */
	LINT_IPV4_ONLY,     /* tcp[...] finds nothing in IPv6 */
	LINT_NEVER_IPV6,    /* ... and nothing else was asked for */
	LINT_ALL_FLAGS,     /* "tcp[13] = 2" compares all flags */
	LINT_OUTER_ONLY,    /* a tunnel's packet and, at once, what is in it */
	LINTS
};

/* Bit N: enum lint N is to be said of the expression. */
unsigned lint_filter(const char *expression);
/* What to say, in the reader's language. */
const char *lint_text(enum lint lint);

/* Whether a word of the expression is one of `words`, parted by blanks. */
bool lint_mentions(const char *expression, const char *words);

#endif
