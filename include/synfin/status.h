/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What library functions return, and the record in which they say why.
 *
 * A function that can fail returns 0 (SYNFIN_OK) or a positive count on success and one of the negative values below on failure.
 * Where it takes a struct synfin_error it fills it on failure and leaves it alone on success. Malformed traffic is never an error:
 * it is data, shown as fault flags in a packet and as events.
 */
#ifndef SYNFIN_STATUS_H
#define SYNFIN_STATUS_H

#include <synfin/api.h>

SYNFIN_DECLARATIONS_BEGIN

enum synfin_status {
	SYNFIN_OK = 0,
	SYNFIN_E_MEMORY = -1,      /* an allocation failed */
	SYNFIN_E_ARGUMENT = -2,    /* the caller passed something unusable */
	SYNFIN_E_IO = -3,          /* the system refused a read or a write */
	SYNFIN_E_NO_FILE = -4,     /* no such file */
	SYNFIN_E_NO_INTERFACE = -5, /* no such network interface, or it is not up */
	SYNFIN_E_PERMISSION = -6,  /* not allowed: a capability or root is missing */
	SYNFIN_E_FORMAT = -7,      /* not a capture file, or a damaged one */
	SYNFIN_E_FILTER = -8,      /* the filter expression does not compile */
	SYNFIN_E_LINK_TYPE = -9,   /* frames of a link type that cannot be decoded */
	SYNFIN_E_UNSUPPORTED = -10, /* this build or this system cannot do that */
	SYNFIN_E_PIPE = -11,       /* the reader of the output went away (EPIPE): an end, not a complaint */
};

/* Why a call failed. `text` is one line of English without a newline; `where` names the file, interface or expression, or is "". */
struct synfin_error {
	int code; /* enum synfin_status */
	char text[512];
	char where[256];
};

/* A short English phrase for a status; never NULL, static storage. */
const char *synfin_status_text(int status);

SYNFIN_DECLARATIONS_END

#endif
