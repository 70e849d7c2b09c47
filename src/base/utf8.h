/* SPDX-License-Identifier: BSD-3-Clause */
/* UTF-8 in bytes that may be anything, and which of its characters a reader sees. */
#ifndef SYNFIN_BASE_UTF8_H
#define SYNFIN_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The length in bytes of the character of more than one byte at p, of which n > 0 bytes are there, and the character; 0 if there is none.
 * Well-formed is what table 3-7 of the Unicode standard says: no overlong forms, no surrogates, nothing above U+10FFFF.
 */
size_t utf8_read(const uint8_t *p, size_t n, uint32_t *character);
/* Whether a character from U+0080 on shows as itself: no control, direction mark, separator, tag or noncharacter (escape.c says why). */
bool utf8_is_printable(uint32_t character);
/*
 * Put a blank in the place of every byte of a text that would command a terminal or deceive its reader (escape.c), in UTF-8 or in an
 * encoding of single bytes. For one line of words with a name in it, which stays readable; nobody has to read the name back.
 */
void utf8_tame(char *text);

#endif
