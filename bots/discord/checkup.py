"""What `newsdesk doctor` looks at on Discord: the token, the intent, the channels and what the bot may do in them."""

from collections.abc import Mapping

import aiohttp
import discord

from bots.bootstrap.checkup import Finding
from bots.discord.connection import BAD_LOGIN, NO_CONTENT, OFF, use_addresses
from config import Settings

_SETTINGS = "In Discord: Server Settings, Roles, the bot's role"
ALERTS_RIGHTS = {
    "view_channel": "View Channel",
    "send_messages": "Send Messages",
    "embed_links": "Embed Links",
    "read_message_history": "Read Message History",
    "create_public_threads": "Create Public Threads",
    "send_messages_in_threads": "Send Messages in Threads",
    "manage_threads": "Manage Threads",
    "manage_messages": "Manage Messages",
    "mention_everyone": "Mention All Roles",
}
ROOM_RIGHTS = {
    "view_channel": "View Channel",
    "send_messages": "Send Messages",
    "embed_links": "Embed Links",
    "read_message_history": "Read Message History",
}


async def check(settings: Settings) -> list[Finding]:
    """Every finding, good ones too, in the order in which to mend them. Changes nothing on the server."""
    if settings.discord.token is None:
        return [Finding(False, "Discord is off", OFF)]
    use_addresses(settings.discord)
    client = discord.Client(intents=discord.Intents(guilds=True), max_messages=None)
    try:
        await client.login(settings.discord.token.get_secret_value())
        return [Finding(True, "Discord accepts the token", ""), *await _checked(client, settings)]
    except discord.LoginFailure:
        return [Finding(False, "Discord refuses the token", BAD_LOGIN)]
    except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
        return [Finding(False, f"Discord does not answer: {error}", "Look at discordstatus.com and at the network.")]
    finally:
        await client.close()


async def _checked(client: discord.Client, settings: Settings) -> list[Finding]:
    found = _intent(client, settings)
    alerts = await _channel(client, settings.discord.alerts_channel)
    if isinstance(alerts, str):
        return [*found, Finding(False, f"The alerts channel: {alerts}", _choose("DISCORD_ALERTS_CHANNEL"))]
    guild = await client.fetch_guild(alerts.guild.id)
    me = await guild.fetch_member(client.user.id if client.user else 0)
    channels = {channel.id: channel for channel in await guild.fetch_channels()}
    found += [
        _rights(channels[alerts.id], me, ALERTS_RIGHTS, "the alerts channel"),
        _closed(channels[alerts.id], settings),
    ]
    return [*found, *_roles(guild, me, settings), *_moderators(channels, me, settings)]


def _intent(client: discord.Client, settings: Settings) -> list[Finding]:
    """Only directly typed comments need to be read."""
    if not settings.comments.direct:
        return []
    flags = client.application_flags
    on = flags.gateway_message_content or flags.gateway_message_content_limited
    return [Finding(on, "Message Content Intent, for comments typed into threads", "" if on else NO_CONTENT)]


async def _channel(client: discord.Client, channel_id: int | None) -> discord.TextChannel | str:
    """The channel, or what is wrong with it."""
    if channel_id is None:
        return "is not set"
    try:
        channel = await client.fetch_channel(channel_id)
    except discord.NotFound:
        return f"there is no channel {channel_id}"
    except discord.Forbidden:
        return f"the bot cannot see channel {channel_id}"
    return channel if isinstance(channel, discord.TextChannel) else f"{channel_id} is not a text channel"


def _choose(name: str) -> str:
    return (
        f"Invite the bot to the server, let it see the channel, and set {name} to the channel's id "
        "(Developer Mode, right-click the channel, Copy Channel ID)."
    )


def _rights(channel: discord.abc.GuildChannel, me: discord.Member, needed: Mapping[str, str], where: str) -> Finding:
    may = channel.permissions_for(me)
    missing = [label for name, label in needed.items() if not getattr(may, name)]
    to_do = f"{_SETTINGS}, or the channel's Permissions: allow {', '.join(missing)}." if missing else ""
    return Finding(not missing, f"The bot's rights in {where} (#{channel.name})", to_do)


def _closed(channel: discord.abc.GuildChannel, settings: Settings) -> Finding:
    """A thread has its channel's permissions: closing the channel closes the threads."""
    may = channel.permissions_for(channel.guild.default_role)
    typing = may.send_messages_in_threads
    if settings.comments.direct:
        to_do = "" if typing else "comments.direct is on: allow @everyone Send Messages in Threads in this channel."
        return Finding(typing, f"Readers may type into the threads of #{channel.name}", to_do)
    closed = not typing and not may.send_messages
    to_do = "Edit the channel, Permissions, @everyone: deny Send Messages and Send Messages in Threads."
    return Finding(closed, f"Readers write by button only in #{channel.name}", "" if closed else to_do)


def _roles(guild: discord.Guild, me: discord.Member, settings: Settings) -> list[Finding]:
    may = me.guild_permissions.manage_roles
    found = [Finding(may, "The bot may make topic roles", "" if may else f"{_SETTINGS}: allow Manage Roles.")]
    named = {role.name.casefold(): role for role in guild.roles}
    for role in (named[topic.casefold()] for topic in settings.topics if topic.casefold() in named):
        below, harmless = role < me.top_role, role.permissions <= guild.default_role.permissions
        to_do = "" if below else f"Server Settings, Roles: drag the bot's role above {role.name}. "
        to_do += "" if harmless else f"Take the extra permissions away from {role.name}: readers get it by a press."
        found.append(Finding(below and harmless, f"The topic role {role.name}", to_do.strip()))
    return found


def _moderators(
    channels: Mapping[int, discord.abc.GuildChannel], me: discord.Member, settings: Settings
) -> list[Finding]:
    wanted = settings.discord.moderators_channel
    room = channels.get(wanted) if wanted else None
    if room is None:
        return [Finding(False, "The moderators' channel is not there", _choose("DISCORD_MODERATORS_CHANNEL"))]
    private = not room.permissions_for(room.guild.default_role).view_channel
    to_do = "" if private else f"Edit #{room.name}, Permissions: make it a private channel for your moderators."
    return [
        _rights(room, me, ROOM_RIGHTS, "the moderators' channel"),
        Finding(private, f"Only moderators see #{room.name}", to_do),
    ]
