/* SPDX-License-Identifier: BSD-3-Clause */
#include "track/track.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "track/ahead.h"
#include "track/clock.h"
#include "track/connection.h"
#include "track/duplicates.h"
#include "track/predict.h"
#include "track/table.h"

#define SECOND_NS INT64_C(1000000000)

enum {
	/* How often, by the capture's clock, it is looked for connections whose time is over ... */
	EXPIRY_INTERVAL_MS = 100,
	/* ... and at how many that are not, at most. */
	EXPIRY_LOOKS = 64,
	/* How many go for one packet: when a day's worth is over at once, the packets that follow share the work. */
	EXPIRY_BATCH = 1024,
	/* Holes of all streams together: one for every four connections, and some. */
	HOLES_FIRST = 65536,
};

struct tracker {
	struct table table;
	struct pool holes;
	struct duplicates duplicates;
	struct tracker_options options;
	int64_t time_wait_ns;
	int64_t idle_ns;
	int64_t looked_ns;        /* capture's clock when it was last looked for expired connections */
	struct tracker_statistics statistics;
	struct event_list events; /* of the packet at hand */
	struct ahead ahead;
	struct connection none;   /* stands for the connection of a packet that found no room */
};

static int set_up(struct tracker *tracker, const struct tracker_options *options)
{
	uint32_t capacity = options->max_connections ? options->max_connections : TRACKER_MAX_CONNECTIONS;

	tracker->options = *options;
	tracker->time_wait_ns = SECOND_NS * (options->time_wait_s ? options->time_wait_s : TRACKER_TIME_WAIT_S);
	tracker->idle_ns = SECOND_NS * (options->idle_s ? options->idle_s : TRACKER_IDLE_S);
	tracker->looked_ns = INT64_MIN;
	int status = table_init(&tracker->table, capacity);
	if (status < 0)
		return status;
	status = duplicates_init(&tracker->duplicates);
	if (status < 0)
		return status;
	return holes_init(&tracker->holes, HOLES_FIRST + capacity / 4);
}

int tracker_create(struct tracker **tracker, const struct tracker_options *options, struct synfin_error *error)
{
	struct tracker *new = calloc(1, sizeof(*new));
	if (!new)
		return error_set(error, SYNFIN_E_MEMORY, NULL, "no memory for the tracker");
	int status = set_up(new, options);
	if (status < 0) {
		tracker_destroy(new);
		return error_set(error, status, NULL, "cannot set up the table of connections: %s", synfin_status_text(status));
	}
	*tracker = new;
	return SYNFIN_OK;
}

void tracker_destroy(struct tracker *tracker)
{
	if (!tracker)
		return;
	table_free(&tracker->table);
	pool_free(&tracker->holes);
	free(tracker);
}

void tracker_statistics(const struct tracker *tracker, struct tracker_statistics *statistics)
{
	*statistics = tracker->statistics;
	statistics->active = tracker->table.pool.used;
}

/* An event that no packet of the connection's own caused. frame: 0 if no packet at all did. */
static void tell(const struct tracker *tracker, const struct connection *connection, unsigned kind, int64_t time_ns, uint64_t frame)
{
	if (!tracker->options.event)
		return;
	struct synfin_event event = {
		.time_ns = time_ns,
		.frame = frame,
		.connection = connection->seen.id,
		.kind = (uint16_t)kind,
		.from = connection->seen.client,
		.severity = synfin_event_severity(kind),
	};
	tracker->options.event(tracker->options.context, &event, &connection->seen);
}

/* The connection's last word. That nobody answered is known only now. */
static void report_end(struct tracker *tracker, const struct connection *connection)
{
	if (synfin_connection_outcome(&connection->seen) == SYNFIN_OUTCOME_NO_ANSWER)
		tell(tracker, connection, SYNFIN_EVENT_NO_ANSWER, connection->seen.last_ns, 0);
	if (tracker->options.closed)
		tracker->options.closed(tracker->options.context, &connection->seen);
}

/* The connection's end. */
static void retire(struct tracker *tracker, struct connection *connection)
{
	report_end(tracker, connection);
	for (unsigned i = 0; i < 2; i++)
		holes_release(&tracker->holes, &connection->seen.end[i]);
	table_remove(&tracker->table, connection);
}

