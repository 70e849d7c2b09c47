/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Sends the frames of a capture (of pcap's format, in this machine's byte order) through an interface, again and again, as fast as it goes or at a
 * given rate:
 *
 *     flood INTERFACE FILE COUNT [RATE]
 *
 * RATE is packets a second; 0, the default, no limit. Prints how many were sent and in how many seconds. Many frames go to the kernel in one call,
 * so that not the sender is what is measured.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <net/if.h>
#include <netpacket/packet.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { BATCH = 64, FILE_HEADER = 24, RECORD_HEADER = 16 };

struct frames {
	struct iovec *list;
	size_t count;
};

static double now(void)
{
	struct timespec at;
	clock_gettime(CLOCK_MONOTONIC, &at);
	return (double)at.tv_sec + (double)at.tv_nsec / 1e9;
}

static char *read_file(const char *path, size_t *size)
{
	struct stat status;
	FILE *file = fopen(path, "rb");
	if (!file || fstat(fileno(file), &status) != 0)
		return NULL;
	*size = (size_t)status.st_size;
	char *bytes = malloc(*size + 1);
	if (bytes && fread(bytes, 1, *size, file) != *size) {
		free(bytes);
		bytes = NULL;
	}
	fclose(file);
	return bytes;
}

/* Where the frames begin; 0 if there is none, or no memory. */
static size_t find_frames(struct frames *frames, char *bytes, size_t size)
{
	frames->list = malloc((size / RECORD_HEADER + 1) * sizeof *frames->list);
	frames->count = 0;
	for (size_t at = FILE_HEADER; frames->list && at + RECORD_HEADER <= size;) {
		uint32_t captured;
		memcpy(&captured, bytes + at + 8, sizeof captured);
		at += RECORD_HEADER;
		if (captured > size - at)
			break;
		frames->list[frames->count++] = (struct iovec){ bytes + at, captured };
		at += captured;
	}
	return frames->count;
}

static int open_socket(const char *interface)
{
	/* Protocol 0: nothing is received here. */
	int fd = socket(AF_PACKET, SOCK_RAW, 0);
	struct sockaddr_ll address = { .sll_family = AF_PACKET, .sll_ifindex = (int)if_nametoindex(interface) };
	if (fd >= 0 && bind(fd, (struct sockaddr *)&address, sizeof address) != 0) {
		close(fd);
		fd = -1;
	}
	return fd;
}

/* Wait until `sent` packets are due. */
static void pace(double started, uint64_t sent, double rate)
{
	while (rate > 0 && now() - started < (double)sent / rate)
		usleep(50);
}

static uint64_t send_all(int fd, const struct frames *frames, uint64_t count, double rate)
{
	struct mmsghdr messages[BATCH];
	double started = now();
	uint64_t sent = 0;
	size_t next = 0;
	memset(messages, 0, sizeof messages);
	while (sent < count) {
		unsigned n = 0;
		for (; n < BATCH && sent + n < count; n++) {
			messages[n].msg_hdr.msg_iov = &frames->list[(next + n) % frames->count];
			messages[n].msg_hdr.msg_iovlen = 1;
		}
		pace(started, sent, rate);
		int got = sendmmsg(fd, messages, n, 0);
		if (got < 0 && errno != EINTR && errno != ENOBUFS)
			break;
		if (got > 0) {
			sent += (uint64_t)got;
			next = (next + (size_t)got) % frames->count;
		}
	}
	printf("%llu %.6f\n", (unsigned long long)sent, now() - started);
	return sent;
}

int main(int argc, char **argv)
{
	struct frames frames;
	size_t size = 0;
	if (argc < 4) {
		fprintf(stderr, "usage: flood INTERFACE FILE COUNT [RATE]\n");
		return 2;
	}
	uint64_t count = strtoull(argv[3], NULL, 10);
	char *bytes = read_file(argv[2], &size);
	int fd = open_socket(argv[1]);
	if (!bytes || fd < 0 || find_frames(&frames, bytes, size) == 0) {
		fprintf(stderr, "flood: %s or %s: %s\n", argv[1], argv[2], strerror(errno));
		return 1;
	}
	uint64_t sent = send_all(fd, &frames, count, argc > 4 ? strtod(argv[4], NULL) : 0);
	close(fd);
	free(frames.list);
	free(bytes);
	return sent == count ? 0 : 1;
}
