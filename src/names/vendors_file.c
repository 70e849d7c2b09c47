/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The IEEE's register of organisations, which has a line of this kind for each, in no order:
 *
 *     00-00-0C   (hex)		Cisco Systems, Inc
 *
 * It has tens of thousands, so it is opened while files may be opened but read only for who is shown a MAC address.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "names/vendors.h"

/* No register is that long: a file without an end must not fill the memory. */
#define VENDORS_MOST 200000
#define LINE_MOST 512
#define NAME_MOST 100

struct vendor {
	uint32_t oui;
	uint32_t place; /* in the text */
};

struct vendors {
	FILE *file;     /* NULL once it has been read */
	struct vendor *list;
	uint32_t count, room;
	char *text;     /* names, each ended by a NUL */
	uint32_t length, size;
};

struct vendors *vendors_open(const char *path)
{
	static const char *const places[] = {
		"/usr/share/ieee-data/oui.txt", "/var/lib/ieee-data/oui.txt", "/usr/share/hwdata/oui.txt", "/usr/share/misc/oui.txt",
		"/usr/local/etc/oui.txt",
	};
	FILE *file = path ? fopen(path, "re") : NULL;
	for (size_t i = 0; !path && !file && i < sizeof places / sizeof *places; i++)
		file = fopen(places[i], "re");
	struct vendors *made = file ? calloc(1, sizeof *made) : NULL;
	if (!made && file)
		fclose(file);
	if (made)
		made->file = file;
	return made;
}

void vendors_close(struct vendors *vendors)
{
	if (!vendors)
		return;
	if (vendors->file)
		fclose(vendors->file);
	free(vendors->list);
	free(vendors->text);
	free(vendors);
}

/* "00-00-0C" */
static bool read_oui(const char *text, uint32_t *oui)
{
	static const char digits[] = "0123456789ABCDEF";
	*oui = 0;
	for (unsigned i = 0; i < 8; i++) {
		const char *digit = text[i] ? strchr(digits, text[i]) : NULL;
		if (i % 3 == 2 ? text[i] != '-' : !digit)
			return false;
		if (digit)
			*oui = *oui << 4 | (uint32_t)(digit - digits);
	}
	return true;
}

static bool make_room(struct vendors *vendors, size_t name)
{
	if (vendors->count == vendors->room) {
		uint32_t room = vendors->room ? 2 * vendors->room : 4096;
		struct vendor *list = realloc(vendors->list, room * sizeof *list);
		if (!list)
			return false;
		vendors->list = list;
		vendors->room = room;
	}
	if (vendors->size - vendors->length < name) {
		uint32_t size = vendors->size ? 2 * vendors->size : 65536;
		char *text = realloc(vendors->text, size);
		if (!text)
			return false;
		vendors->text = text;
		vendors->size = size;
	}
	return true;
}

/* false if there is no room for more. */
static bool take_line(struct vendors *vendors, const char *line)
{
	static const char mark[] = "(hex)";
	const char *name = strstr(line, mark);
	uint32_t oui;
	if (!name || !read_oui(line, &oui))
		return true;
	name += sizeof mark - 1;
	name += strspn(name, " \t");
	size_t length = strcspn(name, "\r\n");
	if (length > NAME_MOST)
		length = NAME_MOST;
	if (length == 0)
		return true;
	if (vendors->count == VENDORS_MOST || !make_room(vendors, length + 1))
		return false;
	vendors->list[vendors->count++] = (struct vendor){ oui, vendors->length };
	memcpy(vendors->text + vendors->length, name, length);
	vendors->text[vendors->length + length] = '\0';
	vendors->length += (uint32_t)length + 1;
	return true;
}

static int compare(const void *one, const void *other)
{
	uint32_t a = ((const struct vendor *)one)->oui, b = ((const struct vendor *)other)->oui;
	return (a > b) - (a < b);
}

static void read_all(struct vendors *vendors)
{
	char line[LINE_MOST];
	while (fgets(line, sizeof line, vendors->file) && take_line(vendors, line))
		;
	fclose(vendors->file);
	vendors->file = NULL;
	if (vendors->count)
		qsort(vendors->list, vendors->count, sizeof *vendors->list, compare);
}

const char *vendors_name(struct vendors *vendors, uint32_t oui)
{
	struct vendor wanted = { .oui = oui };
	if (vendors->file)
		read_all(vendors);
	const struct vendor *found = vendors->count ? bsearch(&wanted, vendors->list, vendors->count, sizeof wanted, compare) : NULL;
	return found ? vendors->text + found->place : NULL;
}
