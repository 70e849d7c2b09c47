/* SPDX-License-Identifier: BSD-3-Clause */
/* Every option there is. The order within a group is the order in --help; names and letters are tcpdump's unless `own` is set. */
#include "cli/option_take.h"

#include <limits.h>

#include "views/timeline.h"

#define FIELD(name) .field = offsetof(struct options, name)
#define FLAG(name) .take = take_flag, FIELD(name)
#define COUNT(name) .take = take_count, FIELD(name)
#define TEXT(name) .take = take_text, FIELD(name)
#define NAME(name, words) .take = take_name, FIELD(name), .what = (words)
#define NUMBER(name, words, from, to) .take = take_number, FIELD(name), .what = (words), .least = (from), .most = (to)
#define CHOICE(name, value) .take = take_choice, FIELD(name), .least = (value)
#define WORD(name, words) .take = take_word, FIELD(name), .what = (words)
#define REFUSED(reason) .take = take_refusal, .what = (reason)

#define FOREIGN "synfin analyzes TCP; tcpdump can do this"

const struct option_entry option_table[] = {
	{ "interface", 'i', .group = GROUP_SOURCE, .argument = "IF", .help = "capture on IF: a name, a number of -D, or any", NAME(interface, "an interface") },
	{ NULL, 'r', .group = GROUP_SOURCE, .argument = "FILE", .help = "read FILE (pcap or pcapng; - is standard input); several are merged by time (with --plain the last counts)",
	  .take = take_file, .what = "a file" },
	{ NULL, 'V', .group = GROUP_SOURCE, .argument = "FILE", .help = "read the files that FILE lists, one on each line", NAME(list_file, "a file") },
	{ "list-interfaces", 'D', .group = GROUP_SOURCE, .help = "list the interfaces and exit", .take = take_action, .least = ACTION_LIST_INTERFACES },
	{ "list-data-link-types", 'L', .group = GROUP_SOURCE, .help = "list the link types of the interface and exit", FLAG(list_link_types) },
	{ "linktype", 'y', .group = GROUP_SOURCE, .argument = "TYPE", .help = "capture with link type TYPE, see -L", .take = take_link_type,
	  .what = "data link type" },
	{ NULL, 'c', .group = GROUP_SOURCE, .argument = "N", .help = "stop after N packets", NUMBER(count, "packet count", 1, INT_MAX) },
	{ "duration", .own = true, .group = GROUP_SOURCE, .argument = "TIME", .help = "stop after TIME: 90 (seconds), 15m, 2h, 1d",
	  .take = take_duration, FIELD(duration_s) },
	{ "stop-bytes", .own = true, .group = GROUP_SOURCE, .argument = "N", .help = "stop after N bytes, captured or written by -w: 500k, 20M, 1G",
	  .take = take_bytes, FIELD(stop_bytes) },
	{ "snapshot-length", 's', .group = GROUP_SOURCE, .argument = "N", .help = "capture at most N bytes of each packet", .take = take_snapshot,
	  FIELD(snapshot_length), .what = "snaplen", .most = 262144 },
	{ "buffer-size", 'B', .group = GROUP_SOURCE, .argument = "N", .help = "let the kernel buffer N KiB",
	  NUMBER(buffer_kib, "packet buffer size", 1, INT_MAX / 1024) },
	{ "direction", 'Q', .group = GROUP_SOURCE, .argument = "WAY", .help = "capture packets going in, out or inout (default)", .take = take_direction },
	{ "no-promiscuous-mode", 'p', .group = GROUP_SOURCE, .help = "do not ask for packets to other stations", FLAG(no_promiscuous) },
	{ "immediate-mode", .group = GROUP_SOURCE, .help = "take packets as they come, without buffering", FLAG(immediate) },
	{ "relinquish-privileges", 'Z', .group = GROUP_SOURCE, .argument = "USER", .help = "when started by root: go on as USER", NAME(user, "a user") },
	{ "time-stamp-precision", .group = GROUP_SOURCE, .argument = "UNIT", .help = "time stamps in micro or nano seconds",
	  .take = take_precision },
	{ "micro", .group = GROUP_SOURCE, .help = "--time-stamp-precision=micro, the default", .take = take_unit, .least = 0 },
	{ "nano", .group = GROUP_SOURCE, .help = "--time-stamp-precision=nano", .take = take_unit, .least = 1 },

	{ NULL, 'F', .group = GROUP_FILTER, .argument = "FILE", .help = "take the filter from FILE instead", NAME(filter_file, "a file") },
	{ "no-optimize", 'O', .group = GROUP_FILTER, .help = "do not optimize the filter's code", FLAG(no_optimize) },
	{ "no-lint", .own = true, .group = GROUP_FILTER, .help = "do not remark on what a filter may not mean", FLAG(no_lint) },
	{ NULL, 'd', .group = GROUP_FILTER, .help = "print the filter's code; -dd as C, -ddd numbers", COUNT(dump_code) },

	{ NULL, 'w', .group = GROUP_SAVE, .argument = "FILE", .help = "write to FILE (- is stdout) instead of printing", NAME(write_file, "a file") },
	{ NULL, 'C', .group = GROUP_SAVE, .argument = "N", .help = "begin a new file after N million bytes", .take = take_size, FIELD(rotate_bytes),
	  .what = "file size" },
	{ NULL, 'G', .group = GROUP_SAVE, .argument = "N", .help = "begin a new file every N seconds; its name may hold %H:%M",
	  .take = take_period, FIELD(rotate_seconds), .what = "number of seconds", .most = INT_MAX },
	{ NULL, 'W', .group = GROUP_SAVE, .argument = "N", .help = "at most N files: with -C in turn; with -G, end",
	  NUMBER(file_limit, "number of output files", 1, INT_MAX) },
	{ "ring", .own = true, .group = GROUP_SAVE, .argument = "N", .help = "with -C or -G: keep the newest N files only",
	  NUMBER(ring, "number of files", 1, 1000000) },
	{ NULL, 'z', .group = GROUP_SAVE, .argument = "COMMAND", .help = "run COMMAND FILE for each finished file, without a shell",
	  NAME(finished_command, "a program") },
	{ "annotate", .own = true, .group = GROUP_SAVE, .help = "with -w FILE.pcapng: say beside each packet what it is", FLAG(annotate) },
	{ "print", .group = GROUP_SAVE, .help = "with -w: print them as well", FLAG(print) },
	{ "packet-buffered", 'U', .group = GROUP_SAVE, .help = "write out each packet at once, also with -w", FLAG(packet_buffered) },

	{ "packets", .own = true, .group = GROUP_VIEW, .help = "each packet, the default", CHOICE(view, VIEW_PACKETS) },
	{ "events", .own = true, .group = GROUP_VIEW, .help = "each event: retransmission, reset, handshake complete ...", CHOICE(view, VIEW_EVENTS) },
	{ "connections", .own = true, .group = GROUP_VIEW, .help = "each connection, in a table; live on a terminal", CHOICE(view, VIEW_CONNECTIONS) },
	{ "timeline", .own = true, .group = GROUP_VIEW, .help = "each connection as a ladder between its two ends", CHOICE(view, VIEW_TIMELINE) },
	{ "explain", .own = true, .group = GROUP_VIEW, .help = "each packet in words, for learners", CHOICE(view, VIEW_EXPLAIN) },
	{ "format", .own = true, .group = GROUP_VIEW, .argument = "FORM", .help = "text, json, csv, zeek (conn.log), ecs, mermaid",
	  WORD(format, "text json csv zeek ecs mermaid") },
	{ "json", .own = true, .group = GROUP_VIEW, .help = "--format=json, one object a line; see synfin-json(5)",
	  CHOICE(format, FORMAT_JSON) },
	{ "select", .own = true, .group = GROUP_VIEW, .argument = "EXPR", .help = "only connections like 'outcome == reset'; also with -w",
	  .take = take_select, FIELD(select) },
	{ "sort", .own = true, .group = GROUP_VIEW, .argument = "BY", .help = "connections: most bytes, age, rtt, retransmissions, packets",
	  WORD(sort, "appearance bytes age rtt retransmissions packets") },
	{ "top", .own = true, .group = GROUP_VIEW, .argument = "N", .help = "connections: only the first N", NUMBER(top, "number", 1, 10000000) },
	{ "width", .own = true, .group = GROUP_VIEW, .argument = "N", .help = "use N columns; a timeline shows more from 120 on",
	  NUMBER(width, "width", TIMELINE_WIDTH_MIN, TIMELINE_WIDTH_MAX) },

	{ "connection", .own = true, .group = GROUP_TIMELINE, .argument = "LIST", .help = "only these: 3,c7,192.0.2.80,192.0.2.80:443",
	  .take = take_selection, .least = LIST_CONNECTIONS },
	{ "only", .own = true, .group = GROUP_TIMELINE, .argument = "LIST", .help = "only handshake, teardown, problem",
	  .take = take_selection, .least = LIST_PARTS },
	{ "state", .own = true, .group = GROUP_TIMELINE, .argument = "LIST", .help = "only while an end is in such a state: TIME_WAIT,...",
	  .take = take_selection, .least = LIST_STATES },
	{ "event", .own = true, .group = GROUP_TIMELINE, .argument = "LIST", .help = "only packets with such an event: reset,...",
	  .take = take_selection, .least = LIST_EVENTS },
	{ "all-packets", .own = true, .group = GROUP_TIMELINE, .help = "do not take long runs of data together", FLAG(all_packets) },

	{ NULL, 'n', .group = GROUP_LINE, .help = "print numbers instead of names", COUNT(numeric) },
	{ NULL, 'N', .group = GROUP_LINE, .help = "print host names without their domain", FLAG(host_only) },
	{ "resolve", .own = true, .group = GROUP_LINE, .help = "ask DNS for names, without waiting for it", FLAG(resolve) },
	{ "resolve-wait", .own = true, .group = GROUP_LINE, .argument = "MS", .help = "at the end wait up to MS milliseconds for DNS",
	  NUMBER(resolve_wait_ms, "number of milliseconds", 0, 600000) },
	{ "number", '#', .group = GROUP_LINE, .help = "print the packet's number first", FLAG(number) },
	{ NULL, 't', .group = GROUP_LINE, .help = "no time; -tt epoch -ttt delta -tttt date -ttttt elapsed", COUNT(time) },
	{ NULL, 'e', .group = GROUP_LINE, .help = "print the link-level header", FLAG(link_header) },
	{ NULL, 'v', .group = GROUP_LINE, .help = "print more of each header; -vv and -vvv more yet", COUNT(verbose) },
	{ NULL, 'q', .group = GROUP_LINE, .help = "print less of each header", COUNT(quick) },
	{ "absolute-tcp-sequence-numbers", 'S', .group = GROUP_LINE, .help = "TCP sequence numbers as they are", FLAG(absolute) },
	{ "dont-verify-checksums", 'K', .group = GROUP_LINE, .help = "do not verify checksums", FLAG(no_checksums) },
	{ NULL, 'M', .group = GROUP_LINE, .argument = "SECRET", .help = "verify the TCP-MD5 option with this secret", TEXT(md5_secret) },
	{ NULL, 'x', .group = GROUP_LINE, .help = "bytes in hex; -xx with the link header", COUNT(hex) },
	{ NULL, 'X', .group = GROUP_LINE, .help = "bytes in hex and ASCII; -XX with the link header", COUNT(hex_ascii) },
	{ NULL, 'A', .group = GROUP_LINE, .help = "bytes in ASCII; -AA with the link header", COUNT(ascii) },
	{ NULL, 'l', .group = GROUP_LINE, .help = "write out each line at once", FLAG(line_buffered) },
	{ "count", .group = GROUP_LINE, .help = "with -r: print only the number of packets", FLAG(count_only) },

	{ "plain", .own = true, .group = GROUP_ANNOTATION, .help = "tcpdump's lines alone, and its exit status", FLAG(plain) },
	{ "color", .own = true, .configurable = true, .group = GROUP_ANNOTATION, .argument = "WHEN", .help = "colours: auto (on a terminal), always, never",
	  .take = take_when, FIELD(colour) },
	{ "colour", .own = true, .configurable = true, .group = GROUP_ANNOTATION, .argument = "WHEN", .take = take_when, FIELD(colour) },
	{ "bracket", .own = true, .configurable = true, .group = GROUP_ANNOTATION, .argument = "WHEN", .help = "bracket handshakes and teardowns: the same",
	  .take = take_when, FIELD(bracket) },
	{ "charset", .own = true, .configurable = true, .group = GROUP_ANNOTATION, .argument = "SET", .help = "draw lines of ascii or unicode; auto: by the locale",
	  .take = take_charset },
	{ "state-names", .own = true, .configurable = true, .group = GROUP_ANNOTATION, .argument = "SET", .help = "name states as rfc, netstat, ss or windows do",
	  .take = take_names },

	{ "max-connections", .own = true, .group = GROUP_TRACKING, .argument = "N", .help = "track at most N connections at once (1000000)",
	  NUMBER(max_connections, "number of connections", 1, 100000000) },
	{ "time-wait", .own = true, .group = GROUP_TRACKING, .argument = "SECONDS", .help = "how long TIME_WAIT lasts (60)",
	  NUMBER(time_wait_s, "time", 1, 86400) },
	{ "idle", .own = true, .group = GROUP_TRACKING, .argument = "SECONDS", .help = "give up a connection silent for so long (86400)",
	  NUMBER(idle_s, "time", 1, INT_MAX) },
	{ "vlan-blind", .own = true, .group = GROUP_TRACKING, .help = "copies with different VLAN tags are one connection", FLAG(vlan_blind) },
	{ "merge-copies", .own = true, .group = GROUP_TRACKING, .help = "show once what several interfaces captured", FLAG(merge_copies) },

	{ "quiet", .own = true, .group = GROUP_GENERAL, .help = "no progress bar, no notes on files, no statistics", FLAG(quiet) },
	{ "no-config", .own = true, .group = GROUP_GENERAL, .help = "do not read ~/.config/synfin/config", FLAG(no_config) },
	{ "no-sandbox", .own = true, .group = GROUP_GENERAL, .help = "go without the sandbox: see SECURITY",
	  FLAG(no_sandbox) },
	{ "expect", .own = true, .group = GROUP_GENERAL, .argument = "EXPR", .help = "exit with 3 unless EXPR: no-reset, connections>=3",
	  .take = take_expect, FIELD(expect) },
	{ "help", 'h', .group = GROUP_GENERAL, .help = "print this and exit", .take = take_action, .least = ACTION_HELP },
	{ "glossary", .own = true, .group = GROUP_GENERAL, .help = "explain the TERM that follows, or all, and exit",
	  .take = take_action, .least = ACTION_GLOSSARY },
	{ "lang", .own = true, .configurable = true, .group = GROUP_GENERAL, .argument = "LANG", .help = "speak en or ja instead of the locale's language",
	  .take = take_language },
	{ "version", .group = GROUP_GENERAL, .help = "print the version and exit", .take = take_action, .least = ACTION_VERSION },

	{ NULL, 'a', .take = take_nothing }, /* historic */
	{ NULL, 'b', REFUSED(FOREIGN) },
	{ NULL, 'E', .argument = "SECRET", REFUSED(FOREIGN) },
	{ NULL, 'f', REFUSED("--resolve waits for nobody, so there is no need") },
	{ NULL, 'H', REFUSED(FOREIGN) },
	{ "monitor-mode", 'I', REFUSED(FOREIGN) },
	{ "time-stamp-type", 'j', .argument = "TYPE", REFUSED(FOREIGN) },
	{ "list-time-stamp-types", 'J', REFUSED(FOREIGN) },
	{ NULL, 'm', .argument = "FILE", REFUSED(FOREIGN) },
	{ NULL, 'T', .argument = "TYPE", REFUSED(FOREIGN) },
	{ NULL, 'u', REFUSED(FOREIGN) },
	{ "debug-filter-parser", 'Y', REFUSED(FOREIGN) },
	{ "fp-type", REFUSED(FOREIGN) },
	{ .take = NULL },
};
