/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A savefile's bytes: a descriptor with a buffer that can be looked into.
 *
 * libpcap reads through a FILE and waits inside it, and what stdio has buffered nobody can see. So it gets a FILE over this
 * (fopencookie, or BSD's funopen). A regular file never makes a reader wait: it is read through a window (window.h). Of anything else one
 * record at a time is handed out (record.h), so that stdio's buffer is empty after each; what has been read beyond it is in
 * [begin, end). stream_ready() tells whether n bytes of it can be had without waiting, stream_peek() shows them. Waiting is done here, by
 * poll() in slices, so that a stop ends it.
 *
 * An unbuffered FILE would do without records, but glibc reads such a one byte by byte.
 *
 * Invariant: begin <= end <= STREAM_CAPACITY.
 */
#ifndef SYNFIN_CAPTURE_STREAM_H
#define SYNFIN_CAPTURE_STREAM_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "capture/record.h"
#include "capture/window.h"

/* Room for a packet of libpcap's largest usual snapshot length and its headers. */
#define STREAM_CAPACITY (320 * 1024)

struct stream {
	int descriptor;
	bool owned;                   /* to be closed with the stream: not standard input */
	bool regular;
	struct window window;         /* of a regular file; nothing below concerns one, but for `failure` */
	const atomic_bool *stopped;   /* ends a wait; NULL while there is nobody who could stop it: then a signal does */
	int failure;                  /* errno of the read that failed, or 0 */
	bool begun;                   /* the file's header has been looked at: `layout` is known */
	struct record_layout layout;  /* as of what has been handed out */
	uint64_t left;                /* bytes of the current record that have not been handed out yet */
	uint8_t *bytes;
	size_t begin;
	size_t end;
};

/* Open `path` ("-": standard input). 0, or errno; ENOTSUP is window_open()'s. */
int stream_open(struct stream *stream, const char *path);
/* A FILE that reads from the stream; closing it leaves the stream open. NULL with errno set. */
FILE *stream_file(struct stream *stream);
/* Whether the next n bytes, or the end of the file, or an error, can be had without waiting. True if n is more than fits. */
bool stream_ready(struct stream *stream, size_t n);
/* n bytes that lie `offset` bytes ahead, or NULL if they are not in the buffer. */
const uint8_t *stream_peek(const struct stream *stream, size_t offset, size_t n);
/* Bytes of a regular file that have been read, and that it has. false for anything else. */
bool stream_progress(const struct stream *stream, uint64_t *read, uint64_t *total);
void stream_close(struct stream *stream);

#endif
