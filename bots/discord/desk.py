"""What every handler needs, and how a handler answers: acknowledge within three seconds, then write, then rewrite."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TypeVar

import aiohttp
import discord

from bots.bootstrap.newsroom import Newsroom
from bots.bootstrap.process import pause
from bots.discord.answers import add_answer, answer_to, write_answer
from bots.discord.errors import TOO_LATE, translated
from bots.discord.notices import Notices
from bots.discord.roles import TopicRoles
from bots.newsroom.delivery.errors import DeliveryError, RetryLater, Uncertain
from bots.newsroom.messages import Message, Platform
from bots.newsroom.readers import Reader

ACKNOWLEDGE_S = 3.0
"""Discord takes a first answer no later (interactions, receiving and responding)."""
WRITE_FOR_S = 30.0
LONGEST_PAUSE_S = 5.0
REMEMBERED = 2000

T = TypeVar("T")
Press = discord.Interaction[discord.Client]
"""A press on a button, a command or a form that was sent in."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Desk:
    """Outlives the connections to the gateway."""

    newsroom: Newsroom
    rest: discord.Client
    roles: TopicRoles
    stop: asyncio.Event
    notices: Notices = field(default_factory=Notices)
    running: set[asyncio.Task[None]] = field(default_factory=set)
    _seen: OrderedDict[int, None] = field(default_factory=OrderedDict)

    def first_time(self, event: int) -> bool:
        """Whether this input is new: after a lost connection Discord may deliver one twice."""
        known = event in self._seen
        self._seen[event] = None
        if len(self._seen) > REMEMBERED:
            self._seen.popitem(last=False)
        return not known

    async def work(self, task: Awaitable[None]) -> None:
        """Runs a handler so that `drain` waits for it; its errors end here, the platform has nobody to tell."""
        current = asyncio.current_task()
        if current is not None:
            self.running.add(current)
        try:
            await task
        except Exception:
            log.exception("An input from Discord could not be handled.")
        finally:
            if current is not None:
                self.running.discard(current)

    async def drain(self, within: float) -> None:
        """Waits for the handlers at work: they know of `stop` and give back what they cannot finish."""
        if self.running:
            await asyncio.wait(self.running, timeout=within)

    async def persist(self, attempt: Callable[[], Awaitable[T]], within: float) -> T:
        """Repeats the attempt until it succeeds. Its last error is raised after `within` seconds, or at `stop`."""
        loop = asyncio.get_running_loop()
        give_up_at, wait = loop.time() + within, 0.2
        while True:
            try:
                return await attempt()
            except Exception as error:
                if self.stop.is_set() or loop.time() + wait > give_up_at:
                    raise
                log.warning("Trying again: %r", error)
            await pause(self.stop, wait)
            wait = min(LONGEST_PAUSE_S, wait * 2)

    async def answer(self, press: Press, message: Message) -> None:
        """Makes the private answer show the message. Where Discord does not take it in half a minute, it is logged."""
        address = answer_to(press).address
        await self._written(lambda: write_answer(self.rest, address, message))

    async def whisper(self, press: Press, message: Message) -> None:
        """A private message beside the one that was pressed."""
        address = answer_to(press).address
        await self._written(lambda: add_answer(self.rest, address, message))

    async def _written(self, attempt: Callable[[], Awaitable[object]]) -> None:
        give_up_at = asyncio.get_running_loop().time() + WRITE_FOR_S
        while (wait := await _again_after(attempt)) is not None:
            if self.stop.is_set() or asyncio.get_running_loop().time() + wait > give_up_at:
                log.warning("An answer was not written in time.")
                return
            await pause(self.stop, wait)


async def _again_after(attempt: Callable[[], Awaitable[object]]) -> float | None:
    """Seconds until it may be tried again; None when it is done, or refused: asking again would count against us."""
    try:
        with translated():
            await attempt()
    except RetryLater as error:
        return error.after
    except Uncertain:
        return 1.0
    except DeliveryError as error:
        log.warning("An answer could not be written: %s", error)
    return None


async def acknowledge(press: Press, *, quietly: bool = False) -> bool:
    """Says within three seconds that an answer comes, to this person alone; `quietly`: shows nothing.

    False when it came too late: then the person is told by Discord that it failed, and nothing may be done. Any other
    doubt counts as told, because the library may have tried twice.
    """
    try:
        async with asyncio.timeout(ACKNOWLEDGE_S):
            await press.response.defer(ephemeral=True, thinking=not quietly)
    except discord.HTTPException as error:
        log.warning("Acknowledging failed: %s", error)
        return error.code != TOO_LATE
    except (aiohttp.ClientError, OSError) as error:
        log.warning("Acknowledging broke off: %r", error)
    return True


def reader_of(press: Press) -> Reader:
    return Reader(Platform.DISCORD, str(press.user.id), press.user.display_name)
