"""Points the library at Discord and connects it: one client for calls, and one at a time for the gateway."""

import asyncio
import itertools
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import aiohttp
import discord
from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL

from bots.bootstrap.process import GiveUp, pause
from config import DiscordSettings

NO_WAITING = 0.001
"""Seconds the library may sleep on a rate limit: none. Waiting is the outbox's work, and a call cancelled while the
library sleeps on a global limit would leave every later call waiting for ever (discord.py 2.7.1)."""
LONGEST_PAUSE_S = 60.0
STABLE_S = 60.0
"""A connection that lived this long was a good one: the next back-off starts small again."""

OFF = (
    "DISCORD_BOT_TOKEN is not set. Create a bot at discord.com/developers/applications (New Application, Bot, "
    "Reset Token) and put the token in .env."
)
BAD_LOGIN = (
    "Discord does not accept DISCORD_BOT_TOKEN. Copy the token again: discord.com/developers/applications, "
    "your application, Bot, Reset Token; put it in .env."
)
NO_CONTENT = (
    "Discord does not let this bot read messages. Switch on Message Content Intent: "
    "discord.com/developers/applications, your application, Bot, Privileged Gateway Intents; "
    "or set comments.direct = false, which needs no intent."
)

log = logging.getLogger(__name__)


def use_addresses(settings: DiscordSettings) -> None:
    """Points the library at the addresses of the settings: attributes of its classes, for the whole process."""
    Route.BASE = settings.api_base_url
    if settings.gateway_url is not None:
        DiscordWebSocket.DEFAULT_GATEWAY = URL(settings.gateway_url)
    # nobody here speaks: that the libraries for voice are missing is no warning
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False


def token_of(settings: DiscordSettings) -> str:
    """Raises GiveUp without a token."""
    if settings.token is None:
        raise GiveUp(f"Discord is off. {OFF}")
    return settings.token.get_secret_value()


def intents(*, direct: bool) -> discord.Intents:
    """The least: servers, and that something was written in a thread; what was written only where that is a comment."""
    return discord.Intents(guilds=True, guild_messages=True, message_content=direct)


@asynccontextmanager
async def calling(token: str, stop: asyncio.Event) -> AsyncIterator[discord.Client]:
    """A client for calls alone: it works while the gateway does not. Waits until Discord answers, or `stop`.

    Raises GiveUp when the token is wrong, or when it was stopped first.
    """
    client = await _logged_in(token)
    pauses = (min(LONGEST_PAUSE_S, 2.0**number) for number in itertools.count())
    while client is None:
        await pause(stop, next(pauses))
        if stop.is_set():
            raise GiveUp("Stopped before Discord answered.")
        client = await _logged_in(token)
    try:
        yield client
    finally:
        await client.close()


async def _logged_in(token: str) -> discord.Client | None:
    """None when Discord did not answer. Raises GiveUp when the token is wrong."""
    client = discord.Client(intents=discord.Intents(guilds=True), max_messages=None)
    try:
        await client.login(token)
    except discord.LoginFailure as error:
        await client.close()
        raise GiveUp(BAD_LOGIN) from error
    except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
        await client.close()
        log.warning("Discord does not answer (%r); trying again.", error)
        return None
    client.http.max_ratelimit_timeout = NO_WAITING
    return client


async def keep_connected(connect: Callable[[], discord.Client], token: str, stop: asyncio.Event) -> None:
    """Holds a gateway connection until `stop`: a new client for each attempt, longer and longer pauses between them.

    The library's own reconnecting ends with an error of any kind when the first connection fails or an event is
    malformed. Raises GiveUp for what only a person can mend.
    """
    failures = 0
    loop = asyncio.get_running_loop()
    while not stop.is_set():
        began = loop.time()
        await _until_it_ends(connect(), token, stop)
        failures = 0 if loop.time() - began > STABLE_S else failures + 1
        await pause(stop, min(LONGEST_PAUSE_S, 0.5 * 2.0**failures))


async def _until_it_ends(client: discord.Client, token: str, stop: asyncio.Event) -> None:
    running = asyncio.create_task(client.start(token))
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({running, stopping}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        # Reading ends before the client closes: a closed client cannot handle what it still reads.
        running.cancel()
        stopping.cancel()
        ended = await asyncio.gather(running, return_exceptions=True)
        await client.close()
    _raise_what_a_person_must_mend(ended[0])


def _raise_what_a_person_must_mend(ended: BaseException | None) -> None:
    """Errors of any other kind mean "connect again": the library lets many kinds through."""
    match ended:
        case discord.LoginFailure():
            raise GiveUp(BAD_LOGIN)
        case discord.PrivilegedIntentsRequired():
            raise GiveUp(NO_CONTENT)
        case Exception():
            log.warning("The connection to Discord ended (%r); connecting again.", ended)
        case _:
            pass
