"""A small town on a local Telegram: a channel with its closed discussion, a moderators' room, readers, and our bot."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from telegram import Bot
from telegram.request import HTTPXRequest

from bots.sandbox.telegram import Group, TelegramServer

SPECS = Path(__file__).parents[4] / "shared" / "specs"  # absent on most machines: then nothing is compared with it
TOKEN = "111111:sandbox"


class Watch:
    """A clock the tests can turn."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead  # noqa: TID251 (the tests' own clock starts from the real one)

    def turn(self, **by: float) -> None:
        self.ahead += timedelta(**by)


def build(server: TelegramServer) -> SimpleNamespace:
    """The same town on any server; building it twice changes nothing."""
    ids = SimpleNamespace(channel=-1001000000001, discussion=-1001000000002, room=-1001000000003, basic=-4001)
    people = SimpleNamespace(ann=1001, ben=1002, mod=1003, stranger=1004)
    ids.bot_id = server.add_bot(TOKEN, "newsdesk_bot", "Newsdesk")
    for name, user_id in vars(people).items():
        server.add_user(user_id, name.title(), username=f"{name}_reads")
    server.add_channel(ids.channel, "Daily", "dailynews", admins=[ids.bot_id], members=[people.ann, people.ben])
    closed = {"can_send_messages": False}
    server.add_group(ids.discussion, "Talk", Group([people.ann], [ids.bot_id], people.mod, closed, ids.channel))
    server.add_group(ids.room, "Moderators", Group([people.mod], [ids.bot_id]))
    server.add_group(ids.basic, "Old room", Group([people.mod, ids.bot_id], basic=True))
    return SimpleNamespace(server=server, **vars(ids), **vars(people))


def connect(server: TelegramServer, token: str = TOKEN) -> Bot:
    """The real client, with time-outs short enough for tests of hanging calls."""
    request = HTTPXRequest(read_timeout=0.6, write_timeout=0.6, connect_timeout=0.6)
    polls = HTTPXRequest(read_timeout=5)
    return Bot(
        token, base_url=server.base_url, base_file_url=server.file_url, request=request, get_updates_request=polls
    )


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
async def town(watch: Watch) -> AsyncIterator[SimpleNamespace]:
    """Whatever a test does, the bot's requests and our answers must fit the published description."""
    async with await TelegramServer.start(specs=SPECS if SPECS.exists() else None, clock=watch) as server:
        town = build(server)
        async with connect(server) as town.bot:
            yield town
        assert server.violations == []
        assert server.self_errors == []
        assert server.unimplemented == []


@pytest.fixture
def rebuild() -> SimpleNamespace:
    """For tests that start servers of their own."""
    return SimpleNamespace(build=build, connect=connect, token=TOKEN, specs=SPECS)
