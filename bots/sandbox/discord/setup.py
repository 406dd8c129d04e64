"""Furnishing the world: bots, guilds, channels, roles and members. What exists already stays as it is."""

from collections.abc import Callable, Iterable

from bots.sandbox.discord import people
from bots.sandbox.discord.messages import publish_channel
from bots.sandbox.discord.permissions import (
    EVERYONE_DEFAULT,
    NEWSROOM_BOT,
    SEND_MESSAGES,
    SEND_MESSAGES_IN_THREADS,
    VIEW_CHANNEL,
)
from bots.sandbox.discord.state import ANNOUNCEMENT, TEXT, Bot, Channel, Guild, Id, Member, Overwrite, Role, User
from bots.sandbox.discord.wire import guild_create_json
from bots.sandbox.discord.world import Event, World

AnyId = int | str
OWNER: Id = "1"
TYPING = SEND_MESSAGES | SEND_MESSAGES_IN_THREADS


class Setup:
    """The half of the server that builds the place. Ids are given as int or str."""

    world: World
    changed: Callable[[], None]

    def add_bot(
        self, token: str, name: str, application_id: AnyId, *, message_content: bool = True, members: bool = True
    ) -> None:
        """A bot whose user has the application's id; it joins every guild. The flags are the portal's two toggles."""
        bot_id = str(application_id)
        if token not in self.world.state.bots:
            self.world.state.users[bot_id] = User(bot_id, name, name, bot=True)
            self.world.state.bots[token] = Bot(token, bot_id, bot_id, name, message_content, members)
            for guild in self.world.state.guilds.values():
                self._invite(guild, self.world.state.bots[token])
            self.changed()

    def add_guild(self, guild_id: AnyId, name: str) -> None:
        """An empty guild with its @everyone role; every bot is invited with a role of its own."""
        guild = Guild(str(guild_id), name, OWNER)
        if guild.id not in self.world.state.guilds:
            guild.roles[guild.id] = Role(guild.id, "@everyone", EVERYONE_DEFAULT, position=0)
            self.world.state.guilds[guild.id] = guild
            for bot in self.world.state.bots.values():
                self._invite(guild, bot)
            self.changed()

    def _invite(self, guild: Guild, bot: Bot) -> None:
        role = Role(self.world.new_id(), bot.name, NEWSROOM_BOT, position=100, bot_id=bot.user_id)
        guild.roles[role.id] = role
        guild.members[bot.user_id] = Member(bot.user_id, self.world.timestamp(), [role.id])
        data = guild_create_json(self.world, guild, bot.user_id)
        self.world.publish(Event("GUILD_CREATE", data, only_bot=bot.token))

    def add_role(
        self, role_id: AnyId, name: str, *, color: int = 0, mentionable: bool = False, permissions: int = 0
    ) -> None:
        """A role below those of the bots, so that a bot may give and take it."""
        guild = self.guild()
        if str(role_id) not in guild.roles:
            people.add_role(self.world, guild, Role(str(role_id), name, permissions, 1, color, mentionable))
            self.changed()

    def add_text_channel(  # noqa: PLR0913 (a channel has that many sides, all but two with a default)
        self,
        channel_id: AnyId,
        name: str,
        *,
        announcement: bool = False,
        topic: str | None = None,
        read: Iterable[AnyId] | None = None,
        write: Iterable[AnyId] | None = None,
    ) -> None:
        """`read` and `write` name the roles that may see it, or type in it and its threads; None is everybody.

        The bots always may. `write=()` is a channel where only the bots speak, as an alerts channel is.
        """
        guild = self.guild()
        kind = ANNOUNCEMENT if announcement else TEXT
        channel = Channel(str(channel_id), kind, name, guild.id, topic, position=len(self.world.state.channels))
        if channel.id not in self.world.state.channels:
            self._grant(guild, channel, VIEW_CHANNEL, read)
            self._grant(guild, channel, TYPING, write)
            self.world.state.channels[channel.id] = channel
            publish_channel(self.world, "CHANNEL_CREATE", channel)
            self.changed()

    def _grant(self, guild: Guild, channel: Channel, bits: int, roles: Iterable[AnyId] | None) -> None:
        if roles is None:
            return
        channel.overwrites.setdefault(guild.id, Overwrite(for_role=True)).deny |= bits
        bot_roles = [role for bot in self.world.state.bots.values() for role in guild.members[bot.user_id].roles]
        for role in [*map(str, roles), *bot_roles]:
            channel.overwrites.setdefault(role, Overwrite(for_role=True)).allow |= bits

    def set_overwrite(self, channel_id: AnyId, role_or_user: AnyId, *, allow: int = 0, deny: int = 0) -> None:
        """Replace what one role or member may in a channel (bits of permissions.py)."""
        channel = self.world.channel(str(channel_id))
        for_role = str(role_or_user) in self.guild().roles
        channel.overwrites[str(role_or_user)] = Overwrite(for_role, allow, deny)
        publish_channel(self.world, "CHANNEL_UPDATE", channel)
        self.changed()

    def add_member(self, user_id: AnyId, name: str, roles: Iterable[AnyId] = ()) -> None:
        """A person with an account, in the guild, with these roles."""
        user = User(str(user_id), name.lower().replace(" ", "_"), name)
        if user.id not in self.world.state.users:
            self.world.state.users[user.id] = user
            people.join(self.world, self.guild(), user, [str(role) for role in roles])
            self.changed()

    def guild(self) -> Guild:
        """The guild that set-up calls mean: the first one."""
        return next(iter(self.world.state.guilds.values()))
