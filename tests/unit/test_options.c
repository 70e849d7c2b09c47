/* SPDX-License-Identifier: BSD-3-Clause */
/* The command line: what each option sets, what is refused and in which words. */
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/option_check.h"
#include "suite.h"

#define WORDS_MAX 32

/* Parse a command line given as one string, words parted by blanks. The words stay in `line`. */
static int parse(struct options *options, struct synfin_error *error, char *line)
{
	char *words[WORDS_MAX + 1];
	int count = 0;
	for (char *at = line; at && *at && count < WORDS_MAX;) {
		words[count++] = at;
		at = strchr(at, ' ');
		if (at)
			*at++ = '\0';
	}
	words[count] = NULL;
	return options_parse(options, count, words, error);
}

static struct options parsed(char *line)
{
	struct options options;
	struct synfin_error error = { .code = 0 };
	int status = parse(&options, &error, line);
	ck_assert_msg(status == 0, "%s", error.text);
	return options;
}

#define PARSED(text) parsed((char[]){ text })

START_TEST(the_table_is_sound)
{
	for (const struct option_entry *a = option_table; a->take; a++) {
		ck_assert(a->name || a->letter);
		ck_assert(!a->help || a->group < OPTION_GROUPS);
		for (const struct option_entry *b = a + 1; b->take; b++) {
			ck_assert(!a->letter || a->letter != b->letter);
			ck_assert(!a->name || !b->name || strcmp(a->name, b->name) != 0);
		}
	}
}
END_TEST

START_TEST(nothing_given)
{
	struct options o = PARSED("/usr/bin/synfin");
	ck_assert_str_eq(o.program, "synfin");
	ck_assert(!o.as_tcpdump && !o.plain && !o.filter && !o.interface && !o.read_file);
	ck_assert_uint_eq(o.action, ACTION_PACKETS);
	ck_assert_uint_eq(o.colour, WHEN_AUTO);
	ck_assert_uint_eq(o.bracket, WHEN_AUTO);
}
END_TEST

START_TEST(counts_and_flags)
{
	struct options o = PARSED("synfin -nnvvvqtttt -XX -x -AA -e -S -K -# -l -U -p -O -ddd -L -N -a");
	ck_assert_uint_eq(o.numeric, 2);
	ck_assert_uint_eq(o.verbose, 3);
	ck_assert_uint_eq(o.quick, 1);
	ck_assert_uint_eq(o.time, 4);
	ck_assert_uint_eq(o.hex_ascii, 2);
	ck_assert_uint_eq(o.hex, 1);
	ck_assert_uint_eq(o.ascii, 2);
	ck_assert_uint_eq(o.dump_code, 3);
	ck_assert(o.link_header && o.absolute && o.no_checksums && o.number && o.line_buffered && o.packet_buffered);
	ck_assert(o.no_promiscuous && o.no_optimize && o.list_link_types);
}
END_TEST

START_TEST(arguments)
{
	struct options o = PARSED("synfin -i eth0 -r a.pcap -w b.pcap -F f -y RAW -c 7 -s 96 -B 4096 -Q out --nano --max-connections=5 -M key");
	ck_assert_str_eq(o.md5_secret, "key");
	ck_assert_str_eq(o.interface, "eth0");
	ck_assert_str_eq(o.read_file, "a.pcap");
	ck_assert_str_eq(o.write_file, "b.pcap");
	ck_assert_str_eq(o.filter_file, "f");
	ck_assert_str_eq(o.link_type, "RAW");
	ck_assert_uint_eq(o.count, 7);
	ck_assert_uint_eq(o.snapshot_length, 96);
	ck_assert_uint_eq(o.buffer_kib, 4096);
	ck_assert_uint_eq(o.direction, SYNFIN_DIRECTION_OUT);
	ck_assert(o.nanoseconds);
	ck_assert_uint_eq(o.max_connections, 5);
	options_free(&o);
}
END_TEST

