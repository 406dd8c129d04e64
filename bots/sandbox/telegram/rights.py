"""Who is in a chat and what they may do there."""

from collections.abc import Mapping

from bots.sandbox.telegram.world import ADMIN_RIGHTS, IN_CHARGE, PERMISSIONS, PRESENT, Chat, ChatKind, Member, Status

_NEEDED = {
    "text": "can_send_messages",
    "photo": "can_send_photos",
    "voice": "can_send_voice_notes",
    "sticker": "can_send_other_messages",
    "poll": "can_send_polls",
}
FOR_EVER = 366 * 86400  # a restriction of more than 366 days, or of less than 30 seconds, is for ever
SHORTEST = 30


def member(chat: Chat, user_id: int, now: int) -> Member:
    """Their membership now, with a restriction or ban that has run out taken off. LEFT for one never seen."""
    someone = chat.members.get(user_id)
    if someone is None:
        return Member(user_id, Status.LEFT)
    if someone.until and someone.until <= now and someone.status in {Status.RESTRICTED, Status.KICKED}:
        freed = Status.MEMBER if someone.status == Status.RESTRICTED else Status.LEFT
        someone.status, someone.until, someone.rights = freed, 0, {}
    return someone


def present(chat: Chat, user_id: int, now: int) -> bool:
    return member(chat, user_id, now).status in PRESENT


def in_charge(chat: Chat, user_id: int) -> bool:
    return user_id in chat.members and chat.members[user_id].status in IN_CHARGE


def may(chat: Chat, user_id: int, right: str) -> bool:
    """Whether an administrator has this right; the owner has them all."""
    someone = chat.members.get(user_id)
    if someone is None or someone.status not in IN_CHARGE:
        return False
    return someone.status == Status.CREATOR or someone.rights.get(right, False)


def may_send(chat: Chat, user_id: int, kind: str, now: int) -> bool:
    """Whether the chat's default permissions, or this person's restriction, let them send this kind of message."""
    if chat.kind == ChatKind.CHANNEL:
        return may(chat, user_id, "can_post_messages")
    if in_charge(chat, user_id):
        return True
    needed = _NEEDED[kind]
    someone = member(chat, user_id, now)
    restricted = someone.status == Status.RESTRICTED and not someone.rights.get(needed, False)
    return chat.permissions.get(needed, True) and not restricted


def all_rights() -> dict[str, bool]:
    return {name: name != "is_anonymous" for name in ADMIN_RIGHTS}


def all_permissions(changed: Mapping[str, bool] | None = None) -> dict[str, bool]:
    return dict.fromkeys(PERMISSIONS, True) | dict(changed or {})


def until(date: int, now: int) -> int:
    return 0 if date - now > FOR_EVER or date - now < SHORTEST else date
