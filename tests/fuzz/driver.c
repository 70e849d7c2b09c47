/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A target without libFuzzer:
 *
 *     target [--mutations N] FILE...    each file, and N times a file that random changes made of it
 *     target --self-test                whether the checks of output refuse what they must
 *
 * The changes are the target's own (mutate.c) where it has some. They are the same at each run.
 */
#include <string.h>

#include "checks.h"
#include "fuzz.h"
#include "random.h"

enum { SIZE_MOST = 1 << 20 };

#pragma weak LLVMFuzzerCustomMutator

static struct random chance;

/* A byte, a bit, a number at the edge, a piece gone or twice. */
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t most)
{
	static const uint8_t edges[] = { 0, 1, 0x7f, 0x80, 0xff, 0xc0, 0x40, 20 };
	if (size == 0) {
		if (most)
			data[size++] = (uint8_t)random_next(&chance);
		return size;
	}
	size_t at = random_below(&chance, (uint32_t)size);
	size_t piece = 1 + random_below(&chance, (uint32_t)(size - at < 32 ? size - at : 32));
	switch (random_below(&chance, 6)) {
	case 0:
		data[at] = (uint8_t)random_next(&chance);
		break;
	case 1:
		data[at] ^= (uint8_t)(1u << random_below(&chance, 8));
		break;
	case 2:
		data[at] = edges[random_below(&chance, sizeof edges)];
		break;
	case 3:
		data[at] += (uint8_t)(random_below(&chance, 9) - 4);
		break;
	case 4:
		memmove(data + at, data + at + piece, size - at - piece);
		return size - piece;
	default:
		if (size + piece > most)
			break;
		memmove(data + at + piece, data + at, size - at);
		return size + piece;
	}
	return size;
}

static size_t mutate(uint8_t *data, size_t size)
{
	if (LLVMFuzzerCustomMutator)
		return LLVMFuzzerCustomMutator(data, size, SIZE_MOST, random_next(&chance));
	for (uint32_t changes = 1 + random_below(&chance, 4); changes > 0; changes--)
		size = LLVMFuzzerMutate(data, size, SIZE_MOST);
	return size;
}

/* A block of the very size, so that a sanitizer sees a read beyond it. */
static void run(const uint8_t *data, size_t size)
{
	uint8_t *exact = malloc(size ? size : 1);
	FUZZ_CHECK(exact);
	memcpy(exact, data, size);
	(void)LLVMFuzzerTestOneInput(exact, size);
	free(exact);
}

/* What broke it, if it breaks, so that it can be kept. */
static void keep(const uint8_t *data, size_t size)
{
	const char *path = getenv("SYNFIN_FUZZ_KEEP");
	FILE *file = path ? fopen(path, "wb") : NULL;
	if (!file)
		return;
	(void)fwrite(data, 1, size, file);
	fclose(file);
}

static void run_file(const char *path, unsigned long mutations)
{
	static uint8_t original[SIZE_MOST], changed[SIZE_MOST];
	FILE *file = fopen(path, "rb");
	if (!file)
		FUZZ_FAIL("cannot read %s", path);
	size_t size = fread(original, 1, sizeof original, file);
	fclose(file);
	fprintf(stderr, "%s\n", path); /* the last one is the one that broke it */
	run(original, size);
	random_seed(&chance, size);
	for (unsigned long i = 0; i < mutations; i++) {
		memcpy(changed, original, size);
		size_t length = mutate(changed, size);
		keep(changed, length);
		run(changed, length);
	}
}

int main(int argc, char **argv)
{
	unsigned long mutations = 0;
	int at = 1;
	if (argc == 2 && strcmp(argv[1], "--self-test") == 0)
		return checks_self_test() ? EXIT_SUCCESS : EXIT_FAILURE;
	if (argc > 3 && strcmp(argv[1], "--mutations") == 0) {
		mutations = strtoul(argv[2], NULL, 10);
		at = 3;
	}
	if (at == argc)
		return 2;
	for (; at < argc; at++)
		run_file(argv[at], mutations);
	return EXIT_SUCCESS;
}
