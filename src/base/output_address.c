/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Addresses as text. IPv4 addresses stand twice in nearly every line: each byte's text with its dot is one load from a table and one
 * store, without a branch on its value.
 */
#include "base/output.h"

#include "base/text_tables.h"
#include "base/write.h"

/* Eight groups of four digits with seven colons is 39; ::ffff: and a dotted quad with a spare dot is less. */
#define IPV6_MAX 40
#define GROUPS 8

/* One to four hexadecimal digits, no leading zeros (RFC 5952 s4.1). */
static inline char *write_group(char *p, const uint8_t *two)
{
	const char *high = text_hex_pairs + 2 * (size_t)two[0];
	const char *low = text_hex_pairs + 2 * (size_t)two[1];
	if (two[0] >= 0x10)
		*p++ = high[0];
	if (two[0])
		*p++ = high[1];
	if (two[0] || two[1] >= 0x10)
		*p++ = low[0];
	*p++ = low[1];
	return p;
}

struct zeros {
	unsigned first;
	unsigned count;
};

/* The first longest run of two or more zero groups, which becomes "::" (RFC 5952 s4.2); count 0 if there is none. */
static struct zeros longest_zeros(const uint8_t *sixteen)
{
	struct zeros best = { 0, 1 };
	unsigned run = 0;
	for (unsigned i = 0; i < GROUPS; i++) {
		run = sixteen[2 * i] || sixteen[2 * i + 1] ? 0 : run + 1;
		if (run > best.count)
			best = (struct zeros){ i + 1 - run, run };
	}
	if (best.count < 2)
		best.count = 0;
	return best;
}

void output_ipv4(struct output *out, const uint8_t *four)
{
	if (output_room(out, WRITE_IPV4_MAX))
		out->pos = write_ipv4(out->pos, four);
}

void output_ipv6(struct output *out, const uint8_t *sixteen)
{
	if (!output_room(out, IPV6_MAX))
		return;
	static const char mapped[] = { ':', ':', 'f', 'f', 'f', 'f', ':' };
	struct zeros zeros = longest_zeros(sixteen);
	char *p = out->pos;
	/* Six zero groups and no more: a.b.c.d is at least 0.1.0.0, so ::, ::1 and ::1234 keep their groups, as in libpcap and libc. */
	if (zeros.first == 0 && zeros.count == 6) {
		memcpy(p, mapped, 2);
		out->pos = write_ipv4(p + 2, sixteen + 12);
		return;
	}
	if (zeros.first == 0 && zeros.count == 5 && sixteen[10] == 0xff && sixteen[11] == 0xff) {
		memcpy(p, mapped, sizeof mapped);
		out->pos = write_ipv4(p + sizeof mapped, sixteen + 12);
		return;
	}
	for (unsigned i = 0; i < GROUPS;) {
		if (zeros.count && i == zeros.first) {
			*p++ = ':';
			i += zeros.count;
			if (i == GROUPS)
				*p++ = ':';
			continue;
		}
		if (i > 0)
			*p++ = ':';
		p = write_group(p, sixteen + (size_t)2 * i);
		i++;
	}
	out->pos = p;
}

void output_mac(struct output *out, const uint8_t *six)
{
	if (!output_room(out, 18))
		return;
	char *p = out->pos;
	for (unsigned i = 0; i < 6; i++, p += 3) {
		memcpy(p, text_hex_pairs + 2 * (size_t)six[i], 2);
		p[2] = ':';
	}
	out->pos = p - 1;
}
