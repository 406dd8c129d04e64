"""The newsroom's places on both local platforms. Furnishing again changes nothing that is there already."""

import json

from bots.sandbox.discord import DiscordServer
from bots.sandbox.discord.permissions import MANAGE_MESSAGES
from bots.sandbox.identity import Identity
from bots.sandbox.personas import PEOPLE, STAFF, Person
from bots.sandbox.telegram import Group, TelegramServer
from bots.sandbox.telegram.world import PERMISSIONS

NAME = "Daily News Motion"

TELEGRAM_BOT = 5550001
CHANNEL, DISCUSSION, MODERATORS_GROUP = -1001500000001, -1001500000002, -1001500000003
CHANNEL_NAME = "dailynewsmotion"
_TYPING = [name for name in PERMISSIONS if name.startswith("can_send_")]

APPLICATION, GUILD = 1300000000000000001, 1300000000000000010
BREAKING_NEWS, ASK, MODERATORS_CHANNEL = 1300000000000000020, 1300000000000000021, 1300000000000000022
MODERATOR_ROLE, EDITOR_ROLE = 1300000000000000030, 1300000000000000031
_ROLES = {"reader": (), "moderator": (MODERATOR_ROLE,), "editor": (EDITOR_ROLE,)}


def furnish(telegram: TelegramServer, discord: DiscordServer, identity: Identity) -> None:
    """Everything that a newsroom has before its first story, and everybody who reads it."""
    _furnish_telegram(telegram, identity.telegram_token)
    _furnish_discord(discord, identity.discord_token)


def _furnish_telegram(telegram: TelegramServer, token: str) -> None:
    bot = telegram.add_bot(token, f"{CHANNEL_NAME}_bot", NAME)
    for person in PEOPLE:
        if person.telegram is not None:
            first, _, last = person.name.partition(" ")
            telegram.add_user(person.telegram, first, last, person.handle)
    readers, staff = _on_telegram("reader"), _on_telegram("moderator", "editor")
    moderators, editors = _on_telegram("moderator"), _on_telegram("editor")
    telegram.add_channel(CHANNEL, NAME, CHANNEL_NAME, admins=[bot, *editors], members=[*readers, *moderators])
    closed = dict.fromkeys(_TYPING, False)
    discussion = Group(members=readers, admins=[bot, *staff], permissions=closed, linked_channel=CHANNEL)
    telegram.add_group(DISCUSSION, f"Discussion · {NAME}", discussion)
    telegram.add_group(MODERATORS_GROUP, f"Moderators · {NAME}", Group(members=staff, admins=[bot]))


def _on_telegram(*roles: str) -> list[int]:
    return [person.telegram for person in PEOPLE if person.telegram is not None and person.role in roles]


def _furnish_discord(discord: DiscordServer, token: str) -> None:
    discord.add_guild(GUILD, NAME)
    discord.add_bot(token, NAME, APPLICATION)
    discord.add_role(MODERATOR_ROLE, "Moderators", color=0x2ECC71, permissions=MANAGE_MESSAGES)
    discord.add_role(EDITOR_ROLE, "Editors", color=0xE67E22, permissions=MANAGE_MESSAGES)
    news = "Breaking news. Write a comment with the button below a story; it is checked before it appears."
    discord.add_text_channel(BREAKING_NEWS, "breaking-news", topic=news, write=())
    discord.add_text_channel(ASK, "ask-newsdesk", topic="Type / to see what the newsroom's bot can do for you.")
    rooms = [MODERATOR_ROLE, EDITOR_ROLE]
    discord.add_text_channel(MODERATORS_CHANNEL, "moderators", topic="Comments that wait for a person.", read=rooms)
    for person in PEOPLE:
        if person.discord is not None:
            discord.add_member(person.discord, person.name, _ROLES[person.role])


def environ(telegram: TelegramServer, discord: DiscordServer, identity: Identity, control_url: str) -> dict[str, str]:
    """The settings of a newsroom that lives here, by their variables' names."""
    return {
        "TELEGRAM_BOT_TOKEN": identity.telegram_token,
        "TELEGRAM_API_BASE_URL": telegram.base_url,
        "TELEGRAM_CHANNEL": f"@{CHANNEL_NAME}",
        "TELEGRAM_DISCUSSION": str(DISCUSSION),
        "TELEGRAM_MODERATORS": str(MODERATORS_GROUP),
        "DISCORD_BOT_TOKEN": identity.discord_token,
        "DISCORD_API_BASE_URL": discord.api_base_url,
        "DISCORD_GATEWAY_URL": discord.gateway_url,
        "DISCORD_ALERTS_CHANNEL": str(BREAKING_NEWS),
        "DISCORD_MODERATORS_CHANNEL": str(MODERATORS_CHANNEL),
        "NEWSDESK_STAFF": json.dumps([_entry(person) for person in STAFF]),
        "NEWSDESK_SANDBOX_URL": control_url,
    }


def _entry(person: Person) -> dict[str, str | int | None]:
    return {"name": person.name, "telegram": person.telegram, "discord": person.discord, "role": person.role}
