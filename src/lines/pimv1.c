/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * PIM version 1, which ran inside IGMP type 0x14 before RFC 2117. Of a Join/Prune only its header is shown, not the groups.
 */
#include "lines/application.h"
#include "lines/field.h"
#include "lines/igmp.h"

enum {
	QUERY = 0,
	REGISTER = 1,
	REGISTER_STOP = 2,
	JOIN_PRUNE = 3,
	RP_REACHABLE = 4,
	ASSERT = 5,
	GRAFT = 6,
	GRAFT_ACKNOWLEDGMENT = 7,
};

static void put_pair(struct line *line, size_t source, size_t group)
{
	const uint8_t *from = field_bytes(line, source, 4), *to = field_bytes(line, group, 4);
	put_text(line, " for ");
	put_ipv4(line, from);
	put_text(line, " > ");
	put_ipv4(line, to);
}

static void put_mask(struct line *line, size_t at)
{
	if (field_u32(line, at) != UINT32_MAX) {
		put_char(line, '/');
		put_field_ipv4(line, at);
	}
}

static void put_query(struct line *line)
{
	static const char *const modes[] = { " Dense-mode", " Sparse-mode", " Sparse-Dense-mode" };

	if (field_present(line, 8, 1)) {
		unsigned mode = field_u8(line, 8) >> 4;
		if (mode < sizeof modes / sizeof *modes)
			put_text(line, modes[mode]);
		else
			put_format(line, " mode-%u", mode);
	}
	if (line->options->verbose) {
		put_text(line, " (Hold-time ");
		put_span(line, field_u16(line, 10));
		put_char(line, ')');
	}
}

static void put_reachable(struct line *line)
{
	(void)field_bytes(line, 22, 2);
	put_text(line, " group ");
	put_field_ipv4(line, 8);
	put_mask(line, 12);
	put_text(line, " RP ");
	put_field_ipv4(line, 16);
	put_text(line, " hold ");
	put_span(line, field_u16(line, 22));
}

static void put_assert(struct line *line)
{
	(void)field_bytes(line, 16, 4);
	put_pair(line, 16, 8);
	put_mask(line, 12);
	uint32_t preference = field_u32(line, 20), metric = field_u32(line, 24);
	put_format(line, " %s pref %u metric %u", preference >> 31 ? "RP-tree" : "SPT", preference & 0x7fffffff, metric);
}

static void put_join_prune(struct line *line)
{
	const uint8_t *neighbour = field_bytes(line, 8, 4);
	put_text(line, " Upstream Nbr: ");
	put_ipv4(line, neighbour);
	uint16_t hold = field_u16(line, 14);
	put_text(line, " Hold time: ");
	put_span(line, hold);
}

void print_pimv1(struct line *line)
{
	static const char *const names[] = {
		"Query", "Register", "Register-Stop", "Join/Prune", "RP-reachable", "Assert", "Graft", "Graft-ACK"
	};
	line_protocol(line, "pimv1");
	uint8_t type = field_u8(line, 1);

	if (type < sizeof names / sizeof *names)
		put_format(line, " %s", names[type]);
	else
		put_format(line, " [type %u]", type);
	if (type == QUERY) {
		put_query(line);
	} else if (type == REGISTER) {
		if (!field_present(line, 8, 20)) {
			line_truncated(line);
			return;
		}
		put_pair(line, 20, 24);
	} else if (type == REGISTER_STOP) {
		put_pair(line, 8, 12);
	} else if (type == RP_REACHABLE && line->options->verbose) {
		put_reachable(line);
	} else if (type == ASSERT) {
		put_assert(line);
	} else if ((type == JOIN_PRUNE || type == GRAFT || type == GRAFT_ACKNOWLEDGMENT) && line->options->verbose) {
		put_join_prune(line);
	}
	if (line->stop)
		return;
	uint8_t version = field_u8(line, 4) >> 4;
	if (version != 1)
		put_format(line, " [v%u]", version);
}
