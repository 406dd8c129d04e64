"""One message as a person sees it."""

from datetime import UTC, datetime

from bots.sandbox.telegram.platform import Platform
from bots.sandbox.telegram.reach import authored_by
from bots.sandbox.telegram.text_tree import text_tree
from bots.sandbox.telegram.world import Chat, Json, Message, State

_EXCERPT = 80


def message_view(platform: Platform, chat: Chat, message: Message, viewer_id: int) -> Json:
    state = platform.state
    return {
        "id": message.id,
        "kind": message.kind,
        "author": _author(state, message),
        "date": _moment(message.date),
        "edited": message.edit_date is not None,
        "mine": authored_by(message, viewer_id),
        "text": _service_text(message) or text_tree(message.text, message.entities),
        "photo": _photo(platform, message),
        "sticker": message.content.get("sticker", {}).get("emoji", ""),
        "poll": message.content.get("poll"),
        "buttons": [[_button(button) for button in row] for row in message.keyboard],
        "reply_to": _reply(state, chat, message),
        "thread_id": message.thread_id,
        "automatic_forward": message.is_automatic_forward,
        "forwarded_from": _forwarded_from(message),
        "link_preview": _preview(message),
        "reactions": _reactions(message, viewer_id),
        "pinned": message.id in chat.pinned,
        "silent": message.silent,
    }


def _author(state: State, message: Message) -> Json:
    if message.sender_chat_id is not None:
        return {"id": message.sender_chat_id, "name": state.chats[str(message.sender_chat_id)].title, "kind": "chat"}
    person = state.users[message.sender_id or 0]
    return {"id": person.id, "name": person.name, "kind": "bot" if person.is_bot else "user"}


def _moment(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat()


def _photo(platform: Platform, message: Message) -> str:
    """Where the picture is: at the address the bot gave, or at this server. Empty when nobody has its bytes."""
    sizes = message.content.get("photo") or []
    stored = platform.state.files.get(sizes[-1]["file_id"]) if sizes else None
    if stored is None:
        return ""
    return stored.url or (platform.media_url + stored.unique_id if stored.content else "")


def _button(button: Json) -> Json:
    """`press` is what to hand to tap(); a link has `url`, too; `style` is the colour the bot asked for."""
    kind = "url" if "url" in button else "callback"
    press = button.get("callback_data") or button.get("url") or button["text"]
    look = {"url": button.get("url", ""), "style": button.get("style", "")}
    return {"label": button["text"], "kind": kind, "press": press, **look}


def _reply(state: State, chat: Chat, message: Message) -> Json | None:
    replied = chat.messages.get(message.reply_to or 0)
    if replied is None:
        return None
    quote = (message.quote or {}).get("text", "")
    excerpt = quote or replied.text[:_EXCERPT]
    return {"id": replied.id, "author": _author(state, replied)["name"], "excerpt": excerpt}


def _forwarded_from(message: Message) -> str:
    origin = message.forward_origin or {}
    source = origin.get("chat") or origin.get("sender_chat") or origin.get("sender_user") or {}
    return str(source.get("title") or source.get("first_name") or "")


def _preview(message: Message) -> Json | None:
    """The link whose preview an app would show; what the page behind it says is not looked up."""
    options = message.link_preview_options or {}
    links = [piece["url"] for piece in text_tree(message.text, message.entities) if piece.get("url")]
    url = options.get("url") or next((link for link in links if link.startswith("http")), "")
    if options.get("is_disabled") or not url or message.kind != "text":
        return None
    return {"url": url, "above": bool(options.get("show_above_text")), "large": bool(options.get("prefer_large_media"))}


def _reactions(message: Message, viewer_id: int) -> list[Json]:
    given = [reaction.get("emoji", "") for reactions in message.reactions.values() for reaction in reactions]
    mine = [reaction.get("emoji", "") for reaction in message.reactions.get(viewer_id, [])]
    return [{"emoji": emoji, "count": given.count(emoji), "mine": emoji in mine} for emoji in dict.fromkeys(given)]


_SERVICE_WORDS = {
    "pinned_message": "pinned a message",
    "new_chat_members": "joined",
    "left_chat_member": "left",
    "migrate_to_chat_id": "made this a supergroup",
    "migrate_from_chat_id": "made this a supergroup",
}


def _service_text(message: Message) -> list[Json]:
    words = [words for field, words in _SERVICE_WORDS.items() if field in message.content]
    return [{"type": "service", "text": words[0], "styles": []}] if words else []
