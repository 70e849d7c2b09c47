/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * IEEE 802.2 LLC, and SNAP behind it (RFC 1042).
 *
 *     SOURCE > DESTINATION NetBeui Unnumbered, ui, Flags [Command], length 46
 *     LLC, dsap STP (0x42) Individual, ssap STP (0x42) Command, ctrl 0x03:          -e
 *     oui Ethernet (0x000000), ethertype IPv4 (0x0800), length 40:                  -e, SNAP
 *
 * IPX, OSI, Cisco's discovery and other protocols below LLC are not read: they end as unknown ones.
 */
#include "lines/print.h"
#include "names/vendors.h"

enum {
	RESPONSE = 0x01,     /* in the source SAP; in the destination SAP it says "group" */
	POLL_U = 0x10,
	POLL_IS = 0x100,
	XID = 0xaf,
	XID_FORMAT = 0x81,
};

static const char *sap_name(unsigned sap)
{
	switch (sap & 0xfe) {
	case 0x00:
		return "Null";
	case 0x02:
		return "802.1B I";
	case 0x04:
		return "SNA";
	case 0x06:
		return "IP";
	case 0x0e:
		return "ProWay NM";
	case 0x42:
		return "STP";
	case 0x4e:
		return "RS511";
	case 0x7e:
		return "ISO8208";
	case 0x8e:
		return "ProWay";
	case 0xaa:
		return "SNAP";
	case 0xe0:
		return "IPX";
	case 0xf0:
		return "NetBeui";
	case 0xfe:
		return "OSI";
	default:
		return NULL;
	}
}

static const char *command_name(unsigned command)
{
	switch (command) {
	case 0x03:
		return "ui";
	case 0x0f:
		return "dm";
	case 0x43:
		return "disc";
	case 0x63:
		return "ua";
	case 0x6f:
		return "sabme";
	case 0x87:
		return "frmr";
	case XID:
		return "xid";
	case 0xe3:
		return "test";
	default:
		return NULL;
	}
}

/* The Ethernet header that carries the LLC header at `index`, or NULL: then there are no addresses. */
static const struct synfin_layer *ethernet_of(const struct line *line, unsigned index)
{
	const struct synfin_layer *carrier = &line->packet->layers[vlan_carrier(line, index)];
	return index > 0 && carrier->kind == SYNFIN_LAYER_ETHERNET ? carrier : NULL;
}

/* An 802.3 length cuts what is behind it: frames are padded. */
void line_cut_to_length_field(struct line *line, unsigned llc_index)
{
	const struct synfin_layer *layer = &line->packet->layers[line->index];
	const struct synfin_layer *llc = &line->packet->layers[llc_index];
	if (!ethernet_of(line, llc_index) || llc[-1].next > ETHERNET_LENGTH_MAX)
		return;
	uint32_t before = layer->offset - llc->offset;
	uint32_t length = llc[-1].next > before ? llc[-1].next - before : 0;
	if (length < line->length)
		line->length = length;
	if (length < (size_t)(line->at.end - line->at.base))
		line->at.end = line->at.base + length;
}

/* "SOURCE > DESTINATION " */
static void put_addresses(struct line *line, const struct synfin_layer *ethernet)
{
	const uint8_t *header = line->packet->bytes + ethernet->offset;
	put_mac(line, header + 6);
	put_text(line, " > ");
	put_mac(line, header);
	put_char(line, ' ');
}

static void put_sap(struct line *line, const char *what, unsigned sap)
{
	const char *name = sap_name(sap);
	if (name)
		put_text(line, name);
	else
		put_format(line, "Unknown %s 0x%02x", what, sap & 0xfe);
}

