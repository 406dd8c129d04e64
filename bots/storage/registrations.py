from redis.asyncio import Redis

from bots.storage.keys import ND, Family, key


class RedisRegistrations:
    """What a platform was told once and need not hear again until it changes: the commands of a bot."""

    def __init__(self, client: Redis) -> None:
        self._client = client

    async def registered(self, name: str) -> str | None:
        """The fingerprint of what was registered last under this name."""
        found = await self._client.hget(key(ND, Family.REGISTRATIONS), name)
        return str(found) if found is not None else None

    async def register(self, name: str, fingerprint: str) -> None:
        await self._client.hset(key(ND, Family.REGISTRATIONS), name, fingerprint)
