/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A line: the record's frame, and the walk over the layers.
 *
 *     number | time stamp | text of each layer | dump | newline
 *
 * decode/ has found the layers already; here each is handed to its printer, with a cursor over what was captured of it. A printer
 * that reads beyond that ends the packet (print.h, "Hard truncation").
 */
#include "lines/line.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "decode/decode.h"
#include "lines/print.h"
#include "names/services.h"

/* Longer packets than the longest snapshot length are a damaged file's. */
#define LENGTH_MAX 262144
/* Quoted datagrams may quote in turn; a stack has an end. */
#define QUOTE_DEPTH_MAX 32

/* Each kind's printer and the name that it is cut under. */
static const struct {
	line_layer_fn *print;
	const char *protocol;
} printers[] = {
	[SYNFIN_LAYER_NONE] = { print_unknown_link, "" },
	[SYNFIN_LAYER_ETHERNET] = { print_ethernet, "ether" },
	[SYNFIN_LAYER_SLL] = { print_sll, "sll" },
	[SYNFIN_LAYER_SLL2] = { print_sll2, "sll2" },
	[SYNFIN_LAYER_NULL] = { print_null, "null" },
	[SYNFIN_LAYER_RAW] = { print_raw, "raw" },
	[SYNFIN_LAYER_PPP] = { print_ppp, "ppp" },
	[SYNFIN_LAYER_VLAN] = { print_vlan, "vlan" },
	[SYNFIN_LAYER_LLC] = { print_llc, "llc" },
	[SYNFIN_LAYER_SNAP] = { print_snap, "snap" },
	[SYNFIN_LAYER_STP] = { print_stp, "stp" },
	[SYNFIN_LAYER_PPPOE] = { print_pppoe, "pppoe" },
	[SYNFIN_LAYER_MPLS] = { print_mpls, "mpls" },
	[SYNFIN_LAYER_ARP] = { print_arp, "arp" },
	[SYNFIN_LAYER_IPV4] = { print_ipv4, "ip" },
	[SYNFIN_LAYER_IPV6] = { print_ipv6, "ip6" },
	[SYNFIN_LAYER_HOP_BY_HOP] = { print_hop_by_hop, "hbh" },
	[SYNFIN_LAYER_DESTINATION] = { print_destination, "dstopt" },
	[SYNFIN_LAYER_ROUTING] = { print_routing, "rt6" },
	[SYNFIN_LAYER_FRAGMENT] = { print_fragment, "frag6" },
	[SYNFIN_LAYER_MOBILITY] = { print_mobility, "mobility" },
	[SYNFIN_LAYER_AH] = { print_ah, "ah" },
	[SYNFIN_LAYER_NO_NEXT_HEADER] = { print_no_next_header, "ip6" },
	[SYNFIN_LAYER_ICMP] = { print_icmp, "icmp" },
	[SYNFIN_LAYER_ICMPV6] = { print_icmpv6, "icmp6" },
	[SYNFIN_LAYER_IGMP] = { print_igmp, "igmp" },
	[SYNFIN_LAYER_UDP] = { print_udp, "udp" },
	[SYNFIN_LAYER_TCP] = { print_tcp, "tcp" },
	[SYNFIN_LAYER_GRE] = { print_gre, "gre" },
	[SYNFIN_LAYER_VXLAN] = { print_vxlan, "vxlan" },
	[SYNFIN_LAYER_GENEVE] = { print_geneve, "geneve" },
	[SYNFIN_LAYER_IP_FRAGMENT] = { print_ip_fragment, "ip" },
	[SYNFIN_LAYER_PAYLOAD] = { print_payload, "" },
	[SYNFIN_LAYER_UNKNOWN_ETHERTYPE] = { print_unknown_ethertype, "ether" },
	[SYNFIN_LAYER_UNKNOWN_PPP] = { print_unknown_ppp, "ppp" },
	[SYNFIN_LAYER_UNKNOWN_FAMILY] = { print_unknown_family, "null" },
	[SYNFIN_LAYER_UNKNOWN_IP] = { print_unknown_ip, "ip" },
	[SYNFIN_LAYER_UNKNOWN_LINK] = { print_unknown_link, "" },
};
_Static_assert(sizeof printers / sizeof *printers == SYNFIN_LAYER_KINDS, "a printer for every kind of layer");

int line_printer_create(struct line_printer **printer, const struct line_options *options, struct synfin_error *error)
{
	struct line_printer *made = calloc(1, sizeof *made);
	if (!made)
		return error_set(error, SYNFIN_E_MEMORY, NULL, "no memory for a printer of lines");
	made->options = *options;
	clock_init(&made->clock, options->time, options->nanoseconds);
	interfaces_open(&made->interfaces);
	int status = relative_create(&made->relative, error);
	if (status == 0 && options->numeric == 0)
		status = services_create(&made->services, error);
	if (status != 0) {
		line_printer_destroy(made);
		return status;
	}
	*printer = made;
	return SYNFIN_OK;
}

void line_printer_destroy(struct line_printer *printer)
{
	if (!printer)
		return;
	relative_destroy(printer->relative);
	services_destroy(printer->services);
	interfaces_close(&printer->interfaces);
	free(printer);
}

/*
 * What the printers of Ethernet and IPv4 leave of a segment in a plain frame, about which nobody wants to know more: two letters. The layer to go
 * on with; 0 if it is no such frame.
 */
