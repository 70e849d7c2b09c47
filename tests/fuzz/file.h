/* SPDX-License-Identifier: BSD-3-Clause */
/* Bytes as a file that has a path, for what opens files by their names. */
#ifndef SYNFIN_FUZZ_FILE_H
#define SYNFIN_FUZZ_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Valid until the next call; the file is never seen in a directory. */
const char *fuzz_file(const void *bytes, size_t size);
/* Whether a file begins as one of those that are unpacked when they are read. */
bool fuzz_is_compressed(const uint8_t *data, size_t size);

#endif
