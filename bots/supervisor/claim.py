"""One newsroom a data directory: the claim on it, what a killed one left behind, and how others find it."""

import fcntl
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from bots.bootstrap.running import file_of, find_running
from bots.storage import pidfile
from bots.supervisor.plan import CannotRun

_GRACE = 5.0  # seconds


@contextmanager
def claim(data: Path) -> Iterator[None]:
    """Hold the data directory. Raises CannotRun, with the address, when a newsroom holds it."""
    run = file_of(data).parent
    run.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (run / "up.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise CannotRun(_taken(data)) from error
        try:
            yield
        finally:
            file_of(data).unlink(missing_ok=True)


def _taken(data: Path) -> str:
    running = find_running(data)
    if running is None:
        return f"Newsdesk is just starting or stopping in {data}. Try again in a few seconds."
    return f"Newsdesk runs already in {data}: open {running.address}, or end process {running.pid} first."


def announce(data: Path, address: str, redis_url: str, decided: Mapping[str, str]) -> None:
    """Let other commands find this newsroom: who it is, where it is, and the settings that it chose."""
    pidfile.write(file_of(data), os.getpid(), address=address, redis_url=redis_url, environ=dict(decided))


def end_leftovers(data: Path) -> list[str]:
    """End what a newsroom that was killed together with its guards left running. Returns the names."""
    files = [file for file in sorted((data / "run").glob("*.json")) if file.stem not in {"up", "store"}]
    return [file.stem for file in files if pidfile.end(file, _GRACE)]
