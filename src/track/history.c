/* SPDX-License-Identifier: BSD-3-Clause */
#include "track/history.h"

#include <assert.h>

/* The order is part of the codes and of nothing else. '^' has no end and stands apart. */
static const char letters[] = "SHADFRTGWIQ";
enum {
	CODE_BITS = 5,
	CODE_MASK = (1 << CODE_BITS) - 1,
	CODE_FLIPPED = CODE_MASK,
	CODES_PER_END = SYNFIN_HISTORY_MAX / 2,
};
static_assert(2 * sizeof(letters) < CODE_FLIPPED, "every letter of either end has a code, and 0 is none");
static_assert(CODES_PER_END * CODE_BITS <= 32, "half of the codes fit an endpoint");

static unsigned code_of(char letter, unsigned end)
{
	unsigned index = 0;

	while (letters[index] != letter)
		index++;
	return 1 + 2 * index + end;
}

static unsigned code_at(const struct synfin_connection *connection, unsigned position)
{
	const struct synfin_endpoint *half = &connection->end[position / CODES_PER_END];

	return half->history >> position % CODES_PER_END * CODE_BITS & CODE_MASK;
}

/* All codes at once: of a word whose fields are each the difference to `code`, whether one is zero. Fields without a code are at the end. */
static bool has_code(const struct synfin_connection *connection, unsigned code)
{
	const uint64_t ones = 0x0084210842108421; /* 1 in each of twelve fields */
	uint64_t codes = connection->end[0].history | (uint64_t)connection->end[1].history << CODES_PER_END * CODE_BITS;
	uint64_t differences = codes ^ ones * code;

	static_assert(CODE_BITS == 5 && SYNFIN_HISTORY_MAX == 12, "the constant fits the fields");
	return (differences - ones) & ~differences & ones << (CODE_BITS - 1);
}

static void set_code(struct synfin_connection *connection, unsigned position, unsigned code)
{
	uint32_t *half = &connection->end[position / CODES_PER_END].history;
	unsigned shift = position % CODES_PER_END * CODE_BITS;

	*half = (*half & ~((uint32_t)CODE_MASK << shift)) | (uint32_t)code << shift;
}

/* How a connection opened, what it carried and how it ended is told by these; the others are remarks. */
static bool is_remark(unsigned code)
{
	const char remarks[] = "TGWIQ";

	for (const char *letter = remarks; *letter; letter++)
		if ((code - 1) / 2 == (code_of(*letter, 0) - 1) / 2)
			return code != CODE_FLIPPED;
	return false;
}

/* When all places are taken the last remark goes for a letter that is none. */
static bool make_room(struct synfin_connection *connection, unsigned code)
{
	unsigned last = SYNFIN_HISTORY_MAX;

	if (is_remark(code))
		return false;
	while (last > 0 && !is_remark(code_at(connection, last - 1)))
		last--;
	if (last == 0)
		return false;
	for (; last < SYNFIN_HISTORY_MAX; last++)
		set_code(connection, last - 1, code_at(connection, last));
	return true;
}

static void append(struct synfin_connection *connection, unsigned code)
{
	unsigned length = 0;

	while (length < SYNFIN_HISTORY_MAX && code_at(connection, length) != 0)
		length++;
	if (length < SYNFIN_HISTORY_MAX)
		set_code(connection, length, code);
	else if (make_room(connection, code))
		set_code(connection, SYNFIN_HISTORY_MAX - 1, code);
}

static void once(struct synfin_connection *connection, char letter, unsigned end)
{
	unsigned code = code_of(letter, end);

	if (!has_code(connection, code))
		append(connection, code);
}

/* One letter for a packet: which flag it has, or whether it has data. A FIN that acknowledges, or carries data, is F alone. */
static char letter_of(const struct segment *segment)
{
	switch (segment->flags & (SYNFIN_TCP_SYN | SYNFIN_TCP_FIN | SYNFIN_TCP_RST)) {
	case SYNFIN_TCP_SYN:
		return segment->flags & SYNFIN_TCP_ACK ? 'H' : 'S';
	case SYNFIN_TCP_FIN:
		return 'F';
	case SYNFIN_TCP_RST:
		return 'R';
	case 0:
		return segment->packet->tcp.payload > 0 ? 'D' : segment->flags & SYNFIN_TCP_ACK ? 'A' : 0;
	default:
		return (segment->flags & SYNFIN_TCP_FIN) && (segment->flags & SYNFIN_TCP_RST) ? 'I' : 'Q';
	}
}

