"""The state as Discord writes it: users, members, roles, channels, guilds."""

from bots.sandbox.discord.permissions import base_permissions
from bots.sandbox.discord.snowflake import time_of, timestamp
from bots.sandbox.discord.state import Bot, Channel, Guild, Id, Json, Member, Role, Thread, User
from bots.sandbox.discord.world import World

CONTENT_FLAG, CONTENT_LIMITED_FLAG = 1 << 18, 1 << 19
MEMBERS_FLAG, MEMBERS_LIMITED_FLAG = 1 << 14, 1 << 15


def user_json(user: User) -> Json:
    shown: Json = {
        "id": user.id,
        "username": user.username,
        "global_name": None if user.bot else user.display_name,
        "discriminator": "0000" if user.bot else "0",
        "avatar": None,
        "avatar_decoration_data": None,
        "public_flags": 0,
        "flags": 0,
        "primary_guild": None,
    }
    return shown | {"bot": True} if user.bot else shown


def own_user_json(user: User) -> Json:
    return user_json(user) | {"mfa_enabled": True, "locale": "en-US", "verified": True, "email": None}


def application_flags(bot: Bot) -> int:
    return CONTENT_LIMITED_FLAG * bot.message_content | MEMBERS_LIMITED_FLAG * bot.members


def application_json(world: World, bot: Bot) -> Json:
    owner = User("1", "sandbox", "Sandbox")
    guilds = sum(bot.user_id in guild.members for guild in world.state.guilds.values())
    nothing_set = ("interactions_endpoint_url", "role_connections_verification_url", "team", "icon", "type")
    return {
        "id": bot.application_id,
        "name": bot.name,
        "description": "",
        "verify_key": "0" * 64,
        "flags": application_flags(bot),
        "flags_new": str(application_flags(bot)),
        "bot": user_json(world.user(bot.user_id)),
        "owner": user_json(owner),
        "redirect_uris": [],
        "approximate_guild_count": guilds,
        "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0,
        "explicit_content_filter": 0,
        "eligible_oauth2_scopes": [],
        "bot_public": False,
        "bot_require_code_grant": False,
        "rpc_origins": [],
    } | dict.fromkeys(nothing_set)


def member_json(member: Member, user: User | None = None) -> Json:
    """With `user` the full object; without it the form that stands beside a message's author."""
    shown: Json = {
        "roles": list(member.roles),
        "nick": member.nick,
        "joined_at": member.joined_at,
        "premium_since": None,
        "avatar": None,
        "banner": None,
        "communication_disabled_until": None,
        "flags": 0,
        "pending": False,
        "mute": False,
        "deaf": False,
    }
    return shown | {"user": user_json(user)} if user else shown


