"""The world as the Bot API writes it: User, Chat, Message, ChatMember."""

from bots.sandbox.telegram.world import (
    ADMIN_RIGHTS,
    PERMISSIONS,
    Bot,
    Chat,
    ChatKind,
    Json,
    Member,
    Message,
    State,
    Status,
    User,
)

# An administrator of a channel has these, one of a group does not; and the other way round.
_ONLY_CHANNEL = frozenset({"can_post_messages", "can_edit_messages"})
_ONLY_GROUP = frozenset({"can_pin_messages"})


def user(person: User) -> Json:
    wire: Json = {"id": person.id, "is_bot": person.is_bot, "first_name": person.first_name}
    wire |= {key: value for key in ("last_name", "username") if (value := getattr(person, key))}
    return wire if person.is_bot else wire | {"language_code": person.language_code}


def me(state: State, bot: Bot) -> Json:
    return user(state.users[bot.user_id]) | {
        "can_join_groups": True,
        "can_read_all_group_messages": not bot.privacy,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def chat(state: State, place: Chat) -> Json:
    if place.kind == ChatKind.PRIVATE:
        person = user(state.users[place.id])
        names = {key: person[key] for key in ("first_name", "last_name", "username") if key in person}
        return {"id": place.id, "type": "private"} | names
    wire: Json = {"id": place.id, "type": str(place.kind), "title": place.title}
    return wire | {"username": place.username} if place.username else wire


def message(state: State, place: Chat, item: Message, *, nested: bool = False) -> Json:
    """`nested` is a message inside another: it does not carry the one it replies to."""
    wire: Json = {"message_id": item.id, "date": item.date, "chat": chat(state, place)}
    wire |= _sender(state, place, item) | _body(item) | item.content
    if item.reply_to in place.messages and not nested and item.reply_to is not None:
        wire["reply_to_message"] = message(state, place, place.messages[item.reply_to], nested=True)
    if item.keyboard:
        wire["reply_markup"] = {"inline_keyboard": item.keyboard}
    return wire | _marks(item)


def _sender(state: State, place: Chat, item: Message) -> Json:
    wire: Json = {}
    if item.sender_id is not None and place.kind != ChatKind.CHANNEL:
        wire["from"] = user(state.users[item.sender_id])
    if item.sender_chat_id is not None:
        wire["sender_chat"] = chat(state, state.chats[str(item.sender_chat_id)])
    return wire


def _body(item: Message) -> Json:
    if not item.text:
        return {}
    text, entities = ("text", "entities") if item.kind == "text" else ("caption", "caption_entities")
    return {text: item.text} | ({entities: item.entities} if item.entities else {})


def _marks(item: Message) -> Json:
    marks: Json = {
        "message_thread_id": item.thread_id,
        "forward_origin": item.forward_origin,
        "is_automatic_forward": item.is_automatic_forward or None,
        "edit_date": item.edit_date,
        "link_preview_options": item.link_preview_options,
        "has_protected_content": item.protected or None,
        "quote": item.quote,
    }
    return {key: value for key, value in marks.items() if value is not None}


def member(state: State, place: Chat, someone: Member) -> Json:
    wire: Json = {"status": str(someone.status), "user": user(state.users[someone.user_id])}
    return wire | _standing(place, someone)


def _standing(place: Chat, someone: Member) -> Json:
    if someone.status == Status.CREATOR:
        return {"is_anonymous": someone.rights.get("is_anonymous", False)}
    if someone.status == Status.ADMINISTRATOR:
        return {"can_be_edited": False} | _rights(place, someone)
    if someone.status == Status.RESTRICTED:
        allowed = {name: someone.rights.get(name, False) for name in PERMISSIONS}
        return {"is_member": True, "until_date": someone.until} | allowed
    return {"until_date": someone.until} if someone.status == Status.KICKED else {}


def _rights(place: Chat, someone: Member) -> Json:
    absent = _ONLY_GROUP if place.kind == ChatKind.CHANNEL else _ONLY_CHANNEL
    return {name: someone.rights.get(name, False) for name in ADMIN_RIGHTS if name not in absent}


def permissions(place: Chat) -> Json:
    return {name: place.permissions.get(name, True) for name in PERMISSIONS}
