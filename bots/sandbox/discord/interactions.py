"""Presses, commands and forms: how they reach the bot, and for how long it may answer."""

import secrets
from datetime import datetime, timedelta

from bots.sandbox.discord.state import Bot, Channel, Id, Interaction, Json, Message
from bots.sandbox.discord.wire import channel_json, member_json, user_json
from bots.sandbox.discord.wire_messages import message_json
from bots.sandbox.discord.world import Event, World

COMMAND, COMPONENT, AUTOCOMPLETE, MODAL_SUBMIT = 2, 3, 4, 5
ANSWER_WITHIN = timedelta(seconds=3)
TOKEN_VALID_FOR = timedelta(minutes=15)
ATTACHMENT_LIMIT = 10 * 1024 * 1024


def begin(
    world: World, bot: Bot, person: tuple[Id, Channel], what: tuple[int, Json], on: Message | None
) -> Interaction:
    """Tell the bot that this person, in this channel, did `what` (interaction type and data), `on` a message if any."""
    user_id, channel = person
    _forget_expired(world)
    interaction = Interaction(
        id=world.new_id(),
        token=secrets.token_urlsafe(48),
        bot_token=bot.token,
        type=what[0],
        user_id=user_id,
        channel_id=channel.id,
        guild_id=channel.guild_id,
        data=what[1],
        created_at=world.timestamp(),
        message_id=on.id if on else None,
    )
    world.state.interactions[interaction.id] = interaction
    data = interaction_json(world, bot, interaction, on)
    world.publish(Event("INTERACTION_CREATE", data, only_bot=bot.token))
    return interaction


def _forget_expired(world: World) -> None:
    kept = {key: it for key, it in world.state.interactions.items() if age(world, it) <= TOKEN_VALID_FOR}
    world.state.interactions = kept


def age(world: World, interaction: Interaction) -> timedelta:
    return world.now() - datetime.fromisoformat(interaction.created_at)


def interaction_json(world: World, bot: Bot, interaction: Interaction, on: Message | None) -> Json:
    channel = world.channel(interaction.channel_id)
    shown: Json = {
        "id": interaction.id,
        "application_id": bot.application_id,
        "type": interaction.type,
        "token": interaction.token,
        "version": 1,
        "channel_id": channel.id,
        "channel": channel_json(world, channel, bot.user_id),
        "data": interaction.data,
        "app_permissions": str(world.permissions(channel, bot.user_id)),
        "locale": "en-US",
        "entitlements": [],
        "authorizing_integration_owners": {"0": channel.guild_id or "0"},
        "context": 0 if channel.guild_id else 1,
        "attachment_size_limit": ATTACHMENT_LIMIT,
    }
    if on is not None:
        shown["message"] = message_json(world, on)
    return shown | _person(world, channel, interaction.user_id)


def _person(world: World, channel: Channel, user_id: Id) -> Json:
    user = world.user(user_id)
    if channel.guild_id is None:
        return {"user": user_json(user)}
    member = member_json(world.member(channel.guild_id, user_id), user)
    member["permissions"] = str(world.permissions(channel, user_id))
    guild = {"id": channel.guild_id, "locale": "en-US", "features": ["NEWS", "COMMUNITY"]}
    return {"member": member, "guild_id": channel.guild_id, "guild": guild, "guild_locale": "en-US"}


def metadata(interaction: Interaction) -> Json:
    """What a message says of the interaction it answers."""
    owners = {"0": interaction.guild_id or "0"}
    shown: Json = {"id": interaction.id, "type": interaction.type, "user_id": interaction.user_id}
    shown["authorizing_integration_owners"] = owners
    if interaction.type == COMMAND:
        shown["name"] = interaction.data["name"]
    if interaction.type == COMPONENT:
        shown["interacted_message_id"] = interaction.message_id
    if interaction.type == MODAL_SUBMIT:
        opener: Json = {"id": interaction.opened_by, "type": COMPONENT if interaction.message_id else COMMAND}
        opener["authorizing_integration_owners"] = owners
        if interaction.message_id:
            opener["interacted_message_id"] = interaction.message_id
        shown["triggering_interaction_metadata"] = opener
    return shown


def settle(world: World, interaction: Interaction, outcome: Json) -> None:
    """Let the person who waits for this interaction see what became of it."""
    waiting = world.waiting.pop(interaction.id, None)
    if waiting is not None and not waiting.done():
        waiting.set_result(outcome)
