"""How each kind of process is started: a line of the Procfile, the embedded store, the sandbox."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path

from bots.storage.server import EmbeddedServer, ServerFailed
from bots.supervisor.child import Start
from bots.supervisor.guarded import Command, Guarded, Lifeline
from bots.supervisor.plan import CannotRun, Plan

SANDBOX_PATIENCE = 60.0  # seconds until the sandbox says where it listens


class Parts:
    """Makes the starts. What one needs of another (where the sandbox listens) is known here when it is started."""

    def __init__(self, plan: Plan, on_move: Callable[[], None]) -> None:
        """`on_move` is called when the sandbox listens elsewhere, so that who runs already has to start again."""
        self._plan = plan
        self._on_move = on_move
        self.decided = dict(plan.decided)
        own = EmbeddedServer(plan.data, folder=plan.store)
        self.server = None if plan.settings.redis_url else own
        self.redis_url = plan.settings.redis_url or own.url
        self.store_lifeline: Lifeline | None = None

    @property
    def environ(self) -> dict[str, str]:
        """What a process that starts now is given."""
        return {**self._plan.environ, **self.decided, "REDIS_URL": self.redis_url, "PYTHONUNBUFFERED": "1"}

    def log_of(self, name: str) -> Path:
        return self._plan.data / "log" / f"{name}.log"

    def process(self, name: str, line: str) -> Start:
        """A line of the Procfile, run by the shell as honcho would."""

        async def start(lifeline: Lifeline) -> Guarded:
            return self._guarded(name, ["/bin/sh", "-c", line], lifeline)

        return start

    async def start_store(self, lifeline: Lifeline) -> Guarded:
        """The embedded store, ended last: the other guards hold its lifeline until they are done."""
        if self.server is None:
            raise RuntimeError("REDIS_URL is set: there is no store to start")
        started: list[Guarded] = []

        def spawn(arguments: list[str]) -> int:
            command = Command("store", arguments, {}, self._plan.root, self.log_of("store"), self._pidfile("store"))
            started.append(Guarded(command, lifeline))
            return started[0].pid

        # One left over, by a newsroom that was killed, is about to be ended by its guard: start afresh instead.
        await asyncio.to_thread(self.server.stop)
        await asyncio.to_thread(self.server.start, spawn)
        if not started:
            raise ServerFailed(f"Something else answers at {self.server.socket}: end it, or choose another --data.")
        self.store_lifeline = lifeline
        return started[0]

    async def start_sandbox(self, lifeline: Lifeline) -> Guarded:
        """The local platforms; afterwards every process that starts is given their addresses."""
        file = self._plan.data / "sandbox" / "environ.json"
        file.unlink(missing_ok=True)
        guarded = self._guarded("sandbox", list(self._plan.sandbox), lifeline)
        over = asyncio.create_task(guarded.ended())
        written = asyncio.create_task(_until_written(file))
        await asyncio.wait({over, written}, timeout=SANDBOX_PATIENCE, return_when=asyncio.FIRST_COMPLETED)
        over.cancel()
        await asyncio.wait({over})  # it stops watching now, not when somebody else watches already
        if not written.done():
            written.cancel()
            raise CannotRun(f"The sandbox did not start. Its log says why: {self.log_of('sandbox')}.")
        self._adopt(written.result())
        return guarded

    def _adopt(self, local: dict[str, str]) -> None:
        moved = {**self.decided, **local} != self.decided
        self.decided.update(local)
        if moved:
            self._on_move()

    def _guarded(self, name: str, arguments: list[str], lifeline: Lifeline) -> Guarded:
        command = Command(name, arguments, self.environ, self._plan.root, self.log_of(name), self._pidfile(name))
        return Guarded(command, lifeline, keeps=self.store_lifeline)

    def _pidfile(self, name: str) -> Path:
        return self._plan.data / "run" / f"{name}.json"


async def _until_written(file: Path) -> dict[str, str]:
    while (environ := _environ_in(file)) is None:  # noqa: ASYNC110  # another process writes it, so no event tells
        await asyncio.sleep(0.05)
    return environ


def _environ_in(file: Path) -> dict[str, str] | None:
    """The variables in the file, which is moved into place whole; None while it is not there."""
    try:
        written = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return {str(name): str(value) for name, value in written.items()}
