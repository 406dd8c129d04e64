"""What moderators elsewhere think of comments, kept to learn from, and what authors elsewhere said lately."""

import hashlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from redis.asyncio import Redis

from bots.newsroom.clock import Clock
from bots.storage.client import StoreError
from bots.storage.codec import Codec, from_ms, to_ms
from bots.storage.keys import ND, Family, key, partition_of
from bots.storage.lua import Script
from bots.storage.retention import keep_ms
from moderation import StoreAway, Suggestion

_RECENT = 20
"""Texts of one author that a new one is compared with."""
_PAGE = 500
ROW = Codec(Suggestion)


@dataclass(frozen=True, slots=True)
class KeptLabel:
    suggestion: Suggestion
    kept_at: datetime


class RedisLabels:
    def __init__(self, client: Redis, clock: Clock) -> None:
        self._client = client
        self._clock = clock
        self._keep = Script(client, "label_keep")

    async def keep(self, suggestion: Suggestion) -> None:
        """See moderation.Labels; the same suggestion within a week is the same one."""
        row = ROW.dump(_writable(suggestion))
        op = hashlib.sha256(row.encode()).hexdigest()
        oldest = to_ms(self._clock()) - keep_ms(Family.LABELS)
        keys = [_LABELS, key(ND, Family.OP, "label", op)]
        try:
            await self._keep(keys, row, oldest, keep_ms(Family.LABELS), keep_ms(Family.OP))
        except StoreError as problem:
            raise _away(problem) from problem

    async def rows(self) -> AsyncIterator[KeptLabel]:
        """All that are kept, oldest first."""
        start = "-"
        while entries := cast(
            "list[tuple[str, dict[str, str]]]", await self._client.xrange(_LABELS, start, "+", _PAGE)
        ):
            for entry, fields in entries:
                yield KeptLabel(ROW.load(fields["row"]), from_ms(entry.partition("-")[0]))
            start = f"({entries[-1][0]}"


class RedisHistory:
    def __init__(self, client: Redis) -> None:
        self._exchange = Script(client, "history_exchange")

    async def exchange(self, author: str, text: str) -> tuple[str, ...]:
        """See moderation.History."""
        name = hashlib.sha256(author.encode("utf-8", "surrogatepass")).hexdigest()  # another site's id is not for us
        history = key(partition_of(name), Family.HISTORY, name)
        try:
            before = await self._exchange([history], _clean(text), _RECENT, keep_ms(Family.HISTORY))
        except StoreError as problem:
            raise _away(problem) from problem
        return tuple(map(str, before))


_LABELS = key(ND, Family.LABELS)


def _away(problem: StoreError) -> StoreAway:
    return StoreAway(f"the store does not answer ({type(problem).__name__}); try again in a minute")


def _writable(suggestion: Suggestion) -> Suggestion:
    token, community = _clean(suggestion.token), _clean(suggestion.community)
    return Suggestion(_clean(suggestion.text), suggestion.values, suggestion.languages, token, community)


def _clean(text: str) -> str:
    """UTF-8 has no place for a lone surrogate."""
    return text.encode("utf-8", "replace").decode()
