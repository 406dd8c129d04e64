"""Puts the Telegram side together: the library's objects, the handlers, the sender, and the loops that run them."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Never
from uuid import uuid4

from telegram import Update
from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application, ApplicationBuilder

from bots.bootstrap.newsroom import Newsroom
from bots.bootstrap.process import GiveUp, pause, serve_platform
from bots.newsroom.messages import Platform
from bots.telegram import commands
from bots.telegram.chats import Chats
from bots.telegram.desk import Desk
from bots.telegram.dispatching import Dispatching, Handle
from bots.telegram.errors import is_transient
from bots.telegram.handlers import App, Handlers
from bots.telegram.intake import NOT_ACCEPTED, Intake
from bots.telegram.sender import TelegramSender
from config import TelegramSettings

OFF = "TELEGRAM_BOT_TOKEN is not set, so Telegram is off. Ask @BotFather for a token and set it in .env."
CONNECTIONS = 64
READ_S, CONNECT_S, POOL_S = 8.0, 4.0, 2.0
"""Within the 10 s that the dispatcher gives a delivery, so that a time-out is the library's, which says more."""
LONGEST_PAUSE_S = 15.0

log = logging.getLogger(__name__)


class _Outspoken(Application[Any, Any, Any, Any, Any, Any]):
    """Raises what a handler raises. The library would log it and count the update as handled."""

    async def process_error(self, update: object, error: Exception, *_: object) -> Never:  # noqa: ARG002
        raise error


def build(settings: TelegramSettings) -> App:
    """The library's application without an updater: updates come from the store. Raises GiveUp without a token."""
    if settings.token is None:
        raise GiveUp(OFF)
    builder = ApplicationBuilder().application_class(_Outspoken).token(settings.token.get_secret_value())
    builder = builder.base_url(settings.api_base_url).base_file_url(settings.file_base_url)
    builder = builder.read_timeout(READ_S).connect_timeout(CONNECT_S).pool_timeout(POOL_S)
    return builder.connection_pool_size(CONNECTIONS).updater(None).job_queue(None).build()


async def serve(newsroom: Newsroom, stop: asyncio.Event) -> None:
    """Intake, handlers and deliveries until `stop`. Raises GiveUp when a person has to change something first."""
    app = build(newsroom.settings.telegram)
    try:
        if await _reach(app.initialize, stop):
            await _serve(app, newsroom, stop)
    finally:
        await app.shutdown()
        await app.bot.shutdown()


async def _serve(app: App, newsroom: Newsroom, stop: asyncio.Event) -> None:
    chats = Chats(app.bot, newsroom.settings.telegram)
    Handlers(Desk(newsroom, app.bot, chats)).register(app)
    await _reach(app.bot.delete_webhook, stop)
    await _reach(lambda: commands.publish(app.bot, chats), stop)
    updates = newsroom.stores.updates
    dispatching = Dispatching(updates, _handle_with(app), f"telegram-{uuid4().hex[:12]}")
    sender = TelegramSender(app.bot, chats, newsroom.stores)
    try:
        async with asyncio.TaskGroup() as loops:
            loops.create_task(Intake(app.bot, updates).run(stop))
            loops.create_task(dispatching.run(stop))
            loops.create_task(serve_platform(newsroom, Platform.TELEGRAM, sender, stop))
    except* GiveUp as group:
        raise group.exceptions[0] from None


def _handle_with(app: App) -> Handle:
    async def handle(update: Mapping[str, Any]) -> None:
        await app.process_update(Update.de_json(dict(update), app.bot))

    return handle


async def _reach(call: Callable[[], Awaitable[object]], stop: asyncio.Event) -> bool:
    """Makes a first call until Telegram answers it; False when `stop` came before."""
    failures = 0
    while not stop.is_set():
        try:
            await call()
        except InvalidToken:
            # Its text holds the token.
            raise GiveUp(NOT_ACCEPTED) from None
        except TelegramError as error:
            if not is_transient(error):
                log.warning("Telegram refuses (%s): `newsdesk doctor` says what to mend.", error)
                return True
            failures += 1
            log.warning("Telegram does not answer (%s). Trying again.", error)
            await pause(stop, min(LONGEST_PAUSE_S, 0.25 * 2 ** min(failures, 10)))
        else:
            return True
    return False
