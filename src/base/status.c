/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Status texts and error records.
 *
 * An error's text is shown on one line of a terminal or a log, and may quote a file name or a library's message: so it is kept to
 * one line and harmless here, where every error passes, and is never cut within a UTF-8 character.
 */
#include "base/error.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

const char *synfin_status_text(int status)
{
	if (status >= SYNFIN_OK)
		return "success";
	/* No default: the compiler then reports a status that has no text. */
	switch ((enum synfin_status)status) {
	case SYNFIN_OK:
		break;
	case SYNFIN_E_MEMORY:
		return "out of memory";
	case SYNFIN_E_ARGUMENT:
		return "invalid argument";
	case SYNFIN_E_IO:
		return "input/output error";
	case SYNFIN_E_NO_FILE:
		return "no such file";
	case SYNFIN_E_NO_INTERFACE:
		return "no such network interface, or it is not up";
	case SYNFIN_E_PERMISSION:
		return "permission denied";
	case SYNFIN_E_FORMAT:
		return "not a capture file, or a damaged one";
	case SYNFIN_E_FILTER:
		return "invalid filter expression";
	case SYNFIN_E_LINK_TYPE:
		return "link type not supported";
	case SYNFIN_E_UNSUPPORTED:
		return "not supported by this build or this system";
	case SYNFIN_E_PIPE:
		return "the reader of the output went away";
	}
	return "unknown error";
}

/* The length to cut `text` of n bytes to so that it does not end within a UTF-8 character. */
static size_t whole_characters(const char *text, size_t n)
{
	size_t lead = n;
	while (lead > 0 && n - lead < 3 && ((unsigned char)text[lead - 1] & 0xc0) == 0x80)
		lead--;
	if (lead == 0)
		return n;
	unsigned char first = (unsigned char)text[lead - 1];
	size_t want = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1;
	return n - (lead - 1) < want ? lead - 1 : n;
}

/* Copy what fits. */
static void copy_cut(char *to, size_t size, const char *from)
{
	size_t n = strlen(from);
	if (n >= size)
		n = whole_characters(from, size - 1);
	memcpy(to, from, n);
	to[n] = '\0';
}

int error_set(struct synfin_error *error, int code, const char *where, const char *format, ...)
{
	if (!error)
		return code;
	/* Built aside, because `where` and the arguments may point into the record that is being filled; longer than it, to see a cut. */
	char text[sizeof error->text + 1];
	char place[sizeof error->where];
	va_list arguments;
	va_start(arguments, format);
	if (vsnprintf(text, sizeof text, format, arguments) < 0)
		text[0] = '\0';
	va_end(arguments);
	copy_cut(place, sizeof place, where ? where : "");

	error->code = code;
	memcpy(error->where, place, strlen(place) + 1);
	copy_cut(error->text, sizeof error->text, text);
	utf8_tame(error->text);
	return code;
}
