/* SPDX-License-Identifier: BSD-3-Clause */
/* What the option table's entries do with an option: see option_take_fn. */
#ifndef SYNFIN_CLI_OPTION_TAKE_H
#define SYNFIN_CLI_OPTION_TAKE_H

#include "cli/options.h"

enum selection_list { LIST_CONNECTIONS, LIST_PARTS, LIST_STATES, LIST_EVENTS };

option_take_fn take_flag;       /* bool field: true */
option_take_fn take_count;      /* unsigned field: one more */
option_take_fn take_text;       /* const char * field */
option_take_fn take_name;       /* const char * field: not empty; `what` says the name of what is due */
option_take_fn take_file;       /* -r, which may be given several times */
option_take_fn take_number;     /* uint32_t field: decimal, from least to most */
option_take_fn take_size;       /* uint64_t field: bytes, given in millions */
option_take_fn take_period;     /* -G: a number of seconds; 0, which tcpdump takes and ignores, with --plain only */
option_take_fn take_duration;   /* uint32_t field: seconds; a unit may follow */
option_take_fn take_bytes;      /* uint64_t field: bytes; a unit may follow */
option_take_fn take_action;     /* options->action: least */
option_take_fn take_snapshot;   /* -s: a number, 0 being the most */
option_take_fn take_link_type;  /* -y */
option_take_fn take_precision;  /* --time-stamp-precision: micro or nano */
option_take_fn take_unit;       /* --micro and --nano: `least` says whether nanoseconds */
option_take_fn take_direction;  /* -Q */
option_take_fn take_choice;     /* unsigned field: least */
option_take_fn take_word;       /* unsigned field: the place in `what` of one of the words there, parted by blanks */
option_take_fn take_when;       /* unsigned field: auto, always or never */
option_take_fn take_language;   /* --lang: en or ja */
option_take_fn take_charset;    /* --charset: auto, ascii or unicode */
option_take_fn take_names;      /* --state-names: rfc, netstat, ss or windows */
option_take_fn take_selection;  /* words of options->selection; `least` says which, enum selection_list */
option_take_fn take_expect;     /* --expect: const char * field, looked at */
option_take_fn take_select;     /* --select: const char * field, looked at */
option_take_fn take_nothing;    /* accepted and ignored */
option_take_fn take_refusal;    /* not supported; `what` says why */

#endif
