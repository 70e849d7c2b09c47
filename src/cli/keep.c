/* SPDX-License-Identifier: BSD-3-Clause */
#include "cli/keep.h"

#include "base/error.h"
#include "cli/cli.h"
#include "views/comment.h"
#include "views/text.h"

/* What parts an annotation from its line. */
#define BEFORE (sizeof " # " - 1)

bool keep_is_due(const struct options *options)
{
	return options->write_file && (options->select || options->annotate);
}

int keep_open(struct keep *keep, const struct options *options, const struct chosen *chosen, bool surveyed, struct synfin_error *error)
{
	keep->options = options;
	keep->chosen = chosen;
	keep->surveyed = surveyed;
	annotation_style_init(&keep->style, (enum state_names)options->state_names, false);
	keep->style.translated = true;
	output_init(&keep->text, NULL, NULL, 0);
	if (!options->select || surveyed)
		return SYNFIN_OK;
	keep->hold = hold_create();
	return keep->hold ? SYNFIN_OK : error_set(error, SYNFIN_E_MEMORY, NULL, "out of memory");
}

void keep_close(struct keep *keep)
{
	hold_destroy(keep->hold);
	keep->hold = NULL;
	if (keep->options)
		output_free(&keep->text);
}

static int put(struct keep *keep, const struct synfin_frame *frame, const struct synfin_comment *comments, unsigned count)
{
	if (keep->status != 0)
		return keep->status < 0 ? keep->status : SYNFIN_OK;
	struct save_item item = { frame, comments, count };
	keep->status = keep->write(keep->context, &item);
	keep->written++;
	/* Enough is no failure of the sink's. */
	return keep->status < 0 ? keep->status : SYNFIN_OK;
}

static int on_packet(void *self, const struct synfin_packet *packet, const struct synfin_observation *observation)
{
	struct keep *keep = self;
	(void)packet;
	keep->remarks.count = 0;
	keep->ends = false;
	keep->connection = observation->connection ? observation->connection->id : 0;
	return SYNFIN_OK;
}

static bool is_end(unsigned kind)
{
	return kind == SYNFIN_EVENT_CLOSED || kind == SYNFIN_EVENT_ABORTED || kind == SYNFIN_EVENT_REFUSED ||
		kind == SYNFIN_EVENT_HANDSHAKE_REJECTED || kind == SYNFIN_EVENT_ANSWERED;
}

static int on_event(void *self, const struct synfin_event *event, const struct synfin_connection *connection)
{
	struct keep *keep = self;
	struct annotation_remarks *remarks = &keep->remarks;
	(void)connection;
	if (event->connection != keep->connection || !keep->connection)
		return SYNFIN_OK;
	keep->ends |= is_end(event->kind);
	if (remarks->count < ANNOTATION_REMARKS)
		remarks->list[remarks->count++] = (struct annotation_remark){ event->kind, event->severity, event->number };
	return SYNFIN_OK;
}

/*
 * The comments of a packet: what became of it, and of its connection. With a survey that stands beside the first packet; without one
 * beside the one that ends it, and the first has what there is to say then.
 */
static unsigned make_comments(struct keep *keep, const struct synfin_observation *observation, bool first, struct synfin_comment comments[2])
{
	const struct synfin_connection *connection = observation->connection;
	size_t length = 0;
	output_truncate(&keep->text, 0);
	annotation_put(&keep->text, observation, &keep->remarks, &keep->style);
	size_t annotation = output_length(&keep->text);
	if (keep->text.status < 0)
		return 0;
	const char *summary = first && keep->surveyed ? chosen_summary(keep->chosen, connection->id, &length) : NULL;
	if (summary)
		output_bytes(&keep->text, summary, length);
	else if (!keep->surveyed && !keep->hold && keep->ends)
		comment_summary(&keep->text, connection);
	else if (!keep->hold && first)
		comment_beginning(&keep->text, connection);
	size_t all = output_length(&keep->text);
	comments[0] = (struct synfin_comment){ keep->text.start + annotation, all - annotation };
	comments[all > annotation] = (struct synfin_comment){ keep->text.start + BEFORE, annotation - BEFORE };
	return 1 + (all > annotation);
}

