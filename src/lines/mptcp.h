/* SPDX-License-Identifier: BSD-3-Clause */
/* Multipath TCP's option (RFC 8684) in words. */
#ifndef SYNFIN_LINES_MPTCP_H
#define SYNFIN_LINES_MPTCP_H

#include <stdbool.h>
#include <stdint.h>

#include "lines/print.h"

/* `option` has all its `length` bytes, kind and length among them. false if its length does not fit its contents. */
bool put_mptcp(struct line *line, const uint8_t *option, unsigned length, uint16_t flags);

#endif
