"""What one person sees in their app, as JSON for a page."""

from datetime import UTC, datetime

from bots.sandbox.telegram.commands import suggested
from bots.sandbox.telegram.errors import NotPossible
from bots.sandbox.telegram.methods.receiving import ANSWERABLE_FOR
from bots.sandbox.telegram.platform import Platform
from bots.sandbox.telegram.posting import discussion_copy
from bots.sandbox.telegram.reach import visible, why_silent
from bots.sandbox.telegram.rights import present
from bots.sandbox.telegram.view_message import message_view
from bots.sandbox.telegram.world import PRESENT, Chat, ChatKind, Json, Message, Query, State, User

_SHOWN_FOR = 60  # seconds that a bot's answer to a press stays in the view
_NEWEST = 200  # messages of a chat that are shown
_ORDER = (ChatKind.CHANNEL, ChatKind.SUPERGROUP, ChatKind.GROUP, ChatKind.PRIVATE)


def view_of(platform: Platform, viewer: str) -> Json:
    person = _person(platform.state, viewer)
    chats = [chat for chat in platform.state.chats.values() if _listed(platform, chat, person.id)]
    chats.sort(key=lambda chat: _ORDER.index(chat.kind))
    return {
        "viewer": {"id": person.id, "name": person.name, "username": person.username},
        "revision": platform.revision.number,
        "chats": [_chat_view(platform, chat, person) for chat in chats] + _unopened(platform, person),
        "answers": _answers(platform, person.id),
    }


def _person(state: State, viewer: str) -> User:
    wanted = viewer.removeprefix("@").lower()
    for person in state.users.values():
        if wanted == str(person.id) or (person.username and wanted == person.username.lower()):
            return person
    raise NotPossible(f"There is nobody called {viewer}")


def _listed(platform: Platform, chat: Chat, user_id: int) -> bool:
    if chat.kind == ChatKind.PRIVATE:
        return chat.id == user_id
    return chat.migrated_to is None and visible(platform, chat, user_id)


def _chat_view(platform: Platform, chat: Chat, person: User) -> Json:
    reason = why_silent(platform, chat, person.id)
    read = platform.state.read.get(f"{person.id} {chat.key}", 0)
    messages = [
        _message(platform, chat, message, person.id) | {"unread": message.id > read} for message in _shown(chat)
    ]
    return {
        "id": chat.bot_id or chat.id,
        "kind": str(chat.kind),
        "title": _title(platform.state, chat),
        "username": _username(platform.state, chat),
        "member": chat.kind == ChatKind.PRIVATE or present(chat, person.id, platform.now()),
        "members": sum(someone.status in PRESENT for someone in chat.members.values()),
        "started": chat.started or chat.kind != ChatKind.PRIVATE,
        "blocked": chat.blocked,
        "can_write": not reason,
        "why_not": reason,
        "linked_chat": chat.linked_chat_id,
        "pinned": chat.pinned,
        "unread": sum(message["unread"] and not message["mine"] for message in messages),
        "commands": suggested(platform, chat, person),
        "reply_interface": _reply_interface(chat),
        "messages": messages,
    }


def _shown(chat: Chat) -> list[Message]:
    return sorted(chat.messages.values(), key=lambda message: message.id)[-_NEWEST:]


def _message(platform: Platform, chat: Chat, message: Message, user_id: int) -> Json:
    seen = message_view(platform, chat, message, user_id)
    copy = discussion_copy(platform, chat, message.id)
    if copy is not None:
        discussion, root = copy
        seen["comments"] = {
            "chat_id": discussion.id,
            "thread_id": root.id,
            "count": sum(comment.thread_id == root.id for comment in discussion.messages.values()),
        }
    return seen


def _title(state: State, chat: Chat) -> str:
    return state.users[chat.bot_id].name if chat.bot_id else chat.title


def _username(state: State, chat: Chat) -> str:
    return state.users[chat.bot_id].username if chat.bot_id else chat.username


def _reply_interface(chat: Chat) -> Json | None:
    """The keyboard or the forced reply that the newest message with one asks for."""
    asked = [message for message in _shown(chat) if message.reply_interface]
    if not asked or (asked[-1].reply_interface or {}).get("remove_keyboard"):
        return None
    return {"message_id": asked[-1].id} | (asked[-1].reply_interface or {})


def _unopened(platform: Platform, person: User) -> list[Json]:
    """Bots the person has never written to: an empty private chat with a Start button."""
    state = platform.state
    fresh = [bot for bot in state.bots.values() if f"{bot.user_id}:{person.id}" not in state.chats]
    chats = [Chat("", person.id, ChatKind.PRIVATE, bot_id=bot.user_id) for bot in fresh]
    return [_chat_view(platform, chat, person) for chat in chats]


def _answers(platform: Platform, user_id: int) -> list[Json]:
    """Toasts and alerts: what bots answered to this person's latest presses, and which presses still wait."""
    since = platform.now() - _SHOWN_FOR
    recent = [query for query in platform.state.queries.values() if query.user_id == user_id and query.date >= since]
    return [_answer(platform, query) for query in recent]


def _answer(platform: Platform, query: Query) -> Json:
    answer = query.answer or {}
    waiting = query.answer is None and query.date > platform.now() - ANSWERABLE_FOR
    chat = platform.state.chats[query.chat_key]
    return {
        "id": query.id,
        "chat_id": chat.bot_id or chat.id,
        "message_id": query.message_id,
        "data": query.data,
        "waiting": waiting,
        "text": answer.get("text", ""),
        "alert": answer.get("show_alert", False),
        "url": answer.get("url", ""),
        "date": datetime.fromtimestamp(query.date, UTC).isoformat(),
    }
