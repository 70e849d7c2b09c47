/* SPDX-License-Identifier: BSD-3-Clause */
/* tcpdump's counts after a live capture and on SIGUSR1. A file has only one count, and only on request. */
#include "cli/cli.h"

#include <inttypes.h>
#include <time.h>

void statistics_print(const struct options *options, struct synfin_source *source, uint64_t frames, bool one_line)
{
	struct synfin_source_statistics counts = { .known = false };
	struct synfin_error error;
	const char *separator = one_line ? ", " : "\n";

	if (!synfin_source_is_live(source)) {
		message(options, "%" PRIu64 " packet%s read", frames, plural(frames));
		return;
	}
	if (synfin_source_statistics(source, &counts, &error) < 0) {
		message(options, "pcap_stats: %s", error.text);
		return;
	}
	if (one_line)
		fprintf(stderr, "%s: ", options->program);
	fprintf(stderr, "%" PRIu64 " packet%s captured", frames, plural(frames));
	if (counts.known) {
		fprintf(stderr, "%s%" PRIu64 " packet%s received by filter", separator, counts.received, plural(counts.received));
		fprintf(stderr, "%s%" PRIu64 " packet%s dropped by kernel", separator, counts.dropped, plural(counts.dropped));
		if (counts.dropped_interface)
			fprintf(stderr, "%s%" PRIu64 " packet%s dropped by interface", separator, counts.dropped_interface, plural(counts.dropped_interface));
	}
	fputc('\n', stderr);
}

void statistics_progress(uint64_t frames)
{
	static time_t last;
	struct timespec now;
	if (clock_gettime(CLOCK_MONOTONIC, &now) != 0 || now.tv_sec == last)
		return;
	if (last)
		fprintf(stderr, "Got %" PRIu64 "\r", frames);
	last = now.tv_sec;
}
