"""What the library's errors mean, as plain values."""

import httpx
import pytest
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut

from bots.newsroom.delivery.errors import (
    DeliveryError,
    DestinationGone,
    MessageGone,
    MessageRefused,
    RetryLater,
    Uncertain,
)
from bots.newsroom.messages import Destination, Platform, Room
from bots.telegram.errors import meaning


def caused(error: TelegramError, cause: Exception) -> TelegramError:
    error.__cause__ = cause
    return error


CASES: list[tuple[TelegramError, Room, type[DeliveryError]]] = [
    (BadRequest("Message to edit not found"), Room.CHANNEL, MessageGone),
    (BadRequest("MESSAGE_ID_INVALID"), Room.CHANNEL, MessageGone),
    (BadRequest("Chat not found"), Room.PRIVATE, DestinationGone),
    (BadRequest("Chat not found"), Room.CHANNEL, MessageRefused),
    (BadRequest("Not enough rights to send text messages to the chat"), Room.MODERATORS, MessageRefused),
    (BadRequest("Can't parse entities: unsupported start tag"), Room.PRIVATE, MessageRefused),
    (BadRequest("Message to be replied not found"), Room.STORY, DestinationGone),
    (Forbidden("Forbidden: bot was blocked by the user"), Room.PRIVATE, DestinationGone),
    (RetryAfter(30), Room.CHANNEL, RetryLater),
    (caused(TimedOut("Pool timeout"), httpx.PoolTimeout("")), Room.CHANNEL, RetryLater),
    (caused(TimedOut(), httpx.ConnectTimeout("")), Room.CHANNEL, RetryLater),
    (caused(NetworkError("httpx.ConnectError"), httpx.ConnectError("")), Room.CHANNEL, RetryLater),
    (caused(TimedOut(), httpx.ReadTimeout("")), Room.CHANNEL, Uncertain),
    (caused(TimedOut(), httpx.WriteTimeout("")), Room.CHANNEL, Uncertain),
    (caused(NetworkError("httpx.ReadError"), httpx.ReadError("")), Room.CHANNEL, Uncertain),
    (NetworkError("Bad Gateway (502)"), Room.CHANNEL, Uncertain),
    (TelegramError("Invalid server response"), Room.CHANNEL, Uncertain),
]


@pytest.mark.parametrize(("error", "room", "expected"), CASES)
def test_an_error_says_what_to_do_next(error: TelegramError, room: Room, expected: type[DeliveryError]) -> None:
    assert type(meaning(error, Destination(Platform.TELEGRAM, room))) is expected
