/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * TCP.
 *
 *     10.0.0.1.1000 > 10.0.0.2.2000: Flags [P.], cksum 0x1234 (correct), seq 1:4, ack 1, win 512, options [...], length 3
 *
 * This is the line that most packets get: its numbers come from the decoded packet, and nothing here formats, allocates or reads the
 * header again, except for its options.
 */
#include "base/write.h"
#include "decode/decode.h"
#include "lines/carrier.h"
#include "lines/print.h"
#include "lines/tcp_options.h"

enum { HEADER = 20, RESET_TEXT_MAX = 30 };

/* The hosts and ports in front, by the addresses that decode has taken out of the innermost IP header. */
static void put_innermost_flow(struct line *line)
{
	const struct synfin_packet *packet = line->packet;
	const struct synfin_ip *ip = &packet->ip;

	if (packet->ip_version == 4) {
		put_ipv4(line, ip->source.bytes + 12);
		put_char(line, '.');
		put_tcp_port(line, packet->tcp.source_port);
		put_text(line, " > ");
		put_ipv4(line, ip->destination.bytes + 12);
	} else {
		put_ipv6(line, ip->source.bytes);
		put_char(line, '.');
		put_tcp_port(line, packet->tcp.source_port);
		put_text(line, " > ");
		put_ipv6(line, ip->destination.bytes);
	}
	put_char(line, '.');
	put_tcp_port(line, packet->tcp.destination_port);
	put_text(line, ": ");
}

static void put_flags(struct line *line, uint16_t flags)
{
	static const struct {
		uint16_t bit;
		char letter;
	} letters[] = {
		{ SYNFIN_TCP_FIN, 'F' }, { SYNFIN_TCP_SYN, 'S' }, { SYNFIN_TCP_RST, 'R' }, { SYNFIN_TCP_PSH, 'P' }, { SYNFIN_TCP_ACK, '.' },
		{ SYNFIN_TCP_URG, 'U' }, { SYNFIN_TCP_ECE, 'E' }, { SYNFIN_TCP_CWR, 'W' },
	};

	put_text(line, "Flags [");
	if (!(flags & 0xff))
		put_text(line, "none");
	for (unsigned i = 0; i < sizeof letters / sizeof *letters; i++) {
		if (flags & letters[i].bit)
			put_char(line, letters[i].letter);
	}
	put_char(line, ']');
}

/* Only what can be verified is: with the whole segment in hand, which a fragment never is. */
static void put_checksum(struct line *line, const struct synfin_layer *layer)
{
	struct carrier carrier;

	if (!line->options->verbose || line->options->no_checksums || layer->captured < layer->length)
		return;
	if (!carrier_find(line, &carrier) || carrier.fragment)
		return;
	uint16_t found = line->packet->tcp.checksum;
	uint16_t folded = decode_checksum(line->packet, line->index);
	put_text(line, ", cksum 0x");
	put_hex(line, found, 4);
	if (folded == 0xffff) {
		put_text(line, " (correct)");
	} else {
		put_text(line, " (incorrect -> 0x");
		put_hex(line, checksum_should_be(found, folded), 4);
		put_char(line, ')');
	}
}

static void put_numbers(struct line *line, const struct relative_numbers *numbers)
{
	const struct synfin_tcp *tcp = &line->packet->tcp;

	if (tcp->declared > 0 || tcp->flags & (SYNFIN_TCP_SYN | SYNFIN_TCP_FIN | SYNFIN_TCP_RST) || line->options->verbose > 1) {
		put_text(line, ", seq ");
		put_decimal(line, numbers->seq);
		if (tcp->declared > 0) {
			put_char(line, ':');
			put_decimal(line, numbers->seq + tcp->declared);
		}
	}
	if (tcp->flags & SYNFIN_TCP_ACK) {
		put_text(line, ", ack ");
		put_decimal(line, numbers->ack);
	}
	put_text(line, ", win ");
	put_decimal(line, tcp->window);
	if (tcp->flags & SYNFIN_TCP_URG) {
		put_text(line, ", urg ");
		put_decimal(line, tcp->urgent);
	}
}

/* One byte of a reset's text, as cat -v shows it. */
static void put_visible(struct line *line, uint8_t byte)
{
	if (byte & 0x80) {
		put_text(line, "M-");
		byte &= 0x7f;
	}
	if (byte < 0x20 || byte == 0x7f) {
		put_char(line, '^');
		byte ^= 0x40;
	}
	put_char(line, (char)byte);
}

