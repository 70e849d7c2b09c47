/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Who prints application bytes: the first entry whose port is one of the two, in tcpdump's order.
 *
 * Ports whose protocol has no printer here are not in the table; they are printed as if they meant nothing.
 */
#include "lines/payload.h"

#include "lines/application.h"

enum transport { TRANSPORT_TCP, TRANSPORT_UDP };

struct claim {
	enum transport transport;
	uint16_t first_port; /* both ends of the range belong to it; either side of the conversation may have it */
	uint16_t last_port;
	payload_fn *print;
	const char *protocol; /* for [|...] */
	const char *separator; /* between the header's text and the printer's */
};

static const struct claim claims[] = {
	{ TRANSPORT_TCP, 23, 23, print_telnet, "telnet", "" },
	{ TRANSPORT_TCP, 25, 25, print_smtp, "smtp", ": " },
	{ TRANSPORT_TCP, 43, 43, print_whois, "whois", ": " },
	{ TRANSPORT_TCP, 6379, 6379, print_resp, "resp", "" },
	{ TRANSPORT_TCP, 22, 22, print_ssh, "ssh", "" },
	{ TRANSPORT_TCP, 21, 21, print_ftp, "ftp", ": " },
	{ TRANSPORT_TCP, 80, 80, print_http, "http", ": " },
	{ TRANSPORT_TCP, 8080, 8080, print_http, "http", ": " },
	{ TRANSPORT_TCP, 554, 554, print_rtsp, "rtsp", ": " },
	{ TRANSPORT_TCP, 8554, 8554, print_rtsp, "rtsp", ": " },
	{ TRANSPORT_TCP, 53, 53, print_domain_tcp, "domain", "" },
	{ TRANSPORT_UDP, 53, 53, print_domain_udp, "domain", "" },
	{ TRANSPORT_UDP, 5353, 5353, print_domain_multicast, "domain", "" },
	{ TRANSPORT_UDP, 69, 69, print_tftp, "tftp", "" },
	{ TRANSPORT_UDP, 67, 68, print_dhcp, "bootp", "" },
	{ TRANSPORT_UDP, 123, 123, print_ntp, "ntp", "" },
	{ TRANSPORT_UDP, 5060, 5060, print_sip, "sip", "" },
	{ TRANSPORT_UDP, 514, 514, print_syslog, "syslog", "" },
};

/* Most ports mean nothing: this tells so without a look at the list, whose ports must all be let through here. */
static bool may_mean_something(uint16_t port)
{
	return port < 124 || port == 514 || port == 554 || (port > 5000 && port < 8555);
}

static const struct claim *find_claim(enum transport transport, uint16_t source, uint16_t destination)
{
	if (!may_mean_something(source) && !may_mean_something(destination))
		return NULL;
	for (size_t i = 0; i < sizeof claims / sizeof *claims; i++) {
		const struct claim *claim = &claims[i];
		if (claim->transport != transport)
			continue;
		if (source >= claim->first_port && source <= claim->last_port)
			return claim;
		if (destination >= claim->first_port && destination <= claim->last_port)
			return claim;
	}
	return NULL;
}

static void print_claimed(struct line *line, const struct claim *claim)
{
	put_text(line, claim->separator);
	line_protocol(line, claim->protocol);
	claim->print(line);
}

/* Ports of tunnels, which decode/ has made layers of: their printers come without a claim (print.h). */
static bool is_tunnel(uint16_t port)
{
	return port == 4789 || port == 6081;
}

bool payload_has_udp_printer(const struct line *line, uint16_t source, uint16_t destination)
{
	(void)line;
	return is_tunnel(source) || is_tunnel(destination) || find_claim(TRANSPORT_UDP, source, destination) != NULL;
}

void payload_print_empty_udp(struct line *line, uint16_t source, uint16_t destination)
{
	const struct claim *claim = find_claim(TRANSPORT_UDP, source, destination);
	if (!claim || !line_alive(line))
		return;
	line->at = cursor_over(line->at.end, 0);
	line->length = 0;
	print_claimed(line, claim);
}

/* The header before the payload is the layer before it: nothing stands between them. */
void print_payload(struct line *line, const struct synfin_layer *layer)
{
	const struct synfin_packet *packet = line->packet;
	const struct claim *claim = NULL;
	(void)layer;

	if (line->index == 0)
		return;
	if (packet->layers[line->index - 1].kind == SYNFIN_LAYER_TCP)
		claim = find_claim(TRANSPORT_TCP, packet->tcp.source_port, packet->tcp.destination_port);
	else
		claim = find_claim(TRANSPORT_UDP, packet->udp_source_port, packet->udp_destination_port);
	if (claim)
		print_claimed(line, claim);
}
