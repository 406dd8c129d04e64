"""Somebody's standing in a chat changes: the record, the service message, the update to the bots."""

from bots.sandbox.telegram import updates, wire
from bots.sandbox.telegram.platform import Platform
from bots.sandbox.telegram.posting import post
from bots.sandbox.telegram.rights import member
from bots.sandbox.telegram.world import IN_CHARGE, PRESENT, Chat, ChatKind, Json, Member, Message


def change_member(platform: Platform, chat: Chat, changed: Member, *, by: int) -> None:
    """Put `changed` in the place of what the chat had for this person; `by` is who did it."""
    before = member(chat, changed.user_id, platform.now())
    old = wire.member(platform.state, chat, before)
    chat.members[changed.user_id] = changed
    platform.touch()
    _tell(platform, chat, changed.user_id, by, old)
    if chat.kind != ChatKind.CHANNEL:
        _service_message(platform, chat, changed.user_id, by, was_present=before.status in PRESENT)


def _tell(platform: Platform, chat: Chat, user_id: int, by: int, old: Json) -> None:
    new = wire.member(platform.state, chat, chat.members[user_id])
    change: Json = {
        "chat": wire.chat(platform.state, chat),
        "from": wire.user(platform.state.users[by]),
        "date": platform.now(),
        "old_chat_member": old,
        "new_chat_member": new,
    }
    for bot in platform.state.bots.values():
        if bot.user_id == user_id:
            updates.push(platform, bot, "my_chat_member", change)
        elif bot.user_id in chat.members and chat.members[bot.user_id].status in IN_CHARGE:
            updates.push(platform, bot, "chat_member", change)


def _service_message(platform: Platform, chat: Chat, user_id: int, by: int, *, was_present: bool) -> None:
    person = wire.user(platform.state.users[user_id])
    is_present = chat.members[user_id].status in PRESENT
    if is_present and not was_present:
        post(platform, chat, Message(0, 0, "service", by, content={"new_chat_members": [person]}))
    elif was_present and not is_present:
        post(platform, chat, Message(0, 0, "service", by, content={"left_chat_member": person}))
