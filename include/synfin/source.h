/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Where frames come from and go to: network interfaces and savefiles.
 *
 * A source is used by one thread. It is pulled: synfin_source_dispatch() hands each frame of a batch to a callback. Frames are
 * borrowed, valid until the callback returns.
 */
#ifndef SYNFIN_SOURCE_H
#define SYNFIN_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <synfin/api.h>
#include <synfin/status.h>

SYNFIN_DECLARATIONS_BEGIN

struct synfin_source;
struct synfin_writer;

/*
 * The time stands twice. time_ns is what to reckon with. `seconds` and `fraction` are what the source said: odd files have a fraction of
 * a second or more, which a normalized time would hide and tcpdump prints.
 */
struct synfin_frame {
	int64_t time_ns;      /* since the epoch: seconds and fraction in nanoseconds, INT64_MIN or INT64_MAX if that overflows */
	int64_t seconds;      /* the time stamp as it was recorded: seconds since the epoch ... */
	uint32_t fraction;    /* ... and micro- or nanoseconds, which a damaged file may put beyond a second */
	bool nanoseconds;     /* unit of fraction */
	const uint8_t *bytes;
	uint32_t captured;
	uint32_t length;      /* on the wire */
	uint32_t interface;   /* index, 0-based */
	uint16_t link_type;   /* LINKTYPE_ value */
};

enum synfin_direction { SYNFIN_DIRECTION_BOTH, SYNFIN_DIRECTION_IN, SYNFIN_DIRECTION_OUT };

/* How to capture. A zeroed struct is every default. */
struct synfin_live_options {
	const char *interface;        /* a name, a number from the list of interfaces, "any" (whose frames then tell their interface), or NULL for the first of that list */
	uint32_t snapshot_length;     /* bytes; 0 is 262144 */
	uint32_t buffer_kib;          /* the kernel's buffer; 0 is 16384 on Linux, elsewhere libpcap's default */
	uint32_t timeout_ms;          /* longest wait for a batch; 0 is 100 */
	bool no_promiscuous;
	bool immediate;
	bool nanoseconds;             /* ask for time stamps of that precision */
	enum synfin_direction direction;
	const char *link_type;        /* name of a link type to ask for ("EN10MB" ...), or NULL */
};

struct synfin_file_options {
	bool nanoseconds;             /* keep nanoseconds; without it times are cut to microseconds, as tcpdump does by default */
};

/* What a live source counts; a savefile counts none (`known` false). */
struct synfin_source_statistics {
	bool known;
	uint64_t received;            /* by the filter */
	uint64_t dropped;             /* by the kernel, for want of room in its buffer */
	uint64_t dropped_interface;   /* by the interface or its driver */
};

/* Return values of the callback of synfin_source_dispatch(): 0 goes on, anything else stops the batch and is returned. */
typedef int synfin_frame_fn(void *context, const struct synfin_frame *frame);

/*
 * Errors of this header: `text` is complete (it names the file or interface where tcpdump's message does, and is that message
 * wherever libpcap made it), `where` repeats the file, interface or expression alone for callers that want it apart.
 *
 * Open an interface for capture. On success *source is the caller's to close. error->text explains: no such interface, no permission (it
 * names the capability and sudo), not up. A warning that does not prevent capture (no promiscuous mode ...) is kept for
 * synfin_source_warning().
 */
int synfin_source_open_live(struct synfin_source **source, const struct synfin_live_options *options, struct synfin_error *error);

/*
 * Open a savefile, pcap or pcapng; "-" is standard input. A regular file may be compressed (gzip, zstd, lz4: if this build knows them,
 * otherwise SYNFIN_E_UNSUPPORTED). Frames of a pcapng file may have several link types; the source's is the first interface's.
 * SYNFIN_E_NO_FILE, SYNFIN_E_PERMISSION, SYNFIN_E_IO, SYNFIN_E_FORMAT. Waits for the file's header if it comes through a pipe; a signal
 * whose handler does not restart system calls ends that wait with SYNFIN_E_IO.
 */
int synfin_source_open_file(struct synfin_source **source, const char *path, const struct synfin_file_options *options, struct synfin_error *error);

/*
 * Read several savefiles as one, frames in the order of their times. The sources, of which there must be one at least, belong to *merged
 * on success; before that they may have been filtered, but not read. Link type and name are the first's, the snapshot length is the
 * largest. A file that fails ends; its error is returned when all have ended. SYNFIN_E_ARGUMENT for live and for merged sources.
 */
int synfin_source_merge(struct synfin_source **merged, struct synfin_source *const *sources, size_t count, struct synfin_error *error);

void synfin_source_close(struct synfin_source *source);

/* libpcap's warning at opening, or NULL. Valid until the source is closed. */
const char *synfin_source_warning(const struct synfin_source *source);

