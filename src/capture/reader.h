/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A thread that reads a file while what it read before is being worked on, and uncompresses it if need be.
 *
 * It fills chunks in turn and waits while all of them are full. A chunk belongs to the thread until reader_next() hands it out, and to the
 * caller until it is given back, so that nothing is copied. Each begins with READER_ROOM bytes that are the caller's: there goes what was left of
 * the chunk before, so that a record that lies in both lies in one piece.
 *
 * The thread calls `get`, and nothing else does until reader_stop(). It takes no signals: those are for the program's own threads.
 */
#ifndef SYNFIN_CAPTURE_READER_H
#define SYNFIN_CAPTURE_READER_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum { READER_ROOM = 64 * 1024, READER_CHUNK = 256 * 1024 };

struct reader;

/* Up to `size` bytes of the file: their number, 0 at its end, -1 with errno. *place: how far the file has been read then. */
typedef ssize_t reader_get(void *context, void *to, size_t size, off_t *place);

struct reader_chunk {
	uint8_t *bytes; /* READER_ROOM of the caller's, and `size` of the file */
	size_t size;    /* 0: the file has ended, unless there is a failure */
	off_t place;    /* how far the file has been read with these */
	int failure;    /* errno of the read behind these bytes, or 0 */
};

/* NULL if it would not help (one processor), or there is no memory or no thread for it: then go on without. */
struct reader *reader_start(reader_get *get, void *context);
/* The next chunk, of which the caller may have two at a time. After one of no bytes, or with a failure, there is none. */
const struct reader_chunk *reader_next(struct reader *reader);
/* All chunks that were handed out go back, but for the last `keep`. */
void reader_give_back(struct reader *reader, unsigned keep);
/* Waits until the thread is through with the read that it is at. NULL is allowed. */
void reader_stop(struct reader *reader);

#endif
