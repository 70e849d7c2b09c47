/* SPDX-License-Identifier: BSD-3-Clause */
#include "views/json.h"

#include "base/text_tables.h"
#include "base/utf8.h"
#include "views/text_parts.h"

/* \uXXXX, twice for a character beyond the first plane. */
#define ESCAPE_LENGTH 6

static char *put_unit(char *p, uint32_t unit)
{
	p[0] = '\\';
	p[1] = 'u';
	memcpy(p + 2, text_hex_pairs + 2 * (size_t)(unit >> 8), 2);
	memcpy(p + 4, text_hex_pairs + 2 * (size_t)(unit & 0xff), 2);
	return p + ESCAPE_LENGTH;
}

static char *put_escape(char *p, uint32_t character)
{
	if (character < 0x10000)
		return put_unit(p, character);
	/* RFC 8259 s7: as a surrogate pair. */
	character -= 0x10000;
	return put_unit(put_unit(p, 0xd800 | character >> 10), 0xdc00 | (character & 0x3ff));
}

static char *put_ascii(char *p, char c)
{
	if (c == '"' || c == '\\')
		*p++ = '\\';
	else if (c < ' ' || c == 0x7f)
		return put_unit(p, (uint8_t)c);
	*p++ = c;
	return p;
}

#define EACH_BYTE(byte) (UINT64_C(0x0101010101010101) * (byte))

/* Of a word none of whose bytes has its high bit, the high bits of bytes below a limit, which is at most 0x80, and perhaps of some above such a one. */
static uint64_t bytes_below(uint64_t word, uint8_t limit)
{
	return (word - EACH_BYTE(limit)) & ~word & EACH_BYTE(0x80);
}

static uint64_t bytes_equal(uint64_t word, uint8_t byte)
{
	return bytes_below(word ^ EACH_BYTE(byte), 1);
}

/* Whether eight bytes stay as they are: printable ASCII without quotation mark and backslash. */
static bool is_plain(uint64_t word)
{
	return !((word & EACH_BYTE(0x80)) | bytes_below(word, ' ') | bytes_equal(word, '"') | bytes_equal(word, '\\') | bytes_equal(word, 0x7f));
}

/* What of the text stays as it is goes to p in eights: how much. */
static size_t copy_plain(char *p, const uint8_t *text, size_t n)
{
	size_t i = 0;
	uint64_t word;

	for (; n - i >= sizeof word; i += sizeof word) {
		memcpy(&word, text + i, sizeof word);
		if (!is_plain(word))
			break;
		memcpy(p + i, &word, sizeof word);
	}
	return i;
}

void json_string(struct json *json, const char *bytes, size_t n)
{
	const uint8_t *text = (const uint8_t *)bytes;
	struct output *out = json->out;

	json_comma(json);
	/* What would wrap cannot be. A byte takes at most one escape: a character that takes two has four bytes. */
	if (!output_room(out, n <= SIZE_MAX / ESCAPE_LENGTH - 2 ? ESCAPE_LENGTH * n + 2 : SIZE_MAX))
		return;
	char *p = out->pos;
	*p++ = '"';
	for (size_t i = 0, plain; i < n;) {
		plain = copy_plain(p, text + i, n - i);
		p += plain;
		i += plain;
		if (i == n)
			break;
		uint32_t character = text[i];
		if (character < 0x80) {
			p = put_ascii(p, (char)text[i++]);
			continue;
		}
		size_t length = utf8_read(text + i, n - i, &character);
		if (length && utf8_is_printable(character)) {
			memcpy(p, text + i, length);
			p += length;
		} else {
			p = put_escape(p, character);
		}
		i += length ? length : 1;
	}
	*p++ = '"';
	out->pos = p;
}

void json_time(struct json *json, int64_t time_ns)
{
	json_comma(json);
	output_char(json->out, '"');
	text_utc(json->out, time_ns);
	output_char(json->out, '"');
}
