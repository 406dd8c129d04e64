"""What `up` says: the address in a panel, what happens in short lines, and what the logs complain of."""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.panel import Panel
from rich.text import Text

_LOUD = re.compile(r"(\S+ \S+ )?(WARNING|ERROR|CRITICAL)\b")
_LONGEST = 500  # characters of a log's line
LONGEST_LOG = 10_000_000  # bytes; with the one before it, twice that a process


class Terminal:
    def __init__(self, console: Console) -> None:
        self._console = console

    def say(self, name: str, what: str, style: str = "") -> None:
        """One line. The text is never read as markup: it may hold what readers wrote."""
        line = Text(f"{name:>11}  ", style="bold")
        self._console.print(line.append(printable(what), style=style or "not bold"), soft_wrap=True)

    def complain(self, name: str, what: str) -> None:
        self.say(name, what, style="yellow")

    def fail(self, what: str) -> None:
        """Why nothing runs. Its lines are kept, unlike a log's."""
        self._console.print(Text("\n".join(printable(line) for line in what.splitlines()), style="red"), soft_wrap=True)

    def show_address(self, address: str, lines: list[str]) -> None:
        text = Text.assemble("Open ", (address, f"bold underline link {address}"), "\n")
        for line in lines:
            text.append(f"\n{printable(line)}")
        self._console.print(
            Panel(text, title="Newsdesk is running", border_style="green", expand=False, padding=(1, 3))
        )


def printable(text: str) -> str:
    """Without what could move the cursor or recolour the terminal."""
    return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text)


class LogTail:
    """Reads what is new in a log, and which of it a person should see at once."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._offset = 0

    def loud_lines(self) -> Iterator[str]:
        """Whole new lines of a warning or worse, cut to a length that a terminal can show."""
        for line in self._new_lines():
            if _LOUD.match(line):
                yield line[:_LONGEST]

    def last_words(self, count: int = 3) -> list[str]:
        """The log's last lines that are not empty, for a process that ended."""
        lines = [line for line in self._read(0).decode(errors="replace").splitlines() if line.strip()]
        return [line[:_LONGEST] for line in lines[-count:]]

    def _new_lines(self) -> list[str]:
        whole, newline, _ = self._read(self._offset).rpartition(b"\n")
        self._offset += len(whole) + len(newline)
        return whole.decode(errors="replace").splitlines()

    def cut(self) -> None:
        """Keep a log that grew too long as NAME.log.1 and go on in an empty one, which its writers append to.

        What is written between the two steps is lost; a log may.
        """
        if self._offset > LONGEST_LOG:
            shutil.copyfile(self._file, beside(self._file))
            os.truncate(self._file, 0)
            self._offset = 0

    def _read(self, offset: int) -> bytes:
        try:
            with self._file.open("rb") as file:
                file.seek(offset)
                return file.read()
        except FileNotFoundError:
            return b""


def rotate(file: Path) -> None:
    """Keep the last run's log as NAME.log.1."""
    if file.exists():
        file.replace(beside(file))


def beside(file: Path) -> Path:
    return file.with_name(f"{file.name}.1")
