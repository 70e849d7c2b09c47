/* SPDX-License-Identifier: BSD-3-Clause */
/* The annotation's words; annotation.h has their grammar, synfin(1) explains them. */
#include "views/annotation.h"

#include <string.h>

#include "base/write.h"
#include "views/colour.h"
#include "views/text.h"
#include "views/text_parts.h"

#define HANDSHAKE_STEPS (SYNFIN_STEP_HANDSHAKE_1 | SYNFIN_STEP_HANDSHAKE_2 | SYNFIN_STEP_HANDSHAKE_3)
#define TEARDOWN_SHIFT 3
_Static_assert(SYNFIN_STEP_TEARDOWN_1 == 1 << TEARDOWN_SHIFT, "the teardown's bits follow the handshake's");

/* "(1)", "(2+3)": bit 0 of `steps` is step 1. */
static void put_steps(struct output *out, unsigned steps)
{
	char before = '(';
	for (unsigned number = 1; steps; number++, steps >>= 1) {
		if (!(steps & 1))
			continue;
		output_char(out, before);
		output_char(out, (char)('0' + number));
		before = '+';
	}
	output_char(out, ')');
}

static void put_all_steps(struct output *out, unsigned steps)
{
	unsigned handshake = steps & HANDSHAKE_STEPS;
	unsigned teardown = steps >> TEARDOWN_SHIFT;
	if (handshake) {
		output_char(out, ' ');
		put_steps(out, handshake);
	}
	if (teardown) {
		/* One packet that ends the handshake and begins the close: the numbers alone could not be told apart. */
		output_text(out, handshake ? " close " : " ");
		put_steps(out, teardown);
	}
}

void annotation_style_init(struct annotation_style *style, enum state_names names, bool colour)
{
	*style = (struct annotation_style){ .names = names, .colour = colour };
	for (unsigned state = 0; state < SYNFIN_STATES; state++)
		for (unsigned proof = 0; proof < ANNOTATION_PROOFS; proof++) {
			struct annotation_word *word = &style->words[state][proof];
			const char *name = state_name(names, state);
			char mark = state_mark(state, proof);
			size_t length = strlen(name);
			/* One that does not fit would be cut; test_packets_view.c sees that none is. */
			if (length > ANNOTATION_WORD - 1)
				length = ANNOTATION_WORD - 1;
			memcpy(word->text, name, length);
			word->text[length] = mark;
			word->length = (uint8_t)(length + (mark != 0));
		}
}

/* ANNOTATION_WORD bytes of room, though fewer stay. */
static char *write_state(char *p, const struct annotation_style *style, const struct synfin_endpoint *end)
{
	const struct annotation_word *word = &style->words[end->state][end->proof];
	memcpy(p, word->text, ANNOTATION_WORD);
	return p + word->length;
}

static void put_coloured(struct output *out, const struct annotation_style *style, const struct synfin_endpoint *end, uint16_t connection_flags)
{
	const char *sequence = colour_of_state(end->state, connection_flags);
	output_text(out, sequence);
	state_put(out, style->names, end->state, end->proof);
	if (*sequence)
		output_text(out, COLOUR_END);
}

static void put_states(struct output *out, const struct annotation_style *style, const struct synfin_connection *connection)
{
	const struct synfin_endpoint *client = &connection->end[connection->client], *server = &connection->end[!connection->client];
	if (style->colour) {
		output_char(out, ' ');
		put_coloured(out, style, client, connection->flags);
		output_char(out, '/');
		put_coloured(out, style, server, connection->flags);
	} else if (output_room(out, 2 + 2 * ANNOTATION_WORD)) {
		char *p = out->pos;
		*p++ = ' ';
		p = write_state(p, style, client);
		*p++ = '/';
		out->pos = write_state(p, style, server);
	}
}

static void put_remarks(struct output *out, const struct synfin_observation *observation, const struct annotation_remarks *remarks,
	const struct annotation_style *style)
{
	const char *before = " ";
	if (observation->handshake_ns >= 0) {
		output_char(out, ' ');
		output_text(out, style->translated ? T("handshake") : "handshake");
		output_char(out, ' ');
		text_milliseconds(out, observation->handshake_ns);
		before = ", ";
	}
	for (unsigned i = 0; i < remarks->count; i++) {
		const struct annotation_remark *remark = &remarks->list[i];
		const char *words = synfin_event_message(remark->kind);
		bool red = style->colour && remark->severity == SYNFIN_SEVERITY_WARNING;
		/* Its duration says it already. */
		if (!*words || (remark->kind == SYNFIN_EVENT_HANDSHAKE_COMPLETE && observation->handshake_ns >= 0))
			continue;
		output_text(out, before);
		if (red)
			output_text(out, COLOUR_WARNING);
		output_text(out, style->translated ? T(words) : words);
		/* The third one is what a sender takes for a loss (RFC 5681 s3.2), so their number tells something. */
		if (remark->kind == SYNFIN_EVENT_DUPLICATE_ACK && remark->number > 0) {
			output_char(out, ' ');
			output_decimal(out, (uint64_t)remark->number);
		}
		if (red)
			output_text(out, COLOUR_END);
		before = ", ";
	}
}

void annotation_put(struct output *out, const struct synfin_observation *observation, const struct annotation_remarks *remarks,
	const struct annotation_style *style)
{
	const struct synfin_connection *connection = observation->connection;

	if (!connection) {
		output_text(out, " #");
		put_remarks(out, observation, remarks, style);
		return;
	}
	if (output_room(out, sizeof " # c" + WRITE_DECIMAL_MAX))
		out->pos = write_decimal(write_literal(out->pos, " # c"), connection->id);
	if (observation->steps)
		put_all_steps(out, observation->steps);
	put_states(out, style, connection);
	if (remarks->count > 0 || observation->handshake_ns >= 0)
		put_remarks(out, observation, remarks, style);
}
