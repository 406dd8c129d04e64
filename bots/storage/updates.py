"""Telegram's updates, kept before they are confirmed: once confirmed, the platform forgets them."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from redis.asyncio import Redis

from bots.newsroom.clock import Clock
from bots.storage.codec import to_ms
from bots.storage.keys import ND, Family, key
from bots.storage.lua import Script
from bots.storage.retention import keep_ms
from bots.storage.streams import Entry, StreamGroup

HANDLERS = "handlers"


class RedisUpdates:
    def __init__(self, client: Redis, blocking: Redis, clock: Clock) -> None:
        self._client = client
        self._clock = clock
        self._keep = Script(client, "updates_keep")
        self._stream = StreamGroup(client, blocking, key(ND, Family.UPDATES), HANDLERS)

    async def keep(self, updates: Sequence[Mapping[str, Any]]) -> None:
        """Each once by its update_id, in their order. Only after this returns may they be confirmed."""
        if not updates:
            return
        keys = [key(ND, family) for family in (Family.UPDATES, Family.UPDATE_IDS, Family.NEXT_UPDATE)]
        args = [value for update in updates for value in (update["update_id"], json.dumps(update))]
        spans = (keep_ms(Family.UPDATE_IDS), keep_ms(Family.NEXT_UPDATE))
        await self._keep(keys, to_ms(self._clock()), *spans, *args)

    async def next_offset(self) -> int:
        """What to ask the platform for: one more than the highest update kept, 0 when there is none of late."""
        return int(await self._client.get(key(ND, Family.NEXT_UPDATE)) or 0)

    async def take(self, consumer: str, limit: int, block_ms: int) -> Sequence[tuple[str, dict[str, Any]]]:
        """(receipt, update): the work of dead consumers first, then what is new."""
        return _read(await self._stream.read(consumer, limit, block_ms))

    async def inherit(self, consumer: str, limit: int) -> Sequence[tuple[str, dict[str, Any]]]:
        """What the process before this one left undone. Only for the platform's one poller, as it starts."""
        return _read(await self._stream.inherit(consumer, limit))

    async def done(self, receipts: Sequence[str]) -> None:
        await self._stream.done(receipts)


def _read(entries: Sequence[Entry]) -> Sequence[tuple[str, dict[str, Any]]]:
    return [(receipt, json.loads(fields["update"])) for receipt, fields in entries]
