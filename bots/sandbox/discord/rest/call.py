"""One request of a bot, taken apart: what every REST method gets."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bots.sandbox.discord import errors
from bots.sandbox.discord.composing import Upload
from bots.sandbox.discord.permissions import VIEW_CHANNEL
from bots.sandbox.discord.state import Bot, Channel, Guild, Message
from bots.sandbox.discord.world import World


@dataclass(frozen=True)
class Call:
    """`body` is the JSON body ({} without one), `files` the uploads of a multipart body."""

    world: World
    bot: Bot
    path: Mapping[str, str]
    query: Mapping[str, str]
    body: Any
    files: list[Upload]

    def channel(self, needed: int = 0) -> Channel:
        """The channel of the path. 10003 unknown, 50001 not visible, 50013 visible but not allowed."""
        channel = self.world.channel(self.path["channel_id"])
        self.require(channel, needed)
        return channel

    def require(self, channel: Channel, needed: int) -> None:
        if not self.world.may(channel, self.bot.user_id, VIEW_CHANNEL):
            raise errors.missing_access()
        if not self.world.may(channel, self.bot.user_id, needed):
            raise errors.missing_permissions()

    def message(self, needed: int = 0) -> Message:
        """The message of the path, which must be one that everybody in the channel can see."""
        message = self.world.message(self.channel(needed).id, self.path["message_id"])
        if message.only_for is not None:
            raise errors.unknown("Message")
        return message

    def guild(self) -> Guild:
        """The guild of the path; a bot that is not in it gets 50001."""
        guild = self.world.guild(self.path["guild_id"])
        if self.bot.user_id not in guild.members:
            raise errors.missing_access()
        return guild

    def number(self, name: str, default: int) -> int:
        return int(self.query.get(name, default))

    def flag(self, name: str) -> bool:
        return self.query.get(name, "").lower() in {"1", "true"}
