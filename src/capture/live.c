/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A network interface as a source.
 *
 * libpcap's own wait cannot be relied on: its read timeout starts with the first packet on some systems (Linux's TPACKET_V3), so a quiet
 * interface waits for ever. The handle is therefore non-blocking, and the wait is a poll() here, in slices of CAPTURE_STOP_MS
 * that bound how long a stop can go unnoticed when its signal arrives just before poll().
 *
 * The texts of errors begin as tcpdump's do.
 */
#include "capture/capture.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/error.h"

#define TIMEOUT_MS 100
/*
 * libpcap's 2 MiB are full after a few hundredths of a second of a fast network, which is less than a busy machine may keep the program waiting.
 * Elsewhere than on Linux systems limit the size, each in its way, and libpcap knows how.
 */
#ifdef __linux__
#define BUFFER_KIB 16384
#else
#define BUFFER_KIB 0
#endif
/* The kernel hands over a block that is not full after the timeout, by a timer that may be late. */
#define DRAIN_SLACK_MS 50
/* The longest that draining goes on while frames come, should their clock never pass the moment of the stop. */
#define DRAIN_MOST_MS 2000

struct live {
	struct synfin_source source;
	int descriptor; /* to poll, or -1: then the wait is a sleep */
	int timeout_ms;
	bool immediate;
	struct pcap_stat last; /* libpcap's 32-bit counters when they were asked for last ... */
	struct synfin_source_statistics total; /* ... and what they have amounted to */
};

/* What live_frame() needs during one pcap_dispatch(). */
struct batch {
	struct synfin_source *source;
	synfin_frame_fn *frame;
	void *context;
	int64_t until_ns; /* later frames are not wanted */
	bool late;        /* ... and one of them came */
	int delivered;
	int result;
};

static void live_frame(u_char *user, const struct pcap_pkthdr *header, const u_char *bytes)
{
	struct batch *batch = (struct batch *)(void *)user;
	struct synfin_frame one = source_frame(batch->source, header, bytes);
	batch->delivered++;
	batch->late = one.time_ns > batch->until_ns;
	if (!batch->late)
		batch->result = batch->frame(batch->context, &one);
	if (batch->result != 0 || batch->late)
		pcap_breakloop(batch->source->pcap);
}

/* Hand on what has arrived, without waiting. 0, END after a stop, the callback's value, or a negative status. */
static int live_take(struct live *live, struct batch *batch, struct synfin_error *error)
{
	struct synfin_source *source = &live->source;
	int got;
	do {
		if (source->stopped)
			return SYNFIN_SOURCE_END;
		got = pcap_dispatch(source->pcap, CAPTURE_BATCH, live_frame, (u_char *)batch);
		if (batch->result != 0)
			return batch->result;
		/* A break that nobody asked for now is left over from a callback's. */
	} while (got == PCAP_ERROR_BREAK && batch->delivered == 0);
	if (source->stopped)
		return SYNFIN_SOURCE_END;
	if (got < 0 && got != PCAP_ERROR_BREAK)
		return error_set(error, SYNFIN_E_IO, source->name, "%s", pcap_geterr(source->pcap));
	return SYNFIN_OK;
}

/* Wait for frames, but no longer than one slice; returns its length. A signal ends it early, and any event of the descriptor does. */
static int live_wait(const struct live *live, int left)
{
	int slice = left < CAPTURE_STOP_MS ? left : CAPTURE_STOP_MS;
	/* libpcap needs to be called now and then to see that an interface is gone. */
	const struct timeval *need = pcap_get_required_select_timeout(live->source.pcap);
	if (need) {
		long most = (long)need->tv_sec * 1000 + (need->tv_usec + 999) / 1000;
		if (most < slice)
			slice = most > 0 ? (int)most : 1;
	}
	struct pollfd item = { .fd = live->descriptor, .events = POLLIN };
	(void)poll(&item, 1, slice);
	return slice;
}

