/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Words for people, in their language.
 *
 *     output_text(out, T("half-close"));                     what a reader reads
 *     static const char *const words[] = { N_("closed") };   marked where it stands, T(words[i]) where it is shown
 *     output_format(out, T("%u of %u"), a, b);               a translation may reorder: %2$u %1$u
 *
 * Catalogues (src/po/ja.po) are made with xgettext and msgfmt: "make po" collects what T() and N_() mark, and a test fails while one of
 * these has no translation. A view asks here and knows of no language; who translates is set by the program, which alone looks at the
 * locale. Without a translator, as in a program that uses the library, the words are English.
 *
 * Never translated: tcpdump's line, machine formats, names of states, of flags and of options.
 */
#ifndef SYNFIN_VIEWS_TEXT_H
#define SYNFIN_VIEWS_TEXT_H

#include <stdbool.h>

/* The translation in UTF-8, or NULL if there is none. */
typedef const char *views_translate_fn(void *context, const char *english);

/* From here on ask `translate` (NULL: stay English). Before any view is made; the setting is the process's. */
void views_text_use(views_translate_fn *translate, void *context);
/* The words in the reader's language; `english` itself without a translation. Never NULL. */
const char *views_text(const char *english) __attribute__((format_arg(1)));
/* Whether words are translated at all: then box lines and the like may be two cells wide on the reader's terminal. */
bool views_text_translated(void);

#define T(words) views_text(words)
#define N_(words) words

#endif
