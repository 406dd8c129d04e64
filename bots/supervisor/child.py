"""One process kept running: started again with growing pauses when it dies, until it is told to stop."""

import asyncio
from collections.abc import Awaitable, Callable

from bots.storage.server import NewerData, ServerFailed
from bots.storage.server_binary import NoServerProgram
from bots.supervisor.guarded import Guarded, Lifeline
from bots.supervisor.plan import CannotRun

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0  # seconds
HEALTHY = 60.0  # seconds of life after which a death counts as the first again

FAILURES = (OSError, ValueError, CannotRun, NewerData, NoServerProgram, ServerFailed)
"""What keeps a process from starting; a person is told, and it is tried again."""

Start = Callable[[Lifeline], Awaitable[Guarded]]
"""Starts the process, alive as long as the lifeline."""
Tell = Callable[[str, str], None]
"""Takes a process' name and what happened to it."""


def pause_after(deaths: int) -> float:
    """Seconds before the next start, after that many deaths in a row: 1, 2, 4 ... 30."""
    return float(min(FIRST_PAUSE * 2 ** min(deaths - 1, 10), LONGEST_PAUSE))


class Child:
    def __init__(self, name: str, start: Start, tell: Tell) -> None:
        self.name = name
        self.lifeline: Lifeline | None = None
        self._start = start
        self._tell = tell
        self._stopping = asyncio.Event()
        self._first: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._task = asyncio.create_task(self._run())

    async def started(self) -> None:
        """Wait for the first start. Raises what kept it from starting."""
        await asyncio.shield(self._first)

    def restart(self) -> None:
        """End it as `stop` does; it comes back."""
        if self.lifeline is not None:
            self.lifeline.let_go()

    async def stop(self) -> None:
        """SIGTERM, five seconds, SIGKILL; returns when it is gone."""
        self._stopping.set()
        self.restart()
        await asyncio.wait({self._task})

    async def _run(self) -> None:
        deaths = 0
        while not self._stopping.is_set():
            began = asyncio.get_running_loop().time()
            reason = await self._live()
            deaths = 1 if asyncio.get_running_loop().time() - began > HEALTHY else deaths + 1
            if not self._stopping.is_set():
                await self._pause(reason, pause_after(deaths))

    async def _live(self) -> str:
        """One life, from start to end. Returns why it ended."""
        self.lifeline = Lifeline()
        try:
            guarded = await self._start(self.lifeline)
            if not self._first.done():
                self._first.set_result(None)
            return f"ended with status {await guarded.ended()}"
        except FAILURES as error:
            if self._first.done():
                return f"did not start: {error}"
            self._stopping.set()
            self._first.set_exception(error)
            self._first.exception()  # asked for once, so that nobody is told twice when `up` is stopped meanwhile
            return ""
        finally:
            self.lifeline.let_go()
            self.lifeline = None

    async def _pause(self, reason: str, seconds: float) -> None:
        self._tell(self.name, f"{reason}; it starts again in {seconds:g} s")
        try:
            await asyncio.wait_for(self._stopping.wait(), seconds)
        except TimeoutError:
            return
