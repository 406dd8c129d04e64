"""Reading a stream as a group: each entry to one consumer, and again to another when that one died with it."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, cast

from redis.asyncio import Redis
from redis.exceptions import ResponseError

CLAIM_AFTER = timedelta(seconds=10)
"""An entry that was taken so long ago and is not done was taken by somebody who died, or hangs."""

Entry = tuple[str, dict[str, str]]


class StreamGroup:
    def __init__(self, client: Redis, blocking: Redis, stream: str, group: str) -> None:
        self._client = client
        self._blocking = blocking
        self._stream = stream
        self._group = group

    async def read(self, consumer: str, limit: int, block_ms: int) -> Sequence[Entry]:
        """The work of the dead first, else what is new; waits up to `block_ms` for it (0: not at all)."""
        try:
            return await self._claim(consumer, limit) or await self._read_new(consumer, limit, block_ms)
        except ResponseError as error:
            if not str(error).startswith("NOGROUP"):
                raise
            await self._create()
            return await self._read_new(consumer, limit, block_ms)

    async def inherit(self, consumer: str, limit: int) -> Sequence[Entry]:
        """Everything that is not done, however short a time ago it was taken: whoever took it is known to be gone."""
        try:
            return await self._claim(consumer, limit, timedelta())
        except ResponseError as error:
            if not str(error).startswith("NOGROUP"):
                raise
            return []

    async def done(self, receipts: Sequence[str]) -> None:
        if receipts:
            await self._client.xack(self._stream, self._group, *receipts)

    async def _claim(self, consumer: str, limit: int, after: timedelta = CLAIM_AFTER) -> Sequence[Entry]:
        idle = after // timedelta(milliseconds=1)
        answer = await self._client.xautoclaim(self._stream, self._group, consumer, idle, count=limit)
        return cast("list[Entry]", answer[1])

    async def _read_new(self, consumer: str, limit: int, block_ms: int) -> Sequence[Entry]:
        answer: Any = await self._blocking.xreadgroup(
            self._group, consumer, {self._stream: ">"}, count=limit, block=block_ms or None
        )
        return cast("list[Entry]", answer[0][1]) if answer else []

    async def _create(self) -> None:
        try:
            await self._client.xgroup_create(self._stream, self._group, id="0", mkstream=True)
        except ResponseError as error:
            if not str(error).startswith("BUSYGROUP"):
                raise