static int on_packet_end(void *self, const struct synfin_packet *packet, const struct synfin_observation *observation)
{
	struct keep *keep = self;
	const struct synfin_connection *connection = observation->connection;
	struct synfin_comment comments[2] = { { "", 0 } };
	unsigned count = 0;
	(void)packet;
	keep->seen = true;
	if (!connection)
		return keep->options->select ? SYNFIN_OK : put(keep, keep->frame, NULL, 0);
	bool first = connection->id > keep->newest;
	if (first)
		keep->newest = connection->id;
	if (keep->options->select && keep->surveyed && !chosen_has(keep->chosen, connection->id))
		return SYNFIN_OK;
	if (keep->options->annotate)
		count = make_comments(keep, observation, first, comments);
	if (keep->text.status < 0)
		return keep->text.status;
	if (keep->hold)
		return hold_put(keep->hold, connection->id, keep->frame, comments[0].text, comments[0].length);
	return put(keep, keep->frame, comments, count);
}

/* Writing what was held of a connection: its summary goes with the first frame. */
struct writing {
	struct keep *keep;
	const struct synfin_connection *connection;
	bool begun;
};

static int write_held(void *context, const struct synfin_frame *frame, const struct synfin_comment *comment)
{
	struct writing *writing = context;
	struct keep *keep = writing->keep;
	struct synfin_comment comments[2] = { { "", 0 }, *comment };
	bool first = !writing->begun && keep->options->annotate;
	writing->begun = true;
	if (first) {
		output_truncate(&keep->text, 0);
		comment_summary(&keep->text, writing->connection);
		comments[0] = (struct synfin_comment){ keep->text.start, output_length(&keep->text) };
	}
	return put(keep, frame, comments + !first, keep->options->annotate ? 1 + first : 0);
}

static int on_connection_closed(void *self, const struct synfin_connection *connection)
{
	struct keep *keep = self;
	struct writing writing = { .keep = keep, .connection = connection };
	uint64_t lost = 0;
	if (!keep->hold)
		return SYNFIN_OK;
	if (!chosen_matches(keep->chosen, connection)) {
		hold_drop(keep->hold, connection->id);
		return SYNFIN_OK;
	}
	int status = hold_take(keep->hold, connection->id, write_held, &writing, &lost);
	keep->lost += lost;
	keep->lost_connections += lost > 0;
	return status;
}

struct synfin_sink keep_sink(struct keep *keep)
{
	return (struct synfin_sink){
		.self = keep,
		.packet = on_packet,
		.event = on_event,
		.packet_end = on_packet_end,
		.connection_closed = on_connection_closed,
	};
}

void keep_feed(struct keep *keep, const struct synfin_frame *frame)
{
	keep->frame = frame;
	keep->seen = false;
}

int keep_fed(struct keep *keep)
{
	/* Copies that --merge-copies takes out are nobody's but the file's. */
	if (!keep->seen && !keep->options->select)
		(void)put(keep, keep->frame, NULL, 0);
	return keep->status;
}

void keep_report(const struct keep *keep)
{
	struct chosen_counts counts = { .chosen = 0 };
	if (!keep->options)
		return;
	if (keep->surveyed)
		chosen_counts(keep->chosen, &counts);
	if (keep->lost)
		message(keep->options, T("%llu packets of %llu selected connections are lost: no more than %u MiB of each are held, and %u of all"),
			(unsigned long long)keep->lost, (unsigned long long)keep->lost_connections, HOLD_CONNECTION_BYTES >> 20, HOLD_BYTES >> 20);
	if (counts.without_summary)
		message(keep->options, T("%llu connections have no summary: there are too many"), (unsigned long long)counts.without_summary);
}
