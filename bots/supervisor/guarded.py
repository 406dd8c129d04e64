"""One process under its guard: started, waited for, and ended by letting go of a pipe."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from bots.storage import pidfile

_GUARD = Path(__file__).with_name("guard.py")


class Lifeline:
    """A pipe that a guard reads: it ends when every holder of the writing end has let go of it, or died."""

    def __init__(self) -> None:
        self.readable, self.writable = os.pipe()

    def let_go(self) -> None:
        for descriptor in (self.readable, self.writable):
            if descriptor >= 0:
                os.close(descriptor)
        self.readable = self.writable = -1


@dataclass(frozen=True)
class Command:
    """What is run where: an argument list, its environment, its folder, its log and the file that names its pid."""

    name: str
    arguments: Sequence[str]
    environ: Mapping[str, str]
    folder: Path
    log: Path
    pidfile: Path


class Guarded:
    """A running process. It ends when `lifeline` does; `keeps` is another's lifeline that its guard holds meanwhile."""

    def __init__(self, command: Command, lifeline: Lifeline, keeps: Lifeline | None = None) -> None:
        self.command = command
        self.pid = 0
        self._status = 0
        self._over: asyncio.Future[None] | None = None
        self._guard = self._start(lifeline, () if keeps is None else (keeps.writable,))
        self._told = cast("IO[bytes]", self._guard.stdout)  # the pipe that Popen was asked for
        self._read_pid()

    def _start(self, lifeline: Lifeline, kept: tuple[int, ...]) -> subprocess.Popen[bytes]:
        self.command.log.parent.mkdir(parents=True, exist_ok=True)
        with self.command.log.open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-I", "-S", str(_GUARD), *self.command.arguments],
                stdin=lifeline.readable,
                stdout=subprocess.PIPE,
                stderr=log,
                env=dict(self.command.environ),
                cwd=self.command.folder,
                pass_fds=kept,
                start_new_session=True,  # Ctrl-C is for `up`, which then lets go in the right order
            )

    def _read_pid(self) -> None:
        told = self._told.readline()
        if not told:
            return  # the command could not be started; the log says why, and `ended` comes at once
        self.pid = int(told)
        try:
            pidfile.write(self.command.pidfile, self.pid)
        except ProcessLookupError:
            return  # it ended already

    async def ended(self) -> int:
        """Wait for the end. Returns the exit status; 128 + N for signal N. May be asked more than once."""
        if self._over is None:
            self._over = self._watch()
        await asyncio.shield(self._over)
        return self._status

    def _watch(self) -> asyncio.Future[None]:
        loop = asyncio.get_running_loop()
        over: asyncio.Future[None] = loop.create_future()

        def finish() -> None:
            loop.remove_reader(self._told)
            self._reap()
            over.set_result(None)

        loop.add_reader(self._told, finish)
        return over

    def _reap(self) -> None:
        status = self._guard.wait()
        self._told.close()
        self._status = status if status >= 0 else 128 - status
        # A guard that was killed leaves its process behind; one that ended by itself leaves only the file.
        pidfile.end(self.command.pidfile, grace=5)
