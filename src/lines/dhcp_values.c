/* SPDX-License-Identifier: BSD-3-Clause */
/* Values of DHCP options that are lists of one kind of thing. */
#include "lines/application.h"
#include "lines/dhcp.h"

typedef void item_fn(struct line *line, size_t at);

/* As many items of `size` bytes as there are, with `separator` between them. */
static uint32_t put_items(struct line *line, const struct dhcp_value *value, uint32_t size, char separator, item_fn *put)
{
	uint32_t done = 0;
	for (; value->length - done >= size && line_alive(line); done += size) {
		if (done)
			put_char(line, separator);
		put(line, value->at + done);
	}
	return done;
}

static void put_word(struct line *line, size_t at)
{
	put_decimal(line, field_u32(line, at));
}

static void put_signed_word(struct line *line, size_t at)
{
	put_format(line, "%d", (int32_t)field_u32(line, at));
}

static void put_short(struct line *line, size_t at)
{
	put_decimal(line, field_u16(line, at));
}

static void put_byte(struct line *line, size_t at)
{
	put_decimal(line, field_u8(line, at));
}

static void put_flag(struct line *line, size_t at)
{
	unsigned flag = field_u8(line, at);
	if (flag > 1)
		put_format(line, "%u?", flag);
	else
		put_char(line, flag ? 'Y' : 'N');
}

static void put_pair(struct line *line, size_t at)
{
	put_char(line, '(');
	put_field_ipv4(line, at);
	put_char(line, ':');
	put_field_ipv4(line, at + 4);
	put_char(line, ')');
}

uint32_t dhcp_put_text(struct line *line, const struct dhcp_value *value)
{
	put_char(line, '"');
	(void)put_visible_bytes(line, value->at, value->length);
	put_char(line, '"');
	return value->length;
}

uint32_t dhcp_put_addresses(struct line *line, const struct dhcp_value *value)
{
	return put_items(line, value, 4, ',', put_field_ipv4);
}

uint32_t dhcp_put_words(struct line *line, const struct dhcp_value *value)
{
	return put_items(line, value, 4, ',', put_word);
}

uint32_t dhcp_put_signed_words(struct line *line, const struct dhcp_value *value)
{
	return put_items(line, value, 4, ',', put_signed_word);
}

uint32_t dhcp_put_shorts(struct line *line, const struct dhcp_value *value)
{
	return put_items(line, value, 2, ',', put_short);
}

uint32_t dhcp_put_bytes(struct line *line, const struct dhcp_value *value)
{
	return put_items(line, value, 1, '.', put_byte);
}

uint32_t dhcp_put_flags(struct line *line, const struct dhcp_value *value)
{
	return put_items(line, value, 1, ',', put_flag);
}

uint32_t dhcp_put_pairs(struct line *line, const struct dhcp_value *value)
{
	return put_items(line, value, 8, ',', put_pair);
}

/* What an unknown option holds is guessed from its length. */
uint32_t dhcp_put_unknown(struct line *line, const struct dhcp_value *value)
{
	if (value->length % 2)
		return dhcp_put_bytes(line, value);
	return value->length % 4 ? dhcp_put_shorts(line, value) : dhcp_put_words(line, value);
}
