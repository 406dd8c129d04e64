"""Which process is meant: a pid with its start time, so that a recycled pid is never taken for it, let alone ended.

Values in a file: {"pid": int, "start_time": str, ...}; more keys are the writer's business.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_POLL = 0.02  # seconds between two looks at a process that is on its way out


def start_time(pid: int) -> str | None:
    """When the process began, in its system's own units; None when it is gone or only waits to be reaped."""
    return _start_time_linux(pid) if sys.platform == "linux" else _start_time_ps(pid)


def _start_time_linux(pid: int) -> str | None:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    # proc(5): the name in parentheses may hold anything, so count from the last one: state is field 3, start time 22
    fields = stat.rpartition(")")[2].split()
    return None if fields[0] in {"Z", "X"} else fields[19]


def _start_time_ps(pid: int) -> str | None:
    shown = subprocess.run(
        ["/bin/ps", "-o", "state=,lstart=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    state, _, began = shown.stdout.strip().partition(" ")
    return None if not state or state.startswith("Z") else began.strip()


def write(file: Path, pid: int, **more: Any) -> None:
    """Write the file at once and for the owner's eyes only. Raises ProcessLookupError when the process is gone."""
    began = start_time(pid)
    if began is None:
        raise ProcessLookupError(f"process {pid} ended before {file} could name it")
    write_private(file, {"pid": pid, "start_time": began, **more})


def write_private(file: Path, content: Mapping[str, Any]) -> None:
    """JSON, mode 0600, never half written."""
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        json.dump(content, stream)
    draft.replace(file)


def read(file: Path) -> dict[str, Any] | None:
    """The file's content while the process that it names lives; None otherwise, also for a damaged file."""
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        pid, began = content["pid"], content["start_time"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return content if isinstance(pid, int) and start_time(pid) == began else None


def end(file: Path, grace: float) -> bool:
    """SIGTERM, `grace` seconds, SIGKILL, for the process named by the file, if it is still that one.

    Returns whether there was one. The file is gone afterwards.
    """
    content = read(file)
    if content is not None:
        _signal(content["pid"], signal.SIGTERM)
        if not wait_gone(file, grace):
            _signal(content["pid"], signal.SIGKILL)
            wait_gone(file, grace)
    file.unlink(missing_ok=True)
    return content is not None


def wait_gone(file: Path, seconds: float) -> bool:
    """Whether the process named by the file was gone within `seconds`."""
    until = time.monotonic() + seconds
    while (alive := read(file) is not None) and time.monotonic() < until:
        time.sleep(_POLL)
    return not alive


def _signal(pid: int, number: signal.Signals) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return  # it went by itself
