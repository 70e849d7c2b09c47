/* SPDX-License-Identifier: BSD-3-Clause */
#include "views/event_text.h"

bool event_is_verdict(unsigned kind)
{
	switch (kind) {
	case SYNFIN_EVENT_HANDSHAKE_COMPLETE:
	case SYNFIN_EVENT_SIMULTANEOUS_OPEN:
	case SYNFIN_EVENT_HALF_CLOSED:
	case SYNFIN_EVENT_SIMULTANEOUS_CLOSE:
	case SYNFIN_EVENT_CLOSED:
	case SYNFIN_EVENT_REFUSED:
	case SYNFIN_EVENT_ABORTED:
	case SYNFIN_EVENT_ANSWERED:
	case SYNFIN_EVENT_NO_ANSWER:
	case SYNFIN_EVENT_HANDSHAKE_REJECTED:
	case SYNFIN_EVENT_MID_STREAM:
	case SYNFIN_EVENT_ONE_SIDED:
	case SYNFIN_EVENT_STATE_CORRECTED:
	case SYNFIN_EVENT_EVICTED:
	case SYNFIN_EVENT_EXPIRED:
	case SYNFIN_EVENT_UNTRACKED:
		return false;
	default:
		return kind < SYNFIN_EVENTS;
	}
}

struct event_number event_number(unsigned kind)
{
	switch (kind) {
	case SYNFIN_EVENT_HANDSHAKE_COMPLETE:
		return (struct event_number){ EVENT_UNIT_NS, "duration_ns", false };
	case SYNFIN_EVENT_CLOCK_BACKWARDS:
		return (struct event_number){ EVENT_UNIT_NS, "backwards_ns", false };
	case SYNFIN_EVENT_RETRANSMISSION:
	case SYNFIN_EVENT_FAST_RETRANSMISSION:
	case SYNFIN_EVENT_SPURIOUS_RETRANSMISSION:
	case SYNFIN_EVENT_OUT_OF_ORDER:
	case SYNFIN_EVENT_AMBIGUOUS_ORDER:
		return (struct event_number){ EVENT_UNIT_NS, "timeout_ns", true };
	case SYNFIN_EVENT_LOST_SEGMENT:
	case SYNFIN_EVENT_ACK_UNSEEN:
	case SYNFIN_EVENT_DATA_AFTER_FIN:
		return (struct event_number){ EVENT_UNIT_BYTES, "bytes", false };
	case SYNFIN_EVENT_WINDOW_UPDATE:
	case SYNFIN_EVENT_WINDOW_FULL:
		return (struct event_number){ EVENT_UNIT_BYTES, "window", false };
	case SYNFIN_EVENT_DUPLICATE_ACK:
		return (struct event_number){ EVENT_UNIT_COUNT, "count", false };
	case SYNFIN_EVENT_SACK:
	case SYNFIN_EVENT_DSACK:
		return (struct event_number){ EVENT_UNIT_COUNT, "blocks", false };
	case SYNFIN_EVENT_STATE_CORRECTED:
		return (struct event_number){ EVENT_UNIT_STATE, "assumed_state", false };
	default:
		return (struct event_number){ EVENT_UNIT_NONE, NULL, false };
	}
}

static const char *const severities[] = {
	[SYNFIN_SEVERITY_INFO] = "info",
	[SYNFIN_SEVERITY_NOTE] = "note",
	[SYNFIN_SEVERITY_WARNING] = "warning",
};

const char *event_severity_name(unsigned severity)
{
	return severity < sizeof severities / sizeof *severities ? severities[severity] : NULL;
}

bool event_is_of_no_end(unsigned kind)
{
	return kind == SYNFIN_EVENT_EVICTED || kind == SYNFIN_EVENT_EXPIRED;
}