/* Without -e: who speaks to whom, the service once if both ends name the same. */
static void put_ends(struct line *line, const struct synfin_layer *ethernet, unsigned dsap, unsigned ssap)
{
	bool same = (dsap & 0xfe) == (ssap & 0xfe);
	if (ethernet && same) {
		put_addresses(line, ethernet);
	} else if (ethernet) {
		const uint8_t *header = line->packet->bytes + ethernet->offset;
		put_mac(line, header + 6);
		put_char(line, ' ');
		put_sap(line, "SSAP", ssap);
		put_text(line, " > ");
		put_mac(line, header);
		put_char(line, ' ');
	} else if (!same) {
		put_sap(line, "SSAP", ssap);
		put_text(line, " > ");
	}
	put_sap(line, "DSAP", dsap);
	put_char(line, ' ');
}

static void put_header(struct line *line, unsigned dsap, unsigned ssap, unsigned control, bool unnumbered)
{
	const char *destination = sap_name(dsap), *source = sap_name(ssap);
	put_format(line, "LLC, dsap %s (0x%02x) %s, ssap %s (0x%02x) %s, ctrl 0x%0*x: ", destination ? destination : "Unknown", dsap & 0xfe,
	           dsap & RESPONSE ? "Group" : "Individual", source ? source : "Unknown", ssap & 0xfe,
	           ssap & RESPONSE ? "Response" : "Command", unnumbered ? 2 : 4, control);
}

static const char *flag_name(bool response, bool poll)
{
	return response ? poll ? "Final" : "Response" : poll ? "Poll" : "Command";
}

/* Identification: format, types, window. False if there is none behind the header. */
static bool put_identification(struct line *line)
{
	struct cursor look = line->at;
	if (line->length <= 3)
		return true;
	if (cursor_left(&look) && cursor_u8(&look) != XID_FORMAT)
		return false;
	if (cursor_left(&line->at) < 3) {
		line_truncated(line);
		line_dump(line);
		return true;
	}
	unsigned types = cursor_u8(&look), window = cursor_u8(&look);
	put_format(line, ": %02x %02x", types, window);
	return true;
}

/* The rest of a frame that carries no protocol known here. False if it is to be dumped. */
static bool put_control(struct line *line, unsigned ssap, unsigned control, bool unnumbered)
{
	bool response = ssap & RESPONSE;
	if (unnumbered) {
		unsigned command = control & ~(unsigned)POLL_U;
		const char *name = command_name(command);
		put_text(line, "Unnumbered, ");
		if (name)
			put_text(line, name);
		else
			put_hex(line, command, 2);
		put_format(line, ", Flags [%s], length %u", flag_name(response, control & POLL_U), line->length);
		return command == XID && put_identification(line);
	}
	const char *flags = flag_name(response, control & POLL_IS);
	if ((control & 3) == 1) {
		static const char *const names[] = { "Receiver Ready", "Receiver not Ready", "Reject", "?" };
		put_format(line, "Supervisory, %s, rcv seq %u, Flags [%s], length %u", names[control >> 2 & 3], control >> 9, flags,
		           line->length);
		return true;
	}
	put_format(line, "Information, send seq %u, rcv seq %u, Flags [%s], length %u", control >> 1 & 0x7f, control >> 9, flags,
	           line->length);
	return false;
}

void print_llc(struct line *line, const struct synfin_layer *layer)
{
	line_cut_to_length_field(line, line->index);
	bool outermost = line->link_header == layer->offset;
	struct cursor whole = line->at;
	unsigned dsap = cursor_u8(&line->at), ssap = cursor_u8(&line->at), control = cursor_u8(&line->at);
	bool unnumbered = (control & 3) == 3;
	if (!unnumbered)
		control |= (unsigned)cursor_u8(&line->at) << 8;
	if (!line_alive(line)) {
		line->at = whole;
		line_truncated(line);
		line_dump(line);
		if (outermost)
			line->link_header += (uint32_t)cursor_left(&whole);
		return;
	}

	const struct synfin_layer *ethernet = ethernet_of(line, line->index);
	bool last = line->index + 1 == line->packet->layer_count;
	if (line->options->link_header)
		put_header(line, dsap, ssap, control, unnumbered);
	else if (last)
		put_ends(line, ethernet, dsap, ssap);
	bool known = !last || put_control(line, ssap, control, unnumbered);
	if (outermost && (known || ethernet))
		line->link_header += unnumbered ? 3 : 4;
	if (!known) {
		line->at = whole;
		line_default_dump(line);
	}
}

