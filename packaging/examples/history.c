/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Prints what became of each TCP connection in a capture file:
 *
 *     cc -o history history.c $(pkg-config --cflags --libs synfin) && ./history FILE
 */
#include <inttypes.h>
#include <stdio.h>

#include <synfin/engine.h>

/* Called by the engine for every connection, when it ends or the capture does. */
static int print_connection(void *self, const struct synfin_connection *connection)
{
	const struct synfin_endpoint *client = &connection->end[connection->client];
	const struct synfin_endpoint *server = &connection->end[!connection->client];
	char letters[SYNFIN_HISTORY_MAX + 1];
	FILE *out = self;

	synfin_history(connection, letters);
	fprintf(out, "c%" PRIu64 " %" PRIu16 " > %" PRIu16 " %s %s/%s %s %" PRIu64 "/%" PRIu64 " bytes\n", connection->id,
		connection->port[connection->client], connection->port[!connection->client], letters, synfin_state_name(client->state),
		synfin_state_name(server->state), synfin_outcome_name(synfin_connection_outcome(connection)),
		synfin_stream_bytes(client), synfin_stream_bytes(server));
	return SYNFIN_OK;
}

/* Called by the source for every frame. */
static int feed(void *engine, const struct synfin_frame *frame)
{
	return synfin_engine_feed(engine, frame);
}

int main(int argc, char **argv)
{
	struct synfin_sink sink = { .self = stdout, .connection_closed = print_connection };
	struct synfin_error error = { .code = SYNFIN_OK };
	struct synfin_source *source = NULL;
	struct synfin_engine *engine = NULL;

	if (argc != 2) {
		fprintf(stderr, "usage: %s FILE\n", argv[0]);
		return 2;
	}
	int status = synfin_source_open_file(&source, argv[1], NULL, &error);
	if (status == SYNFIN_OK)
		status = synfin_engine_create(&engine, NULL, &error);
	if (status == SYNFIN_OK)
		status = synfin_engine_add_sink(engine, &sink);
	while (status == SYNFIN_SOURCE_MORE)
		status = synfin_source_dispatch(source, feed, engine, &error);
	if (status == SYNFIN_SOURCE_END)
		status = synfin_engine_finish(engine);
	if (status < 0)
		fprintf(stderr, "%s: %s\n", argv[1], error.code ? error.text : synfin_status_text(status));
	synfin_engine_destroy(engine);
	synfin_source_close(source);
	return status < 0;
}
