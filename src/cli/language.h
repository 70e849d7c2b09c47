/* SPDX-License-Identifier: BSD-3-Clause */
/* In which language synfin speaks. */
#ifndef SYNFIN_CLI_LANGUAGE_H
#define SYNFIN_CLI_LANGUAGE_H

#include <stdbool.h>

/* Languages are called by their two letters. */
enum { LANGUAGE_LETTERS = 2 };

/*
 * The language that the environment asks for, as gettext(3) does: LC_ALL, LC_MESSAGES or LANG, the first that is not empty; if it is no C or
 * POSIX, LANGUAGE lists what is liked better. `locale` is what these three say, `codeset` that of the locale that is in force, or NULL
 * if it could not be set: what is not written in UTF-8 gets English. Writes two letters and a NUL; "en" if nothing else is known.
 */
void language_of_environment(char name[LANGUAGE_LETTERS + 1], const char *locale, const char *language, const char *codeset);
/* Whether there is a translation into that language, or it is English. */
bool language_known(const char *name);
/*
 * Speak the language `name` ("ja"), or with NULL that of the environment, after setlocale(). `program` is argv[0]: a program that was not
 * installed finds its catalogues beside it. false if a language that was named has no catalogue: then it is English.
 */
bool language_use(const char *name, const char *program);
/* For the end of the program; English from here on. */
void language_free(void);

#endif
