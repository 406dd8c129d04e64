"""Walks through a large set in pages. Such sets are sorted sets with equal scores: pages by name, each name once."""

from collections.abc import AsyncIterator
from typing import cast

from redis.asyncio import Redis

PAGE = 500


async def members(client: Redis, name: str) -> AsyncIterator[str]:
    """Every member that is there all the while; one that comes or goes meanwhile may or may not be met."""
    start = "-"
    while page := cast("list[str]", await client.zrange(name, start, "+", bylex=True, offset=0, num=PAGE)):
        for member in page:
            yield member
        start = f"({page[-1]}"
