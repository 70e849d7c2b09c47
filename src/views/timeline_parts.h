/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Inside the timeline:
 *   timeline.c         the sink: which packets get rows, when boxes begin and end, what is held back
 *   timeline_lane.c    what is remembered of each connection
 *   timeline_box.c     titles, boxes, and the rows that no packet has
 *   timeline_label.c   the words on an arrow, and the time beside it
 *   timeline_note.c    the words below a row, and beside it in the wide form
 *   timeline_draw.c    rows, edges and headings in cells
 */
#ifndef SYNFIN_VIEWS_TIMELINE_PARTS_H
#define SYNFIN_VIEWS_TIMELINE_PARTS_H

#include "lines/clock.h"
#include "views/annotation.h"
#include "views/timeline.h"

#define MARK_CELLS 1
#define STATE_CELLS (STATE_NAME_MAX + MARK_CELLS)

/* Roles, and so columns: 0 is the client, on the left. */
enum { CLIENT, SERVER };

enum timeline_box { BOX_NONE, BOX_HANDSHAKE, BOX_TEARDOWN };

/* Which of the packets that say the same reached the other end: the only one, the one that its timestamp's echo names, or one cannot tell. */
enum timeline_again { AGAIN_NO, AGAIN_WITH_TIMESTAMPS, AGAIN_WITHOUT };

/* What stays of a connection between its packets: 152 bytes for each of the LANES most recent ones. */
struct timeline_lane {
	uint64_t id;               /* of its connection; 0: free */
	int64_t row_ns;            /* time of the packet of its last row */
	int64_t box_ns;            /* of the box's first one */
	uint64_t assumed_by[2];    /* where an end's state is assumed: the frame after which it is, the last one of those that repeat it; */
	uint32_t assumed_value[2]; /* its timestamp value, */
	uint8_t again[2];          /* and enum timeline_again */
	uint64_t run_packets;      /* of the run of data: packets held back, */
	uint64_t run_bytes[2];     /* their bytes by the sender's role, */
	int64_t run_ns;            /* and the time of the last one */
	uint32_t box_packets;
	uint8_t run_rows;          /* packets of the run that had rows */
	uint8_t box;               /* enum timeline_box */
	uint8_t state[2], proof[2]; /* after its last packet, by role */
	uint8_t shown_state[2], shown_proof[2]; /* beside its last row */
	bool introduced;           /* it has a heading */
	bool over;                 /* closed or reset: not active */
	bool half_closed;          /* has been said */
	bool timer_due;            /* it is in TIME_WAIT, whose end has not been shown */
};

struct timeline_layout {
	unsigned total;            /* cells of a row, at most */
	unsigned name;             /* of the name and a blank; 0: without */
	unsigned time;             /* of the wide form's time */
	unsigned middle;           /* between the uprights */
	unsigned note;             /* of the wide form's note */
	bool wide;
};

/* One packet, as it is told in several calls. */
struct timeline_moment {
	const struct synfin_packet *packet;
	const struct synfin_observation *observation;
	uint64_t events;           /* bit N: an event of kind N about its connection */
	uint8_t before[2];         /* states before it, by role */
	struct annotation_remarks remarks;
};

/* 10 MB if all are used. */
enum { LANES = 65536 };

struct timeline {
	struct timeline_options options;
	struct output *out;
	struct timeline_layout layout;
	struct output label;       /* scratch; never drained */
	struct output note;        /* scratch; of notes and edges */
	struct output scratch;     /* for the moment of drawing */
	struct timeline_moment moment;
	struct line_clock clock;
	struct timeline_lane *lanes;
	uint64_t current;          /* the connection of the last row */
	size_t active;             /* lanes introduced and not over */
	size_t held;               /* lanes with packets held back */
	bool named;                /* rows begin with the connection's name */
	bool headed;               /* the headings that stand above fit the layout */
	bool any;                  /* something has been printed */
	bool uses_assumed, uses_unknown, uses_timer; /* for the legend */
	bool busy;                 /* a packet came since the last pause */
	/* The packet that was held back last, without its bytes: if it stays the only one of its run, it gets its row after all. */
	struct synfin_packet held_packet;
	struct annotation_remarks held_remarks;
	uint64_t held_connection;  /* whose it is */
	uint8_t held_from;
	struct synfin_connection leaving; /* has left the tracker; whether for good is told by the next call. id 0: none */
};

enum timeline_shape { SHAPE_BLANK, SHAPE_RIGHT, SHAPE_LEFT, SHAPE_NOTE };

