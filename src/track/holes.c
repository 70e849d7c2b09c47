/* SPDX-License-Identifier: BSD-3-Clause */
#include "track/holes.h"

#include <stddef.h>

struct hole {
	int64_t left;
	int64_t right;
	struct hole_evidence evidence;
	uint32_t next; /* the one above; HOLES_NONE */
};

static struct hole *hole_at(const struct pool *pool, uint32_t index)
{
	return pool_at(pool, index);
}

int holes_init(struct pool *pool, uint32_t capacity)
{
	return pool_init(pool, sizeof(struct hole), capacity < HOLES_CAPACITY_MAX ? capacity : HOLES_CAPACITY_MAX);
}

static void count_missed(struct synfin_endpoint *end, int64_t bytes)
{
	uint64_t missed = (uint64_t)end->missed + (uint64_t)bytes;

	end->missed = (missed > SYNFIN_MISSED_MAX ? SYNFIN_MISSED_MAX : missed) & SYNFIN_MISSED_MAX;
}

/* Bytes turned up after all. A count that has run over cannot be taken back. */
static void count_found(struct synfin_endpoint *end, int64_t bytes)
{
	if (end->missed != SYNFIN_MISSED_MAX)
		end->missed = ((uint64_t)end->missed - (uint64_t)bytes) & SYNFIN_MISSED_MAX;
}

/* The index of the highest hole, and how many there are. */
static uint32_t highest(const struct pool *pool, const struct synfin_endpoint *end, unsigned *count)
{
	uint32_t last = HOLES_NONE;

	*count = 0;
	for (uint32_t i = end->holes; i != HOLES_NONE; i = hole_at(pool, i)->next) {
		last = i;
		++*count;
	}
	return last;
}

static void give_up_lowest(struct pool *pool, struct synfin_endpoint *end)
{
	uint32_t lowest = end->holes;

	end->holes = hole_at(pool, lowest)->next & HOLES_NONE;
	pool_give(pool, lowest);
}

/* Put a new hole behind `after`, or first; false if there is no memory, and then it just cannot be filled. */
static bool insert(struct pool *pool, struct synfin_endpoint *end, uint32_t after, const struct hole *hole)
{
	uint32_t index = pool_take(pool);
	if (index == POOL_NONE)
		return false;
	struct hole *new = hole_at(pool, index);
	*new = *hole;
	if (after == HOLES_NONE) {
		new->next = end->holes;
		end->holes = index & HOLES_NONE;
	} else {
		new->next = hole_at(pool, after)->next;
		hole_at(pool, after)->next = index;
	}
	return true;
}

void holes_open(struct pool *pool, struct synfin_endpoint *end, int64_t left, int64_t right, const struct hole_evidence *evidence)
{
	unsigned count;
	uint32_t last = highest(pool, end, &count);
	struct hole hole = { .left = left, .right = right, .evidence = *evidence };

	count_missed(end, right - left);
	if (count == HOLES_MAX)
		give_up_lowest(pool, end);
	insert(pool, end, last, &hole);
}

/* [left, right) came from the middle of a hole. Where there is no room for one more, the lowest is given up, here too. */
static uint32_t split(struct pool *pool, struct synfin_endpoint *end, uint32_t index, int64_t left, int64_t right)
{
	struct hole *hole = hole_at(pool, index);
	struct hole upper = *hole;
	unsigned count;

	highest(pool, end, &count);
	if (count == HOLES_MAX && index == end->holes) {
		hole->left = right;
		return index;
	}
	if (count == HOLES_MAX)
		give_up_lowest(pool, end);
	upper.left = right;
	hole->right = left;
	insert(pool, end, index, &upper);
	return index;
}

/* Cut [left, right) out of one hole. Returns the index of the hole to go on behind: itself, its upper part, or the one before it. */
static uint32_t cut(struct pool *pool, struct synfin_endpoint *end, uint32_t before, uint32_t index, int64_t left, int64_t right)
{
	struct hole *hole = hole_at(pool, index);

	if (left > hole->left && right < hole->right)
		return split(pool, end, index, left, right);
	if (left > hole->left) {
		hole->right = left;
		return index;
	}
	if (right < hole->right) {
		hole->left = right;
		return index;
	}
	if (before == HOLES_NONE)
		end->holes = hole->next & HOLES_NONE;
	else
		hole_at(pool, before)->next = hole->next;
	pool_give(pool, index);
	return before;
}

struct hole_filling holes_fill(struct pool *pool, struct synfin_endpoint *end, int64_t left, int64_t right)
{
	struct hole_filling filling = { .filled = 0 };
	uint32_t before = HOLES_NONE;
	uint32_t index = end->holes;

	while (index != HOLES_NONE && hole_at(pool, index)->left < right) {
		const struct hole *hole = hole_at(pool, index);
		uint32_t next = hole->next;
		int64_t from = left > hole->left ? left : hole->left;
		int64_t to = right < hole->right ? right : hole->right;
		if (from < to) {
			if (filling.filled == 0)
				filling.evidence = hole->evidence;
			filling.filled += (uint32_t)(to - from);
			count_found(end, to - from);
			before = cut(pool, end, before, index, from, to);
		} else {
			before = index;
		}
		index = next;
	}
	return filling;
}

int64_t holes_contiguous(const struct pool *pool, const struct synfin_endpoint *end)
{
	int64_t acknowledged = end->next - end->unacked;

	for (uint32_t i = end->holes; i != HOLES_NONE; i = hole_at(pool, i)->next)
		if (hole_at(pool, i)->right > acknowledged)
			return hole_at(pool, i)->left > acknowledged ? hole_at(pool, i)->left : acknowledged;
	return end->next;
}

bool holes_begin_below(const struct pool *pool, const struct synfin_endpoint *end, int64_t offset)
{
	return end->holes != HOLES_NONE && hole_at(pool, end->holes)->left < offset;
}

int64_t holes_unseen(const struct pool *pool, const struct synfin_endpoint *end)
{
	unsigned count;
	uint32_t last = highest(pool, end, &count);

	if (last == HOLES_NONE || hole_at(pool, last)->right != end->next)
		return end->next;
	return hole_at(pool, last)->left;
}

void holes_close(struct pool *pool, struct synfin_endpoint *end)
{
	unsigned count;
	uint32_t last = highest(pool, end, &count);

	if (last != HOLES_NONE)
		holes_fill(pool, end, hole_at(pool, last)->left, hole_at(pool, last)->right);
}

void holes_release(struct pool *pool, struct synfin_endpoint *end)
{
	while (end->holes != HOLES_NONE)
		give_up_lowest(pool, end);
}