START_TEST(rotation_and_lists)
{
	struct options o = PARSED("synfin -w f -C 3 -G 60 -W 12 -Z nobody -V list");
	ck_assert_uint_eq(o.rotate_bytes, 3000000);
	ck_assert_uint_eq(o.rotate_seconds, 60);
	ck_assert_uint_eq(o.file_limit, 12);
	ck_assert_str_eq(o.user, "nobody");
	ck_assert_str_eq(o.list_file, "list");
	ck_assert_uint_eq(PARSED("tcpdump -C 9223372036854").rotate_bytes, 9223372036854000000);
	ck_assert_uint_eq(PARSED("tcpdump -G x").rotate_seconds, 0);
	ck_assert_uint_eq(PARSED("synfin --plain -G 0").rotate_seconds, 0);
	o = PARSED("synfin -w f -G 60 --ring 24 -z gzip --duration 2h --stop-bytes 5G");
	ck_assert_uint_eq(o.ring, 24);
	ck_assert_str_eq(o.finished_command, "gzip");
	ck_assert_uint_eq(o.duration_s, 7200);
	ck_assert_uint_eq(o.stop_bytes, 5000000000);
	ck_assert_uint_eq(PARSED("synfin --duration=90").duration_s, 90);
	ck_assert_uint_eq(PARSED("synfin --duration=90s").duration_s, 90);
	ck_assert_uint_eq(PARSED("synfin --duration=15m").duration_s, 900);
	ck_assert_uint_eq(PARSED("synfin --duration=1d").duration_s, 86400);
	ck_assert_uint_eq(PARSED("synfin --stop-bytes=7").stop_bytes, 7);
	ck_assert_uint_eq(PARSED("synfin --stop-bytes=7k").stop_bytes, 7000);
	ck_assert_uint_eq(PARSED("synfin --stop-bytes=7M").stop_bytes, 7000000);
	ck_assert_str_eq(PARSED("synfin --relinq me").user, "me");
}
END_TEST

/* What atoi() makes of a number is what tcpdump's users get. */
START_TEST(numbers_as_tcpdump)
{
	ck_assert_uint_eq(PARSED("tcpdump -c 5x").count, 5);
	ck_assert_uint_eq(PARSED("tcpdump -c +5").count, 5);
	ck_assert_uint_eq(PARSED("synfin -c 5x --plain").count, 5);
	ck_assert_uint_eq(PARSED("tcpdump -c 99999999999").count, 1215752191);
	ck_assert_uint_eq(PARSED("tcpdump -s 0x40").snapshot_length, 64);
	ck_assert_uint_eq(PARSED("synfin -s 010").snapshot_length, 8);
	ck_assert_uint_eq(PARSED("synfin -Q OUT").direction, SYNFIN_DIRECTION_OUT);
}
END_TEST

START_TEST(long_names)
{
	struct options o = PARSED("synfin --interface lo --snapshot-length=0 --no-promiscuous-mode --immediate-mode --number --print "
				  "--packet-buffered --time-stamp-precision=nano --colour=always --bracket never");
	ck_assert_str_eq(o.interface, "lo");
	ck_assert_uint_eq(o.snapshot_length, 262144);
	ck_assert(o.no_promiscuous && o.immediate && o.number && o.print && o.packet_buffered && o.nanoseconds);
	ck_assert_uint_eq(o.colour, WHEN_ALWAYS);
	ck_assert_uint_eq(o.bracket, WHEN_NEVER);
}
END_TEST

START_TEST(the_later_one_counts)
{
	ck_assert(!PARSED("synfin --nano --micro").nanoseconds);
	ck_assert_uint_eq(PARSED("synfin -c 1 -c 2").count, 2);
	ck_assert_uint_eq(PARSED("synfin --color=never --color=auto").colour, WHEN_AUTO);
}
END_TEST

START_TEST(abbreviations)
{
	ck_assert_str_eq(PARSED("synfin --inter lo").interface, "lo");
	ck_assert(PARSED("synfin --abs").absolute);
	/* tcpdump's own abbreviations stay what they are under its name, where synfin's options do not exist. */
	ck_assert(PARSED("tcpdump --co").count_only);
	ck_assert_uint_eq(PARSED("tcpdump --b 12").buffer_kib, 12);
}
END_TEST

