/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * BOOTP (RFC 951) and DHCP (RFC 2131).
 *
 *     BOOTP/DHCP, Request from 00:0c:29:01:02:03, length 300
 *
 * With -v the other fields and the options follow, on lines of their own.
 */
#include "lines/application.h"
#include "lines/dhcp.h"

enum {
	AT_OPERATION = 0,
	AT_HARDWARE = 1,
	AT_HARDWARE_LENGTH = 2,
	AT_HOPS = 3,
	AT_TRANSACTION = 4,
	AT_SECONDS = 8,
	AT_FLAGS = 10,
	AT_CLIENT = 12,
	AT_YOUR = 16,
	AT_SERVER = 20,
	AT_GATEWAY = 24,
	AT_HARDWARE_ADDRESS = 28,
	AT_SERVER_NAME = 44,
	AT_FILE = 108,
	AT_VENDOR = 236,
	AT_OPTIONS = 240,
	SERVER_NAME = 64,
	FILE_NAME = 128,
};

enum { REQUEST = 1, REPLY = 2, HARDWARE_ETHERNET = 1, ETHERNET_ADDRESS = 6, FLAG_BROADCAST = 0x8000 };

#define COOKIE_RFC1048 0x63825363u
#define COOKIE_CMU 0x434d5500u

static bool has_ethernet_address(struct line *line)
{
	unsigned type = field_u8(line, AT_HARDWARE);
	unsigned length = field_u8(line, AT_HARDWARE_LENGTH);
	return type == HARDWARE_ETHERNET && length == ETHERNET_ADDRESS;
}

static void put_summary(struct line *line)
{
	unsigned operation = field_u8(line, AT_OPERATION);

	put_text(line, "BOOTP/DHCP, ");
	if (operation == REQUEST)
		put_text(line, "Request");
	else if (operation == REPLY)
		put_text(line, "Reply");
	else
		put_format(line, "unknown (0x%02x)", operation);
	if (has_ethernet_address(line) && operation == REQUEST) {
		const uint8_t *address = field_bytes(line, AT_HARDWARE_ADDRESS, ETHERNET_ADDRESS);
		put_text(line, " from ");
		put_mac(line, address);
	}
	put_format(line, ", length %u", line->length);
}

static void put_odd_numbers(struct line *line)
{
	unsigned hardware = field_u8(line, AT_HARDWARE);
	unsigned length = field_u8(line, AT_HARDWARE_LENGTH);
	if (hardware != HARDWARE_ETHERNET)
		put_format(line, ", htype %u", hardware);
	if (hardware != HARDWARE_ETHERNET || length != ETHERNET_ADDRESS)
		put_format(line, ", hlen %u", length);
	unsigned hops = field_u8(line, AT_HOPS);
	if (hops)
		put_format(line, ", hops %u", hops);
	unsigned transaction = field_u32(line, AT_TRANSACTION);
	if (transaction)
		put_format(line, ", xid 0x%x", transaction);
	unsigned seconds = field_u16(line, AT_SECONDS);
	if (seconds)
		put_format(line, ", secs %u", seconds);
	unsigned flags = field_u16(line, AT_FLAGS);
	put_format(line, ", Flags [%s]", flags & FLAG_BROADCAST ? "Broadcast" : "none");
	if (line->options->verbose > 1)
		put_format(line, " (0x%04x)", flags);
}

static void put_addresses(struct line *line)
{
	static const struct {
		const char *name;
		size_t at;
	} addresses[] = {
		{ "Client", AT_CLIENT }, { "Your", AT_YOUR }, { "Server", AT_SERVER }, { "Gateway", AT_GATEWAY },
	};

	for (size_t i = 0; i < sizeof addresses / sizeof *addresses; i++) {
		if (field_u32(line, addresses[i].at) == 0)
			continue;
		put_format(line, "\n\t  %s-IP ", addresses[i].name);
		put_field_ipv4(line, addresses[i].at);
	}
	if (has_ethernet_address(line)) {
		const uint8_t *address = field_bytes(line, AT_HARDWARE_ADDRESS, ETHERNET_ADDRESS);
		put_text(line, "\n\t  Client-Ethernet-Address ");
		put_mac(line, address);
	}
}

/* A name, which a NUL must end within its field: otherwise false, and nothing follows. */
static bool put_name(struct line *line, const char *title, size_t at, size_t size)
{
	if (field_u8(line, at) == 0)
		return true;
	put_format(line, "\n\t  %s \"", title);
	bool whole = put_visible_string(line, at, size);
	put_char(line, '"');
	if (!whole)
		line_truncated(line);
	return whole;
}

/* The vendor area that Carnegie Mellon used before RFC 1048: addresses at fixed places. */
static void put_cmu(struct line *line)
{
	enum { FLAGS = AT_VENDOR + 4, HAS_SUBNET_MASK = 1, SUBNET_MASK_ROW = 1 };
	static const struct {
		const char *name;
		size_t at;
	} addresses[] = {
		{ "DG", 12 }, { "SM", 8 }, { "NS1", 16 }, { "NS2", 20 }, { "IEN1", 24 }, { "IEN2", 28 }, { "TS1", 32 }, { "TS2", 36 },
	};

	put_text(line, " vend-cmu");
	if (!field_present(line, FLAGS, 4)) {
		line_truncated(line);
		return;
	}
	unsigned flags = field_u8(line, FLAGS);
	if (flags & ~(unsigned)HAS_SUBNET_MASK)
		put_format(line, " F:0x%x", flags);
	for (size_t i = 0; i < sizeof addresses / sizeof *addresses; i++) {
		size_t at = AT_VENDOR + addresses[i].at;
		if (!field_present(line, at, 4)) {
			line_truncated(line);
			return;
		}
		if (field_u32(line, at) == 0)
			continue;
		bool guessed = i == SUBNET_MASK_ROW && !(flags & HAS_SUBNET_MASK);
		put_format(line, guessed ? " %s*:" : " %s:", addresses[i].name);
		put_field_ipv4(line, at);
	}
}

static void put_vendor(struct line *line)
{
	if (!field_present(line, AT_VENDOR, 4)) {
		line_truncated(line);
		return;
	}
	uint32_t cookie = field_u32(line, AT_VENDOR);
	if (cookie == COOKIE_RFC1048) {
		put_text(line, "\n\t  Vendor-rfc1048 Extensions");
		put_format(line, "\n\t    Magic Cookie 0x%08x", cookie);
		dhcp_options_put(line, AT_OPTIONS);
	} else if (cookie == COOKIE_CMU) {
		put_cmu(line);
	} else if (cookie) {
		put_format(line, "\n\t  Vendor-#0x%x", cookie);
	}
}

void print_dhcp(struct line *line)
{
	line_protocol(line, "bootp");
	application_widen(line);
	put_summary(line);
	if (!line->options->verbose)
		return;
	if (!field_present(line, AT_SECONDS, 2)) {
		line_truncated(line);
		return;
	}
	put_odd_numbers(line);
	put_addresses(line);
	if (put_name(line, "sname", AT_SERVER_NAME, SERVER_NAME) && put_name(line, "file", AT_FILE, FILE_NAME))
		put_vendor(line);
}
