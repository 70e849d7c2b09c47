/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The time stamp in front of a line.
 *
 * Most packets of a capture share their second with the one before, so the text of a second is kept. When the second changes, local
 * time is UTC plus the offset of the span around it; the C library is asked only when a span is left. A span is a quarter of an
 * hour in which the offset is the same at both ends; where it is not (the clocks change, or a zone that counts leap seconds has
 * one), the C library is asked for every second.
 */
#include "lines/clock.h"

#include <string.h>
#include <time.h>

#include "base/calendar.h"
#include "base/write.h"

#define SPAN 900
#define DAY 86400

void clock_init(struct line_clock *clock, enum line_time mode, bool nanoseconds)
{
	*clock = (struct line_clock){ .mode = mode, .nanoseconds = nanoseconds };
}

/* What the C library takes for local time, as if it were UTC: seconds, with a leap second counted. False if it cannot tell. */
static bool local_seconds(int64_t second, int64_t *local, struct tm *broken_down)
{
	time_t t = (time_t)second;
	if (!localtime_r(&t, broken_down))
		return false;
	*local = calendar_day((int64_t)broken_down->tm_year + 1900, broken_down->tm_mon + 1, broken_down->tm_mday) * DAY +
	         broken_down->tm_hour * 3600 + broken_down->tm_min * 60 + broken_down->tm_sec;
	return true;
}

static char *two_digits(char *p, int value)
{
	p[0] = (char)('0' + value / 10 % 10);
	p[1] = (char)('0' + value % 10);
	return p + 2;
}

static char *clock_text(char *p, int hour, int minute, int second)
{
	p = two_digits(p, hour);
	*p++ = ':';
	p = two_digits(p, minute);
	*p++ = ':';
	return two_digits(p, second);
}

/* Year, month and day with a blank behind them. Years are as long as they are, as strftime's %Y. */
static char *date_text(char *p, int64_t year, int month, int day)
{
	char digits[20];
	unsigned n = 0;
	uint64_t rest = year < 0 ? 0 - (uint64_t)year : (uint64_t)year;
	do {
		digits[n++] = (char)('0' + rest % 10);
		rest /= 10;
	} while (rest);
	if (year < 0)
		*p++ = '-';
	while (n)
		*p++ = digits[--n];
	*p++ = '-';
	p = two_digits(p, month);
	*p++ = '-';
	p = two_digits(p, day);
	*p++ = ' ';
	return p;
}

/* Format seconds that count local time as if it were UTC. */
static void format_seconds(struct line_clock *clock, int64_t local)
{
	char *p = clock->text;
	int64_t days = calendar_floor(local, DAY);
	int rest = (int)(local - days * DAY);
	if (clock->mode == LINE_TIME_DATE) {
		int64_t year;
		int month, day;
		calendar_date(days, &year, &month, &day);
		p = date_text(p, year, month, day);
	}
	p = clock_text(p, rest / 3600, rest / 60 % 60, rest % 60);
	clock->length = (unsigned)(p - clock->text);
}

static void format_broken_down(struct line_clock *clock, const struct tm *local)
{
	char *p = clock->text;
	if (clock->mode == LINE_TIME_DATE)
		p = date_text(p, (int64_t)local->tm_year + 1900, local->tm_mon + 1, local->tm_mday);
	p = clock_text(p, local->tm_hour, local->tm_min, local->tm_sec);
	clock->length = (unsigned)(p - clock->text);
}

/* Bring clock->text to `second`. False if the C library cannot tell that time. */
static bool renew(struct line_clock *clock, int64_t second)
{
	clock->cached = false;
	if (second < clock->span_start || second >= clock->span_end) {
		struct tm tm;
		int64_t at_start, at_end, now;
		int64_t start = calendar_floor(second, SPAN) * SPAN;
		if (!local_seconds(start, &at_start, &tm) || !local_seconds(start + SPAN, &at_end, &tm) || !local_seconds(second, &now, &tm))
			return false;
		if (at_end - at_start != SPAN || now - at_start != second - start) {
			format_broken_down(clock, &tm);
			clock->second = second;
			clock->cached = true;
			return true;
		}
		clock->span_start = start;
		clock->span_end = start + SPAN;
		clock->offset = at_start - start;
	}
	format_seconds(clock, second + clock->offset);
	clock->second = second;
	clock->cached = true;
	return true;
}

