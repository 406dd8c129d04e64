"""deleteMessage, deleteMessages, pinChatMessage and its opposites."""

from bots.sandbox.telegram import wire
from bots.sandbox.telegram.errors import bad_request
from bots.sandbox.telegram.methods.call import Answer, Call, method
from bots.sandbox.telegram.methods.places import chat_of, message_of, require_right
from bots.sandbox.telegram.posting import delete, post
from bots.sandbox.telegram.rights import may
from bots.sandbox.telegram.world import Chat, ChatKind, Message

DELETABLE_FOR = 48 * 3600
MAX_IDS = 100


@method("deleteMessage")
def delete_message(call: Call) -> Answer:
    place = chat_of(call)
    message = message_of(call, place, "to delete")
    if not _deletable(call, place, message):
        raise bad_request("message can't be deleted for everyone")
    delete(call.platform, place, message.id)
    return True


@method("deleteMessages")
def delete_messages(call: Call) -> Answer:
    """Those that cannot be found are skipped; those that cannot be deleted stay."""
    place, ids = chat_of(call), call.array("message_ids") or []
    if not ids:
        raise bad_request("message identifiers are not specified")
    if len(ids) > MAX_IDS:
        raise bad_request("too many message identifiers specified")
    for message in [place.messages[number] for number in ids if number in place.messages]:
        if _deletable(call, place, message):
            delete(call.platform, place, message.id)
    return True


def _deletable(call: Call, place: Chat, message: Message) -> bool:
    if call.platform.now() - message.date > DELETABLE_FOR:
        return False
    if place.kind == ChatKind.PRIVATE:
        return True
    return message.sender_id == call.bot.user_id or may(place, call.bot.user_id, "can_delete_messages")


@method("pinChatMessage")
def pin_chat_message(call: Call) -> Answer:
    place = _pinnable(call)
    message = message_of(call, place, "to pin")
    place.pinned = [pinned for pinned in place.pinned if pinned != message.id] + [message.id]
    pinned = wire.message(call.platform.state, place, message, nested=True)
    post(call.platform, place, Message(0, 0, "service", call.bot.user_id, content={"pinned_message": pinned}))
    return True


@method("unpinChatMessage")
def unpin_chat_message(call: Call) -> Answer:
    place = _pinnable(call)
    if not place.pinned:
        raise bad_request("message to unpin not found")
    unpinned = call.integer("message_id") or place.pinned[-1]
    place.pinned = [pinned for pinned in place.pinned if pinned != unpinned]
    call.platform.touch()
    return True


@method("unpinAllChatMessages")
def unpin_all_chat_messages(call: Call) -> Answer:
    _pinnable(call).pinned.clear()
    call.platform.touch()
    return True


def _pinnable(call: Call) -> Chat:
    place = chat_of(call)
    right = "can_edit_messages" if place.kind == ChatKind.CHANNEL else "can_pin_messages"
    require_right(call, place, right, "manage pinned messages in the chat")
    return place