START_TEST(expression)
{
	struct options o = PARSED("synfin tcp -n port 80 -c 3 or udp");
	ck_assert_str_eq(o.filter, "tcp port 80 or udp");
	ck_assert_uint_eq(o.numeric, 1);
	ck_assert_uint_eq(o.count, 3);
	options_free(&o);
	o = PARSED("synfin -n -- -c");
	ck_assert_str_eq(o.filter, "-c");
	ck_assert_uint_eq(o.count, 0);
	options_free(&o);
	ck_assert_ptr_null(o.filter);
}
END_TEST

START_TEST(called_as_tcpdump)
{
	struct options o = PARSED("./tcpdump -n");
	ck_assert(o.as_tcpdump && o.plain);
	ck_assert_int_eq(options_usage_status(&o), 1);
	o = PARSED("synfin");
	ck_assert_int_eq(options_usage_status(&o), 2);
	o = PARSED("synfin --plain");
	ck_assert(o.plain);
	ck_assert_int_eq(options_usage_status(&o), 1);
}
END_TEST

START_TEST(actions)
{
	ck_assert_uint_eq(PARSED("synfin -h --nonsense").action, ACTION_HELP);
	ck_assert_uint_eq(PARSED("synfin --version").action, ACTION_VERSION);
	/* In which language stands anywhere. */
	ck_assert_str_eq(PARSED("synfin --help --lang=ja").language, "ja");
	ck_assert_ptr_null(PARSED("synfin --help --lang=xx").language);
	ck_assert_ptr_null(PARSED("tcpdump --help --lang=ja").language);
	ck_assert_uint_eq(PARSED("synfin -D").action, ACTION_LIST_INTERFACES);
	/* tcpdump looks at -t after that. */
	ck_assert_uint_eq(PARSED("synfin -tttttt -D").action, ACTION_LIST_INTERFACES);
}
END_TEST

