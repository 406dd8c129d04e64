"""What one person sees: the guild's channels, threads, messages, forms; as JSON for a page, never as HTML."""

from datetime import timedelta

from bots.sandbox.discord import polls
from bots.sandbox.discord.forms import labelled_inputs
from bots.sandbox.discord.markdown import render
from bots.sandbox.discord.permissions import READ_MESSAGE_HISTORY, needed_to_send
from bots.sandbox.discord.snowflake import timestamp
from bots.sandbox.discord.state import ANNOUNCEMENT, CROSSPOSTED, LOADING, Channel, Guild, Id, Json, Message, Modal
from bots.sandbox.discord.view_components import render_component, render_embed
from bots.sandbox.discord.wire import created_at
from bots.sandbox.discord.wire_messages import attachment_json
from bots.sandbox.discord.world import World

SHOWN_MESSAGES = 100
NOTICE_SHOWN_FOR = timedelta(seconds=10)


def view(world: World, user: Id) -> Json:
    """Everything on this person's screen; shapes are described in the package's docstring."""
    guilds = [guild for guild in world.state.guilds.values() if user in guild.members]
    direct = [c for c in world.state.channels.values() if user in c.recipients]
    modal = next((it for it in world.state.modals.values() if it.user_id == user), None)
    return {
        "me": _person(world, user, guilds[0] if guilds else None),
        "guilds": [_guild(world, user, guild) for guild in guilds],
        "dms": [_direct(world, user, channel) for channel in direct if world.messages(channel.id)],
        "modal": render_modal(modal) if modal else None,
        "notices": _notices(world, user),
    }


def _notices(world: World, user: Id) -> list[Json]:
    """What the app flashed to this person in the last seconds."""
    since = timestamp(world.now() - NOTICE_SHOWN_FOR)
    return [notice for notice in world.state.notices.get(user, []) if notice["at"] > since]


def _guild(world: World, user: Id, guild: Guild) -> Json:
    held = [c for c in world.state.channels.values() if c.guild_id == guild.id and not c.thread]
    seen = sorted((c for c in held if world.permissions(c, user)), key=lambda channel: channel.position)
    mine = guild.members[user].roles
    roles = [role for role in guild.roles.values() if role.id != guild.id]
    return {
        "id": guild.id,
        "name": guild.name,
        "channels": [_channel(world, user, channel) for channel in seen],
        "roles": [{"id": it.id, "name": it.name, "color": _color(it.color), "mine": it.id in mine} for it in roles],
        "members": [_person(world, member, guild) for member in guild.members],
    }


def _channel(world: World, user: Id, channel: Channel) -> Json:
    threads = [c for c in world.state.channels.values() if c.parent_id == channel.id and c.thread]
    return _place(world, user, channel) | {
        "type": "announcement" if channel.type == ANNOUNCEMENT else "text",
        "topic": channel.topic or "",
        "threads": [_thread(world, user, thread) for thread in threads],
    }


def _thread(world: World, user: Id, channel: Channel) -> Json:
    thread = channel.thread
    starter = channel.id if channel.parent_id and channel.id in world.messages(channel.parent_id) else None
    return _place(world, user, channel) | {
        "message_id": starter,
        "archived": bool(thread and thread.archived),
        "locked": bool(thread and thread.locked),
        "count": thread.total_sent if thread else 0,
    }


def _direct(world: World, user: Id, channel: Channel) -> Json:
    other = next(one for one in channel.recipients if one != user)
    return _place(world, user, channel) | {"with": _person(world, other, None), "name": world.user(other).display_name}


def _place(world: World, user: Id, channel: Channel) -> Json:
    """What a channel, a thread and a direct channel have in common."""
    readable = world.may(channel, user, READ_MESSAGE_HISTORY)
    held = list(world.messages(channel.id).values()) if readable else []
    shown = [it for it in held if it.only_for in {None, user}][-SHOWN_MESSAGES:]
    last_read = int(world.state.read.get(user, {}).get(channel.id, "0"))
    unread = [it for it in shown if int(it.id) > last_read and it.author_id != user]
    locked = channel.thread is not None and channel.thread.locked
    return {
        "id": channel.id,
        "name": channel.name,
        "can_write": world.may(channel, user, needed_to_send(channel)) and not locked,
        "unread": len(unread),
        "mentions": sum(_mentions(world, user, message) for message in unread),
        "messages": [render_message(world, user, message) for message in shown],
    }


def _mentions(world: World, user: Id, message: Message) -> bool:
    channel = world.channel(message.channel_id)
    member = world.guild(channel.guild_id).members.get(user) if channel.guild_id else None
    roles = set(member.roles) if member else set()
    return user in message.mentions or message.mention_everyone or bool(roles & set(message.mention_roles))


