/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * TCP options.
 *
 *     , options [mss 1460,nop,wscale 7,sackOK,TS val 1 ecr 2]
 *
 * The kind decides how many bytes of data are printed; if the length byte says otherwise, that is said, and the list goes on behind the
 * printed bytes. Each option needs its data in two ways: within the header (else "[bad opt]" ends the line), and captured (else it
 * is cut). Both are checked byte by byte, so what is there is printed first.
 */
#include "lines/tcp_options.h"

#include "lines/carrier.h"
#include "lines/tcp_signature.h"
#include "lines/mptcp.h"

enum {
	OPTION_END = 0,
	OPTION_NOP = 1,
	OPTION_MSS = 2,
	OPTION_WINDOW_SCALE = 3,
	OPTION_SACK_PERMITTED = 4,
	OPTION_SACK = 5,
	OPTION_ECHO = 6,
	OPTION_ECHO_REPLY = 7,
	OPTION_TIMESTAMPS = 8,
	OPTION_CC = 11,
	OPTION_CC_NEW = 12,
	OPTION_CC_ECHO = 13,
	OPTION_MD5 = 19,
	OPTION_SCPS = 20,
	OPTION_USER_TIMEOUT = 28,
	OPTION_AO = 29,
	OPTION_MPTCP = 30,
	OPTION_FAST_OPEN = 34,
	OPTION_EXPERIMENT2 = 254,
	FAST_OPEN_MAGIC = 0xf989,
};

enum verdict { GOOD, BAD, CUT };

/* The data of one option. */
struct data {
	struct cursor at;   /* the captured bytes from the data on */
	uint32_t room;      /* bytes from the data on that belong to the header */
	unsigned length;    /* what the length byte leaves for data */
	unsigned printed;   /* bytes of data that were dealt with */
};

static const char *option_name(unsigned kind)
{
	static const char *const names[] = {
		[OPTION_END] = "eol", [OPTION_NOP] = "nop", [OPTION_MSS] = "mss", [OPTION_WINDOW_SCALE] = "wscale",
		[OPTION_SACK_PERMITTED] = "sackOK", [OPTION_SACK] = "sack", [OPTION_ECHO] = "echo", [OPTION_ECHO_REPLY] = "echoreply",
		[OPTION_TIMESTAMPS] = "TS", [OPTION_CC] = "cc", [OPTION_CC_NEW] = "ccnew", [OPTION_CC_ECHO] = "", [OPTION_MD5] = "md5",
		[OPTION_SCPS] = "scps", [OPTION_USER_TIMEOUT] = "uto", [OPTION_AO] = "tcp-ao", [OPTION_MPTCP] = "mptcp",
		[OPTION_FAST_OPEN] = "tfo", [OPTION_EXPERIMENT2] = "exp",
	};
	return kind < sizeof names / sizeof *names ? names[kind] : NULL;
}

/* Are the first n bytes of the data there? */
static enum verdict need(const struct data *data, unsigned n)
{
	return n > data->room ? BAD : cursor_left(&data->at) < n ? CUT : GOOD;
}

static const uint8_t *bytes(const struct data *data)
{
	return data->at.pos;
}

/* All the data that the kind has, or that the length byte says. */
static enum verdict need_all(struct data *data, unsigned n)
{
	data->printed = n;
	return need(data, n);
}

static enum verdict put_number(struct line *line, struct data *data, unsigned size)
{
	enum verdict verdict = need_all(data, size);

	if (verdict == GOOD) {
		const uint8_t *p = bytes(data);
		put_char(line, ' ');
		put_decimal(line, size == 1 ? *p : size == 2 ? bytes_u16(p) : bytes_u32(p));
	}
	return verdict;
}

static enum verdict put_timestamps(struct line *line, struct data *data)
{
	enum verdict verdict = need_all(data, 8);

	if (verdict == GOOD) {
		put_text(line, " val ");
		put_decimal(line, bytes_u32(bytes(data)));
		put_text(line, " ecr ");
		put_decimal(line, bytes_u32(bytes(data) + 4));
	}
	return verdict;
}

