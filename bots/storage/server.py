"""The embedded store: a private Valkey in the data directory, for who has no Redis.

Append-only file synced each second, a unix socket only its owner can open, never an eviction. A restart loses nothing;
a power cut can lose about the last second. Its process is named by run/store.json, checked before it is touched.
"""

import fcntl
import hashlib
import json
import os
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from urllib.parse import quote

from bots.storage import pidfile
from bots.storage.server_binary import ServerBinary, find_server_binary

MAX_SOCKET_PATH = 100  # bytes; the limit is 104 on macOS and 108 on Linux, the end included
STOP_GRACE = 10.0  # seconds for the last write to reach the disk
_POLL = 0.02

Spawn = Callable[[list[str]], int]
"""Starts a command that outlives the caller's terminal and returns its pid."""


class Answer(StrEnum):
    READY = "ready"
    LOADING = "loading"
    NONE = "none"


class ServerFailed(Exception):
    """The embedded store did not start. The message says why and where its log is."""


class NewerData(Exception):
    """The data was written by a newer server than the one at hand, which could lose it."""


class EmbeddedServer:
    """One server a data directory, whoever starts it: a second start attaches to the first.

    `folder` is where in it the data are.
    """

    def __init__(self, data: Path, binary: ServerBinary | None = None, *, folder: str = "store") -> None:
        self.data = data.resolve()
        self.folder = self.data / folder
        self.log = self.data / "log" / "store.log"
        self.pidfile = self.data / "run" / "store.json"
        self._binary = binary
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def socket(self) -> Path:
        """In the data directory, or under the temporary folder when that path is too long for a socket."""
        inside = self.folder / "server.sock"
        if len(os.fsencode(inside)) <= MAX_SOCKET_PATH:
            return inside
        name = hashlib.sha256(os.fsencode(self.data)).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"newsdesk-{os.getuid()}" / f"{name}.sock"

    @property
    def url(self) -> str:
        return f"unix://{quote(str(self.socket))}"

    def answer(self) -> Answer:
        """What it says to a PING."""
        try:
            with socket.socket(socket.AF_UNIX) as connection:
                connection.settimeout(2)
                connection.connect(str(self.socket))
                connection.sendall(b"PING\r\n")
                reply = connection.recv(64)
        except OSError:
            return Answer.NONE
        return Answer.READY if reply.startswith(b"+PONG") else Answer.LOADING

    def start(self, spawn: Spawn | None = None, *, timeout: float = 60) -> bool:
        """Start it, or attach to the one that runs. Returns whether this call started it.

        Raises ServerFailed, NewerData, NoServerProgram.
        """
        self._make_folders()
        with self._lock():
            attached = self.answer() is not Answer.NONE
            try:
                if not attached:
                    self._spawn(spawn or self._detached)
                self._wait_until_ready(timeout)
            except ServerFailed:
                if not attached:
                    self.stop()
                raise
        return not attached

    def stop(self) -> None:
        """End it in order, whoever started it. Nothing happens when none runs."""
        pidfile.end(self.pidfile, STOP_GRACE)
        self._reap()

    def _spawn(self, spawn: Spawn) -> None:
        binary = self._binary or find_server_binary()
        self._check_stamp(binary)
        pidfile.end(self.pidfile, STOP_GRACE)  # one that lives but does not answer
        self._reap()
        self.socket.unlink(missing_ok=True)
        pid = spawn(self._command(binary))
        try:
            pidfile.write(self.pidfile, pid, socket=str(self.socket))
        except ProcessLookupError as error:
            raise ServerFailed(self._failure()) from error

    def _reap(self) -> None:
        """Takes leave of a server of our own that has ended, or was killed."""
        if self._process is not None:
            self._process.wait()
            self._process = None

    def _command(self, binary: ServerBinary) -> list[str]:
        options = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "dir": str(self.folder),
            "logfile": str(self.log),
            "save": "",
            "appendonly": "yes",
            "appendfsync": "everysec",
            # with a preamble an older or another server of the same commands could not read the file
            "aof-use-rdb-preamble": "no",
            "maxmemory-policy": "noeviction",
            "daemonize": "no",
        }
        return [str(binary.path), *(word for name, value in options.items() for word in (f"--{name}", value))]

    def _detached(self, command: list[str]) -> int:
        self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True)
        return self._process.pid

    def _wait_until_ready(self, timeout: float) -> None:
        until = time.monotonic() + timeout
        while (answer := self.answer()) is not Answer.READY:
            alive = pidfile.read(self.pidfile) is not None
            if time.monotonic() > until or (answer is Answer.NONE and not alive):
                raise ServerFailed(self._failure())
            time.sleep(_POLL)

    def _failure(self) -> str:
        try:
            last = self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-3:]
        except OSError:
            last = []
        return "\n".join([f"The embedded store did not start. Its log, {self.log}, ends with:", *last])

    def _make_folders(self) -> None:
        for folder in (self.data, self.folder, self.log.parent, self.pidfile.parent, self.socket.parent):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if self.socket.parent.stat().st_uid != os.getuid():
            raise ServerFailed(f"{self.socket.parent} belongs to somebody else. Choose a shorter data directory.")

    @contextmanager
    def _lock(self) -> Iterator[None]:
        with (self.pidfile.parent / "store.lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _check_stamp(self, binary: ServerBinary) -> None:
        """Keep an older server off newer data; Valkey and Redis read each other's file since 7.0 (no preamble)."""
        stamp = self.folder / "server.json"
        known = json.loads(stamp.read_text(encoding="utf-8")) if stamp.exists() else {}
        written = tuple(known.get("version", ()))
        if known.get("product") == binary.product and binary.version[:2] < written[:2]:
            raise NewerData(
                f"{self.folder} was written by {binary.product} {'.'.join(map(str, written))}, and {binary.path} is "
                f"{'.'.join(map(str, binary.version))}, which may lose some of it. Install the newer one again."
            )
        pidfile.write_private(stamp, {"product": binary.product, "version": binary.version})
