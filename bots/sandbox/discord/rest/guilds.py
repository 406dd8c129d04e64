"""Guilds, their roles and members: REST methods, each named as Discord's description names it."""

from bots.sandbox.discord import errors, people
from bots.sandbox.discord.permissions import BAN_MEMBERS, KICK_MEMBERS, MANAGE_ROLES, base_permissions, outranks
from bots.sandbox.discord.rest.call import Call
from bots.sandbox.discord.state import Guild, Json, Member, Role
from bots.sandbox.discord.wire import channel_json, guild_json, member_json, role_json

MAX_ROLE_NAME = 100


def get_guild(call: Call) -> Json:
    guild = call.guild()
    counted = {"approximate_member_count": len(guild.members), "approximate_presence_count": len(guild.members)}
    return guild_json(guild) | (counted if call.flag("with_counts") else {})


def list_guild_channels(call: Call) -> list[Json]:
    guild = call.guild()
    held = [c for c in call.world.state.channels.values() if c.guild_id == guild.id and not c.thread]
    return [channel_json(call.world, channel) for channel in held]


def list_guild_roles(call: Call) -> list[Json]:
    return [role_json(role) for role in call.guild().roles.values()]


def get_guild_role(call: Call) -> Json:
    return role_json(_role(call, call.guild()))


def _role(call: Call, guild: Guild) -> Role:
    if call.path["role_id"] not in guild.roles:
        raise errors.unknown("Role")
    return guild.roles[call.path["role_id"]]


def create_guild_role(call: Call) -> Json:
    """Just above @everyone. A bot gives no permission that it lacks itself (50013)."""
    guild = call.guild()
    _require(call, guild, MANAGE_ROLES)
    role = Role(call.world.new_id(), "new role", guild.roles[guild.id].permissions, position=1)
    _rewrite(call, guild, role)
    people.add_role(call.world, guild, role)
    return role_json(role)


def update_guild_role(call: Call) -> Json:
    guild = call.guild()
    role = _role_below(call, guild)
    _rewrite(call, guild, role)
    people.role_changed(call.world, guild, role, "GUILD_ROLE_UPDATE")
    return role_json(role)


def delete_guild_role(call: Call) -> None:
    guild = call.guild()
    people.remove_role(call.world, guild, _role_below(call, guild))


def _role_below(call: Call, guild: Guild) -> Role:
    """A role that the bot may handle: below its own highest, and nobody's managed one."""
    role = _role(call, guild)
    _require(call, guild, MANAGE_ROLES)
    if role.bot_id or not outranks(guild, guild.members[call.bot.user_id], role.id):
        raise errors.missing_permissions()
    return role


def _rewrite(call: Call, guild: Guild, role: Role) -> None:
    permissions = int(call.body.get("permissions", role.permissions))
    _require(call, guild, permissions & ~guild.roles[guild.id].permissions)
    if len(call.body.get("name") or "") > MAX_ROLE_NAME:
        raise errors.invalid("name", "BASE_TYPE_MAX_LENGTH", f"Must be {MAX_ROLE_NAME} or fewer in length.")
    role.permissions = permissions
    role.name = call.body.get("name") or role.name
    colors = call.body.get("colors") or {}
    role.color = colors.get("primary_color", call.body.get("color", role.color)) or 0
    role.mentionable = call.body.get("mentionable", role.mentionable)


def get_guild_member(call: Call) -> Json:
    member = call.world.member(call.guild().id, call.path["user_id"])
    return member_json(member, call.world.user(member.user_id))


def list_guild_members(call: Call) -> list[Json]:
    ordered = sorted(call.guild().members.values(), key=lambda member: int(member.user_id))
    chosen = [member for member in ordered if int(member.user_id) > call.number("after", 0)]
    return [_shown(call, member) for member in chosen[: call.number("limit", 1)]]


def search_guild_members(call: Call) -> list[Json]:
    """Members whose user name or nickname starts with `query`."""
    wanted = call.query.get("query", "").lower()
    found = [member for member in call.guild().members.values() if _starts(call, member, wanted)]
    return [_shown(call, member) for member in found[: call.number("limit", 1)]]


def _starts(call: Call, member: Member, wanted: str) -> bool:
    user = call.world.user(member.user_id)
    return any(name.lower().startswith(wanted) for name in (user.username, user.display_name, member.nick or ""))


def _shown(call: Call, member: Member) -> Json:
    return member_json(member, call.world.user(member.user_id))


def add_guild_member_role(call: Call) -> None:
    guild, member = _member_whose_roles_change(call)
    people.give_role(call.world, guild, member, call.path["role_id"])


def delete_guild_member_role(call: Call) -> None:
    guild, member = _member_whose_roles_change(call)
    people.take_role(call.world, guild, member, call.path["role_id"])


def _member_whose_roles_change(call: Call) -> tuple[Guild, Member]:
    """The member of the path, when the role of the path is one that the bot may handle."""
    guild = call.guild()
    member = call.world.member(guild.id, call.path["user_id"])
    _role_below(call, guild)
    return guild, member


def _require(call: Call, guild: Guild, needed: int) -> None:
    if base_permissions(guild, guild.members[call.bot.user_id]) & needed != needed:
        raise errors.missing_permissions()


def delete_guild_member(call: Call) -> None:
    guild = call.guild()
    _require(call, guild, KICK_MEMBERS)
    people.leave(call.world, guild, call.world.member(guild.id, call.path["user_id"]))


def ban_user_from_guild(call: Call) -> None:
    guild, user = call.guild(), call.world.user(call.path["user_id"])
    _require(call, guild, BAN_MEMBERS)
    if user.id not in guild.bans:
        guild.bans.append(user.id)
    if user.id in guild.members:
        people.leave(call.world, guild, guild.members[user.id])


def unban_user_from_guild(call: Call) -> None:
    guild = call.guild()
    _require(call, guild, BAN_MEMBERS)
    if call.path["user_id"] not in guild.bans:
        raise errors.ApiError(404, 10026, "Unknown Ban")
    guild.bans.remove(call.path["user_id"])