static void put_fraction(const struct line_clock *clock, int64_t fraction, struct output *out)
{
	output_char(out, '.');
	output_decimal_padded(out, (uint32_t)fraction, clock->nanoseconds ? 9 : 6, '0');
	output_char(out, ' ');
}

/* tcpdump gives up on seconds whose bit 31 is set, be they before 1970 or after 2038. */
static bool printable(int64_t seconds)
{
	return !((uint64_t)seconds & 0x80000000u);
}

static void put_error(struct output *out)
{
	output_text(out, "[Error converting time] ");
}

static void put_local(struct line_clock *clock, int64_t seconds, int64_t fraction, struct output *out)
{
	if (!(clock->cached && clock->second == seconds) && (!printable(seconds) || !renew(clock, seconds))) {
		put_error(out);
		return;
	}
	/* What nearly every line begins with: a copy of constant size, and six digits. */
	if (!clock->nanoseconds && (uint64_t)fraction < 1000000 && output_room(out, sizeof clock->text + 8)) {
		uint32_t high = (uint32_t)fraction / 10000;
		memcpy(out->pos, clock->text, sizeof clock->text);
		char *p = out->pos + clock->length;
		*p++ = '.';
		p = write_four(write_pair(p, high), (uint32_t)fraction - high * 10000);
		*p++ = ' ';
		out->pos = p;
		return;
	}
	output_bytes(out, clock->text, clock->length);
	put_fraction(clock, fraction, out);
}

static void put_epoch(const struct line_clock *clock, int64_t seconds, int64_t fraction, struct output *out)
{
	if (!printable(seconds)) {
		put_error(out);
		return;
	}
	output_decimal(out, (uint32_t)seconds);
	put_fraction(clock, fraction, out);
}

/* The time since clock->reference, which may lie ahead when a clock ran backwards. */
static void put_difference(const struct line_clock *clock, int64_t seconds, int64_t fraction, struct output *out)
{
	/* Unsigned, because a damaged file's seconds may be any. */
	uint64_t difference = (uint64_t)seconds - (uint64_t)clock->reference_seconds;
	int64_t rest = fraction - clock->reference_fraction;
	bool negative = seconds < clock->reference_seconds || (difference == 0 && rest < 0);
	if (negative) {
		difference = 0 - difference;
		rest = -rest;
	}
	if (rest < 0) {
		difference--;
		rest += clock->nanoseconds ? 1000000000 : 1000000;
	}
	output_char(out, negative ? '-' : ' ');
	if (!printable((int64_t)difference)) {
		put_error(out);
		return;
	}
	int day = (int)(difference % DAY);
	char text[8];
	clock_text(text, day / 3600, day / 60 % 60, day % 60);
	output_bytes(out, text, sizeof text);
	put_fraction(clock, rest, out);
}

void clock_print(struct line_clock *clock, const struct synfin_packet *packet, struct output *out)
{
	/* Signed, as libpcap takes it from the file: a damaged one may say anything, and it is shown, not mended. */
	int64_t fraction = (int32_t)packet->fraction;
	if (clock->nanoseconds && !packet->nanoseconds)
		fraction *= 1000;
	else if (!clock->nanoseconds && packet->nanoseconds)
		fraction /= 1000;

	switch (clock->mode) {
	case LINE_TIME_NONE:
		break;
	case LINE_TIME_CLOCK:
	case LINE_TIME_DATE:
		put_local(clock, packet->seconds, fraction, out);
		break;
	case LINE_TIME_EPOCH:
		put_epoch(clock, packet->seconds, fraction, out);
		break;
	case LINE_TIME_DELTA:
	case LINE_TIME_ELAPSED:
		/* A reference of zero is none yet. */
		if (!clock->reference_seconds && !clock->reference_fraction) {
			clock->reference_seconds = packet->seconds;
			clock->reference_fraction = fraction;
		}
		put_difference(clock, packet->seconds, fraction, out);
		if (clock->mode == LINE_TIME_DELTA) {
			clock->reference_seconds = packet->seconds;
			clock->reference_fraction = fraction;
		}
		break;
	}
}