static const struct {
	uint32_t oui;
	uint16_t number;
	const char *name;
} snap_names[] = {
	{ 0x00000c, 0x010b, "PVST" }, { 0x00000c, 0x010c, "VLAN Bridge" }, { 0x00000c, 0x0111, "UDLD" }, { 0x00000c, 0x2000, "CDP" },
	{ 0x00000c, 0x2003, "VTP" }, { 0x00000c, 0x2004, "DTP" }, { 0x0080c2, 0x0001, "Ethernet + FCS" },
	{ 0x0080c2, 0x0002, "802.4 + FCS" }, { 0x0080c2, 0x0003, "Token Ring + FCS" }, { 0x0080c2, 0x0004, "FDDI + FCS" },
	{ 0x0080c2, 0x0005, "802.6 + FCS" }, { 0x0080c2, 0x0007, "Ethernet w/o FCS" }, { 0x0080c2, 0x0008, "802.4 w/o FCS" },
	{ 0x0080c2, 0x0009, "Token Ring w/o FCS" }, { 0x0080c2, 0x000a, "FDDI w/o FCS" }, { 0x0080c2, 0x000b, "802.6 w/o FCS" },
	{ 0x0080c2, 0x000e, "BPDU" },
};

static const char *snap_name(uint32_t oui, uint16_t number)
{
	/* Ethernet's, Cisco's bridged frames' and Apple's numbers are ethertypes. */
	if (oui == 0 || oui == 0x0000f8 || oui == 0x080007)
		return ethertype_name(number);
	for (size_t i = 0; i < sizeof snap_names / sizeof *snap_names; i++) {
		if (snap_names[i].oui == oui && snap_names[i].number == number)
			return snap_names[i].name;
	}
	return NULL;
}

void print_snap(struct line *line, const struct synfin_layer *layer)
{
	unsigned llc = line->index - 1;
	line_cut_to_length_field(line, llc);
	const struct synfin_layer *ethernet = ethernet_of(line, llc);
	bool outermost = line->link_header == layer->offset;
	const uint8_t *bytes = cursor_left(&line->at) >= 5 ? cursor_take(&line->at, 5) : NULL;
	if (!bytes) {
		line_truncated(line);
		line->link_header += outermost ? 5 : 0;
		return;
	}
	uint32_t oui = bytes_u24(bytes);
	uint16_t number = bytes_u16(bytes + 3);
	const struct synfin_layer *next = line->index + 1 < line->packet->layer_count ? layer + 1 : NULL;
	bool known = next && next->kind != SYNFIN_LAYER_UNKNOWN_ETHERTYPE;
	if (outermost && (known || ethernet))
		line->link_header += 5;
	else if (outermost)
		line->link_header -= 3;

	if (!known && !line->options->link_header) {
		if (ethernet)
			put_addresses(line, ethernet);
		put_text(line, "SNAP, ");
	}
	if (!known || line->options->link_header) {
		const char *vendor = vendor_name(oui), *name = snap_name(oui, number);
		if (line->options->link_header || oui != 0)
			put_format(line, "oui %s (0x%06x), ", vendor ? vendor : "Unknown", oui);
		put_format(line, "%s %s (0x%04x), length %u: ", oui ? "pid" : "ethertype", name ? name : "Unknown", number, line->length - 5);
	}
	if (!known) {
		/* What is dumped begins with the LLC header. */
		line->at.base -= layer->offset - line->packet->layers[llc].offset;
		line->at.pos = line->at.base;
		line_default_dump(line);
		line->stop = true;
	}
}
