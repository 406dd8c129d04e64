"""Drops what no expiry can: streams behind their slowest group, lists beyond their newest."""

from datetime import timedelta

from redis.asyncio import Redis

from bots.newsroom.clock import Clock
from bots.storage.codec import to_ms
from bots.storage.keys import ND, Family, key
from bots.storage.lua import Script
from bots.storage.retention import keep_ms

STREAMS = (Family.EVENTS, Family.SUBMISSIONS, Family.UPDATES)
LISTS = (Family.ALERTS, Family.POLLS)
NEWEST = 1000
"""How many entries a list keeps: more than anybody pages through."""
SILENT = timedelta(days=1)
"""A consumer with nothing in hand that was silent so long is gone: each start of a process makes a new one."""


class Housekeeping:
    def __init__(self, client: Redis, clock: Clock) -> None:
        self._client = client
        self._clock = clock
        self._trim = Script(client, "stream_trim")

    async def trim(self) -> None:
        """Any process may do it, at any time, repeatedly."""
        for family in STREAMS:
            oldest = to_ms(self._clock()) - keep_ms(family)
            await self._trim([key(ND, family)], oldest, SILENT // timedelta(milliseconds=1))
        for family in LISTS:
            await self._client.zremrangebyrank(key(ND, family), 0, -(NEWEST + 1))
