from collections.abc import AsyncIterator

import pytest

from bots.sandbox.discord import DiscordServer
from tests.sandbox.discord.discord_client import SPECS, Client, connect, disconnect, furnish


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    """Every test ends with the bot's requests and our own answers found right, where the descriptions are at hand."""
    specs = SPECS if SPECS.exists() else None
    async with await DiscordServer.start(specs=specs) as running:
        furnish(running)
        yield running
        assert running.violations == []
        assert running.self_errors == []
        assert running.unimplemented == []


@pytest.fixture
async def client(server: DiscordServer) -> AsyncIterator[Client]:
    connected, running = await connect(server)
    yield connected
    await disconnect(connected, running)
