"""What every process does: settings, logs, signals, loops that outlive an outage, and a drain within five seconds."""

import asyncio
import contextlib
import logging
import signal
import sys
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from uuid import uuid4

from bots.bootstrap.logs import set_up
from bots.bootstrap.newsroom import Newsroom, open_newsroom
from bots.bootstrap.running import load_for_command
from bots.newsroom.delivery.dispatcher import Dispatcher
from bots.newsroom.delivery.ports import Sender
from bots.newsroom.messages import Platform
from bots.newsroom.projection.planner import Planner
from bots.storage.client import StoreError, StoreTooOld, VolatileStore
from bots.storage.locate import StoreNotRunning
from config import Settings, SettingsError

Body = Callable[[Newsroom, asyncio.Event], Awaitable[None]]
Step = Callable[[], Awaitable[int]]

DRAIN_S = 4.0
"""Time to finish what is in hand after SIGTERM; whoever sent it waits 5 s."""
HEARTBEAT_S = 5.0
REFRESH_POLLS_S = 5.0
"""Telegram allows about 20 edits a minute in a chat; this takes 12 at most, and only while votes come in."""
LONGEST_PAUSE_S = 5.0

log = logging.getLogger(__name__)


class GiveUp(Exception):
    """The process cannot do its work until a person changes something; the text says what."""


def run(name: str, body: Body, environ: Mapping[str, str]) -> int:
    """The whole life of one process: runs `body` until it ends or a signal comes. Gives the exit status."""
    try:
        settings = load_for_command(environ)
        set_up(settings)
        asyncio.run(_live(name, body, settings))
    except (SettingsError, StoreNotRunning, VolatileStore, StoreTooOld, GiveUp) as error:
        sys.stderr.write(f"{name}: {error}\n")
        return 1
    return 0


async def _live(name: str, body: Body, settings: Settings) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with open_newsroom(settings) as newsroom:
        work = asyncio.ensure_future(body(newsroom, stop))
        beat = asyncio.create_task(forever(_heartbeat(newsroom, name), stop, HEARTBEAT_S))
        await _until_done_or_drained(work, stop)
        stop.set()
        await asyncio.gather(beat, return_exceptions=True)


async def _until_done_or_drained(work: asyncio.Future[None], stop: asyncio.Event) -> None:
    """Waits for the work to end; once `stop` is set, `DRAIN_S` at most. The work's own error is raised."""
    stopping = asyncio.create_task(stop.wait())
    either: set[asyncio.Future[Any]] = {work, stopping}
    await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    done, _ = await asyncio.wait({work}, timeout=DRAIN_S)
    if done:
        await work
        return
    while not work.done():
        # More than once: a library that is asked while it answers may swallow one request to stop.
        work.cancel()
        await asyncio.wait({work}, timeout=0.2)


def _heartbeat(newsroom: Newsroom, name: str) -> Step:
    async def beat() -> int:
        await newsroom.stores.heartbeats.beat(name)
        return 0

    return beat


async def forever(step: Step, stop: asyncio.Event, idle: float) -> None:
    """Runs `step` until `stop`; waits `idle` seconds when it found nothing to do, longer and longer when it fails."""
    failures = 0
    while not stop.is_set():
        try:
            busy = await step()
        except (StoreError, OSError) as error:
            failures += 1
            log.warning("The store does not answer (%s); trying again.", error)
        except Exception:
            failures += 1
            log.exception("A step failed; trying again.")
        else:
            failures = 0
            if busy:
                continue
        await pause(stop, min(LONGEST_PAUSE_S, 0.1 * 2**failures) if failures else idle)


async def pause(stop: asyncio.Event, seconds: float) -> None:
    """Waits, but not beyond `stop`."""
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)


async def serve_platform(newsroom: Newsroom, platform: Platform, sender: Sender, stop: asyncio.Event) -> None:
    """Plans and delivers for one platform until `stop`. Any number of processes may do so side by side."""
    stores = newsroom.stores
    planner = Planner(platform, stores.events, newsroom.sources, stores.posts, f"{platform}-{uuid4().hex[:12]}")
    dispatcher = Dispatcher(platform, stores.outbox, sender, stores.budgets, newsroom.clock)

    async def refresh() -> int:
        await planner.refresh_polls()
        return 0

    async with asyncio.TaskGroup() as loops:
        loops.create_task(forever(planner.run_once, stop, idle=0))
        loops.create_task(forever(dispatcher.run_once, stop, idle=0.1))
        loops.create_task(forever(refresh, stop, REFRESH_POLLS_S))
