"""Topic roles: following a topic on Discord is having the role of its name, which is mentioned with each alert."""

import logging

import discord

from bots.discord.errors import translated
from bots.newsroom.delivery.errors import DeliveryError

log = logging.getLogger(__name__)


class UnsafeRole(Exception):
    """A role of the topic's name gives rights that no reader should get by a press; the text says what to do."""


class TopicRoles:
    """Looked up on the server each time: roles change by other hands than ours."""

    def __init__(self, rest: discord.Client, alerts_channel: int) -> None:
        self._rest = rest
        self._alerts_channel = alerts_channel
        self._guild_id = 0

    async def guild(self) -> discord.Guild:
        """The server of the alerts channel, as it is now."""
        if not self._guild_id:
            channel = await self._rest.fetch_channel(self._alerts_channel)
            self._guild_id = channel.guild.id if isinstance(channel, discord.abc.GuildChannel) else 0
        return await self._rest.fetch_guild(self._guild_id)

    async def mention(self, topic: str) -> discord.Role | None:
        """The role to mention, made where it is missing. None where that fails: the alert goes out without."""
        try:
            with translated():
                return await self.of(topic)
        except DeliveryError as error:
            log.warning("The alert goes out without mentioning the role %r: %s", topic, error)
            return None

    async def of(self, topic: str) -> discord.Role:
        """Raises the library's errors, among them Forbidden when the bot may not make roles."""
        guild = await self.guild()
        found = _named(guild, topic)
        return found or await guild.create_role(name=topic, permissions=discord.Permissions.none(), reason="A topic")

    async def followed(self, topics: tuple[str, ...], account: int) -> frozenset[str]:
        """Which of the topics this member follows."""
        guild = await self.guild()
        member = await guild.fetch_member(account)
        names = {role.name.casefold() for role in member.roles}
        return frozenset(topic for topic in topics if topic.casefold() in names)

    async def follow(self, topic: str, account: int, *, wanted: bool) -> None:
        """Gives or takes the topic's role; repeating it changes nothing. Raises UnsafeRole."""
        role = await self.of(topic)
        if not role.permissions <= role.guild.default_role.permissions:
            raise UnsafeRole(
                f"The role {role.name} has rights of its own. Take them away from it, or rename the topic."
            )
        member = await role.guild.fetch_member(account)
        if wanted:
            await member.add_roles(role, reason="Follows the topic")
        else:
            await member.remove_roles(role, reason="Stops following the topic")


def _named(guild: discord.Guild, topic: str) -> discord.Role | None:
    return next((role for role in guild.roles if role.name.casefold() == topic.casefold() and not role.managed), None)
