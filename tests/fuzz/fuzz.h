/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the fuzz targets share. A target is a target_NAME.c with LLVMFuzzerTestOneInput(); it is linked with libFuzzer (make fuzz) or with
 * driver.c, which feeds it files (make check).
 *
 * A rule that is broken ends the program: that is how libFuzzer learns of it.
 */
#ifndef SYNFIN_FUZZ_FUZZ_H
#define SYNFIN_FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
/* libFuzzer's, or driver.c's: change `size` bytes, which may become up to `most`. Returns how many there are then. */
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t most);
/* Of targets that know what their input means (mutate.c). */
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most, unsigned seed);
size_t LLVMFuzzerCustomCrossOver(const uint8_t *left, size_t left_size, const uint8_t *right, size_t right_size, uint8_t *out, size_t most,
	unsigned seed);

#define FUZZ_FAIL(...) \
	do { \
		fprintf(stderr, "%s:%d: ", __FILE__, __LINE__); \
		fprintf(stderr, __VA_ARGS__); \
		fputc('\n', stderr); \
		abort(); \
	} while (0)

#define FUZZ_CHECK(condition) \
	do { \
		if (!(condition)) \
			FUZZ_FAIL("broken: %s", #condition); \
	} while (0)

/* A rule of a function that returns the one that is broken, or NULL. */
#define FUZZ_KEEP(broken) \
	do { \
		const char *broken_ = (broken); \
		if (broken_) \
			FUZZ_FAIL("broken: %s", broken_); \
	} while (0)

#endif
