"""Who may do what in which channel: roles first, then the channel's overwrites, as Discord computes it."""

from functools import reduce
from operator import or_

from bots.sandbox.discord.state import THREAD_TYPES, Channel, Guild, Member, Overwrite

KICK_MEMBERS, BAN_MEMBERS, ADMINISTRATOR = 1 << 1, 1 << 2, 1 << 3
ADD_REACTIONS, VIEW_CHANNEL, SEND_MESSAGES = 1 << 6, 1 << 10, 1 << 11
MANAGE_MESSAGES, EMBED_LINKS, ATTACH_FILES, READ_MESSAGE_HISTORY = 1 << 13, 1 << 14, 1 << 15, 1 << 16
MENTION_EVERYONE, MANAGE_ROLES, USE_APPLICATION_COMMANDS = 1 << 17, 1 << 28, 1 << 31
MANAGE_THREADS, CREATE_PUBLIC_THREADS, SEND_MESSAGES_IN_THREADS = 1 << 34, 1 << 35, 1 << 38
MODERATE_MEMBERS, SEND_POLLS, PIN_MESSAGES = 1 << 40, 1 << 49, 1 << 51
ALL = (1 << 53) - 1

READING = VIEW_CHANNEL | READ_MESSAGE_HISTORY | ADD_REACTIONS | USE_APPLICATION_COMMANDS
WRITING = SEND_MESSAGES | SEND_MESSAGES_IN_THREADS | EMBED_LINKS | ATTACH_FILES | CREATE_PUBLIC_THREADS
EVERYONE_DEFAULT = READING | WRITING
NEWSROOM_BOT = EVERYONE_DEFAULT | MANAGE_MESSAGES | MANAGE_THREADS | MANAGE_ROLES | MENTION_EVERYONE | PIN_MESSAGES
IN_DM = VIEW_CHANNEL | READ_MESSAGE_HISTORY | ADD_REACTIONS | WRITING | SEND_POLLS | USE_APPLICATION_COMMANDS


def base_permissions(guild: Guild, member: Member) -> int:
    """What the member's roles give, before any channel is looked at."""
    if member.user_id == guild.owner_id:
        return ALL
    granted = [guild.roles[role].permissions for role in (guild.id, *member.roles) if role in guild.roles]
    permissions = reduce(or_, granted, 0)
    return ALL if permissions & ADMINISTRATOR else permissions


def permissions_in(guild: Guild, channel: Channel, member: Member) -> int:
    """What the member may do in the channel; for a thread pass its parent."""
    permissions = base_permissions(guild, member)
    if permissions == ALL:
        return ALL
    permissions = _apply(permissions, [channel.overwrites.get(guild.id)])
    permissions = _apply(permissions, [channel.overwrites.get(role) for role in member.roles])
    permissions = _apply(permissions, [channel.overwrites.get(member.user_id)])
    return permissions if permissions & VIEW_CHANNEL else 0


def _apply(permissions: int, overwrites: list[Overwrite | None]) -> int:
    present = [overwrite for overwrite in overwrites if overwrite]
    denied = reduce(or_, [overwrite.deny for overwrite in present], 0)
    allowed = reduce(or_, [overwrite.allow for overwrite in present], 0)
    return permissions & ~denied | allowed


def needed_to_send(channel: Channel) -> int:
    return VIEW_CHANNEL | (SEND_MESSAGES_IN_THREADS if channel.type in THREAD_TYPES else SEND_MESSAGES)


def outranks(guild: Guild, member: Member, role_id: str) -> bool:
    """A member gives and takes only roles below their own highest one."""
    highest = max((guild.roles[role].position for role in member.roles if role in guild.roles), default=0)
    return member.user_id == guild.owner_id or highest > guild.roles[role_id].position