static int64_t lifetime(const struct tracker *tracker, enum rank rank)
{
	return rank == RANK_CLOSED ? tracker->time_wait_ns : tracker->idle_ns;
}

/* Time does the rest: TIME_WAIT is over (C5), or nothing came for too long. */
static void expire(struct tracker *tracker, struct connection *connection, int64_t time_ns, uint64_t frame)
{
	tracker->statistics.expired++;
	connection_expire(&connection->seen);
	tell(tracker, connection, SYNFIN_EVENT_EXPIRED, time_ns, frame);
	retire(tracker, connection);
}

/* Look, now and then, for connections whose time is over. */
static void expire_some(struct tracker *tracker, int64_t now, uint64_t frame)
{
	if (now >= tracker->looked_ns && clock_since(now, tracker->looked_ns) < EXPIRY_INTERVAL_MS * (SECOND_NS / 1000))
		return;
	int batch = EXPIRY_BATCH;
	for (int rank = 0; rank < RANKS; rank++) {
		int64_t limit = clock_since(now, lifetime(tracker, (enum rank)rank));
		for (int looks = 0; looks < EXPIRY_LOOKS && batch > 0;) {
			struct connection *connection = table_expired(&tracker->table, (enum rank)rank, limit);
			if (connection) {
				expire(tracker, connection, now, frame);
				batch--;
			} else {
				looks++;
			}
		}
	}
	tracker->looked_ns = batch > 0 ? now : INT64_MIN;
}

/*
 * When too many are over those idle longest go: two for one that begins, so that there come to be fewer. All that is known of them has been told,
 * so this is no event.
 */
static void forget_closed(struct tracker *tracker)
{
	struct table *table = &tracker->table;

	for (int i = 0; i < 2; i++)
		if (table->queued[RANK_CLOSED] > TRACKER_CLOSED_KEPT + table->queued[RANK_HALF_OPEN] + table->queued[RANK_LIVING])
			retire(tracker, table_victim(table, RANK_CLOSED));
}

/*
 * The table is full: the least valuable connection goes, and it is said. What begins now is half-open, and so less valuable than any
 * living one, which must have been idle for too long to go for it: else whoever sends SYNs could empty the table.
 */
static void make_place(struct tracker *tracker, const struct synfin_packet *packet)
{
	struct connection *victim = table_victim(&tracker->table, RANK_HALF_OPEN);

	if (victim) {
		tracker->statistics.evicted++;
		tell(tracker, victim, SYNFIN_EVENT_EVICTED, packet->time_ns, packet->frame);
		retire(tracker, victim);
		return;
	}
	/* Who was busy goes to the tail at a look, once for its packets; a head that stays is the one idle longest, and that not for too long. */
	int64_t limit = clock_since(packet->time_ns, tracker->idle_ns);
	uint32_t head = POOL_NONE;
	for (int looks = 0; looks < EXPIRY_LOOKS && !victim && head != tracker->table.head[RANK_LIVING]; looks++) {
		head = tracker->table.head[RANK_LIVING];
		victim = table_expired(&tracker->table, RANK_LIVING, limit);
	}
	if (victim)
		expire(tracker, victim, packet->time_ns, packet->frame);
}

static struct connection *new_connection(struct tracker *tracker, const struct synfin_packet *packet, struct aim *aim, uint16_t incarnation)
{
	uint32_t hash = ahead_hash(aim, &tracker->table);
	forget_closed(tracker);
	struct connection *connection = table_insert(&tracker->table, &aim->key, hash);
	if (!connection) {
		make_place(tracker, packet);
		connection = table_insert(&tracker->table, &aim->key, hash);
	}
	if (!connection)
		return NULL;
	connection->seen.id = ++tracker->statistics.connections;
	connection->seen.incarnation = incarnation;
	return connection;
}

/* Point the step at a connection, from the end with that index. */
static void point_at(struct step *step, struct connection *connection, unsigned from)
{
	step->segment.connection = &connection->seen;
	step->segment.from = from;
	step->segment.sender = &connection->seen.end[from];
	step->segment.receiver = &connection->seen.end[!from];
}

