from collections.abc import Mapping
from datetime import datetime

from redis.asyncio import Redis

from bots.newsroom.clock import Clock
from bots.storage.codec import from_ms, to_ms
from bots.storage.keys import ND, Family, key
from bots.storage.lua import fields_of


class RedisHeartbeats:
    """When each process last said that it lives."""

    def __init__(self, client: Redis, clock: Clock) -> None:
        self._client = client
        self._clock = clock

    async def beat(self, process: str) -> None:
        await self._client.hset(key(ND, Family.HEARTBEATS), process, str(to_ms(self._clock())))

    async def seen(self) -> Mapping[str, datetime]:
        times = await fields_of(self._client, key(ND, Family.HEARTBEATS))
        return {process: from_ms(time) for process, time in times.items()}
