/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Inside the DNS printer (dns*.c): a message and what the files need of each other.
 *
 * Positions are offsets from the first byte of the data (field.h) and may lie beyond the captured bytes; DNS_NOWHERE means that the
 * message ends, or makes no sense, before there is one. Whoever gets it ends the line with " [|domain]".
 */
#ifndef SYNFIN_LINES_DNS_H
#define SYNFIN_LINES_DNS_H

#include "lines/field.h"

#define DNS_NOWHERE SIZE_MAX

enum {
	DNS_HEADER = 12,
	DNS_CLASS_IN = 1,
	DNS_TYPE_OPT = 41,
	/* The top bit of a class in multicast DNS: RFC 6762 s5.4, s10.2. */
	DNS_MULTICAST_BIT = 0x8000,
};

struct dns_message {
	struct line *line;
	size_t start;   /* of the header: compressed names count from here */
	bool multicast;
};

/* dns_name.c. Both return the position behind the name. */
size_t dns_name_skip(struct line *line, size_t at);
size_t dns_name_put(const struct dns_message *message, size_t at);

/* dns_record.c: a question or a record at `at`; the position behind it. */
size_t dns_question_put(const struct dns_message *message, size_t at);
size_t dns_record_put(const struct dns_message *message, size_t at);

/* dns_data.c: a record's type and data. false if the data do not hold what the type demands. */
struct dns_record {
	const struct dns_message *message;
	uint16_t type;
	uint16_t class;
	uint16_t flags; /* of OPT: RFC 6891 s6.1.3 */
	uint16_t length;
	size_t at;      /* of the data */
	size_t end;     /* at + length */
};
void dns_type_put(struct line *line, uint16_t type);
bool dns_data_put(const struct dns_record *record);

/* dns_edns.c: the options of OPT between `at` and `end`. */
bool dns_edns_put(const struct dns_message *message, size_t at, size_t end);

#endif
