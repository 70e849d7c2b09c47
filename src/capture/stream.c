/* SPDX-License-Identifier: BSD-3-Clause */
/* The bytes of a savefile; stream.h has the theory. */
#include "capture/stream.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "capture/capture.h"

int stream_open(struct stream *stream, const char *path)
{
	struct stat status;
	*stream = (struct stream){ .descriptor = STDIN_FILENO };
	if (strcmp(path, "-") != 0) {
		stream->descriptor = open(path, O_RDONLY | O_CLOEXEC);
		if (stream->descriptor < 0)
			return errno;
		stream->owned = true;
	}
	stream->regular = fstat(stream->descriptor, &status) == 0 && S_ISREG(status.st_mode);
	int number = 0;
	if (stream->regular) {
		number = window_open(&stream->window, stream->descriptor);
	} else {
		stream->bytes = malloc(STREAM_CAPACITY);
		number = stream->bytes ? 0 : ENOMEM;
	}
	if (number != 0)
		stream_close(stream);
	return number;
}

bool stream_progress(const struct stream *stream, uint64_t *read, uint64_t *total)
{
	struct stat status;
	if (!stream->regular || fstat(stream->descriptor, &status) != 0)
		return false;
	off_t place = window_place(&stream->window);
	*read = (uint64_t)place;
	*total = (uint64_t)status.st_size;
	return true;
}

void stream_close(struct stream *stream)
{
	if (stream->owned)
		close(stream->descriptor);
	stream->owned = false;
	if (stream->regular)
		window_close(&stream->window);
	stream->regular = false;
	free(stream->bytes);
	stream->bytes = NULL;
}

static bool stream_poll(const struct stream *stream, int timeout)
{
	struct pollfd item = { .fd = stream->descriptor, .events = POLLIN };
	return poll(&item, 1, timeout) > 0;
}

/* Wait for bytes. false if a stop came first. */
static bool stream_wait(const struct stream *stream)
{
	do {
		if (*stream->stopped)
			return false;
	} while (!stream_poll(stream, CAPTURE_STOP_MS));
	return true;
}

/* Read once behind `end`, where there must be room. The number of bytes, 0 at the end of the file, -1 with errno. */
static ssize_t stream_fill(struct stream *stream)
{
	for (;;) {
		ssize_t n = read(stream->descriptor, stream->bytes + stream->end, STREAM_CAPACITY - stream->end);
		if (n >= 0) {
			stream->end += (size_t)n;
			return n;
		}
		/* Whoever gave us the descriptor may have set O_NONBLOCK. */
		if (errno == EAGAIN || errno == EWOULDBLOCK)
			(void)stream_poll(stream, CAPTURE_STOP_MS);
		else if (errno != EINTR || !stream->stopped)
			break;
		if (stream->stopped && *stream->stopped) {
			errno = EINTR;
			break;
		}
	}
	stream->failure = errno;
	return -1;
}

static void stream_compact(struct stream *stream)
{
	memmove(stream->bytes, stream->bytes + stream->begin, stream->end - stream->begin);
	stream->end -= stream->begin;
	stream->begin = 0;
}

/* Have n bytes in the buffer, or all that are left of the file. 0, or -1 with errno. */
static int stream_ensure(struct stream *stream, size_t n)
{
	if (STREAM_CAPACITY - stream->begin < n)
		stream_compact(stream);
	while (stream->end - stream->begin < n) {
		if (stream->stopped && !stream_wait(stream)) {
			errno = EINTR;
			return -1;
		}
		ssize_t got = stream_fill(stream);
		if (got < 0)
			return -1;
		if (got == 0)
			break;
	}
	return 0;
}

/* Begin the next record: set `left`, to 0 at the end of the file. 0, or -1 with errno. */
static int stream_next_record(struct stream *stream)
{
	if (stream_ensure(stream, RECORD_PROBE) < 0)
		return -1;
	const uint8_t *start = stream_peek(stream, 0, RECORD_PROBE);
	uint64_t length = 0;
	if (start && !stream->begun)
		length = record_begin(&stream->layout, start);
	else if (start)
		length = record_measure(&stream->layout, start, &(bool){ false });
	stream->begun = true;
	/* No record: whatever there is. */
	stream->left = length ? length : stream->end - stream->begin;
	return 0;
}

static ssize_t stream_read(struct stream *stream, void *to, size_t size)
{
	if (stream->regular) {
		ssize_t got = window_read(&stream->window, to, size);
		if (got < 0)
			stream->failure = errno;
		return got;
	}
	if (stream->left == 0 && stream_next_record(stream) < 0)
		return -1;
	if (stream->left == 0)
		return 0;
	if (stream_ensure(stream, 1) < 0)
		return -1;
	size_t n = stream->end - stream->begin;
	if (n > stream->left)
		n = (size_t)stream->left;
	if (n > size)
		n = size;
	memcpy(to, stream->bytes + stream->begin, n);
	stream->begin += n;
	stream->left -= n;
	return (ssize_t)n;
}

bool stream_ready(struct stream *stream, size_t n)
{
	if (stream->regular || n > STREAM_CAPACITY)
		return true;
	while (stream->end - stream->begin < n) {
		if (!stream_poll(stream, 0))
			return false;
		if (STREAM_CAPACITY - stream->begin < n)
			stream_compact(stream);
		if (stream_fill(stream) <= 0)
			return true;
	}
	return true;
}

const uint8_t *stream_peek(const struct stream *stream, size_t offset, size_t n)
{
	size_t left = stream->end - stream->begin;
	if (offset > left || left - offset < n)
		return NULL;
	return stream->bytes + stream->begin + offset;
}

/* Two standards for the same thing: glibc's, musl's and FreeBSD's fopencookie(), and the other BSDs' and macOS's funopen(). */
#if defined(__linux__) || defined(__FreeBSD__)

static ssize_t cookie_read(void *cookie, char *to, size_t size)
{
	return stream_read(cookie, to, size);
}

static FILE *cookie_open(struct stream *stream)
{
	return fopencookie(stream, "rb", (cookie_io_functions_t){ .read = cookie_read });
}

#else

static int cookie_read(void *cookie, char *to, int size)
{
	return (int)stream_read(cookie, to, (size_t)size);
}

static FILE *cookie_open(struct stream *stream)
{
	return funopen(stream, cookie_read, NULL, NULL, NULL);
}

#endif

FILE *stream_file(struct stream *stream)
{
	return cookie_open(stream);
}
