"""What doctor says of a server: nothing to do where all is well, and of each fault how to mend it."""

from typing import Any

import pytest

from bots.discord.checkup import Finding, check
from bots.sandbox.discord import DiscordServer
from config import Settings
from tests.discord.deliveries import MANAGE_ROLES, SEND_MESSAGES, VIEW_CHANNEL, bot_role
from tests.discord.place import ALERTS, APPLICATION, GUILD, MODERATORS, TOKEN, settings_for

CREATE_THREADS, SEND_IN_THREADS = 1 << 35, 1 << 38


async def to_do(settings: Settings) -> list[Finding]:
    return [finding for finding in await check(settings) if not finding.ok]


async def test_a_server_in_order_leaves_nothing_to_do(server: DiscordServer) -> None:
    findings = await check(settings_for(server, "redis://unused"))
    assert [finding for finding in findings if not finding.ok or finding.what_to_do] == []
    assert len(findings) >= 6


async def test_a_platform_without_a_token_is_said_to_be_off(server: DiscordServer) -> None:
    (only,) = await check(settings_for(server, "redis://unused", token=None))
    assert (only.ok, only.what) == (False, "Discord is off")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"token": "wrong"}, "Copy the token again"),
        ({"alerts_channel": None}, "DISCORD_ALERTS_CHANNEL"),
        ({"alerts_channel": 999}, "DISCORD_ALERTS_CHANNEL"),
        ({"moderators_channel": None}, "DISCORD_MODERATORS_CHANNEL"),
        ({"api_base_url": "http://127.0.0.1:9/api/v10"}, "the network"),
    ],
)
async def test_a_wrong_setting_is_named(server: DiscordServer, changes: dict[str, Any], sentence: str) -> None:
    findings = await to_do(settings_for(server, "redis://unused", **changes))
    assert any(sentence in finding.what_to_do for finding in findings), findings


async def test_missing_rights_are_named_one_by_one(server: DiscordServer) -> None:
    server.set_overwrite(ALERTS, bot_role(server), allow=VIEW_CHANNEL | SEND_MESSAGES, deny=CREATE_THREADS)
    (finding,) = await to_do(settings_for(server, "redis://unused"))
    assert "allow Create Public Threads, Send Messages in Threads." in finding.what_to_do


async def test_a_channel_where_readers_can_type_is_open_by_mistake(server: DiscordServer) -> None:
    server.set_overwrite(ALERTS, GUILD, allow=SEND_IN_THREADS)
    (finding,) = await to_do(settings_for(server, "redis://unused"))
    assert "deny Send Messages and Send Messages in Threads" in finding.what_to_do
    assert await to_do(settings_for(server, "redis://unused", direct=True)) == []


async def test_a_moderators_channel_that_everybody_sees_is_no_room(server: DiscordServer) -> None:
    server.set_overwrite(MODERATORS, GUILD, allow=VIEW_CHANNEL)
    (finding,) = await to_do(settings_for(server, "redis://unused"))
    assert "private channel" in finding.what_to_do


async def test_a_topic_role_with_rights_of_its_own_is_found(server: DiscordServer) -> None:
    server.add_role(330, "politics", permissions=1 << 2)
    (finding,) = await to_do(settings_for(server, "redis://unused"))
    assert "Take the extra permissions away from politics" in finding.what_to_do


async def test_a_bot_that_may_not_make_roles_is_told_where_to_allow_it(server: DiscordServer) -> None:
    for role in server.guild().roles.values():
        role.permissions &= ~MANAGE_ROLES
    (finding,) = await to_do(settings_for(server, "redis://unused"))
    assert "allow Manage Roles" in finding.what_to_do


async def test_the_intent_is_looked_at_where_comments_are_typed() -> None:
    async with await DiscordServer.start() as server:
        server.add_guild(GUILD, "The Daily")
        server.add_bot(TOKEN, "Newsdesk", APPLICATION, message_content=False)
        server.add_text_channel(ALERTS, "alerts")
        server.add_text_channel(MODERATORS, "moderators", read=())
        (finding,) = await to_do(settings_for(server, "redis://unused", direct=True))
    assert "Message Content Intent" in finding.what_to_do
