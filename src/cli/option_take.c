/* SPDX-License-Identifier: BSD-3-Clause */
/* One function for each way of taking an option into struct options. Numbers are read strictly: digits, nothing else, in range. */
#include "cli/option_take.h"

#include <ctype.h>
#include <errno.h>

#include "base/error.h"

static void *field_of(struct options *options, const struct option_entry *entry)
{
	return (char *)options + entry->field;
}

int take_flag(struct options *options, const struct option_entry *entry, const char *shown, const char *value, struct synfin_error *error)
{
	(void)shown, (void)value, (void)error;
	*(bool *)field_of(options, entry) = true;
	return SYNFIN_OK;
}

int take_count(struct options *options, const struct option_entry *entry, const char *shown, const char *value, struct synfin_error *error)
{
	(void)shown, (void)value, (void)error;
	unsigned *count = field_of(options, entry);
	/* No option means more beyond three or five times; a thousand -v must not wrap. */
	if (*count < 100)
		++*count;
	return SYNFIN_OK;
}

int take_text(struct options *options, const struct option_entry *entry, const char *shown, const char *value, struct synfin_error *error)
{
	(void)shown, (void)error;
	*(const char **)field_of(options, entry) = value;
	return SYNFIN_OK;
}

int take_number(struct options *options, const struct option_entry *entry, const char *shown, const char *value, struct synfin_error *error)
{
	char *end = NULL;
	errno = 0;
	unsigned long long number = strtoull(value, &end, 10);
	/* strtoull takes blanks and signs, too. */
	if (!isdigit((unsigned char)*value) || *end || errno || number < entry->least || number > entry->most)
		return error_set(error, SYNFIN_E_ARGUMENT, shown, "invalid %s %s: %s takes a number from %u to %u", entry->what, value, shown,
			(unsigned)entry->least, (unsigned)entry->most);
	*(uint32_t *)field_of(options, entry) = (uint32_t)number;
	return SYNFIN_OK;
}

int take_action(struct options *options, const struct option_entry *entry, const char *shown, const char *value, struct synfin_error *error)
{
	(void)shown, (void)value, (void)error;
	options->action = entry->least;
	return SYNFIN_OK;
}

int take_time(struct options *options, const struct option_entry *entry, const char *shown, const char *value, struct synfin_error *error)
{
	(void)entry, (void)value;
	if (options->time == 5)
		return error_set(error, SYNFIN_E_ARGUMENT, shown, "only -t, -tt, -ttt, -tttt and -ttttt are supported");
	options->time++;
	return SYNFIN_OK;
}

int take_snapshot(struct options *options, const struct option_entry *entry, const char *shown, const char *value, struct synfin_error *error)
{
	int status = take_number(options, entry, shown, value, error);
	/* tcpdump: "Setting snaplen to 0 sets it to the default". */
	if (status == SYNFIN_OK && options->snapshot_length == 0)
		options->snapshot_length = entry->most;
	return status;
}

int take_precision(struct options *options, const struct option_entry *entry, const char *shown, const char *value, struct synfin_error *error)
{
	(void)entry;
	if (strcmp(value, "micro") != 0 && strcmp(value, "nano") != 0)
		return error_set(error, SYNFIN_E_ARGUMENT, shown, "unsupported time stamp precision %s: %s takes micro or nano", value, shown);
	options->nanoseconds = *value == 'n';
	return SYNFIN_OK;
}

int take_unit(struct options *options, const struct option_entry *entry, const char *shown, const char *value, struct synfin_error *error)
{
	(void)shown, (void)value, (void)error;
	options->nanoseconds = entry->least;
	return SYNFIN_OK;
}

int take_direction(struct options *options, const struct option_entry *entry, const char *shown, const char *value, struct synfin_error *error)
{
	(void)entry;
	if (strcmp(value, "in") == 0)
		options->direction = SYNFIN_DIRECTION_IN;
	else if (strcmp(value, "out") == 0)
		options->direction = SYNFIN_DIRECTION_OUT;
	else if (strcmp(value, "inout") == 0)
		options->direction = SYNFIN_DIRECTION_BOTH;
	else
		return error_set(error, SYNFIN_E_ARGUMENT, shown, "unknown capture direction `%s': %s takes in, out or inout", value, shown);
	return SYNFIN_OK;
}

int take_when(struct options *options, const struct option_entry *entry, const char *shown, const char *value, struct synfin_error *error)
{
	static const char *const words[] = { [WHEN_AUTO] = "auto", [WHEN_ALWAYS] = "always", [WHEN_NEVER] = "never" };
	for (unsigned i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(value, words[i]) == 0) {
			*(unsigned *)field_of(options, entry) = i;
			return SYNFIN_OK;
		}
	return error_set(error, SYNFIN_E_ARGUMENT, shown, "%s cannot be %s: it takes auto, always or never", shown, value);
}

int take_nothing(struct options *options, const struct option_entry *entry, const char *shown, const char *value, struct synfin_error *error)
{
	(void)options, (void)entry, (void)shown, (void)value, (void)error;
	return SYNFIN_OK;
}

int take_refusal(struct options *options, const struct option_entry *entry, const char *shown, const char *value, struct synfin_error *error)
{
	(void)options, (void)value;
	return error_set(error, SYNFIN_E_ARGUMENT, shown, "%s is not supported: %s", shown, entry->what);
}
