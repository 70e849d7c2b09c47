/* SPDX-License-Identifier: BSD-3-Clause */
/* The bytes of a regular file; window.h has the theory. */
#include "capture/window.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "capture/compressed.h"

/* Stays in the second level cache; larger is slower. */
#define WINDOW_CAPACITY ((size_t)256 * 1024)

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
	window->bytes = malloc(WINDOW_CAPACITY);
	if (!window->bytes) {
		window_close(window);
		return ENOMEM;
	}
	window->capacity = WINDOW_CAPACITY;
	return 0;
}

off_t window_place(const struct window *window)
{
	return window->compressed ? compressed_place(window->compressed) : window->next;
}

int window_rewind(struct window *window)
{
	window->next = window->start;
	window->begin = window->end = 0;
	window->failure = 0;
	return window->compressed ? compressed_rewind(window->compressed) : 0;
}

/* Read past the buffer. The number of bytes, 0 at the end of the file, -1 with errno, which is kept, too. */
static ssize_t window_get(struct window *window, void *to, size_t size)
{
	ssize_t got;
	if (window->compressed) {
		got = compressed_read(window->compressed, to, size);
	} else {
		do
			got = pread(window->descriptor, to, size, window->next);
		while (got < 0 && errno == EINTR);
		if (got > 0)
			window->next += got;
	}
	if (got < 0)
		window->failure = errno;
	return got;
}

/* Make room for n bytes from `begin` on. */
static bool window_reserve(struct window *window, size_t n)
{
	memmove(window->bytes, window->bytes + window->begin, window->end - window->begin);
	window->end -= window->begin;
	window->begin = 0;
	if (n <= window->capacity)
		return true;
	uint8_t *larger = realloc(window->bytes, n);
	if (!larger) {
		window->failure = ENOMEM;
		return false;
	}
	window->bytes = larger;
	window->capacity = n;
	return true;
}

void window_fill(struct window *window, size_t n)
{
	if (window->failure || window->end - window->begin >= n || !window_reserve(window, n))
		return;
	while (window->end < n) {
		ssize_t got = window_get(window, window->bytes + window->end, window->capacity - window->end);
		if (got <= 0)
			return;
		window->end += (size_t)got;
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
	compressed_close(window->compressed);
	free(window->bytes);
	*window = (struct window){ .descriptor = -1 };
}