/* H6, C5: a SYN with another ISN begins a new connection where the end that it is for has none any more, or never answered. */
static bool begins_another(const struct step *step)
{
	const struct synfin_connection *connection = step->segment.connection;
	const struct synfin_endpoint *receiver = step->segment.receiver;
	bool over = connection_is_over(connection);

	if ((step->segment.flags & (SYNFIN_TCP_SYN | SYNFIN_TCP_ACK | SYNFIN_TCP_RST)) != SYNFIN_TCP_SYN)
		return false;
	if (!(step->segment.sender->flags & SYNFIN_END_BASE))
		return over;
	if (!segment_is_other_syn(&step->segment)) /* H2: the same ISN is the same SYN, whatever came between */
		return false;
	/* The end that is in TIME_WAIT answers a SYN from before with an ACK. */
	if (receiver->state == SYNFIN_TIME_WAIT)
		return segment_is_later_syn(&step->segment);
	return receiver->state == SYNFIN_CLOSED || (connection->flags & SYNFIN_CONN_RESET) || !(receiver->flags & SYNFIN_END_SEEN);
}

/*
 * H6: a SYN-ACK between other ISNs shows that the SYN that looked like an intruder's was none. Without the SYN, because it was not
 * captured or that side never is, it counts if the old connection is over or the client was never seen (H8, O1).
 */
static bool answers_another(const struct step *step)
{
	const struct synfin_connection *connection = step->segment.connection;

	if (segment_begins_after_close(&step->segment))
		return true;
	return segment_is_other_syn_ack(&step->segment) && ((connection->flags & SYNFIN_CONN_CHALLENGED) || connection_is_over(connection) ||
		!(step->segment.receiver->flags & SYNFIN_END_SEEN));
}

/* Put the old connection away and begin a new one in its place. */
static struct connection *replace(struct tracker *tracker, struct step *step, struct connection *old, struct aim *aim)
{
	uint16_t incarnation = old->seen.incarnation;

	retire(tracker, old);
	struct connection *connection = new_connection(tracker, step->segment.packet, aim, incarnation == UINT16_MAX ? incarnation : (uint16_t)(incarnation + 1));
	if (!connection)
		return NULL;
	point_at(step, connection, step->segment.from);
	connection_begin(step);
	step_event(step, SYNFIN_EVENT_PORT_REUSE, step->segment.from, 0);
	return connection;
}

/* No room for its connection: that is said, of a record which nothing else refers to. */
static void leave_out(struct tracker *tracker, struct step *step, const struct aim *aim)
{
	const struct flow_key *key = &aim->key;
	struct synfin_connection *none = &tracker->none.seen;

	tracker->statistics.untracked++;
	memset(&tracker->none, 0, sizeof(tracker->none));
	memcpy(none->address, key->address, sizeof(key->address));
	memcpy(none->port, key->port, sizeof(key->port));
	none->vlan = key->vlan;
	none->tunnel = key->tunnel;
	none->ip_version = key->ip_version & 15;
	point_at(step, &tracker->none, aim->from);
	connection_begin(step);
	tracker->events.count = 0;
	step_event(step, SYNFIN_EVENT_UNTRACKED, aim->from, 0);
}

/* The connection that the packet belongs to: `connection`, if its time is not over, or one begun now. NULL if there is no room for it. */
static struct connection *take_or_begin(struct tracker *tracker, struct step *step, struct aim *aim, struct connection *connection)
{
	if (connection && clock_since(step->segment.packet->time_ns, connection->seen.last_ns) > lifetime(tracker, table_rank(connection))) {
		expire(tracker, connection, step->segment.packet->time_ns, step->segment.packet->frame);
		connection = NULL;
	}
	if (connection) {
		point_at(step, connection, aim->from);
		bool another = begins_another(step) || answers_another(step);
		return another ? replace(tracker, step, connection, aim) : connection;
	}
	connection = new_connection(tracker, step->segment.packet, aim, 1);
	if (!connection) {
		leave_out(tracker, step, aim);
		return NULL;
	}
	point_at(step, connection, aim->from);
	connection_begin(step);
	return connection;
}

/* Half-open until both ends have shown that they are there: a flood cannot forge that. */
static enum rank rank_of(const struct synfin_connection *connection)
{
	uint16_t both = connection->end[0].flags & connection->end[1].flags;

	if (connection_is_over(connection))
		return RANK_CLOSED;
	if ((connection->flags & SYNFIN_CONN_ESTABLISHED) || ((connection->flags & SYNFIN_CONN_MID_STREAM) && (both & SYNFIN_END_SEEN)))
		return RANK_LIVING;
	return RANK_HALF_OPEN;
}

