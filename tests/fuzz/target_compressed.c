/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Compressed savefiles. The input is a byte that chooses the method, one that says into how many streams the file is cut, two that say
 * what of the compressed bytes is damaged or missing, and the file.
 *
 * Undamaged it must give the frames of the plain file, and damaged no other frames than its first ones. A file that is compressed already
 * is none: what is compressed twice is unpacked once.
 */
#include <string.h>

#ifdef HAVE_ZLIB
#include <zlib.h>
#endif
#ifdef HAVE_ZSTD
#include <zstd.h>
#endif
#ifdef HAVE_LZ4
#include <lz4frame.h>
#endif

#include <synfin/source.h>

#include "file.h"
#include "fuzz.h"

enum { HEADER = 4, PLAIN_MOST = 1 << 16, ROOM = 1 << 19, FRAMES_MOST = 4096 };

struct frames {
	unsigned count;
	uint64_t sums[FRAMES_MOST];
};

typedef size_t compress_fn(uint8_t *to, size_t room, const uint8_t *from, size_t size);

#ifdef HAVE_ZLIB
static size_t compress_gzip(uint8_t *to, size_t room, const uint8_t *from, size_t size)
{
	z_stream stream = { .next_in = (Bytef *)(uintptr_t)from, .avail_in = (uInt)size, .next_out = to, .avail_out = (uInt)room };
	FUZZ_CHECK(deflateInit2(&stream, 1, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
	FUZZ_CHECK(deflate(&stream, Z_FINISH) == Z_STREAM_END);
	FUZZ_CHECK(deflateEnd(&stream) == Z_OK);
	return stream.total_out;
}

#endif
#ifdef HAVE_ZSTD
static size_t compress_zstd(uint8_t *to, size_t room, const uint8_t *from, size_t size)
{
	size_t made = ZSTD_compress(to, room, from, size, 1);
	FUZZ_CHECK(!ZSTD_isError(made));
	return made;
}

#endif
#ifdef HAVE_LZ4
static size_t compress_lz4(uint8_t *to, size_t room, const uint8_t *from, size_t size)
{
	size_t made = LZ4F_compressFrame(to, room, from, size, NULL);
	FUZZ_CHECK(!LZ4F_isError(made));
	return made;
}

#endif
/* A file that is not compressed at all must do as well: without any library there is nothing else. */
static size_t copy(uint8_t *to, size_t room, const uint8_t *from, size_t size)
{
	FUZZ_CHECK(size <= room);
	memcpy(to, from, size);
	return size;
}

static compress_fn *const methods[] = {
#ifdef HAVE_ZLIB
	compress_gzip,
#endif
#ifdef HAVE_ZSTD
	compress_zstd,
#endif
#ifdef HAVE_LZ4
	compress_lz4,
#endif
	copy,
};
enum { METHODS = sizeof methods / sizeof *methods };

static int sum(void *context, const struct synfin_frame *frame)
{
	struct frames *frames = context;
	uint64_t sum = (uint64_t)frame->time_ns * 31 + frame->captured * UINT64_C(131) + frame->length;
	for (uint32_t i = 0; i < frame->captured; i++)
		sum = sum * 31 + frame->bytes[i];
	if (frames->count < FRAMES_MOST)
		frames->sums[frames->count++] = sum;
	return 0;
}

/* The status of opening or of the last dispatch. */
static int read_frames(const uint8_t *bytes, size_t size, struct frames *frames)
{
	struct synfin_error error = { .code = 0 };
	struct synfin_source *source = NULL;
	frames->count = 0;
	int status = synfin_source_open_file(&source, fuzz_file(bytes, size), NULL, &error);
	while (status == SYNFIN_SOURCE_MORE)
		status = synfin_source_dispatch(source, sum, frames, &error);
	FUZZ_CHECK(status >= 0 || (error.code == status && error.text[0]));
	synfin_source_close(source);
	return status;
}

static size_t compress_all(uint8_t *to, unsigned method, unsigned streams, const uint8_t *from, size_t size)
{
	size_t used = 0;
	for (unsigned i = 0; i < streams; i++) {
		size_t begin = size * i / streams, end = size * (i + 1) / streams;
		used += methods[method](to + used, ROOM - used, from + begin, end - begin);
	}
	return used;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct frames plain, whole, damaged;
	static uint8_t compressed[ROOM];

	if (size < HEADER || size > PLAIN_MOST)
		return 0;
	const uint8_t *file = data + HEADER;
	size_t length = size - HEADER;
	if (fuzz_is_compressed(file, length))
		return 0;
	int expected = read_frames(file, length, &plain);
	if (length == 0)
		return 0;
	size_t used = compress_all(compressed, data[0] % METHODS, 1 + data[1] % 8, file, length);
	int got = read_frames(compressed, used, &whole);
	FUZZ_CHECK(got == expected || (got < 0 && expected < 0));
	FUZZ_CHECK(whole.count == plain.count && memcmp(whole.sums, plain.sums, plain.count * sizeof *plain.sums) == 0);

	size_t place = (size_t)(data[2] << 8 | data[3]) % used;
	(void)read_frames(compressed, place, &damaged);
	FUZZ_CHECK(damaged.count <= plain.count && memcmp(damaged.sums, plain.sums, damaged.count * sizeof *plain.sums) == 0);
	compressed[place] ^= (uint8_t)(1u << (data[1] >> 5));
	/* Not all methods sum what they hold, so a frame may differ; but they all end. */
	(void)read_frames(compressed, used, &damaged);
	return 0;
}
