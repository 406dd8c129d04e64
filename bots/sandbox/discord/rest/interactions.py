"""The bot's answers to presses, commands and forms, and the messages it sends after them."""

from collections.abc import Callable

from bots.sandbox.discord import errors, messages
from bots.sandbox.discord.composing import compose, fill
from bots.sandbox.discord.interactions import (
    ANSWER_WITHIN,
    COMMAND,
    COMPONENT,
    TOKEN_VALID_FOR,
    age,
    metadata,
    settle,
)
from bots.sandbox.discord.rest.call import Call
from bots.sandbox.discord.state import EPHEMERAL, LOADING, Interaction, Json, Message, Modal
from bots.sandbox.discord.validation import check_message, check_modal
from bots.sandbox.discord.wire_messages import message_json, with_component_ids
from bots.sandbox.discord.world import World

MESSAGE, DEFERRED_MESSAGE, DEFERRED_UPDATE, UPDATE, CHOICES, MODAL = 4, 5, 6, 7, 8, 9
REPLY, COMMAND_REPLY = 19, 20


def create_interaction_response(call: Call) -> Json:
    """The first answer, within three seconds and only once: 10062 when too late, 40060 when repeated."""
    interaction = by_path(call.world, call.path["interaction_id"], call.path["interaction_token"])
    if interaction.answer_type is not None:
        raise errors.already_acknowledged()
    if age(call.world, interaction) > ANSWER_WITHIN:
        raise errors.unknown("interaction")
    kind = call.body.get("type")
    answer = ANSWERS.get(kind)
    if answer is None or (kind in {DEFERRED_UPDATE, UPDATE} and interaction.message_id is None):
        raise errors.invalid("type", "BASE_TYPE_CHOICES", "This response type is not possible for this interaction.")
    message = answer(call, interaction, call.body.get("data") or {})
    interaction.answer_type = kind
    interaction.answer_message_id = message.id if message else None
    return _callback_json(call.world, interaction, message)


def by_path(world: World, interaction_id: str, token: str) -> Interaction:
    interaction = world.state.interactions.get(interaction_id)
    if interaction is None or interaction.token != token:
        raise errors.unknown("interaction")
    return interaction


def by_token(world: World, token: str) -> Interaction:
    """The interaction of a follow-up: 50027 once its fifteen minutes are over, 10015 while it has no first answer."""
    interaction = next((it for it in world.state.interactions.values() if it.token == token), None)
    if interaction is None or interaction.answer_type is None:
        raise errors.unknown("Webhook")
    if age(world, interaction) > TOKEN_VALID_FOR:
        raise errors.ApiError(401, 50027, "Invalid Webhook Token")
    return interaction


def _callback_json(world: World, interaction: Interaction, message: Message | None) -> Json:
    about: Json = {"id": interaction.id, "type": interaction.type, "channel_id": interaction.channel_id}
    if interaction.guild_id:
        about["guild_id"] = interaction.guild_id
    if message is None:
        return {"interaction": about}
    about["response_message_id"] = message.id
    about["response_message_loading"] = bool(message.flags & LOADING)
    about["response_message_ephemeral"] = bool(message.flags & EPHEMERAL)
    kind = UPDATE if interaction.answer_type == UPDATE else MESSAGE  # a deferred message is described as one, too
    resource = {"type": kind, "message": message_json(world, message)}
    return {"interaction": about, "resource": resource}


def _new_message(call: Call, interaction: Interaction, data: Json) -> Message:
    channel = call.world.channel(interaction.channel_id)
    return mark(interaction, compose(call.world, channel, call.bot, data, call.files), data)


def mark(interaction: Interaction, message: Message, data: Json) -> Message:
    """Say on the message which interaction it answers, and keep it to that person when it is ephemeral."""
    message.interaction = metadata(interaction)
    if interaction.type == COMMAND:
        message.type = COMMAND_REPLY
    elif interaction.message_id:
        message.type = REPLY
        message.reference = {"type": 0, "channel_id": interaction.channel_id, "message_id": interaction.message_id}
    if (data.get("flags") or 0) & EPHEMERAL:
        message.flags |= EPHEMERAL
        message.only_for = interaction.user_id
    return message


def _answer_message(call: Call, interaction: Interaction, data: Json) -> Message:
    message = messages.post(call.world, _new_message(call, interaction, data))
    settle(call.world, interaction, {"kind": _kind(message), "message_id": message.id})
    return message


def _kind(message: Message) -> str:
    return "ephemeral" if message.only_for else "message"


def _answer_deferred(call: Call, interaction: Interaction, data: Json) -> Message:
    message = Message(call.world.new_id(), interaction.channel_id, call.bot.user_id, flags=LOADING)
    message.application_id = call.bot.application_id
    messages.post(call.world, mark(interaction, message, data))
    settle(call.world, interaction, {"kind": "thinking", "message_id": message.id})
    return message


def _answer_deferred_update(call: Call, interaction: Interaction, _data: Json) -> None:
    settle(call.world, interaction, {"kind": "nothing"})


def _answer_update(call: Call, interaction: Interaction, data: Json) -> Message:
    message = _component_message(call.world, interaction)
    check_message(data | {"flags": (data.get("flags") or 0) | message.flags})
    fill(call.world, message, data, call.files)
    messages.edited(call.world, message)
    settle(call.world, interaction, {"kind": "update", "message_id": message.id})
    return message


def _component_message(world: World, interaction: Interaction) -> Message:
    return world.message(interaction.channel_id, interaction.message_id or "")


def _answer_choices(call: Call, interaction: Interaction, data: Json) -> None:
    settle(call.world, interaction, {"kind": "choices", "choices": data.get("choices", [])})


def _answer_modal(call: Call, interaction: Interaction, data: Json) -> None:
    if interaction.type not in {COMMAND, COMPONENT}:
        raise errors.invalid("type", "BASE_TYPE_CHOICES", "A form cannot be answered with another form.")
    check_modal(data)
    modal = Modal(
        id=interaction.id,
        user_id=interaction.user_id,
        bot_token=interaction.bot_token,
        channel_id=interaction.channel_id,
        message_id=interaction.message_id,
        custom_id=data["custom_id"],
        title=data["title"],
        components=with_component_ids(data["components"]),
    )
    open_modals = call.world.state.modals
    call.world.state.modals = {key: it for key, it in open_modals.items() if it.user_id != modal.user_id}
    call.world.state.modals[modal.id] = modal
    settle(call.world, interaction, {"kind": "modal", "modal_id": modal.id})


ANSWERS: dict[int, Callable[[Call, Interaction, Json], Message | None]] = {
    MESSAGE: _answer_message,
    DEFERRED_MESSAGE: _answer_deferred,
    DEFERRED_UPDATE: _answer_deferred_update,
    UPDATE: _answer_update,
    CHOICES: _answer_choices,
    MODAL: _answer_modal,
}
