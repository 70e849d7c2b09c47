/* SPDX-License-Identifier: BSD-3-Clause */
/* Everything is checked once, when the file is read: looking up can then rely on it. */
#include "cli/catalogue.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <synfin/status.h>

#define MAGIC 0x950412deu
#define MAGIC_SWAPPED 0xde120495u
#define HEADER 28u
#define ROW 8u                   /* of a table: length and offset */
#define SIZE_MAX_BYTES (8u << 20) /* far more than any catalogue of ours */

static uint32_t number_at(const struct catalogue *catalogue, size_t offset)
{
	uint32_t number;
	memcpy(&number, catalogue->bytes + offset, sizeof number);
	return catalogue->swapped ? __builtin_bswap32(number) : number;
}

static const char *text_at(const struct catalogue *catalogue, uint32_t table, uint32_t i)
{
	return catalogue->bytes + number_at(catalogue, table + ROW * (size_t)i + 4);
}

/* Whether a table lies within the file and each of its texts does, with the NUL behind it. */
static int table_is_good(const struct catalogue *catalogue, uint32_t table)
{
	if (table > catalogue->size || catalogue->count > (catalogue->size - table) / ROW)
		return 0;
	for (uint32_t i = 0; i < catalogue->count; i++) {
		size_t length = number_at(catalogue, table + ROW * (size_t)i);
		size_t offset = number_at(catalogue, table + ROW * (size_t)i + 4);
		if (offset >= catalogue->size || length >= catalogue->size - offset || catalogue->bytes[offset + length])
			return 0;
	}
	return 1;
}

static int check(struct catalogue *catalogue)
{
	uint32_t magic;
	if (catalogue->size < HEADER)
		return SYNFIN_E_FORMAT;
	memcpy(&magic, catalogue->bytes, sizeof magic);
	if (magic != MAGIC && magic != MAGIC_SWAPPED)
		return SYNFIN_E_FORMAT;
	catalogue->swapped = magic == MAGIC_SWAPPED;
	catalogue->count = number_at(catalogue, 8);
	catalogue->originals = number_at(catalogue, 12);
	catalogue->translations = number_at(catalogue, 16);
	return table_is_good(catalogue, catalogue->originals) && table_is_good(catalogue, catalogue->translations) ? SYNFIN_OK : SYNFIN_E_FORMAT;
}

static int read_all(struct catalogue *catalogue, FILE *file)
{
	size_t room = 0;
	for (;;) {
		if (catalogue->size == room) {
			room = room ? 2 * room : 65536;
			char *bytes = room <= SIZE_MAX_BYTES ? realloc(catalogue->bytes, room) : NULL;
			if (!bytes)
				return room <= SIZE_MAX_BYTES ? SYNFIN_E_MEMORY : SYNFIN_E_FORMAT;
			catalogue->bytes = bytes;
		}
		size_t got = fread(catalogue->bytes + catalogue->size, 1, room - catalogue->size, file);
		if (got == 0)
			return ferror(file) ? SYNFIN_E_IO : SYNFIN_OK;
		catalogue->size += got;
	}
}

int catalogue_read(struct catalogue *catalogue, const char *path)
{
	*catalogue = (struct catalogue){ .bytes = NULL };
	FILE *file = fopen(path, "re");
	if (!file)
		return errno == ENOENT || errno == ENOTDIR ? SYNFIN_E_NO_FILE : SYNFIN_E_IO;
	int status = read_all(catalogue, file);
	fclose(file);
	if (status == 0)
		status = check(catalogue);
	if (status < 0)
		catalogue_free(catalogue);
	return status;
}

void catalogue_free(struct catalogue *catalogue)
{
	free(catalogue->bytes);
	*catalogue = (struct catalogue){ .bytes = NULL };
}

const char *catalogue_translate(void *catalogue, const char *message)
{
	const struct catalogue *read = catalogue;
	uint32_t low = 0;
	uint32_t high = read->count;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		int order = strcmp(message, text_at(read, read->originals, middle));
		if (order == 0) {
			const char *found = text_at(read, read->translations, middle);
			return *found ? found : NULL;
		}
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}
