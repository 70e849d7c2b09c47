/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A message catalogue as msgfmt makes it (GNU .mo).
 *
 * gettext(3) reads these too, but only for a locale that is installed: a Debian without the package locales-all knows C and C.UTF-8, glibc
 * ignores LANGUAGE in the one and from 2.39 on in the other, and musl and macOS each have rules of their own. Read here, a catalogue
 * needs a file and nothing else.
 */
#ifndef SYNFIN_CLI_CATALOGUE_H
#define SYNFIN_CLI_CATALOGUE_H

#include <stddef.h>
#include <stdint.h>

struct catalogue {
	char *bytes;
	size_t size;
	int swapped;         /* its numbers have the other byte order */
	uint32_t count;
	uint32_t originals;  /* offset of the table of messages, sorted */
	uint32_t translations;
};

/* Read a file. 0, or SYNFIN_E_NO_FILE, _IO, _MEMORY, _FORMAT; then the catalogue is empty and need not be freed. */
int catalogue_read(struct catalogue *catalogue, const char *path);
void catalogue_free(struct catalogue *catalogue);
/* The translation, or NULL. `catalogue` is a struct catalogue: a views_translate_fn. */
const char *catalogue_translate(void *catalogue, const char *message);

#endif
