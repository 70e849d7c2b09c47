/* SPDX-License-Identifier: BSD-3-Clause */
/* What a packet does: its step of opening or closing, what becomes of both ends, and what is remarkable about it. */
#include "views/explain_parts.h"

#include "views/event_text.h"
#include "views/explain_table.h"
#include "views/text.h"

/* ---- the step */

/* Beside the bits of enum synfin_step: the second FIN does not answer the first one. */
#define STEP_CROSSED 0x100u

static const struct {
	unsigned steps;
	const char *text;
} steps[] = {
	{ SYNFIN_STEP_HANDSHAKE_1, N_("(1) of the 3-way handshake: {sender} asks to open (SYN)") },
	{ SYNFIN_STEP_HANDSHAKE_2, N_("(2) of the 3-way handshake: {sender} acknowledges that and asks in turn (SYN+ACK)") },
	{ SYNFIN_STEP_HANDSHAKE_3, N_("(3) of the 3-way handshake: {sender} acknowledges, and the connection is established") },
	{ SYNFIN_STEP_TEARDOWN_2 | SYNFIN_STEP_TEARDOWN_3,
	  N_("(2) and (3) of the close in one packet: {sender} acknowledges the other's FIN and closes its direction too") },
	{ SYNFIN_STEP_TEARDOWN_1, N_("(1) of the close: {sender} is done and closes its direction (active close)") },
	{ SYNFIN_STEP_TEARDOWN_2, N_("(2) of the close: {sender} acknowledges the FIN") },
	{ SYNFIN_STEP_TEARDOWN_3 | STEP_CROSSED, N_("(3) of the close: {sender} closes its direction too, by itself (active close, at the same time)") },
	{ SYNFIN_STEP_TEARDOWN_3, N_("(3) of the close: {sender} closes its direction too (passive close)") },
	{ SYNFIN_STEP_TEARDOWN_4, N_("(4) of the close: {sender} acknowledges the second FIN") },
};

static void put_step(struct explain *explain)
{
	unsigned left = explain->observation->steps | (explain->connection->flags & SYNFIN_CONN_SIMULTANEOUS_CLOSE ? STEP_CROSSED : 0);
	const struct synfin_tcp *tcp = &explain->packet->tcp;

	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
		if ((left & steps[i].steps) != steps[i].steps)
			continue;
		left &= ~steps[i].steps;
		explain_say(explain, T(steps[i].text));
		if (steps[i].steps == SYNFIN_STEP_HANDSHAKE_3 && explain->observation->handshake_ns >= 0) {
			explain_milliseconds(explain, NAME_N, explain->observation->handshake_ns);
			/* T1: of several SYNs it is the one that was answered. */
			explain_say(explain, explain->connection->syn_tries > 1 ? T("; it took {n} since the SYN that was answered") : T("; it took {n} since the first SYN"));
		}
		say_row(&explain->say, T("step"));
	}
	/* H4: where both ends sent a SYN, or a SYN+ACK comes again. */
	if (explain->observation->steps == 0 && (tcp->flags & SYNFIN_TCP_SYN) && (tcp->flags & SYNFIN_TCP_ACK)) {
		explain_say(explain, explain_is_unfit_syn_ack(explain) ? T("none: this SYN+ACK does not acknowledge the SYN of {receiver}, so nothing changes")
								       : T("none of its own: {sender} answers the SYN of {receiver} with SYN+ACK, as (2) otherwise does"));
		say_row(&explain->say, T("step"));
	}
	if (explain->observation->steps == 0 && !(tcp->flags & (SYNFIN_TCP_SYN | SYNFIN_TCP_FIN | SYNFIN_TCP_RST))) {
		bool half_closed = explain->sender->state == SYNFIN_CLOSE_WAIT && explain->receiver->state == SYNFIN_FIN_WAIT_2;
		explain_say(explain, !(tcp->flags & SYNFIN_TCP_ACK) ? T("none: a packet without SYN, FIN, RST and ACK belongs to no connection")
				     : tcp->payload && half_closed ? T("none of its own: in the half-close {sender} still sends, and {receiver} only receives")
				     : tcp->payload ? T("neither of opening nor of closing: data is transferred") : T("neither of opening nor of closing: an acknowledgment of what came"));
		say_row(&explain->say, T("step"));
	}
}

/* ---- the states */

/* What the marks ~ and ? say of the state it has now. */
static void put_proof(struct explain *explain, const struct synfin_endpoint *end)
{
	if (end->state == SYNFIN_UNKNOWN)
		explain_say(explain, T(": the captured packets do not tell"));
	else if (end->proof == SYNFIN_PROOF_ASSUMED)
		explain_say(explain, T(" (~: assumed, until a packet of this end proves it)"));
	else if (end->proof == SYNFIN_PROOF_UNKNOWN)
		explain_say(explain, T(" (?: a guess, the handshake is not in the capture)"));
}

