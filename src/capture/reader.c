/* SPDX-License-Identifier: BSD-3-Clause */
/* Reading ahead; reader.h has the theory. */
#include "capture/reader.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

/*
 * To wake a thread costs as much as reading many packets, so one that had to wait for room goes on when half of the chunks are empty.
 * STACK: the decompressors have what is large on the heap.
 */
enum { CHUNKS = 6, STACK = 256 * 1024 };

struct reader {
	reader_get *get;
	void *context;
	pthread_t thread;
	pthread_mutex_t lock; /* of the members below, but for chunks, which go from hand to hand */
	pthread_cond_t changed;
	unsigned filled;      /* chunks so far; the one at filled % CHUNKS is the thread's */
	unsigned given_back;  /* of these the caller has had enough */
	bool stopping;
	unsigned taken;       /* the caller's: chunks that were handed out */
	struct reader_chunk chunks[CHUNKS];
};

/* A chunk of the thread's own; NULL: it is to stop. */
static struct reader_chunk *wait_for_room(struct reader *reader)
{
	pthread_mutex_lock(&reader->lock);
	if (reader->filled - reader->given_back == CHUNKS)
		while (!reader->stopping && reader->filled - reader->given_back > CHUNKS / 2)
			pthread_cond_wait(&reader->changed, &reader->lock);
	struct reader_chunk *chunk = reader->stopping ? NULL : &reader->chunks[reader->filled % CHUNKS];
	pthread_mutex_unlock(&reader->lock);
	return chunk;
}

/* As much as is there, up to a whole chunk: what is read of a file comes in pieces only at its end. */
static void fill(const struct reader *reader, struct reader_chunk *chunk)
{
	chunk->size = 0;
	chunk->failure = 0;
	while (chunk->size < READER_CHUNK) {
		ssize_t got = reader->get(reader->context, chunk->bytes + READER_ROOM + chunk->size, READER_CHUNK - chunk->size, &chunk->place);
		if (got < 0)
			chunk->failure = errno;
		if (got <= 0)
			return;
		chunk->size += (size_t)got;
	}
}

static void *run(void *self)
{
	struct reader *reader = self;
	bool more = true;

	while (more) {
		struct reader_chunk *chunk = wait_for_room(reader);
		if (!chunk)
			break;
		fill(reader, chunk);
		more = chunk->size > 0 && !chunk->failure;
		pthread_mutex_lock(&reader->lock);
		reader->filled++;
		pthread_cond_signal(&reader->changed);
		pthread_mutex_unlock(&reader->lock);
	}
	return NULL;
}

static bool start_thread(struct reader *reader)
{
	pthread_attr_t attributes;
	sigset_t all, before;

	if (pthread_attr_init(&attributes) != 0)
		return false;
	(void)pthread_attr_setstacksize(&attributes, STACK);
	/* It begins with the mask of who makes it. */
	sigfillset(&all);
	bool started = pthread_sigmask(SIG_SETMASK, &all, &before) == 0;
	if (started) {
		started = pthread_create(&reader->thread, &attributes, run, reader) == 0;
		(void)pthread_sigmask(SIG_SETMASK, &before, NULL);
	}
	(void)pthread_attr_destroy(&attributes);
	return started;
}

static void free_chunks(struct reader *reader)
{
	for (unsigned i = 0; i < CHUNKS; i++)
		free(reader->chunks[i].bytes);
	free(reader);
}

struct reader *reader_start(reader_get *get, void *context)
{
	if (sysconf(_SC_NPROCESSORS_ONLN) < 2)
		return NULL;
	struct reader *reader = calloc(1, sizeof *reader);
	if (!reader)
		return NULL;
	*reader = (struct reader){ .get = get, .context = context };
	bool ready = true;
	for (unsigned i = 0; i < CHUNKS; i++) {
		reader->chunks[i].bytes = malloc(READER_ROOM + READER_CHUNK);
		ready = ready && reader->chunks[i].bytes;
	}
	pthread_mutex_init(&reader->lock, NULL);
	pthread_cond_init(&reader->changed, NULL);
	if (ready && start_thread(reader))
		return reader;
	pthread_cond_destroy(&reader->changed);
	pthread_mutex_destroy(&reader->lock);
	free_chunks(reader);
	return NULL;
}

const struct reader_chunk *reader_next(struct reader *reader)
{
	pthread_mutex_lock(&reader->lock);
	while (reader->filled == reader->taken)
		pthread_cond_wait(&reader->changed, &reader->lock);
	pthread_mutex_unlock(&reader->lock);
	return &reader->chunks[reader->taken++ % CHUNKS];
}

void reader_give_back(struct reader *reader, unsigned keep)
{
	pthread_mutex_lock(&reader->lock);
	reader->given_back = reader->taken - keep;
	if (reader->filled - reader->given_back <= CHUNKS / 2)
		pthread_cond_signal(&reader->changed);
	pthread_mutex_unlock(&reader->lock);
}

void reader_stop(struct reader *reader)
{
	if (!reader)
		return;
	pthread_mutex_lock(&reader->lock);
	reader->stopping = true;
	pthread_cond_signal(&reader->changed);
	pthread_mutex_unlock(&reader->lock);
	pthread_join(reader->thread, NULL);
	pthread_cond_destroy(&reader->changed);
	pthread_mutex_destroy(&reader->lock);
	free_chunks(reader);
}
