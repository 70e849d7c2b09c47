/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Rotation, by tcpdump's rules.
 *
 * Whether it is time for the next file is looked at when a frame comes, before it is written. A period of -G is over when its seconds have
 * passed since it began; the next one begins now, and its files count from 0 again. A file of -C is full when it has become larger than
 * that: the frame that did it is still in it. With -C, -W makes a ring: after the last number comes the first, overwriting it. Without -C it
 * ends the capture after so many periods.
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

static int open_current(struct save *save, const struct synfin_source *source, struct synfin_error *error)
{
	char *name = NULL;
	int status = rotation_name(&name, save->options, save->period, save->number, error);
	if (status == SYNFIN_OK && save_is_pcapng(save->options))
		status = synfin_writer_open_pcapng(&save->writer, source, name, "synfin " SYNFIN_VERSION, error);
	else if (status == SYNFIN_OK)
		status = synfin_writer_open(&save->writer, source, name, error);
	/* So that who follows the file knows at once what it is. */
	if (status == SYNFIN_OK && save->options->packet_buffered)
		status = synfin_writer_flush(save->writer, error);
	free(name);
	return status;
}

static int open_next(struct save *save, const struct synfin_source *source, struct synfin_error *error)
{
	int status = save_close(save, error);
	return status < 0 ? status : open_current(save, source, error);
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
	char *name = NULL;
	struct stat file;
	int status = options->plain ? SYNFIN_OK : rotation_name(&name, options, save->period, save->number, error);
	/* A pipe or a device is not emptied. */
	if (name && stat(name, &file) == 0 && S_ISREG(file.st_mode)) {
		bool is_read = !synfin_source_is_live(source) && is_file(synfin_source_name(source), &file);
		for (size_t i = 0; i < options->read_count; i++)
			is_read |= is_file(options->read_files[i], &file);
		if (is_read)
			status = error_set(error, SYNFIN_E_ARGUMENT, name, "%s is being read: writing to it would destroy it", name);
	}
	free(name);
	return status;
}

/* stdio takes a pipe that is full for a failure, if whoever shares it with us made it so that it does not wait. */
static void make_standard_output_wait(void)
{
	int flags = fcntl(STDOUT_FILENO, F_GETFL);
	if (flags >= 0 && flags & O_NONBLOCK)
		(void)fcntl(STDOUT_FILENO, F_SETFL, flags & ~O_NONBLOCK);
}

int save_open(struct save *save, const struct options *options, const struct synfin_source *source, time_t now, struct synfin_error *error)
{
	*save = (struct save){ .options = options, .period = now };
	if (strcmp(options->write_file, "-") == 0)
		make_standard_output_wait();
	int status = spare_inputs(save, source, error);
	return status < 0 ? status : open_current(save, source, error);
}

/* 0, SAVE_ENOUGH, or what failed. */
static int next_period(struct save *save, const struct synfin_source *source, time_t now, struct synfin_error *error)
{
	const struct options *options = save->options;
	if (!options->rotate_seconds || now - save->period < (time_t)options->rotate_seconds)
		return SYNFIN_OK;
	save->period = now;
	save->periods++;
	save->number = 0;
	if (!options->rotate_bytes && options->file_limit && save->periods >= options->file_limit) {
		int status = save_close(save, error);
		return status < 0 ? status : SAVE_ENOUGH;
	}
	return open_next(save, source, error);
}

static int next_number(struct save *save, const struct synfin_source *source, struct synfin_error *error)
{
	const struct options *options = save->options;
	uint64_t size = 0;
	if (!options->rotate_bytes)
		return SYNFIN_OK;
	int status = synfin_writer_size(save->writer, &size, error);
	if (status < 0 || size <= options->rotate_bytes)
		return status;
	save->number++;
	if (options->file_limit && save->number >= options->file_limit)
		save->number = 0;
	return open_next(save, source, error);
}

int save_frame(struct save *save, const struct synfin_source *source, const struct save_item *item, time_t now, struct synfin_error *error)
{
	int status = next_period(save, source, now, error);
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

int save_close(struct save *save, struct synfin_error *error)
{
	int status = synfin_writer_close(save->writer, error);
	save->writer = NULL;
	return status;
}