/* What the packet at hand caused. */
static void tell_events(const struct tracker *tracker, const struct connection *connection)
{
	if (tracker->options.event)
		for (unsigned i = 0; i < tracker->events.count; i++)
			tracker->options.event(tracker->options.context, &tracker->events.events[i], &connection->seen);
}

static struct duplicates_source source_of(const struct connection *connection, unsigned from)
{
	return (struct duplicates_source){ connection->seen.id, from, connection->seen.end[!from].packets };
}

/* What most segments are: nothing but new data or a new ACK. false: it is not, and nothing is changed. */
static bool take_predicted(struct tracker *tracker, struct connection *connection, unsigned from, const struct synfin_packet *packet)
{
	if (tracker->options.no_prediction || !predict_segment(&connection->seen, from, packet, tracker->idle_ns))
		return false;
	struct duplicates_source source = source_of(connection, from);
	duplicates_remember(&tracker->duplicates, packet, &source);
	tracker->statistics.predicted++;
	table_busy(connection);
	return true;
}

/* Any other: the long way. */
static void take_segment(struct tracker *tracker, const struct synfin_packet *packet, struct aim *aim, struct connection *connection,
	struct synfin_observation *observation)
{
	struct step step = {
		.segment = { .packet = packet, .flags = packet->tcp.flags },
		.holes = &tracker->holes,
		.observation = observation,
		.events = &tracker->events,
	};

	tracker->events.count = 0;
	connection = take_or_begin(tracker, &step, aim, connection);
	if (!connection) {
		tell_events(tracker, &tracker->none);
		return;
	}
	observation->connection = &connection->seen;
	observation->from = (uint8_t)step.segment.from;
	struct duplicates_source source = source_of(connection, step.segment.from);
	if (duplicates_is_copy(&tracker->duplicates, packet, &source)) {
		/* V1: a copy changes nothing and counts for nothing. */
		step_event(&step, SYNFIN_EVENT_CAPTURE_DUPLICATE, step.segment.from, 0);
	} else {
		connection_segment(&step);
		table_touch(&tracker->table, connection, rank_of(&connection->seen));
	}
	tell_events(tracker, connection);
}

void tracker_packet(struct tracker *tracker, const struct synfin_packet *packet, struct synfin_observation *observation)
{
	struct aim room;

	*observation = (struct synfin_observation){ .handshake_ns = -1 };
	if (!packet->has_tcp)
		return;
	tracker->statistics.segments++;
	expire_some(tracker, packet->time_ns, packet->frame);
	struct aim *aim = ahead_take(&tracker->ahead, packet, tracker->options.vlan_blind, &room);
	struct connection *connection = ahead_find(aim, &tracker->table);
	if (connection && take_predicted(tracker, connection, aim->from, packet)) {
		observation->connection = &connection->seen;
		observation->from = (uint8_t)aim->from;
	} else {
		take_segment(tracker, packet, aim, connection, observation);
	}
}

bool tracker_ahead(struct tracker *tracker, const struct synfin_packet *packets, unsigned count)
{
	return ahead_look(&tracker->ahead, &tracker->table, packets, count, tracker->options.vlan_blind);
}

void tracker_time(struct tracker *tracker, int64_t time_ns)
{
	expire_some(tracker, time_ns, 0);
}

static void report_in_order(void *context, struct connection *connection)
{
	report_end(context, connection);
}

void tracker_flush(struct tracker *tracker)
{
	/* Without memory for the order they are reported all the same, in the order in which they would have been evicted. */
	if (!table_drain(&tracker->table, report_in_order, tracker))
		for (struct connection *connection; (connection = table_victim(&tracker->table, RANK_LIVING));)
			retire(tracker, connection);
	pool_clear(&tracker->holes);
}

int tracker_each(const struct tracker *tracker, int (*each)(void *context, const struct synfin_connection *connection), void *context)
{
	const struct table *table = &tracker->table;
	int status = 0;

	for (int rank = 0; rank < RANKS; rank++)
		for (uint32_t i = table->head[rank]; i != POOL_NONE && status == 0;) {
			const struct connection *connection = pool_at(&table->pool, i);
			i = connection->next;
			status = each(context, &connection->seen);
		}
	return status;
}
