"""Hands kept updates to the handlers: one person's in order, different people's side by side, each until it is done."""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from telegram.error import RetryAfter

from bots.bootstrap.process import pause
from bots.storage.updates import RedisUpdates
from bots.telegram.errors import is_transient, seconds

AT_ONCE = 16
"""People served side by side."""
IN_HAND = 100
"""Updates taken and not done; more wait in the store."""
TRIES = 5
"""A handler that fails so often will fail always: the update is given up so that the rest goes on."""
OUTAGES = 60
"""Trouble of the network or the store is nobody's fault: it is waited out for a quarter of an hour."""
LONGEST_PAUSE_S = 15.0
BLOCK_MS = 500

Handle = Callable[[Mapping[str, Any]], Awaitable[None]]
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Work:
    receipt: str
    update: Mapping[str, Any]


class Dispatching:
    def __init__(self, updates: RedisUpdates, handle: Handle, consumer: str) -> None:
        self._updates = updates
        self._handle = handle
        self._consumer = consumer
        self._lines: dict[str, deque[_Work]] = {}
        self._in_hand: set[str] = set()
        self._at_once = asyncio.Semaphore(AT_ONCE)
        self._begun = False

    async def run(self, stop: asyncio.Event) -> None:
        """Until `stop`; then it ends what is being handled. What is not done is handed out again."""
        async with asyncio.TaskGroup() as tasks:
            while not stop.is_set():
                for person in await self._take(stop):
                    tasks.create_task(self._serve(person, stop))

    async def _take(self, stop: asyncio.Event) -> list[str]:
        """Puts what is new in line behind its person; gives those who had no line."""
        room = IN_HAND - len(self._in_hand)
        if room <= 0:
            await pause(stop, 0.05)
            return []
        try:
            taken = await self._read(room)
        except Exception as error:  # noqa: BLE001 - whatever the store says, the next try may succeed
            log.warning("Kept updates cannot be read (%s). Trying again.", error)
            await pause(stop, 1.0)
            return []
        # What takes long is handed out again meanwhile: it is still the same work.
        return [
            person
            for receipt, update in taken
            if receipt not in self._in_hand and (person := self._queue(receipt, update))
        ]

    async def _read(self, room: int) -> Sequence[tuple[str, Mapping[str, Any]]]:
        """First what a killed process left: whoever wrote it wrote it before what is new."""
        if self._begun:
            return await self._updates.take(self._consumer, room, BLOCK_MS)
        left = await self._updates.inherit(self._consumer, room)
        self._begun = True
        return left

    def _queue(self, receipt: str, update: Mapping[str, Any]) -> str:
        """Empty when the person has a line already."""
        person, self._in_hand = _person(update), self._in_hand | {receipt}
        known = person in self._lines
        self._lines.setdefault(person, deque()).append(_Work(receipt, update))
        return "" if known else person

    async def _serve(self, person: str, stop: asyncio.Event) -> None:
        line = self._lines[person]
        while line and not stop.is_set():
            await self._see_through(line[0], stop)
            self._in_hand = self._in_hand - {line.popleft().receipt}
        del self._lines[person]

    async def _see_through(self, work: _Work, stop: asyncio.Event) -> None:
        """Handles it until it succeeds or is given up."""
        failed = outages = 0
        while not stop.is_set():
            error = await self._try(work)
            if error is None:
                return await self._finish(work, stop)
            outage = is_transient(error) or not await self._store_answers()
            failed, outages = failed + (not outage), outages + outage
            if failed >= TRIES or outages >= OUTAGES:
                log.error("Update %s is given up: %r", work.update.get("update_id"), error, exc_info=error)
                return await self._finish(work, stop)
            await pause(stop, _wait(error, failed + outages))
        return None

    async def _try(self, work: _Work) -> Exception | None:
        try:
            async with self._at_once:
                await self._handle(work.update)
        except Exception as error:  # noqa: BLE001 - it is weighed by the caller
            return error
        return None

    async def _finish(self, work: _Work, stop: asyncio.Event) -> None:
        """It is handled: it must not be again only because the store is away for a moment."""
        while True:
            try:
                return await self._updates.done([work.receipt])
            except Exception as error:  # noqa: BLE001 - whatever the store says, the next try may succeed
                log.warning("An update's end cannot be noted (%s). Trying again.", error)
            if stop.is_set():
                return None
            await pause(stop, 1.0)

    async def _store_answers(self) -> bool:
        try:
            await self._updates.next_offset()
        except Exception:  # noqa: BLE001 - any failure means that it does not
            return False
        return True


def _wait(error: Exception, failures: int) -> float:
    if isinstance(error, RetryAfter):
        return seconds(error)
    return float(min(LONGEST_PAUSE_S, 0.1 * 2**failures))


def _person(update: Mapping[str, Any]) -> str:
    """Whose update it is; a channel's belong to the channel."""
    body: Mapping[str, Any] = next((value for value in update.values() if isinstance(value, Mapping)), {})
    return str((body.get("from") or body.get("chat") or {}).get("id", ""))
