/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Which packets a view shows: those of some connections, of some parts of a connection's life, that leave an end in some state, or that
 * some event is about. What several of these ask for, all must hold; within one, any of its words is enough. A zeroed struct selects all.
 */
#ifndef SYNFIN_VIEWS_SELECTION_H
#define SYNFIN_VIEWS_SELECTION_H

#include <stdbool.h>
#include <stdint.h>

#include <synfin/connection.h>
#include <synfin/event.h>
#include <synfin/status.h>

enum selection_part { SELECTION_HANDSHAKE = 1, SELECTION_TEARDOWN = 2, SELECTION_PROBLEM = 4 };

enum { SELECTION_IDS = 64, SELECTION_ENDPOINTS = 16 };

struct selection_endpoint {
	struct synfin_address address;
	uint16_t port;
	bool any_port;
};

struct selection {
	unsigned parts;        /* enum selection_part; 0: all */
	unsigned states;       /* bit N: enum synfin_state N; 0: all */
	uint64_t events;       /* bit N: enum synfin_event_kind N; 0: all */
	unsigned id_count;     /* without ids and endpoints: all connections */
	unsigned endpoint_count;
	uint64_t ids[SELECTION_IDS];
	struct selection_endpoint endpoints[SELECTION_ENDPOINTS];
};

/*
 * Add the words of a list ("3,c7,192.0.2.80:80", "handshake,problem", "ESTABLISHED,time-wait", "retransmission,reset"). SYNFIN_E_ARGUMENT
 * with error->text saying which word is wrong and which would be right.
 */
int selection_add_connections(struct selection *selection, const char *list, struct synfin_error *error);
int selection_add_parts(struct selection *selection, const char *list, struct synfin_error *error);
int selection_add_states(struct selection *selection, const char *list, struct synfin_error *error);
int selection_add_events(struct selection *selection, const char *list, struct synfin_error *error);

bool selection_is_all(const struct selection *selection);
bool selection_has_connection(const struct selection *selection, const struct synfin_connection *connection);
/* events: bit N for each event of kind N that the packet caused in its connection. The observation has a connection. */
bool selection_has_packet(const struct selection *selection, const struct synfin_observation *observation, uint64_t events);

#endif
