/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Decompression; compressed.h has the theory.
 *
 * A method's step() turns input [begin, end) into output: it moves `begin`, sets `between` when a stream has ended and no other
 * begun, and returns the bytes that it made, 0 if it needs more input, -1 for damaged data. Methods keep their own state in `state`.
 */
#include "capture/compressed.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifdef HAVE_ZLIB
#include <zlib.h>
#endif
#ifdef HAVE_ZSTD
#include <zstd.h>
#endif
#ifdef HAVE_LZ4
#include <lz4frame.h>
#endif

#define INPUT_SIZE ((size_t)64 * 1024)

struct method {
	uint8_t magic[COMPRESSED_PROBE];
	size_t magic_length;
	const char *damaged, *early; /* what is wrong with a file */
	/* NULL: not in this build. */
	bool (*open)(struct compressed *c);
	bool (*rewind)(struct compressed *c);
	ssize_t (*step)(struct compressed *c, void *to, size_t size);
	void (*close)(struct compressed *c);
};

struct compressed {
	const struct method *method;
	void *state;
	int descriptor;
	off_t start, next;
	bool input_ended;
	bool between; /* streams: the file may end here */
	const char *problem;
	size_t begin, end;
	uint8_t input[INPUT_SIZE];
};

#ifdef HAVE_ZLIB

#define GZIP_WINDOW (15 + 16) /* the largest, and a gzip header */

static bool gzip_open(struct compressed *c)
{
	z_stream *stream = calloc(1, sizeof *stream);
	c->state = stream;
	return stream && inflateInit2(stream, GZIP_WINDOW) == Z_OK;
}

static bool gzip_rewind(struct compressed *c)
{
	return inflateReset(c->state) == Z_OK;
}

static ssize_t gzip_step(struct compressed *c, void *to, size_t size)
{
	z_stream *stream = c->state;
	/* gzip(1) takes what is not another member for padding, and so do we. */
	if (c->between && c->begin < c->end) {
		if (c->input[c->begin] != c->method->magic[0]) {
			c->begin = c->end;
			return 0;
		}
		if (inflateReset(stream) != Z_OK)
			return -1;
		c->between = false;
	}
	stream->next_in = c->input + c->begin;
	stream->avail_in = (uInt)(c->end - c->begin);
	stream->next_out = to;
	stream->avail_out = size < 1u << 30 ? (uInt)size : 1u << 30;
	uInt room = stream->avail_out;
	int got = c->between ? Z_BUF_ERROR : inflate(stream, Z_NO_FLUSH);
	c->begin = c->end - stream->avail_in;
	if (got == Z_STREAM_END)
		c->between = true;
	else if (got != Z_OK && got != Z_BUF_ERROR)
		return -1;
	return (ssize_t)(room - stream->avail_out);
}

static void gzip_close(struct compressed *c)
{
	if (c->state)
		(void)inflateEnd(c->state);
	free(c->state);
}

#define GZIP gzip_open, gzip_rewind, gzip_step, gzip_close
#else
#define GZIP NULL, NULL, NULL, NULL
#endif

#ifdef HAVE_ZSTD

static bool zstd_open(struct compressed *c)
{
	c->state = ZSTD_createDStream();
	return c->state && !ZSTD_isError(ZSTD_DCtx_setParameter(c->state, ZSTD_d_windowLogMax, COMPRESSED_WINDOW_LOG));
}

static bool zstd_rewind(struct compressed *c)
{
	return !ZSTD_isError(ZSTD_DCtx_reset(c->state, ZSTD_reset_session_only));
}

static ssize_t zstd_step(struct compressed *c, void *to, size_t size)
{
	ZSTD_inBuffer in = { c->input, c->end, c->begin };
	ZSTD_outBuffer out = { to, size, 0 };
	/* Without input there may still be output, but no next stream begins. */
	if (c->between && in.pos == in.size)
		return 0;
	size_t left = ZSTD_decompressStream(c->state, &out, &in);
	if (ZSTD_isError(left))
		return -1;
	c->begin = in.pos;
	c->between = left == 0;
	return (ssize_t)out.pos;
}