/* The interface's name, or the file's. */
const char *synfin_source_name(const struct synfin_source *source);
bool synfin_source_is_live(const struct synfin_source *source);
/* LINKTYPE_ value, its name ("EN10MB"; NULL if it has none) and its description ("Ethernet"; NULL), the snapshot length in bytes. */
uint16_t synfin_source_link_type(const struct synfin_source *source);
const char *synfin_source_link_name(const struct synfin_source *source);
const char *synfin_source_link_description(const struct synfin_source *source);
uint32_t synfin_source_snapshot_length(const struct synfin_source *source);
/*
 * The name of the interface that a frame tells by this index: that of a capture, or what a pcapng file says of an interface that has
 * been met. NULL if it is not known. Valid until the next frame.
 */
const char *synfin_source_interface_name(const struct synfin_source *source, uint32_t index);

/*
 * From here on tell the names of hosts that the source itself lists, which only regular pcapng files do (name resolution blocks), each when
 * it is met. An IPv4 address stands as ::ffff:a.b.c.d. The name is any bytes, and valid during the callback. NULL: tell nobody.
 */
typedef void synfin_name_fn(void *context, const uint8_t address[16], const char *name, size_t length);
void synfin_source_names(struct synfin_source *source, synfin_name_fn *each, void *context);

/* Restrict the source to frames that match a pcap-filter(7) expression ("" or NULL: all). SYNFIN_E_FILTER carries the compiler's message. */
int synfin_source_filter(struct synfin_source *source, const char *expression, bool optimize, struct synfin_error *error);

/*
 * Hand the frames of the next batch to `frame`. Returns SYNFIN_SOURCE_MORE when there may be more, SYNFIN_SOURCE_END at the end
 * of a savefile or after synfin_source_stop(), the callback's value if that was not 0 (use positive values above
 * SYNFIN_SOURCE_LAST), or a negative status: then the frames before the failure have been delivered. A live source returns within its timeout,
 * with no frame if none came; a savefile that is a pipe waits for its first frame as long as it takes, until synfin_source_stop().
 * A batch ends whenever the next read would wait, so a caller that flushes its output after each call is prompt. It also ends after a few
 * thousand frames, so that a caller with a screen gets its turn.
 */
enum { SYNFIN_SOURCE_MORE = 0, SYNFIN_SOURCE_END = 1, SYNFIN_SOURCE_LAST = 1 };
int synfin_source_dispatch(struct synfin_source *source, synfin_frame_fn *frame, void *context, struct synfin_error *error);

/*
 * The same with up to SYNFIN_FRAMES_MAX frames in one call, for who wants to look ahead (synfin_engine_feed_frames()): as many as are at hand
 * together, which of a capture and of a pipe is one. Frames behind one at which the callback stops the batch are lost.
 */
#define SYNFIN_FRAMES_MAX 32
typedef int synfin_frames_fn(void *context, const struct synfin_frame *frames, unsigned count);
int synfin_source_dispatch_frames(struct synfin_source *source, synfin_frames_fn *frames, void *context, struct synfin_error *error);

/*
 * Make the running or next dispatch return SYNFIN_SOURCE_END, within about 100 ms if it waits. Safe in a signal handler and from another
 * thread. One dispatch is stopped per call; frames that were waiting are left for the next one.
 */
void synfin_source_stop(struct synfin_source *source);

/*
 * After a stop: hand over the frames that came until `until_ns` (since the epoch) and are still in the kernel's hands, which keeps them
 * for up to the source's timeout. Takes a little longer than that at most, unless the callback does; and no time at all for a savefile, which
 * has nothing of the kind. Returns SYNFIN_SOURCE_END, the callback's value, or a negative status.
 */
int synfin_source_drain(struct synfin_source *source, int64_t until_ns, synfin_frame_fn *frame, void *context, struct synfin_error *error);

int synfin_source_statistics(struct synfin_source *source, struct synfin_source_statistics *statistics, struct synfin_error *error);

/* What the filter of a savefile has rejected so far; a capture's filter is the kernel's, which counts nothing of the kind. */
struct synfin_source_rejected {
	uint64_t frames;
	uint64_t tagged;              /* of these, with a VLAN tag: only filters with the word vlan match such */
	uint64_t fragments;           /* ... and IPv4 fragments behind the first one: they have no ports */
};
void synfin_source_rejected(const struct synfin_source *source, struct synfin_source_rejected *rejected);

/*
 * How far a source has been read, in bytes of the file: not known of a capture and of a pipe. What has been read may be ahead of
 * the frames that were delivered by a buffer's length; a file that grows may be read beyond what was its length at the beginning.
 */
struct synfin_source_progress {
	bool known;
	uint64_t read;
	uint64_t total;
};
void synfin_source_progress(const struct synfin_source *source, struct synfin_source_progress *progress);

/*
 * One interface that can be captured on. tcpdump -D prints no brackets at all when all four flags are false and the connection is
 * UNKNOWN. Strings are valid during the callback; description may be NULL.
 */
