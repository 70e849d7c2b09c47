/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Frames through the engine into any view. The input is a capture (image.h), whose header chooses the view and the options (choices.h).
 */
#include <string.h>

#include "base/output.h"
#include "checks.h"
#include "choices.h"
#include "cli/analysis.h"
#include "fuzz.h"
#include "image.h"
#include "inspect.h"
#include "views/connections.h"
#include "watch.h"

/* Output of a run beyond this is looked at and thrown away: an input may well ask for megabytes. */
enum { OUTPUT_MOST = 1 << 22, CHECK_EACH = 64 };

static void ignore_unmet(void *context, const char *term, int length, uint64_t counted)
{
	(void)context, (void)counted;
	FUZZ_CHECK(length > 0 && strlen(term) >= (size_t)length);
}

static void feed(struct analysis *analysis, const struct image *image, unsigned number)
{
	const struct image_frame *from = &image->frames[number];
	struct synfin_frame frame = {
		.time_ns = from->seconds * INT64_C(1000000000) + from->fraction * INT64_C(1000),
		.seconds = from->seconds,
		.fraction = from->fraction,
		.bytes = from->bytes,
		.captured = from->captured,
		.length = from->length,
		.link_type = (uint16_t)image->link_type,
	};
	FUZZ_CHECK(synfin_engine_feed(analysis->engine, &frame) == 0);
}

/* What a live source brings about between frames. */
static void between(struct analysis *analysis, const struct choices *choices)
{
	struct connections_screen screen = { .rows = 24, .now_ns = INT64_MIN };
	const struct options *options = &choices->options;
	if (choices->pauses)
		FUZZ_CHECK(view_pause(&analysis->view) == 0);
	if (choices->shows_screen && options->view == VIEW_CONNECTIONS && options->format == FORMAT_TEXT)
		FUZZ_CHECK(connections_view_show(analysis->view.made, analysis->engine, &screen) == 0);
}

static void check_output(const struct choices *choices, const struct output *out)
{
	const struct options *options = &choices->options;
	size_t size = output_length(out);

	FUZZ_CHECK(out->status == 0);
	if (size == 0)
		return;
	FUZZ_KEEP(checks_text(out->start, size, choices_allowed(choices)));
	if (options->format == FORMAT_JSON || options->format == FORMAT_ECS)
		FUZZ_KEEP(checks_json_lines(out->start, size));
	if (options->format == FORMAT_CSV)
		FUZZ_KEEP(checks_csv(out->start, size));
	if (options->format == FORMAT_ZEEK)
		FUZZ_KEEP(checks_tabs(out->start, size));
}

/* One run; its output in *out. */
static void run(const struct image *image, const struct choices *choices, bool predicts, struct output *out)
{
	struct analysis analysis = { .engine = NULL };
	struct naming naming = { .hosts = NULL };
	struct synfin_error error;
	uint64_t most = choices->options.max_connections ? choices->options.max_connections : UINT32_MAX;

	output_init(out, NULL, NULL, SIZE_MAX);
	/* Names are those of the packets; a machine has others. */
	if (naming_is_due(&choices->options))
		FUZZ_CHECK(hosts_create(&naming.hosts, choices->options.host_only, &error) == 0);
	naming.believes = naming.hosts && !choices->options.plain;
	FUZZ_CHECK(analysis_open(&analysis, &choices->options, &naming, true, out, &error) == 0);
	if (!predicts && inspect_engine(analysis.engine))
		inspect_without_prediction(inspect_engine(analysis.engine));
	struct watch *watch = watch_create(analysis.engine, most);
	struct synfin_sink sink = watch_sink(watch);
	FUZZ_CHECK(synfin_engine_add_sink(analysis.engine, &sink) == 0);
	for (unsigned i = 0; i < image->count; i++) {
		bool now_and_then = i % CHECK_EACH == CHECK_EACH - 1;
		feed(&analysis, image, i);
		watch_check(watch, i + 1, now_and_then || i + 1 == image->count);
		if (i % 8 == 7)
			between(&analysis, choices);
		if (output_length(out) > OUTPUT_MOST) {
			check_output(choices, out);
			output_truncate(out, 0);
		}
	}
	FUZZ_CHECK(synfin_engine_finish(analysis.engine) == 0);
	if (analysis.expect)
		(void)expect_judge(analysis.expect, ignore_unmet, NULL);
	check_output(choices, out);
	watch_destroy(watch);
	analysis_close(&analysis);
	naming_close(&naming);
}

/*
 * The keys of hashes are random, and segments may be predicted: nothing that is shown may depend on that. But once in a great while the original of a copy has been
 * forgotten, for which a campaign runs long enough.
 */
static void run_again(const struct image *image, const struct choices *choices, const struct output *first)
{
	unsigned others = 0;
	for (unsigned times = 0; times < 1 || (others > 0 && times < 4); times++) {
		struct output again;
		run(image, choices, false, &again);
		others += output_length(&again) != output_length(first) || (output_length(first) && memcmp(again.start, first->start, output_length(first)) != 0);
		output_free(&again);
	}
	FUZZ_CHECK(others < 2);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct image image;
	struct choices choices;
	struct output out;

	if (!image_read(&image, data, size))
		return 0;
	choices_make(&choices, image.choices);
	run(&image, &choices, true, &out);
	if (choices.twice)
		run_again(&image, &choices, &out);
	output_free(&out);
	return 0;
}
