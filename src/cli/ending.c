/* SPDX-License-Identifier: BSD-3-Clause */
#include "cli/ending.h"

#include "cli/lint.h"
#include "views/text.h"

/* A capture always ends by a signal; a file does not, and what was shown of it must not pass for all. */
static bool is_interrupted(const struct ending *ending)
{
	return !synfin_source_is_live(ending->source) && signals_interrupted();
}

/* tcpdump says nothing of all this. */
static bool says_notes(const struct options *options)
{
	return !options->quiet && !options->plain;
}

static void append(char *list, size_t size, const char *word, bool is)
{
	size_t used = strlen(list);
	if (is)
		snprintf(list + used, size - used, "%s%s", used ? ", " : "", word);
}

/* The options that select packets, those that were given. */
static void list_selecting(char *list, size_t size, const struct selection *selection)
{
	*list = '\0';
	append(list, size, "--connection", selection->id_count || selection->endpoint_count);
	append(list, size, "--only", selection->parts);
	append(list, size, "--state", selection->states);
	append(list, size, "--event", selection->events);
}

/* An empty output leaves a reader in doubt whether it is the capture that is empty. */
static void say_nothing_matched(const struct ending *ending)
{
	const struct options *options = ending->options;
	bool shows = ending->analysis->view.made != NULL;
	uint64_t connections = analysis_connections(ending->analysis);
	char list[64];

	list_selecting(list, sizeof list, &options->selection);
	if (ending->frames == 0) {
		/* A capture's statistics say so, and a count is one. */
		if (!options->count_only && !synfin_source_is_live(ending->source))
			message(options, "%s", ending->filter ? T("no packet matches the filter") : T("there are no packets"));
	} else if (options->select && !analysis_chose(ending->analysis)) {
		message(options, T("no connection satisfies %s (connections seen: %llu)"), "--select", (unsigned long long)connections);
	} else if (shows && options->view == VIEW_TIMELINE && connections == 0) {
		message(options, "%s", T("no packet belongs to a TCP connection"));
	} else if (shows && *list && !analysis_selected(ending->analysis)) {
		message(options, T("no packet satisfies %s (connections seen: %llu)"), list, (unsigned long long)connections);
	}
}

/* Words of filters that look behind the link header, and those that need ports. */
#define NETWORK_WORDS "ip ip6 tcp udp sctp icmp icmp6 igmp arp host net port portrange src dst proto"
#define PORT_WORDS "port portrange"

void ending_add_rejected(struct synfin_source_rejected *rejected, const struct synfin_source *source)
{
	struct synfin_source_rejected more;
	synfin_source_rejected(source, &more);
	rejected->frames += more.frames;
	rejected->tagged += more.tagged;
	rejected->fragments += more.fragments;
}

/* A filter that is right loses packets all the same, if its author did not think of these. */
static void say_rejected(const struct ending *ending)
{
	struct synfin_source_rejected counts = ending->rejected;
	const char *filter = ending->filter;
	ending_add_rejected(&counts, ending->source);
	if (counts.tagged && lint_mentions(filter, NETWORK_WORDS) && !lint_mentions(filter, "vlan"))
		message(ending->options, T("packets with VLAN tags that the filter does not match: %llu; it finds them only with the word vlan, "
			"as in 'tcp port 80 or (vlan and tcp port 80)'"), (unsigned long long)counts.tagged);
	/* Few segments of TCP are fragments. */
	bool tcp_alone = lint_mentions(filter, "tcp") && !lint_mentions(filter, "udp");
	if (counts.fragments && lint_mentions(filter, PORT_WORDS) && !tcp_alone)
		message(ending->options, T("fragments that the filter does not match: %llu; only the first fragment of a packet has ports, "
			"'ip[6:2] & 0x1fff != 0' finds the others"), (unsigned long long)counts.fragments);
}

/* Why what was counted is not the whole, or NULL. */
static const char *partial(const struct ending *ending)
{
	struct synfin_source_statistics counts = { .known = false };
	struct synfin_error ignored;
	if (ending->status != 0)
		return T("reading or writing failed");
	if (is_interrupted(ending))
		return T("a signal ended the reading");
	if (synfin_source_is_live(ending->source) && synfin_source_statistics(ending->source, &counts, &ignored) == 0 && counts.dropped)
		return T("the kernel dropped packets");
	return NULL;
}

/* What is expected of all packets cannot be said of some: neither that it is so nor that it is not. */
static int judge(const struct ending *ending)
{
	const char *why = ending->options->expect ? partial(ending) : NULL;
	if (!why)
		return ending->status ? ending->status : analysis_judge(ending->analysis, ending->options);
	message(ending->options, T("--expect cannot be judged: %s"), why);
	return EXIT_RUN_TIME;
}

int ending_report(const struct ending *ending)
{
	const struct options *options = ending->options;
	if (synfin_source_is_live(ending->source) && !options->quiet)
		statistics_print(options, ending->source, ending->frames, false);
	if (ending->status == SYNFIN_E_PIPE)
		return ending->status;
	if (ending->status == 0 && says_notes(options)) {
		if (is_interrupted(ending))
			message(options, T("interrupted after packet %llu; the rest is not read"), (unsigned long long)ending->frames);
		say_nothing_matched(ending);
		if (ending->filter && !options->no_lint)
			say_rejected(ending);
	}
	return judge(ending);
}
