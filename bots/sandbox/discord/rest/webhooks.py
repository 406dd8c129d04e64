"""Follow-ups: what a bot sends, changes and deletes with an interaction's token, for fifteen minutes."""

from bots.sandbox.discord import errors, messages
from bots.sandbox.discord.composing import compose, fill
from bots.sandbox.discord.rest.call import Call
from bots.sandbox.discord.rest.interactions import by_token, mark
from bots.sandbox.discord.state import LOADING, Interaction, Json, Message
from bots.sandbox.discord.validation import check_message
from bots.sandbox.discord.wire_messages import message_json


def execute_webhook(call: Call) -> Json:
    """A follow-up. The first one after a deferred answer takes the place of the "thinking" message."""
    interaction = _interaction(call)
    waiting = _own(call, interaction, interaction.answer_message_id)
    if waiting is not None and waiting.flags & LOADING:
        return _change(call, waiting)
    channel = call.world.channel(interaction.channel_id)
    message = mark(interaction, compose(call.world, channel, call.bot, call.body, call.files), call.body)
    return message_json(call.world, messages.post(call.world, message))


def get_original_webhook_message(call: Call) -> Json:
    return message_json(call.world, _original(call))


def update_original_webhook_message(call: Call) -> Json:
    return _change(call, _original(call))


def delete_original_webhook_message(call: Call) -> None:
    messages.delete(call.world, _original(call))


def get_webhook_message(call: Call) -> Json:
    return message_json(call.world, _followup(call))


def update_webhook_message(call: Call) -> Json:
    return _change(call, _followup(call))


def delete_webhook_message(call: Call) -> None:
    messages.delete(call.world, _followup(call))


def _interaction(call: Call) -> Interaction:
    return by_token(call.world, call.path["webhook_token"])


def _original(call: Call) -> Message:
    """The first answer; after an update, or a deferred one, the message whose component was used."""
    interaction = _interaction(call)
    return _found(_own(call, interaction, interaction.answer_message_id or interaction.message_id))


def _followup(call: Call) -> Message:
    return _found(_own(call, _interaction(call), call.path["message_id"]))


def _own(call: Call, interaction: Interaction, message_id: str | None) -> Message | None:
    message = call.world.messages(interaction.channel_id).get(message_id or "")
    return message if message and message.author_id == call.bot.user_id else None


def _found(message: Message | None) -> Message:
    if message is None:
        raise errors.unknown("Message")
    return message


def _change(call: Call, message: Message) -> Json:
    check_message(call.body | {"flags": (call.body.get("flags") or 0) | message.flags})
    was_waiting = bool(message.flags & LOADING)
    message.flags &= ~LOADING
    fill(call.world, message, call.body, call.files)
    if was_waiting:
        messages.publish(call.world, "MESSAGE_UPDATE", message)
    else:
        messages.edited(call.world, message)
    return message_json(call.world, message)
