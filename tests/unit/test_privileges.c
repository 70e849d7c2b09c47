/* SPDX-License-Identifier: BSD-3-Clause */
/* Who one goes on as, and that it is for good. What needs root is left out without it; tests/sandbox looks at the whole program. */
#include <errno.h>
#include <grp.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/confine.h"
#include "cli/privileges.h"
#include "suite.h"

static struct synfin_error error;

static bool is_root(void)
{
	if (getuid() == 0)
		return true;
	printf("privileges: not root: giving up root's rights is not tested\n");
	return false;
}

static const struct { const char *user, *sudo_uid, *sudo_gid; const char *name; long uid; bool chosen, invoking; } rows[] = {
	{ NULL, NULL, NULL, "nobody", -1, false, false },
	{ "root", NULL, NULL, "", 0, false, false },
	{ "root", "4321", "4321", "", 0, false, false },
	{ "daemon", NULL, NULL, "daemon", -1, true, false },
	{ "daemon", "4321", "4321", "daemon", -1, true, false },
	{ NULL, "54321", "54322", "uid 54321", 54321, false, true },
	{ NULL, "0", "0", "nobody", -1, false, false },
	{ NULL, "54321", NULL, "nobody", -1, false, false },
	{ NULL, "54321", "", "nobody", -1, false, false },
	{ NULL, "-1", "54322", "nobody", -1, false, false },
	{ NULL, "54321x", "54322", "nobody", -1, false, false },
	{ NULL, " 54321", "54322", "nobody", -1, false, false },
	{ NULL, "4294967295", "54322", "nobody", -1, false, false },
	{ NULL, "99999999999999999999", "54322", "nobody", -1, false, false },
};

static void set(const char *name, const char *value)
{
	if (value)
		setenv(name, value, 1);
	else
		unsetenv(name);
}

START_TEST(finds)
{
	struct user user;
	set("SUDO_UID", rows[_i].sudo_uid);
	set("SUDO_GID", rows[_i].sudo_gid);
	int status = privileges_find(&user, rows[_i].user, &error);
	ck_assert_int_eq(status, SYNFIN_OK);
	if (getuid() != 0) {
		ck_assert_str_eq(user.name, "");
		return;
	}
	ck_assert_str_eq(user.name, rows[_i].name);
	ck_assert_int_eq(user.chosen, rows[_i].chosen);
	ck_assert_int_eq(user.invoking, rows[_i].invoking);
	if (rows[_i].uid >= 0)
		ck_assert_int_eq(user.uid, rows[_i].uid);
	else
		ck_assert_int_ne(user.uid, 0);
}
END_TEST

START_TEST(finds_no_stranger)
{
	struct user user;
	if (!is_root())
		return;
	ck_assert_int_eq(privileges_find(&user, "no-such-user", &error), SYNFIN_E_ARGUMENT);
	ck_assert_str_eq(error.text, "Couldn't find user 'no-such-user'");
	ck_assert_int_eq(privileges_find(&user, "", &error), SYNFIN_E_ARGUMENT);
}
END_TEST

/* Run in a process of its own: 0 if all is as it should be, else the number of the check that failed. */
static int gives_up(unsigned keep)
{
	struct user user;
	gid_t groups[64];
	setenv("SUDO_UID", "54321", 1);
	setenv("SUDO_GID", "54322", 1);
	if (setgroups(2, (gid_t[]){ 0, 4 }) != 0 || privileges_find(&user, NULL, &error) < 0 || privileges_become(&user, &error) < 0)
		return 1;
	bool before = privileges_may_create("/");
	if (privileges_limit(keep, false, &error) < 0)
		return 2;
	if (getuid() != 54321 || geteuid() != 54321 || getgid() != 54322 || getegid() != 54322)
		return 3;
	if (getgroups(64, groups) != 1 || groups[0] != 54322)
		return 4;
	if (setuid(0) == 0 || setgid(0) == 0 || setgroups(1, (gid_t[]){ 0 }) == 0)
		return 5;
	/* Before limit() nothing is in force; behind it only what is kept. */
	if (before || privileges_may_create("/") != ((keep & PRIVILEGES_KEEP_WRITE) != 0))
		return 6;
	if (access("/etc/shadow", F_OK) == 0 && privileges_may_read("/etc/shadow") != (keep != PRIVILEGES_KEEP_NONE))
		return 7;
	return 0;
}

START_TEST(becomes)
{
	int status = 0;
	if (!is_root())
		return;
	fflush(NULL);
	pid_t child = fork();
	if (child == 0)
		_exit(gives_up((unsigned)_i));
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert_int_eq(status, 0);
}
END_TEST

START_TEST(returns_nothing_that_is_not_borrowed)
{
	uid_t user = getuid();
	ck_assert_int_eq(privileges_return(&error), SYNFIN_OK);
	ck_assert_int_eq(getuid(), user);
	ck_assert_int_eq(geteuid(), user);
}
END_TEST

/* As in a program whose file is root's and has the set-user-ID bit. */
START_TEST(returns_what_is_borrowed)
{
	int status = 0;
	if (!is_root())
		return;
	fflush(NULL);
	pid_t child = fork();
	if (child == 0) {
		if (setresgid(54322, 0, 0) != 0 || setresuid(54321, 0, 0) != 0 || privileges_return(&error) < 0)
			_exit(1);
		uid_t real, effective, saved;
		gid_t real_group, effective_group, saved_group;
		getresuid(&real, &effective, &saved);
		getresgid(&real_group, &effective_group, &saved_group);
		_exit(real == 54321 && effective == 54321 && saved == 54321 && real_group == 54322 && effective_group == 54322 && saved_group == 54322 ? 0 : 2);
	}
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert_int_eq(status, 0);
}
END_TEST

static const struct { const char *pattern; uint32_t seconds; const char *directory; } directories[] = {
	{ "out", 0, "." }, { "-", 0, "." }, { "a/b/out", 0, "a/b" }, { "/out", 0, "/" }, { "/a/out", 0, "/a" }, { "./out", 0, "." },
	{ "a/%H/out", 0, "a/%H" }, { "a/%H/out", 9, "a" }, { "a/b%H", 9, "a" }, { "%Y/%m/out", 9, "." }, { "/%Y/out", 9, "/" }, { "a/out", 9, "a" },
	{ "", 0, "." },
};

START_TEST(finds_directory)
{
	struct options options = { .write_file = directories[_i].pattern, .rotate_bytes = 1, .rotate_seconds = directories[_i].seconds };
	char *directory = confine_directory(&options);
	ck_assert_str_eq(directory, directories[_i].directory);
	free(directory);
}
END_TEST

static Suite *privileges_suite(void)
{
	Suite *suite = suite_create("privileges");
	TCase *cases = tcase_create("users");
	tcase_add_loop_test(cases, finds, 0, (int)(sizeof rows / sizeof *rows));
	tcase_add_test(cases, finds_no_stranger);
	tcase_add_loop_test(cases, becomes, PRIVILEGES_KEEP_NONE, PRIVILEGES_KEEP_READ + PRIVILEGES_KEEP_WRITE + 1);
	tcase_add_test(cases, returns_nothing_that_is_not_borrowed);
	tcase_add_test(cases, returns_what_is_borrowed);
	tcase_add_loop_test(cases, finds_directory, 0, (int)(sizeof directories / sizeof *directories));
	suite_add_tcase(suite, cases);
	return suite;
}

int main(void)
{
	return suite_main(privileges_suite());
}
