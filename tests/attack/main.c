/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * attack [NAME...]: run the attacks whose names contain one of these, or all, and print what each took. Exit status 1 if one took more than
 * it may.
 */
#include <stdio.h>
#include <time.h>

#include "attack.h"
#include "cli/analysis.h"

enum { BATCH_BYTES = 4 << 20, BATCH_FRAMES = 1024, TURNS = 3 };
/* Under a sanitizer fewer frames do. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SCALE 10
#else
#define SCALE 1
#endif

/* Processor time for each byte read and written, in that of ordinary frames. */
#define TIMES_MOST 40.0
/* A frame of the second half over one of the first: what is searched for longer as it grows takes three. */
#define GROWTH_MOST 2.2
/* Bytes of output for one of input. */
#define OUTPUT_MOST 64.0
/* Memory in use at any time: 10,000 connections, what views remember of them, and the output of one frame. */
#define MEBIBYTES_MOST 64.0

/* The views whose work grows with what is in a packet, or with what is remembered of connections; one of them with names of hosts. */
static const struct { const char *name; struct options options; } views[] = {
	{ "-vvv -A", { .view = VIEW_PACKETS, .verbose = 3, .numeric = 2, .ascii = 1 } },
	{ "--json", { .view = VIEW_PACKETS, .format = FORMAT_JSON, .verbose = 1, .numeric = 2 } },
	{ "--timeline", { .view = VIEW_TIMELINE, .width = 132 } },
	{ "--explain", { .view = VIEW_EXPLAIN, .numeric = 2, .width = 80 } },
};

/* What a run took. */
struct taken {
	double seconds, first_half; /* of processor time, within the engine */
	uint64_t input, output, memory, evicted;
	uint32_t packets, half;
};

struct run {
	struct analysis analysis;
	struct output out;
	struct taken taken;
	int64_t time_ns;
};

static int swallow(void *context, const char *bytes, size_t length)
{
	struct taken *taken = context;
	(void)bytes;
	taken->output += length;
	return 0;
}

