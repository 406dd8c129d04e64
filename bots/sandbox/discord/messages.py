"""What happens to messages, whoever wrote them: they appear, change, vanish, and the gateway tells of it."""

from collections.abc import Iterable

from bots.sandbox.discord.state import Channel, Id, Json, Message
from bots.sandbox.discord.wire import channel_json, member_json
from bots.sandbox.discord.wire_messages import emoji_json, message_json
from bots.sandbox.discord.world import Event, World


def post(world: World, message: Message) -> Message:
    """Put a new message where it belongs and tell the bots, unless it is for one person's eyes."""
    channel = world.channel(message.channel_id)
    world.messages(channel.id)[message.id] = message
    if message.only_for is None:
        channel.last_message_id = message.id
        _count_in_thread(world, channel, message.author_id)
        publish(world, "MESSAGE_CREATE", message)
    return message


def _count_in_thread(world: World, channel: Channel, author: Id) -> None:
    if channel.thread is None:
        return
    channel.thread.total_sent += 1
    channel.thread.members.setdefault(author, world.timestamp())
    if channel.thread.archived:  # writing into an archived thread that is not locked opens it again
        channel.thread.archived = False
        publish_channel(world, "THREAD_UPDATE", channel)


def publish(world: World, event: str, message: Message) -> None:
    """MESSAGE_CREATE and MESSAGE_UPDATE carry the whole message, with the author's member part in a guild."""
    if message.only_for is not None:
        return
    channel = world.channel(message.channel_id)
    data = message_json(world, message) | {"channel_type": channel.type}
    if channel.guild_id:
        data["guild_id"] = channel.guild_id
        data |= _member_parts(world, channel.guild_id, message, data)
    world.publish(Event(event, data, channel.guild_id, channel.id))


def _member_parts(world: World, guild_id: Id, message: Message, data: Json) -> Json:
    members = world.guild(guild_id).members
    for user in data["mentions"]:
        if user["id"] in members:
            user["member"] = member_json(members[user["id"]])
    author = members.get(message.author_id)
    return {"member": member_json(author)} if author else {}


def edited(world: World, message: Message) -> Message:
    """Mark the message as edited now and tell the bots."""
    message.edited_at = world.timestamp()
    publish(world, "MESSAGE_UPDATE", message)
    return message


def delete(world: World, message: Message) -> None:
    channel = world.channel(message.channel_id)
    del world.messages(channel.id)[message.id]
    if message.only_for is None:
        data = {"id": message.id, "channel_id": channel.id} | _guild_part(channel)
        world.publish(Event("MESSAGE_DELETE", data, channel.guild_id, channel.id))


def delete_many(world: World, channel: Channel, ids: Iterable[Id]) -> None:
    gone = [message_id for message_id in ids if world.messages(channel.id).pop(message_id, None)]
    data = {"ids": gone, "channel_id": channel.id} | _guild_part(channel)
    world.publish(Event("MESSAGE_DELETE_BULK", data, channel.guild_id, channel.id))


def publish_channel(world: World, event: str, channel: Channel, **more: object) -> None:
    """CHANNEL_* and THREAD_* events."""
    world.publish(Event(event, channel_json(world, channel) | more, channel.guild_id, channel.id))


def react(world: World, message: Message, user_id: Id, emoji: str) -> None:
    users = message.reactions.setdefault(emoji, [])
    if user_id not in users:
        users.append(user_id)
        _publish_reaction(world, "MESSAGE_REACTION_ADD", message, user_id, emoji)


def take_back_reaction(world: World, message: Message, user_id: Id, emoji: str) -> None:
    if user_id in message.reactions.get(emoji, []):
        message.reactions[emoji].remove(user_id)
        message.reactions = {key: users for key, users in message.reactions.items() if users}
        _publish_reaction(world, "MESSAGE_REACTION_REMOVE", message, user_id, emoji)


def _publish_reaction(world: World, event: str, message: Message, user_id: Id, emoji: str) -> None:
    channel = world.channel(message.channel_id)
    data: Json = {"user_id": user_id, "channel_id": channel.id, "message_id": message.id, "emoji": emoji_json(emoji)}
    data |= {"burst": False, "type": 0, "message_author_id": message.author_id} | _guild_part(channel)
    member = world.guild(channel.guild_id).members.get(user_id) if channel.guild_id else None
    if member and event == "MESSAGE_REACTION_ADD":
        data["member"] = member_json(member, world.user(user_id))
    world.publish(Event(event, data, channel.guild_id, channel.id))


def _guild_part(channel: Channel) -> Json:
    return {"guild_id": channel.guild_id} if channel.guild_id else {}
