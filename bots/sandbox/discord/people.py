"""What happens to members: they join, leave, get and lose roles, and the gateway tells of it."""

from bots.sandbox.discord.state import Guild, Id, Json, Member, Role, User
from bots.sandbox.discord.wire import member_json, role_json, user_json
from bots.sandbox.discord.world import Event, World


def join(world: World, guild: Guild, user: User, roles: list[Id]) -> Member:
    member = Member(user.id, world.timestamp(), roles)
    guild.members[user.id] = member
    data = member_json(member, user) | {"guild_id": guild.id}
    world.publish(Event("GUILD_MEMBER_ADD", data, guild.id))
    return member


def leave(world: World, guild: Guild, member: Member) -> None:
    del guild.members[member.user_id]
    data: Json = {"guild_id": guild.id, "user": user_json(world.user(member.user_id))}
    world.publish(Event("GUILD_MEMBER_REMOVE", data, guild.id))


def add_role(world: World, guild: Guild, role: Role) -> None:
    """At its position; the roles from there on move up."""
    for other in guild.roles.values():
        other.position += other.position >= role.position
    guild.roles[role.id] = role
    world.publish(Event("GUILD_ROLE_CREATE", {"guild_id": guild.id, "role": role_json(role)}, guild.id))


def give_role(world: World, guild: Guild, member: Member, role_id: Id) -> None:
    if role_id not in member.roles:
        member.roles.append(role_id)
        _updated(world, guild, member)


def take_role(world: World, guild: Guild, member: Member, role_id: Id) -> None:
    if role_id in member.roles:
        member.roles.remove(role_id)
        _updated(world, guild, member)


def _updated(world: World, guild: Guild, member: Member) -> None:
    data = member_json(member, world.user(member.user_id)) | {"guild_id": guild.id}
    world.publish(Event("GUILD_MEMBER_UPDATE", data, guild.id))
