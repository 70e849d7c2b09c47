/* SPDX-License-Identifier: BSD-3-Clause */
#include "file.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "fuzz.h"

#ifdef __linux__
#include <sys/mman.h>
#endif

/* In memory where that is possible: a campaign writes millions. */
static int open_nameless(void)
{
#ifdef __linux__
	int descriptor = memfd_create("fuzz", 0);
	if (descriptor >= 0)
		return descriptor;
#endif
	FILE *file = tmpfile();
	FUZZ_CHECK(file);
	return fileno(file);
}

const char *fuzz_file(const void *bytes, size_t size)
{
	static int descriptor = -1;
	static char path[64];
	if (descriptor < 0)
		descriptor = open_nameless();
	FUZZ_CHECK(ftruncate(descriptor, 0) == 0);
	FUZZ_CHECK(size == 0 || pwrite(descriptor, bytes, size, 0) == (ssize_t)size);
	/* Where opening this means duplicating the descriptor, the position is shared. */
	FUZZ_CHECK(lseek(descriptor, 0, SEEK_SET) == 0);
	snprintf(path, sizeof path, "/dev/fd/%d", descriptor);
	return path;
}

bool fuzz_is_compressed(const uint8_t *data, size_t size)
{
	static const uint8_t magics[][4] = { { 0x1f, 0x8b }, { 0x28, 0xb5, 0x2f, 0xfd }, { 0x04, 0x22, 0x4d, 0x18 } };
	static const size_t lengths[] = { 2, 4, 4 };
	for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++)
		if (size >= lengths[i] && memcmp(data, magics[i], lengths[i]) == 0)
			return true;
	return false;
}
