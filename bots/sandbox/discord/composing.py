"""From what a bot sends to a message: checked, mentions resolved, files attached."""

import base64
import mimetypes
import re
from dataclasses import dataclass, replace
from typing import Any

from bots.sandbox.discord import errors
from bots.sandbox.discord.permissions import MENTION_EVERYONE
from bots.sandbox.discord.polls import poll_from
from bots.sandbox.discord.state import (
    COMPONENTS_V2,
    SUPPRESS_EMBEDS,
    SUPPRESS_NOTIFICATIONS,
    Attachment,
    Bot,
    Channel,
    Id,
    Json,
    Message,
)
from bots.sandbox.discord.validation import check_message
from bots.sandbox.discord.wire_messages import attachment_url, with_component_ids
from bots.sandbox.discord.world import World

USER_MENTION, ROLE_MENTION = re.compile(r"<@!?(\d+)>"), re.compile(r"<@&(\d+)>")
EVERYONE = re.compile(r"@(everyone|here)\b")
FLAGS_A_BOT_MAY_SET = SUPPRESS_EMBEDS | SUPPRESS_NOTIFICATIONS | COMPONENTS_V2
EVERYTHING: Json = {"parse": ["users", "roles", "everyone"], "replied_user": True}
REPLY = 19


@dataclass(frozen=True)
class Upload:
    """One file of a multipart body; `index` is the number in its field name, files[index]."""

    index: int
    filename: str
    content: bytes


def compose(world: World, channel: Channel, bot: Bot, body: Json, files: list[Upload]) -> Message:
    """A new message of this bot, not yet posted. Raises the ApiError that Discord would answer."""
    check_message(body)
    message = Message(world.new_id(), channel.id, bot.user_id, application_id=bot.application_id)
    message.flags = (body.get("flags") or 0) & FLAGS_A_BOT_MAY_SET
    message.tts = bool(body.get("tts"))
    message.nonce = str(body["nonce"]) if body.get("nonce") else None
    message.poll = poll_from(body["poll"], world.now()) if body.get("poll") else None
    _refer(world, channel, message, body.get("message_reference"))
    fill(world, message, body, files)
    _require_something(message)
    return message


def fill(world: World, message: Message, body: Json, files: list[Upload]) -> None:
    """Take over what the body names: content, embeds, components, files; what it leaves out stays."""
    message.flags |= (body.get("flags") or 0) & FLAGS_A_BOT_MAY_SET
    if "embeds" in body:
        message.embeds = [_stored_embed(embed) for embed in body["embeds"] or []]
    if "components" in body:
        message.components = with_component_ids(body["components"] or [])
    if files or "attachments" in body:
        message.attachments = _attachments(world, message, body.get("attachments"), files)
    if "content" in body:
        message.content = (body["content"] or "").strip()
    resolve_mentions(world, message, body.get("allowed_mentions"))
    _point_embeds_at_files(world, message)


def _stored_embed(embed: Json) -> Json:
    return {key: value for key, value in embed.items() if value is not None and key != "flags"} | {"type": "rich"}


def _require_something(message: Message) -> None:
    parts = (message.content, message.embeds, message.attachments, message.components, message.poll, message.snapshots)
    if not any(parts):
        raise errors.empty_message()


def _refer(world: World, channel: Channel, message: Message, reference: Json | None) -> None:
    if reference is None:
        return
    source = str(reference.get("channel_id") or channel.id)
    original = world.messages(source).get(str(reference["message_id"]))
    if original is None:
        if reference.get("fail_if_not_exists", True):
            raise errors.invalid("message_reference", "REPLIES_UNKNOWN_MESSAGE", "Unknown message")
        return
    if reference.get("type", 0) == 0:
        message.type = REPLY
    else:
        message.snapshots = [{"message": _snapshot(original)}]
    message.reference = {"type": reference.get("type", 0), "channel_id": source, "message_id": original.id}
    if channel.guild_id:
        message.reference["guild_id"] = channel.guild_id


def _snapshot(original: Message) -> Json:
    copied = replace(original)
    return {"content": copied.content, "embeds": copied.embeds, "type": copied.type, "flags": copied.flags}


def _attachments(world: World, message: Message, named: list[Json] | None, files: list[Upload]) -> list[Attachment]:
    """Files named in the body with their old id stay, new ones are added; without a list all old ones stay."""
    kept = {str(entry["id"]) for entry in named} if named is not None else {it.id for it in message.attachments}
    descriptions = {str(entry["id"]): entry.get("description") for entry in named or []}
    old = [it for it in message.attachments if it.id in kept]
    return old + [_attachment(world, upload, descriptions.get(str(upload.index))) for upload in files]


def attach(world: World, message: Message, files: list[Upload]) -> None:
    message.attachments += [_attachment(world, upload, None) for upload in files]


def _attachment(world: World, upload: Upload, description: str | None) -> Attachment:
    kind = mimetypes.guess_type(upload.filename)[0] or "application/octet-stream"
    content = base64.b64encode(upload.content).decode()
    return Attachment(world.new_id(), upload.filename, len(upload.content), kind, content, description)


def _point_embeds_at_files(world: World, message: Message) -> None:
    urls = {it.filename: attachment_url(world, message, it) for it in message.attachments}
    for embed in message.embeds:
        for key in ("image", "thumbnail"):
            url = embed.get(key, {}).get("url", "")
            if url.startswith("attachment://"):
                embed[key]["url"] = urls.get(url.removeprefix("attachment://"), url)


def resolve_mentions(world: World, message: Message, allowed: Json | None) -> None:
    """Whom the message pings: those it names, as far as `allowed_mentions` and the author's rights let it."""
    rules = EVERYTHING if allowed is None else allowed
    channel = world.channel(message.channel_id)
    users = [user for user in USER_MENTION.findall(message.content) if user in world.state.users]
    message.mentions = _unique(_allowed(users, rules, "users") + _replied_user(world, message, rules))
    roles = _allowed(ROLE_MENTION.findall(message.content), rules, "roles")
    message.mention_roles = [role for role in roles if _may_ping(world, channel, message, role)]
    wants_all = EVERYONE.search(message.content) is not None and "everyone" in (rules.get("parse") or [])
    message.mention_everyone = wants_all and world.may(channel, message.author_id, MENTION_EVERYONE)


def _allowed(found: list[Id], rules: Json, kind: str) -> list[Id]:
    listed = {str(entry) for entry in rules.get(kind) or []}
    return _unique([entry for entry in found if kind in (rules.get("parse") or []) or entry in listed])


def _replied_user(world: World, message: Message, rules: Json) -> list[Id]:
    if message.type != REPLY or not message.reference or not rules.get("replied_user", False):
        return []
    original = world.messages(message.reference["channel_id"]).get(message.reference["message_id"])
    return [original.author_id] if original else []


def _may_ping(world: World, channel: Channel, message: Message, role_id: Id) -> bool:
    role = world.guild(channel.guild_id).roles.get(role_id) if channel.guild_id else None
    return role is not None and (role.mentionable or world.may(channel, message.author_id, MENTION_EVERYONE))


def _unique(entries: list[Any]) -> list[Any]:
    return list(dict.fromkeys(entries))
