from collections.abc import AsyncIterator

import pytest

from bots.bootstrap.newsroom import Newsroom, open_newsroom
from bots.discord.sender import DiscordSender
from bots.sandbox.discord import DiscordServer
from tests.discord.deliveries import sending
from tests.discord.place import SPECS, Place, furnish, serving, settings_for


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    """At the end nothing may have gone over the wire that Discord does not describe."""
    running = await DiscordServer.start(specs=SPECS if SPECS.is_dir() else None)
    furnish(running)
    yield running
    await running.stop()
    assert (running.violations, running.self_errors, running.unimplemented) == ([], [], [])


@pytest.fixture
async def newsroom(server: DiscordServer, redis_url: str) -> AsyncIterator[Newsroom]:
    async with open_newsroom(settings_for(server, redis_url)) as opened:
        yield opened


@pytest.fixture
async def place(server: DiscordServer, newsroom: Newsroom) -> AsyncIterator[Place]:
    async with serving(server, newsroom) as working:
        yield working


@pytest.fixture
async def sender(server: DiscordServer, redis_url: str) -> AsyncIterator[DiscordSender]:
    async with sending(settings_for(server, redis_url)) as made:
        yield made
