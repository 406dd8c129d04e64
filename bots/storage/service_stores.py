"""What the moderation service keeps: keys, labels, and what authors elsewhere said lately."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bots.newsroom.clock import Clock
from bots.storage.client import connect, require_durable
from bots.storage.keys_of_service import RedisKeys
from bots.storage.labels_of_service import RedisHistory, RedisLabels


@dataclass(frozen=True)
class ServiceStores:
    keys: RedisKeys
    labels: RedisLabels
    history: RedisHistory

    @classmethod
    def at(cls, url: str, clock: Clock) -> "ServiceStores":
        """For a process' whole life, whose end closes the connection; nothing is asked before it is needed."""
        client = connect(url)
        return cls(RedisKeys(client, clock), RedisLabels(client, clock), RedisHistory(client))


@asynccontextmanager
async def open_service_stores(url: str, clock: Clock, *, allow_volatile: bool) -> AsyncIterator[ServiceStores]:
    """The same for a while. Raises VolatileStore or StoreTooOld."""
    client = connect(url)
    try:
        await require_durable(client, allow_volatile=allow_volatile)
        yield ServiceStores(RedisKeys(client, clock), RedisLabels(client, clock), RedisHistory(client))
    finally:
        await client.aclose()
