/* SPDX-License-Identifier: BSD-3-Clause */
/* Inside the DHCP printer (dhcp*.c). Positions are offsets from the first byte of the message (field.h). */
#ifndef SYNFIN_LINES_DHCP_H
#define SYNFIN_LINES_DHCP_H

#include "lines/field.h"

/* dhcp_options.c: a line of its own for each option that begins at `at`, behind the magic cookie. */
void dhcp_options_put(struct line *line, size_t at);
/* ... `NAME (code)`. */
void dhcp_option_name_put(struct line *line, uint8_t code);

/* An option's value, all of which is captured. */
struct dhcp_value {
	size_t at;
	uint32_t length;
};

/* dhcp_values.c: the printers of values, by kind. Each returns how many of the bytes it made sense of. */
typedef uint32_t dhcp_value_fn(struct line *line, const struct dhcp_value *value);

dhcp_value_fn dhcp_put_text, dhcp_put_addresses, dhcp_put_pairs;
dhcp_value_fn dhcp_put_words, dhcp_put_signed_words, dhcp_put_shorts, dhcp_put_bytes, dhcp_put_flags, dhcp_put_unknown;

/* dhcp_special.c: ... of those with a format of their own. */
dhcp_value_fn dhcp_put_message_type, dhcp_put_parameters, dhcp_put_node_type, dhcp_put_overload, dhcp_put_client_id;
dhcp_value_fn dhcp_put_user_class, dhcp_put_domain_name, dhcp_put_agent_information, dhcp_put_routes;

#endif
