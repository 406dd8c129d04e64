"""What an error of python-telegram-bot means for a delivery. Texts are compared folded: the library rewrites them."""

from datetime import timedelta

from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError

from bots.newsroom.delivery.errors import (
    DeliveryError,
    DestinationGone,
    MessageGone,
    MessageRefused,
    RetryLater,
    Uncertain,
)
from bots.newsroom.messages import Destination, Room

SETTING = {
    Room.CHANNEL: "TELEGRAM_CHANNEL",
    Room.STORY: "TELEGRAM_DISCUSSION",
    Room.MODERATORS: "TELEGRAM_MODERATORS",
}
_NEVER_LEFT = frozenset({"ConnectError", "ConnectTimeout", "PoolTimeout", "ProxyError", "UnsupportedProtocol"})
"""Errors of httpx before the first byte of a request; python-telegram-bot keeps them as the cause of its own."""
_WRONG_TOKEN_PAUSE_S = 30.0

_UNCHANGED = ("message is not modified",)
_NO_MESSAGE = ("message to edit not found", "message to delete not found", "message_id_invalid")
_NO_REPLY = ("message to be replied not found", "replied message not found", "reply message not found")
_NO_CHAT = ("chat not found", "user not found", "peer_id_invalid", "user is deactivated", "group chat was deactivated")
_NO_RIGHT = ("not enough rights", "have no rights", "administrator rights", "chat_write_forbidden", "admin_required")
_NOT_DELETABLE = ("message can't be deleted", "message_delete_forbidden")
_NO_TEXT = ("no text in the message", "no caption in the message")
_NO_PICTURE = ("http url", "url host", "webpage", "web page", "wrong type", "photo", "image", "wrong file", "media")
_NOT_THERE = ("message to forward not found", "message_id_invalid")


def meaning(error: TelegramError, destination: Destination) -> DeliveryError:
    """The member of the delivery family that says what to do next. BadRequest is a NetworkError: it comes first."""
    match error:
        case BadRequest():
            return _refusal(error, destination)
        case RetryAfter():
            return RetryLater(str(error), seconds(error))
        case ChatMigrated():
            return RetryLater(f"{SETTING.get(destination.room, 'The chat')} has a new number {error.new_chat_id}", 0.1)
        case _:
            return _broken_off(error)


def seconds(error: RetryAfter) -> float:
    """How long to wait: the library gives a number or a timedelta, as its environment says."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


def never_left(error: TelegramError) -> bool:
    """The request was not sent at all, so nothing can have happened."""
    return type(error.__cause__).__name__ in _NEVER_LEFT


def is_transient(error: Exception) -> bool:
    """Trouble of the network or the platform that passes by itself."""
    return isinstance(error, RetryAfter) or (isinstance(error, NetworkError) and not isinstance(error, BadRequest))


def says_unchanged(error: TelegramError) -> bool:
    return _says(error, _UNCHANGED)


def says_no_reply(error: TelegramError) -> bool:
    """The message to answer is not there any more."""
    return _says(error, _NO_REPLY)


def says_not_deletable(error: TelegramError) -> bool:
    """Telegram deletes a bot's message for 48 hours only (Bot API, deleteMessage)."""
    return _says(error, _NOT_DELETABLE)


def says_other_kind(error: TelegramError) -> bool:
    """A text was edited as a caption, or a caption as a text."""
    return _says(error, _NO_TEXT)


def says_no_picture(error: TelegramError) -> bool:
    """Telegram could not fetch the picture or did not like it."""
    return _says(error, _NO_PICTURE)


def says_not_there(error: TelegramError) -> bool:
    """There is no message of that number to forward."""
    return _says(error, _NOT_THERE)


def says_not_forwardable(error: TelegramError) -> bool:
    """There is a message of that number, but nobody may forward it: a service message, for example."""
    return _says(error, ("can't be forwarded",))


def _says(error: TelegramError, phrases: tuple[str, ...]) -> bool:
    text = str(error).casefold()
    return isinstance(error, BadRequest) and any(phrase in text for phrase in phrases)


def _refusal(error: BadRequest, destination: Destination) -> DeliveryError:
    setting = SETTING.get(destination.room)
    if _says(error, _NO_MESSAGE):
        return MessageGone(str(error))
    if _says(error, _NO_REPLY):
        return DestinationGone("The post of this thread was deleted.")
    if setting is None:
        return DestinationGone(str(error)) if _says(error, _NO_CHAT) else MessageRefused(f"Telegram says: {error}")
    return MessageRefused(f"Telegram says: {error}. {_advice(error, setting)}")


def _advice(error: BadRequest, setting: str) -> str:
    if _says(error, _NO_CHAT):
        return f"Check {setting}, and that the bot is a member there: `newsdesk doctor` looks."
    if _says(error, _NO_RIGHT):
        return f"Make the bot an administrator of {setting} that may post, edit and delete: `newsdesk doctor` looks."
    return "Nothing more is tried for this version."


def _broken_off(error: TelegramError) -> DeliveryError:
    if isinstance(error, Forbidden):
        return DestinationGone(f"Telegram says: {error}")
    if isinstance(error, InvalidToken):
        # Its own text holds the token.
        return RetryLater("Telegram does not accept the token", _WRONG_TOKEN_PAUSE_S, whole_platform=True)
    if never_left(error):
        return RetryLater(f"Telegram cannot be reached ({error})", 1.0, whole_platform=True)
    return Uncertain(f"Telegram's answer is missing ({error})")
