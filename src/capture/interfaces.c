/* SPDX-License-Identifier: BSD-3-Clause */
/* The list of interfaces, in libpcap's order: its numbers are what -D prints and -i takes, and its first is the default. */
#include "capture/capture.h"

#include <string.h>

#include "base/error.h"

static enum synfin_interface_connection connection_of(bpf_u_int32 flags)
{
	switch (flags & PCAP_IF_CONNECTION_STATUS) {
	case PCAP_IF_CONNECTION_STATUS_CONNECTED:
		return SYNFIN_CONNECTION_YES;
	case PCAP_IF_CONNECTION_STATUS_DISCONNECTED:
		return SYNFIN_CONNECTION_NO;
	case PCAP_IF_CONNECTION_STATUS_NOT_APPLICABLE:
		return SYNFIN_CONNECTION_NOT_APPLICABLE;
	default:
		return SYNFIN_CONNECTION_UNKNOWN;
	}
}

static int list_open(pcap_if_t **list, struct synfin_error *error)
{
	char text[PCAP_ERRBUF_SIZE] = "";
	if (pcap_findalldevs(list, text) < 0)
		return error_set(error, SYNFIN_E_IO, NULL, "%s", text);
	return SYNFIN_OK;
}

int synfin_interfaces(synfin_interface_fn *each, void *context, struct synfin_error *error)
{
	pcap_if_t *list = NULL;
	int status = list_open(&list, error);
	if (status < 0)
		return status;
	unsigned number = 1;
	for (const pcap_if_t *item = list; item; item = item->next, number++) {
		struct synfin_interface interface = {
			.number = number,
			.name = item->name,
			.description = item->description,
			.up = item->flags & PCAP_IF_UP,
			.running = item->flags & PCAP_IF_RUNNING,
			.loopback = item->flags & PCAP_IF_LOOPBACK,
			.wireless = item->flags & PCAP_IF_WIRELESS,
			.connection = connection_of(item->flags),
		};
		each(context, &interface);
	}
	if (list)
		pcap_freealldevs(list);
	return SYNFIN_OK;
}

int interface_by_number(unsigned long number, const char *shown, char **name, struct synfin_error *error)
{
	pcap_if_t *list = NULL;
	int status = list_open(&list, error);
	if (status < 0)
		return status;
	const pcap_if_t *item = list;
	for (unsigned long i = 1; item && i < number; i++)
		item = item->next;
	if (!list)
		status = error_set(error, SYNFIN_E_NO_INTERFACE, NULL, "no interfaces available for capture");
	else if (!item || number == 0)
		status = error_set(error, SYNFIN_E_NO_INTERFACE, shown, "Invalid adapter index %.20s (synfin -D lists the interfaces)", shown);
	else if (!(*name = strdup(item->name)))
		status = error_set(error, SYNFIN_E_MEMORY, NULL, "out of memory");
	if (list)
		pcap_freealldevs(list);
	return status;
}
