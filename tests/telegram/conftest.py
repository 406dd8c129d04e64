"""The newsroom of `town.py` as fixtures."""

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import Any

import pytest
from redis.asyncio import Redis
from telegram import Bot
from telegram.request import HTTPXRequest

from bots.bootstrap.newsroom import Newsroom, compose
from bots.newsroom.clock import utc_now
from bots.sandbox.telegram import TelegramServer
from bots.storage.budgets import PlatformRates, Rate, Rates
from bots.storage.client import connect
from bots.storage.stores import open_stores
from bots.telegram.chats import Chats
from bots.telegram.sender import TelegramSender
from tests.telegram.town import DISCUSSION, SPECS, TOKEN, Town, build, serving, settings_for

ROOMY = Rates(telegram=PlatformRates(whole=Rate(1000, 1000), room=Rate(1000, 1000), reader=Rate(1000, 1000)))
"""The budgets of the rooms are tried elsewhere; here nothing is to wait for them."""


@pytest.fixture
async def platform() -> AsyncIterator[TelegramServer]:
    """Whatever a test does, the bot's requests must fit the published description, and the server's answers, too."""
    async with await TelegramServer.start(specs=SPECS if SPECS.exists() else None) as server:
        build(server)
        yield server
        assert server.violations == []
        assert server.self_errors == []
        assert server.unimplemented == []


@pytest.fixture
async def newsroom(platform: TelegramServer, redis: Redis, redis_url: str) -> AsyncIterator[Newsroom]:
    blocking = connect(redis_url, block=1.0)
    yield compose(settings_for(platform), open_stores(redis, blocking, utc_now, ROOMY), utc_now)
    await blocking.aclose()


@pytest.fixture
async def idle(platform: TelegramServer, newsroom: Newsroom) -> Town:
    """The town before anything of ours runs."""
    return Town(platform, newsroom)


@pytest.fixture
async def town(idle: Town) -> AsyncIterator[Town]:
    async with serving(idle.newsroom):
        yield idle


@pytest.fixture
async def bot(platform: TelegramServer) -> AsyncIterator[Bot]:
    async with Bot(TOKEN, base_url=platform.base_url, base_file_url=platform.file_url) as bot:
        yield bot


@pytest.fixture
def open_town(idle: Town) -> Callable[..., Any]:
    """The town with typing allowed in the discussion."""

    def opened(*, direct: bool) -> Any:
        idle.server.set_permissions(DISCUSSION, can_send_messages=True)
        settings = settings_for(idle.server, comments={"direct": direct})
        return replace(idle, newsroom=replace(idle.newsroom, settings=settings))

    return opened


@pytest.fixture
async def quick(platform: TelegramServer) -> AsyncIterator[Bot]:
    """The real client, with time-outs short enough for calls that hang."""
    request = HTTPXRequest(read_timeout=0.4, write_timeout=0.4, connect_timeout=0.4)
    async with Bot(TOKEN, base_url=platform.base_url, request=request) as bot:
        yield bot


@pytest.fixture
def sender(quick: Bot, idle: Town) -> TelegramSender:
    return TelegramSender(quick, Chats(quick, idle.newsroom.settings.telegram), idle.newsroom.stores)
