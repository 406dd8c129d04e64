"""Who may ask the moderation service. A key is a name and a secret; of the secret only its SHA-256 is kept."""

import hashlib
import hmac
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from redis.asyncio import Redis

from bots.newsroom.clock import Clock
from bots.storage.client import StoreError
from bots.storage.codec import Codec, to_ms
from bots.storage.keys import ND, Family, key
from bots.storage.lua import Script, fields_of
from bots.storage.retention import keep_ms
from moderation import Allowance, StoreAway

_NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")
_MINUTE = 60_000  # ms
_NOBODY = hashlib.sha256(b"").hexdigest()


class BadKeyName(Exception):
    """The name cannot be given to a key. The message says why and what to do."""


@dataclass(frozen=True, slots=True)
class KeyRecord:
    """What is kept of a key; `per_minute` is how many questions it may ask."""

    digest: str
    per_minute: int
    added_at: datetime


RECORD = Codec(KeyRecord)


class RedisKeys:
    def __init__(self, client: Redis, clock: Clock) -> None:
        self._client = client
        self._clock = clock
        self._quota = Script(client, "quota_take")

    async def add(self, name: str, per_minute: int) -> str:
        """A new key, which is shown this once and kept nowhere. Raises BadKeyName."""
        if not _NAME.fullmatch(name):
            raise BadKeyName(f"{name[:80]!r} is no name for a key: use up to 40 of a-z, 0-9 and hyphens.")
        secret = secrets.token_urlsafe(32)
        record = RECORD.dump(KeyRecord(_digest(secret), per_minute, self._clock()))
        if not await self._client.hsetnx(_KEYS, name, record):
            raise BadKeyName(f"There is a key {name!r} already: revoke it first, or choose another name.")
        return f"nd.{name}.{secret}"

    async def listed(self) -> Sequence[tuple[str, KeyRecord]]:
        """By name."""
        records = await fields_of(self._client, _KEYS)
        return [(name, RECORD.load(record)) for name, record in sorted(records.items())]

    async def revoke(self, name: str) -> bool:
        """Whether there was such a key; it is refused from now on."""
        return bool(await self._client.hdel(_KEYS, name))

    async def take(self, key: str, questions: int) -> Allowance | None:
        """See moderation.Keys."""
        name, secret = _parts(key)
        try:
            record = await self._record(name)
            known = hmac.compare_digest(_digest(secret), record.digest if record else _NOBODY)
            return await self._count(name, record.per_minute, questions) if record and known else None
        except StoreError as problem:
            raise StoreAway(f"the store does not answer ({type(problem).__name__}); try again in a minute") from problem

    async def _record(self, name: str) -> KeyRecord | None:
        found = await self._client.hget(_KEYS, name) if name else None
        return RECORD.load(str(found)) if found is not None else None

    async def _count(self, name: str, limit: int, questions: int) -> Allowance:
        minute, passed = divmod(to_ms(self._clock()), _MINUTE)
        quota = key(ND, Family.QUOTA, name, str(minute))
        granted, used = await self._quota([quota], questions, limit, keep_ms(Family.QUOTA))
        seconds = -(-(_MINUTE - passed) // 1000)
        return Allowance(name, limit, limit - int(used), seconds, bool(granted))


_KEYS = key(ND, Family.SERVICE_KEYS)


def _parts(key: str) -> tuple[str, str]:
    """Name and secret; both empty when it cannot be one of ours."""
    start, _, rest = key.partition(".")
    name, _, secret = rest.partition(".")
    return (name, secret) if start == "nd" and _NAME.fullmatch(name) and secret.isascii() else ("", "")


def _digest(secret: str) -> str:
    """A secret of 256 random bits cannot be guessed, so a plain hash hides it well."""
    return hashlib.sha256(secret.encode()).hexdigest()