static const struct {
	const char *line;
	const char *text;
} wrong[] = {
	{ "synfin -c 0", "invalid packet count 0: -c takes a number from 1 to 2147483647" },
	{ "synfin -c x", "invalid packet count x: -c takes a number from 1 to 2147483647" },
	{ "synfin -c 5x", "invalid packet count 5x: -c takes a number from 1 to 2147483647" },
	{ "synfin -c -1", "invalid packet count -1: -c takes a number from 1 to 2147483647" },
	{ "synfin -c +1", "invalid packet count +1: -c takes a number from 1 to 2147483647" },
	{ "synfin --snapshot-length=", "invalid snaplen  (must be >= 0 and <= 262144)" },
	{ "synfin -s 262145", "invalid snaplen 262145 (must be >= 0 and <= 262144)" },
	{ "synfin -s 99999999999999999999999", "invalid snaplen 99999999999999999999999 (must be >= 0 and <= 262144)" },
	{ "synfin -y NO_SUCH", "invalid data link type NO_SUCH: -L lists those of an interface" },
	{ "synfin -B 0", "invalid packet buffer size 0: -B takes a number from 1 to 2097151" },
	{ "synfin -Q both", "unknown capture direction `both': -Q takes in, out or inout" },
	{ "synfin -tttttt", "only -t, -tt, -ttt, -tttt and -ttttt are supported" },
	{ "synfin --time-stamp-precision=pico", "unsupported time stamp precision: --time-stamp-precision takes micro or nano" },
	{ "synfin --color=blue", "--color cannot be blue: it takes auto, always or never" },
	{ "synfin --nosuch", "unrecognized option '--nosuch'" },
	{ "synfin --nosuch=3", "unrecognized option '--nosuch'" },
	{ "synfin -n tcp -%", "invalid option -- '%'" },
	{ "synfin -c", "option requires an argument -- 'c'" },
	{ "synfin --interface", "option '--interface' requires an argument" },
	{ "synfin --plain=1", "option '--plain' doesn't allow an argument" },
	{ "synfin --mi=1", "option '--micro' doesn't allow an argument" },
	{ "synfin --list", "option '--list' is ambiguous; possibilities: '--list-interfaces' '--list-data-link-types' '--list-time-stamp-types'" },
	{ "synfin -H", "-H is not supported: synfin analyzes TCP; tcpdump can do this" },
	{ "synfin --monitor-mode", "--monitor-mode is not supported: synfin analyzes TCP; tcpdump can do this" },
	{ "tcpdump --plain", "unrecognized option '--plain'" },
	{ "synfin -C 0", "invalid file size 0: -C takes a number of millions of bytes" },
	{ "synfin -C +1", "invalid file size +1: -C takes a number of millions of bytes" },
	{ "synfin -C 1k", "invalid file size 1k: -C takes a number of millions of bytes" },
	{ "synfin -C 9223372036855", "file size 9223372036855 is too large" },
	{ "synfin -G 0", "invalid number of seconds 0: -G takes a number from 1 to 2147483647" },
	{ "synfin --ring 0", "invalid number of files 0: --ring takes a number from 1 to 1000000" },
	{ "synfin --duration 0", "--duration cannot be 0: it takes a number of seconds, or as 15m, 2h, 1d" },
	{ "synfin --duration 1w", "--duration cannot be 1w: it takes a number of seconds, or as 15m, 2h, 1d" },
	{ "synfin --duration 1hh", "--duration cannot be 1hh: it takes a number of seconds, or as 15m, 2h, 1d" },
	{ "synfin --duration 99999d", "--duration cannot be 99999d: it takes a number of seconds, or as 15m, 2h, 1d" },
	{ "synfin --stop-bytes -1", "--stop-bytes cannot be -1: it takes a number of bytes, or as 500k, 20M, 1G" },
	{ "synfin --stop-bytes 1T", "--stop-bytes cannot be 1T: it takes a number of bytes, or as 500k, 20M, 1G" },
	{ "synfin --stop-bytes 18446744073709551617", "--stop-bytes cannot be 18446744073709551617: it takes a number of bytes, or as 500k, 20M, 1G" },
	{ "synfin -w - -C 1", "-C and -G make several files: -w - is only one" },
	{ "synfin -w - -z gzip", "-z runs a program for a finished file: -w - makes none" },
	{ "synfin -w f -C 1 -W 3 --ring 2", "--ring and -W with -C exclude each other: both limit how many files there are" },
	{ "synfin -W 0", "invalid number of output files 0: -W takes a number from 1 to 2147483647" },
	{ "synfin -V x -r y", "-V and -r are mutually exclusive." },
	{ "synfin -r f --timeline --explain", "--timeline and --explain exclude each other: choose one" },
	{ "synfin --events --json --packets", "--packets and --events exclude each other: choose one" },
	{ "synfin --json --format=csv --connections", "--format=json and --format=csv exclude each other: choose one" },
	{ "synfin --count --json", "--count prints only a number: leave it out, or what is to be shown" },
	{ "synfin --connections --count --top=3", "--count prints only a number: leave it out, or what is to be shown" },
	{ "synfin -w f --timeline", "-w saves packets and shows none: add --print to see them as well" },
	{ "synfin -w f --json", "-w saves packets and shows none: add --print to see them as well" },
	{ "synfin -w - --print", "-w - and --print would both write to standard output" },
	{ "synfin --timeline --json", "--format=json does not go with --timeline; --packets takes text, json; --events takes text, json, csv; "
	  "--connections takes text, json, csv, zeek, ecs; --timeline takes text, mermaid; --explain takes text" },
	{ "synfin --plain --timeline", "--plain is for packets as text: it tracks no connection" },
	{ "synfin --plain --expect=reset", "--expect cannot be judged with --plain, which tracks no connection" },
	{ "synfin --only=problem", "--connection, --only, --state and --event are for --timeline" },
	{ "synfin --top=3 --events", "--sort and --top go with --connections" },
	{ "synfin --file-that-is", "unrecognized option '--file-that-is'" },
	{ "synfin --interface=", "--interface takes the name of an interface, which cannot be empty" },
	{ "tcpdump -C 1x", "invalid file size 1x" },
	{ "tcpdump -G -1", "invalid number of seconds -1" },
	{ "tcpdump -W x", "invalid number of output files x" },
	/* tcpdump's words alone, wherever --plain stands. */
	{ "synfin --plain -c 0", "invalid packet count 0" },
	{ "synfin -c -3 --pla", "invalid packet count -3" },
	{ "tcpdump -c x", "invalid packet count x" },
	{ "tcpdump -B 0x10", "invalid packet buffer size 0x10" },
	{ "tcpdump -s 40k", "invalid snaplen 40k (must be >= 0 and <= 262144)" },
	{ "tcpdump -Q both", "unknown capture direction `both'" },
	{ "tcpdump -y foo", "invalid data link type foo" },
	{ "tcpdump --time-stamp-precision=pico", "unsupported time stamp precision" },
	{ "synfin --plain --max-connections=5x", "invalid number of connections 5x" },
};