def role_json(role: Role) -> Json:
    tags = {"tags": {"bot_id": role.bot_id}} if role.bot_id else {}
    return tags | {
        "id": role.id,
        "name": role.name,
        "permissions": str(role.permissions),
        "position": role.position,
        "color": role.color,
        "colors": {"primary_color": role.color, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "managed": role.bot_id is not None,
        "mentionable": role.mentionable,
        "icon": None,
        "unicode_emoji": None,
        "flags": 0,
    }


def channel_json(world: World, channel: Channel, viewer: Id | None = None) -> Json:
    """`viewer` is who asks: a direct-message channel lists the others in it."""
    if channel.guild_id is None:
        others = [user_json(world.user(user)) for user in channel.recipients if user != viewer]
        return {"id": channel.id, "type": channel.type, "flags": 0, "recipients": others} | _last(channel)
    shown: Json = {"id": channel.id, "type": channel.type, "guild_id": channel.guild_id, "name": channel.name}
    shown |= {"flags": 0, "rate_limit_per_user": channel.slow_mode, "parent_id": channel.parent_id} | _last(channel)
    return shown | (_thread_part(channel.thread) if channel.thread else _channel_part(channel))


def _last(channel: Channel) -> Json:
    return {"last_message_id": channel.last_message_id}


def _channel_part(channel: Channel) -> Json:
    overwrites = [
        {"id": key, "type": 0 if it.for_role else 1, "allow": str(it.allow), "deny": str(it.deny)}
        for key, it in channel.overwrites.items()
    ]
    return {
        "position": channel.position,
        "topic": channel.topic,
        "nsfw": False,
        "permission_overwrites": overwrites,
        "default_auto_archive_duration": 1440,
    }


def _thread_part(thread: Thread) -> Json:
    metadata = {
        "archived": thread.archived,
        "archive_timestamp": thread.archived_at,
        "auto_archive_duration": thread.auto_archive_minutes,
        "locked": thread.locked,
        "create_timestamp": thread.created_at,
    }
    return {
        "owner_id": thread.owner_id,
        "thread_metadata": metadata,
        "message_count": thread.total_sent,
        "member_count": min(len(thread.members), 50),
        "total_message_sent": thread.total_sent,
    }


def thread_member_json(channel: Channel, user_id: Id) -> Json:
    joined = channel.thread.members.get(user_id, "") if channel.thread else ""
    return {"id": channel.id, "user_id": user_id, "join_timestamp": joined, "flags": 0}


GUILD_NONE = (
    *("icon", "description", "home_header", "splash", "discovery_splash", "banner", "application_id"),
    *("afk_channel_id", "system_channel_id", "widget_channel_id", "vanity_url_code", "rules_channel_id"),
    *("safety_alerts_channel_id", "public_updates_channel_id", "incidents_data", "max_presences"),
)
GUILD_ZERO = (
    *("system_channel_flags", "verification_level", "mfa_level", "explicit_content_filter", "premium_tier"),
    *("premium_subscription_count", "nsfw_level"),
)


def guild_json(guild: Guild) -> Json:
    return {
        **dict.fromkeys(GUILD_NONE),
        **dict.fromkeys(GUILD_ZERO, 0),
        "id": guild.id,
        "name": guild.name,
        "owner_id": guild.owner_id,
        "features": ["NEWS", "COMMUNITY"],
        "roles": [role_json(role) for role in guild.roles.values()],
        "region": "deprecated",
        "afk_timeout": 300,
        "widget_enabled": False,
        "default_message_notifications": 1,
        "max_members": 500000,
        "max_stage_video_channel_users": 50,
        "max_video_channel_users": 25,
        "preferred_locale": "en-US",
        "premium_progress_bar_enabled": False,
        "nsfw": False,
        "emojis": [],
        "stickers": [],
    }


def guild_create_json(world: World, guild: Guild, viewer: Id) -> Json:
    """What a bot hears of a guild when it connects: every member, the channels and the threads it can see."""
    channels = [c for c in world.state.channels.values() if c.guild_id == guild.id]
    threads = [c for c in channels if c.thread and not c.thread.archived and world.permissions(c, viewer)]
    known = {key: value for key, value in guild_json(guild).items() if key not in {"home_header", "nsfw"}}
    return known | {
        "joined_at": guild.members[viewer].joined_at,
        "hub_type": None,
        "large": False,
        "unavailable": False,
        "member_count": len(guild.members),
        "members": [member_json(member, world.user(member.user_id)) for member in guild.members.values()],
        "channels": [channel_json(world, channel) for channel in channels if not channel.thread],
        "threads": [channel_json(world, thread) for thread in threads],
        **{key: [] for key in ("voice_states", "presences", "stage_instances", "guild_scheduled_events")},
        "soundboard_sounds": [],
    }


def resolved_member_json(guild: Guild, member: Member) -> Json:
    shown = member_json(member) | {"permissions": str(base_permissions(guild, member))}
    return {key: value for key, value in shown.items() if key not in {"mute", "deaf"}}


def created_at(snowflake: Id) -> str:
    return timestamp(time_of(snowflake))