static void zstd_close(struct compressed *c)
{
	(void)ZSTD_freeDStream(c->state);
}

#define ZSTD zstd_open, zstd_rewind, zstd_step, zstd_close
#else
#define ZSTD NULL, NULL, NULL, NULL
#endif

#ifdef HAVE_LZ4

static bool lz4_open(struct compressed *c)
{
	LZ4F_dctx *context = NULL;
	bool made = !LZ4F_isError(LZ4F_createDecompressionContext(&context, LZ4F_VERSION));
	c->state = context;
	return made;
}

static bool lz4_rewind(struct compressed *c)
{
	LZ4F_resetDecompressionContext(c->state);
	return true;
}

static ssize_t lz4_step(struct compressed *c, void *to, size_t size)
{
	size_t made = size, taken = c->end - c->begin;
	if (c->between && taken == 0)
		return 0;
	size_t left = LZ4F_decompress(c->state, to, &made, c->input + c->begin, &taken, NULL);
	if (LZ4F_isError(left))
		return -1;
	c->begin += taken;
	c->between = left == 0;
	return (ssize_t)made;
}

static void lz4_close(struct compressed *c)
{
	(void)LZ4F_freeDecompressionContext(c->state);
}

#define LZ4 lz4_open, lz4_rewind, lz4_step, lz4_close
#else
#define LZ4 NULL, NULL, NULL, NULL
#endif

static const struct method methods[] = {
	{ { 0x1f, 0x8b }, 2, "the gzip data are damaged", "the gzip data end too early", GZIP },
	{ { 0x28, 0xb5, 0x2f, 0xfd }, 4, "the zstd data are damaged, or need too much memory", "the zstd data end too early", ZSTD },
	{ { 0x04, 0x22, 0x4d, 0x18 }, 4, "the lz4 data are damaged", "the lz4 data end too early", LZ4 },
};

int compressed_open(struct compressed **compressed, const uint8_t *magic, size_t length, int descriptor, off_t start)
{
	const struct method *method = NULL;
	for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++)
		if (length >= methods[i].magic_length && memcmp(magic, methods[i].magic, methods[i].magic_length) == 0)
			method = &methods[i];
	*compressed = NULL;
	if (!method)
		return 0;
	if (!method->open)
		return ENOTSUP;
	struct compressed *c = calloc(1, sizeof *c);
	if (!c)
		return ENOMEM;
	c->method = method;
	c->descriptor = descriptor;
	c->start = c->next = start;
	if (!method->open(c)) {
		compressed_close(c);
		return ENOMEM;
	}
	*compressed = c;
	return 0;
}

int compressed_rewind(struct compressed *c)
{
	c->next = c->start;
	c->begin = c->end = 0;
	c->input_ended = c->between = false;
	c->problem = NULL;
	return c->method->rewind(c) ? 0 : ENOMEM;
}

/* Have some input, unless the file has ended. 0, or -1 with errno. */
static int refill(struct compressed *c)
{
	ssize_t got;
	if (c->begin < c->end || c->input_ended)
		return 0;
	do
		got = pread(c->descriptor, c->input, INPUT_SIZE, c->next);
	while (got < 0 && errno == EINTR);
	if (got < 0)
		return -1;
	c->input_ended = got == 0;
	c->begin = 0;
	c->end = (size_t)got;
	c->next += got;
	return 0;
}

off_t compressed_place(const struct compressed *c)
{
	return c->next;
}

ssize_t compressed_read(struct compressed *c, void *to, size_t size)
{
	for (;;) {
		if (refill(c) < 0)
			return -1;
		bool last = c->input_ended;
		ssize_t made = c->method->step(c, to, size);
		if (made > 0 || (made == 0 && last && c->between))
			return made;
		if (made < 0 || last) {
			c->problem = made < 0 ? c->method->damaged : c->method->early;
			errno = EBADMSG;
			return -1;
		}
	}
}

const char *compressed_problem(const struct compressed *c)
{
	return c->problem;
}

void compressed_close(struct compressed *c)
{
	if (!c)
		return;
	c->method->close(c);
	free(c);
}
