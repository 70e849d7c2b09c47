/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Multipath TCP (RFC 8684 s3, RFC 6824 for version 0).
 *
 *     mptcp 12 capable v0 {0x123456789abcdef}
 *
 * Every subtype knows the lengths that are right for it, by its own flags and those of the segment; with any other it is a bad option.
 */
#include "lines/mptcp.h"

#include <string.h>

enum {
	CAPABLE_CHECKSUM = 0x80,
	JOIN_BACKUP = 0x01,
	DSS_FIN = 0x10,
	DSS_SEQUENCE_8 = 0x08,
	DSS_SEQUENCE = 0x04,
	DSS_ACK_8 = 0x02,
	DSS_ACK = 0x01,
};

typedef bool subtype_printer(struct line *line, const uint8_t *option, unsigned length, uint16_t flags);

/* 64-bit numbers are hexadecimal without leading zeros. */
static void put_wide(struct line *line, const char *name, const uint8_t *p)
{
	put_text(line, name);
	put_text(line, "0x");
	put_hex(line, bytes_u64(p), 1);
}

static bool put_capable(struct line *line, const uint8_t *option, unsigned length, uint16_t flags)
{
	bool syn = flags & SYNFIN_TCP_SYN;
	bool established = !syn && (flags & SYNFIN_TCP_ACK);

	if (!(syn && (length == 4 || length == 12)) && !(established && (length == 20 || length == 22)))
		return false;
	unsigned version = option[2] & 0xf;
	if (version > 1) {
		put_format(line, " Unknown Version (%u)", version);
		return true;
	}
	put_format(line, " v%u", version);
	if (option[3] & CAPABLE_CHECKSUM)
		put_text(line, " csum");
	if (length >= 12) {
		put_wide(line, " {", option + 4);
		if (length >= 20)
			put_wide(line, ",", option + 12);
		put_char(line, '}');
	}
	return true;
}

static bool put_join(struct line *line, const uint8_t *option, unsigned length, uint16_t flags)
{
	bool syn = flags & SYNFIN_TCP_SYN;
	bool ack = flags & SYNFIN_TCP_ACK;

	if (!(syn && length == 12) && !(syn && ack && length == 16) && !(ack && length == 24))
		return false;
	if (length != 24) {
		if (option[2] & JOIN_BACKUP)
			put_text(line, " backup");
		put_format(line, " id %u", option[3]);
	}
	if (length == 12) {
		put_format(line, " token 0x%x nonce 0x%x", bytes_u32(option + 4), bytes_u32(option + 8));
	} else if (length == 16) {
		put_wide(line, " hmac ", option + 4);
		put_format(line, " nonce 0x%x", bytes_u32(option + 12));
	} else {
		put_text(line, " hmac 0x");
		for (unsigned i = 4; i < 24; i++)
			put_hex(line, option[i], 2);
	}
	return true;
}

/* A number of four or eight bytes, in decimal; 0 if it goes beyond the option, else its size. */
static unsigned put_sequence(struct line *line, const uint8_t *p, unsigned left, bool wide)
{
	unsigned size = wide ? 8 : 4;

	if (left < size)
		return 0;
	put_decimal(line, wide ? bytes_u64(p) : bytes_u32(p));
	return size;
}

static bool put_mapping(struct line *line, const uint8_t **p, unsigned *left, bool wide)
{
	put_text(line, " seq ");
	unsigned size = put_sequence(line, *p, *left, wide);
	if (!size || *left - size < 4)
		return false;
	put_format(line, " subseq %u", bytes_u32(*p + size));
	if (*left - size < 6)
		return false;
	put_format(line, " len %u", bytes_u16(*p + size + 4));
	*p += size + 6;
	*left -= size + 6;
	/* A checksum stands there if there is room for one. */
	if (*left >= 2) {
		put_format(line, " csum 0x%x", bytes_u16(*p));
		*left -= 2;
	}
	return true;
}