/* Why an end is in its state now; `from` is what it was in, SYNFIN_UNKNOWN if that is not known. */
static const char *reason(const struct explain *explain, unsigned index, unsigned from, bool changed, bool proved)
{
	unsigned now = explain->connection->end[index].state;
	bool sender = explain->observation->from == index;
	unsigned opening = explain->packet->tcp.flags & (SYNFIN_TCP_SYN | SYNFIN_TCP_ACK);

	/* H4: what the other end's SYN was taken to make of it looks the same. */
	if (sender && opening == SYNFIN_TCP_SYN && now == SYNFIN_SYN_RECEIVED)
		return N_("active open, too: by this SYN it was in SYN_SENT, and the other end's SYN makes that SYN_RECEIVED");
	if (sender && opening == (SYNFIN_TCP_SYN | SYNFIN_TCP_ACK) && now == SYNFIN_ESTABLISHED && !changed && !proved)
		return N_("in SYN_RECEIVED when it sent this; the other end's SYN+ACK, which crosses it, completes the handshake");
	if (sender && changed && explain_has(explain, SYNFIN_EVENT_STATE_CORRECTED))
		return N_("the assumption was wrong: what it sends shows this state");
	if (changed || from == SYNFIN_UNKNOWN)
		return explained_transition(sender, from, now);
	return proved ? N_("proved: what it sends shows that it is there") : N_("as before");
}

static void put_end_state(struct explain *explain, unsigned index)
{
	const struct synfin_endpoint *end = &explain->connection->end[index];
	const struct explain_before *before = &explain->before;
	struct output *text = &explain->say.text;
	bool known = before->connection && !(before->state[index] == SYNFIN_UNKNOWN && end->state == SYNFIN_UNKNOWN);
	bool changed = known && before->state[index] != end->state;
	bool proved = known && before->proof[index] == SYNFIN_PROOF_ASSUMED && end->proof == SYNFIN_PROOF_SEEN;

	if (changed || proved) {
		state_put(text, explain->options.names, before->state[index], before->proof[index]);
		output_text(text, " -> ");
	}
	state_put(text, explain->options.names, end->state, end->proof);
	if (changed || !known || end->state != SYNFIN_UNKNOWN)
		explain_say(explain, "  ");
	if (end->state != SYNFIN_UNKNOWN)
		explain_say(explain, T(reason(explain, index, known ? before->state[index] : SYNFIN_UNKNOWN, changed, proved)));
	put_proof(explain, end);
	say_row(&explain->say, index == explain->connection->client ? T("client") : T("server"));
}

/* ---- what is remarkable */

void explain_event_number(struct explain *explain, const struct synfin_event *event)
{
	struct event_number number = event_number(event->kind);
	if (number.unit == EVENT_UNIT_NONE || event->number < 0 || (event->number == 0 && number.zero_is_unknown))
		return;
	explain_number(explain, NAME_N, (uint64_t)event->number);
	if (number.unit == EVENT_UNIT_NS)
		explain_milliseconds(explain, NAME_N, event->number);
	switch (event->kind) {
	case SYNFIN_EVENT_DUPLICATE_ACK:
		explain_say(explain, T(" Here: number {n}."));
		break;
	case SYNFIN_EVENT_STATE_CORRECTED:
		explain->values[NAME_N].text = state_name(explain->options.names, (unsigned)event->number);
		explain_say(explain, T(" Here it was assumed to be in {n}."));
		break;
	case SYNFIN_EVENT_HANDSHAKE_COMPLETE:
		explain_say(explain, T(" Here it took {n}."));
		break;
	case SYNFIN_EVENT_SACK:
	case SYNFIN_EVENT_DSACK:
		explain_say(explain, T(" Blocks here: {n}."));
		break;
	default:
		explain_say(explain, number.unit == EVENT_UNIT_NS ? T(" Here after {n}.") : T(" Here: {n} bytes."));
		break;
	}
}

void explain_events(struct explain *explain)
{
	for (unsigned i = 0; i < explain->event_count; i++) {
		const struct synfin_event *event = &explain->events[i];
		/* Step (3) has said it. */
		if (event->kind == SYNFIN_EVENT_HANDSHAKE_COMPLETE && explain->observation->handshake_ns >= 0)
			continue;
		explain_say(explain, T(explained_events[event->kind].text));
		explain_event_number(explain, event);
		say_row(&explain->say, T("note"));
	}
}

void explain_effect(struct explain *explain)
{
	unsigned client = explain->connection->client;
	put_step(explain);
	put_end_state(explain, client);
	put_end_state(explain, !client);
	explain_events(explain);
}