static int live_dispatch(struct synfin_source *source, synfin_frame_fn *frame, void *context, struct synfin_error *error)
{
	struct live *live = (struct live *)source;
	struct batch batch = { .source = source, .frame = frame, .context = context, .until_ns = INT64_MAX };
	int left = live->timeout_ms;
	int status = live_take(live, &batch, error);
	while (status == SYNFIN_OK && batch.delivered == 0 && left > 0) {
		left -= live_wait(live, left);
		status = live_take(live, &batch, error);
	}
	return status;
}

static int64_t clock_ms(void)
{
	struct timespec now;
	return clock_gettime(CLOCK_MONOTONIC, &now) == 0 ? (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000 : 0;
}

/*
 * On Linux the frames of the last moments lie in a block that the kernel still fills (TPACKET_V3): they come when it hands the block over. In
 * immediate mode there are no blocks.
 */
static int live_drain(struct synfin_source *source, int64_t until_ns, synfin_frame_fn *frame, void *context, struct synfin_error *error)
{
	struct live *live = (struct live *)source;
	struct batch batch = { .source = source, .frame = frame, .context = context, .until_ns = until_ns };
	int64_t begin = clock_ms();
	int wait = live->immediate ? 0 : live->timeout_ms + DRAIN_SLACK_MS;
	for (;;) {
		batch.delivered = 0;
		int status = live_take(live, &batch, error);
		int64_t passed = clock_ms() - begin;
		if (status != SYNFIN_OK)
			return status;
		if (batch.late || passed >= (batch.delivered ? wait + DRAIN_MOST_MS : wait))
			return SYNFIN_SOURCE_END;
		if (batch.delivered == 0)
			(void)live_wait(live, wait - (int)passed);
	}
}

static int live_filter(struct synfin_source *source, struct bpf_program *program, struct synfin_error *error)
{
	int status = pcap_setfilter(source->pcap, program);
	pcap_freecode(program);
	return status < 0 ? error_set(error, SYNFIN_E_FILTER, source->name, "%s", pcap_geterr(source->pcap)) : SYNFIN_OK;
}

/* libpcap's counters wrap at 2^32: what is added is how far they went since they were asked for last. */
static int live_statistics(struct synfin_source *source, struct synfin_source_statistics *statistics, struct synfin_error *error)
{
	struct live *live = (struct live *)source;
	struct pcap_stat now = { .ps_recv = 0 };
	if (pcap_stats(source->pcap, &now) < 0)
		return error_set(error, SYNFIN_E_IO, source->name, "%s", pcap_geterr(source->pcap));
	live->total.known = true;
	live->total.received += (uint32_t)(now.ps_recv - live->last.ps_recv);
	live->total.dropped += (uint32_t)(now.ps_drop - live->last.ps_drop);
	live->total.dropped_interface += (uint32_t)(now.ps_ifdrop - live->last.ps_ifdrop);
	live->last = now;
	*statistics = live->total;
	return SYNFIN_OK;
}

static void live_stop(struct synfin_source *source)
{
	pcap_breakloop(source->pcap);
}

static const struct source_kind live_kind = {
	.live = true,
	.dispatch = live_dispatch,
	.drain = live_drain,
	.filter = live_filter,
	.statistics = live_statistics,
	.stop = live_stop,
	.close = source_destroy,
};

/* What a user without the right needs to do. The program's own path makes the command one to copy. */
static int permission_failed(const char *name, const char *what, const char *detail, struct synfin_error *error)
{
	char advice[300] = "run with sudo";
#ifdef __linux__
	char program[200];
	ssize_t n = readlink("/proc/self/exe", program, sizeof program);
	bool known = n > 0 && n < (ssize_t)sizeof program;
	snprintf(advice, sizeof advice, "run with sudo, or give the program CAP_NET_RAW: sudo setcap cap_net_raw+ep %.*s",
		known ? (int)n : (int)strlen("PATH"), known ? program : "PATH");
#endif
	return error_set(error, SYNFIN_E_PERMISSION, name, "%s: %s%s%s%s; %s", name, what, *detail ? " (" : "", detail, *detail ? ")" : "", advice);
}

static int activation_failed(struct synfin_source *source, int result, struct synfin_error *error)
{
	const char *name = source->name;
	const char *what = pcap_statustostr(result);
	const char *detail = pcap_geterr(source->pcap);
	switch (result) {
	case PCAP_ERROR_NO_SUCH_DEVICE:
		return error_set(error, SYNFIN_E_NO_INTERFACE, name, "%s: %s (synfin -D lists the interfaces)", name, what);
	case PCAP_ERROR_IFACE_NOT_UP:
		return error_set(error, SYNFIN_E_NO_INTERFACE, name, "%s: %s", name, what);
	case PCAP_ERROR_PERM_DENIED:
	case PCAP_ERROR_PROMISC_PERM_DENIED:
		return permission_failed(name, what, detail, error);
	case PCAP_ERROR:
		return error_set(error, SYNFIN_E_IO, name, "%s: %s", name, detail);
	default:
		return error_set(error, SYNFIN_E_UNSUPPORTED, name, "%s: %s%s%s%s", name, what, *detail ? " (" : "", detail, *detail ? ")" : "");
	}
}

/* Keep what pcap_activate() warned of. It is no failure if that cannot be kept. */
static void keep_warning(struct synfin_source *source, int result)
{
	char text[PCAP_ERRBUF_SIZE + 256];
	const char *detail = pcap_geterr(source->pcap);
	if (result == PCAP_WARNING)
		snprintf(text, sizeof text, "%s", detail);
	else
		snprintf(text, sizeof text, "%s: %s%s%s%s", source->name, pcap_statustostr(result), *detail ? " (" : "", detail, *detail ? ")" : "");
	source->warning = strdup(text);
}

/* What must be set before activation. */
static int live_prepare(struct live *live, const struct synfin_live_options *options, struct synfin_error *error)
{
	pcap_t *pcap = live->source.pcap;
	const char *name = live->source.name;
	uint32_t snapshot = options->snapshot_length ? options->snapshot_length : CAPTURE_SNAPSHOT_LENGTH;
	if (snapshot > INT_MAX)
		return error_set(error, SYNFIN_E_ARGUMENT, name, "invalid snapshot length %lu", (unsigned long)snapshot);
	if (options->buffer_kib > INT_MAX / 1024)
		return error_set(error, SYNFIN_E_ARGUMENT, name, "invalid packet buffer size %lu", (unsigned long)options->buffer_kib);
	if (options->timeout_ms > INT_MAX)
		return error_set(error, SYNFIN_E_ARGUMENT, name, "invalid timeout %lu", (unsigned long)options->timeout_ms);
	live->timeout_ms = options->timeout_ms ? (int)options->timeout_ms : TIMEOUT_MS;
	live->immediate = options->immediate;
	/* These can only fail on a handle that is active already. */
	(void)pcap_set_snaplen(pcap, (int)snapshot);
	(void)pcap_set_timeout(pcap, live->timeout_ms);
	(void)pcap_set_promisc(pcap, !options->no_promiscuous && strcmp(name, "any") != 0);
	(void)pcap_set_immediate_mode(pcap, options->immediate);
	const uint32_t buffer_kib = options->buffer_kib ? options->buffer_kib : BUFFER_KIB;
	if (buffer_kib)
		(void)pcap_set_buffer_size(pcap, (int)buffer_kib * 1024);
	if (options->nanoseconds && pcap_set_tstamp_precision(pcap, PCAP_TSTAMP_PRECISION_NANO) != 0)
		return error_set(error, SYNFIN_E_UNSUPPORTED, name, "%s: Can't set nano second time stamp precision: %s", name, pcap_geterr(pcap));
	return SYNFIN_OK;
}

static int live_set_link_type(struct synfin_source *source, const struct synfin_live_options *options, struct synfin_error *error)
{
	const char *link_type = options->link_type;
	if (!link_type) {
		/*
		 * Its frames then say which interface they came from. tcpdump asks for it too, and does without if it is refused; but not where
		 * "any" was only what a number or the default stood for.
		 */
		if (options->interface && strcmp(options->interface, "any") == 0)
			(void)pcap_set_datalink(source->pcap, DLT_LINUX_SLL2);
		return SYNFIN_OK;
	}
	int dlt = pcap_datalink_name_to_val(link_type);
	if (dlt < 0)
		return error_set(error, SYNFIN_E_ARGUMENT, source->name, "invalid data link type %s", link_type);
	if (pcap_set_datalink(source->pcap, dlt) < 0)
		return error_set(error, SYNFIN_E_UNSUPPORTED, source->name, "%s", pcap_geterr(source->pcap));
	return SYNFIN_OK;
}

/* What can only be set after activation. */
static int live_configure(struct live *live, const struct synfin_live_options *options, struct synfin_error *error)
{
	char text[PCAP_ERRBUF_SIZE] = "";
	struct synfin_source *source = &live->source;
	bpf_u_int32 network;
	if (options->direction != SYNFIN_DIRECTION_BOTH) {
		pcap_direction_t direction = options->direction == SYNFIN_DIRECTION_IN ? PCAP_D_IN : PCAP_D_OUT;
		if (pcap_setdirection(source->pcap, direction) != 0)
			return error_set(error, SYNFIN_E_UNSUPPORTED, source->name, "%s: pcap_setdirection() failed: %s", source->name, pcap_geterr(source->pcap));
	}
	int status = live_set_link_type(source, options, error);
	if (status < 0)
		return status;
	if (pcap_setnonblock(source->pcap, 1, text) < 0)
		return error_set(error, SYNFIN_E_IO, source->name, "%s: %s", source->name, text);
	live->descriptor = pcap_get_selectable_fd(source->pcap);
	/* An interface without an IPv4 address has no netmask; tcpdump goes on with 0, too. */
	if (pcap_lookupnet(source->name, &network, &source->netmask, text) < 0)
		source->netmask = 0;
	source_describe(source);
	return SYNFIN_OK;
}

/* Open the interface that is really called `name`. `name` becomes the source's, in any case. */
static int live_open(struct live **result, char *name, const struct synfin_live_options *options, struct synfin_error *error)
{
	char text[PCAP_ERRBUF_SIZE] = "";
	struct live *live = calloc(1, sizeof *live);
	if (!live) {
		free(name);
		return error_set(error, SYNFIN_E_MEMORY, NULL, "out of memory");
	}
	live->source.kind = &live_kind;
	live->source.name = name;
	live->descriptor = -1;
	int status;
	live->source.pcap = pcap_create(name, text);
	if (!live->source.pcap) {
		status = error_set(error, SYNFIN_E_IO, name, "%s", text);
		goto out;
	}
	status = live_prepare(live, options, error);
	if (status < 0)
		goto out;
	int activated = pcap_activate(live->source.pcap);
	if (activated < 0) {
		status = activation_failed(&live->source, activated, error);
		goto out;
	}
	if (activated > 0)
		keep_warning(&live->source, activated);
	status = live_configure(live, options, error);
	if (status < 0)
		goto out;
	*result = live;
	return SYNFIN_OK;
out:
	source_destroy(&live->source);
	return status;
}

/* Whether `text` is all digits; too large a number is 0, which no interface has. */
static bool read_number(const char *text, unsigned long *number)
{
	if (!*text || text[strspn(text, "0123456789")])
		return false;
	errno = 0;
	*number = strtoul(text, NULL, 10);
	if (errno != 0)
		*number = 0;
	return true;
}

int synfin_source_open_live(struct synfin_source **source, const struct synfin_live_options *options, struct synfin_error *error)
{
	static const struct synfin_live_options defaults;
	struct live *live = NULL;
	char *name = NULL;
	unsigned long number = 1;
	int status;

	if (!options)
		options = &defaults;
	if (options->interface) {
		name = strdup(options->interface);
		if (!name)
			return error_set(error, SYNFIN_E_MEMORY, NULL, "out of memory");
	} else {
		status = interface_by_number(number, "1", &name, error);
		if (status < 0)
			return status;
	}
	status = live_open(&live, name, options, error);
	/* A number is an interface's name first, if there is one of that name, as in tcpdump. */
	bool refused = status == SYNFIN_E_NO_INTERFACE || status == SYNFIN_E_PERMISSION || status == SYNFIN_E_IO;
	if (refused && options->interface && read_number(options->interface, &number)) {
		status = interface_by_number(number, options->interface, &name, error);
		if (status == SYNFIN_OK)
			status = live_open(&live, name, options, error);
	}
	if (status == SYNFIN_OK)
		*source = &live->source;
	return status;
}