static double processor_time(void)
{
	struct timespec now;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static void require(bool condition, const char *what)
{
	if (condition)
		return;
	fprintf(stderr, "attack: %s\n", what);
	exit(2);
}

static void feed(struct run *run, const uint8_t *bytes, size_t size, uint32_t step_us)
{
	run->time_ns += (int64_t)(step_us ? step_us : 10) * 1000;
	struct synfin_frame frame = {
		.time_ns = run->time_ns,
		.seconds = run->time_ns / 1000000000,
		.fraction = (uint32_t)(run->time_ns % 1000000000 / 1000),
		.bytes = bytes,
		.captured = (uint32_t)size,
		.length = (uint32_t)size,
		.link_type = SYNFIN_LINK_ETHERNET,
	};
	require(synfin_engine_feed(run->analysis.engine, &frame) == 0, "a frame failed");
	require(output_settle(&run->out) == 0, "output failed");
}

/* Make a batch of frames, and feed them. Returns how many. */
static uint32_t feed_batch(struct run *run, const struct attack *attack, uint64_t number, uint32_t left)
{
	static uint8_t bytes[BATCH_BYTES + FRAME_MAX];
	static size_t ends[BATCH_FRAMES];
	static struct frame frame;
	uint32_t count = 0;
	size_t used = 0;

	/* Of some batches, so that there are two halves to compare. */
	uint32_t most = attack->packets / SCALE / 8 < BATCH_FRAMES ? attack->packets / SCALE / 8 : BATCH_FRAMES;
	while (count < left && count < most && used < BATCH_BYTES) {
		frame.size = frame.patch_count = 0;
		attack->make(&frame, number + count);
		memcpy(bytes + used, frame.bytes, frame.size);
		used += frame.size;
		ends[count++] = used;
	}
	double begun = processor_time();
	for (uint32_t i = 0; i < count; i++) {
		size_t from = i ? ends[i - 1] : 0;
		feed(run, bytes + from, ends[i] - from, attack->step_us);
	}
	run->taken.seconds += processor_time() - begun;
	run->taken.input += used;
	return count;
}

static struct taken take(const struct attack *attack, const struct options *look)
{
	uint32_t packets = attack->packets / SCALE;
	struct run run = { .time_ns = INT64_C(1700000000000000000) };
	struct options options = *look;
	struct naming naming = { .hosts = NULL };
	struct synfin_error error;
	struct synfin_engine_statistics statistics;

	options.program = "synfin";
	options.max_connections = ATTACK_CONNECTIONS_MAX;
	memory_begin();
	output_init(&run.out, swallow, &run.taken, 1 << 16);
	if (naming_is_due(&options))
		require(hosts_create(&naming.hosts, false, &error) == 0, "no names");
	naming.believes = naming.hosts != NULL;
	require(analysis_open(&run.analysis, &options, &naming, true, &run.out, &error) == 0, "no engine");
	for (uint32_t done = 0; done < packets;) {
		done += feed_batch(&run, attack, done, packets - done);
		if (run.taken.half == 0 && done >= packets / 2) {
			run.taken.half = done;
			run.taken.first_half = run.taken.seconds;
		}
	}
	require(synfin_engine_finish(run.analysis.engine) == 0 && output_drain(&run.out) == 0, "the end failed");
	synfin_engine_statistics(run.analysis.engine, &statistics);
	require(statistics.active <= ATTACK_CONNECTIONS_MAX, "more connections than allowed");
	run.taken.evicted = statistics.evicted;
	run.taken.memory = memory_most();
	run.taken.packets = packets;
	analysis_close(&run.analysis);
	naming_close(&naming);
	output_free(&run.out);
	return run.taken;
}

static double per_byte(const struct taken *taken)
{
	return taken->seconds / (double)(taken->input + taken->output);
}

/* A byte of ordinary frames of about that size under one of the views. */
static double ordinary(size_t view, uint64_t size)
{
	static const struct { uint64_t above; struct attack traffic; } kinds[] = {
		{ 8000, { .make = ordinary_large, .packets = 1000 } },
		{ 500, { .make = ordinary_middle, .packets = 20000 } },
		{ 0, { .make = ordinary_small, .packets = 50000 } },
	};
	static double known[sizeof kinds / sizeof *kinds][sizeof views / sizeof *views];
	size_t kind = 0;
	while (size <= kinds[kind].above)
		kind++;
	if (known[kind][view] == 0) {
		struct taken taken = take(&kinds[kind].traffic, &views[view].options);
		known[kind][view] = per_byte(&taken);
	}
	return known[kind][view];
}

/* How much dearer a frame of the second half was than one of the first. */
static double growth_of(const struct taken *taken)
{
	double first = taken->first_half / taken->half;
	return (taken->seconds - taken->first_half) / (taken->packets - taken->half) / first;
}

/* What is beyond its limit: words for the end of a line, "" for nothing. */
static const char *verdict(const struct taken *taken, double times)
{
	if (times > TIMES_MOST)
		return " TOO SLOW";
	if (growth_of(taken) > GROWTH_MOST)
		return " GROWS";
	if ((double)taken->output > OUTPUT_MOST * (double)taken->input)
		return " TOO MUCH OUTPUT";
	return (double)taken->memory > MEBIBYTES_MOST * (1 << 20) ? " TOO MUCH MEMORY" : "";
}

/* Once more if something was beyond its limit: what else the machine does can make a run slower, but none faster. */
static bool judge(const struct attack *attack, size_t view)
{
	struct taken taken;
	const char *verdict_word = "";
	double times = 0;
	for (int turn = 0; turn < TURNS && (turn == 0 || *verdict_word); turn++) {
		taken = take(attack, &views[view].options);
		times = per_byte(&taken) / ordinary(view, taken.input / taken.packets);
		verdict_word = verdict(&taken, times);
	}
	printf("%-38s %-10s %7u %8.2f us %6.2f %6.2f %7.2f %7.1f%s\n", attack->name, views[view].name, (unsigned)taken.packets,
		taken.seconds / taken.packets * 1e6, times, growth_of(&taken), (double)taken.output / (double)taken.input,
		(double)taken.memory / (1 << 20), verdict_word);
	fflush(stdout);
	return !*verdict_word;
}

static bool wanted(const char *name, int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
		if (strstr(name, argv[i]))
			return true;
	return argc == 1;
}

int main(int argc, char **argv)
{
	const struct attack *const lists[] = { network_attacks, tcp_attacks };
	bool good = !wanted("chosen addresses", argc, argv) || chosen_addresses();

	printf("%-38s %-10s %7s %11s %6s %6s %7s %7s\n", "attack", "view", "frames", "a frame", "times", "growth", "output", "MiB");
	for (size_t list = 0; list < sizeof lists / sizeof *lists; list++)
		for (const struct attack *attack = lists[list]; attack->name; attack++)
			for (size_t view = 0; wanted(attack->name, argc, argv) && view < sizeof views / sizeof *views; view++)
				good &= judge(attack, view);
	return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
