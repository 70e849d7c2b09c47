/* SPDX-License-Identifier: BSD-3-Clause */
/* Values of DHCP options that have a format of their own. */
#include "lines/application.h"
#include "lines/dhcp.h"

/* What a value is too short for; all of it counts as understood. */
static uint32_t put_too_short(struct line *line, const struct dhcp_value *value, unsigned least)
{
	put_format(line, "[ERROR: length < %u bytes]", least);
	return value->length;
}

/* RFC 2132 s9.6 */
uint32_t dhcp_put_message_type(struct line *line, const struct dhcp_value *value)
{
	static const char *const names[] = {
		[1] = "Discover", [2] = "Offer", [3] = "Request", [4] = "Decline", [5] = "ACK", [6] = "NACK", [7] = "Release",
		[8] = "Inform", [10] = "LeaseQuery", [11] = "LeaseUnassigned", [12] = "LeaseUnknown", [13] = "LeaseActive",
	};

	if (value->length != 1)
		return dhcp_put_bytes(line, value);
	unsigned type = field_u8(line, value->at);
	if (type < sizeof names / sizeof *names && names[type])
		put_text(line, names[type]);
	else
		put_format(line, "Unknown (%u)", type);
	return 1;
}

/* RFC 2132 s9.8: four names in a line. */
uint32_t dhcp_put_parameters(struct line *line, const struct dhcp_value *value)
{
	for (uint32_t i = 0; i < value->length && line_alive(line); i++) {
		uint8_t code = field_u8(line, value->at + i);
		put_text(line, i % 4 ? ", " : "\n\t      ");
		dhcp_option_name_put(line, code);
	}
	return value->length;
}

/* One byte that stands for a name, or not. */
static uint32_t put_named(struct line *line, const struct dhcp_value *value, const char *const *names, size_t count)
{
	if (value->length < 1)
		return put_too_short(line, value, 1);
	unsigned number = field_u8(line, value->at);
	if (number < count && names[number])
		put_text(line, names[number]);
	else
		put_format(line, "#%u", number);
	return 1;
}

/* RFC 2132 s8.7 */
uint32_t dhcp_put_node_type(struct line *line, const struct dhcp_value *value)
{
	static const char *const names[] = { [1] = "b-node", [2] = "p-node", [4] = "m-node", [8] = "h-node" };
	return put_named(line, value, names, sizeof names / sizeof *names);
}

/* RFC 2132 s9.3 */
uint32_t dhcp_put_overload(struct line *line, const struct dhcp_value *value)
{
	static const char *const names[] = { [1] = "file", [2] = "sname", [3] = "file+sname" };
	return put_named(line, value, names, sizeof names / sizeof *names);
}

/* RFC 2132 s9.14: a hardware type and an address, or with type 0 a text. */
uint32_t dhcp_put_client_id(struct line *line, const struct dhcp_value *value)
{
	static const char *const hardware[] = {
		[1] = "ether", [6] = "ieee802", [7] = "arcnet", [15] = "frelay", [23] = "strip", [24] = "ieee1394",
	};

	if (value->length < 1)
		return put_too_short(line, value, 1);
	unsigned type = field_u8(line, value->at);
	if (type == 0) {
		struct dhcp_value text = { value->at + 1, value->length - 1 };
		(void)dhcp_put_text(line, &text);
		return value->length;
	}
	if (type < sizeof hardware / sizeof *hardware && hardware[type])
		put_format(line, "%s ", hardware[type]);
	else
		put_format(line, "hardware-type %u, ", type);
	for (uint32_t i = 1; i < value->length && line_alive(line); i++) {
		if (i > 1)
			put_char(line, ':');
		put_hex(line, field_u8(line, value->at + i), 2);
	}
	return value->length;
}

