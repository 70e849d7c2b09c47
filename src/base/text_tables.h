/* SPDX-License-Identifier: BSD-3-Clause */
/* Tables that turn numbers into digits, for the output_ files. */
#ifndef SYNFIN_BASE_TEXT_TABLES_H
#define SYNFIN_BASE_TEXT_TABLES_H

/* "00" to "99". */
extern const char text_decimal_pairs[201];
/* "00" to "ff". */
extern const char text_hex_pairs[513];
/* "0." to "255.", each in four bytes. */
extern const char text_octets[256][4];

#endif
