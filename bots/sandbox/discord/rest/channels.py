"""Channels and threads: REST methods, each named as Discord's description names it."""

from bots.sandbox.discord import errors, messages, threads
from bots.sandbox.discord.permissions import (
    CREATE_PUBLIC_THREADS,
    MANAGE_ROLES,
    MANAGE_THREADS,
    PIN_MESSAGES,
    SEND_MESSAGES_IN_THREADS,
)
from bots.sandbox.discord.rest.call import Call
from bots.sandbox.discord.state import (
    ANNOUNCEMENT,
    ANNOUNCEMENT_THREAD,
    HAS_THREAD,
    PUBLIC_THREAD,
    Channel,
    Json,
    Overwrite,
    Thread,
)
from bots.sandbox.discord.wire import channel_json, thread_member_json
from bots.sandbox.discord.wire_messages import message_json


def get_channel(call: Call) -> Json:
    return channel_json(call.world, call.channel(), call.bot.user_id)


def update_channel(call: Call) -> Json:
    """Threads only: name, archived, locked, slow mode, auto-archive time."""
    channel = call.channel()
    if channel.thread is None:
        raise errors.missing_permissions()
    if channel.thread.owner_id != call.bot.user_id or "locked" in call.body:
        call.require(channel, MANAGE_THREADS)
    threads.change(call.world, channel, call.body)
    return channel_json(call.world, channel)


def set_channel_permission_overwrite(call: Call) -> None:
    channel = call.channel(MANAGE_ROLES)
    allow, deny = int(call.body.get("allow") or 0), int(call.body.get("deny") or 0)
    channel.overwrites[call.path["overwrite_id"]] = Overwrite(call.body["type"] == 0, allow, deny)
    messages.publish_channel(call.world, "CHANNEL_UPDATE", channel)


def delete_channel_permission_overwrite(call: Call) -> None:
    channel = call.channel(MANAGE_ROLES)
    channel.overwrites.pop(call.path["overwrite_id"], None)
    messages.publish_channel(call.world, "CHANNEL_UPDATE", channel)


def delete_channel(call: Call) -> Json:
    channel = call.channel(MANAGE_THREADS)
    if channel.thread is None:
        raise errors.missing_permissions()
    shown = channel_json(call.world, channel)
    threads.remove(call.world, channel)
    return shown


def create_thread_from_message(call: Call) -> Json:
    message = call.message(CREATE_PUBLIC_THREADS)
    if message.id in call.world.state.channels:
        raise errors.ApiError(400, 160004, "A thread has already been created for this message")
    parent = call.channel()
    if parent.thread or parent.guild_id is None:
        raise errors.ApiError(400, 50024, "Cannot execute action on this channel type")
    kind = ANNOUNCEMENT_THREAD if parent.type == ANNOUNCEMENT else PUBLIC_THREAD
    thread = threads.open_thread(call.world, parent, call.bot.user_id, call.body, (message.id, kind))
    message.flags |= HAS_THREAD
    messages.publish(call.world, "MESSAGE_UPDATE", message)
    return channel_json(call.world, thread)


def create_thread(call: Call) -> Json:
    """Without a message. Unless told otherwise Discord opens a private thread."""
    parent = call.channel(CREATE_PUBLIC_THREADS)
    kind = call.body.get("type") or 12
    thread = threads.open_thread(call.world, parent, call.bot.user_id, call.body, (call.world.new_id(), kind))
    return channel_json(call.world, thread)


def trigger_typing_indicator(call: Call) -> None:
    channel = call.channel()
    if channel.guild_id is None and any(call.world.user(user).closed_dms for user in channel.recipients):
        raise errors.ApiError(403, 50007, "Cannot send messages to this user")


def list_thread_members(call: Call) -> list[Json]:
    channel, thread = _thread(call)
    return [thread_member_json(channel, user) for user in thread.members]


def get_thread_member(call: Call) -> Json:
    channel, thread = _thread(call)
    if call.path["user_id"] not in thread.members:
        raise errors.unknown("Member")
    return thread_member_json(channel, call.path["user_id"])


def join_thread(call: Call) -> None:
    channel, thread = _thread(call)
    thread.members.setdefault(call.bot.user_id, call.world.timestamp())
    threads.publish_members(call.world, channel, added=(call.bot.user_id,))


def leave_thread(call: Call) -> None:
    channel, thread = _thread(call)
    thread.members.pop(call.bot.user_id, None)
    threads.publish_members(call.world, channel, removed=(call.bot.user_id,))


def add_thread_member(call: Call) -> None:
    channel, thread = _thread(call, SEND_MESSAGES_IN_THREADS)
    user = call.world.user(call.path["user_id"])
    thread.members.setdefault(user.id, call.world.timestamp())
    threads.publish_members(call.world, channel, added=(user.id,))


def delete_thread_member(call: Call) -> None:
    channel, thread = _thread(call, MANAGE_THREADS)
    thread.members.pop(call.path["user_id"], None)
    threads.publish_members(call.world, channel, removed=(call.path["user_id"],))


def _thread(call: Call, needed: int = 0) -> tuple[Channel, Thread]:
    channel = call.channel(needed)
    if channel.thread is None:
        raise errors.ApiError(400, 50024, "Cannot execute action on this channel type")
    return channel, channel.thread


def get_active_guild_threads(call: Call) -> Json:
    guild = call.guild()
    active = [c for c in call.world.threads_of(guild.id) if c.thread and not c.thread.archived]
    return _threads(call, [c for c in active if call.world.permissions(c, call.bot.user_id)])


def list_public_archived_threads(call: Call) -> Json:
    parent = call.channel()
    held = [c for c in call.world.state.channels.values() if c.parent_id == parent.id]
    return _threads(call, [c for c in held if c.thread and c.thread.archived])


def _threads(call: Call, shown: list[Channel]) -> Json:
    me = call.bot.user_id
    members = [thread_member_json(c, me) for c in shown if c.thread and me in c.thread.members]
    return {"threads": [channel_json(call.world, c) for c in shown], "members": members, "has_more": False}


def list_pins(call: Call) -> Json:
    held = [it for it in call.world.messages(call.channel().id).values() if it.pinned_at]
    held.sort(key=lambda message: message.pinned_at or "", reverse=True)
    items = [{"pinned_at": it.pinned_at, "message": message_json(call.world, it, call.bot.user_id)} for it in held]
    return {"items": items, "has_more": False}


def deprecated_list_pins(call: Call) -> list[Json]:
    return [item["message"] for item in list_pins(call)["items"]]


def create_pin(call: Call) -> None:
    message = call.message(PIN_MESSAGES)
    message.pinned_at = message.pinned_at or call.world.timestamp()
    messages.publish(call.world, "MESSAGE_UPDATE", message)


def delete_pin(call: Call) -> None:
    message = call.message(PIN_MESSAGES)
    message.pinned_at = None
    messages.publish(call.world, "MESSAGE_UPDATE", message)
