/* SPDX-License-Identifier: BSD-3-Clause */
/* Eight bytes of an input choose a view and how it looks; any bytes are good, zeros are the program without options. */
#ifndef SYNFIN_FUZZ_CHOICES_H
#define SYNFIN_FUZZ_CHOICES_H

#include "cli/options.h"
#include "image.h"

/* What no option of the program asks for. */
struct choices {
	struct options options;
	bool shows_screen; /* the table of connections is drawn now and then, as on a terminal */
	bool pauses;       /* the source pauses now and then */
	bool twice;        /* the run is made twice, and must give the same */
};

/* options.filter stays NULL; nothing is to be freed. */
void choices_make(struct choices *choices, const uint8_t bytes[IMAGE_CHOICES]);
/* The enum checks_allowed bits of the output. */
unsigned choices_allowed(const struct choices *choices);

#endif