def render_message(world: World, user: Id, message: Message) -> Json:
    """One message as the app would show it to this person."""
    channel = world.channel(message.channel_id)
    guild = world.guild(channel.guild_id) if channel.guild_id else None
    return {
        "id": message.id,
        "channel_id": channel.id,
        "author": _person(world, message.author_id, guild),
        "at": created_at(message.id),
        "edited": message.edited_at is not None,
        "content": render(world, message.content),
        "embeds": [render_embed(world, embed) for embed in message.embeds],
        "components": [render_component(world, component) for component in message.components],
        "attachments": [_attachment(world, message, index) for index in range(len(message.attachments))],
        "stickers": [sticker["name"] for sticker in message.stickers],
        "reactions": [
            {"emoji": emoji, "count": len(users), "mine": user in users} for emoji, users in message.reactions.items()
        ],
        "reply_to": _reply(world, message),
        "command": _command(world, message),
        "poll": _poll(world, user, message.poll) if message.poll else None,
        "thread_id": message.id if message.id in world.state.channels else None,
        "ephemeral": message.only_for is not None,
        "thinking": bool(message.flags & LOADING),
        "pinned": message.pinned_at is not None,
        "published": bool(message.flags & CROSSPOSTED),
        "mentions_me": _mentions(world, user, message),
    }


def _person(world: World, user_id: Id, guild: Guild | None) -> Json:
    user = world.user(user_id)
    member = guild.members.get(user_id) if guild else None
    colored = [guild.roles[role] for role in member.roles if guild.roles[role].color] if guild and member else []
    highest = max(colored, key=lambda role: role.position, default=None)
    return {"id": user_id, "name": user.display_name, "bot": user.bot, "color": _color(highest.color if highest else 0)}


def _color(color: int) -> str:
    return f"#{color:06x}" if color else ""


def _attachment(world: World, message: Message, index: int) -> Json:
    shown = attachment_json(world, message, message.attachments[index])
    keys = ("id", "filename", "url", "size", "content_type", "description")
    return {key: shown.get(key, "") for key in keys}


def _reply(world: World, message: Message) -> Json | None:
    if message.reference is None or message.reference["type"] != 0:
        return None
    original = world.messages(message.reference["channel_id"]).get(message.reference["message_id"])
    if original is None:
        return {"id": message.reference["message_id"], "author": None, "text": "Original message was deleted"}
    text = original.content or next((embed.get("title", "") for embed in original.embeds), "")
    author = _person(world, original.author_id, None)
    return {"id": original.id, "author": author, "text": "".join(node["text"] for node in render(world, text))}


def _command(world: World, message: Message) -> Json | None:
    if message.interaction is None or message.interaction["type"] != 2:  # noqa: PLR2004 (a slash command)
        return None
    return {"user": world.user(message.interaction["user_id"]).display_name, "name": message.interaction["name"]}


def _poll(world: World, user: Id, poll: Json) -> Json:
    counts = {it["id"]: it["count"] for it in poll["results"]["answer_counts"]}
    mine = poll["voters"].get(user, [])
    return {
        "question": poll["question"].get("text", ""),
        "answers": [
            {
                "id": it["answer_id"],
                "text": it["poll_media"].get("text", ""),
                "votes": counts.get(it["answer_id"], 0),
                "mine": it["answer_id"] in mine,
            }
            for it in poll["answers"]
        ],
        "open": polls.is_open(poll, world.now()),
        "expiry": poll["expiry"],
        "multiple": poll["allow_multiselect"],
    }


def render_modal(modal: Modal) -> Json:
    """An open form: its fields in order, each with what a page needs to draw it."""
    fields = []
    descriptions = {c["component"]["custom_id"]: c.get("description", "") for c in modal.components if "component" in c}
    for label, component in labelled_inputs(modal):
        fields.append(
            {
                "label": label,
                "custom_id": component["custom_id"],
                "type": component["type"],
                "long": component.get("style") == 2,  # noqa: PLR2004 (paragraph)
                "value": component.get("value") or "",
                "placeholder": component.get("placeholder") or "",
                "required": component.get("required", True),
                "min_length": component.get("min_length") or 0,
                "max_length": component.get("max_length") or 4000,
                "description": descriptions.get(component["custom_id"]) or "",
                "options": component.get("options") or [],
            }
        )
    texts = [component["content"] for component in modal.components if component.get("content")]
    return {"id": modal.id, "title": modal.title, "texts": texts, "fields": fields}
