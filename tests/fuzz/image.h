/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A capture in memory: the little-endian pcap format, in microseconds, and nothing else. Inputs of the pipeline's target are such files, so
 * that one that breaks something is a capture which `synfin -r` reads as well.
 *
 * The eight bytes of the header that no reader looks at (the time zone and its accuracy) choose the options of the run.
 */
#ifndef SYNFIN_FUZZ_IMAGE_H
#define SYNFIN_FUZZ_IMAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { IMAGE_FRAMES = 1024, IMAGE_HEADER = 24, IMAGE_RECORD = 16, IMAGE_CHOICES = 8, IMAGE_FRAME_MOST = 65600 };

struct image_frame {
	uint32_t seconds, fraction;
	uint32_t captured, length;
	const uint8_t *bytes;
};

struct image {
	uint32_t link_type;
	uint8_t choices[IMAGE_CHOICES];
	unsigned count;
	struct image_frame frames[IMAGE_FRAMES]; /* their bytes lie where they were read from */
};

/* Read a file's bytes, up to the first frame that is not whole. false: it is not such a file. */
bool image_read(struct image *image, const uint8_t *data, size_t size);
/* Write as many of the frames as there is room for. Returns the bytes written, 0 if there is not even room for the header. */
size_t image_write(const struct image *image, uint8_t *to, size_t most);

#endif
