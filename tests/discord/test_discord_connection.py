"""The connection to Discord ends in many ways; it comes back by itself, or says what a person has to do."""

import asyncio
from typing import Any

import pytest

from bots.bootstrap.newsroom import Newsroom, open_newsroom
from bots.bootstrap.process import GiveUp
from bots.discord.app import serve
from bots.sandbox.discord import DiscordServer, Fault
from bots.sandbox.discord.world import Event
from tests.discord.place import ANNA, APPLICATION, LOBBY, TOKEN, Place, said, serving, settings_for


async def works(place: Place) -> None:
    """A command is answered."""
    await place.server.slash(ANNA, LOBBY, "help")
    await place.until(lambda: "What you can do here" in said(place.lobby()[-1]))


async def test_it_connects_although_the_first_attempts_fail(server: DiscordServer, newsroom: Newsroom) -> None:
    server.fault(Fault("get_my_user", "status", status=503))
    server.fault(Fault("gateway", "status", status=500, times=2))
    async with serving(server, newsroom) as place:
        await works(place)


@pytest.mark.parametrize("resumable", [True, False])
async def test_it_comes_back_after_the_connection_was_cut(place: Place, resumable: bool) -> None:
    await works(place)
    place.server.drop_gateway(resumable=resumable)
    await asyncio.sleep(0.2)
    await place.until(lambda: TOKEN in place.server.connected)
    await works(place)


async def test_it_moves_on_when_discord_asks_it_to_reconnect(place: Place) -> None:
    place.server.ask_to_reconnect()
    await asyncio.sleep(0.2)
    await place.until(lambda: TOKEN in place.server.connected)
    await works(place)


async def test_alerts_go_out_while_the_gateway_is_away(place: Place) -> None:
    place.server.fault(Fault("gateway", "status", status=500, times=1000))
    place.server.drop_gateway(resumable=False)
    await place.alert()
    assert TOKEN not in place.server.connected


async def test_a_malformed_event_costs_a_connection_and_nothing_more(place: Place) -> None:
    place.server.world.publish(Event("GUILD_ROLE_DELETE", {}, only_bot=TOKEN))
    await asyncio.sleep(0.2)
    await place.until(lambda: TOKEN in place.server.connected)
    await works(place)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"token": "wrong"}, "Copy the token again"),
        ({"token": None}, "DISCORD_BOT_TOKEN is not set"),
        ({"alerts_channel": None}, "DISCORD_ALERTS_CHANNEL is not set"),
    ],
)
async def test_what_a_person_must_mend_is_said(
    server: DiscordServer, redis_url: str, changes: dict[str, Any], sentence: str
) -> None:
    async with open_newsroom(settings_for(server, redis_url, **changes)) as newsroom:
        with pytest.raises(GiveUp, match=sentence):
            await serve(newsroom, asyncio.Event())


async def test_reading_messages_is_asked_for_only_where_comments_are_typed(redis_url: str) -> None:
    async with await DiscordServer.start() as server:
        server.add_guild(100, "The Daily")
        server.add_bot(TOKEN, "Newsdesk", APPLICATION, message_content=False, members=False)
        server.add_text_channel(200, "alerts", write=())
        async with open_newsroom(settings_for(server, redis_url)) as newsroom, serving(server, newsroom):
            assert TOKEN in server.connected
        async with open_newsroom(settings_for(server, redis_url, direct=True)) as newsroom:
            with pytest.raises(GiveUp, match="Message Content Intent"):
                await serve(newsroom, asyncio.Event())


async def test_commands_are_told_once_and_again_when_they_changed(server: DiscordServer, newsroom: Newsroom) -> None:
    async with serving(server, newsroom) as place:
        await works(place)
    async with serving(server, newsroom):
        pass
    registered = [call for call in server.calls if call.name == "bulk_set_guild_application_commands"]
    assert len(registered) == 1
    await newsroom.stores.registrations.register(f"discord:{APPLICATION}:100", "older")
    async with serving(server, newsroom):
        pass
    assert sum(call.name == "bulk_set_guild_application_commands" for call in server.calls) == 2