/* RFC 3004 s4: texts, each with its length in front. */
uint32_t dhcp_put_user_class(struct line *line, const struct dhcp_value *value)
{
	if (value->length < 2)
		return put_too_short(line, value, 2);
	unsigned number = 1;
	for (uint32_t done = 0; done < value->length && line_alive(line); number++) {
		struct dhcp_value text = { value->at + done + 1, field_u8(line, value->at + done) };
		done++;
		put_format(line, "\n\t      instance#%u: ", number);
		if (text.length == 0) {
			put_text(line, "[ERROR: suboption length must be non-zero]");
			break;
		}
		if (text.length > value->length - done) {
			put_text(line, "[ERROR: invalid option]");
			break;
		}
		(void)dhcp_put_text(line, &text);
		put_format(line, ", length %u", text.length);
		done += text.length;
	}
	return value->length;
}

/* RFC 4702 s2 */
uint32_t dhcp_put_domain_name(struct line *line, const struct dhcp_value *value)
{
	static const char letters[4] = "SOEN";

	if (value->length < 3)
		return put_too_short(line, value, 3);
	unsigned flags = field_u8(line, value->at);
	if (flags & 0xf0)
		put_format(line, "[ERROR: MBZ nibble 0x%x != 0] ", flags >> 4);
	if (flags & 0x0f) {
		put_char(line, '[');
		for (unsigned i = 0; i < sizeof letters; i++) {
			if (flags & 1u << i)
				put_char(line, letters[i]);
		}
		put_text(line, "] ");
	}
	unsigned forward = field_u8(line, value->at + 1);
	unsigned backward = field_u8(line, value->at + 2);
	if (forward || backward)
		put_format(line, "%u/%u ", forward, backward);
	struct dhcp_value text = { value->at + 3, value->length - 3 };
	(void)dhcp_put_text(line, &text);
	return value->length;
}

/* RFC 3046 s2: options in the option. */
uint32_t dhcp_put_agent_information(struct line *line, const struct dhcp_value *value)
{
	static const char *const names[] = { [1] = "Circuit-ID", [2] = "Remote-ID", [6] = "Subscriber-ID" };
	uint32_t done = 0;

	while (value->length - done >= 2 && line_alive(line)) {
		unsigned code = field_u8(line, value->at + done);
		uint32_t length = field_u8(line, value->at + done + 1);
		const char *name = code < sizeof names / sizeof *names ? names[code] : NULL;
		done += 2;
		put_format(line, "\n\t      %s SubOption %u, length %u: ", name ? name : "Unknown", code, length);
		if (length > value->length - done) {
			put_text(line, "length goes past end of option");
			return value->length;
		}
		if (name)
			(void)put_visible_bytes(line, value->at + done, length);
		else
			put_hex_block(line, "\n\t\t", value->at + done, length);
		done += length;
	}
	return done;
}

/* One route's destination, of which only the bytes that the mask covers are sent. */
static void put_destination(struct line *line, size_t at, unsigned width)
{
	uint8_t destination[4] = { 0 };
	for (unsigned i = 0; i < (width + 7) / 8; i++)
		destination[i] = field_u8(line, at + i);
	if (width) {
		put_ipv4_number(line, destination);
		put_format(line, "/%u", width);
	} else {
		put_text(line, "default");
	}
}

/* RFC 3442 */
uint32_t dhcp_put_routes(struct line *line, const struct dhcp_value *value)
{
	if (value->length < 5)
		return put_too_short(line, value, 5);
	for (uint32_t done = 0; done < value->length && line_alive(line);) {
		if (done)
			put_char(line, ',');
		unsigned width = field_u8(line, value->at + done);
		unsigned bytes = (width + 7) / 8;
		done++;
		if (width > 32) {
			put_format(line, "[ERROR: Mask width (%u) > 32]", width);
			break;
		}
		if (value->length - done < bytes + 4) {
			put_format(line, "[ERROR: Remaining length (%u) < %u bytes]", value->length - done, bytes + 4);
			break;
		}
		put_char(line, '(');
		put_destination(line, value->at + done, width);
		put_char(line, ':');
		put_field_ipv4(line, value->at + done + bytes);
		put_char(line, ')');
		done += bytes + 4;
	}
	return value->length;
}