enum synfin_interface_connection {
	SYNFIN_CONNECTION_UNKNOWN,
	SYNFIN_CONNECTION_YES,
	SYNFIN_CONNECTION_NO,
	SYNFIN_CONNECTION_NOT_APPLICABLE,
};
struct synfin_interface {
	unsigned number; /* from 1, as -D prints and -i takes it */
	const char *name;
	const char *description;
	bool up, running, loopback, wireless;
	enum synfin_interface_connection connection; /* of a wireless one: associated */
};
typedef void synfin_interface_fn(void *context, const struct synfin_interface *interface);
int synfin_interfaces(synfin_interface_fn *each, void *context, struct synfin_error *error);

/* The link types of a live source, one call each: LINKTYPE_ value, name and description (either may be NULL). */
typedef void synfin_link_type_fn(void *context, int link_type, const char *name, const char *description);
int synfin_source_link_types(struct synfin_source *source, synfin_link_type_fn *each, void *context, struct synfin_error *error);

/*
 * Write a savefile in the pcap format that `source`'s frames have (link type, snapshot length, precision); "-" is standard output. The
 * file is created at once, truncating one that exists. Of a frame's time, `seconds` and `fraction` are what is written. A failed
 * write stays: every later call returns it too. Writing to a pipe without a reader is SYNFIN_E_PIPE if the program ignores SIGPIPE.
 * SYNFIN_E_LINK_TYPE: the frame's link type is not the source's, which stands in the file for all.
 */
int synfin_writer_open(struct synfin_writer **writer, const struct synfin_source *source, const char *path, struct synfin_error *error);
int synfin_writer_frame(struct synfin_writer *writer, const struct synfin_frame *frame, struct synfin_error *error);
/*
 * The same in the format pcapng: frames may have any link types and come from several interfaces, each of which is described in the file
 * when its first frame comes; and they may have comments. `application` is the name of the program that writes it, or NULL; it is
 * copied. `source` is asked for names of interfaces as long as it is the writer's: it must not be closed before the writer
 * unless synfin_writer_source() names another one.
 */
int synfin_writer_open_pcapng(struct synfin_writer **writer, const struct synfin_source *source, const char *path, const char *application,
	struct synfin_error *error);
/* Frames that follow are of another source, whose interfaces are others. Nothing happens to a pcap file, which knows none. */
void synfin_writer_source(struct synfin_writer *writer, const struct synfin_source *source);
/* Of a comment, in UTF-8 and without a NUL, the first SYNFIN_COMMENT_MAX bytes are kept: as many as pcapng can hold, less a cut character. */
#define SYNFIN_COMMENT_MAX 65535
struct synfin_comment {
	const char *text;
	size_t length;
};
/* Write a frame with `count` comments, which a pcap file cannot have: SYNFIN_E_UNSUPPORTED if there are any. */
int synfin_writer_commented(struct synfin_writer *writer, const struct synfin_frame *frame, const struct synfin_comment *comments, unsigned count,
	struct synfin_error *error);
/* What the source counted, for the statistics that a pcapng file ends with; otherwise these say only what the file has. */
void synfin_writer_statistics(struct synfin_writer *writer, const struct synfin_source_statistics *statistics);
int synfin_writer_flush(struct synfin_writer *writer, struct synfin_error *error);
/* Bytes written so far, with what has not been flushed; of a pipe, too. */
uint64_t synfin_writer_size(const struct synfin_writer *writer);
/*
 * Flush and close; the writer is gone in any case, and a failure of the last write is still reported. A file whose writing failed is cut
 * to the last whole frame that got into it, so that it can be read to its end.
 */
int synfin_writer_close(struct synfin_writer *writer, struct synfin_error *error);

/* How synfin_filter_print() compiles. A zeroed struct is every default. */
struct synfin_filter_options {
	const char *link_type;        /* without a source: the name of a link type, or NULL for Ethernet */
	uint32_t snapshot_length;     /* without a source: bytes; 0 is 262144 */
	bool no_optimize;
	int style;                    /* up to 1: instructions in words, 2: part of a C program, 3 and more: decimal numbers */
};

/*
 * Print a compiled filter as tcpdump -d, -dd and -ddd do, to `stream`. source may be NULL: then link type and snapshot length are those of
 * `options`, which may be NULL, too.
 */
int synfin_filter_print(struct synfin_source *source, const char *expression, const struct synfin_filter_options *options, FILE *stream, struct synfin_error *error);

/* Whether `name` is the name of a link type ("EN10MB", in upper or lower case) that a capture may be asked for. */
bool synfin_link_type_known(const char *name);

/* "libpcap version 1.10.3 (with TPACKET_V3)" and the like. */
const char *synfin_capture_library(void);

SYNFIN_DECLARATIONS_END

#endif
