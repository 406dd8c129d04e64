"""The page as its process serves it: on a port of its own, over a real store, with or without a sandbox behind it."""

import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest

from bots.sandbox.serve import Sandbox, open_sandbox
from config import PROJECT, Settings, load
from tests.web.pages import free_port, served, until_the_first_story_is_told


@pytest.fixture
def settings(redis_url: str) -> Settings:
    """Of a newsroom that has no platform and whose scorer is not there."""
    moderation = f"http://127.0.0.1:{free_port()}"
    environ = {"REDIS_URL": redis_url, "NEWSDESK_PORT": str(free_port()), "NEWSDESK_MODERATION_URL": moderation}
    return load(environ, PROJECT)


@pytest.fixture
async def page(settings: Settings) -> AsyncIterator[httpx2.AsyncClient]:
    """A client of the page outside the sandbox."""
    async with served(settings) as client:
        yield client


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    with tempfile.TemporaryDirectory(prefix="newsdesk-sandbox-") as folder:
        async with open_sandbox(Path(folder)) as running:
            yield running


@pytest.fixture
def sandbox_settings(settings: Settings, sandbox: Sandbox) -> Settings:
    environ = {
        **sandbox.environ,
        "REDIS_URL": settings.redis_url or "",
        "NEWSDESK_PORT": str(settings.port),
        "NEWSDESK_MODERATION_URL": settings.moderation_url,
    }
    return load(environ, PROJECT)


@pytest.fixture
async def sandbox_page(sandbox_settings: Settings) -> AsyncIterator[httpx2.AsyncClient]:
    """A client of the page in the sandbox, whose first story is told."""
    async with served(sandbox_settings) as client:
        await until_the_first_story_is_told(client)
        yield client
