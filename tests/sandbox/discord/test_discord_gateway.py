import asyncio

import discord
import pytest

from bots.sandbox.discord import DiscordServer, Fault
from tests.sandbox.discord.discord_client import ANNA, LOUNGE, TOKEN, Client, connect, disconnect, furnish


async def test_a_dropped_connection_is_resumed_and_nothing_is_missed(server: DiscordServer, client: Client) -> None:
    await server.say(ANNA, LOUNGE, "before")
    server.drop_gateway()
    await server.say(ANNA, LOUNGE, "meanwhile")
    await server.until(lambda: client.resumed == 1)
    await server.say(ANNA, LOUNGE, "after")
    await server.until(lambda: len(client.heard) == 3)

    assert [message.content for message in client.heard] == ["before", "meanwhile", "after"]


async def test_without_a_session_to_resume_the_meantime_is_lost(server: DiscordServer, client: Client) -> None:
    server.drop_gateway(resumable=False)
    await server.say(ANNA, LOUNGE, "meanwhile")
    await server.until(lambda: TOKEN in server.connected, timeout=20)
    await server.say(ANNA, LOUNGE, "after")
    await server.until(lambda: client.heard)

    assert [message.content for message in client.heard] == ["after"]
    assert client.resumed == 0


async def test_a_bot_that_is_asked_to_reconnect_resumes(server: DiscordServer, client: Client) -> None:
    server.ask_to_reconnect()
    await server.until(lambda: client.resumed == 1)


async def test_without_the_content_intent_only_direct_words_have_content(server: DiscordServer) -> None:
    intents = discord.Intents.default()
    client, running = await connect(server, intents)
    await server.say(ANNA, LOUNGE, "in the guild")
    await server.say(ANNA, LOUNGE, f"<@{client.user.id}> to you")  # type: ignore[union-attr]
    await server.say(ANNA, await server.open_dm(ANNA, client.user.id), "directly")  # type: ignore[union-attr]
    await server.until(lambda: len(client.heard) == 3)

    assert [message.content for message in client.heard] == ["", f"<@{client.user.id}> to you", "directly"]  # type: ignore[union-attr]
    await disconnect(client, running)


async def test_a_privileged_intent_that_is_off_in_the_portal_is_refused() -> None:
    async with await DiscordServer.start() as server:
        server.add_guild(1, "Newsroom")
        server.add_bot(TOKEN, "Newsdesk", 9, message_content=False)
        with pytest.raises(discord.PrivilegedIntentsRequired):
            await connect(server)


async def test_a_wrong_token_is_refused() -> None:
    async with await DiscordServer.start() as server:
        server.add_guild(1, "Newsroom")
        server.add_bot("another", "Newsdesk", 9)
        with pytest.raises(discord.LoginFailure):
            await connect(server)


async def test_a_gateway_that_refuses_the_first_connection_ends_the_client(server: DiscordServer) -> None:
    """Whoever runs discord.py has to start it again: it does not survive this by itself."""
    server.fault(Fault("gateway", "status", status=503))
    with pytest.raises(AttributeError, match="sequence"):
        await connect(server)

    client, running = await connect(server)
    await disconnect(client, running)


async def test_events_are_delivered_twice_when_told_so(server: DiscordServer, client: Client) -> None:
    server.fault(Fault("*", "duplicate_updates"))
    await server.say(ANNA, LOUNGE, "once")
    await server.until(lambda: len(client.heard) == 2)

    assert client.heard[0].id == client.heard[1].id


async def test_events_overtake_each_other_when_told_so(server: DiscordServer, client: Client) -> None:
    server.fault(Fault("*", "out_of_order_updates"))
    await server.say(ANNA, LOUNGE, "first")
    await server.say(ANNA, LOUNGE, "second")
    await server.until(lambda: len(client.heard) == 2)

    assert [message.content for message in client.heard] == ["second", "first"]


async def test_a_held_back_event_comes_by_itself_when_none_follows(server: DiscordServer, client: Client) -> None:
    server.fault(Fault("*", "out_of_order_updates", seconds=0.1))
    await server.say(ANNA, LOUNGE, "alone")
    await server.until(lambda: client.heard)


async def test_members_come_go_and_change_before_the_bots_eyes(server: DiscordServer, client: Client) -> None:
    guild = client.get_guild(100)
    assert guild is not None
    assert {member.id for member in guild.members} >= {ANNA}
    server.add_member(499, "Newcomer")
    await server.give_role(ANNA, 302)
    await server.until(lambda: guild.get_member(499) and guild.get_member(ANNA).get_role(302))  # type: ignore[union-attr]
    await server.leave(499)
    await server.until(lambda: guild.get_member(499) is None)
    assert [member.id for member in await guild.query_members("ann")] == [ANNA]


async def test_the_bot_gives_and_takes_roles_below_its_own(server: DiscordServer, client: Client) -> None:
    guild = client.get_guild(100)
    assert guild is not None
    anna = await guild.fetch_member(ANNA)
    await anna.add_roles(discord.Object(302))
    assert [role["name"] for role in server.view(ANNA)["guilds"][0]["roles"] if role["mine"]] == ["World news"]
    await anna.remove_roles(discord.Object(302))

    own = guild.me.roles[-1]
    with pytest.raises(discord.Forbidden) as caught:
        await anna.add_roles(own)
    assert caught.value.code == 50013


async def test_the_bot_makes_changes_and_deletes_a_topic_role(server: DiscordServer, client: Client) -> None:
    guild = client.get_guild(100)
    assert guild is not None
    role = await guild.create_role(name="politics", permissions=discord.Permissions.none())
    assert role.position < guild.me.top_role.position
    await (await guild.fetch_member(ANNA)).add_roles(role)
    await role.edit(name="Politics", colour=discord.Colour(0x123456))
    shown = [it for it in server.view(ANNA)["guilds"][0]["roles"] if it["id"] == str(role.id)]
    assert shown == [{"id": str(role.id), "name": "Politics", "color": "#123456", "mine": True}]
    assert (await guild.fetch_role(role.id)).permissions == discord.Permissions.none()

    await role.delete()
    await server.until(lambda: guild.get_role(role.id) is None)
    assert not any(it["mine"] for it in server.view(ANNA)["guilds"][0]["roles"])


async def test_the_bot_gives_no_right_that_it_lacks_and_nobody_its_own_role(
    server: DiscordServer, client: Client
) -> None:
    guild = client.get_guild(100)
    assert guild is not None
    with pytest.raises(discord.Forbidden):
        await guild.create_role(name="boss", permissions=discord.Permissions(administrator=True))
    assert guild.me.top_role.is_bot_managed()
    with pytest.raises(discord.Forbidden):
        await guild.me.top_role.delete()


async def test_heartbeats_are_answered(server: DiscordServer, client: Client) -> None:
    await server.until(lambda: client.latency < 5)


async def test_two_bots_hear_what_each_may_hear(server: DiscordServer, client: Client) -> None:
    server.add_bot("second", "Other", 999)
    server.set_overwrite(LOUNGE, 999, deny=1 << 10)
    other = Client(discord.Intents.all())
    running = asyncio.create_task(other.start("second"))
    await server.until(lambda: "second" in server.connected)
    await server.say(ANNA, LOUNGE, "not for the second bot")
    await server.until(lambda: client.heard)

    assert other.heard == []
    await disconnect(other, running)


def test_furnishing_again_changes_nothing() -> None:
    async def twice() -> tuple[int, int]:
        async with await DiscordServer.start() as server:
            furnish(server)
            before = server.revision
            furnish(server)
            return before, server.revision

    before, after = asyncio.run(twice())
    assert before == after
