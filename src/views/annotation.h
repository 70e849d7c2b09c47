/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What stands beside a TCP line: ` # c1 (1) SYN_SENT/SYN_RECEIVED~ remarks`.
 *
 *     annotation = " # c" id [steps] " " state "/" state {remark}      the client's state, then the server's
 *     steps      = " (" n ["+" n] ")"                                  of the handshake or the teardown
 *                | " (" n ["+" n] ") close (" n ["+" n] ")"            of both at once
 *     state      = NAME ["~" | "?"] | "?"                              ~ assumed, ? guessed, "?" alone not known
 *     remark     = " " words [" " n], the second and further ones after ","
 *
 * ` # not tracked` beside a packet for whose connection there was no room.
 */
#ifndef SYNFIN_VIEWS_ANNOTATION_H
#define SYNFIN_VIEWS_ANNOTATION_H

#include <stdbool.h>
#include <stdint.h>

#include <synfin/connection.h>
#include <synfin/event.h>

#include "base/output.h"
#include "views/state_names.h"

/* More events than these on one packet are not shown: the tracker gives one or two. */
#define ANNOTATION_REMARKS 8
/* The longest name of a state, with its mark, is shorter than this. */
#define ANNOTATION_WORD 16
#define ANNOTATION_PROOFS (SYNFIN_PROOF_SEEN + 1)

struct annotation_remark {
	uint16_t kind;     /* enum synfin_event_kind */
	uint8_t severity;  /* enum synfin_severity */
	int64_t number;    /* what the event counts */
};

/* What one packet's events leave to be said. */
struct annotation_remarks {
	unsigned count;
	struct annotation_remark list[ANNOTATION_REMARKS];
};

/* How states are written: under which names, with or without colour. What is written of every packet is made once. */
struct annotation_style {
	enum state_names names;
	bool colour;
	bool translated; /* remarks are in the reader's language */
	struct annotation_word {
		char text[ANNOTATION_WORD];
		uint8_t length;
	} words[SYNFIN_STATES][ANNOTATION_PROOFS]; /* a state with its mark */
};

void annotation_style_init(struct annotation_style *style, enum state_names names, bool colour);

/* Append the annotation of a packet: of one whose observation has no connection, that it is not tracked. */
void annotation_put(struct output *out, const struct synfin_observation *observation, const struct annotation_remarks *remarks,
	const struct annotation_style *style);

#endif
