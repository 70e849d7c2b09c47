/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * DHCP options (RFC 2132 and later), a line for each:
 *
 *     Subnet-Mask (1), length 4: 255.255.255.0
 */
#include "lines/dhcp.h"

enum { CODE_PAD = 0, CODE_END = 255 };

static const struct {
	const char *name;
	dhcp_value_fn *put;
} options[256] = {
	[CODE_PAD] = { "PAD", dhcp_put_unknown },
	[1] = { "Subnet-Mask", dhcp_put_addresses },
	[2] = { "Time-Zone", dhcp_put_signed_words },
	[3] = { "Default-Gateway", dhcp_put_addresses },
	[4] = { "Time-Server", dhcp_put_addresses },
	[5] = { "IEN-Name-Server", dhcp_put_addresses },
	[6] = { "Domain-Name-Server", dhcp_put_addresses },
	[7] = { "LOG", dhcp_put_addresses },
	[8] = { "CS", dhcp_put_addresses },
	[9] = { "LPR-Server", dhcp_put_addresses },
	[10] = { "IM", dhcp_put_addresses },
	[11] = { "RL", dhcp_put_addresses },
	[12] = { "Hostname", dhcp_put_text },
	[13] = { "BS", dhcp_put_shorts },
	[14] = { "DP", dhcp_put_text },
	[15] = { "Domain-Name", dhcp_put_text },
	[16] = { "SS", dhcp_put_addresses },
	[17] = { "RP", dhcp_put_text },
	[18] = { "EP", dhcp_put_text },
	[19] = { "IPF", dhcp_put_flags },
	[20] = { "SRT", dhcp_put_flags },
	[21] = { "PF", dhcp_put_pairs },
	[22] = { "RSZ", dhcp_put_shorts },
	[23] = { "TTL", dhcp_put_bytes },
	[24] = { "MTU-Timeout", dhcp_put_words },
	[25] = { "MTU-Table", dhcp_put_shorts },
	[26] = { "MTU", dhcp_put_shorts },
	[27] = { "LSN", dhcp_put_flags },
	[28] = { "BR", dhcp_put_addresses },
	[29] = { "MD", dhcp_put_flags },
	[30] = { "MS", dhcp_put_flags },
	[31] = { "Router-Discovery", dhcp_put_flags },
	[32] = { "RSA", dhcp_put_addresses },
	[33] = { "Static-Route", dhcp_put_pairs },
	[34] = { "UT", dhcp_put_flags },
	[35] = { "AT", dhcp_put_words },
	[36] = { "IE", dhcp_put_flags },
	[37] = { "TT", dhcp_put_bytes },
	[38] = { "KI", dhcp_put_words },
	[39] = { "KG", dhcp_put_flags },
	[40] = { "YD", dhcp_put_text },
	[41] = { "YS", dhcp_put_addresses },
	[42] = { "NTP", dhcp_put_addresses },
	[43] = { "Vendor-Option", dhcp_put_bytes },
	[44] = { "Netbios-Name-Server", dhcp_put_addresses },
	[45] = { "WDD", dhcp_put_addresses },
	[46] = { "Netbios-Node", dhcp_put_node_type },
	[47] = { "Netbios-Scope", dhcp_put_text },
	[48] = { "XFS", dhcp_put_addresses },
	[49] = { "XDM", dhcp_put_addresses },
	[50] = { "Requested-IP", dhcp_put_addresses },
	[51] = { "Lease-Time", dhcp_put_words },
	[52] = { "OO", dhcp_put_overload },
	[53] = { "DHCP-Message", dhcp_put_message_type },
	[54] = { "Server-ID", dhcp_put_addresses },
	[55] = { "Parameter-Request", dhcp_put_parameters },
	[56] = { "MSG", dhcp_put_text },
	[57] = { "MSZ", dhcp_put_shorts },
	[58] = { "RN", dhcp_put_words },
	[59] = { "RB", dhcp_put_words },
	[60] = { "Vendor-Class", dhcp_put_text },
	[61] = { "Client-ID", dhcp_put_client_id },
	[64] = { "N+D", dhcp_put_shorts },
	[65] = { "N+S", dhcp_put_addresses },
	[66] = { "TFTP", dhcp_put_text },
	[67] = { "BF", dhcp_put_text },
	[68] = { "MH", dhcp_put_addresses },
	[69] = { "SMTP", dhcp_put_addresses },
	[70] = { "POP3", dhcp_put_addresses },
	[71] = { "NNTP", dhcp_put_addresses },
	[72] = { "WWW", dhcp_put_addresses },
	[73] = { "FG", dhcp_put_addresses },
	[74] = { "IRC", dhcp_put_addresses },
	[75] = { "STS", dhcp_put_addresses },
	[76] = { "STDA", dhcp_put_addresses },
	[77] = { "User-Class", dhcp_put_user_class },
	[78] = { "SLP-DA", dhcp_put_bytes },
	[79] = { "SLP-SCOPE", dhcp_put_bytes },
	[80] = { "SLP-NA", dhcp_put_text },
	[81] = { "FQDN", dhcp_put_domain_name },
	[82] = { "Agent-Information", dhcp_put_agent_information },
	[83] = { "ARMT", dhcp_put_bytes },
	[88] = { "TZSTR", dhcp_put_text },
	[89] = { "FQDNS", dhcp_put_bytes },
	[90] = { "AUTH", dhcp_put_bytes },
	[91] = { "Last-Transaction-Time", dhcp_put_signed_words },
	[92] = { "Associated-IP", dhcp_put_addresses },
	[93] = { "ARCH", dhcp_put_shorts },
	[94] = { "NDI", dhcp_put_bytes },
	[95] = { "LDAP", dhcp_put_text },
	[97] = { "GUID", dhcp_put_bytes },
	[98] = { "UAP", dhcp_put_text },
	[100] = { "POSIX-TZ", dhcp_put_text },
	[101] = { "TZ-Name", dhcp_put_text },
	[112] = { "NI", dhcp_put_addresses },
	[113] = { "NITAG", dhcp_put_text },
	[114] = { "URL", dhcp_put_text },
	[116] = { "NOAUTO", dhcp_put_flags },
	[117] = { "NSSEARCH", dhcp_put_shorts },
	[118] = { "SUBNET", dhcp_put_addresses },
	[121] = { "Classless-Static-Route", dhcp_put_routes },
	[150] = { "TFTP-Server-Address", dhcp_put_addresses },
	[161] = { "MUD-URL", dhcp_put_text },
	[249] = { "Classless-Static-Route-Microsoft", dhcp_put_routes },
	[CODE_END] = { "END", dhcp_put_unknown },
};

