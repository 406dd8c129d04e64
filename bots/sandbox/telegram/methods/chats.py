"""getChat and what it tells of members; setChatPermissions, restrictions and bans."""

from bots.sandbox.telegram import wire
from bots.sandbox.telegram.errors import bad_request
from bots.sandbox.telegram.membership import change_member
from bots.sandbox.telegram.methods.call import Answer, Call, method
from bots.sandbox.telegram.methods.places import chat_of, require_right, user_of
from bots.sandbox.telegram.rights import in_charge, member, until
from bots.sandbox.telegram.world import IN_CHARGE, PERMISSIONS, PRESENT, Chat, ChatKind, Json, Member, Status

_GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")


@method("getChat")
def get_chat(call: Call) -> Answer:
    place, state = chat_of(call), call.platform.state
    wanted: Json = {
        "linked_chat_id": place.linked_chat_id,
        "permissions": wire.permissions(place) if place.kind in {ChatKind.GROUP, ChatKind.SUPERGROUP} else None,
        "pinned_message": _pinned(call, place),
        "active_usernames": [place.username] if place.username else None,
    }
    fixed: Json = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": dict.fromkeys(_GIFTS, False)}
    return wire.chat(state, place) | fixed | {key: value for key, value in wanted.items() if value is not None}


def _pinned(call: Call, place: Chat) -> Json | None:
    return wire.message(call.platform.state, place, place.messages[place.pinned[-1]]) if place.pinned else None


@method("getChatMember")
def get_chat_member(call: Call) -> Answer:
    place = _shared_chat(call)
    return wire.member(call.platform.state, place, member(place, user_of(call).id, call.platform.now()))


@method("getChatMemberCount")
def get_chat_member_count(call: Call) -> Answer:
    return sum(someone.status in PRESENT for someone in chat_of(call).members.values())


@method("getChatAdministrators")
def get_chat_administrators(call: Call) -> Answer:
    place, state = _shared_chat(call), call.platform.state
    staff = [someone for someone in place.members.values() if someone.status in IN_CHARGE]
    people = [someone for someone in staff if not state.users[someone.user_id].is_bot]
    return [wire.member(state, place, someone) for someone in people]


@method("setChatPermissions")
def set_chat_permissions(call: Call) -> Answer:
    place = _shared_chat(call)
    require_right(call, place, "can_restrict_members", "change chat permissions")
    place.permissions = _permissions(call)
    call.platform.touch()
    return True


@method("restrictChatMember")
def restrict_chat_member(call: Call) -> Answer:
    place = _shared_chat(call)
    if place.kind != ChatKind.SUPERGROUP:
        raise bad_request("method is available only for supergroups")
    allowed = _permissions(call)
    status = Status.MEMBER if all(allowed.values()) else Status.RESTRICTED
    return _punish(call, place, status, {} if status == Status.MEMBER else allowed)


@method("banChatMember")
def ban_chat_member(call: Call) -> Answer:
    return _punish(call, _shared_chat(call), Status.KICKED)


@method("unbanChatMember")
def unban_chat_member(call: Call) -> Answer:
    """Without only_if_banned this throws out a member, as on the real one."""
    place, person = _shared_chat(call), user_of(call)
    if call.boolean("only_if_banned") and member(place, person.id, call.platform.now()).status != Status.KICKED:
        return True
    return _punish(call, place, Status.LEFT)


def _punish(call: Call, place: Chat, status: Status, allowed: dict[str, bool] | None = None) -> bool:
    person = user_of(call)
    require_right(call, place, "can_restrict_members", "restrict/unrestrict chat member")
    if in_charge(place, person.id):
        raise bad_request("user is an administrator of the chat")
    end = until(call.integer("until_date"), call.platform.now())
    change_member(call.platform, place, Member(person.id, status, allowed or {}, end), by=call.bot.user_id)
    return True


def _permissions(call: Call) -> dict[str, bool]:
    """What is not named is forbidden."""
    wanted = call.mapping("permissions")
    if wanted is None:
        raise bad_request("can't parse permissions: expected an Object")
    return {name: bool(wanted.get(name, False)) for name in PERMISSIONS}


def _shared_chat(call: Call) -> Chat:
    place = chat_of(call)
    if place.kind == ChatKind.PRIVATE:
        raise bad_request("there are no administrators in the private chat")
    return place
