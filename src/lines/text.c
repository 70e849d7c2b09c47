/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Protocols of text lines: SMTP, FTP, WHOIS, HTTP, RTSP and SIP.
 *
 *     : HTTP: GET / HTTP/1.1                     the first line
 *     : HTTP, length: 78 \n\tGET / HTTP/1.1 ...  with -v every line
 *
 * HTTP, RTSP and SIP messages may be the middle of something: they are text only if they begin like a request (a known method)
 * or a response (a second word of three digits). A line with a byte that is no text, or with a carriage return alone, is not
 * shown, and nothing after it. The last line, if it has no end, is shown and marked as cut.
 */
#include <strings.h>

#include "lines/field.h"
#include "lines/payload.h"

/* What tcpdump keeps of a word; a longer one is no method. */
enum { WORD_MAX = 128 };

static const char *const http_methods[] = {
	"GET", "PUT", "COPY", "HEAD", "LOCK", "MOVE", "POLL", "POST", "BCOPY", "BMOVE", "MKCOL", "TRACE", "LABEL", "MERGE",
	"DELETE", "SEARCH", "UNLOCK", "REPORT", "UPDATE", "NOTIFY", "BDELETE", "CONNECT", "OPTIONS", "CHECKIN", "PROPFIND",
	"CHECKOUT", "CCM_POST", "SUBSCRIBE", "PROPPATCH", "BPROPFIND", "BPROPPATCH", "UNCHECKOUT", "MKACTIVITY",
	"MKWORKSPACE", "UNSUBSCRIBE", "RPC_CONNECT", "VERSION-CONTROL", "BASELINE-CONTROL", NULL
};

static const char *const rtsp_methods[] = {
	"OPTIONS", "DESCRIBE", "ANNOUNCE", "SETUP", "PLAY", "PAUSE", "TEARDOWN", "GET_PARAMETER", "SET_PARAMETER",
	"REDIRECT", "RECORD", NULL
};

static const char *const sip_methods[] = {
	"ACK", "BYE", "CANCEL", "DO", "INFO", "INVITE", "MESSAGE", "NOTIFY", "OPTIONS", "PRACK", "QAUTH", "REFER",
	"REGISTER", "SPRACK", "SUBSCRIBE", "UPDATE", "PUBLISH", NULL
};

static bool is_printable(uint8_t byte)
{
	return byte >= ' ' && byte < 0x7f;
}

static bool is_space(uint8_t byte)
{
	return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

/*
 * Copy the word at offset `from` and return the offset of the next word or of the line's end; 0 if there is no word, it is too
 * long, is no text, or is not captured whole.
 */
static size_t take_word(const struct line *line, size_t from, char word[WORD_MAX + 1])
{
	const uint8_t *bytes = line->at.base;
	size_t at = from, size = 0;

	for (; at < line->length; at++) {
		if (at >= field_captured(line))
			return 0;
		if (is_space(bytes[at]))
			break;
		if (!is_printable(bytes[at]) || size == WORD_MAX)
			return 0;
		word[size++] = (char)bytes[at];
	}
	if (size == 0)
		return 0;
	word[size] = '\0';
	while (at < line->length && at < field_captured(line) && bytes[at] == ' ')
		at++;
	return at;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_status(const char *word)
{
	return is_digit(word[0]) && is_digit(word[1]) && is_digit(word[2]) && !is_printable((uint8_t)word[3]);
}

static bool begins_message(const struct line *line, const char *const *methods)
{
	char word[WORD_MAX + 1];
	size_t next = take_word(line, 0, word);

	if (next == 0)
		return false;
	for (size_t i = 0; methods[i]; i++) {
		if (strcasecmp(word, methods[i]) == 0)
			return true;
	}
	return take_word(line, next, word) != 0 && is_status(word);
}

static void put_piece(struct line *line, const char *prefix, size_t from, size_t to)
{
	put_text(line, prefix);
	output_bytes(line->out, (const char *)line->at.base + from, to - from);
}

/* Put the line at offset `from`. Returns the offset of the one after it; 0 if nothing is to follow. */
static size_t put_line(struct line *line, const char *prefix, size_t from)
{
	for (size_t at = from; at < line->length; at++) {
		uint8_t byte = field_u8(line, at);
		if (!line_alive(line))
			return 0;
		if (byte == '\n') {
			put_piece(line, prefix, from, at);
			return at + 1;
		}
		if (byte == '\r') {
			if (at + 1 >= line->length || field_u8(line, at + 1) != '\n')
				return 0;
			put_piece(line, prefix, from, at);
			return at + 2;
		}
		if (!is_printable(byte) && byte != '\t')
			return 0;
	}
	put_piece(line, prefix, from, line->length);
	line_truncated(line);
	return 0;
}

/* methods is NULL for protocols whose every segment is shown. */
static void put_message(struct line *line, const char *name, const char *const *methods)
{
	put_text(line, name);
	if (!line_alive(line) || (methods && !begins_message(line, methods)))
		return;
	if (line->options->verbose == 0) {
		put_line(line, ": ", 0);
		return;
	}
	put_text(line, ", length: ");
	put_decimal(line, line->length);
	size_t at = 0;
	while (at < line->length) {
		at = put_line(line, "\n\t", at);
		if (at == 0)
			break;
	}
}

void print_smtp(struct line *line)
{
	put_message(line, "SMTP", NULL);
}

void print_whois(struct line *line)
{
	put_message(line, "WHOIS", NULL);
}

void print_ftp(struct line *line)
{
	put_message(line, "FTP", NULL);
}

void print_http(struct line *line)
{
	put_message(line, "HTTP", http_methods);
}

void print_rtsp(struct line *line)
{
	put_message(line, "RTSP", rtsp_methods);
}

void print_sip(struct line *line)
{
	put_message(line, "SIP", sip_methods);
}
