/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * if_indextoname() opens a socket for each question. Interfaces come and go during a capture, so the question cannot be put beforehand;
 * but the socket can be made beforehand, as long as that is allowed.
 */
#include "names/interfaces.h"

#include <limits.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#ifdef SIOCGIFNAME

void interfaces_open(struct interfaces *interfaces)
{
	interfaces->descriptor = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
}

void interfaces_close(struct interfaces *interfaces)
{
	if (interfaces->descriptor >= 0)
		close(interfaces->descriptor);
	interfaces->descriptor = -1;
}

const char *interfaces_name(const struct interfaces *interfaces, uint32_t number, char room[IF_NAMESIZE])
{
	if (number == 0 || number > INT_MAX || interfaces->descriptor < 0)
		return NULL;
	struct ifreq request = { .ifr_ifindex = (int)number };
	if (ioctl(interfaces->descriptor, SIOCGIFNAME, &request) != 0)
		return NULL;
	memcpy(room, request.ifr_name, IF_NAMESIZE - 1);
	room[IF_NAMESIZE - 1] = '\0';
	return room;
}

#else

void interfaces_open(struct interfaces *interfaces)
{
	interfaces->descriptor = -1;
}

void interfaces_close(struct interfaces *interfaces)
{
	(void)interfaces;
}

const char *interfaces_name(const struct interfaces *interfaces, uint32_t number, char room[IF_NAMESIZE])
{
	(void)interfaces;
	return number ? if_indextoname(number, room) : NULL;
}

#endif
