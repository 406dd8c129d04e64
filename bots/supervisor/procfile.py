"""The Procfile: one process a line, `name: command`, as honcho and Heroku read it."""

import re
from pathlib import Path

_LINE = re.compile(r"([A-Za-z0-9_-]+):\s*(\S.*)")


class ProcfileError(Exception):
    """The Procfile is missing or a line of it is none. The message says which."""


def read_procfile(file: Path) -> dict[str, str]:
    """Name -> shell command, in the file's order. Raises ProcfileError."""
    try:
        text = file.read_text(encoding="utf-8")
    except OSError as error:
        raise ProcfileError(
            f"{file} cannot be read ({error.strerror}). It belongs to the project: restore it."
        ) from error
    processes: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        match = _LINE.fullmatch(line.strip())
        if match is None or match[1] in processes:
            raise ProcfileError(
                f"{file}, line {number}: expected `name: command` with a name of its own, not {line!r}."
            )
        processes[match[1]] = match[2]
    return processes
