/* SPDX-License-Identifier: BSD-3-Clause */
/* The fields of an expression (select.h), and how one is compared. */
#ifndef SYNFIN_VIEWS_SELECT_FIELD_H
#define SYNFIN_VIEWS_SELECT_FIELD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "views/record.h"

enum field_kind {
	FIELD_NUMBER,
	FIELD_DURATION, /* ns */
	FIELD_BOOL,
	FIELD_WORD,     /* const char *, NULL for null */
	FIELD_TEXT,     /* char [] */
	FIELD_TIME,     /* ns since the epoch, compared as the JSON's text */
	FIELD_ADDRESS,
	FIELD_NOTES,    /* any of the words of the JSON's array */
	FIELD_VLAN,     /* either of the tags */
};

/* Of two members, what is compared. */
enum field_both { FIELD_ONE, FIELD_SUM, FIELD_DIFFERENCE, FIELD_EITHER };
/* When a number is not known. */
enum field_absent { ABSENT_NEVER, ABSENT_NEGATIVE, ABSENT_ZERO, ABSENT_UNLESS };

struct field {
	const char *name;
	enum field_kind kind;
	enum field_both both;
	enum field_absent absent;
	size_t size;      /* bytes of a number */
	size_t place;     /* offset in struct connection_record ... */
	size_t second;    /* ... of the other member, */
	size_t unless;    /* and of what must not be 0 for the number to be known */
	size_t unless_size;
	const char *words; /* that a FIELD_WORD can be, parted by blanks; NULL: any */
};

enum comparison { COMPARE_EQUAL, COMPARE_NOT_EQUAL, COMPARE_LESS, COMPARE_NOT_MORE, COMPARE_MORE, COMPARE_NOT_LESS, COMPARE_CONTAINS };

struct value {
	bool is_null;
	int64_t number;      /* also true and false */
	const char *text;    /* of `length` bytes */
	size_t length;
	struct synfin_address address; /* compared in its first `bits` */
	unsigned bits;
};

/* The field of that name, or NULL. */
const struct field *field_find(const char *name, size_t length);
bool field_is_number(const struct field *field);
bool field_compare(const struct field *field, const struct connection_record *record, enum comparison comparison, const struct value *value);

#endif