/* Some hosts give the reason in the reset's data (RFC 9293 s3.5.3). */
static void put_reset_text(struct line *line)
{
	uint32_t length = line->packet->tcp.declared;
	bool whole = cursor_left(&line->at) >= length;

	put_text(line, whole ? " [RST" : " [!RST");
	if (length > RESET_TEXT_MAX) {
		length = RESET_TEXT_MAX;
		put_char(line, '+');
	}
	put_char(line, ' ');
	while (length-- > 0 && cursor_left(&line->at) > 0)
		put_visible(line, cursor_u8(&line->at));
	put_char(line, ']');
	line->stop = true;
}

/* What stands behind the length: nothing, if the data have a printer of their own. */
static void put_data(struct line *line, const struct synfin_layer *layer)
{
	const struct synfin_tcp *tcp = &line->packet->tcp;

	if (layer->captured < tcp->header) {
		put_format(line, " [remaining caplen(%u) < header length(%u)]", layer->captured, tcp->header);
		cursor_skip(&line->at, tcp->header); /* a hard truncation */
		return;
	}
	if (tcp->flags & SYNFIN_TCP_RST && line->options->verbose) {
		line->at = cursor_over(line->packet->bytes + tcp->payload_offset, layer->captured - tcp->header);
		put_reset_text(line);
	}
}

static void put_bad_header(struct line *line, uint32_t header, uint32_t length)
{
	put_format(line, " [bad hdr length %u - too long, > %u]", header, length);
}

static void put_quick(struct line *line)
{
	uint32_t header = line->packet->tcp.header;

	put_text(line, "tcp ");
	put_decimal(line, line->length - header);
	if (header > line->length)
		put_bad_header(line, header, line->length);
	line->stop = true;
}

/* Everything from "Flags" on. */
static void put_segment(struct line *line, const struct synfin_layer *layer)
{
	const struct synfin_packet *packet = line->packet;
	const struct synfin_tcp *tcp = &packet->tcp;
	struct relative_numbers numbers = { tcp->seq, tcp->ack, 0 };

	put_flags(line, tcp->flags);
	if (!line->options->absolute)
		numbers = relative_lookup(line->printer->relative, &packet->ip, packet->ip_version, tcp);
	if (tcp->header > line->length) {
		put_bad_header(line, tcp->header, line->length);
		line->stop = true;
		return;
	}
	put_checksum(line, layer);
	put_numbers(line, &numbers);
	if (tcp->header > HEADER) {
		struct tcp_options options = { .length = tcp->header - HEADER, .flags = tcp->flags, .sack_base = numbers.sack_base };
		cursor_skip(&line->at, HEADER);
		if (!put_tcp_options(line, &options)) {
			line->stop = true;
			return;
		}
	}
	put_text(line, ", length ");
	put_decimal(line, tcp->declared);
	if (tcp->declared > 0)
		put_data(line, layer);
}

/* A header that decode could not read: cut, or with a data offset below 5. */
static void put_broken(struct line *line, const struct synfin_layer *layer)
{
	struct carrier carrier;

	line->stop = true;
	if (!carrier_find(line, &carrier))
		return;
	if (layer->captured < 4) {
		put_hosts(line, &carrier);
		line_truncated(line);
		return;
	}
	uint16_t source = cursor_u16(&line->at);
	put_flow(line, &carrier, 6, source, cursor_u16(&line->at), put_tcp_port);
	if (layer->captured < HEADER) {
		line_truncated(line);
		return;
	}
	cursor_skip(&line->at, 8);
	uint32_t header = (cursor_u8(&line->at) >> 4) * 4u;
	put_format(line, " tcp %u [bad hdr length %u - too short, < %u]", line->length - header, header, HEADER);
}

/*
 * The line that nearly every packet gets: IPv4, numbers instead of names, nothing asked for beyond the usual, and no options but the time
 * stamps of RFC 7323 as everybody lays them out. It is written in one go, for the price of one test for room. What it says is
 * what the functions above say; test_lines_tcp.c holds both against tcpdump's words.
 */
enum { ORDINARY_MAX = 400, TIMESTAMPS_HEADER = HEADER + 12 };

static bool is_ordinary(const struct line *line, const struct synfin_layer *layer)
{
	const struct line_options *options = line->options;
	const struct synfin_tcp *tcp = &line->packet->tcp;
	return line->packet->ip_version == 4 && !line->printer->services && !options->verbose && !options->quick
		&& line->packet->layers[line->index - 1].kind == SYNFIN_LAYER_IPV4 && tcp->header <= line->length && tcp->header <= layer->captured;
}

static char *write_flags(char *p, uint16_t flags)
{
	static const char letters[] = { 'F', 'S', 'R', 'P', '.', 'U', 'E', 'W' };
	if (!(flags & 0xff))
		return write_literal(p, "none");
	for (unsigned i = 0; i < sizeof letters; i++) {
		*p = letters[i];
		p += flags >> i & 1;
	}
	return p;
}

