import asyncio

import discord

from bots.sandbox.discord import DiscordServer
from tests.sandbox.discord.discord_client import ALERTS, ANNA, BORIS, LOUNGE, MAYA, WORLD_ROLE, Client


async def test_unread_counts_what_others_wrote_since_one_looked(server: DiscordServer, client: Client) -> None:
    await client.text_channel(ALERTS).send("Breaking")
    await server.say(ANNA, LOUNGE, "Mine")
    await server.say(BORIS, LOUNGE, f"Yours, <@{ANNA}>")
    channels = server.view(ANNA)["guilds"][0]["channels"]
    assert [(it["name"], it["unread"], it["mentions"]) for it in channels] == [
        ("breaking-news", 1, 0),
        ("lounge", 1, 1),
    ]

    await server.mark_read(ANNA, LOUNGE)
    assert server.view(ANNA)["guilds"][0]["channels"][1]["unread"] == 0
    assert server.view(BORIS)["guilds"][0]["channels"][1]["unread"] == 1


async def test_people_are_shown_by_name_with_the_color_of_their_highest_role(server: DiscordServer) -> None:
    view = server.view(MAYA)

    assert view["me"] == {"id": str(MAYA), "name": "Maya", "bot": False, "color": "#3366cc"}
    assert {(it["name"], it["bot"]) for it in view["guilds"][0]["members"]} == {
        ("Newsdesk", True), ("Anna", False), ("Boris", False), ("Maya", False),
    }  # fmt: skip
    assert [it["mine"] for it in view["guilds"][0]["roles"] if it["name"] == "Moderators"] == [True]


async def test_a_page_waits_for_the_next_change(server: DiscordServer) -> None:
    seen = server.revision
    waiting = asyncio.create_task(server.wait_for_change(seen, timeout=5))
    await asyncio.sleep(0)
    await server.say(ANNA, LOUNGE, "Hello")

    assert await waiting > seen
    assert await server.wait_for_change(server.revision, timeout=0.01) == server.revision


async def test_a_mentioned_role_is_shown_by_name(server: DiscordServer, client: Client) -> None:
    role = discord.Object(WORLD_ROLE)
    allowed = discord.AllowedMentions(roles=[role])
    await client.text_channel(ALERTS).send(f"<@&{WORLD_ROLE}> Breaking", allowed_mentions=allowed)

    nodes = server.view(ANNA)["guilds"][0]["channels"][0]["messages"][0]["content"]
    assert nodes[0] == {"type": "role", "text": "@World news", "color": ""}


async def test_somebody_outside_the_guild_sees_nothing_of_it(server: DiscordServer) -> None:
    await server.leave(ANNA)
    assert server.view(ANNA)["guilds"] == []
    await server.join(ANNA)
    assert len(server.view(ANNA)["guilds"]) == 1


async def test_a_silent_message_and_its_buttons_are_shown(server: DiscordServer, client: Client) -> None:
    view = discord.ui.View(timeout=None)
    view.add_item(discord.ui.Button(label="Yes", style=discord.ButtonStyle.success, custom_id="v:1", emoji="👍"))
    view.add_item(discord.ui.Button(label="Read", url="https://example.org"))
    await client.text_channel(ALERTS).send("Vote", view=view, silent=True)

    [row] = server.view(ANNA)["guilds"][0]["channels"][0]["messages"][0]["components"]
    assert row["type"] == "row"
    assert [(it["label"], it["style"]) for it in row["components"]] == [("Yes", "success"), ("Read", "link")]
    assert row["components"][0]["emoji"] == "👍"


async def test_every_call_is_kept_with_its_body(server: DiscordServer, client: Client) -> None:
    await client.text_channel(ALERTS).send("Breaking", nonce=5)

    [call] = [call for call in server.calls if call.name == "create_message"]
    assert (call.verb, call.path, call.status) == ("POST", f"/channels/{ALERTS}/messages", 200)
    assert call.body["content"] == "Breaking"
    assert call.body["enforce_nonce"] is True
