/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The command line. One table (option_table.c) names every option; the parser, --help and whatever completes words in a shell are made
 * from it. Parsing has no effect but the struct it fills: it prints nothing, opens nothing and looks at no environment.
 */
#ifndef SYNFIN_CLI_OPTIONS_H
#define SYNFIN_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <synfin/source.h>
#include <synfin/status.h>

#include "views/selection.h"

enum { EXIT_RUN_TIME = 1, EXIT_USAGE = 2, EXIT_UNMET = 3 };

/* What the program is to do instead of reading packets. */
enum options_action { ACTION_PACKETS, ACTION_HELP, ACTION_VERSION, ACTION_LIST_INTERFACES, ACTION_GLOSSARY };

/* What is shown, and in which form. */
enum options_view { VIEW_PACKETS, VIEW_EVENTS, VIEW_CONNECTIONS, VIEW_TIMELINE, VIEW_EXPLAIN, VIEWS };
enum options_format { FORMAT_TEXT, FORMAT_JSON, FORMAT_CSV, FORMAT_ZEEK, FORMAT_ECS, FORMAT_MERMAID, FORMATS };

enum options_charset { CHARSET_AUTO, CHARSET_ASCII, CHARSET_UNICODE };

enum options_when { WHEN_AUTO, WHEN_ALWAYS, WHEN_NEVER };

/* The most entries that the option table may have. */
enum { OPTIONS_MAX = 128 };

struct options {
	const char *program;        /* the name it was called by, without directories */
	bool as_tcpdump;            /* ... which is tcpdump: plain lines, tcpdump's exit status, none of synfin's own options */
	bool unreadable;            /* an option is unknown or lacks its argument: as against a wrong argument, tcpdump then prints its usage */
	unsigned action;            /* enum options_action */
	bool given[OPTIONS_MAX];    /* entry N of the option table was given */
	unsigned views_named;       /* bit N: an option asked for view N ... */
	unsigned formats_named;     /* ... for format N */

	const char *interface;
	const char *read_file;      /* -r: the last one, which is tcpdump's */
	const char **read_files;    /* ... and all, which are merged */
	size_t read_count;
	const char *list_file;      /* -V */
	const char *write_file;
	const char *finished_command; /* -z */
	uint64_t rotate_bytes;      /* -C; 0: no limit */
	uint64_t stop_bytes;        /* --stop-bytes; 0: no limit */
	uint32_t rotate_seconds;    /* -G; 0: no limit */
	uint32_t file_limit;        /* -W; 0: no limit */
	uint32_t ring;              /* --ring; 0: all files stay */
	uint32_t duration_s;        /* --duration; 0: no limit */
	const char *user;           /* -Z */
	bool no_sandbox;            /* --no-sandbox */
	const char *filter_file;
	char *filter;               /* the expression's words joined by blanks, or the glossary's term; NULL without any. To be freed by options_free() */
	uint32_t snapshot_length;
	uint32_t buffer_kib;
	uint32_t count;             /* 0: no limit */
	uint32_t max_connections;
	uint32_t time_wait_s;       /* 0: the engine's default, as for max_connections and idle_s */
	uint32_t idle_s;
	unsigned direction;         /* enum synfin_direction */
	const char *link_type;
	bool no_promiscuous;
	bool immediate;
	bool nanoseconds;
	bool no_optimize;
	bool list_link_types;
	bool vlan_blind;
	bool merge_copies;
	unsigned dump_code;         /* count of -d */

	unsigned verbose, quick, numeric, hex, hex_ascii, ascii, time; /* counts of -v -q -n -x -X -A -t */
	bool number, link_header, absolute, no_checksums;
	const char *md5_secret;     /* -M */
	bool host_only;             /* -N */
	bool resolve;               /* --resolve */
	uint32_t resolve_wait_ms;   /* --resolve-wait */
	bool count_only;
	bool print;
	bool annotate;              /* --annotate */
	const char *select;         /* --select: an expression of views/select.h */
	bool line_buffered;
	bool packet_buffered;
	bool plain;
	bool all_packets;

	unsigned view;              /* enum options_view */
	unsigned format;            /* enum options_format */
	struct selection selection; /* --connection, --only, --state, --event */
	uint32_t width;             /* columns; 0: the terminal's */
	unsigned charset;           /* enum options_charset */
	unsigned state_names;       /* enum state_names */
	unsigned sort;              /* enum ranking_sort of views/ranking.h */
	uint32_t top;               /* 0: no limit */
	bool quiet;                 /* --quiet */
	bool no_config;             /* --no-config */
	bool no_lint;               /* --no-lint */
	char *config_text;          /* what config.c has read, to be freed by options_free() */
	const char *expect;         /* an expression of views/expect.h */
	unsigned colour;            /* enum options_when */
	unsigned bracket;           /* enum options_when */
	const char *language;       /* --lang: two letters; NULL: the environment's */
};

enum option_group { GROUP_SOURCE, GROUP_FILTER, GROUP_SAVE, GROUP_VIEW, GROUP_TIMELINE, GROUP_LINE, GROUP_ANNOTATION, GROUP_TRACKING, GROUP_GENERAL, OPTION_GROUPS };

struct option_entry;

/* Take an option into the struct; `value` is its argument or NULL, `shown` the option as the user wrote it, for messages. */
typedef int option_take_fn(struct options *options, const struct option_entry *entry, const char *shown, const char *value,
	struct synfin_error *error);

struct option_entry {
	const char *name;           /* long name, or NULL */
	char letter;                /* or 0 */
	bool own;                   /* synfin's, not tcpdump's */
	bool configurable;          /* may stand in the user's configuration file */
	uint8_t group;              /* enum option_group */
	const char *argument;       /* what --help calls its argument; NULL if it has none */
	const char *help;           /* one line; NULL: not in --help (aliases, and what is refused) */
	option_take_fn *take;
	size_t field;               /* offset in struct options of what most take functions set */
	const char *what;           /* a number's name in messages; the reason of a refusal; the words of a choice */
	uint32_t least, most;       /* a number's range; the value that a choice-less option sets is `least` */
};

/* The table ends with an entry whose take is NULL. */
extern const struct option_entry option_table[];

/*
 * Parse argv (which is permuted: options may follow the expression). 0, or SYNFIN_E_ARGUMENT or SYNFIN_E_MEMORY with *error filled. After
 * ACTION_HELP and ACTION_VERSION the rest of the command line is not looked at. options_free() is due in any case.
 */
int options_parse(struct options *options, int argc, char **argv, struct synfin_error *error);
void options_free(struct options *options);
/* 2 for a wrong command line; 1 where tcpdump's status is expected. */
int options_usage_status(const struct options *options);

#endif
