"""What readers asked for, each in their partition."""

from collections.abc import AsyncIterator

from redis.asyncio import Redis

from bots.newsroom.messages import Platform
from bots.newsroom.readers import ALL_TOPICS
from bots.storage.keys import PARTITIONS, Family, key, partition, prefix
from bots.storage.lua import Script
from bots.storage.paging import members
from bots.storage.retention import keep_ms


class RedisReaders:
    def __init__(self, client: Redis) -> None:
        self._client = client
        self._subscribe = Script(client, "readers", "reader_subscribe")
        self._toggle = Script(client, "readers", "reader_toggle")

    async def topics(self, platform: Platform, account: str) -> frozenset[str]:
        return frozenset(str(topic) for topic in await self._client.smembers(_key(Family.TOPICS, platform, account)))

    async def subscribe(self, platform: Platform, account: str, topics: frozenset[str]) -> None:
        keys = [_key(Family.TOPICS, platform, account)]
        await self._subscribe(keys, _followers(platform, account), account, *sorted(topics))

    async def toggle(self, platform: Platform, account: str, topic: str, op: str) -> frozenset[str]:
        keys = [_key(Family.TOPICS, platform, account), _key(Family.OP, platform, account, op)]
        args = (_followers(platform, account), account, topic, keep_ms(Family.OP))
        return frozenset(await self._toggle(keys, *args))

    async def subscribers(self, platform: Platform, topic: str) -> AsyncIterator[str]:
        for tag in PARTITIONS:
            of_topic, of_all = (key(tag, Family.FOLLOWERS, platform, name) for name in (topic, ALL_TOPICS))
            async for account in members(self._client, of_all):
                yield account
            if topic != ALL_TOPICS:
                async for account in members(self._client, of_topic):
                    if await self._client.zscore(of_all, account) is None:
                        yield account

    async def was_told(self, platform: Platform, account: str) -> bool:
        return bool(await self._client.exists(_key(Family.TOLD, platform, account)))

    async def told(self, platform: Platform, account: str) -> None:
        await self._client.set(_key(Family.TOLD, platform, account), 1, px=keep_ms(Family.TOLD))

    async def gone(self, platform: Platform, account: str) -> None:
        await self.subscribe(platform, account, frozenset())


def _key(family: Family, platform: Platform, account: str, *parts: str) -> str:
    return key(partition(platform, account), family, platform, account, *parts)


def _followers(platform: Platform, account: str) -> str:
    return prefix(partition(platform, account), Family.FOLLOWERS, platform)