static enum verdict put_sack(struct line *line, struct data *data, uint32_t base)
{
	data->printed = data->length;
	if (data->length % 8) {
		put_text(line, " invalid sack");
		return GOOD;
	}
	put_char(line, ' ');
	put_decimal(line, data->length / 8);
	put_char(line, ' ');
	for (unsigned i = 0; i < data->length; i += 8) {
		enum verdict verdict = need(data, i + 8);
		if (verdict != GOOD)
			return verdict;
		put_char(line, '{');
		put_decimal(line, bytes_u32(bytes(data) + i) - base);
		put_char(line, ':');
		put_decimal(line, bytes_u32(bytes(data) + i + 4) - base);
		put_char(line, '}');
	}
	return GOOD;
}

static enum verdict put_ao(struct line *line, struct data *data)
{
	static const char *const names[2] = { " keyid ", " rnextkeyid " };

	data->printed = data->length;
	if (data->length < 2) {
		put_invalid(line);
		return GOOD;
	}
	for (unsigned i = 0; i < data->length; i++) {
		enum verdict verdict = need(data, i + 1);
		if (i == 2)
			put_text(line, " mac 0x");
		if (verdict != GOOD)
			return verdict;
		if (i < 2) {
			put_text(line, names[i]);
			put_decimal(line, bytes(data)[i]);
		} else {
			put_hex(line, bytes(data)[i], 2);
		}
	}
	return GOOD;
}

/* `size` bytes of a Fast Open cookie (RFC 7413 s4.1.1); none are a request for one. */
static void put_fast_open(struct line *line, const uint8_t *cookie, unsigned size)
{
	if (size == 0) {
		put_text(line, " cookiereq");
	} else if (size % 2 || size < 4 || size > 16) {
		put_invalid(line);
	} else {
		put_text(line, " cookie ");
		for (unsigned i = 0; i < size; i++)
			put_hex(line, cookie[i], 2);
	}
}

/* Experiments share the kind and begin with a magic number (RFC 6994). */
static enum verdict put_experiment(struct line *line, struct data *data)
{
	enum verdict verdict = need_all(data, data->length);

	if (verdict != GOOD)
		return verdict;
	if (data->length < 2)
		return BAD;
	uint16_t magic = bytes_u16(bytes(data));
	put_char(line, '-');
	if (magic == FAST_OPEN_MAGIC) {
		put_text(line, "tfo");
		put_fast_open(line, bytes(data) + 2, data->length - 2);
	} else {
		put_hex(line, magic, 4);
	}
	return GOOD;
}

static enum verdict put_md5(struct line *line, struct data *data)
{
	enum verdict verdict = need_all(data, 16);

	if (verdict != GOOD)
		return verdict;
	const struct synfin_layer *segment = &line->packet->layers[line->index];
	bool whole = segment->captured >= segment->length;
	if (whole && line->options->md5_secret) {
		if (signature_valid(line, bytes(data)))
			put_text(line, " valid");
		else
			put_text(line, "  (invalid)");
		return GOOD;
	}
	put_text(line, whole ? " shared secret not supplied with -M" : " snaplen too short");
	put_text(line, ", can't check - ");
	for (unsigned i = 0; i < 16; i++)
		put_hex(line, bytes(data)[i], 2);
	return GOOD;
}

static enum verdict put_user_timeout(struct line *line, struct data *data)
{
	enum verdict verdict = need_all(data, 2);

	if (verdict == GOOD) {
		unsigned value = bytes_u16(bytes(data));
		put_format(line, " 0x%x %u", value, (value >> 1) * (value & 1 ? 60 : 1));
	}
	return verdict;
}

