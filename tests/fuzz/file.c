/* SPDX-License-Identifier: BSD-3-Clause */
#include "file.h"

#include <stdio.h>
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
