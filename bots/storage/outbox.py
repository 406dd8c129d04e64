"""What is due on a platform, given out under leases, and what became of it."""

import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import cast

from redis.asyncio import Redis

from bots.newsroom.delivery.joining import join_messages
from bots.newsroom.delivery.posts import Delivery, Lane, Post, PostState, Sent
from bots.newsroom.messages import Platform
from bots.storage.keys import ND, PARTITIONS, Family, key, tag_of
from bots.storage.post_scripts import PostScripts, place_of, sent_of
from bots.storage.posts import MESSAGE, POST

THREAD_OPENS_SOON = 300
"""Milliseconds until a post is looked at again whose thread is about to be shown."""
THREAD_UNKNOWN = 5000
"""The same where nobody knows whether the thread is there."""
ASLEEP_S = 0.25
"""A reader's partition that had nothing due is left alone for so long: a look costs a round trip."""

_Taken = list[str | list[str]]


class RedisOutbox:
    def __init__(self, client: Redis, scripts: PostScripts) -> None:
        self._client = client
        self._scripts = scripts
        self._first = 0
        self._asleep: dict[Platform, tuple[float, int]] = {}
        """Until when, and after which change of our own, the readers' partitions are left alone."""

    async def lease(self, platform: Platform, limit: int, lease: timedelta) -> Sequence[Delivery]:
        """Lane by lane; in each the rooms first, then the readers' partitions, beginning with another one each time."""
        due = await self._due(platform)
        deliveries: list[Delivery] = []
        for lane, tag in due:
            if len(deliveries) >= limit:
                break
            deliveries += await self._lease_from(tag, platform, lane, limit - len(deliveries), lease)
        return deliveries

    async def sending(self, delivery: Delivery) -> bool:
        post, destination = delivery.post, delivery.post.destination
        attempted = MESSAGE.dump(post.message) if post.message else ""
        args = (delivery.lease, place_of(destination), destination.platform, attempted)
        return bool(await self._scripts.run("sending", tag_of(destination), post.ref, *args))

    async def shown(self, ref: str, version: int, sent: Sent | None) -> None:
        chat, message_id = (sent.chat, sent.message_id) if sent else ("", "")
        await self._scripts.run_for("shown", ref, version, chat, message_id)

    async def not_sent(self, ref: str, reason: str, after: timedelta) -> None:
        await self._scripts.run_for("again", ref, "not_sent", reason, _ms(after))

    async def unknown(self, ref: str, reason: str, after: timedelta) -> None:
        await self._scripts.run_for("again", ref, "unknown", reason, _ms(after))

    async def uncertain(self, ref: str, reason: str) -> None:
        await self._scripts.run_for("end", ref, PostState.UNCERTAIN, reason)

    async def gone(self, ref: str, reason: str) -> None:
        await self._scripts.run_for("end", ref, PostState.GONE, reason)

    async def refused(self, ref: str, reason: str) -> None:
        await self._scripts.run_for("end", ref, PostState.REFUSED, reason)

    async def expired(self, ref: str) -> None:
        await self._scripts.run_for("end", ref, PostState.EXPIRED, "too late to be of use")

    async def join(self, refs: Sequence[str]) -> None:
        """Only posts of rooms are joined; those that began to be sent meanwhile are left out."""
        await self._scripts.run("join", ND, refs[0], *refs)

    async def size(self, platform: Platform) -> int:
        """How many posts still have to be sent or edited, now or later, in all lanes and partitions."""
        async with self._client.pipeline(transaction=False) as pipeline:
            for lane in Lane:
                for tag in (ND, *PARTITIONS):
                    pipeline.zcard(_queue(tag, platform, lane))
            return sum(await pipeline.execute())

    async def _due(self, platform: Platform) -> list[tuple[Lane, str]]:
        """The lanes and partitions that have something due, found out in one round trip."""
        looked = self._looked_at(platform)
        async with self._client.pipeline(transaction=False) as pipeline:
            for lane, tag in looked:
                pipeline.zcount(_queue(tag, platform, lane), "-inf", self._scripts.now_ms())
            counts = await pipeline.execute()
        due = [place for place, count in zip(looked, counts, strict=True) if count]
        if len(looked) > len(Lane) and all(tag == ND for _, tag in due):
            self._asleep[platform] = (time.monotonic() + ASLEEP_S, self._scripts.private_changes)
        return due

    def _looked_at(self, platform: Platform) -> Sequence[tuple[Lane, str]]:
        until, changes = self._asleep.get(platform, (0, -1))
        asleep = time.monotonic() < until and changes == self._scripts.private_changes
        tags = (ND,) if asleep else (ND, *self._rotated())
        return [(lane, tag) for lane in Lane for tag in tags]

    def _rotated(self) -> tuple[str, ...]:
        self._first = (self._first + 1) % len(PARTITIONS)
        return PARTITIONS[self._first :] + PARTITIONS[: self._first]

    async def _lease_from(
        self, tag: str, platform: Platform, lane: Lane, limit: int, lease: timedelta
    ) -> Sequence[Delivery]:
        waits = (_ms(lease), THREAD_OPENS_SOON, THREAD_UNKNOWN)
        taken = await self._scripts.run("lease", tag, "", _queue(tag, platform, lane), limit, *waits)
        deliveries = [_delivery(values) for values in taken]
        for delivery in deliveries:
            self._scripts.remember(delivery.post.ref, tag)
        return deliveries


def _queue(tag: str, platform: Platform, lane: Lane) -> str:
    return key(tag, Family.OUTBOX, platform, str(int(lane)))


def _ms(span: timedelta) -> int:
    return span // timedelta(milliseconds=1)


def _delivery(values: _Taken) -> Delivery:
    """From what `scripts/post_lease.lua` gives."""
    texts, parts = cast("list[str]", values[:-1]), cast("list[str]", values[-1])
    ref, post, version, lane, chat, message_id, attempts, attempt, *places, floor, token, attempted, joined = texts
    thread_chat, thread_id, reply_chat, reply_id = places
    wanted = POST.load(post)
    return Delivery(
        post=_joined(wanted, ref, int(version), Lane(int(lane)), parts) if joined else wanted,
        sent=sent_of(chat, message_id),
        attempts=int(attempts or 0),
        interrupted=attempt == "unknown",
        thread=sent_of(thread_chat, thread_id),
        reply_to=sent_of(reply_chat, reply_id),
        floor=floor,
        lease=token,
        attempted=MESSAGE.load(attempted) if attempted else None,
    )


def _joined(first: Post, ref: str, version: int, lane: Lane, parts: Sequence[str]) -> Post:
    """One post out of several: what it shows is composed anew each time."""
    messages = [message for part in parts if (message := POST.load(part).message)]
    message = join_messages(messages)
    return replace(
        first, ref=ref, version=version, lane=lane, message=message, reply_to="", expires_at=None, joinable=False
    )
