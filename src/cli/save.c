/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Rotation.
 *
 * A period of -G is over when its seconds have passed since it began. A capture's goes by this machine's clock and ends whether packets come
 * or not; where files are read it goes by the packets' own clock. The next period begins where the last one ended, or, if several have
 * passed meanwhile, where the last of these did: so periods do not drift. Its files count from 0 again, unless they would be called like those
 * of the period before: then they go on counting, and overwrite nothing.
 *
 * A file of -C is full when it has become larger than that: the frame that did it is still in it. With -C, -W makes a ring: after the last
 * number comes the first, overwriting it. Without -C it ends the capture after so many periods.
 *
 * With --plain it is as in tcpdump: this machine's clock alone, looked at only when a frame comes; the next period begins then, and its files
 * count from 0.
 *
 * A full file is closed before the next one is opened, so a failure leaves it complete.
 */
#include "cli/save.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "cli/rotation.h"

bool save_rotates(const struct options *options)
{
	return options->write_file && (options->rotate_bytes || options->rotate_seconds);
}

bool save_by_packets_clock(const struct options *options)
{
	bool reads = options->read_file || options->list_file;
	return reads && options->rotate_seconds && options->write_file && !options->plain;
}

time_t save_clock(const struct options *options, const struct synfin_frame *frame)
{
	return !options->rotate_seconds ? 0 : save_by_packets_clock(options) ? (time_t)frame->seconds : time(NULL);
}

/* What tcpdump would write is pcap, whatever its name. */
bool save_is_pcapng(const struct options *options)
{
	static const char suffix[] = ".pcapng";
	size_t length = options->write_file ? strlen(options->write_file) : 0;
	if (options->plain || !options->write_file)
		return false;
	if (options->annotate && strcmp(options->write_file, "-") == 0)
		return true;
	return length >= sizeof suffix - 1 && strcmp(options->write_file + length - (sizeof suffix - 1), suffix) == 0;
}

static bool is_file(const char *path, const struct stat *file)
{
	struct stat found;
	return stat(path, &found) == 0 && found.st_dev == file->st_dev && found.st_ino == file->st_ino;
}

/* Opening a file to write empties it: a capture that is being read would be gone. tcpdump lets that happen. */
static int spare_inputs(const struct save *save, const struct synfin_source *source, struct synfin_error *error)
{
	const struct options *options = save->options;
	struct stat file;
	/* A pipe or a device is not emptied. */
	if (options->plain || stat(save->name, &file) != 0 || !S_ISREG(file.st_mode))
		return SYNFIN_OK;
	bool is_read = !synfin_source_is_live(source) && is_file(synfin_source_name(source), &file);
	for (size_t i = 0; i < options->read_count; i++)
		is_read |= is_file(options->read_files[i], &file);
	return is_read ? error_set(error, SYNFIN_E_ARGUMENT, save->name, "%s is being read: writing to it would destroy it", save->name) : SYNFIN_OK;
}

uint64_t save_total(const struct save *save)
{
	return save->finished + (save->writer ? synfin_writer_size(save->writer) : 0);
}

static int open_current(struct save *save, const struct synfin_source *source, struct synfin_error *error)
{
	const struct options *options = save->options;
	free(save->name);
	save->name = NULL;
	int status = rotation_name(&save->name, options, save->period, save->number, error);
	if (status == SYNFIN_OK)
		status = spare_inputs(save, source, error);
	if (status == SYNFIN_OK && options->ring)
		status = ring_add(&save->ring, options->ring, save->name, error);
	if (status == SYNFIN_OK && save_is_pcapng(options))
		status = synfin_writer_open_pcapng(&save->writer, source, save->name, "synfin " SYNFIN_VERSION, error);
	else if (status == SYNFIN_OK)
		status = synfin_writer_open(&save->writer, source, save->name, error);
	/* So that who follows the file knows at once what it is. */
	if (status == SYNFIN_OK && options->packet_buffered)
		status = synfin_writer_flush(save->writer, error);
	return status;
}

/* stdio takes a pipe that is full for a failure, if whoever shares it with us made it so that it does not wait. */
static void make_standard_output_wait(void)
{
	int flags = fcntl(STDOUT_FILENO, F_GETFL);
	if (flags >= 0 && flags & O_NONBLOCK)
		(void)fcntl(STDOUT_FILENO, F_SETFL, flags & ~O_NONBLOCK);
}

/* Close the current file, which is then complete. */
static int finish_current(struct save *save, struct synfin_error *error)
{
	uint64_t bytes = save_total(save);
	int status = synfin_writer_close(save->writer, error);
	save->writer = NULL;
	save->finished = bytes;
	return status;
}

static void hand_over(const struct save *save)
{
	if (save->handover)
		handover_file(save->handover, save->name);
}

/* Also a file in between says how many packets were lost by then. */
static int finish_rotated(struct save *save, struct synfin_source *source, struct synfin_error *error)
{
	if (!save->writer)
		return SYNFIN_OK;
	save_statistics(save, source);
	int status = finish_current(save, error);
	if (status == SYNFIN_OK)
		hand_over(save);
	return status;
}

