/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The IPv6 mobility header (RFC 6275 s6.1) and its options, which -v shows. Nothing follows it.
 *
 *     mobility: BU seq#=9 AH lifetime=12(padn)
 */
#include "lines/carrier.h"
#include "lines/print.h"

enum message {
	REFRESH_REQUEST,
	HOME_TEST_INIT,
	CARE_OF_TEST_INIT,
	HOME_TEST,
	CARE_OF_TEST,
	BINDING_UPDATE,
	BINDING_ACKNOWLEDGEMENT,
	BINDING_ERROR,
	MESSAGES
};

static const struct {
	const char *name;
	uint8_t smallest; /* bytes of the whole header */
} messages[MESSAGES] = {
	[REFRESH_REQUEST] = { "BRR", 8 },
	[HOME_TEST_INIT] = { "HoTI", 16 },
	[CARE_OF_TEST_INIT] = { "CoTI", 16 },
	[HOME_TEST] = { "HoT", 24 },
	[CARE_OF_TEST] = { "CoT", 24 },
	[BINDING_UPDATE] = { "BU", 12 },
	[BINDING_ACKNOWLEDGEMENT] = { "BA", 12 },
	[BINDING_ERROR] = { "BE", 24 },
};

enum option {
	OPTION_PAD1,
	OPTION_PADN,
	OPTION_REFRESH,
	OPTION_CARE_OF_ADDRESS,
	OPTION_NONCE,
	OPTION_AUTHORIZATION,
};

static void put_pair(struct line *line, bool home, const char *what)
{
	uint32_t high = cursor_u32(&line->at);
	uint32_t low = cursor_u32(&line->at);
	put_format(line, " %s %s=%08x:%08x", home ? "Home" : "Care-of", what, high, low);
}

/* The cookie and the token of the return routability procedure, which only -v shows. */
static void put_test(struct line *line, unsigned type)
{
	bool reply = type == HOME_TEST || type == CARE_OF_TEST;
	bool home = type == HOME_TEST || type == HOME_TEST_INIT;

	if (reply) {
		unsigned nonce = cursor_u16(&line->at);
		put_format(line, " nonce id=0x%x", nonce);
	}
	if (!line->options->verbose)
		return;
	if (!reply)
		cursor_skip(&line->at, 2);
	put_pair(line, home, "Init Cookie");
	if (reply)
		put_pair(line, home, "Keygen Token");
}

static void put_update(struct line *line)
{
	static const char letters[4] = "AHLK";

	unsigned sequence = cursor_u16(&line->at);
	put_format(line, " seq#=%u", sequence);
	/* Alone of all reads, this one is checked. */
	if (cursor_left(&line->at) < 2) {
		line_truncated(line);
		return;
	}
	unsigned flags = cursor_u16(&line->at);
	if (flags & 0xf000)
		put_char(line, ' ');
	for (unsigned i = 0; i < 4; i++) {
		if (flags & 0x8000u >> i)
			put_char(line, letters[i]);
	}
	unsigned lifetime = cursor_u16(&line->at);
	put_format(line, " lifetime=%u", lifetime << 2);
}

static void put_acknowledgement(struct line *line)
{
	unsigned status = cursor_u8(&line->at);
	put_format(line, " status=%u", status);
	if (cursor_u8(&line->at) & 0x80)
		put_text(line, " K");
	unsigned sequence = cursor_u16(&line->at);
	put_format(line, " seq#=%u", sequence);
	unsigned lifetime = cursor_u16(&line->at);
	put_format(line, " lifetime=%u", lifetime << 2);
}

static void put_error(struct line *line)
{
	unsigned status = cursor_u8(&line->at);
	put_format(line, " status=%u", status);
	cursor_skip(&line->at, 1);
	const uint8_t *address = cursor_take(&line->at, 16);
	put_text(line, " homeaddr ");
	if (address)
		put_ipv6(line, address);
}

/* The least bytes of the kinds whose data are read, the two first bytes included. */
static const struct {
	const char *name;
	uint8_t smallest;
} options[] = {
	[OPTION_PAD1] = { "pad1", 1 },
	[OPTION_PADN] = { "padn", 2 },
	[OPTION_REFRESH] = { "refresh", 4 },
	[OPTION_CARE_OF_ADDRESS] = { "altcoa", 18 },
	[OPTION_NONCE] = { "ni", 6 },
	[OPTION_AUTHORIZATION] = { "auth", 12 },
};

