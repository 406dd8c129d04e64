"""Puts the Discord process together: one client for calls, one at a time for the gateway, sender and handlers."""

import asyncio

from bots.bootstrap.newsroom import Newsroom
from bots.bootstrap.process import GiveUp, serve_platform
from bots.discord.client import NewsroomClient
from bots.discord.connection import calling, keep_connected, token_of, use_addresses
from bots.discord.desk import Desk
from bots.discord.roles import TopicRoles
from bots.discord.sender import DiscordSender
from bots.newsroom.messages import Platform

DRAIN_S = 3.0
NO_CHANNEL = (
    "DISCORD_ALERTS_CHANNEL is not set. In Discord switch on Developer Mode (Settings, Advanced), "
    "right-click the channel for alerts, Copy Channel ID."
)


async def serve(newsroom: Newsroom, stop: asyncio.Event) -> None:
    """Runs until `stop`. Raises GiveUp for what only a person can mend."""
    settings = newsroom.settings.discord
    token = token_of(settings)
    if settings.alerts_channel is None:
        raise GiveUp(NO_CHANNEL)
    use_addresses(settings)
    async with calling(token, stop) as rest:
        roles = TopicRoles(rest, settings.alerts_channel)
        desk = Desk(newsroom, rest, roles, stop)
        await _both(desk, DiscordSender(rest, roles, newsroom.stores.readers, settings), token)
        await desk.drain(DRAIN_S)


async def _both(desk: Desk, sender: DiscordSender, token: str) -> None:
    """What goes out goes on while the gateway is away; a reason to give up ends both."""
    try:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(serve_platform(desk.newsroom, Platform.DISCORD, sender, desk.stop))
            tasks.create_task(keep_connected(lambda: NewsroomClient(desk), token, desk.stop))
    except BaseExceptionGroup as errors:
        reasons, others = errors.split(GiveUp)
        if reasons is None or others is not None:
            raise
        raise reasons.exceptions[0] from None
