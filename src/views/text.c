/* SPDX-License-Identifier: BSD-3-Clause */
#include "views/text.h"

#include <stddef.h>

/* One language for the whole process: a reader does not change between two lines. */
static struct {
	views_translate_fn *translate;
	void *context;
} language;

void views_text_use(views_translate_fn *translate, void *context)
{
	language.translate = translate;
	language.context = context;
}

const char *views_text(const char *english)
{
	/* A catalogue keeps its own header under the empty message. */
	const char *found = language.translate && *english ? language.translate(language.context, english) : NULL;
	return found ? found : english;
}

bool views_text_translated(void)
{
	return language.translate != NULL;
}