/* `data` are the bytes behind an option's kind and length. */
static void put_option(struct line *line, unsigned kind, unsigned length, struct cursor *data)
{
	unsigned lifetime;

	switch (kind) {
	case OPTION_PAD1:
		put_text(line, "(pad1)");
		break;
	case OPTION_PADN:
		put_text(line, "(padn)");
		break;
	case OPTION_REFRESH:
		lifetime = cursor_u16(data);
		put_format(line, "(refresh: %u)", lifetime * 4);
		break;
	case OPTION_CARE_OF_ADDRESS: {
		const uint8_t *address = cursor_take(data, 16);
		put_text(line, "(alt-CoA: ");
		if (address)
			put_ipv6(line, address);
		put_char(line, ')');
		break;
	}
	case OPTION_NONCE: {
		unsigned home = cursor_u16(data);
		unsigned care_of = cursor_u16(data);
		put_format(line, "(ni: ho=0x%04x co=0x%04x)", home, care_of);
		break;
	}
	case OPTION_AUTHORIZATION:
		put_text(line, "(auth)");
		break;
	default:
		put_format(line, "(type-0x%02x: len=%u)", kind, length);
		break;
	}
}

/*
 * `left` bytes of options. false if one does not fit. tcpdump wants to see the byte behind an option as well, so that the last one of
 * a packet is always cut.
 */
static bool put_options(struct line *line, uint32_t left)
{
	while (left > 0 && line_alive(line)) {
		struct cursor start = line->at;
		unsigned kind = cursor_u8(&line->at);
		unsigned length = 0;
		uint32_t size = 1;

		if (kind != OPTION_PAD1) {
			if (left < 2)
				return false;
			length = cursor_u8(&line->at);
			size = length + 2;
		}
		if (!line_alive(line))
			break;
		if (size > left || cursor_left(&start) < size + 1)
			return false;
		if (kind < sizeof options / sizeof *options && left < options[kind].smallest) {
			put_format(line, "(%s: trunc)", options[kind].name);
			return false;
		}
		put_option(line, kind, length, &line->at);
		/* One that says it is shorter than its kind may have been read beyond what was captured. */
		if (!line_alive(line))
			break;
		line->at = start;
		cursor_skip(&line->at, size);
		left -= size;
	}
	return true;
}

static void put_message(struct line *line, unsigned type)
{
	switch (type) {
	case HOME_TEST_INIT:
	case CARE_OF_TEST_INIT:
	case HOME_TEST:
	case CARE_OF_TEST:
		put_test(line, type);
		break;
	case BINDING_UPDATE:
		put_update(line);
		break;
	case BINDING_ACKNOWLEDGEMENT:
		put_acknowledgement(line);
		break;
	case BINDING_ERROR:
		put_error(line);
		break;
	default:
		break;
	}
}

static void put_header(struct line *line, const struct synfin_layer *layer)
{
	struct carrier carrier;
	struct cursor start = line->at;

	if (!carrier_find(line, &carrier) || carrier.version != 6 || carrier.authenticated) {
		put_unknown_protocol(line, (uint8_t)layer->type, line->length);
		return;
	}
	if (bytes_u16(carrier.header + 4) == 0) {
		/* As of other extension headers, tcpdump reads what the capture shows of it. */
		line->at = cursor_over(line->packet->bytes + layer->offset, line->packet->captured - layer->offset);
		start = line->at;
	}
	if (cursor_left(&line->at) < 2) {
		line_truncated(line);
		return;
	}
	cursor_skip(&line->at, 1);
	unsigned units = cursor_u8(&line->at);
	unsigned type = cursor_u8(&line->at);
	uint32_t size = (units + 1) * 8;
	if (type >= MESSAGES) {
		put_format(line, "mobility: type-#%u len=%u", type, units);
		return;
	}
	if (size < messages[type].smallest) {
		put_format(line, "(header length %u is too small for type %u)", size, type);
		line_truncated(line);
		return;
	}
	put_format(line, "mobility: %s", messages[type].name);
	if (type > CARE_OF_TEST_INIT || line->options->verbose)
		cursor_skip(&line->at, 3);
	put_message(line, type);
	if (!line->options->verbose || !line_alive(line) || line->stop)
		return;
	line->at = start;
	cursor_skip(&line->at, messages[type].smallest);
	if (!put_options(line, size - messages[type].smallest))
		line_truncated(line);
}

void print_mobility(struct line *line, const struct synfin_layer *layer)
{
	put_header(line, layer);
	line->stop = true;
}
