from redis.asyncio import Redis

from bots.newsroom.messages import Platform
from bots.newsroom.readers import Draft
from bots.storage.codec import Codec
from bots.storage.keys import Family, key, partition
from bots.storage.retention import keep_ms

DRAFT = Codec(Draft)


class RedisDrafts:
    """Who is about to write which comment. Each change is one plain command that may be repeated."""

    def __init__(self, client: Redis) -> None:
        self._client = client

    async def begin(self, platform: Platform, account: str, draft: Draft) -> None:
        await self._client.set(_key(platform, account), DRAFT.dump(draft), px=keep_ms(Family.DRAFT))

    async def current(self, platform: Platform, account: str) -> Draft | None:
        text = await self._client.get(_key(platform, account))
        return DRAFT.load(str(text)) if text else None

    async def end(self, platform: Platform, account: str) -> None:
        await self._client.delete(_key(platform, account))


def _key(platform: Platform, account: str) -> str:
    return key(partition(platform, account), Family.DRAFT, platform, account)
