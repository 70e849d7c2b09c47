/* SPDX-License-Identifier: BSD-3-Clause */
#include "cli/resolver.h"

#include "base/error.h"

#ifdef HAVE_CARES

/* What newer versions advise against is what older ones have. */
#define CARES_NO_DEPRECATED
#include <ares.h>
#include <netdb.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/progress.h"
#include "decode/dns.h"

enum { OUTSTANDING_MOST = 64, TIMEOUT_MS = 2000, TRIES = 2, CLASS_IN = 1, TYPE_PTR = 12, SLICE_MS = 20 };

struct resolver {
	struct hosts *hosts;
	ares_channel channel;
	unsigned outstanding;
};

const char *resolver_built(void)
{
	static char text[64];
	snprintf(text, sizeof text, "c-ares %s", ares_version(NULL));
	return text;
}

static int failed(int status, struct synfin_error *error)
{
	return error_set(error, status == ARES_ENOMEM ? SYNFIN_E_MEMORY : SYNFIN_E_IO, NULL, "--resolve: %s", ares_strerror(status));
}

int resolver_open(struct resolver **resolver, struct hosts *hosts, struct synfin_error *error)
{
	struct ares_options options = { .timeout = TIMEOUT_MS, .tries = TRIES };
	int status = ares_library_init(ARES_LIB_INIT_ALL);
	if (status != ARES_SUCCESS)
		return failed(status, error);
	struct resolver *made = calloc(1, sizeof *made);
	status = made ? ares_init_options(&made->channel, &options, ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES) : ARES_ENOMEM;
	if (status != ARES_SUCCESS) {
		free(made);
		ares_library_cleanup();
		return failed(status, error);
	}
	made->hosts = hosts;
	hosts_want(hosts);
	*resolver = made;
	return SYNFIN_OK;
}

static void learn(void *context, const struct synfin_address *address, const char *name, size_t length, bool reverse)
{
	if (reverse)
		(void)hosts_learn(context, address, name, length, HOSTS_RESOLVED);
}

/* c-ares has seen to it that the message answers what was asked. */
static void answered(void *context, int status, int timeouts, unsigned char *message, int length)
{
	struct resolver *resolver = context;
	(void)timeouts;
	resolver->outstanding--;
	if (status == ARES_SUCCESS && message && length > 0)
		dns_answers(message, (size_t)length, false, learn, resolver->hosts);
}

static void ask(struct resolver *resolver, const struct synfin_address *address)
{
	static const uint8_t mapped[12] = { [10] = 0xff, [11] = 0xff };
	const uint8_t *bytes = address->bytes;
	char name[80];
	size_t used = 0;
	if (memcmp(bytes, mapped, sizeof mapped) == 0) {
		snprintf(name, sizeof name, "%u.%u.%u.%u.in-addr.arpa", bytes[15], bytes[14], bytes[13], bytes[12]);
	} else {
		for (unsigned i = 16; i-- > 0; used += 4)
			snprintf(name + used, sizeof name - used, "%x.%x.", bytes[i] & 15, bytes[i] >> 4);
		snprintf(name + used, sizeof name - used, "ip6.arpa");
	}
	resolver->outstanding++;
	ares_query(resolver->channel, name, CLASS_IN, TYPE_PTR, answered, resolver);
}

/* Of what ares_getsock() says, whose own macros shift a sign. */
static bool is_wanted(int wanted, unsigned bit)
{
	return (unsigned)wanted >> bit & 1;
}

static void process(struct resolver *resolver, int wait_ms)
{
	ares_socket_t sockets[ARES_GETSOCK_MAXNUM];
	struct pollfd polls[ARES_GETSOCK_MAXNUM];
	nfds_t count = 0;
	int wanted = ares_getsock(resolver->channel, sockets, ARES_GETSOCK_MAXNUM);
	for (unsigned i = 0; i < ARES_GETSOCK_MAXNUM; i++) {
		short events = (short)((is_wanted(wanted, i) ? POLLIN : 0) | (is_wanted(wanted, i + ARES_GETSOCK_MAXNUM) ? POLLOUT : 0));
		if (events)
			polls[count++] = (struct pollfd){ .fd = sockets[i], .events = events };
	}
	int ready = poll(polls, count, wait_ms);
	for (nfds_t i = 0; i < count && ready > 0; i++)
		if (polls[i].revents)
			ares_process_fd(resolver->channel, polls[i].revents & ~POLLOUT ? polls[i].fd : ARES_SOCKET_BAD,
				polls[i].revents & POLLOUT ? polls[i].fd : ARES_SOCKET_BAD);
	/* Questions that were not answered in time are put again, or given up. */
	ares_process_fd(resolver->channel, ARES_SOCKET_BAD, ARES_SOCKET_BAD);
}

static void step(struct resolver *resolver, int wait_ms)
{
	struct synfin_address address;
	while (resolver->outstanding < OUTSTANDING_MOST && hosts_next_wanted(resolver->hosts, &address))
		ask(resolver, &address);
	if (resolver->outstanding)
		process(resolver, wait_ms);
}

void resolver_step(struct resolver *resolver)
{
	if (resolver)
		step(resolver, 0);
}

void resolver_wait(struct resolver *resolver, uint32_t milliseconds, bool (*goes_on)(void))
{
	int64_t end = progress_clock() + milliseconds * INT64_C(1000000);
	if (!resolver)
		return;
	do
		step(resolver, SLICE_MS);
	while (resolver->outstanding && goes_on() && progress_clock() < end);
}

void resolver_close(struct resolver *resolver)
{
	if (!resolver)
		return;
	ares_destroy(resolver->channel);
	ares_library_cleanup();
	free(resolver);
}

#else

const char *resolver_built(void)
{
	return "none";
}

int resolver_open(struct resolver **resolver, struct hosts *hosts, struct synfin_error *error)
{
	(void)resolver;
	(void)hosts;
	return error_set(error, SYNFIN_E_UNSUPPORTED, NULL, "--resolve: this build has no c-ares");
}

void resolver_step(struct resolver *resolver)
{
	(void)resolver;
}

void resolver_wait(struct resolver *resolver, uint32_t milliseconds, bool (*goes_on)(void))
{
	(void)resolver;
	(void)milliseconds;
	(void)goes_on;
}

void resolver_close(struct resolver *resolver)
{
	(void)resolver;
}

#endif
