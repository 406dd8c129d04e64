import asyncio
import json
import socket
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from bots.sandbox.discord import NotPossible as NotPossibleOnDiscord
from bots.sandbox.discord.permissions import SEND_MESSAGES_IN_THREADS
from bots.sandbox.personas import AMARA, INGRID, KENJI, MAYA, OLENA, PEOPLE, STAFF
from bots.sandbox.serve import Sandbox, open_sandbox
from bots.sandbox.state_file import Damaged
from bots.sandbox.telegram import NotPossible as NotPossibleOnTelegram
from bots.sandbox.world import ASK, BREAKING_NEWS, CHANNEL, DISCUSSION, MODERATORS_CHANNEL, MODERATORS_GROUP
from config import PROJECT, load


@pytest.fixture
async def sandbox(tmp_path: Path) -> AsyncIterator[Sandbox]:
    async with open_sandbox(tmp_path) as running:
        yield running


def chats(sandbox: Sandbox, person: int | None) -> set[int]:
    return {chat["id"] for chat in sandbox.telegram.view(str(person))["chats"]}


def channels(sandbox: Sandbox, person: int | None) -> set[str]:
    return {channel["name"] for channel in sandbox.discord.view(str(person))["guilds"][0]["channels"]}


@pytest.mark.parametrize("chat", [CHANNEL, DISCUSSION])
def test_a_reader_cannot_type_where_only_the_newsroom_posts(sandbox: Sandbox, chat: int) -> None:
    with pytest.raises(NotPossibleOnTelegram):
        sandbox.telegram.say(OLENA.telegram or 0, chat, "hello")
    with pytest.raises(NotPossibleOnTelegram):
        sandbox.telegram.send_photo(OLENA.telegram or 0, chat)


async def test_a_reader_cannot_type_below_the_alerts_on_discord(sandbox: Sandbox) -> None:
    with pytest.raises(NotPossibleOnDiscord):
        await sandbox.discord.say(KENJI.discord or 0, BREAKING_NEWS, "hello")
    world = sandbox.discord.world
    assert not world.may(world.channel(str(BREAKING_NEWS)), str(KENJI.discord), SEND_MESSAGES_IN_THREADS)


async def test_a_reader_has_a_place_to_type_commands_on_discord(sandbox: Sandbox) -> None:
    assert await sandbox.discord.say(AMARA.discord or 0, ASK, "hello")


def test_only_staff_sees_the_moderators_rooms(sandbox: Sandbox) -> None:
    assert MODERATORS_GROUP not in chats(sandbox, OLENA.telegram)
    assert "moderators" not in channels(sandbox, KENJI.discord)
    for person in (MAYA, INGRID):
        assert MODERATORS_GROUP in chats(sandbox, person.telegram)
        assert "moderators" in channels(sandbox, person.discord)


def test_a_moderator_can_write_in_the_moderators_group(sandbox: Sandbox) -> None:
    assert sandbox.telegram.say(MAYA.telegram or 0, MODERATORS_GROUP, "Who takes this one?")


def test_nobody_has_the_name_or_account_of_somebody_else() -> None:
    for field in ("name", "telegram", "discord"):
        given = [value for person in PEOPLE if (value := getattr(person, field)) is not None]
        assert len(given) == len(set(given))


def test_the_settings_of_the_sandbox_are_a_newsroom_on_both_platforms(sandbox: Sandbox) -> None:
    settings = load(sandbox.environ, PROJECT)
    assert settings.platforms == ("telegram", "discord")
    assert settings.discord.moderators_channel == MODERATORS_CHANNEL
    assert settings.telegram.moderators == str(MODERATORS_GROUP)
    assert settings.sandbox_url == sandbox.environ["NEWSDESK_SANDBOX_URL"]
    both = [entry for entry in settings.staff if entry.telegram and entry.discord]
    assert [entry.name for entry in both] == [person.name for person in STAFF]


def test_everything_listens_on_the_loopback_only(sandbox: Sandbox) -> None:
    addresses = [value for value in sandbox.environ.values() if "://" in value]
    assert len(addresses) == 4
    assert all(address.partition("://")[2].startswith("127.0.0.1:") for address in addresses)


async def test_a_restart_shows_the_same_world_at_the_same_addresses(tmp_path: Path) -> None:
    async with open_sandbox(tmp_path) as first:
        said = first.telegram.say(MAYA.telegram or 0, MODERATORS_GROUP, "still here")
        before = first.telegram.view(str(MAYA.telegram))["chats"]
    async with open_sandbox(tmp_path) as second:
        assert second.environ == first.environ
        assert second.telegram.view(str(MAYA.telegram))["chats"] == before
        assert said in second.telegram.platform.state.chats[str(MODERATORS_GROUP)].messages


async def test_a_restart_gives_nobody_a_second_account(tmp_path: Path) -> None:
    for _ in range(3):
        async with open_sandbox(tmp_path) as sandbox:
            guild = sandbox.discord.view(str(KENJI.discord))["guilds"][0]
            assert len(guild["members"]) == 1 + sum(person.discord is not None for person in PEOPLE)
            assert len(guild["roles"]) == 3


async def test_a_port_that_somebody_took_meanwhile_is_replaced(tmp_path: Path) -> None:
    async with open_sandbox(tmp_path) as first:
        taken = [first.telegram.port, first.discord.port, urlsplit(first.environ["NEWSDESK_SANDBOX_URL"]).port]
    held = [socket.create_server(("127.0.0.1", port)) for port in taken]
    async with open_sandbox(tmp_path) as second:
        assert first.environ.keys() == second.environ.keys()
        ports = {second.telegram.port, second.discord.port}
        assert not ports & set(taken)
        assert load(second.environ, PROJECT).sandbox_url != first.environ["NEWSDESK_SANDBOX_URL"]
    for listener in held:
        listener.close()


async def test_two_sandboxes_do_not_know_each_other_s_keys(tmp_path: Path) -> None:
    async with open_sandbox(tmp_path / "a") as one, open_sandbox(tmp_path / "b") as other:
        secret = ("TELEGRAM_BOT_TOKEN", "DISCORD_BOT_TOKEN", "NEWSDESK_SANDBOX_URL")
        assert all(one.environ[name] != other.environ[name] for name in secret)


async def test_its_keys_are_for_their_owner_s_eyes_only(tmp_path: Path) -> None:
    folder = tmp_path / "sandbox"
    async with open_sandbox(folder):
        file = folder / "identity.json"
        modes = await asyncio.to_thread(lambda: (folder.stat().st_mode & 0o777, file.stat().st_mode & 0o777))
    assert modes == (0o700, 0o600)


async def test_a_damaged_file_is_named_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "identity.json").write_text(json.dumps({"world": "x"}))
    with pytest.raises(Damaged, match=r"identity\.json is damaged .* remove the folders"):
        async with open_sandbox(tmp_path):
            pass
