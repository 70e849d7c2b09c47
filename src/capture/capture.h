/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the kinds of sources share inside this folder, which alone includes <pcap.h>.
 *
 * A kind is a const table of functions and a struct that begins with struct synfin_source. The common part answers every question
 * about a source that does not need to touch it (name, link type, precision), so a kind fills it when it opens and has no function for
 * those. Every kind has a pcap_t, if only from pcap_open_dead_with_tstamp_precision(): filters are compiled for it and savefiles
 * written by it.
 *
 * Stopping: synfin_source_stop() sets `stopped` and calls the kind's stop(), which wakes it up. A kind returns
 * SYNFIN_SOURCE_END when it sees `stopped`; synfin_source_dispatch() clears it, because a stop ends one dispatch.
 */
#ifndef SYNFIN_CAPTURE_CAPTURE_H
#define SYNFIN_CAPTURE_CAPTURE_H

#include <pcap.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include <synfin/source.h>

/* tcpdump's default, and libpcap's maximum for most link types. */
#define CAPTURE_SNAPSHOT_LENGTH 262144
/* The most frames of a batch. */
#define CAPTURE_BATCH 4096
/* The longest that a stop may go unnoticed, in ms. */
#define CAPTURE_STOP_MS 100

struct source_kind {
	bool live;
	/* The next frame, which is valid until the next call: SYNFIN_SOURCE_MORE, SYNFIN_SOURCE_END, or a negative status. Not of live ones. */
	int (*next)(struct synfin_source *source, struct synfin_frame *frame, struct synfin_error *error);
	int (*dispatch)(struct synfin_source *source, synfin_frame_fn *frame, void *context, struct synfin_error *error);
	int (*drain)(struct synfin_source *source, int64_t until_ns, synfin_frame_fn *frame, void *context, struct synfin_error *error); /* NULL: nothing to drain */
	/* As synfin_source_dispatch_frames(); NULL: one by one. */
	int (*dispatch_frames)(struct synfin_source *source, synfin_frames_fn *frames, void *context, struct synfin_error *error);
	/* Take a program that was compiled for source->pcap; the kind owns it from here on, also when it fails. */
	int (*filter)(struct synfin_source *source, struct bpf_program *program, struct synfin_error *error);
	int (*statistics)(struct synfin_source *source, struct synfin_source_statistics *statistics, struct synfin_error *error);
	void (*rejected)(const struct synfin_source *source, struct synfin_source_rejected *rejected); /* NULL: what stands in `rejected` below */
	void (*progress)(const struct synfin_source *source, struct synfin_source_progress *progress); /* NULL: not known */
	const char *(*interface_name)(const struct synfin_source *source, uint32_t index); /* NULL: not known */
	void (*names)(struct synfin_source *source); /* `name_told` has changed; NULL: that is enough */
	void (*stop)(struct synfin_source *source); /* async-signal-safe; NULL if `stopped` is enough */
	void (*close)(struct synfin_source *source); /* everything that the kind opened, but for what source_destroy() frees */
};

struct synfin_source {
	const struct source_kind *kind;
	pcap_t *pcap;
	char *name;
	char *warning;           /* or NULL */
	atomic_bool stopped;
	bool nanoseconds;
	int dlt;                 /* libpcap's number of the link type */
	uint16_t link_type;      /* the savefiles' number of it */
	uint32_t snapshot_length;
	bpf_u_int32 netmask;     /* for "broadcast" in filters */
	struct synfin_source_rejected rejected;
	synfin_name_fn *name_told; /* is told names of hosts; or NULL */
	void *name_context;
	char *expression;        /* of the filter as it was asked for, or NULL: sources of several link types compile it for each */
	bool no_optimize;
};

/* Fill in what source->pcap, which is open, says of itself. */
void source_describe(struct synfin_source *source);
/* Free the common part and `source` itself, which begins the kind's struct. */
void source_destroy(struct synfin_source *source);
/* A frame of `source` as libpcap delivers it. */
struct synfin_frame source_frame(const struct synfin_source *source, const struct pcap_pkthdr *header, const u_char *bytes);

/* What of a time stamp is reckoned with; the fraction has a sign, as libpcap has it. */
static inline int64_t capture_time_ns(int64_t seconds, int64_t fraction, bool nanoseconds)
{
	int64_t whole, part, time;
	if (__builtin_mul_overflow(seconds, INT64_C(1000000000), &whole) || __builtin_mul_overflow(fraction, nanoseconds ? 1 : 1000, &part)
	    || __builtin_add_overflow(whole, part, &time))
		return seconds < 0 ? INT64_MIN : INT64_MAX;
	return time;
}

/* Compile for source->pcap. On success the program is the caller's to pcap_freecode(). */
int filter_compile(struct synfin_source *source, struct bpf_program *program, const char *expression, bool optimize, struct synfin_error *error);

/* Between LINKTYPE_ and DLT_ values. */
uint16_t link_type_from_dlt(int dlt);
int link_type_to_dlt(uint16_t link_type);

/* The name of the interface that has this number, or the first one's for 1; the caller frees it. `shown`: the number as it was asked for. */
int interface_by_number(unsigned long number, const char *shown, char **name, struct synfin_error *error);

#endif
