"""Runs a command's work on the newsroom that its settings name."""

import asyncio
from collections.abc import Awaitable, Callable

from bots.bootstrap.newsroom import Newsroom, open_newsroom
from config import Settings


def with_newsroom(settings: Settings, work: Callable[[Newsroom], Awaitable[None]]) -> None:
    """Opens the newsroom, does the work, closes it. Raises what either does."""

    async def run() -> None:
        async with open_newsroom(settings) as newsroom:
            await work(newsroom)

    asyncio.run(run())
