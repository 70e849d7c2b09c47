/* SPDX-License-Identifier: BSD-3-Clause */
#include "cli/language.h"

#include <langinfo.h>
#include <limits.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#ifdef __linux__
#include <sys/auxv.h>
#else
#include <unistd.h>
#endif

#include "cli/catalogue.h"
#include "views/text.h"

#define ENGLISH "en"

/* Those of src/po, and the one that the sources are written in. */
static const char *const known[] = { ENGLISH, "ja" };

static struct catalogue spoken;

bool language_known(const char *name)
{
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (strcmp(known[i], name) == 0)
			return true;
	return false;
}

/* "ja" of "ja", "ja_JP", "ja_JP.UTF-8" or "ja@x". */
static bool is_language(const char *locale, size_t length, const char *name)
{
	return length >= LANGUAGE_LETTERS && memcmp(locale, name, LANGUAGE_LETTERS) == 0 &&
		(length == LANGUAGE_LETTERS || strchr("_.@", locale[LANGUAGE_LETTERS]));
}

static const char *known_language(const char *locale, size_t length)
{
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (is_language(locale, length, known[i]))
			return known[i];
	return NULL;
}

static bool is_utf8(const char *codeset, size_t length)
{
	return (length == 5 && strncasecmp(codeset, "UTF-8", 5) == 0) || (length == 4 && strncasecmp(codeset, "UTF8", 4) == 0);
}

/* By the locale's name; if that does not tell, by the locale itself. One that is not installed is taken for what systems use today. */
static bool writes_utf8(const char *locale, const char *codeset)
{
	const char *dot = strchr(locale, '.');
	if (dot)
		return is_utf8(dot + 1, strcspn(dot + 1, "@"));
	return !codeset || is_utf8(codeset, strlen(codeset));
}

void language_of_environment(char name[LANGUAGE_LETTERS + 1], const char *locale, const char *language, const char *codeset)
{
	memcpy(name, ENGLISH, sizeof ENGLISH);
	if (!locale || !*locale || strcmp(locale, "C") == 0 || strcmp(locale, "POSIX") == 0 || !writes_utf8(locale, codeset))
		return;
	if (!language || !*language)
		language = locale;
	while (*language) {
		size_t length = strcspn(language, ":");
		const char *found = known_language(language, length);
		if (found) {
			memcpy(name, found, LANGUAGE_LETTERS + 1);
			return;
		}
		language += length + (language[length] == ':');
	}
}

/* What POSIX calls the locale of messages, whether it is installed or not. */
static const char *named_locale(void)
{
	static const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const char *value = getenv(names[i]);
		if (value && *value)
			return value;
	}
	return NULL;
}

static bool read_from(const char *directory, size_t length, const char *name)
{
	char path[PATH_MAX];
	int used = snprintf(path, sizeof path, "%.*s/%s/LC_MESSAGES/synfin.mo", (int)length, directory, name);
	return used > 0 && (size_t)used < sizeof path && catalogue_read(&spoken, path) == 0;
}

/* Whether the program has rights that its caller does not have: the file's owner's (set-user-ID), or capabilities. */
static bool has_rights_of_its_own(void)
{
#ifdef __linux__
	return getauxval(AT_SECURE) != 0;
#else
	return issetugid() != 0;
#endif
}

/*
 * In a build directory, build/locale lies beside build/synfin. Whose word that is, is the caller's to choose; and a catalogue's texts are
 * formats, by which one who made them could write where he likes in a program that has more rights than he.
 */
static bool read_beside(const char *program, const char *name)
{
	char path[PATH_MAX + sizeof "/locale"];
	if (!program || !strchr(program, '/') || has_rights_of_its_own() || !realpath(program, path))
		return false;
	char *slash = strrchr(path, '/');
	memcpy(slash, "/locale", sizeof "/locale");
	return read_from(path, strlen(path), name);
}

bool language_use(const char *name, const char *program)
{
	char asked[LANGUAGE_LETTERS + 1];
	if (!name) {
		const char *locale = setlocale(LC_CTYPE, NULL);
		bool in_force = locale && strcmp(locale, "C") != 0 && strcmp(locale, "POSIX") != 0;
		language_of_environment(asked, named_locale(), getenv("LANGUAGE"), in_force ? nl_langinfo(CODESET) : NULL);
	}
	const char *wanted = name ? name : asked;
	language_free();
	if (strcmp(wanted, ENGLISH) == 0)
		return true;
	if (!read_beside(program, wanted) && !read_from(SYNFIN_LOCALEDIR, strlen(SYNFIN_LOCALEDIR), wanted))
		return !name;
	views_text_use(catalogue_translate, &spoken);
	return true;
}

void language_free(void)
{
	views_text_use(NULL, NULL);
	catalogue_free(&spoken);
}
