/* SPDX-License-Identifier: BSD-3-Clause */
/* TCP's MD5 signature (RFC 2385). */
#ifndef SYNFIN_LINES_TCP_SIGNATURE_H
#define SYNFIN_LINES_TCP_SIGNATURE_H

#include <stdbool.h>
#include <stdint.h>

#include "lines/print.h"

/* Whether the 16 bytes sign the current segment, which was captured whole, with the secret of -M. */
bool signature_valid(const struct line *line, const uint8_t *signature);

#endif
