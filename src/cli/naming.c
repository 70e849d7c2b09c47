/* SPDX-License-Identifier: BSD-3-Clause */
#include "cli/naming.h"

#include <netdb.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#include "cli/filter_hosts.h"

#define HOSTS_PATH "/etc/hosts"

bool naming_is_due(const struct options *options)
{
	return options->numeric == 0 && (options->write_file ? options->print : !options->count_only);
}

bool naming_asks(const struct options *options)
{
	return options->resolve && naming_is_due(options);
}

static bool address_of(const struct sockaddr *socket, struct synfin_address *address)
{
	if (socket->sa_family == AF_INET) {
		struct sockaddr_in four;
		memcpy(&four, socket, sizeof four);
		*address = hosts_ipv4((const uint8_t *)&four.sin_addr);
		return true;
	}
	struct sockaddr_in6 six;
	if (socket->sa_family != AF_INET6)
		return false;
	memcpy(&six, socket, sizeof six);
	memcpy(address->bytes, &six.sin6_addr, sizeof address->bytes);
	return true;
}

/* libpcap has looked it up a moment ago, but does not tell what it found. */
static void learn_host(void *context, const char *name, size_t length)
{
	struct addrinfo hints = { .ai_socktype = SOCK_STREAM }, *found = NULL;
	struct synfin_address address;
	char text[HOSTS_NAME_MAX + 2];
	if (length >= sizeof text)
		return;
	memcpy(text, name, length);
	text[length] = '\0';
	if (getaddrinfo(text, NULL, &hints, &found) != 0)
		return;
	for (const struct addrinfo *at = found; at; at = at->ai_next)
		if (address_of(at->ai_addr, &address))
			(void)hosts_learn(context, &address, name, length, HOSTS_FILTER);
	freeaddrinfo(found);
}

int naming_open(struct naming *naming, const struct options *options, const char *filter, struct synfin_error *error)
{
	if (!naming_is_due(options))
		return SYNFIN_OK;
	int status = hosts_create(&naming->hosts, options->host_only, error);
	if (status < 0)
		return status;
	hosts_read(naming->hosts, HOSTS_PATH);
	naming->believes = !options->plain;
	if (!options->plain) {
		naming->vendors = vendors_open(NULL);
		filter_hosts(filter ? filter : "", learn_host, naming->hosts);
	}
	return naming_asks(options) ? resolver_open(&naming->resolver, naming->hosts, error) : SYNFIN_OK;
}

static void learn_listed(void *context, const uint8_t address[16], const char *name, size_t length)
{
	struct synfin_address copy;
	memcpy(copy.bytes, address, sizeof copy.bytes);
	(void)hosts_learn(context, &copy, name, length, HOSTS_BLOCK);
}

void naming_source(struct naming *naming, struct synfin_source *source)
{
	if (naming->believes)
		synfin_source_names(source, learn_listed, naming->hosts);
}

int naming_listen(struct naming *naming, struct synfin_engine *engine)
{
	naming->learner = (struct learner){ .hosts = naming->hosts, .packets = naming->believes, .connections = naming->resolver != NULL };
	if (!naming->hosts || !(naming->learner.packets || naming->learner.connections))
		return SYNFIN_OK;
	struct synfin_sink sink = learner_sink(&naming->learner);
	return synfin_engine_add_sink(engine, &sink);
}

void naming_close(struct naming *naming)
{
	resolver_close(naming->resolver);
	vendors_close(naming->vendors);
	hosts_destroy(naming->hosts);
}
