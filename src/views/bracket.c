/* SPDX-License-Identifier: BSD-3-Clause */
/* Lanes are taken, marked and given back here; bracket.h tells how they look. */
#include "views/bracket.h"

#define HANDSHAKE_BEGINS (SYNFIN_STEP_HANDSHAKE_1 | SYNFIN_STEP_HANDSHAKE_2)
#define TEARDOWN_BEGINS (SYNFIN_STEP_TEARDOWN_1 | SYNFIN_STEP_TEARDOWN_3)

/* In ASCII a slanted stroke is a corner, as `git log --graph` has it. */
static const char *const glyphs[2][BRACKET_MARKS] = {
	{ [BRACKET_BLANK] = " ", [BRACKET_BAR] = "|", [BRACKET_FIRST] = "/", [BRACKET_STEP] = "+", [BRACKET_LAST] = "\\" },
	{ [BRACKET_BLANK] = " ", [BRACKET_BAR] = "│", [BRACKET_FIRST] = "┌", [BRACKET_STEP] = "├", [BRACKET_LAST] = "└" },
};

static bool state_gone(const struct synfin_endpoint *end)
{
	return end->state == SYNFIN_CLOSED || end->state == SYNFIN_TIME_WAIT;
}

/* Both ends are through with the teardown, or were reset. */
static bool connection_over(const struct synfin_connection *connection)
{
	return (connection->flags & SYNFIN_CONN_RESET) || (state_gone(&connection->end[0]) && state_gone(&connection->end[1]));
}

/* A lane without a packet of its connection for so long is abandoned. Time that runs backwards abandons nothing. */
static void release_idle(struct bracket *bracket, int64_t now)
{
	for (unsigned i = 0; i < BRACKET_LANES; i++) {
		struct bracket_lane *lane = &bracket->lanes[i];
		/* Unsigned: times of a damaged file may lie further apart than 63 bits tell. */
		if (lane->connection && now > lane->last_ns && (uint64_t)now - (uint64_t)lane->last_ns > (uint64_t)BRACKET_IDLE_NS)
			lane->connection = 0;
	}
}

/* The lane of this connection, or the first free one with id 0; NULL if there is none. */
static struct bracket_lane *lane_of(struct bracket *bracket, uint64_t id)
{
	for (unsigned i = 0; i < BRACKET_LANES; i++)
		if (bracket->lanes[i].connection == id)
			return &bracket->lanes[i];
	return NULL;
}

static void take_lane(struct bracket *bracket, int64_t now, uint64_t id)
{
	struct bracket_lane *lane = lane_of(bracket, 0);
	if (!lane)
		return;
	lane->connection = id;
	lane->last_ns = now;
	unsigned index = (unsigned)(lane - bracket->lanes);
	bracket->marks[index] = BRACKET_FIRST;
	if (bracket->width <= index)
		bracket->width = index + 1;
}

/* The packet's own lane: begin one, go on in it, or end it. */
static void mark_own(struct bracket *bracket, int64_t now, const struct synfin_observation *observation)
{
	const struct synfin_connection *connection = observation->connection;
	struct bracket_lane *lane = lane_of(bracket, connection->id);
	bool over = connection_over(connection);
	bool closing = observation->steps & ~(unsigned)(HANDSHAKE_BEGINS | SYNFIN_STEP_HANDSHAKE_3);

	if (!lane) {
		bool opens = (observation->steps & HANDSHAKE_BEGINS) && !(connection->flags & SYNFIN_CONN_ESTABLISHED);
		bool closes = observation->steps & TEARDOWN_BEGINS;
		if ((opens || closes) && !over)
			take_lane(bracket, now, connection->id);
		return;
	}
	uint8_t *mark = &bracket->marks[lane - bracket->lanes];
	bool opened = observation->steps & SYNFIN_STEP_HANDSHAKE_3;
	lane->last_ns = now;
	/* A packet that ends the handshake and begins the close goes on in the same lane. */
	if (over || (opened && !closing)) {
		*mark = BRACKET_LAST;
		lane->connection = 0;
	} else if (observation->steps) {
		*mark = BRACKET_STEP;
	}
}

void bracket_packet(struct bracket *bracket, int64_t time_ns, const struct synfin_observation *observation)
{
	if (bracket->width == 0)
		bracket->width = 1;
	release_idle(bracket, time_ns);
	for (unsigned i = 0; i < BRACKET_LANES; i++)
		bracket->marks[i] = bracket->lanes[i].connection ? BRACKET_BAR : BRACKET_BLANK;
	if (observation->connection)
		mark_own(bracket, time_ns, observation);
}

void bracket_put(const struct bracket *bracket, struct output *out, bool further, bool unicode)
{
	for (unsigned i = 0; i < bracket->width; i++) {
		unsigned mark = bracket->marks[i];
		/* Below the packet's first line its lane goes on, unless it has ended. */
		if (further && mark != BRACKET_BLANK)
			mark = bracket->lanes[i].connection ? BRACKET_BAR : BRACKET_BLANK;
		output_text(out, glyphs[unicode][mark]);
	}
	output_char(out, ' ');
}
