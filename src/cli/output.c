/* SPDX-License-Identifier: BSD-3-Clause */
/* Where output leaves the program: every write is checked, and repeated until everything is written. */
#include "cli/cli.h"

#include <errno.h>
#include <poll.h>
#include <unistd.h>

int output_to_file(void *context, const char *bytes, size_t length)
{
	struct output_file *file = context;
	while (length > 0) {
		ssize_t written = write(file->descriptor, bytes, length);
		if (written >= 0) {
			bytes += written;
			length -= (size_t)written;
		} else if (errno == EAGAIN || errno == EWOULDBLOCK) {
			/* Whoever shares the terminal or pipe made it non-blocking: wait as if it were not. */
			struct pollfd writable = { .fd = file->descriptor, .events = POLLOUT };
			(void)poll(&writable, 1, -1);
		} else if (errno != EINTR) {
			file->failure = errno;
			return errno == EPIPE ? SYNFIN_E_PIPE : SYNFIN_E_IO;
		}
	}
	return SYNFIN_OK;
}

int output_finish_stdout(const struct options *options)
{
	if (fflush(stdout) == 0 && !ferror(stdout))
		return 0;
	if (errno == EPIPE)
		return SYNFIN_E_PIPE;
	message(options, "Unable to write output: %s", strerror(errno));
	return EXIT_RUN_TIME;
}
