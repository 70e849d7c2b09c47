/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Syslog (RFC 3164): what a message begins with says where it comes from and how bad it is.
 *
 *     SYSLOG daemon.info, length: 17
 */
#include "lines/application.h"
#include "lines/carrier.h"
#include "lines/field.h"

enum { DIGITS_MAX = 3 };

static const char *const severities[] = { "emergency", "alert", "critical", "error", "warning", "notice", "info", "debug" };

static void put_facility(struct line *line, unsigned facility)
{
	static const char *const names[] = { "kernel", "user", "mail", "daemon", "auth", "syslog", "lpr", "news", "uucp", "cron", "authpriv", "ftp",
		"ntp", "security", "console", "cron", "local0", "local1", "local2", "local3", "local4", "local5", "local6", "local7" };

	if (facility < sizeof names / sizeof *names)
		put_text(line, names[facility]);
	else
		put_format(line, "unknown (%u)", facility);
}

/* <30>. Returns where the text begins; 0, and that is said, if it is no priority. */
static size_t read_priority(struct line *line, unsigned *priority)
{
	size_t at = 1;
	bool begins = field_u8(line, 0) == '<';

	*priority = 0;
	for (uint8_t byte = begins ? field_u8(line, at) : 0; byte >= '0' && byte <= '9' && at <= DIGITS_MAX; byte = field_u8(line, at)) {
		*priority = *priority * 10 + (byte - '0');
		at++;
	}
	if (begins && line_alive(line) && field_u8(line, at) == '>')
		return at + 1;
	put_invalid(line);
	return 0;
}

void print_syslog(struct line *line)
{
	unsigned priority;

	application_widen(line);
	size_t begin = read_priority(line, &priority);

	if (begin == 0)
		return;
	unsigned facility = priority >> 3;
	unsigned severity = priority & 7;
	if (line->options->verbose == 0) {
		put_text(line, "SYSLOG ");
		put_facility(line, facility);
		put_format(line, ".%s, length: %u", severities[severity], line->length);
		return;
	}
	put_format(line, "SYSLOG, length: %u\n\tFacility ", line->length);
	put_facility(line, facility);
	put_format(line, " (%u), Severity %s (%u)\n\tMsg: ", facility, severities[severity], severity);
	for (size_t at = begin; at < line->length && line_alive(line); at++) {
		uint8_t byte = field_u8(line, at);
		if (line_alive(line))
			put_visible(line, byte);
	}
	if (line->options->verbose > 1)
		put_hex_block(line, "\n\t", 0, line->length);
}
