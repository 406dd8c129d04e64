"""A message appears, changes or goes: where it is stored, which bots hear of it, what the discussion group gets."""

from dataclasses import replace

from bots.sandbox.telegram import updates, wire
from bots.sandbox.telegram.platform import Platform
from bots.sandbox.telegram.rights import in_charge, present
from bots.sandbox.telegram.world import SERVICE_ID, Bot, Chat, ChatKind, Json, Message


def post(platform: Platform, chat: Chat, draft: Message) -> Message:
    """Give the draft its id and date, store it, tell the bots that may see it, and bring it into the discussion."""
    message = replace(draft, id=_next_id(platform, chat), date=platform.now())
    chat.messages[message.id] = message
    platform.touch()
    announce(platform, chat, message)
    if chat.kind == ChatKind.CHANNEL and chat.linked_chat_id is not None and message.kind != "service":
        discussion = platform.state.chats[str(chat.linked_chat_id)]
        post(platform, discussion, _brought_over(platform, chat, message))
    return message


def edited(platform: Platform, chat: Chat, message: Message, *, hidden: bool = False) -> None:
    """Mark and announce a change. `hidden` changes (buttons, reactions) show no "edited" mark."""
    platform.touch()
    if not hidden:
        message.edit_date = platform.now()
    announce(platform, chat, message, "edited")
    copy = discussion_copy(platform, chat, message.id)
    if copy and not hidden:
        discussion, brought = copy
        brought.text, brought.entities, brought.content = message.text, message.entities, message.content
        edited(platform, discussion, brought)


def delete(platform: Platform, chat: Chat, message_id: int) -> None:
    """Nobody is told: bots never hear of a deletion.

    The copy of a channel post in the discussion stays. What Telegram does with it is not documented; a bot that takes
    both away is right in either case.
    """
    del chat.messages[message_id]
    chat.pinned = [pinned for pinned in chat.pinned if pinned != message_id]
    platform.touch()


def announce(platform: Platform, chat: Chat, message: Message, change: str = "") -> None:
    kind = "channel_post" if chat.kind == ChatKind.CHANNEL else "message"
    for bot in platform.state.bots.values():
        if sees(platform, bot, chat, message):
            updates.push(
                platform, bot, f"{change}_{kind}" if change else kind, wire.message(platform.state, chat, message)
            )


def sees(platform: Platform, bot: Bot, chat: Chat, message: Message) -> bool:
    """A bot never hears of its own messages nor, in groups, of other bots'."""
    if message.sender_id == bot.user_id:
        return False
    if chat.kind == ChatKind.PRIVATE:
        return chat.bot_id == bot.user_id and not chat.blocked
    if chat.kind == ChatKind.CHANNEL:
        return in_charge(chat, bot.user_id)
    return present(chat, bot.user_id, platform.now()) and _heard_in_group(platform, bot, chat, message)


def _heard_in_group(platform: Platform, bot: Bot, chat: Chat, message: Message) -> bool:
    if message.sender_id in platform.state.bots:
        return False
    return in_charge(chat, bot.user_id) or not bot.privacy or _meant_for(platform, bot, chat, message)


def discussion_copy(platform: Platform, channel: Chat, post_id: int) -> tuple[Chat, Message] | None:
    """The automatic forward of a channel post in the linked group."""
    if channel.kind != ChatKind.CHANNEL or channel.linked_chat_id is None:
        return None
    discussion = platform.state.chats[str(channel.linked_chat_id)]
    for message in discussion.messages.values():
        origin = message.forward_origin or {}
        if message.is_automatic_forward and origin.get("message_id") == post_id:
            return discussion, message
    return None


def origin(platform: Platform, source: Chat, original: Message) -> Json:
    """MessageOrigin of a message forwarded from where it was written."""
    state = platform.state
    if source.kind == ChatKind.CHANNEL:
        channel = {"chat": wire.chat(state, source), "message_id": original.id}
        return {"type": "channel", "date": original.date} | channel
    if original.sender_chat_id is not None:
        sender = wire.chat(state, state.chats[str(original.sender_chat_id)])
        return {"type": "chat", "date": original.date, "sender_chat": sender}
    sender = wire.user(state.users[original.sender_id or 0])
    return {"type": "user", "date": original.date, "sender_user": sender}


def thread_of(chat: Chat, reply_to: int | None) -> int | None:
    """The comment thread a reply falls into: that of the message it answers, or the message itself."""
    if chat.kind != ChatKind.SUPERGROUP or reply_to not in chat.messages or reply_to is None:
        return None
    return chat.messages[reply_to].thread_id or reply_to


def _next_id(platform: Platform, chat: Chat) -> int:
    counter = _account_counter(platform, chat) or chat
    number = counter.next_message_id
    counter.next_message_id += 1
    return number


def _account_counter(platform: Platform, chat: Chat) -> Bot | None:
    """Supergroups and channels count for themselves, private chats and basic groups per account."""
    if chat.kind == ChatKind.PRIVATE and chat.bot_id is not None:
        return platform.state.bots[chat.bot_id]
    if chat.kind == ChatKind.GROUP:
        return next((bot for bot in platform.state.bots.values() if bot.user_id in chat.members), None)
    return None


def _brought_over(platform: Platform, channel: Chat, message: Message) -> Message:
    origin: Json = {
        "type": "channel",
        "date": message.date,
        "chat": wire.chat(platform.state, channel),
        "message_id": message.id,
    }
    return replace(
        message,
        sender_id=SERVICE_ID,
        sender_chat_id=channel.id,
        forward_origin=origin,
        is_automatic_forward=True,
        reply_to=None,
        keyboard=links_only(message.keyboard),
        entities=list(message.entities),
        reactions={},
    )


def links_only(keyboard: list[list[Json]]) -> list[list[Json]]:
    """A forwarded message keeps its buttons only when all of them are plain links."""
    return keyboard if all("url" in button for row in keyboard for button in row) else []


def _meant_for(platform: Platform, bot: Bot, chat: Chat, message: Message) -> bool:
    """What gets through privacy mode: service messages, commands, mentions, replies to the bot."""
    username = platform.state.users[bot.user_id].username
    replied = chat.messages.get(message.reply_to or 0)
    return (
        message.kind == "service"
        or _is_command(message.text, username)
        or f"@{username}".lower() in message.text.lower()
        or (replied is not None and replied.sender_id == bot.user_id)
    )


def _is_command(text: str, username: str) -> bool:
    first = text.split(maxsplit=1)[0] if text.strip() else ""
    _, _, addressee = first.partition("@")
    return first.startswith("/") and (not addressee or addressee.lower() == username.lower())
