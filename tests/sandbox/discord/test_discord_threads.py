from typing import Any

import discord
import pytest

from bots.sandbox.discord import DiscordServer, NotPossible
from tests.sandbox.discord.discord_client import ALERTS, ANNA, DESK, LOUNGE, MODERATOR_ROLE, Client


def threads_of(server: DiscordServer, user: int, channel: int = ALERTS) -> list[dict[str, Any]]:
    channels = server.view(user)["guilds"][0]["channels"]
    found: list[dict[str, Any]] = next(it["threads"] for it in channels if it["id"] == str(channel))
    return found


async def opened(client: Client, channel: int = ALERTS) -> discord.Thread:
    alert = await client.text_channel(channel).send("Breaking")
    return await alert.create_thread(name="Comments", auto_archive_duration=10080)


async def test_a_thread_of_a_message_has_its_id_and_hangs_under_it(server: DiscordServer, client: Client) -> None:
    thread = await opened(client)
    await thread.send("First comment")

    [shown] = threads_of(server, ANNA)
    assert shown["id"] == shown["message_id"] == str(thread.id)
    assert (shown["name"], shown["count"]) == ("Comments", 1)
    assert shown["messages"][0]["content"] == [{"type": "text", "text": "First comment"}]
    alert = server.view(ANNA)["guilds"][0]["channels"][0]["messages"][0]
    assert alert["thread_id"] == str(thread.id)


async def test_a_second_thread_of_the_same_message_is_refused(client: Client) -> None:
    alert = await client.text_channel(ALERTS).send("Breaking")
    await alert.create_thread(name="Comments")

    with pytest.raises(discord.HTTPException) as caught:
        await alert.create_thread(name="More comments")
    assert (caught.value.status, caught.value.code) == (400, 160004)


async def test_readers_see_but_cannot_write_into_the_thread_of_an_alert(server: DiscordServer, client: Client) -> None:
    thread = await opened(client)

    assert not threads_of(server, ANNA)[0]["can_write"]
    with pytest.raises(NotPossible):
        await server.say(ANNA, thread.id, "Let me in")


async def test_a_reader_writes_into_an_open_thread_until_it_is_locked(server: DiscordServer, client: Client) -> None:
    thread = await opened(client, LOUNGE)
    await server.say(ANNA, thread.id, "Mine")
    await server.until(lambda: client.heard)
    assert client.heard[0].channel == thread

    await thread.edit(locked=True)
    with pytest.raises(NotPossible, match="locked"):
        await server.say(ANNA, thread.id, "More")
    assert not threads_of(server, ANNA, LOUNGE)[0]["can_write"]


async def test_slow_mode_holds_for_people(server: DiscordServer, client: Client) -> None:
    thread = await opened(client, LOUNGE)
    await thread.edit(slowmode_delay=60)
    await server.say(ANNA, thread.id, "Once")

    with pytest.raises(NotPossible, match="Slow mode"):
        await server.say(ANNA, thread.id, "Twice")


async def test_writing_into_an_archived_thread_opens_it_unless_it_is_locked(
    server: DiscordServer, client: Client
) -> None:
    thread = await opened(client)
    await thread.edit(archived=True)
    assert threads_of(server, ANNA)[0]["archived"]

    await thread.send("Still something to say")
    assert not threads_of(server, ANNA)[0]["archived"]

    await thread.edit(archived=True, locked=True)
    with pytest.raises(discord.HTTPException) as caught:
        await thread.send("Too late")
    assert caught.value.code == 50083


async def test_threads_are_listed_joined_and_left(server: DiscordServer, client: Client) -> None:
    thread = await opened(client)
    guild = client.get_guild(100)
    assert guild is not None

    assert [it.id for it in await guild.active_threads()] == [thread.id]
    assert [member.id for member in await thread.fetch_members()] == [client.user.id]  # type: ignore[union-attr]
    await thread.leave()
    assert await thread.fetch_members() == []
    await thread.join()
    await thread.add_user(discord.Object(ANNA))
    assert {member.id for member in await thread.fetch_members()} == {client.user.id, ANNA}  # type: ignore[union-attr]
    await thread.edit(archived=True)
    assert await guild.active_threads() == []
    assert [it.id async for it in client.text_channel(ALERTS).archived_threads()] == [thread.id]


async def test_a_thread_without_a_message_stands_alone(server: DiscordServer, client: Client) -> None:
    thread = await client.text_channel(DESK).create_thread(name="Backlog", type=discord.ChannelType.public_thread)

    [shown] = threads_of(server, 403, DESK)
    assert (shown["id"], shown["message_id"]) == (str(thread.id), None)
    await thread.delete()
    assert threads_of(server, 403, DESK) == []


async def test_a_thread_name_has_100_characters_at_most(server: DiscordServer, client: Client) -> None:
    alert = await client.text_channel(ALERTS).send("Breaking")

    with pytest.raises(discord.HTTPException) as caught:
        await alert.create_thread(name="x" * 101)
    assert caught.value.code == 50035
    server.violations.clear()


async def test_the_threads_of_a_hidden_channel_are_hidden(server: DiscordServer, client: Client) -> None:
    thread = await opened(client, DESK)

    with pytest.raises(NotPossible, match="does not see"):
        await server.say(ANNA, thread.id, "Hello?")
    await server.give_role(ANNA, MODERATOR_ROLE)
    await server.say(ANNA, thread.id, "Now I may")
