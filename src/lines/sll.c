/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Linux cooked headers (LINKTYPE_LINUX_SLL and _SLL2).
 *
 *     _In 00:11:22:33:44:55 ethertype IPv4 (0x0800), length 76:        SLL, with -e
 *     eth0  In  ifindex 2 00:11:22:33:44:55 ethertype IPv4 (0x0800), length 80:      SLL2; the first two words without -e too
 *
 * An interface's name is that of the machine at hand, which need not be the one that captured.
 */
#include <net/if.h>
#include <string.h>

#include "base/utf8.h"
#include "lines/print.h"

static const char *direction_name(unsigned type)
{
	static const char *const names[] = { "In", "B", "M", "P", "Out" };
	return type < sizeof names / sizeof *names ? names[type] : "?";
}

/* The address, if it is a MAC address, and what follows. */
static void put_address_and_type(struct line *line, unsigned address_length, const uint8_t *address, uint16_t protocol, uint32_t length)
{
	if (address_length == 6) {
		put_mac(line, address);
		put_char(line, ' ');
	}
	if (line->options->quick)
		return;
	if (protocol == 1)
		put_text(line, "802.3");
	else if (protocol == 4)
		put_text(line, "802.2");
	else
		put_ethertype(line, protocol);
	put_text(line, ", length ");
	put_decimal(line, length);
	put_text(line, ": ");
}

void put_cooked_header(struct line *line, const struct synfin_layer *layer, uint32_t length)
{
	const uint8_t *bytes = line->packet->bytes + layer->offset;
	if (layer->kind == SYNFIN_LAYER_SLL) {
		put_format(line, "%3s ", direction_name(bytes_u16(bytes)));
		put_address_and_type(line, bytes_u16(bytes + 4), bytes + 6, bytes_u16(bytes + 14), length);
	} else {
		put_text(line, "ifindex ");
		put_decimal(line, bytes_u32(bytes + 4));
		put_char(line, ' ');
		put_address_and_type(line, bytes[11], bytes + 12, bytes_u16(bytes), length);
	}
}

/* Behind a cooked header only 802.1Q is a tag; the decoder knows more of them. */
static void put_header_and_check_tag(struct line *line, const struct synfin_layer *layer)
{
	bool unknown = vlan_is_tag(layer->next) && layer->next != 0x8100;
	if (line->options->link_header || unknown)
		put_cooked_header(line, layer, layer->length);
	if (unknown) {
		line_default_dump(line);
		line->stop = true;
	}
}

void print_sll(struct line *line, const struct synfin_layer *layer)
{
	if (!cursor_take(&line->at, 16))
		return;
	line->link_header = 16;
	put_header_and_check_tag(line, layer);
}

/* The name of an interface of this machine; "?" for none. Asking the system costs a call, so the last answer is kept. */
static const char *interface_name(struct line_printer *printer, uint32_t number)
{
	if (!printer->interface_known || printer->interface_number != number) {
		char name[IF_NAMESIZE];
		const char *found = interfaces_name(&printer->interfaces, number, name);
		size_t n = found ? strlen(found) : 0;
		memcpy(printer->interface_name, n ? found : "?", n ? n + 1 : 2);
		utf8_tame(printer->interface_name);
		printer->interface_number = number;
		printer->interface_known = true;
	}
	return printer->interface_name;
}

void print_sll2(struct line *line, const struct synfin_layer *layer)
{
	const uint8_t *bytes = cursor_take(&line->at, 20);
	if (!bytes)
		return;
	line->link_header = 20;
	put_format(line, "%-5s %-3s ", interface_name(line->printer, bytes_u32(bytes + 4)), direction_name(bytes[10]));
	put_header_and_check_tag(line, layer);
}
