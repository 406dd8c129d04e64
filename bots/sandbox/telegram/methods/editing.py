"""editMessageText, editMessageCaption, editMessageReplyMarkup."""

from bots.sandbox.telegram import wire
from bots.sandbox.telegram.errors import bad_request
from bots.sandbox.telegram.markup.formatted import Formatted
from bots.sandbox.telegram.methods.call import Answer, Call, method
from bots.sandbox.telegram.methods.content import caption_of, markup_of, text_of
from bots.sandbox.telegram.methods.places import chat_of, message_of
from bots.sandbox.telegram.posting import edited
from bots.sandbox.telegram.rights import may
from bots.sandbox.telegram.world import Chat, ChatKind, Message

_UNCHANGED = (
    "message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)


@method("editMessageText")
def edit_message_text(call: Call) -> Answer:
    place, message = _editable(call)
    text = text_of(call)
    if message.kind != "text":
        raise bad_request("there is no text in the message to edit")
    preview = call.mapping("link_preview_options")
    return _changed(call, place, message, text, new_preview=preview != message.link_preview_options)


@method("editMessageCaption")
def edit_message_caption(call: Call) -> Answer:
    place, message = _editable(call)
    if message.kind != "photo":
        raise bad_request("there is no caption in the message to edit")
    return _changed(call, place, message, caption_of(call))


@method("editMessageReplyMarkup")
def edit_message_reply_markup(call: Call) -> Answer:
    place, message = _editable(call)
    keyboard, _ = markup_of(call)
    if keyboard == message.keyboard:
        raise bad_request(_UNCHANGED)
    message.keyboard = keyboard
    edited(call.platform, place, message, hidden=True)
    return wire.message(call.platform.state, place, message)


def _editable(call: Call) -> tuple[Chat, Message]:
    """A bot edits its own messages, and in a channel, with the right to, those of others."""
    place = chat_of(call)
    message = message_of(call, place, "to edit")
    others = place.kind == ChatKind.CHANNEL and may(place, call.bot.user_id, "can_edit_messages")
    own = message.sender_id == call.bot.user_id and message.forward_origin is None
    if message.kind == "service" or not (own or others):
        raise bad_request("message can't be edited")
    return place, message


def _changed(call: Call, place: Chat, message: Message, content: Formatted, *, new_preview: bool = False) -> Answer:
    """An edit without reply_markup takes the buttons away; one that changes nothing is refused."""
    keyboard, _ = markup_of(call)
    before = (message.text, message.entities, message.keyboard)
    if (content.text, content.entities, keyboard) == before and not new_preview:
        raise bad_request(_UNCHANGED)
    if new_preview:
        message.link_preview_options = call.mapping("link_preview_options")
    message.text, message.entities, message.keyboard = content.text, content.entities, keyboard
    edited(call.platform, place, message)
    return wire.message(call.platform.state, place, message)