static unsigned skip_ordinary(struct line *line)
{
	const struct synfin_packet *packet = line->packet;
	const struct synfin_layer *layers = packet->layers;
	if (packet->layer_count < 3 || packet->fault || line->options->link_header || line->options->verbose || packet->ip.fragment
		|| layers[0].kind != SYNFIN_LAYER_ETHERNET || layers[1].kind != SYNFIN_LAYER_IPV4 || layers[2].kind != SYNFIN_LAYER_TCP)
		return 0;
	line->link_header = layers[0].header;
	put_text(line, "IP ");
	return 2;
}

static void walk(struct line *line)
{
	const struct synfin_packet *packet = line->packet;
	for (line->index = line->depth ? 0 : skip_ordinary(line); line->index < packet->layer_count && !line->stop; line->index++) {
		const struct synfin_layer *layer = &packet->layers[line->index];
		line->at = cursor_over(packet->bytes + layer->offset, layer->captured);
		line->length = layer->length;
		line->protocol = printers[layer->kind].protocol;
		printers[layer->kind].print(line, layer);
		if (!line_alive(line)) {
			if (line->hard)
				return;
			output_text(line->out, " [|");
			output_text(line->out, line->protocol);
			output_char(line->out, ']');
			line->hard = true;
			return;
		}
	}
}

/* What goes before a complaint about a record header. */
static void put_complaint(struct output *out, bool *complained)
{
	output_text(out, *complained ? ", " : "[Invalid header: ");
	*complained = true;
}

/* False for a record header that makes no sense: this is said, and nothing else. */
static bool check_record(const struct synfin_packet *packet, struct output *out)
{
	uint32_t captured = packet->captured, length = packet->length;
	bool complained = false;
	if (captured && captured <= length && length <= LENGTH_MAX)
		return true;

	if (!captured) {
		put_complaint(out, &complained);
		output_text(out, "caplen==0");
	}
	if (!length) {
		put_complaint(out, &complained);
		output_text(out, "len==0");
	} else if (length < captured) {
		put_complaint(out, &complained);
		output_format(out, "len(%u) < caplen(%u)", length, captured);
	}
	if (captured > LENGTH_MAX) {
		put_complaint(out, &complained);
		output_format(out, "caplen(%u) > %u", captured, LENGTH_MAX);
	}
	if (length > LENGTH_MAX) {
		put_complaint(out, &complained);
		output_format(out, "len(%u) > %u", length, LENGTH_MAX);
	}
	output_char(out, ']');
	return false;
}

/* Where the text line ends in which the byte before `from` stands. */
static size_t end_of_text_line(const struct output *out, size_t from)
{
	size_t length = output_length(out);
	if (from >= length)
		return length;
	const char *newline = memchr(out->start + from, '\n', length - from);
	return newline ? (size_t)(newline - out->start) : length;
}

size_t line_text(struct line_printer *printer, const struct synfin_packet *packet, struct output *out)
{
	struct line line = {
		.out = out,
		.options = &printer->options,
		.printer = printer,
		.packet = packet,
		.at = cursor_over(NULL, 0),
		.protocol = "",
	};

	if (printer->options.number) {
		output_decimal_padded(out, packet->frame, 5, ' ');
		output_text(out, "  ");
	}
	printer->dump = check_record(packet, out);
	if (!printer->dump)
		return output_length(out);
	clock_print(&printer->clock, packet, out);
	walk(&line);
	printer->dump_from = line.hard ? 0 : line.link_header;
	return line.summary ? end_of_text_line(out, line.summary) : output_length(out);
}

bool line_ahead(struct line_printer *printer, const struct synfin_packet *packets, unsigned count)
{
	return !printer->options.absolute && relative_ahead(printer->relative, packets, count);
}

void line_rest(struct line_printer *printer, const struct synfin_packet *packet, struct output *out)
{
	const struct line_options *options = &printer->options;
	if (printer->dump && (options->hex || options->hex_ascii || options->ascii)) {
		unsigned count = options->hex_ascii ? options->hex_ascii : options->hex ? options->hex : options->ascii;
		uint32_t from = count > 1 ? 0 : printer->dump_from;
		if (from < packet->captured) {
			const uint8_t *bytes = packet->bytes + from;
			size_t n = packet->captured - from;
			if (options->hex_ascii)
				dump_hex_ascii(out, bytes, n);
			else if (options->hex)
				dump_hex(out, bytes, n);
			else
				dump_ascii(out, bytes, n);
		}
	}
	output_char(out, '\n');
}

void line_quoted(struct line *line, int version, uint32_t length)
{
	if (!line_alive(line) || line->depth >= QUOTE_DEPTH_MAX)
		return;
	struct synfin_packet quoted;
	size_t captured = cursor_left(&line->at);
	if (captured > length)
		captured = length;
	decode_datagram(&quoted, version, line->at.pos, (uint32_t)captured, length);

	struct line inner = *line;
	inner.packet = &quoted;
	inner.depth++;
	walk(&inner);
	line->protocol = inner.protocol;
	line->names_spent = inner.names_spent;
	if (inner.hard) {
		/* " [|...]" stands already. */
		line->hard = true;
		line->at.fault = true;
	}
}

void line_dump(struct line *line)
{
	if (line_alive(line))
		dump_hex_ascii(line->out, line->at.pos, cursor_left(&line->at));
}

void line_default_dump(struct line *line)
{
	if (!line->options->suppress_default)
		line_dump(line);
}
