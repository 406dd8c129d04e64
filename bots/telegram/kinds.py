"""What a message is, in one word."""

from telegram import Message as Posted

_ATTACHED = (
    "sticker",
    "animation",
    "photo",
    "video",
    "video_note",
    "voice",
    "audio",
    "document",
    "poll",
    "location",
    "contact",
    "dice",
    "story",
)


def kind_of(posted: Posted) -> str:
    """Either "text", or what cannot be judged by its words: a forward, a photo, a sticker, a voice message ..."""
    if posted.forward_origin is not None:
        return "forward"
    attached = next((name for name in _ATTACHED if getattr(posted, name)), "")
    if attached:
        return attached.replace("_", " ")
    return "text" if posted.text else "message"
