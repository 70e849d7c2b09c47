/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Telnet's commands (RFC 854, 855): those that the segment begins with, up to the first byte of text.
 *
 *     [telnet DO ECHO, SB TERMINAL TYPE SEND SE]
 *
 * Each command is first measured, because one that is cut is not begun. A subnegotiation ends with IAC SE, or with an IAC that is
 * the segment's last byte.
 */
#include "lines/field.h"
#include "lines/payload.h"

enum {
	COMMAND_FIRST = 236,
	END = 240, /* SE */
	SUBNEGOTIATION = 250,
	IAC = 255,
	OPTION_AUTHENTICATION = 37,
	OPTION_ENCRYPTION = 38,
};

struct names {
	const char *const *names;
	size_t count;
};
#define NAMES(array) { (array), sizeof(array) / sizeof(*(array)) }

static const char *const commands[] = {
	"EOF", "SUSP", "ABORT", "EOR", "SE", "NOP", "DMARK", "BRK", "IP", "AO", "AYT", "EC", "EL", "GA", "SB", "WILL",
	"WONT", "DO", "DONT", "IAC",
};
_Static_assert(sizeof commands / sizeof *commands == 256 - COMMAND_FIRST, "a name for every command");

static const char *const option_names[] = {
	"BINARY", "ECHO", "RCP", "SUPPRESS GO AHEAD", "NAME", "STATUS", "TIMING MARK", "RCTE", "NAOL", "NAOP", "NAOCRD",
	"NAOHTS", "NAOHTD", "NAOFFD", "NAOVTS", "NAOVTD", "NAOLFD", "EXTEND ASCII", "LOGOUT", "BYTE MACRO",
	"DATA ENTRY TERMINAL", "SUPDUP", "SUPDUP OUTPUT", "SEND LOCATION", "TERMINAL TYPE", "END OF RECORD", "TACACS UID",
	"OUTPUT MARKING", "TTYLOC", "3270 REGIME", "X.3 PAD", "NAWS", "TSPEED", "LFLOW", "LINEMODE", "XDISPLOC",
	"OLD-ENVIRON", "AUTHENTICATION", "ENCRYPT", "NEW-ENVIRON",
};
static const char *const plain_names[] = { "IS", "SEND", "INFO" };
static const char *const authentication_names[] = { "IS", "SEND", "REPLY", "NAME" };
static const char *const authentication_types[] = { "NULL", "KERBEROS_V4", "KERBEROS_V5", "SPX", "MINK", "SRP", "RSA", "SSL" };
static const char *const encryption_names[] = {
	"IS", "SUPPORT", "REPLY", "START", "END", "REQUEST-START", "REQUEST-END", "END_KEYID", "DEC_KEYID"
};
static const char *const encryption_types[] = {
	"NULL", "DES_CFB64", "DES_OFB64", "DES3_CFB64", "DES3_OFB64", NULL, "CAST5_40_CFB64", "CAST5_40_OFB64", "CAST128_CFB64",
	"CAST128_OFB64"
};

static const struct names options = NAMES(option_names);

static void put_name(struct line *line, const struct names *names, uint8_t value)
{
	if (value < names->count && names->names[value])
		put_format(line, " %s", names->names[value]);
	else
		put_format(line, " %#x", value);
}

/* The end of a subnegotiation whose data begin at `at`: where its IAC stands. 0 if it has none. */
static size_t find_end(struct line *line, size_t at)
{
	for (; at + 1 < line->length; at++) {
		uint16_t both = field_u16(line, at);
		if (!line_alive(line) || both == (IAC << 8 | END))
			break;
	}
	return field_u8(line, at) == IAC ? at : 0;
}

/* Bytes of the command at `at`; 0 if it is unknown or not whole. */
static size_t measure(struct line *line, size_t at)
{
	if (at + 1 >= line->length)
		return 0;
	uint8_t command = field_u8(line, at + 1);
	if (command < COMMAND_FIRST)
		return 0;
	if (command < SUBNEGOTIATION || command == IAC)
		return 2;
	if (at + 2 >= line->length)
		return 0;
	(void)field_u8(line, at + 2);
	if (command != SUBNEGOTIATION)
		return 3;
	size_t end = find_end(line, at + 3);
	return end ? end + 2 - at : 0;
}

/* Up to two bytes have names, the others are numbers. */
static void put_data(struct line *line, uint8_t option, size_t at, size_t end)
{
	static const struct names tables[][2] = {
		{ NAMES(plain_names), { NULL, 0 } },
		{ NAMES(authentication_names), NAMES(authentication_types) },
		{ NAMES(encryption_names), NAMES(encryption_types) },
	};
	const struct names *table = tables[option == OPTION_AUTHENTICATION ? 1 : option == OPTION_ENCRYPTION ? 2 : 0];

	for (unsigned i = 0; i < 2 && table[i].names && at < end; i++)
		put_name(line, &table[i], field_u8(line, at++));
	while (at < end)
		put_format(line, " %#x", field_u8(line, at++));
	put_text(line, " SE");
}

static void put_command(struct line *line, size_t at, size_t size)
{
	uint8_t command = field_u8(line, at + 1);

	if (command < COMMAND_FIRST)
		return; /* measured as no command */
	if (command == IAC) {
		put_text(line, "IAC IAC");
		return;
	}
	put_text(line, commands[command - COMMAND_FIRST]);
	if (size < 3)
		return;
	uint8_t option = field_u8(line, at + 2);
	put_name(line, &options, option);
	if (command == SUBNEGOTIATION)
		put_data(line, option, at + 3, at + size - 2);
}

void print_telnet(struct line *line)
{
	size_t at = 0;

	while (at != line->length) {
		/* Beyond the end too: an IAC that ended the segment counted as two bytes. */
		if (field_u8(line, at) != IAC)
			break;
		size_t size = measure(line, at);
		if (size == 0 || !line_alive(line))
			break;
		put_text(line, at == 0 ? " [telnet " : ", ");
		put_command(line, at, size);
		at += size;
	}
	if (at > 0 && !line->stop)
		put_char(line, ']');
}
