/* SPDX-License-Identifier: BSD-3-Clause */
/* What all sources have in common: their properties, dispatch and stop, closing. capture.h tells how kinds of sources fit in. */
#include "capture/capture.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"

void source_describe(struct synfin_source *source)
{
	source->dlt = pcap_datalink(source->pcap);
	source->link_type = link_type_from_dlt(source->dlt);
	source->nanoseconds = pcap_get_tstamp_precision(source->pcap) == PCAP_TSTAMP_PRECISION_NANO;
	int snapshot = pcap_snapshot(source->pcap);
	source->snapshot_length = snapshot > 0 ? (uint32_t)snapshot : 0;
}

void source_destroy(struct synfin_source *source)
{
	if (source->pcap)
		pcap_close(source->pcap);
	free(source->warning);
	free(source->expression);
	free(source->name);
	free(source);
}

struct synfin_frame source_frame(const struct synfin_source *source, const struct pcap_pkthdr *header, const u_char *bytes)
{
	return (struct synfin_frame){
		.time_ns = capture_time_ns(header->ts.tv_sec, header->ts.tv_usec, source->nanoseconds),
		.seconds = header->ts.tv_sec,
		.fraction = (uint32_t)header->ts.tv_usec,
		.nanoseconds = source->nanoseconds,
		.bytes = bytes,
		.captured = header->caplen,
		.length = header->len,
		.interface = 0,
		.link_type = source->link_type,
	};
}

void synfin_source_close(struct synfin_source *source)
{
	if (!source)
		return;
	source->kind->close(source);
}

const char *synfin_source_warning(const struct synfin_source *source)
{
	return source->warning;
}

const char *synfin_source_name(const struct synfin_source *source)
{
	return source->name;
}

bool synfin_source_is_live(const struct synfin_source *source)
{
	return source->kind->live;
}

uint16_t synfin_source_link_type(const struct synfin_source *source)
{
	return source->link_type;
}

const char *synfin_source_link_name(const struct synfin_source *source)
{
	return pcap_datalink_val_to_name(source->dlt);
}

const char *synfin_source_link_description(const struct synfin_source *source)
{
	return pcap_datalink_val_to_description(source->dlt);
}

uint32_t synfin_source_snapshot_length(const struct synfin_source *source)
{
	return source->snapshot_length;
}

void synfin_source_names(struct synfin_source *source, synfin_name_fn *each, void *context)
{
	source->name_told = each;
	source->name_context = context;
	if (source->kind->names)
		source->kind->names(source);
}

int synfin_source_filter(struct synfin_source *source, const char *expression, bool optimize, struct synfin_error *error)
{
	struct bpf_program program;
	int status = filter_compile(source, &program, expression, optimize, error);
	if (status < 0)
		return status;
	free(source->expression);
	source->expression = strdup(expression ? expression : "");
	source->no_optimize = !optimize;
	if (!source->expression) {
		pcap_freecode(&program);
		return error_set(error, SYNFIN_E_MEMORY, source->name, "out of memory");
	}
	return source->kind->filter(source, &program, error);
}

int synfin_source_dispatch(struct synfin_source *source, synfin_frame_fn *frame, void *context, struct synfin_error *error)
{
	int status = SYNFIN_SOURCE_END;
	if (!source->stopped)
		status = source->kind->dispatch(source, frame, context, error);
	if (status == SYNFIN_SOURCE_END)
		source->stopped = false;
	return status;
}

struct one_by_one {
	synfin_frames_fn *frames;
	void *context;
};

static int hand_on(void *context, const struct synfin_frame *frame)
{
	const struct one_by_one *to = context;
	return to->frames(to->context, frame, 1);
}

int synfin_source_dispatch_frames(struct synfin_source *source, synfin_frames_fn *frames, void *context, struct synfin_error *error)
{
	struct one_by_one to = { frames, context };
	if (!source->kind->dispatch_frames)
		return synfin_source_dispatch(source, hand_on, &to, error);
	int status = SYNFIN_SOURCE_END;
	if (!source->stopped)
		status = source->kind->dispatch_frames(source, frames, context, error);
	if (status == SYNFIN_SOURCE_END)
		source->stopped = false;
	return status;
}

void synfin_source_stop(struct synfin_source *source)
{
	if (!source)
		return;
	source->stopped = true;
	if (source->kind->stop)
		source->kind->stop(source);
}

int synfin_source_drain(struct synfin_source *source, int64_t until_ns, synfin_frame_fn *frame, void *context, struct synfin_error *error)
{
	return source->kind->drain ? source->kind->drain(source, until_ns, frame, context, error) : SYNFIN_SOURCE_END;
}

int synfin_source_statistics(struct synfin_source *source, struct synfin_source_statistics *statistics, struct synfin_error *error)
{
	*statistics = (struct synfin_source_statistics){ .known = false };
	return source->kind->statistics ? source->kind->statistics(source, statistics, error) : SYNFIN_OK;
}

void synfin_source_rejected(const struct synfin_source *source, struct synfin_source_rejected *rejected)
{
	*rejected = source->rejected;
	if (source->kind->rejected)
		source->kind->rejected(source, rejected);
}

void synfin_source_progress(const struct synfin_source *source, struct synfin_source_progress *progress)
{
	*progress = (struct synfin_source_progress){ .known = false };
	if (source->kind->progress)
		source->kind->progress(source, progress);
}

const char *synfin_source_interface_name(const struct synfin_source *source, uint32_t index)
{
	if (source->kind->live)
		return index == 0 ? source->name : NULL;
	return source->kind->interface_name ? source->kind->interface_name(source, index) : NULL;
}

int synfin_source_link_types(struct synfin_source *source, synfin_link_type_fn *each, void *context, struct synfin_error *error)
{
	int *list = NULL;
	int count = pcap_list_datalinks(source->pcap, &list);
	if (count < 0)
		return error_set(error, SYNFIN_E_UNSUPPORTED, source->name, "%s", pcap_geterr(source->pcap));
	for (int i = 0; i < count; i++)
		each(context, link_type_from_dlt(list[i]), pcap_datalink_val_to_name(list[i]), pcap_datalink_val_to_description(list[i]));
	pcap_free_datalinks(list);
	return SYNFIN_OK;
}

const char *synfin_capture_library(void)
{
	return pcap_lib_version();
}
