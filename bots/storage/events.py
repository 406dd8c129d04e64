from collections.abc import Sequence

from redis.asyncio import Redis

from bots.newsroom.projection.events import Event
from bots.storage.keys import ND, Family, key
from bots.storage.streams import StreamGroup


class RedisEvents:
    """The stream of changes. The scripts that change something write it."""

    def __init__(self, client: Redis, blocking: Redis) -> None:
        self._client = client
        self._blocking = blocking

    async def read(self, group: str, consumer: str, limit: int, block_ms: int) -> Sequence[Event]:
        entries = await self._group(group).read(consumer, limit, block_ms)
        return [Event(receipt, fields["subject"]) for receipt, fields in entries]

    async def done(self, group: str, receipts: Sequence[str]) -> None:
        await self._group(group).done(receipts)

    def _group(self, group: str) -> StreamGroup:
        return StreamGroup(self._client, self._blocking, key(ND, Family.EVENTS), group)
