"""From a chat_id or message_id in a call to the thing itself, or the refusal the public server gives."""

from bots.sandbox.telegram.errors import bad_request, forbidden
from bots.sandbox.telegram.methods.call import Call
from bots.sandbox.telegram.platform import Platform
from bots.sandbox.telegram.rights import may, may_send, member
from bots.sandbox.telegram.world import PRESENT, Bot, Chat, ChatKind, Message, Status, User

_NAMES = {ChatKind.GROUP: "group", ChatKind.SUPERGROUP: "supergroup", ChatKind.CHANNEL: "channel"}


def chat_of(call: Call, name: str = "chat_id") -> Chat:
    """The chat a call names, if the bot may know it at all."""
    place = find_chat(call.platform, call.bot, call.text(name).strip(), name)
    if place.kind == ChatKind.PRIVATE:
        return place
    if place.migrated_to is not None:
        raise bad_request("group chat was upgraded to a supergroup chat", {"migrate_to_chat_id": place.migrated_to})
    _require_presence(call, place)
    return place


def find_chat(platform: Platform, bot: Bot, wanted: str, name: str = "chat_id") -> Chat:
    if not wanted:
        raise bad_request(f"{name} is empty")
    state = platform.state
    found = state.chats.get(wanted) or state.chats.get(f"{bot.user_id}:{wanted}")
    if wanted.startswith("@"):
        found = next((chat for chat in state.chats.values() if _is_called(chat, wanted[1:])), None)
    if found is None or (found.kind == ChatKind.PRIVATE and found.bot_id != bot.user_id):
        raise bad_request("chat not found")
    return found


def _is_called(chat: Chat, username: str) -> bool:
    return bool(username) and chat.username.lower() == username.lower() and chat.kind != ChatKind.PRIVATE


def _require_presence(call: Call, place: Chat) -> None:
    status = member(place, call.bot.user_id, call.platform.now()).status
    if status == Status.KICKED:
        raise forbidden(f"bot was kicked from the {_NAMES[place.kind]} chat")
    if status not in PRESENT and not place.username:
        raise forbidden(f"bot is not a member of the {_NAMES[place.kind]} chat")


def writable_chat(call: Call, kind: str = "text", name: str = "chat_id") -> Chat:
    """The chat a call names, if the bot may send this kind of message there."""
    _require_acquaintance(call, call.text(name))
    place = chat_of(call, name)
    if place.kind == ChatKind.PRIVATE:
        require_open(call, place)
    elif member(place, call.bot.user_id, call.platform.now()).status not in PRESENT:
        raise forbidden(f"bot is not a member of the {_NAMES[place.kind]} chat")
    elif place.kind == ChatKind.CHANNEL and not may(place, call.bot.user_id, "can_post_messages"):
        raise bad_request("need administrator rights in the channel chat")
    elif not may_send(place, call.bot.user_id, kind, call.platform.now()):
        raise bad_request(f"not enough rights to send {_PLURALS[kind]} to the chat")
    return place


def _require_acquaintance(call: Call, wanted: str) -> None:
    """Writing to a person who never started the bot is refused otherwise than to an id that means nothing."""
    person = call.platform.state.users.get(int(wanted)) if wanted.isdecimal() else None
    if person is None or call.platform.private_chat(call.bot.user_id, person.id):
        return
    raise forbidden(
        "bot can't send messages to bots" if person.is_bot else "bot can't initiate conversation with a user"
    )


_PLURALS = {"text": "text messages", "photo": "photos", "poll": "polls"}


def require_open(call: Call, place: Chat) -> None:
    """A private chat takes messages while the person exists and has not blocked the bot."""
    person = call.platform.state.users[place.id]
    if person.deactivated:
        raise forbidden("user is deactivated")
    if place.blocked:
        raise forbidden("bot was blocked by the user")


def message_of(call: Call, place: Chat, purpose: str) -> Message:
    found = place.messages.get(call.integer("message_id"))
    if found is None:
        raise bad_request(f"message {purpose} not found")
    return found


def user_of(call: Call) -> User:
    found = call.platform.state.users.get(call.integer("user_id"))
    if found is None:
        raise bad_request("invalid user_id specified")
    return found


def require_right(call: Call, place: Chat, right: str, purpose: str) -> None:
    """Administrators' rights are a matter of groups and channels; a private chat needs none."""
    if place.kind != ChatKind.PRIVATE and not may(place, call.bot.user_id, right):
        raise bad_request(f"not enough rights to {purpose}")
