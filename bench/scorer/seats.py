"""A contender in a process of its own."""

import multiprocessing
import resource
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple, TypeVar

from bench.scorer.contenders import CONTENDERS
from bench.scorer.texts import comments

Asked = TypeVar("Asked")
_SINGLES, _LIST, _QUEUE = 40, 32, 128


class Round(NamedTuple):
    """`one` are seconds for each text alone; the others comments a second."""

    one: list[float]
    listed: float
    drained: float


class Seat:
    """A contender in its process, started anew so that its memory is its own."""

    def __init__(self, name: str, folder: Path) -> None:
        spawn = multiprocessing.get_context("spawn")
        self._here, there = spawn.Pipe()
        self._process = spawn.Process(target=_serve, args=(name, folder, there))
        self._process.start()
        there.close()  # so that its death is seen here
        self.ready: float = self._here.recv()

    def ask(self, seed: int) -> Round:
        self._here.send(seed)
        found: Round = self._here.recv()
        return found

    def leave(self) -> tuple[float, float]:
        """(seconds until it was ready after the imports, MB at most)."""
        self._here.send(None)
        memory: float = self._here.recv()
        self._process.join()
        return self.ready, memory


def _serve(name: str, folder: Path, asked: Connection) -> None:
    began = time.perf_counter()
    contender = CONTENDERS[name](folder)
    contender.one("Warm.")
    asked.send(time.perf_counter() - began)
    while (seed := asked.recv()) is not None:
        texts = comments(_SINGLES + _LIST + _QUEUE, seed)
        singles, listed, queue = texts[:_SINGLES], texts[_SINGLES : _SINGLES + _LIST], texts[_SINGLES + _LIST :]
        one = [_timed(contender.one, text) for text in singles]
        rates = [len(part) / _timed(contender.many, part) for part in (listed, queue)]
        asked.send(Round(one, *rates))
    asked.send(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def _timed(work: Callable[[Asked], None], asked: Asked) -> float:
    began = time.perf_counter()
    work(asked)
    return time.perf_counter() - began


def in_its_own_process(work: Callable[[Path], None], folder: Path) -> None:
    """Raises RuntimeError when it failed; its own words are on standard error."""
    process = multiprocessing.get_context("spawn").Process(target=work, args=(folder,))
    process.start()
    process.join()
    if process.exitcode:
        raise RuntimeError(f"{work.__name__} failed with {process.exitcode}; see above.")