/* Words parted by blanks cannot be empty, so here they come apart. */
START_TEST(empty_names)
{
	static const struct {
		const char *option, *text;
	} empty[] = {
		{ "-i", "-i takes the name of an interface, which cannot be empty" },
		{ "-r", "-r takes the name of a file, which cannot be empty" },
		{ "-V", "-V takes the name of a file, which cannot be empty" },
		{ "-w", "-w takes the name of a file, which cannot be empty" },
		{ "-F", "-F takes the name of a file, which cannot be empty" },
		{ "-Z", "-Z takes the name of a user, which cannot be empty" },
	};
	for (size_t i = 0; i < sizeof empty / sizeof *empty; i++) {
		struct options options;
		struct synfin_error error = { .code = 0 };
		char option[4];
		snprintf(option, sizeof option, "%s", empty[i].option);
		ck_assert_int_eq(options_parse(&options, 3, (char *[]){ (char[]){ "synfin" }, option, (char[]){ "" }, NULL }, &error), SYNFIN_E_ARGUMENT);
		ck_assert_str_eq(error.text, empty[i].text);
		options_free(&options);
		/* tcpdump goes on and does not find it. */
		ck_assert_int_eq(options_parse(&options, 3, (char *[]){ (char[]){ "tcpdump" }, option, (char[]){ "" }, NULL }, &error), SYNFIN_OK);
		options_free(&options);
	}
}
END_TEST

START_TEST(refused)
{
	struct options options;
	struct synfin_error error = { .code = 0 };
	char line[128];
	snprintf(line, sizeof line, "%s", wrong[_i].line);
	ck_assert_int_eq(parse(&options, &error, line), SYNFIN_E_ARGUMENT);
	ck_assert_str_eq(error.text, wrong[_i].text);
	options_free(&options);
}
END_TEST

START_TEST(what_is_shown)
{
	struct options o = PARSED("synfin");
	ck_assert(o.view == VIEW_PACKETS && o.format == FORMAT_TEXT);
	o = PARSED("synfin --json --connections");
	ck_assert(o.view == VIEW_CONNECTIONS && o.format == FORMAT_JSON);
	o = PARSED("synfin --events --format=json");
	ck_assert(o.view == VIEW_EVENTS && o.format == FORMAT_JSON);
	/* Twice the same is no contradiction. */
	o = PARSED("synfin --events --json --format=json --events");
	ck_assert(o.view == VIEW_EVENTS && o.format == FORMAT_JSON);
}
END_TEST

static char remarked[1024];

static void remember(const struct options *options, const char *text)
{
	size_t used = strlen(remarked);
	(void)options;
	snprintf(remarked + used, sizeof remarked - used, "%s\n", text);
}

