"""What happens to members and roles: people come, go, get and lose roles, and the gateway tells of it."""

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


def add_role(world: World, guild: Guild, role: Role) -> None:
    """A new role comes just above @everyone and lifts those of people; a bot's own role is far above."""
    for other in guild.roles.values():
        if other.position >= role.position and other.bot_id is None:
            other.position += 1
    guild.roles[role.id] = role
    role_changed(world, guild, role, "GUILD_ROLE_CREATE")


def role_changed(world: World, guild: Guild, role: Role, event: str) -> None:
    world.publish(Event(event, {"guild_id": guild.id, "role": role_json(role)}, guild.id))


def remove_role(world: World, guild: Guild, role: Role) -> None:
    for member in guild.members.values():
        take_role(world, guild, member, role.id)
    del guild.roles[role.id]
    world.publish(Event("GUILD_ROLE_DELETE", {"guild_id": guild.id, "role_id": role.id}, guild.id))