static enum verdict put_unknown(struct line *line, struct data *data)
{
	data->printed = data->length;
	for (unsigned i = 0; i < data->length; i++) {
		enum verdict verdict = need(data, i + 1);
		if (i == 0)
			put_text(line, " 0x");
		if (verdict != GOOD)
			return verdict;
		put_hex(line, bytes(data)[i], 2);
	}
	return GOOD;
}

static enum verdict put_data(struct line *line, unsigned kind, struct data *data, const struct tcp_options *options)
{
	enum verdict verdict;

	switch (kind) {
	case OPTION_END:
	case OPTION_NOP:
	case OPTION_SACK_PERMITTED:
		return GOOD;
	case OPTION_MSS:
		return put_number(line, data, 2);
	case OPTION_WINDOW_SCALE:
		return put_number(line, data, 1);
	case OPTION_SACK:
		return put_sack(line, data, options->sack_base);
	case OPTION_ECHO:
	case OPTION_ECHO_REPLY:
	case OPTION_CC:
	case OPTION_CC_NEW:
	case OPTION_CC_ECHO:
		return put_number(line, data, 4);
	case OPTION_TIMESTAMPS:
		return put_timestamps(line, data);
	case OPTION_MD5:
		return put_md5(line, data);
	case OPTION_SCPS:
		verdict = need_all(data, 2);
		if (verdict == GOOD)
			put_format(line, " cap %02x id %u", bytes(data)[0], bytes(data)[1]);
		return verdict;
	case OPTION_USER_TIMEOUT:
		return put_user_timeout(line, data);
	case OPTION_AO:
		return put_ao(line, data);
	case OPTION_MPTCP:
		verdict = need_all(data, data->length);
		if (verdict == GOOD && !put_mptcp(line, bytes(data) - 2, data->length + 2, options->flags))
			verdict = BAD;
		return verdict;
	case OPTION_FAST_OPEN:
		verdict = need_all(data, data->length);
		if (verdict == GOOD) {
			put_char(line, ' ');
			put_fast_open(line, bytes(data), data->length);
		}
		return verdict;
	case OPTION_EXPERIMENT2:
		return put_experiment(line, data);
	default:
		return put_unknown(line, data);
	}
}

/* One option, its kind already read; *left are the bytes of the header behind it. */
static enum verdict put_option(struct line *line, unsigned kind, uint32_t *left, const struct tcp_options *options)
{
	bool single = kind == OPTION_END || kind == OPTION_NOP;
	unsigned length = 1;

	if (!single) {
		length = cursor_u8(&line->at);
		if (!line_alive(line))
			return CUT;
		if (length < 2 || length > *left + 1)
			return BAD;
		--*left;
	}
	const char *name = option_name(kind);
	if (name) {
		put_text(line, name);
	} else {
		put_text(line, "unknown-");
		put_decimal(line, kind);
	}
	struct data data = { .at = line->at, .room = *left, .length = single ? 0 : length - 2 };
	enum verdict verdict = put_data(line, kind, &data, options);
	if (verdict != GOOD)
		return verdict;
	/* Data that nothing was printed of may not have been captured: the next read will tell. */
	size_t captured = cursor_left(&line->at);
	cursor_skip(&line->at, data.printed < captured ? data.printed : captured);
	*left -= data.printed;
	if (data.printed != data.length)
		put_format(line, "[len %u]", length);
	return GOOD;
}

bool put_tcp_options(struct line *line, const struct tcp_options *options)
{
	uint32_t left = options->length;
	bool first = true;

	put_text(line, ", options [");
	while (left > 0) {
		if (!first)
			put_char(line, ',');
		unsigned kind = cursor_u8(&line->at);
		left--;
		enum verdict verdict = line_alive(line) ? put_option(line, kind, &left, options) : CUT;
		if (verdict == BAD) {
			put_text(line, first ? "[bad opt]" : "[bad opt]]");
			return false;
		}
		if (verdict == CUT) {
			line_truncated(line);
			if (!first)
				put_char(line, '>');
			return false;
		}
		first = false;
		if (kind == OPTION_END)
			break;
	}
	put_char(line, ']');
	return true;
}