struct timeline_row {
	enum timeline_shape shape;
	const char *delta;
	const char *label;
	size_t label_length;
	bool warning;              /* the label is red */
	bool shows[2];             /* whether the state stands there, by role */
	uint8_t state[2], proof[2];
	uint16_t connection_flags; /* for colours */
	const struct synfin_packet *packet; /* whose numbers the wide form has; NULL */
	uint32_t window;
	bool window_known;
	const char *note;
	size_t note_length;
};

static inline unsigned timeline_role(const struct synfin_connection *connection, unsigned end)
{
	return end == connection->client ? CLIENT : SERVER;
}

static inline bool timeline_has(const struct timeline *view, unsigned kind)
{
	return view->moment.events >> kind & 1;
}

/* timeline_lane.c */
/* Its lane, a free one for it, or NULL. */
struct timeline_lane *timeline_lane_find(struct timeline *view, uint64_t id);
/* The place where its lane belongs, with whatever lane is there. */
struct timeline_lane *timeline_lane_place(struct timeline *view, uint64_t id);
/* Closed or reset: nothing is to come but TIME_WAIT's end. */
bool timeline_is_over(const struct synfin_connection *connection);
void timeline_lane_over(struct timeline *view, struct timeline_lane *lane);
void timeline_lane_free(struct timeline *view, struct timeline_lane *lane);
/* Take over the states after the packet; *proves[role] is the frame whose assumption they prove, or 0. */
void timeline_lane_states(struct timeline_lane *lane, const struct timeline_moment *moment, uint64_t proves[2]);

/* timeline_box.c */
/* The first row of a connection is next. */
void timeline_introduce(struct timeline *view, struct timeline_lane *lane);
/* A row of this connection is next: give rows names from here on if the last one was another's. */
void timeline_name_rows(struct timeline *view, uint64_t id);
void timeline_begin_box(struct timeline *view, struct timeline_lane *lane);
/* handshake_ns: of the handshake that ends here, or -1. */
void timeline_end_box(struct timeline *view, struct timeline_lane *lane, const struct synfin_connection *connection, int64_t now_ns,
	int64_t handshake_ns);
void timeline_say_half_closed(struct timeline *view, struct timeline_lane *lane);
/* TIME_WAIT has an end, though no packet shows it. */
void timeline_put_timer(struct timeline *view, struct timeline_lane *lane);

/* timeline_label.c */
#define DELTA_SIZE 24
void timeline_delta(char text[DELTA_SIZE], int64_t later_ns, int64_t earlier_ns);
/* Make view->label of what the moment's packet is; true if it warns. */
bool timeline_label(struct timeline *view);
/* The words for what a lane holds back of a run of data, whole numbers only. */
void timeline_label_run(struct timeline *view, const struct timeline_lane *lane);
/* "client" or "server", in the reader's language. */
const char *timeline_role_word(const struct synfin_connection *connection, unsigned end);

/* timeline_note.c */
/* What is to be said below the moment's packet. */
void timeline_notes(struct timeline *view);
/* Make view->note: what stands beside it. */
void timeline_side_note(struct timeline *view, const uint64_t proves[2]);
/* Make view->note of the lower edge of the lane's box. */
void timeline_box_summary(struct timeline *view, const struct timeline_lane *lane, const struct synfin_connection *connection, int64_t now_ns,
	int64_t handshake_ns);
/* What ended the connection, or that nothing did. event: EVICTED, EXPIRED, or SYNFIN_EVENTS at the end of the capture. */
void timeline_last_words(struct timeline *view, const struct timeline_lane *lane, const struct synfin_connection *connection, unsigned event);

/* timeline_draw.c */
void timeline_layout(struct timeline *view);
/* Make room in the name's column for this one. */
void timeline_layout_name(struct timeline *view, uint64_t id);
void timeline_put_row(struct timeline *view, uint64_t id, const struct timeline_row *row);
enum timeline_edge { EDGE_UPPER, EDGE_MIDDLE, EDGE_LOWER };
/* An edge of a box with these words in it, or, where they are too long, with a note below. */
void timeline_put_edge(struct timeline *view, uint64_t id, enum timeline_edge edge, const char *words, size_t n);
/* Lines of words below a row. */
void timeline_put_note(struct timeline *view, uint64_t id, const char *words, size_t n);
void timeline_put_title(struct timeline *view, const struct synfin_connection *connection);
void timeline_put_headings(struct timeline *view);
void timeline_put_legend(struct timeline *view);

#endif
