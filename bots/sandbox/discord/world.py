"""The one world that bots and people share: look things up, know who may do what, tell the gateway."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bots.newsroom.clock import Clock
from bots.sandbox.discord import errors
from bots.sandbox.discord.permissions import IN_DM, permissions_in
from bots.sandbox.discord.snowflake import snowflake_at, timestamp
from bots.sandbox.discord.state import Bot, Channel, Guild, Id, Json, Member, Message, State, User


@dataclass(frozen=True)
class Event:
    """One gateway event. It reaches the bots that can see the channel or guild, or the one bot named."""

    name: str
    data: Json
    guild_id: Id | None = None
    channel_id: Id | None = None
    only_bot: str | None = None


class World:
    """State plus what turns it into a running place: a clock and a gateway to publish on."""

    def __init__(self, state: State, clock: Clock) -> None:
        self.state = state
        self.clock = clock
        self.publish: Callable[[Event], None] = lambda _event: None  # until a gateway takes over
        self.waiting: dict[Id, asyncio.Future[Json]] = {}  # people who just pressed something, by interaction
        self.files_url = ""
        self.gateway_url = ""

    def now(self) -> datetime:
        return self.clock()

    def timestamp(self) -> str:
        return timestamp(self.clock())

    def new_id(self) -> Id:
        self.state.last_id = max(self.state.last_id + 1, snowflake_at(self.clock()))
        return str(self.state.last_id)

    def user(self, user_id: Id) -> User:
        if user_id not in self.state.users:
            raise errors.unknown("User")
        return self.state.users[user_id]

    def guild(self, guild_id: Id) -> Guild:
        if guild_id not in self.state.guilds:
            raise errors.unknown("Guild")
        return self.state.guilds[guild_id]

    def channel(self, channel_id: Id) -> Channel:
        if channel_id not in self.state.channels:
            raise errors.unknown("Channel")
        return self.state.channels[channel_id]

    def message(self, channel_id: Id, message_id: Id) -> Message:
        message = self.messages(channel_id).get(message_id)
        if message is None:
            raise errors.unknown("Message")
        return message

    def messages(self, channel_id: Id) -> dict[Id, Message]:
        """The messages of a channel, oldest first."""
        return self.state.messages.setdefault(channel_id, {})

    def find_message(self, message_id: Id) -> Message | None:
        return next((held[message_id] for held in self.state.messages.values() if message_id in held), None)

    def member(self, guild_id: Id, user_id: Id) -> Member:
        member = self.guild(guild_id).members.get(user_id)
        if member is None:
            raise errors.unknown("Member")
        return member

    def bot_of(self, user_id: Id) -> Bot | None:
        return next((bot for bot in self.state.bots.values() if bot.user_id == user_id), None)

    def home(self, channel: Channel) -> Channel:
        """The channel whose permissions hold: the parent of a thread, else the channel itself."""
        return self.channel(channel.parent_id) if channel.thread and channel.parent_id else channel

    def permissions(self, channel: Channel, user_id: Id) -> int:
        """What the user may do in this channel or thread; 0 when they cannot even see it."""
        if channel.guild_id is None:
            return IN_DM if user_id in channel.recipients else 0
        guild = self.guild(channel.guild_id)
        member = guild.members.get(user_id)
        return permissions_in(guild, self.home(channel), member) if member else 0

    def may(self, channel: Channel, user_id: Id, needed: int) -> bool:
        return self.permissions(channel, user_id) & needed == needed

    def threads_of(self, guild_id: Id) -> list[Channel]:
        return [channel for channel in self.state.channels.values() if channel.guild_id == guild_id and channel.thread]

    def dm_between(self, one: Id, other: Id) -> Channel | None:
        pair = {one, other}
        return next((c for c in self.state.channels.values() if c.recipients and set(c.recipients) == pair), None)
