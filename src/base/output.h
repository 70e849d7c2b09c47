/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The output buffer: everything that is shown is appended here, without printf and without an allocation per call.
 *
 * Bytes collect in one block that grows by doubling. Who owns the buffer decides where they go: output_drain() hands them to
 * the drain function (in the program, one that calls write(2) and knows about short writes, EPIPE and ENOSPC; in a test, none) and
 * empties the block. The first failure, of memory or of the drain, is latched in `status`; from then on nothing is appended
 * and nothing is drained.
 *
 * Invariant: start <= pos <= end. With status != 0, pos == end: so the one comparison in output_room() also refuses to append
 * after a failure, while lengths taken before it stay true.
 */
#ifndef SYNFIN_BASE_OUTPUT_H
#define SYNFIN_BASE_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Takes all `length` bytes and returns 0, or a negative enum synfin_status. */
typedef int output_drain_fn(void *context, const char *bytes, size_t length);

struct output {
	char *start;
	char *pos;
	char *end;
	output_drain_fn *drain;
	void *context;
	size_t threshold; /* output_settle() drains when at least this much has collected */
	int status;       /* 0, or the first failure */
};

/* An empty buffer; drain may be NULL: then bytes only collect. No allocation yet. */
void output_init(struct output *out, output_drain_fn *drain, void *context, size_t threshold);
/* Free the block; what was not drained is lost. */
void output_free(struct output *out);
/* Make room for n more bytes. false (and status latched) if that fails or a failure is latched already. */
bool output_grow(struct output *out, size_t n);
/* Hand everything on and empty the block. Returns the latched status. */
int output_drain(struct output *out);
/* Drain if the threshold is reached: called between packets. Returns the latched status. */
int output_settle(struct output *out);

static inline size_t output_length(const struct output *out)
{
	return (size_t)(out->pos - out->start);
}

/* Throw away what was appended after `length`. */
static inline void output_truncate(struct output *out, size_t length)
{
	if (length < output_length(out)) {
		out->pos = out->start + length;
		if (out->status)
			out->end = out->pos;
	}
}

/* Is there, or can there be made, room for n > 0 more bytes at `pos`? */
static inline bool output_room(struct output *out, size_t n)
{
	return __builtin_expect((size_t)(out->end - out->pos) >= n, 1) || output_grow(out, n);
}

static inline void output_bytes(struct output *out, const char *bytes, size_t n)
{
	if (n && output_room(out, n)) {
		memcpy(out->pos, bytes, n);
		out->pos += n;
	}
}

static inline void output_char(struct output *out, char c)
{
	if (output_room(out, 1))
		*out->pos++ = c;
}

/* For string literals the length is a constant and the copy becomes a store or two. */
static inline void output_text(struct output *out, const char *text)
{
	output_bytes(out, text, strlen(text));
}

/* n times c. */
void output_repeat(struct output *out, char c, size_t n);
void output_decimal(struct output *out, uint64_t value);
void output_signed(struct output *out, int64_t value);
/* Decimal in at least `width` columns, filled on the left with `fill` (' ' or '0'). */
void output_decimal_padded(struct output *out, uint64_t value, unsigned width, char fill);
/* Lower case hexadecimal without 0x, in at least `digits` digits filled with zeros. */
void output_hex(struct output *out, uint64_t value, unsigned digits);
/* Two lower case hexadecimal digits for each byte, nothing between them. */
void output_hex_bytes(struct output *out, const uint8_t *bytes, size_t n);
/* a.b.c.d from four bytes. */
void output_ipv4(struct output *out, const uint8_t *four);
/* IPv6 text as RFC 5952 s4 and tcpdump write it (:: for the first longest run of two or more zero groups; dotted quad for ::a.b.c.d and ::ffff:a.b.c.d, but not for ::1 and ::). */
void output_ipv6(struct output *out, const uint8_t *sixteen);
/* aa:bb:cc:dd:ee:ff from six bytes. */
void output_mac(struct output *out, const uint8_t *six);
/* printf for what is not on the hot path. */
void output_format(struct output *out, const char *format, ...) __attribute__((format(printf, 2, 3)));
/*
 * Text that came from a packet, made harmless for a terminal: printable ASCII as it is, a backslash doubled, valid UTF-8 of printable
 * characters as it is, every other byte as \xNN. Not printable are also the characters that no reader sees but that change what is
 * read: direction marks, line separators, noncharacters (the list is in escape.c).
 */
void output_escaped(struct output *out, const uint8_t *bytes, size_t n);
/* For a terminal whose character set may be another: all that is not ASCII as \xNN. There, a byte within a character of UTF-8 may be a control. */
void output_escaped_ascii(struct output *out, const uint8_t *bytes, size_t n);

#endif