/* In the order in which tcpdump has them, which is that of the bits. */
_Static_assert(SYNFIN_TCP_FIN == 1 && SYNFIN_TCP_SYN == 2 && SYNFIN_TCP_RST == 4 && SYNFIN_TCP_PSH == 8 && SYNFIN_TCP_ACK == 16
	&& SYNFIN_TCP_URG == 32 && SYNFIN_TCP_ECE == 64 && SYNFIN_TCP_CWR == 128, "write_flags() goes by bits");

static char *write_flow(char *p, const struct synfin_packet *packet)
{
	p = write_ipv4(p, packet->ip.source.bytes + 12);
	*p++ = '.';
	p = write_decimal(p, packet->tcp.source_port);
	p = write_literal(p, " > ");
	p = write_ipv4(p, packet->ip.destination.bytes + 12);
	*p++ = '.';
	p = write_decimal(p, packet->tcp.destination_port);
	return write_literal(p, ": Flags [");
}

static char *write_numbers(char *p, const struct synfin_tcp *tcp, const struct relative_numbers *numbers)
{
	if (tcp->declared > 0 || tcp->flags & (SYNFIN_TCP_SYN | SYNFIN_TCP_FIN | SYNFIN_TCP_RST)) {
		p = write_literal(p, ", seq ");
		p = write_decimal(p, numbers->seq);
		if (tcp->declared > 0) {
			*p++ = ':';
			p = write_decimal(p, numbers->seq + tcp->declared);
		}
	}
	if (tcp->flags & SYNFIN_TCP_ACK) {
		p = write_literal(p, ", ack ");
		p = write_decimal(p, numbers->ack);
	}
	p = write_literal(p, ", win ");
	p = write_decimal(p, tcp->window);
	if (tcp->flags & SYNFIN_TCP_URG) {
		p = write_literal(p, ", urg ");
		p = write_decimal(p, tcp->urgent);
	}
	return p;
}

/* The options if they are the usual 12 bytes; NULL if they are anything else. */
static const uint8_t *usual_options(const struct line *line)
{
	static const uint8_t usual[] = { 1, 1, 8, 10 };
	struct cursor at = line->at;
	cursor_skip(&at, HEADER);
	const uint8_t *options = cursor_take(&at, TIMESTAMPS_HEADER - HEADER);
	return options && memcmp(options, usual, sizeof usual) == 0 ? options : NULL;
}

static char *write_timestamps(char *p, const uint8_t *options)
{
	p = write_literal(p, ", options [nop,nop,TS val ");
	p = write_decimal(p, bytes_u32(options + 4));
	p = write_literal(p, " ecr ");
	p = write_decimal(p, bytes_u32(options + 8));
	*p++ = ']';
	return p;
}

/* false, with nothing written and nothing done, if it is not such a packet. */
static bool put_ordinary(struct line *line, const struct synfin_layer *layer)
{
	const struct synfin_packet *packet = line->packet;
	const struct synfin_tcp *tcp = &packet->tcp;
	struct relative_numbers numbers = { tcp->seq, tcp->ack, 0 };

	const uint8_t *options = tcp->header == TIMESTAMPS_HEADER ? usual_options(line) : NULL;

	if (!is_ordinary(line, layer) || (tcp->header != HEADER && !options) || !output_room(line->out, ORDINARY_MAX))
		return false;
	if (!line->options->absolute)
		numbers = relative_lookup(line->printer->relative, &packet->ip, 4, tcp);
	char *p = write_flow(line->out->pos, packet);
	p = write_flags(p, tcp->flags);
	*p++ = ']';
	p = write_numbers(p, tcp, &numbers);
	if (options)
		p = write_timestamps(p, options);
	p = write_literal(p, ", length ");
	line->out->pos = write_decimal(p, tcp->declared);
	cursor_skip(&line->at, tcp->header);
	return true;
}

void print_tcp(struct line *line, const struct synfin_layer *layer)
{
	const struct synfin_packet *packet = line->packet;

	if (!packet->has_tcp || packet->tcp_layer != line->index || layer->captured < HEADER) {
		put_broken(line, layer);
		line->summary = output_length(line->out);
		return;
	}
	if (put_ordinary(line, layer)) {
		line->summary = output_length(line->out);
		return;
	}
	if (packet->layers[line->index - 1].kind == SYNFIN_LAYER_IPV4 || packet->layers[line->index - 1].kind == SYNFIN_LAYER_IPV6) {
		put_innermost_flow(line);
	} else {
		put_tcp_port(line, packet->tcp.source_port);
		put_text(line, " > ");
		put_tcp_port(line, packet->tcp.destination_port);
		put_text(line, ": ");
	}
	if (line->options->quick)
		put_quick(line);
	else
		put_segment(line, layer);
	line->summary = output_length(line->out);
}
