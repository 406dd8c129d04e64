"""What happens to threads: they open, change, close, and the gateway tells of it."""

from bots.sandbox.discord import errors
from bots.sandbox.discord.messages import publish_channel
from bots.sandbox.discord.state import Channel, Id, Json, Thread
from bots.sandbox.discord.wire import channel_json, thread_member_json
from bots.sandbox.discord.world import Event, World

MAX_NAME = 100
ARCHIVE_TIMES = (60, 1440, 4320, 10080)


def open_thread(world: World, parent: Channel, owner: Id, request: Json, identity: tuple[Id, int]) -> Channel:
    """`identity` is the thread's id (that of its message, if it starts from one) and its channel type."""
    _check(request)
    now = world.timestamp()
    minutes = request.get("auto_archive_duration") or 1440
    thread = Thread(owner, created_at=now, archived_at=now, auto_archive_minutes=minutes, members={owner: now})
    channel = Channel(identity[0], identity[1], request["name"], parent.guild_id, parent_id=parent.id, thread=thread)
    channel.slow_mode = request.get("rate_limit_per_user") or 0
    world.state.channels[channel.id] = channel
    publish_channel(world, "THREAD_CREATE", channel, newly_created=True)
    return channel


def _check(request: Json, *, required: bool = True) -> None:
    wrong = errors.FormErrors()
    name = request.get("name") or ""
    if (required or "name" in request) and not 1 <= len(name) <= MAX_NAME:
        wrong.add("name", "BASE_TYPE_BAD_LENGTH", f"Must be between 1 and {MAX_NAME} in length.")
    if request.get("auto_archive_duration", 60) not in {None, *ARCHIVE_TIMES}:
        wrong.add("auto_archive_duration", "BASE_TYPE_CHOICES", f"Value must be one of {ARCHIVE_TIMES}.")
    wrong.raise_if_any()


def change(world: World, channel: Channel, request: Json) -> None:
    """Name, archived, locked, slow mode. An archived thread takes no other change unless it is opened with it."""
    thread = channel.thread
    if thread is None:
        raise errors.unknown("Channel")
    _check(request, required=False)
    if thread.archived and request.get("archived", True) and set(request) - {"archived", "locked"}:
        raise errors.ApiError(400, 50083, "Thread is archived")
    if request.get("archived", thread.archived) != thread.archived:
        thread.archived = request["archived"]
        thread.archived_at = world.timestamp()
    thread.locked = request.get("locked", thread.locked)
    thread.auto_archive_minutes = request.get("auto_archive_duration") or thread.auto_archive_minutes
    channel.name = request.get("name") or channel.name
    channel.slow_mode = request.get("rate_limit_per_user", channel.slow_mode)
    publish_channel(world, "THREAD_UPDATE", channel)


def remove(world: World, channel: Channel) -> None:
    shown = channel_json(world, channel)
    data = {key: shown[key] for key in ("id", "guild_id", "parent_id", "type")}
    world.publish(Event("THREAD_DELETE", data, channel.guild_id, channel.parent_id))
    del world.state.channels[channel.id]
    world.state.messages.pop(channel.id, None)


def publish_members(
    world: World, channel: Channel, *, added: tuple[Id, ...] = (), removed: tuple[Id, ...] = ()
) -> None:
    """THREAD_MEMBERS_UPDATE."""
    data: Json = {"id": channel.id, "guild_id": channel.guild_id, "removed_member_ids": list(removed)}
    data["member_count"] = len(channel.thread.members) if channel.thread else 0
    data["added_members"] = [thread_member_json(channel, user) | {"presence": None} for user in added]
    world.publish(Event("THREAD_MEMBERS_UPDATE", data, channel.guild_id, channel.id))
