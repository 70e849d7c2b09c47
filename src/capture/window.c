/* SPDX-License-Identifier: BSD-3-Clause */
/* The bytes of a regular file; window.h has the theory. */
#include "capture/window.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "capture/compressed.h"
#include "capture/reader.h"

/* Stays in the second level cache; larger is slower. What is left of a chunk has room there, too. */
#define WINDOW_CAPACITY ((size_t)READER_ROOM + READER_CHUNK)

int window_open(struct window *window, int descriptor)
{
	uint8_t magic[COMPRESSED_PROBE];
	off_t start = lseek(descriptor, 0, SEEK_CUR);
	*window = (struct window){ .descriptor = descriptor, .start = start < 0 ? 0 : start };
	window->next = window->start;
	ssize_t got = pread(descriptor, magic, sizeof magic, window->start);
	/* What cannot be read will be found out by the next read. */
	int number = got > 0 ? compressed_open(&window->compressed, magic, (size_t)got, descriptor, window->start) : 0;
	if (number != 0)
		return number;
	window->own = malloc(WINDOW_CAPACITY);
	if (!window->own) {
		window_close(window);
		return ENOMEM;
	}
	window->capacity = WINDOW_CAPACITY;
	window->bytes = window->own;
	window->place = window->start;
	window->read_singly = true;
	return 0;
}

off_t window_place(const struct window *window)
{
	return window->place;
}

static void stop_reader(struct window *window)
{
	reader_stop(window->reader);
	window->reader = NULL;
}

int window_rewind(struct window *window)
{
	stop_reader(window);
	window->next = window->place = window->start;
	window->begin = window->end = 0;
	window->bytes = window->own;
	window->read_singly = false;
	window->failure = 0;
	return window->compressed ? compressed_rewind(window->compressed) : 0;
}

/* reader_get: read on. Of the window it touches `next` and `compressed` only. */
static ssize_t get(void *context, void *to, size_t size, off_t *place)
{
	struct window *window = context;
	ssize_t got;
	if (window->compressed) {
		got = compressed_read(window->compressed, to, size);
		*place = compressed_place(window->compressed);
		return got;
	}
	do
		got = pread(window->descriptor, to, size, window->next);
	while (got < 0 && errno == EINTR);
	if (got > 0)
		window->next += got;
	*place = window->next;
	return got;
}

/* Have what is left at the beginning of `own`, which has room for n bytes then. */
static bool move_to_own(struct window *window, size_t n)
{
	size_t left = window->end - window->begin;
	uint8_t *larger = n > window->capacity ? malloc(n) : NULL;
	if (n > window->capacity && !larger) {
		window->failure = ENOMEM;
		return false;
	}
	memmove(larger ? larger : window->own, window->bytes + window->begin, left);
	if (larger) {
		free(window->own);
		window->own = larger;
		window->capacity = n;
	}
	window->bytes = window->own;
	window->begin = 0;
	window->end = left;
	return true;
}

/* Fill the buffer, in which there is to be room for n bytes, behind what is left. false if less is to be had. */
static bool read_more(struct window *window, size_t n)
{
	ssize_t got = 1;
	if (!move_to_own(window, n))
		return false;
	while (got > 0 && window->end < window->capacity) {
		got = get(window, window->own + window->end, window->capacity - window->end, &window->place);
		if (got < 0)
			window->failure = errno;
		if (got > 0)
			window->end += (size_t)got;
	}
	return got > 0;
}

/* Point the window at a chunk, with what is left in front of it. */
static void move_to_chunk(struct window *window, const struct reader_chunk *chunk)
{
	size_t left = window->end - window->begin;
	memcpy(chunk->bytes + READER_ROOM - left, window->bytes + window->begin, left);
	window->bytes = chunk->bytes;
	window->begin = READER_ROOM - left;
	window->end = READER_ROOM + chunk->size;
	reader_give_back(window->reader, 1);
}

/* Copy a chunk behind what is left, of which there is too much for the room in front of it. */
static bool gather_chunk(struct window *window, const struct reader_chunk *chunk)
{
	if (!move_to_own(window, window->end - window->begin + chunk->size))
		return false;
	memcpy(window->own + window->end, chunk->bytes + READER_ROOM, chunk->size);
	window->end += chunk->size;
	reader_give_back(window->reader, 0);
	return true;
}

/* Take the reader's next chunk. false if there are no more bytes in it, or there is no room for them: then the reader is gone. */
static bool take_chunk(struct window *window)
{
	const struct reader_chunk *chunk = reader_next(window->reader);
	bool last = chunk->size == 0 || chunk->failure;
	bool taken = chunk->size > 0;
	window->place = chunk->place;
	window->failure = chunk->failure;
	if (taken && window->end - window->begin <= READER_ROOM)
		move_to_chunk(window, chunk);
	else if (taken)
		taken = gather_chunk(window, chunk);
	/* Its chunks go with it. */
	if (last || !taken) {
		if (window->bytes != window->own)
			(void)move_to_own(window, window->end - window->begin);
		stop_reader(window);
		window->read_singly = true;
	}
	return taken;
}

void window_fill(struct window *window, size_t n)
{
	bool more = true;
	while (more && !window->failure && window->end - window->begin < n) {
		/* The file filled the buffer, so there is more to come. */
		if (!window->reader && !window->read_singly && window->end == window->capacity) {
			window->reader = reader_start(get, window);
			window->read_singly = !window->reader;
		}
		more = window->reader ? take_chunk(window) : read_more(window, n);
	}
}

ssize_t window_read(struct window *window, void *to, size_t size)
{
	window_fill(window, 1);
	size_t n = window->end - window->begin;
	if (n == 0 && window->failure) {
		errno = window->failure;
		return -1;
	}
	if (n > size)
		n = size;
	memcpy(to, window->bytes + window->begin, n);
	window->begin += n;
	return (ssize_t)n;
}

const char *window_problem(const struct window *window)
{
	const char *problem = window->compressed ? compressed_problem(window->compressed) : NULL;
	return problem ? problem : strerror(window->failure);
}

void window_close(struct window *window)
{
	stop_reader(window);
	compressed_close(window->compressed);
	free(window->own);
	*window = (struct window){ .descriptor = -1 };
}
