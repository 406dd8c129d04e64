"""The readers' first words, with the real bots, the real rules and the built-in scorer between them."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bots.bootstrap.examples import FIRST, tell
from bots.bootstrap.newsroom import Newsroom, open_newsroom
from bots.bootstrap.process import forever
from bots.bootstrap.sandbox import open_sandbox_client
from bots.bootstrap.scoring import pipeline
from bots.discord.app import serve as serve_discord
from bots.newsroom.comments.reviewer import Reviewer
from bots.newsroom.messages import Platform
from bots.sandbox.personas import KENJI, MAYA, OLENA
from bots.sandbox.scenario import DOUBTFUL, FROM_DISCORD, FROM_TELEGRAM, play
from bots.sandbox.serve import Sandbox, open_sandbox
from bots.sandbox.stories import Stories
from bots.sandbox.world import DISCUSSION, MODERATORS_GROUP
from bots.telegram.app import serve as serve_telegram
from config import PROJECT, load
from moderation.scorers import Builtin


@pytest.fixture
async def sandbox(tmp_path: Path) -> AsyncIterator[Sandbox]:
    async with open_sandbox(tmp_path) as running:
        yield running


@asynccontextmanager
async def newsroom_in(sandbox: Sandbox, redis_url: str) -> AsyncIterator[Newsroom]:
    """Both bots and a reviewer at work, and the first story told."""
    settings = load({**sandbox.environ, "REDIS_URL": redis_url}, PROJECT)
    stop = asyncio.Event()
    async with open_newsroom(settings) as newsroom, open_sandbox_client(settings) as client:
        reviewer = Reviewer(newsroom.stores.comments, pipeline(settings, Builtin.load()), "reviewer")
        work = [
            asyncio.create_task(serve_telegram(newsroom, stop)),
            asyncio.create_task(serve_discord(newsroom, stop)),
            asyncio.create_task(forever(reviewer.run_once, stop, idle=0)),
        ]
        assert client is not None
        try:
            await tell(newsroom, client, FIRST)
            yield newsroom
        finally:
            stop.set()
            await asyncio.gather(*work)


VOTES = {Platform.TELEGRAM: (2, 1, 0), Platform.DISCORD: (1, 0, 1)}


async def tally(newsroom: Newsroom) -> dict[Platform, tuple[int, ...]]:
    poll = await newsroom.polls.get("p1")
    return dict(poll.votes) if poll else {}


def said_on_telegram(sandbox: Sandbox, chat: int) -> str:
    chats = sandbox.telegram.view(str(MAYA.telegram))["chats"]
    return json.dumps([seen["messages"] for seen in chats if seen["id"] == chat], ensure_ascii=False)


def said_on_discord(sandbox: Sandbox, place: str) -> str:
    channels = sandbox.discord.view(str(MAYA.discord))["guilds"][0]["channels"]
    return json.dumps([seen for seen in channels if seen["name"] == place], ensure_ascii=False)


async def until_settled(sandbox: Sandbox, newsroom: Newsroom) -> None:
    """Until both sides show what was published and what waits; the store tells nobody."""
    async with asyncio.timeout(30):
        while not (_is_settled(sandbox) and await newsroom.stores.queue.size() == 1):  # noqa: ASYNC110
            await asyncio.sleep(0.1)


async def until_counted(newsroom: Newsroom) -> None:
    async with asyncio.timeout(30):
        while await tally(newsroom) != VOTES:  # noqa: ASYNC110  # as above
            await asyncio.sleep(0.1)


def _is_settled(sandbox: Sandbox) -> bool:
    telegram, discord = said_on_telegram(sandbox, DISCUSSION), said_on_discord(sandbox, "breaking-news")
    published = all(text in telegram and text in discord for text in (FROM_TELEGRAM, FROM_DISCORD))
    beginning = DOUBTFUL.partition(".")[0]
    held = all(beginning in room for room in _rooms(sandbox))
    return published and held


def _rooms(sandbox: Sandbox) -> tuple[str, str]:
    return said_on_telegram(sandbox, MODERATORS_GROUP), said_on_discord(sandbox, "moderators")


async def test_readers_vote_and_write_two_comments_that_are_published_and_one_that_is_held(
    sandbox: Sandbox, redis_url: str
) -> None:
    async with newsroom_in(sandbox, redis_url) as newsroom:
        await play(sandbox.telegram, sandbox.discord, sandbox.stories)
        await until_settled(sandbox, newsroom)
        await until_counted(newsroom)
        telegram, discord = said_on_telegram(sandbox, DISCUSSION), said_on_discord(sandbox, "breaking-news")
        assert DOUBTFUL.partition(".")[0] not in telegram + discord
        assert OLENA.name in discord
        assert KENJI.name in telegram


async def test_a_second_day_repeats_nothing(sandbox: Sandbox, redis_url: str) -> None:
    async with newsroom_in(sandbox, redis_url) as newsroom:
        await play(sandbox.telegram, sandbox.discord, sandbox.stories)
        await until_settled(sandbox, newsroom)
        await until_counted(newsroom)
        before = sandbox.telegram.revision, sandbox.discord.revision
        await play(sandbox.telegram, sandbox.discord, sandbox.stories)
        assert (sandbox.telegram.revision, sandbox.discord.revision) == before


async def test_a_first_day_that_was_cut_short_and_forgotten_says_nothing_twice(
    sandbox: Sandbox, redis_url: str, tmp_path: Path
) -> None:
    """As if the sandbox had been killed after the third comment, before it noted that anything was done."""
    async with newsroom_in(sandbox, redis_url) as newsroom:
        first = asyncio.create_task(play(sandbox.telegram, sandbox.discord, sandbox.stories))
        async with asyncio.timeout(30):
            while await newsroom.stores.queue.size() == 0:  # noqa: ASYNC110  # the store tells nobody
                await asyncio.sleep(0.05)
        first.cancel()
        await until_settled(sandbox, newsroom)
        await play(sandbox.telegram, sandbox.discord, Stories(tmp_path / "forgotten.json"))
        await until_settled(sandbox, newsroom)
        assert await newsroom.comments.get("c3") is not None
        assert await newsroom.comments.get("c4") is None
        await until_counted(newsroom)
