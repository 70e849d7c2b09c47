/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A regular file's bytes, in a buffer that moves over the file: what is in it is read in place, through a cursor.
 *
 * The file is not mapped: a file that somebody cuts while it is mapped ends the program with SIGBUS, and pread() into a buffer that
 * stays in the cache costs no more (tests/bench/README.md has the figures). A file that grows is read to where it ends when its end is
 * reached.
 *
 * Of a file that is not over with the first buffer the rest is read by another thread (reader.h), and the window moves from one chunk of its to
 * the next. What is not a chunk's is read as before: the beginning, records that are too large for a chunk, and what comes when the thread has
 * seen the end.
 *
 * A compressed file looks the same from here (compressed.h). The descriptor's own position is not used, so that the file can be begun again.
 *
 * Invariant: begin <= end, and both lie in what `bytes` points to: `own`, or a chunk.
 */
#ifndef SYNFIN_CAPTURE_WINDOW_H
#define SYNFIN_CAPTURE_WINDOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/bytes.h"

struct compressed;
struct reader;

struct window {
	int descriptor;
	off_t start;                   /* where the file begins: standard input may have been read from before */
	off_t next;                    /* offset of the next bytes to read */
	off_t place;                   /* how far the file has been read with what is in the buffer */
	struct compressed *compressed; /* or NULL */
	struct reader *reader;         /* who has `next` and `compressed` to itself; or NULL */
	bool read_singly;              /* there is to be no reader, or no more */
	int failure;                   /* errno of the read that failed, or 0; window_problem() has words for it */
	uint8_t *own;
	size_t capacity;               /* of `own` */
	const uint8_t *bytes;
	size_t begin;
	size_t end;
};

/*
 * Read `descriptor` from its position on; it stays the caller's. 0, or errno. ENOTSUP: compressed in a way that this build does not know.
 * There is no other thread before the first window_rewind(): libpcap looks at a file's beginning while the program still has all its rights,
 * and a thread that is there then would be outside of the sandbox.
 */
int window_open(struct window *window, int descriptor);
/* Go back to the file's first byte. 0, or errno. */
int window_rewind(struct window *window);
/* Copy bytes out, as read(2) does. */
ssize_t window_read(struct window *window, void *to, size_t size);
/* How far the file itself has been read: of a compressed one, in its compressed bytes. */
off_t window_place(const struct window *window);
/* What `failure` means. */
const char *window_problem(const struct window *window);
void window_close(struct window *window);

/* Have n bytes in the buffer, or all that are left of the file; on a failure, which `failure` tells, fewer. */
void window_fill(struct window *window, size_t n);

/* The bytes from here on: n or more, fewer at the file's end or after a failure. Valid until the next call. */
static inline struct cursor window_have(struct window *window, size_t n)
{
	if (__builtin_expect(window->end - window->begin < n, 0))
		window_fill(window, n);
	return cursor_over(window->bytes + window->begin, window->end - window->begin);
}

/* What is in the buffer now. */
static inline struct cursor window_view(const struct window *window)
{
	return cursor_over(window->bytes + window->begin, window->end - window->begin);
}

/* Step over n bytes of what window_have() showed. */
static inline void window_advance(struct window *window, size_t n)
{
	size_t left = window->end - window->begin;
	window->begin += n < left ? n : left;
}

#endif