void history_packet(const struct segment *segment)
{
	struct synfin_connection *connection = segment->connection;
	char letter = letter_of(segment);

	if (connection->end[0].history == 0 && segment->from != connection->client)
		append(connection, CODE_FLIPPED);
	if (letter)
		once(connection, letter, segment->from);
	if (letter == 'S' && segment->from == connection->client && connection->syn_tries < UINT8_MAX)
		connection->syn_tries++;
}

bool history_has_packet(const struct synfin_connection *connection, unsigned end, bool data)
{
	return has_code(connection, data ? code_of('D', end) : code_of('A', end));
}

/* Whether n is 10, 100, 1000 ... */
static bool is_power_of_ten(uint32_t n)
{
	while (n > 1 && n % 10 == 0)
		n /= 10;
	return n == 1;
}

void history_segment(const struct segment *segment, const struct pool *holes)
{
	struct synfin_connection *connection = segment->connection;
	unsigned from = segment->from;
	unsigned again = code_of('T', from);
	uint32_t count = segment->sender->retransmitted;

	/* After the peer's FIN nobody cares: a process that goes away closes its window. */
	if (segment->packet->tcp.window == 0 && !(segment->receiver->flags & SYNFIN_END_FIN))
		once(connection, 'W', from);
	/* As Zeek has it, data that ends below what was sent before, late or sent again. */
	if (segment->packet->tcp.payload > 0 && segment->end <= segment->sender_next &&
	    (!has_code(connection, again) || (segment->retransmits && count >= 10 && is_power_of_ten(count))))
		append(connection, again);
	if (segment->acks && holes_begin_below(holes, segment->receiver, segment->ack))
		once(connection, 'G', !from);
}

/* ---- half-close */

static void set_half_closed(struct synfin_endpoint *closer, int64_t value)
{
	uint64_t bits = (uint64_t)value;

	closer->flags &= (uint16_t)~SYNFIN_END_TIMING;
	closer->timed_end = (uint32_t)(bits >> 32);
	closer->timed_at = (uint32_t)bits;
}

int64_t endpoint_half_closed(const struct synfin_endpoint *closer)
{
	return (int64_t)((uint64_t)closer->timed_end << 32 | closer->timed_at);
}

void history_steps(struct synfin_connection *connection, unsigned before, int64_t time_ns)
{
	struct synfin_endpoint *closer = &connection->end[connection->closer];
	unsigned new = connection->steps & ~before;

	if (new & SYNFIN_STEP_TEARDOWN_2) {
		/* Both FINs are out already, or come in one packet with the ACK: there was no half-close. */
		set_half_closed(closer, connection->steps & SYNFIN_STEP_TEARDOWN_3 ? -1 : time_ns);
	} else if ((new & SYNFIN_STEP_TEARDOWN_3) && (before & SYNFIN_STEP_TEARDOWN_2)) {
		int64_t began = endpoint_half_closed(closer);
		/* T3: across a step back of the clock nothing can be measured. Unsigned: times of a damaged file may be any. */
		uint64_t duration = (uint64_t)time_ns - (uint64_t)began;
		set_half_closed(closer, time_ns >= began && duration <= INT64_MAX ? (int64_t)duration : -1);
	}
}

/* ---- as text */

unsigned synfin_history(const struct synfin_connection *connection, char text[SYNFIN_HISTORY_MAX + 1])
{
	unsigned count = 0;

	for (unsigned code; count < SYNFIN_HISTORY_MAX && (code = code_at(connection, count)) != 0; count++) {
		if (code == CODE_FLIPPED) {
			text[count] = '^';
			continue;
		}
		char letter = letters[(code - 1) / 2];
		bool is_client = (code - 1) % 2 == connection->client;
		text[count] = is_client ? letter : (char)(letter - 'A' + 'a');
	}
	text[count] = '\0';
	return count;
}
