/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A compressed file, read as if it were not: gzip, zstd and lz4, each if the library was there when this was built (HAVE_ZLIB,
 * HAVE_ZSTD, HAVE_LZ4).
 *
 * Several compressed streams one behind the other are read as one, as their tools do. Memory is bounded whatever a file says of
 * itself: 32 KiB for gzip, 4 MiB blocks for lz4, and a window of COMPRESSED_WINDOW_LOG bits for zstd, which is what its tool takes without
 * being asked.
 */
#ifndef SYNFIN_CAPTURE_COMPRESSED_H
#define SYNFIN_CAPTURE_COMPRESSED_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* The first bytes of a file, which tell how it is compressed. */
#define COMPRESSED_PROBE 4
#define COMPRESSED_WINDOW_LOG 27

struct compressed;

/*
 * Set *compressed to a reader of `descriptor` from `start` on, or to NULL if a file that begins with these bytes is not compressed. 0,
 * ENOMEM, or ENOTSUP without the library.
 */
int compressed_open(struct compressed **compressed, const uint8_t *magic, size_t length, int descriptor, off_t start);
/* Go back to the first byte. 0, or errno. */
int compressed_rewind(struct compressed *compressed);
/* As read(2) does; EBADMSG: the file is damaged. */
ssize_t compressed_read(struct compressed *compressed, void *to, size_t size);
/* Where the next compressed bytes will be read. */
off_t compressed_place(const struct compressed *compressed);
/* What is wrong with the file, or NULL. */
const char *compressed_problem(const struct compressed *compressed);
/* NULL is allowed. */
void compressed_close(struct compressed *compressed);

#endif
