/* SPDX-License-Identifier: BSD-3-Clause */
#include "views/zeek_state.h"

#include <ctype.h>
#include <string.h>

enum end_state { INACTIVE, SYN_SENT, PARTIAL, ESTABLISHED, CLOSED, RESET };

struct end {
	enum end_state state, before;
};

static void become(struct end *end, enum end_state state)
{
	end->before = end->state;
	end->state = state;
}

/* The first packet of an end. */
static void take_first(struct end *end, struct end *peer, char letter, bool originator)
{
	switch (letter) {
	case 'S':
	case 'H':
		if (originator) {
			become(end, SYN_SENT);
			return;
		}
		if (peer->state == SYN_SENT)
			become(peer, ESTABLISHED);
		become(end, ESTABLISHED);
		return;
	case 'F':
		become(end, CLOSED);
		return;
	case 'R':
	case 'I':
		become(end, RESET);
		return;
	default:
		/* An ACK in front of the SYN-ACK is not taken for a connection in mid-stream. */
		if (originator || letter != 'A' || peer->state != SYN_SENT)
			become(end, peer->state == ESTABLISHED ? ESTABLISHED : PARTIAL);
		return;
	}
}

static void take(struct end *end, struct end *peer, char letter, bool originator)
{
	if (end->state == INACTIVE) {
		take_first(end, peer, letter, originator);
		return;
	}
	if (end->state == RESET)
		return;
	if (letter == 'R' || letter == 'I') {
		/* After both FINs a RST ends nothing more. */
		if (end->state != CLOSED || peer->state != CLOSED)
			become(end, RESET);
	} else if (letter == 'F' && end->state != CLOSED) {
		become(end, CLOSED);
		/* The peer's FIN and RST before this one were a complete close all the same. */
		if (peer->state == RESET && peer->before == CLOSED)
			become(peer, CLOSED);
	}
}

/* The originator sent a SYN and then a RST, and in between nothing but data sent again. */
static bool is_syn_then_rst(const char *history)
{
	history += *history == '^';
	return *history == 'S' && history[strcspn(history, "HAFGIQR")] == 'R';
}

static const char *name_of_reset(enum end_state originator, enum end_state responder, const char *history, bool empty)
{
	if (responder == RESET) {
		if (originator == SYN_SENT || (originator == RESET && empty))
			return "REJ";
		return originator == INACTIVE || originator == PARTIAL ? "RSTRH" : "RSTR";
	}
	if (responder == INACTIVE || responder == PARTIAL)
		return is_syn_then_rst(history) ? "RSTOS0" : "OTH";
	return "RSTO";
}

const char *zeek_state(const char *history, bool empty)
{
	struct end originator = { INACTIVE, INACTIVE }, responder = { INACTIVE, INACTIVE };

	for (const char *p = history; *p; p++) {
		bool first = isupper((unsigned char)*p);
		char letter = (char)toupper((unsigned char)*p);
		/* G, W, T say something of a packet that has its own letter. */
		if (letter != '^' && strchr("SHADFRIQ", letter))
			take(first ? &originator : &responder, first ? &responder : &originator, letter, first);
	}
	bool silent = responder.state == INACTIVE || responder.state == PARTIAL;
	if (originator.state == RESET || responder.state == RESET)
		return name_of_reset(originator.state, responder.state, history, empty);
	if (originator.state == CLOSED)
		return responder.state == CLOSED ? "SF" : silent ? "SH" : "S2";
	if (responder.state == CLOSED)
		return originator.state == INACTIVE || originator.state == PARTIAL ? "SHR" : "S3";
	if (originator.state == SYN_SENT && responder.state == INACTIVE)
		return "S0";
	return originator.state == ESTABLISHED && responder.state == ESTABLISHED ? "S1" : "OTH";
}
