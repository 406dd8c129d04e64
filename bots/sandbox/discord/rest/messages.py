"""Messages in channels, threads and direct messages: REST methods, each named as Discord's description names it."""

from datetime import datetime, timedelta

from bots.sandbox.discord import errors, messages, polls
from bots.sandbox.discord.composing import compose, fill
from bots.sandbox.discord.permissions import (
    ADD_REACTIONS,
    ATTACH_FILES,
    MANAGE_MESSAGES,
    READ_MESSAGE_HISTORY,
    SEND_MESSAGES,
    needed_to_send,
)
from bots.sandbox.discord.rest.call import Call
from bots.sandbox.discord.snowflake import time_of
from bots.sandbox.discord.state import ANNOUNCEMENT, CROSSPOSTED, SUPPRESS_EMBEDS, Channel, Json, Message, Nonce
from bots.sandbox.discord.validation import check_message
from bots.sandbox.discord.wire import user_json
from bots.sandbox.discord.wire_messages import message_json

NONCE_WINDOW = timedelta(minutes=5)  # Discord says "a few minutes"
BULK_DELETE_WINDOW = timedelta(days=14)


def create_message(call: Call) -> Json:
    channel = _channel_to_write_in(call)
    again = _sent_under_this_nonce(call, channel)
    if again is not None:
        return message_json(call.world, again, call.bot.user_id)
    message = compose(call.world, channel, call.bot, call.body, call.files)
    messages.post(call.world, message)
    if call.body.get("enforce_nonce") and message.nonce:
        key = f"{call.bot.user_id}:{message.nonce}"
        call.world.state.nonces[key] = Nonce(channel.id, message.id, call.world.timestamp())
    return message_json(call.world, message, call.bot.user_id)


def _channel_to_write_in(call: Call) -> Channel:
    channel = call.channel()
    call.require(channel, needed_to_send(channel) | (ATTACH_FILES if call.files else 0))
    if channel.thread and channel.thread.archived and channel.thread.locked:
        raise errors.ApiError(400, 50083, "Thread is archived")
    if channel.guild_id is None and any(_refuses_dms(call, user) for user in channel.recipients):
        raise errors.ApiError(403, 50007, "Cannot send messages to this user")
    return channel


def _refuses_dms(call: Call, user_id: str) -> bool:
    """A person who closed direct messages, or who shares no guild with the bot."""
    user = call.world.user(user_id)
    guilds = call.world.state.guilds.values()
    return not user.bot and (
        user.closed_dms or not any({user_id, call.bot.user_id} <= set(guild.members) for guild in guilds)
    )


def _sent_under_this_nonce(call: Call, channel: Channel) -> Message | None:
    """With enforce_nonce: the message of the same nonce in the last minutes; 10008 when it was deleted since."""
    if not call.body.get("enforce_nonce") or not call.body.get("nonce"):
        return None
    earliest = call.world.now() - NONCE_WINDOW
    nonces = call.world.state.nonces
    for key in [key for key, nonce in nonces.items() if datetime.fromisoformat(nonce.at) < earliest]:
        del nonces[key]
    earlier = nonces.get(f"{call.bot.user_id}:{call.body['nonce']}")
    if earlier is None or earlier.channel_id != channel.id:
        return None
    return call.world.message(earlier.channel_id, earlier.message_id)


def get_message(call: Call) -> Json:
    return message_json(call.world, call.message(READ_MESSAGE_HISTORY), call.bot.user_id)


def list_messages(call: Call) -> list[Json]:
    """Newest first; `before`, `after` or `around` an id; 1 to 100, 50 unless told."""
    channel = call.channel()
    may_read = call.world.may(channel, call.bot.user_id, READ_MESSAGE_HISTORY)
    shown = [it for it in call.world.messages(channel.id).values() if it.only_for is None and may_read]
    chosen = _page(call, sorted(shown, key=lambda message: int(message.id)), call.number("limit", 50))
    return [message_json(call.world, message, call.bot.user_id) for message in reversed(chosen)]


