"""The library's errors as the delivery family: what each means for what was to be shown."""

from collections.abc import Iterator
from contextlib import contextmanager

import aiohttp
import discord

from bots.newsroom.delivery.errors import (
    DeliveryError,
    DestinationGone,
    MessageGone,
    MessageRefused,
    RetryLater,
    Uncertain,
)

UNKNOWN_CHANNEL, UNKNOWN_MESSAGE, UNKNOWN_USER, UNKNOWN_WEBHOOK = 10003, 10008, 10013, 10015
DMS_TOO_FAST, THREAD_EXISTS, THREAD_ARCHIVED = 40003, 160004, 50083
ACKNOWLEDGED, TOO_LATE = 40060, 10062
# Reference: Discord's list of JSON error codes (topics/opcodes-and-status-codes).
_GONE = frozenset({50007, UNKNOWN_USER, UNKNOWN_WEBHOOK, 50027, 50278})
"""Cannot send to this user, unknown user, the answer's token ran out (two ways), no mutual server."""
_LATER = {30046: 60.0, 20022: 120.0, 20016: 10.0, DMS_TOO_FAST: 60.0, 40333: 30.0, 130000: 10.0}
"""Edits of old messages, edits in announcement channels, slow mode, opening DMs too fast, network error, overload."""
_TO_DO = {
    UNKNOWN_CHANNEL: "Check DISCORD_ALERTS_CHANNEL and DISCORD_MODERATORS_CHANNEL.",
    50001: "Give the bot's role View Channel for the channel.",
    50013: "Give the bot's role Send Messages, Embed Links, Create Public Threads, Send Messages in Threads and "
    "Manage Messages in the channel; `newsdesk doctor` shows which is missing.",
}
_FLOOD_PAUSE_S = 60.0


@contextmanager
def translated(*, alone: bool = False) -> Iterator[None]:
    """Raises members of the delivery family in place of the library's errors.

    `alone`: a rate limit met here says nothing about the other places of the room, which have limits of their own.
    """
    try:
        yield
    except discord.RateLimited as error:
        raise RetryLater("Discord asks to wait.", after=error.retry_after, alone=alone) from error
    except discord.HTTPException as error:
        raise meaning(error) from error
    except aiohttp.ClientConnectorError as error:
        raise RetryLater("Discord cannot be reached.", after=2.0, whole_platform=True) from error
    except (aiohttp.ClientError, OSError) as error:
        raise Uncertain(f"The connection broke off: {error!r}") from error


def meaning(error: discord.HTTPException) -> DeliveryError:
    """What an answer of Discord means. 5xx and a proxy's page leave open what happened."""
    text = f"Discord said {error.status} {error.code}: {error.text[:200]}"
    if error.code in _GONE:
        return DestinationGone(text)
    if error.code in _LATER:
        return RetryLater(text, after=_LATER[error.code], alone=True)
    if error.code == UNKNOWN_MESSAGE:
        return MessageGone(text)
    return _by_status(error, text)


def _by_status(error: discord.HTTPException, text: str) -> DeliveryError:
    if error.status == 429:  # noqa: PLR2004 - without the rate limit's headers: a ban at Cloudflare, for the address
        return RetryLater(text, after=_retry_after(error), whole_platform=True)
    if error.status == 401:  # noqa: PLR2004 - the token was reset meanwhile; the process stops by itself
        return RetryLater(text, after=_FLOOD_PAUSE_S, whole_platform=True)
    if error.status >= 500:  # noqa: PLR2004
        return Uncertain(text)
    return MessageRefused(f"{text}. {_TO_DO.get(error.code, '')}".rstrip())


def _retry_after(error: discord.HTTPException) -> float:
    value = error.response.headers.get("Retry-After", "")
    return float(value) if value.replace(".", "", 1).isdecimal() else _FLOOD_PAUSE_S
