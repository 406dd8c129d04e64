"""What a person can see and touch in their app."""

from bots.sandbox.telegram.errors import NotPossible
from bots.sandbox.telegram.platform import Platform
from bots.sandbox.telegram.rights import in_charge, may_send, member, present
from bots.sandbox.telegram.world import Chat, ChatKind, Message, Status

_WORDS = {"text": "text messages", "photo": "photos", "sticker": "stickers", "voice": "voice messages", "poll": "polls"}


def open_chat(platform: Platform, user_id: int, chat_id: int) -> Chat:
    """The chat as this person names it: a private chat goes by the bot's id, all others by their own."""
    if user_id not in platform.state.users:
        raise NotPossible(f"There is nobody with the id {user_id}")
    if chat_id in platform.state.bots:
        private = platform.private_chat(chat_id, user_id)
        if private is None:
            raise NotPossible("Press Start first")
        return private
    chat = platform.state.chats.get(str(chat_id))
    if chat is None or not visible(platform, chat, user_id):
        raise NotPossible(f"There is no chat {chat_id} in this account")
    return chat


def visible(platform: Platform, chat: Chat, user_id: int) -> bool:
    """Members see a chat; a public one is open to all; the comments of a channel are open to its readers."""
    if chat.kind == ChatKind.PRIVATE:
        return chat.id == user_id
    if member(chat, user_id, platform.now()).status == Status.KICKED:
        return False
    if present(chat, user_id, platform.now()) or chat.username:
        return True
    linked = platform.state.chats.get(str(chat.linked_chat_id))
    return chat.kind == ChatKind.SUPERGROUP and linked is not None and visible(platform, linked, user_id)


def message_in(chat: Chat, message_id: int) -> Message:
    if message_id not in chat.messages:
        raise NotPossible("Message not found")
    return chat.messages[message_id]


def why_silent(platform: Platform, chat: Chat, user_id: int, kind: str = "text") -> str:
    """Why the person cannot send this here, in the app's words; empty when they can."""
    if chat.kind == ChatKind.PRIVATE:
        return _why_private(chat)
    if may_send(chat, user_id, kind, platform.now()):
        outsider = not present(chat, user_id, platform.now()) and chat.linked_chat_id is None
        return "Join the group to write" if outsider else ""
    if chat.kind == ChatKind.CHANNEL:
        return "Only administrators can post in this channel"
    return f"Sending {_WORDS[kind]} is not allowed in this group"


def _why_private(chat: Chat) -> str:
    if chat.blocked:
        return "You blocked this bot: unblock it first"
    return "" if chat.started else "Press Start first"


def authored_by(message: Message, user_id: int) -> bool:
    return message.kind != "service" and user_id == (message.author_id or message.sender_id)


def can_speak_as(platform: Platform, user_id: int, channel_id: int) -> bool:
    channel = platform.state.chats.get(str(channel_id))
    return channel is not None and channel.kind == ChatKind.CHANNEL and in_charge(channel, user_id)