void dhcp_option_name_put(struct line *line, uint8_t code)
{
	put_format(line, "%s (%u)", options[code].name ? options[code].name : "Unknown", code);
}

static void put_title(struct line *line, uint8_t code, unsigned length)
{
	put_text(line, "\n\t    ");
	dhcp_option_name_put(line, code);
	put_format(line, ", length %u%s", length, length ? ": " : "");
}

/* The padding that begins before `at`; returns where it ends. */
static size_t put_padding(struct line *line, size_t at)
{
	unsigned count = 1;
	put_title(line, CODE_PAD, 0);
	for (; field_present(line, at, 1) && field_u8(line, at) == CODE_PAD; at++)
		count++;
	if (count > 1)
		put_format(line, ", occurs %u", count);
	return at;
}

/* The option whose length stands at `at`; returns where it ends. */
static size_t put_option(struct line *line, uint8_t code, size_t at)
{
	struct dhcp_value value = { at + 1, field_u8(line, at) };

	put_title(line, code, value.length);
	if (!field_present(line, value.at, value.length)) {
		line_truncated(line);
		return value.at;
	}
	dhcp_value_fn *put = options[code].put ? options[code].put : dhcp_put_unknown;
	uint32_t left = value.length - put(line, &value);
	if (left)
		put_format(line, "\n\t  trailing data length %u", left);
	return value.at + value.length;
}

/* -vvv shows padding and the end, and what comes after the end. */
void dhcp_options_put(struct line *line, size_t at)
{
	bool all = line->options->verbose > 2;

	while (field_present(line, at, 1) && line_alive(line) && !line->stop) {
		uint8_t code = field_u8(line, at++);
		if (code == CODE_END && !all)
			return;
		if (code == CODE_END)
			put_title(line, code, 0);
		else if (code != CODE_PAD)
			at = put_option(line, code, at);
		else if (all)
			at = put_padding(line, at);
	}
}
