"""The held comments and their cards in the moderators' rooms."""

from collections.abc import Sequence

from redis.asyncio import Redis

from bots.newsroom.messages import Platform
from bots.storage.keys import ND, Family, key
from bots.storage.lua import Script
from bots.storage.retention import keep_ms


class RedisQueue:
    def __init__(self, client: Redis) -> None:
        self._client = client
        self._open = Script(client, "queue", "card_open")
        self._close = Script(client, "queue", "card_close")
        self._next = Script(client, "queue", "cards_next")
        self._waiting = Script(client, "queue", "cards_waiting")

    async def size(self) -> int:
        return int(await self._client.zcard(key(ND, Family.QUEUE)))

    async def oldest(self, limit: int) -> Sequence[str]:
        return [str(comment_id) for comment_id in await self._client.zrange(key(ND, Family.QUEUE), 0, limit - 1)]

    async def open_card(self, platform: Platform, comment_id: str, limit: int) -> bool:
        return bool(await self._open(_keys(platform), comment_id, limit))

    async def close_card(self, platform: Platform, comment_id: str) -> bool:
        return bool(await self._close(_keys(platform), comment_id))

    async def open_next(self, platform: Platform, limit: int, op: str) -> int:
        keys = [*_keys(platform), key(ND, Family.OP, "next", op)]
        return int(await self._next(keys, platform, limit, keep_ms(Family.OP)))

    async def waiting(self, platform: Platform) -> tuple[int, int, int]:
        count, number, version = await self._waiting(_keys(platform), platform)
        return int(count), int(number), int(version)


def _keys(platform: Platform) -> list[str]:
    shared = (Family.EVENTS, Family.QUEUE, Family.QUEUE_STATE)
    return [*(key(ND, family) for family in shared), key(ND, Family.CARDS, platform)]
