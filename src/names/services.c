/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Names of ports.
 *
 * The database is read once, into a flat array of 65536 places for each protocol, because the answer is wanted twice for every packet.
 * A place holds where its name stands in one block of text; 0, the block's first byte, is the empty name of ports without one.
 */
#include "names/services.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"

#define PORTS 65536

struct services {
	uint32_t places[2][PORTS];
	char *text;
	size_t length;
	size_t size;
};

/* Append a name to the text. 0 if there is no memory or no place for it. */
static uint32_t store(struct services *services, const char *name)
{
	size_t n = strlen(name) + 1;
	if (services->size - services->length < n) {
		size_t size = services->size * 2 + n;
		char *text = size <= UINT32_MAX ? realloc(services->text, size) : NULL;
		if (!text)
			return 0;
		services->text = text;
		services->size = size;
	}
	size_t place = services->length;
	memcpy(services->text + place, name, n);
	services->length += n;
	return (uint32_t)place;
}

static bool load(struct services *services)
{
	bool stored = true;
	setservent(1);
	for (const struct servent *entry = getservent(); entry && stored; entry = getservent()) {
		bool tcp = strcmp(entry->s_proto, "tcp") == 0;
		if (!tcp && strcmp(entry->s_proto, "udp") != 0)
			continue;
		uint32_t *place = &services->places[tcp ? SERVICES_TCP : SERVICES_UDP][ntohs((uint16_t)entry->s_port)];
		/* The first of several names wins. */
		if (*place == 0) {
			*place = store(services, entry->s_name);
			stored = *place != 0;
		}
	}
	endservent();
	return stored;
}

int services_create(struct services **services, struct synfin_error *error)
{
	struct services *made = calloc(1, sizeof *made);
	char *text = malloc(1);
	if (!made || !text) {
		free(made);
		free(text);
		return error_set(error, SYNFIN_E_MEMORY, NULL, "no memory for names of ports");
	}
	text[0] = '\0';
	made->text = text;
	made->length = 1;
	made->size = 1;
	if (!load(made)) {
		services_destroy(made);
		return error_set(error, SYNFIN_E_MEMORY, NULL, "no memory for names of ports");
	}
	*services = made;
	return SYNFIN_OK;
}

void services_destroy(struct services *services)
{
	if (!services)
		return;
	free(services->text);
	free(services);
}

const char *services_name(const struct services *services, enum services_protocol protocol, uint16_t port)
{
	uint32_t place = services->places[protocol][port];
	return place ? services->text + place : NULL;
}