static const struct {
	const char *line;
	const char *text;
} remarks[] = {
	{ "synfin -r f --width=90", "--width has no effect: it is for --timeline and --explain\n" },
	{ "synfin -r f --explain --width=90", "" },
	{ "synfin -r f --timeline --format=mermaid --width=90", "--width has no effect: it is for --timeline and --explain\n" },
	{ "synfin -r f --plain --color=always --bracket=never --charset=ascii --state-names=ss",
	  "--color has no effect: it is for packets, events, connections and timelines as text\n"
	  "--bracket has no effect: it is for packets as text\n"
	  "--charset has no effect: it is for packets, timelines and explanations as text\n"
	  "--state-names has no effect: it is for packets, connections, timelines and explanations for people\n" },
	{ "synfin -r f --colour=always --json", "--colour has no effect: it is for packets, events, connections and timelines as text\n" },
	{ "synfin -r f --events --color=always -t", "" },
	{ "synfin -r f --connections --bracket=always -t", "-t has no effect: it is for lines that begin with a time\n"
	  "--bracket has no effect: it is for packets as text\n" },
	{ "synfin -r f --timeline -X -#", "--number has no effect: it is for lines of packets\n-X has no effect: it is for lines of packets\n" },
	{ "synfin -r f --all-packets", "--all-packets has no effect: it is for --timeline\n" },
	{ "synfin -r f --timeline --all-packets --state-names=ss", "" },
	{ "synfin -i eth0 -r f", "--interface has no effect: it is for live captures\n" },
	{ "synfin -s 64 -Q in -r f", "--snapshot-length has no effect: it is for live captures\n--direction has no effect: it is for live captures\n" },
	{ "synfin -w f -W 3 --ring 2", "-W has no effect: it is for files of -C or -G\n--ring has no effect: it is for files of -C or -G\n" },
	{ "synfin -w f -G 60 -W 3 --ring 2 -z gzip", "" },
	{ "synfin -z gzip", "-z has no effect: it is for saving with -w\n" },
	{ "synfin -C 1 -G 60", "-C has no effect: it is for saving with -w\n-G has no effect: it is for saving with -w\n" },
	{ "synfin -w f --idle=3", "--idle has no effect: it is for tracked connections, and none are tracked\n" },
	{ "synfin -w f --idle=3 --expect=reset", "" },
	{ "synfin --count -r f --merge-copies", "--merge-copies has no effect: it is for tracked connections, and none are tracked\n" },
	{ "synfin -F f tcp", "the expression on the command line is ignored: -F takes it from a file\n" },
	/* Habits, and what tcpdump is silent about where it is to be replaced. */
	{ "synfin -pnnvl -s 0 -r f -w g -c 3 -e -tttt -X --connections --print", "-t has no effect: it is for lines that begin with a time\n"
	  "-e has no effect: it is for lines of packets\n-X has no effect: it is for lines of packets\n" },
	{ "synfin -pnnvlU -s 0 --json -r f", "" },
	{ "tcpdump -i eth0 -r f -C 3 -s 64 -F g tcp", "" },
	{ "synfin --plain -i eth0 -r f -C 3", "" },
	{ "synfin --width=80 --glossary", "" },
	{ "synfin -D -X --count", "" },
};

START_TEST(without_effect)
{
	char line[128];
	snprintf(line, sizeof line, "%s", remarks[_i].line);
	struct options o = parsed(line);
	remarked[0] = '\0';
	options_remarks(&o, remember);
	ck_assert_str_eq(remarked, remarks[_i].text);
	options_free(&o);
}
END_TEST

START_TEST(tracking)
{
	struct options o = PARSED("synfin --time-wait 240 --idle=3600 --vlan-blind");
	ck_assert_uint_eq(o.time_wait_s, 240);
	ck_assert_uint_eq(o.idle_s, 3600);
	ck_assert(o.vlan_blind && !o.merge_copies);
	ck_assert(PARSED("synfin --merge-copies").merge_copies);
}
END_TEST

static Suite *the_suite(void)
{
	Suite *suite = suite_create("options");
	TCase *tests = tcase_create("options");
	tcase_add_test(tests, the_table_is_sound);
	tcase_add_test(tests, nothing_given);
	tcase_add_test(tests, counts_and_flags);
	tcase_add_test(tests, arguments);
	tcase_add_test(tests, rotation_and_lists);
	tcase_add_test(tests, numbers_as_tcpdump);
	tcase_add_test(tests, long_names);
	tcase_add_test(tests, the_later_one_counts);
	tcase_add_test(tests, abbreviations);
	tcase_add_test(tests, expression);
	tcase_add_test(tests, called_as_tcpdump);
	tcase_add_test(tests, actions);
	tcase_add_loop_test(tests, refused, 0, sizeof wrong / sizeof *wrong);
	tcase_add_test(tests, empty_names);
	tcase_add_test(tests, what_is_shown);
	tcase_add_loop_test(tests, without_effect, 0, sizeof remarks / sizeof *remarks);
	tcase_add_test(tests, tracking);
	suite_add_tcase(suite, tests);
	return suite;
}

int main(void)
{
	return suite_main(the_suite());
}
