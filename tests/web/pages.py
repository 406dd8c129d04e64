"""Serving the page for a while."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx2

from bots.bootstrap.newsroom import open_newsroom
from bots.web.server import serve
from config import Settings

PAGE = {"X-Newsdesk": "page"}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@asynccontextmanager
async def served(settings: Settings) -> AsyncIterator[httpx2.AsyncClient]:
    """A client of the page while it is served; afterwards it drains as on SIGTERM."""
    stop = asyncio.Event()
    async with open_newsroom(settings) as newsroom:
        work = asyncio.create_task(serve(newsroom, stop))
        try:
            address = f"http://127.0.0.1:{settings.port}"
            async with httpx2.AsyncClient(base_url=address, timeout=30, trust_env=False) as client:
                await _until_it_listens(settings.port, work)
                yield client
        finally:
            stop.set()
            await asyncio.wait_for(work, 10)


async def until_the_first_story_is_told(page: httpx2.AsyncClient) -> None:
    """No event tells a client of a page; so it asks."""
    async with asyncio.timeout(20):
        while (await page.get("/sandbox/stories")).json().get("stories", {}).get("first") is None:  # noqa: ASYNC110
            await asyncio.sleep(0.05)


async def _until_it_listens(port: int, work: asyncio.Task[None]) -> None:
    while not work.done():
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.02)
        else:
            writer.close()
            return
