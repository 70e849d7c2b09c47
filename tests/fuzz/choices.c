/* SPDX-License-Identifier: BSD-3-Clause */
#include "choices.h"

#include "checks.h"
#include "fuzz.h"
#include "views/ranking.h"

static const struct { uint8_t view, format; bool plain; } shown[] = {
	{ VIEW_PACKETS, FORMAT_TEXT, false },
	{ VIEW_TIMELINE, FORMAT_TEXT, false },
	{ VIEW_EXPLAIN, FORMAT_TEXT, false },
	{ VIEW_PACKETS, FORMAT_JSON, false },
	{ VIEW_CONNECTIONS, FORMAT_TEXT, false },
	{ VIEW_EVENTS, FORMAT_TEXT, false },
	{ VIEW_TIMELINE, FORMAT_MERMAID, false },
	{ VIEW_CONNECTIONS, FORMAT_JSON, false },
	{ VIEW_CONNECTIONS, FORMAT_CSV, false },
	{ VIEW_CONNECTIONS, FORMAT_ZEEK, false },
	{ VIEW_CONNECTIONS, FORMAT_ECS, false },
	{ VIEW_EVENTS, FORMAT_JSON, false },
	{ VIEW_EVENTS, FORMAT_CSV, false },
	{ VIEW_PACKETS, FORMAT_TEXT, true },
};

static const char *const expectations[] = { NULL, "handshake-complete", "no-reset,packets>3", "!closed and retransmissions==0" };

/* A byte's next `bits`. */
static unsigned take(uint8_t *byte, unsigned bits)
{
	unsigned value = *byte & ((1u << bits) - 1);
	*byte >>= bits;
	return value;
}

static void choose_line(struct options *options, uint8_t looks, uint8_t dumps, uint8_t times)
{
	options->verbose = take(&looks, 2);
	options->numeric = take(&looks, 2);
	options->quick = take(&looks, 1);
	options->link_header = take(&looks, 1);
	options->absolute = take(&looks, 1);
	options->number = take(&looks, 1);
	options->hex = take(&dumps, 2);
	options->hex_ascii = take(&dumps, 2);
	options->ascii = take(&dumps, 2);
	options->nanoseconds = take(&dumps, 1);
	options->no_checksums = take(&dumps, 1);
	options->time = take(&times, 3) % 6;
	options->colour = take(&times, 1) ? WHEN_ALWAYS : WHEN_NEVER;
	options->bracket = take(&times, 1) ? WHEN_ALWAYS : WHEN_NEVER;
	options->charset = take(&times, 1) ? CHARSET_UNICODE : CHARSET_ASCII;
	options->state_names = take(&times, 2);
}

static void choose_tracking(struct choices *choices, uint8_t byte, uint8_t limits, uint8_t clocks)
{
	static const uint32_t caps[] = { 0, 1, 2, 7 }, seconds[] = { 0, 1, 30, 4000 };
	struct options *options = &choices->options;
	options->max_connections = caps[take(&byte, 2)];
	options->vlan_blind = take(&byte, 1);
	options->all_packets = take(&byte, 1);
	choices->pauses = take(&byte, 1);
	choices->twice = take(&byte, 3) == 7;
	options->sort = take(&limits, 3) % (RANKING_RECENT + 1);
	options->top = take(&limits, 2);
	choices->shows_screen = take(&limits, 1);
	options->md5_secret = take(&limits, 1) ? "secret" : NULL;
	options->time_wait_s = seconds[take(&clocks, 2)];
	options->idle_s = seconds[take(&clocks, 2)];
	options->expect = options->plain ? NULL : expectations[take(&clocks, 2)];
}

static void choose_selection(struct selection *selection, uint8_t byte)
{
	struct synfin_error error;
	int status = 0;
	if (take(&byte, 2) == 3)
		status += selection_add_connections(selection, "1,c3,10.0.0.2:52044", &error);
	if (take(&byte, 2) == 3)
		status += selection_add_parts(selection, "handshake,problem", &error);
	if (take(&byte, 2) == 3)
		status += selection_add_states(selection, "ESTABLISHED,time-wait", &error);
	if (take(&byte, 2) == 3)
		status += selection_add_events(selection, "retransmission,reset", &error);
	FUZZ_CHECK(status == 0);
}

void choices_make(struct choices *choices, const uint8_t bytes[IMAGE_CHOICES])
{
	static const uint32_t widths[] = { 0, 1, 60, 80, 119, 120, 132, 1000 };
	struct options *options = &choices->options;
	unsigned what = bytes[0] % (sizeof shown / sizeof *shown);

	*choices = (struct choices){ .options.program = "synfin" };
	options->view = shown[what].view;
	options->format = shown[what].format;
	options->plain = shown[what].plain;
	options->width = widths[bytes[5] & 7];
	choose_line(options, bytes[1], bytes[2], bytes[3]);
	choose_tracking(choices, bytes[4], (uint8_t)(bytes[5] >> 3), bytes[6]);
	if (options->view == VIEW_TIMELINE)
		choose_selection(&options->selection, bytes[7]);
	/* The program asks these of its options (options.c), the views rely on it. */
	if (options->view != VIEW_CONNECTIONS)
		options->sort = options->top = 0;
}

unsigned choices_allowed(const struct choices *choices)
{
	const struct options *options = &choices->options;
	unsigned allowed = options->colour == WHEN_ALWAYS && !options->plain && options->format == FORMAT_TEXT ? CHECKS_COLOUR : 0;
	if (options->plain || options->charset == CHARSET_ASCII)
		allowed |= CHECKS_ASCII;
	if (options->format == FORMAT_CSV)
		allowed |= CHECKS_CRLF;
	/* Dumps, and the lines of text protocols with -v. */
	if ((options->format == FORMAT_TEXT && (options->view == VIEW_PACKETS || options->view == VIEW_EXPLAIN)) || options->format == FORMAT_ZEEK)
		allowed |= CHECKS_TAB;
	if (choices->shows_screen)
		allowed |= CHECKS_SCREEN;
	return allowed;
}
