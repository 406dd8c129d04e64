"""Fetches updates, keeps them, and only then confirms them: once confirmed, Telegram forgets them.

python-telegram-bot's own updater confirms first and loses a batch when the process is killed.
"""

import asyncio
import json
import logging
from collections.abc import Coroutine, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from telegram import Bot
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.request import HTTPXRequest

from bots.bootstrap.process import GiveUp, pause
from bots.storage.updates import RedisUpdates
from bots.telegram.errors import seconds
from bots.telegram.handlers import ALLOWED_UPDATES

LONG_POLL_S = 25
BATCH = 100
"""Bot API, getUpdates: 1 to 100 at once."""
LONGEST_PAUSE_S = 30.0
NOT_ACCEPTED = "Telegram does not accept TELEGRAM_BOT_TOKEN. Ask @BotFather for the bot's token and set it in .env."

log = logging.getLogger(__name__)


class Intake:
    """The one poller of this bot: Telegram lets no second one in."""

    def __init__(self, bot: Bot, updates: RedisUpdates) -> None:
        self._bot = bot
        self._updates = updates
        self._request = HTTPXRequest(connection_pool_size=1)
        self._failures = 0

    async def run(self, stop: asyncio.Event) -> None:
        """Until `stop`, at once: what was not kept was not confirmed either. Raises GiveUp for a wrong token."""
        async with self._request:
            while not stop.is_set():
                await self._round(stop)

    async def _round(self, stop: asyncio.Event) -> None:
        try:
            await _unless(stop, self._fetch_and_keep())
            self._failures = 0
        except InvalidToken as error:
            raise GiveUp(NOT_ACCEPTED) from error
        except Exception as error:  # noqa: BLE001 - an outage of Telegram or the store must not end the intake
            self._failures += 1
            wait = _wait(error, self._failures)
            log.warning("%s Trying again in %.0f s.", _sentence(error), wait)
            await pause(stop, wait)

    async def _fetch_and_keep(self) -> None:
        updates = await self._fetch(await self._updates.next_offset())
        await self._updates.keep(updates)

    async def _fetch(self, offset: int) -> Sequence[Mapping[str, Any]]:
        """The raw updates from `offset` on; asking for them confirms all before."""
        parameters = {
            "offset": offset,
            "limit": BATCH,
            "timeout": LONG_POLL_S,
            "allowed_updates": json.dumps(ALLOWED_UPDATES),
        }
        url = f"{self._bot.base_url}/getUpdates?{urlencode(parameters)}"
        answer: Any = await self._request.post(url, read_timeout=LONG_POLL_S + 10)
        return sorted(answer, key=lambda update: int(update["update_id"]))


async def _unless(stop: asyncio.Event, work: Coroutine[Any, Any, None]) -> None:
    """Does the work, or breaks it off when `stop` comes first."""
    task, stopping = asyncio.create_task(work), asyncio.create_task(stop.wait())
    await asyncio.wait({task, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    while not task.done():
        # Again and again: under load a library's time-out was seen to swallow a single one.
        task.cancel()
        await asyncio.wait({task}, timeout=0.2)
    if not task.cancelled():
        task.result()


def _wait(error: Exception, failures: int) -> float:
    if isinstance(error, RetryAfter):
        return seconds(error)
    return float(min(LONGEST_PAUSE_S, 0.25 * 2 ** min(failures, 10)))


def _sentence(error: Exception) -> str:
    if isinstance(error, Conflict):
        return "Another process asks Telegram for this bot's updates: end it, or remove the bot's webhook."
    if isinstance(error, TelegramError):
        return f"Telegram does not answer ({error})."
    return f"Updates could not be kept ({error})."
