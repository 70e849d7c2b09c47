/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Names of hosts, learned without asking anybody and without waiting.
 *
 * Who says a name counts: one from a source further down in the enum takes the place of one further up, never the other way round. Of
 * names from the same source the last one wins if packets, files of packets or DNS said them, for they say what holds now; the first one
 * wins if it stands in the system's file, as for the C library, or in the filter.
 *
 * Names may be lies: who can send a packet can send a DNS answer. So only what can be the name of a host is taken (letters, digits, '-'
 * and '_', and nothing that reads as an address), which also means that no name needs to be escaped anywhere; and what packets say never
 * displaces what the user or the system says.
 *
 * Memory is bounded. The system's file and the filter may name HOSTS_MOST addresses; what comes later is not taken. Of what is learned on
 * the way the oldest HOSTS_MOST addresses are forgotten first.
 */
#ifndef SYNFIN_NAMES_HOSTS_H
#define SYNFIN_NAMES_HOSTS_H

#include <stdbool.h>
#include <stddef.h>

#include <synfin/packet.h>
#include <synfin/status.h>

struct hosts;

enum hosts_source {
	HOSTS_ASKED,    /* no name at all: DNS is being asked, or has none */
	HOSTS_RESOLVED, /* what DNS answered */
	HOSTS_REVERSE,  /* a packet had the answer to a question for the name of an address */
	HOSTS_ANSWER,   /* ... for the address of a name: the name that was asked for */
	HOSTS_BLOCK,    /* the capture file lists it */
	HOSTS_FILE,     /* the system's file */
	HOSTS_FILTER,   /* the user's own words */
};

/* Of each of the two kinds above. */
#define HOSTS_MOST 65536
/* The longest name (RFC 1035 s2.3.4, as text). */
#define HOSTS_NAME_MAX 253
/* Addresses that wait to be asked about; others are remembered when they are met again. */
#define HOSTS_WANTED_MAX 256

/* Not ended by a NUL, and valid until a name is learned. text NULL: there is none. */
struct host_name {
	const char *text;
	size_t length;
};

/* host_only: hosts_name() leaves out the domain. SYNFIN_E_MEMORY, SYNFIN_E_IO. */
int hosts_create(struct hosts **hosts, bool host_only, struct synfin_error *error);
void hosts_destroy(struct hosts *hosts);
/* Take a name, less a dot at its end. false if it is none, is not worth more than what is known, or there is no room. */
bool hosts_learn(struct hosts *hosts, const struct synfin_address *address, const char *name, size_t length, enum hosts_source source);
/* Learn a file in the format of /etc/hosts. A file that cannot be read has no names, which is no error. */
void hosts_read(struct hosts *hosts, const char *path);
/* hosts may be NULL: nobody has a name. */
struct host_name hosts_name(struct hosts *hosts, const struct synfin_address *address);

/* From here on addresses that hosts_name() knows no name for are wanted, each once. */
void hosts_want(struct hosts *hosts);
/* The next one that is. */
bool hosts_next_wanted(struct hosts *hosts, struct synfin_address *address);

/* An IPv4 address as struct synfin_address has it. */
struct synfin_address hosts_ipv4(const uint8_t *four);

#endif
