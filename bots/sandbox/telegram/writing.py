"""What people write, edit, forward and delete in their apps.

Each action raises NotPossible(reason) where the real app would not let them.
"""

from dataclasses import replace

from bots.sandbox.telegram import posting
from bots.sandbox.telegram.errors import NotPossible
from bots.sandbox.telegram.markup.detect import with_detected
from bots.sandbox.telegram.markup.formatted import Formatted, trimmed, units
from bots.sandbox.telegram.platform import Platform
from bots.sandbox.telegram.reach import authored_by, can_speak_as, message_in, open_chat, why_silent
from bots.sandbox.telegram.rights import may
from bots.sandbox.telegram.world import (
    ANONYMOUS_ADMIN_ID,
    CHANNEL_BOT_ID,
    Chat,
    ChatKind,
    Json,
    Message,
    StoredFile,
)

MAX_TEXT = 4096


class Writing:
    platform: Platform

    def say(
        self, user: int, chat: int, text: str, *, reply_to: int | None = None, as_channel: int | None = None
    ) -> int:
        """Write a message; the id it got. `as_channel` is a channel of theirs in whose name they write in a group."""
        formatted = _typed(text)
        draft = Message(0, 0, text=formatted.text, entities=formatted.entities, reply_to=reply_to)
        return self._send(user, chat, draft, as_channel)

    def send_photo(self, user: int, chat: int, caption: str = "", *, reply_to: int | None = None) -> int:
        formatted = with_detected(trimmed(Formatted(caption)))
        size = self._new_file("photo") | {"width": 640, "height": 480}
        draft = Message(0, 0, "photo", text=formatted.text, entities=formatted.entities, content={"photo": [size]})
        return self._send(user, chat, replace(draft, reply_to=reply_to))

    def send_sticker(self, user: int, chat: int, emoji: str = "👍", *, reply_to: int | None = None) -> int:
        look = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False, "emoji": emoji}
        content = {"sticker": self._new_file("sticker") | look}
        return self._send(user, chat, Message(0, 0, "sticker", content=content, reply_to=reply_to))

    def send_voice(self, user: int, chat: int, seconds: int = 3, *, reply_to: int | None = None) -> int:
        content = {"voice": self._new_file("voice") | {"duration": seconds}}
        return self._send(user, chat, Message(0, 0, "voice", content=content, reply_to=reply_to))

    def forward(self, user: int, from_chat: int, message_id: int, to_chat: int) -> int:
        source = open_chat(self.platform, user, from_chat)
        original = message_in(source, message_id)
        if original.protected or original.kind == "service":
            raise NotPossible("This message cannot be forwarded")
        origin = original.forward_origin or posting.origin(self.platform, source, original)
        draft = Message(0, 0, original.kind, text=original.text, entities=list(original.entities))
        draft.content, draft.forward_origin = dict(original.content), origin
        return self._send(user, to_chat, draft)

    def edit(self, user: int, chat: int, message_id: int, text: str) -> None:
        place = open_chat(self.platform, user, chat)
        message = message_in(place, message_id)
        if not authored_by(message, user) or message.forward_origin:
            raise NotPossible("Only your own messages can be edited")
        formatted = _typed(text)
        message.text, message.entities = formatted.text, formatted.entities
        posting.edited(self.platform, place, message)
        self.platform.commit()

    def delete(self, user: int, chat: int, message_id: int) -> None:
        """Bots are not told."""
        place = open_chat(self.platform, user, chat)
        message = message_in(place, message_id)
        allowed = place.kind == ChatKind.PRIVATE or may(place, user, "can_delete_messages")
        if not (allowed or authored_by(message, user)):
            raise NotPossible("Only your own messages can be deleted")
        posting.delete(self.platform, place, message_id)
        self.platform.commit()

    def _send(self, user: int, chat: int, draft: Message, as_channel: int | None = None) -> int:
        place = open_chat(self.platform, user, chat)
        if reason := why_silent(self.platform, place, user, draft.kind):
            raise NotPossible(reason)
        if draft.reply_to is not None:
            message_in(place, draft.reply_to)
        draft.thread_id = posting.thread_of(place, draft.reply_to)
        sent = posting.post(self.platform, place, self._signed(user, place, draft, as_channel))
        self.platform.state.read[f"{user} {place.key}"] = sent.id
        self.platform.commit()
        return sent.id

    def _signed(self, user: int, place: Chat, draft: Message, as_channel: int | None) -> Message:
        """In whose name the message goes out: the person, a channel of theirs, or the group or channel itself."""
        if as_channel is not None:
            if not can_speak_as(self.platform, user, as_channel) or place.kind != ChatKind.SUPERGROUP:
                raise NotPossible("You can write as a channel only in a group, and only as a channel of yours")
            return replace(draft, sender_id=CHANNEL_BOT_ID, sender_chat_id=as_channel, author_id=user)
        if place.kind == ChatKind.CHANNEL:
            return replace(draft, sender_id=user, sender_chat_id=place.id, author_id=user)
        if may(place, user, "is_anonymous") and place.members[user].rights.get("is_anonymous"):
            return replace(draft, sender_id=ANONYMOUS_ADMIN_ID, sender_chat_id=place.id, author_id=user)
        return replace(draft, sender_id=user)

    def _new_file(self, kind: str) -> Json:
        number = self.platform.state.next_number()
        stored = StoredFile(f"{kind}-{number}", f"u{number}", f"{kind}s/file_{number}")
        self.platform.state.files[stored.id] = stored
        return {"file_id": stored.id, "file_unique_id": stored.unique_id}


def _typed(text: str) -> Formatted:
    formatted = with_detected(trimmed(Formatted(text)))
    if not formatted.text:
        raise NotPossible("A message needs some text")
    if units(formatted.text) > MAX_TEXT:
        raise NotPossible(f"A message has at most {MAX_TEXT} characters")
    return formatted
