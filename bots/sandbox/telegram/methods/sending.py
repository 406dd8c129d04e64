"""sendMessage, sendPhoto, forwardMessage, copyMessage, sendChatAction."""

from dataclasses import replace

from bots.sandbox.telegram import wire
from bots.sandbox.telegram.errors import bad_request
from bots.sandbox.telegram.methods.call import Answer, Call, method
from bots.sandbox.telegram.methods.content import caption_of, draft_of, markup_of, text_of
from bots.sandbox.telegram.methods.files import photo_of
from bots.sandbox.telegram.methods.places import chat_of, message_of, writable_chat
from bots.sandbox.telegram.posting import links_only, origin, post, thread_of
from bots.sandbox.telegram.world import Chat, ChatKind, Json, Message

_ACTIONS = frozenset(
    [
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    ]
)


@method("sendMessage")
def send_message(call: Call) -> Answer:
    place = writable_chat(call)
    return _posted(call, place, draft_of(call, place, text_of(call)))


@method("sendPhoto")
def send_photo(call: Call) -> Answer:
    place = writable_chat(call, "photo")
    draft = draft_of(call, place, caption_of(call), "photo")
    draft.content = {"photo": photo_of(call)}
    return _posted(call, place, draft)


@method("forwardMessage")
def forward_message(call: Call) -> Answer:
    place, original = _target_and_original(call, "to forward")
    draft = replace(
        _copy(call, place, original),
        forward_origin=original.forward_origin or origin(call.platform, chat_of(call, "from_chat_id"), original),
        keyboard=links_only(original.keyboard),
    )
    return _posted(call, place, draft)


@method("copyMessage")
def copy_message(call: Call) -> Answer:
    place, original = _target_and_original(call, "to copy")
    draft = _copy(call, place, original)
    draft.keyboard, draft.reply_interface = markup_of(call)
    if "caption" in call.arguments and original.kind != "text":
        caption = caption_of(call)
        draft.text, draft.entities = caption.text, caption.entities
    return {"message_id": post(call.platform, place, draft).id}


@method("sendChatAction")
def send_chat_action(call: Call) -> Answer:
    writable_chat(call)
    if call.text("action") not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    return True


def _posted(call: Call, place: Chat, draft: Message) -> Json:
    return wire.message(call.platform.state, place, post(call.platform, place, draft))


def _target_and_original(call: Call, purpose: str) -> tuple[Chat, Message]:
    place = writable_chat(call)
    original = message_of(call, chat_of(call, "from_chat_id"), purpose)
    if original.kind == "service" or original.protected:
        raise bad_request(f"message can't be {'copied' if purpose == 'to copy' else 'forwarded'}")
    return place, original


def _copy(call: Call, place: Chat, original: Message) -> Message:
    reply_to = (call.mapping("reply_parameters") or {}).get("message_id")
    return Message(
        id=0,
        date=0,
        kind=original.kind,
        sender_id=call.bot.user_id,
        sender_chat_id=place.id if place.kind == ChatKind.CHANNEL else None,
        text=original.text,
        entities=list(original.entities),
        content=dict(original.content),
        reply_to=reply_to,
        thread_id=thread_of(place, reply_to),
        protected=call.boolean("protect_content"),
        silent=call.boolean("disable_notification"),
    )
