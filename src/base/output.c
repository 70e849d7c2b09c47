/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The output buffer's block: growth, draining, and what is appended without much arithmetic. Numbers and addresses are in
 * output_number.c and output_address.c, text from packets in escape.c.
 *
 * Everything that fails goes through latch(), which keeps the invariant of output.h: after a failure pos == end.
 */
#include "base/output.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <synfin/status.h>

/* The first block: more than a line of any view, less than a program notices. */
#define OUTPUT_FIRST_BLOCK 4096

static int latch(struct output *out, int status)
{
	if (!out->status)
		out->status = status;
	out->end = out->pos;
	return out->status;
}

void output_init(struct output *out, output_drain_fn *drain, void *context, size_t threshold)
{
	*out = (struct output){ .drain = drain, .context = context, .threshold = threshold };
}

void output_free(struct output *out)
{
	free(out->start);
	out->start = NULL;
	out->pos = NULL;
	out->end = NULL;
}

bool output_grow(struct output *out, size_t n)
{
	if (out->status)
		return false;
	size_t length = output_length(out);
	size_t size = (size_t)(out->end - out->start);
	if (n <= size - length)
		return true;
	/* PTRDIFF_MAX bounds every object; half of it leaves the doubling without an overflow. */
	if (n > PTRDIFF_MAX / 2 || length > PTRDIFF_MAX / 2 - n) {
		latch(out, SYNFIN_E_MEMORY);
		return false;
	}
	if (size < OUTPUT_FIRST_BLOCK)
		size = OUTPUT_FIRST_BLOCK;
	while (size < length + n)
		size *= 2;
	char *block = realloc(out->start, size);
	if (!block) {
		latch(out, SYNFIN_E_MEMORY);
		return false;
	}
	out->start = block;
	out->pos = block + length;
	out->end = block + size;
	return true;
}

int output_drain(struct output *out)
{
	size_t length = output_length(out);
	/* After a failure the block ends in the middle of something: it goes nowhere. */
	if (out->status || !out->drain || length == 0)
		return out->status;
	int status = out->drain(out->context, out->start, length);
	out->pos = out->start;
	/* A drain must not fail with anything but a negative status; if it does, it failed all the same. */
	return status ? latch(out, status < 0 ? status : SYNFIN_E_IO) : 0;
}

int output_settle(struct output *out)
{
	return output_length(out) >= out->threshold ? output_drain(out) : out->status;
}

void output_repeat(struct output *out, char c, size_t n)
{
	if (n && output_room(out, n)) {
		memset(out->pos, c, n);
		out->pos += n;
	}
}

void output_format(struct output *out, const char *format, ...)
{
	va_list arguments, again;
	va_start(arguments, format);
	va_copy(again, arguments);
	size_t room = (size_t)(out->end - out->pos);
	int n = vsnprintf(out->pos, room, format, arguments);
	if (n < 0) {
		latch(out, SYNFIN_E_ARGUMENT);
	} else if ((size_t)n < room) {
		out->pos += n;
	} else if (n > 0 && output_room(out, (size_t)n + 1)) {
		/* vsnprintf writes a terminating NUL that needs room but is not part of the text. */
		(void)vsnprintf(out->pos, (size_t)n + 1, format, again);
		out->pos += n;
	}
	va_end(again);
	va_end(arguments);
}