static bool put_dss(struct line *line, const uint8_t *option, unsigned length, uint16_t flags)
{
	if (length < 4 || flags & SYNFIN_TCP_SYN)
		return false;
	unsigned what = option[3];
	const uint8_t *p = option + 4;
	unsigned left = length - 4;

	if (what & DSS_FIN)
		put_text(line, " fin");
	if (what & DSS_ACK) {
		put_text(line, " ack ");
		unsigned size = put_sequence(line, p, left, what & DSS_ACK_8);
		if (!size)
			return false;
		p += size;
		left -= size;
	}
	if (what & DSS_SEQUENCE && !put_mapping(line, &p, &left, what & DSS_SEQUENCE_8))
		return false;
	return left == 0;
}

/* What announcing an address takes, by its family, its port and the code over it. */
static bool address_length_right(unsigned length)
{
	static const uint8_t lengths[] = { 8, 10, 16, 18, 20, 22, 28, 30 };

	return memchr(lengths, (int)length, sizeof lengths) != NULL;
}

/* Version 0 has the address's family where version 1 has the echo flag. */
static const char *address_kind(unsigned code)
{
	return code == 0 ? "v1" : code == 1 ? "v1-echo" : code == 4 ? "v0-ip4" : code == 6 ? "v0-ip6" : "[bad version/echo]";
}

static bool put_add_address(struct line *line, const uint8_t *option, unsigned length, uint16_t flags)
{
	(void)flags;
	if (!address_length_right(length))
		return false;
	bool four = length <= 18;
	put_format(line, " %s id %u ", address_kind(option[2] & 0xf), option[3]);
	if (four)
		put_ipv4(line, option + 4);
	else
		put_ipv6(line, option + 4);
	unsigned done = four ? 8 : 20;
	if ((length - done) % 8 == 2) {
		put_format(line, ":%u", bytes_u16(option + done));
		done += 2;
	}
	if (length > done)
		put_wide(line, " hmac ", option + done);
	return true;
}

static bool put_remove_address(struct line *line, const uint8_t *option, unsigned length, uint16_t flags)
{
	(void)flags;
	if (length < 4)
		return false;
	put_text(line, " id");
	for (unsigned i = 3; i < length; i++)
		put_format(line, " %u", option[i]);
	return true;
}

static bool put_priority(struct line *line, const uint8_t *option, unsigned length, uint16_t flags)
{
	(void)flags;
	if (length != 3 && length != 4)
		return false;
	put_text(line, option[2] & JOIN_BACKUP ? " backup" : " non-backup");
	if (length == 4)
		put_format(line, " id %u", option[3]);
	return true;
}

static bool put_fail(struct line *line, const uint8_t *option, unsigned length, uint16_t flags)
{
	(void)flags;
	if (length != 12)
		return false;
	put_text(line, " seq ");
	put_decimal(line, bytes_u64(option + 4));
	return true;
}

static bool put_fast_close(struct line *line, const uint8_t *option, unsigned length, uint16_t flags)
{
	(void)flags;
	if (length != 12)
		return false;
	put_wide(line, " key ", option + 4);
	return true;
}

static const struct {
	const char *name;
	subtype_printer *print;
} subtypes[] = {
	{ "capable", put_capable }, { "join", put_join }, { "dss", put_dss }, { "add-addr", put_add_address },
	{ "rem-addr", put_remove_address }, { "prio", put_priority }, { "fail", put_fail }, { "fast-close", put_fast_close },
};

bool put_mptcp(struct line *line, const uint8_t *option, unsigned length, uint16_t flags)
{
	/* What is cut behind it is cut under its name. */
	line_protocol(line, "mptcp");
	if (length < 3)
		return false;
	unsigned subtype = option[2] >> 4;
	bool known = subtype < sizeof subtypes / sizeof *subtypes;

	put_format(line, " %u %s", length, known ? subtypes[subtype].name : "unknown");
	return !known || subtypes[subtype].print(line, option, length, flags);
}
