"""The client that holds the gateway connection: it hands what happens to the handlers, and keeps nothing itself."""

import logging
from typing import Any

import discord
from discord import app_commands

from bots.discord import handlers, handlers_discussion
from bots.discord.commands import add_commands, register
from bots.discord.connection import intents
from bots.discord.desk import Desk

log = logging.getLogger(__name__)


class NewsroomClient(discord.Client):
    """Made anew for each attempt to connect; what must outlive it is on the desk."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            intents=intents(direct=desk.newsroom.settings.comments.direct),
            allowed_mentions=discord.AllowedMentions.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
        )
        self._desk = desk
        self.tree = app_commands.CommandTree(self)
        add_commands(self.tree, desk)

    async def setup_hook(self) -> None:
        await register(self.tree, self._desk)

    def dispatch(self, event: str, /, *args: Any, **kwargs: Any) -> None:
        """Says nothing after the end: the library calls itself ready up to two seconds after it was closed (2.7.1)."""
        if not self.is_closed():
            super().dispatch(event, *args, **kwargs)

    async def on_ready(self) -> None:
        """A new session: what was written while there was none has to be fetched."""
        log.info("Connected to Discord as %s.", self.user)
        await self._desk.work(handlers_discussion.catch_up(self._desk))

    async def on_interaction(self, interaction: discord.Interaction[discord.Client]) -> None:
        await self._desk.work(handlers.handle(self._desk, interaction))

    async def on_message(self, message: discord.Message) -> None:
        await self._desk.work(handlers_discussion.written(self._desk, message))

    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        await self._desk.work(handlers_discussion.edited(self._desk, payload))

    async def on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
        await self._desk.work(handlers_discussion.deleted(self._desk, payload.channel_id, [payload.message_id]))

    async def on_raw_bulk_message_delete(self, payload: discord.RawBulkMessageDeleteEvent) -> None:
        await self._desk.work(handlers_discussion.deleted(self._desk, payload.channel_id, sorted(payload.message_ids)))
