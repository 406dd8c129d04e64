"""Messages as Discord writes them, and what a bot without the message content intent sees of them."""

import json
from urllib.parse import quote

from bots.sandbox.discord.polls import poll_json
from bots.sandbox.discord.state import EPHEMERAL, Attachment, Bot, Id, Json, Message
from bots.sandbox.discord.wire import channel_json, created_at, user_json
from bots.sandbox.discord.world import World

REPLY = 19


def message_json(world: World, message: Message, viewer: Id | None = None) -> Json:
    """The whole message. `viewer` decides only which reactions count as the viewer's own."""
    shown: Json = {
        "id": message.id,
        "channel_id": message.channel_id,
        "type": message.type,
        "content": message.content,
        "author": user_json(world.user(message.author_id)),
        "timestamp": created_at(message.id),
        "edited_timestamp": message.edited_at,
        "tts": message.tts,
        "flags": message.flags,
        "pinned": message.pinned_at is not None,
        "mention_everyone": message.mention_everyone,
        "mentions": [user_json(world.user(user)) for user in message.mentions],
        "mention_roles": list(message.mention_roles),
        "attachments": [attachment_json(world, message, it) for it in message.attachments],
        "embeds": message.embeds,
        "components": message.components,
    }
    return shown | _extras(world, message, viewer)


def _extras(world: World, message: Message, viewer: Id | None) -> Json:
    extras: Json = {
        "nonce": message.nonce,
        "application_id": message.application_id,
        "webhook_id": message.application_id if message.interaction else None,
        "poll": poll_json(message.poll) if message.poll else None,
        "sticker_items": message.stickers,
        "message_snapshots": message.snapshots,
        "message_reference": message.reference,
        "interaction_metadata": _interaction(world, message),
        "reactions": [_reaction(emoji, users, viewer) for emoji, users in message.reactions.items()],
    }
    present = {key: value for key, value in extras.items() if value}
    if message.id in world.state.channels:
        present["thread"] = channel_json(world, world.state.channels[message.id])
    if message.type == REPLY and message.reference:
        present["referenced_message"] = _referenced(world, message.reference)
    return present


def _referenced(world: World, reference: Json) -> Json | None:
    original = world.messages(reference["channel_id"]).get(reference["message_id"])
    if original is None:
        return None
    shown = message_json(world, original)
    return {key: value for key, value in shown.items() if key not in {"referenced_message", "reactions"}}


def _interaction(world: World, message: Message) -> Json | None:
    if message.interaction is None:
        return None
    shown = {key: value for key, value in message.interaction.items() if key not in {"user_id", "name"}}
    return shown | {"user": user_json(world.user(message.interaction["user_id"]))}


def attachment_json(world: World, message: Message, attachment: Attachment) -> Json:
    url = attachment_url(world, message, attachment)
    shown: Json = {"id": attachment.id, "filename": attachment.filename, "size": attachment.size}
    shown |= {"url": url, "proxy_url": url, "content_type": attachment.content_type}
    if message.flags & EPHEMERAL:
        shown["ephemeral"] = True
    return shown | ({"description": attachment.description} if attachment.description else {})


def attachment_url(world: World, message: Message, attachment: Attachment) -> str:
    return f"{world.files_url}/{message.channel_id}/{attachment.id}/{quote(attachment.filename, safe='')}"


def emoji_json(emoji: str) -> Json:
    name, _, emoji_id = emoji.partition(":")
    return {"id": emoji_id or None, "name": name}


def _reaction(emoji: str, users: list[Id], viewer: Id | None) -> Json:
    count = len(users)
    return {
        "emoji": emoji_json(emoji),
        "count": count,
        "count_details": {"burst": 0, "normal": count},
        "burst_colors": [],
        "me_burst": False,
        "me": viewer in users,
    }


def without_content(shown: Json, bot: Bot) -> Json:
    """The message as a bot sees it that may not read content: its own, direct ones and mentions stay whole."""
    mentioned = any(user["id"] == bot.user_id for user in shown["mentions"])
    if shown["author"]["id"] == bot.user_id or mentioned or "guild_id" not in shown:
        return shown
    emptied = {key: value for key, value in shown.items() if key not in {"poll", "message_snapshots"}}
    return emptied | {"content": "", "embeds": [], "attachments": [], "components": []}


def with_component_ids(components: list[Json]) -> list[Json]:
    """A copy in which every component has its `id`, counted through the message as Discord does."""
    copied: list[Json] = json.loads(json.dumps(components), object_hook=_without_nothing)
    taken = {it["id"] for it in walk(copied) if it.get("id")}
    free = (number for number in range(1, 10_000) if number not in taken)
    for component in walk(copied):
        component["id"] = component.get("id") or next(free)
    return copied


def _without_nothing(component: Json) -> Json:
    return {key: value for key, value in component.items() if value is not None}


def walk(components: list[Json]) -> list[Json]:
    """Every component in reading order, those inside rows, sections, containers and labels too."""
    found: list[Json] = []
    for component in components:
        found.append(component)
        found.extend(walk(component.get("components", [])))
        found.extend(walk([component[key] for key in ("accessory", "component") if key in component]))
    return found
