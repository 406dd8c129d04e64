"""Deliveries as the dispatcher hands them to the sender."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

from bots.discord.connection import calling, use_addresses
from bots.discord.roles import TopicRoles
from bots.discord.sender import DiscordSender
from bots.newsroom.delivery.posts import Delivery, Post, Sent
from bots.newsroom.messages import Choice, Destination, Message, Platform, Quote, Room
from bots.sandbox.discord import DiscordServer
from bots.storage.client import connect
from bots.storage.readers import RedisReaders
from config import Settings
from tests.discord.place import ALERTS, ANNA, TOKEN

CHANNEL = Destination(Platform.DISCORD, Room.CHANNEL)
GONE = Sent(str(ALERTS), "123")
STORY = Destination(Platform.DISCORD, Room.STORY)
TO_ANNA = Destination(Platform.DISCORD, Room.PRIVATE, str(ANNA))
VIEW_CHANNEL, SEND_MESSAGES, MANAGE_ROLES = 1 << 10, 1 << 11, 1 << 28
ALERT = Message(
    title="Sanctions", topic="world", thread_title="Sanctions", choices=((Choice("Comment", "comment:s1"),),)
)
COMMENT = Message(
    quotes=(Quote("I agree.", "Anna · Telegram"),), choices=((Choice("Reply", "reply:c1"),),), silent=True
)


def delivery(message: Message | None, destination: Destination = CHANNEL, **changes: Any) -> Delivery:
    post = Post(ref=f"ref:{destination.room}", version=1, destination=destination, message=message)
    plain = Delivery(post, None, attempts=0, interrupted=False, thread=None, reply_to=None, floor="", lease="")
    return replace(plain, **{"attempted": message, **changes})


@asynccontextmanager
async def sending(settings: Settings) -> AsyncIterator[DiscordSender]:
    use_addresses(settings.discord)
    client = connect(settings.redis_url or "")
    async with calling(TOKEN, asyncio.Event()) as rest:
        roles = TopicRoles(rest, settings.discord.alerts_channel or 0)
        yield DiscordSender(rest, roles, RedisReaders(client), settings.discord)
    await client.aclose()


def with_ref(given: Delivery, ref: str) -> Delivery:
    return replace(given, post=replace(given.post, ref=ref))


def bot_role(server: DiscordServer) -> str:
    return next(role.id for role in server.guild().roles.values() if role.name == "Newsdesk")


def messages(server: DiscordServer, channel: int | str = ALERTS) -> list[Any]:
    return list(server.world.messages(str(channel)).values())