def _page(call: Call, ordered: list[Message], limit: int) -> list[Message]:
    if "around" in call.query:
        at = sum(int(it.id) < int(call.query["around"]) for it in ordered)
        return ordered[max(0, at - limit // 2) :][:limit]
    if "after" in call.query:
        return [it for it in ordered if int(it.id) > int(call.query["after"])][:limit]
    before = int(call.query.get("before", 1 << 63))
    return [it for it in ordered if int(it.id) < before][-limit:]


def update_message(call: Call) -> Json:
    """Only the author edits; others with MANAGE_MESSAGES may hide the embeds, nothing else."""
    message = call.message()
    if message.author_id != call.bot.user_id:
        raise errors.ApiError(403, 50005, "Cannot edit a message authored by another user")
    check_message(call.body | {"flags": (call.body.get("flags") or 0) | message.flags})
    _refuse_to_empty(message, call.body, files=bool(call.files))
    if call.body.get("flags") is not None:
        message.flags = message.flags & ~SUPPRESS_EMBEDS | call.body["flags"] & SUPPRESS_EMBEDS
    fill(call.world, message, call.body, call.files)
    return message_json(call.world, messages.edited(call.world, message), call.bot.user_id)


def _refuse_to_empty(message: Message, body: Json, *, files: bool) -> None:
    kept = [body.get(key, getattr(message, key)) for key in ("content", "embeds", "components", "attachments")]
    if not any(kept) and not files and not message.poll:
        raise errors.empty_message()


def delete_message(call: Call) -> None:
    message = call.message()
    if message.author_id != call.bot.user_id:
        call.require(call.channel(), MANAGE_MESSAGES)
        if call.channel().guild_id is None:
            raise errors.ApiError(403, 50003, "Cannot execute action on a DM channel")
    messages.delete(call.world, message)


def bulk_delete_messages(call: Call) -> None:
    channel, ids = call.channel(MANAGE_MESSAGES), [str(message) for message in call.body["messages"]]
    if not 2 <= len(ids) <= 100:  # noqa: PLR2004 (Discord's bounds, used once)
        raise errors.ApiError(400, 50016, "Provided too few or too many messages to delete.")
    if any(call.world.now() - time_of(message_id) > BULK_DELETE_WINDOW for message_id in ids):
        raise errors.ApiError(400, 50034, "You can only bulk delete messages that are under 14 days old.")
    messages.delete_many(call.world, channel, ids)


def crosspost_message(call: Call) -> Json:
    message, channel = call.message(SEND_MESSAGES), call.channel()
    if channel.type != ANNOUNCEMENT:
        raise errors.ApiError(400, 50024, "Cannot execute action on this channel type")
    if message.author_id != call.bot.user_id:
        call.require(channel, MANAGE_MESSAGES)
    if message.flags & CROSSPOSTED:
        raise errors.ApiError(400, 40033, "This message has already been crossposted.")
    message.flags |= CROSSPOSTED
    messages.publish(call.world, "MESSAGE_UPDATE", message)
    return message_json(call.world, message, call.bot.user_id)


def list_message_reactions_by_emoji(call: Call) -> list[Json]:
    users = call.message().reactions.get(call.path["emoji_name"], [])
    chosen = [user for user in users if int(user) > call.number("after", 0)]
    return [user_json(call.world.user(user)) for user in chosen[: call.number("limit", 25)]]


def add_my_message_reaction(call: Call) -> None:
    message = call.message(READ_MESSAGE_HISTORY | ADD_REACTIONS)
    messages.react(call.world, message, call.bot.user_id, call.path["emoji_name"])


def delete_my_message_reaction(call: Call) -> None:
    messages.take_back_reaction(call.world, call.message(), call.bot.user_id, call.path["emoji_name"])


def delete_user_message_reaction(call: Call) -> None:
    message = call.message(MANAGE_MESSAGES)
    messages.take_back_reaction(call.world, message, call.path["user_id"], call.path["emoji_name"])


def poll_expire(call: Call) -> Json:
    message = call.message()
    if message.author_id != call.bot.user_id:
        raise errors.ApiError(403, 50005, "Cannot edit a message authored by another user")
    polls.close(message, call.world.now())
    messages.publish(call.world, "MESSAGE_UPDATE", message)
    return message_json(call.world, message, call.bot.user_id)
