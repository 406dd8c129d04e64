"""What all tests share: a clean environment, and a real server of our own."""

import os
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from redis.asyncio import Redis

from bots.storage.client import connect
from bots.storage.server import EmbeddedServer

# python-telegram-bot says that its times become timedelta; ask for that now instead of being warned.
os.environ["PTB_TIMEDELTA"] = "1"
for _name in list(os.environ):
    if _name.startswith(("TELEGRAM_", "DISCORD_", "NEWSDESK_")) or _name == "REDIS_URL":
        del os.environ[_name]  # nobody's real newsroom is ever part of a test


@pytest.fixture(scope="session")
def redis_server() -> Iterator[EmbeddedServer]:
    """One embedded server for the whole run. Not the folder of pytest: its path may be too long for a socket."""
    with tempfile.TemporaryDirectory(prefix="newsdesk-test-") as folder:
        server = EmbeddedServer(Path(folder))
        server.start()
        yield server
        server.stop()


@pytest.fixture
async def redis(redis_server: EmbeddedServer) -> AsyncIterator[Redis]:
    """A client of an empty store."""
    client = connect(redis_server.url)
    await client.flushall()
    yield client
    await client.aclose()


@pytest.fixture
def redis_url(redis_server: EmbeddedServer, redis: Redis) -> str:
    """The address of the empty store, for processes and clients of the test's own."""
    return redis_server.url