int save_open(struct save *save, const struct options *options, struct synfin_source *source, time_t now, struct synfin_error *error)
{
	save->options = options;
	save->period = now;
	if (strcmp(options->write_file, "-") == 0)
		make_standard_output_wait();
	return save_by_packets_clock(options) ? SYNFIN_OK : open_current(save, source, error);
}

/* Whether the period that begins at `next` calls its files like the current one. */
static int is_called_alike(const struct save *save, time_t next, bool *alike, struct synfin_error *error)
{
	char *one = NULL, *other = NULL;
	int status = rotation_name(&one, save->options, save->period, 0, error);
	if (status == SYNFIN_OK)
		status = rotation_name(&other, save->options, next, 0, error);
	*alike = status == SYNFIN_OK && strcmp(one, other) == 0;
	free(one);
	free(other);
	return status;
}

static uint32_t next_of(const struct save *save)
{
	const struct options *options = save->options;
	bool last = options->rotate_bytes && options->file_limit && save->number + 1 >= options->file_limit;
	return last ? 0 : save->number + 1;
}

/* Go over to the period in which `now` is. */
static int begin_period(struct save *save, time_t now, struct synfin_error *error)
{
	const struct options *options = save->options;
	bool alike = false;
	time_t next = options->plain ? now : now - (now - save->period) % (time_t)options->rotate_seconds;
	int status = options->plain ? SYNFIN_OK : is_called_alike(save, next, &alike, error);
	save->number = alike ? next_of(save) : 0;
	save->period = next;
	return status;
}

int save_period(struct save *save, struct synfin_source *source, time_t now, struct synfin_error *error)
{
	const struct options *options = save->options;
	if (!options || !options->rotate_seconds || now - save->period < (time_t)options->rotate_seconds)
		return SYNFIN_OK;
	int status = finish_rotated(save, source, error);
	save->periods++;
	if (status == SYNFIN_OK && !options->rotate_bytes && options->file_limit && save->periods >= options->file_limit) {
		fprintf(stderr, "Maximum file limit reached: %u\n", (unsigned)options->file_limit);
		return SAVE_ENOUGH;
	}
	if (status == SYNFIN_OK)
		status = begin_period(save, now, error);
	return status < 0 ? status : open_current(save, source, error);
}

/* tcpdump asks a file where it is. (Without --plain "-w -" takes no -C.) */
static bool is_pipe(const struct options *options)
{
	return strcmp(options->write_file, "-") == 0 && lseek(STDOUT_FILENO, 0, SEEK_CUR) < 0;
}

static int next_number(struct save *save, struct synfin_source *source, struct synfin_error *error)
{
	const struct options *options = save->options;
	if (!options->rotate_bytes)
		return SYNFIN_OK;
	if (is_pipe(options))
		return error_set(error, SYNFIN_E_IO, options->write_file, "ftell fails on output file");
	if (synfin_writer_size(save->writer) <= options->rotate_bytes)
		return SYNFIN_OK;
	int status = finish_rotated(save, source, error);
	save->number = next_of(save);
	return status < 0 ? status : open_current(save, source, error);
}

/* The first file of the packets' clock begins with the first packet. */
static int first_file(struct save *save, const struct synfin_source *source, time_t now, struct synfin_error *error)
{
	if (save->name)
		return SYNFIN_OK;
	save->period = now;
	return open_current(save, source, error);
}

int save_frame(struct save *save, struct synfin_source *source, const struct save_item *item, time_t now, struct synfin_error *error)
{
	int status = first_file(save, source, now, error);
	if (status == SYNFIN_OK)
		status = save_period(save, source, now, error);
	if (status == SYNFIN_OK)
		status = next_number(save, source, error);
	if (status == SYNFIN_OK)
		status = synfin_writer_commented(save->writer, item->frame, item->comments, item->comment_count, error);
	if (status == SYNFIN_OK && (save->options->packet_buffered || save->options->line_buffered))
		status = synfin_writer_flush(save->writer, error);
	return status;
}

int save_flush(struct save *save, struct synfin_error *error)
{
	return save->writer ? synfin_writer_flush(save->writer, error) : SYNFIN_OK;
}

void save_source(struct save *save, const struct synfin_source *source)
{
	if (save->writer)
		synfin_writer_source(save->writer, source);
}

void save_statistics(struct save *save, struct synfin_source *source)
{
	struct synfin_source_statistics statistics;
	if (save->writer && synfin_source_statistics(source, &statistics, NULL) == 0)
		synfin_writer_statistics(save->writer, &statistics);
}

/* The last file, which tcpdump hands to nobody. */
int save_close(struct save *save, struct synfin_error *error)
{
	bool handed = save->writer && !save->options->plain;
	int status = finish_current(save, error);
	if (status == SYNFIN_OK && handed)
		hand_over(save);
	return status;
}

void save_destroy(struct save *save)
{
	(void)finish_current(save, NULL);
	free(save->name);
	save->name = NULL;
	ring_free(&save->ring);
}
