"""A newsroom of stand-in processes, run by the real `up`, in a folder with a space in its name."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bots.storage import pidfile
from bots.supervisor.plan import free_port

WORKER = '''
"""Notes each of its lives, answers /healthz when it is the page, and ends as it is told to."""
import http.server, os, signal, sys, time
name, manner = sys.argv[1], sys.argv[2]
def note_life():
    """Once it can end as it is told to."""
    with open(f"{name}.lives", "a") as lives:
        lives.write(f"{os.getpid()} {time.monotonic()}\\n")
print(f"2026-01-01 00:00:00 INFO    x: {name} quiet", flush=True)
print(f"2026-01-01 00:00:00 WARNING x: {name} loud \\x1b[31m[bold]", flush=True)
if manner == "crash":
    note_life()
    sys.exit("the reason it crashed")
if manner == "stubborn":
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
if manner == "drain":
    def drain(*_):
        open(f"{name}.drained", "w").close()
        sys.exit(0)
    signal.signal(signal.SIGTERM, drain)
note_life()
if manner == "page":
    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.end_headers()
    http.server.HTTPServer(("127.0.0.1", int(os.environ["NEWSDESK_PORT"])), Page).serve_forever()
while True:
    time.sleep(60)
'''
UP = (
    "import os, sys; from pathlib import Path; from bots.supervisor.up import run_up; "
    "from bots.supervisor.plan import Options; "
    "sys.exit(run_up(os.environ, Options(), open_page=False, root=Path.cwd()))"
)


class Up:
    """One run of `up` on a folder, and what it left on the disk."""

    def __init__(self, root: Path, port: int, **environ: str) -> None:
        self.root = root
        self.data = root / "var"
        self.address = f"http://127.0.0.1:{port}"
        self.output = root / "up.out"
        given = {
            "PATH": os.defpath,
            "TELEGRAM_BOT_TOKEN": "1:x",
            "TELEGRAM_CHANNEL": "@x",
            "NEWSDESK_PORT": str(port),
            **environ,
        }
        with self.output.open("ab") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-c", UP], cwd=root, env=given, stdout=output, stderr=output
            )

    def said(self) -> str:
        return self.output.read_text()

    def wait_for(self, condition: Callable[[], Any], what: str, seconds: float = 40) -> None:
        until = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > until:
                pytest.fail(f"{what}: not within {seconds} s; it said:\n{self.said()}")
            time.sleep(0.02)

    def wait_until_running(self) -> None:
        """The page answers, and every process has come so far that it ends as it should."""
        self.wait_for(lambda: "Newsdesk is running" in self.said(), "the panel")
        for name in self.pids().keys() - {"store", "sandbox"}:
            self.wait_for(lambda name=name: self.lives(name), f"{name}'s life")  # type: ignore[misc]

    def lives(self, name: str) -> list[tuple[int, float]]:
        file = self.root / f"{name}.lives"
        lines = file.read_text().splitlines() if file.exists() else []
        return [(int(pid), float(began)) for pid, began in (line.split() for line in lines)]

    def pids(self) -> dict[str, int]:
        """Every process that runs by name, the store too."""
        files = [file for file in (self.data / "run").glob("*.json") if file.stem != "up"]
        return {file.stem: json.loads(file.read_text())["pid"] for file in files if pidfile.read(file)}

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.process.wait(30)


Newsroom = Callable[..., Up]


@pytest.fixture
def newsroom() -> Iterator[Newsroom]:
    """newsroom(web="page", telegram="drain") runs `up` with those processes; again to run it again."""
    with tempfile.TemporaryDirectory(prefix="newsdesk up ") as folder:
        root = Path(folder)
        runs: list[Up] = []
        port = free_port()
        (root / "worker.py").write_text(WORKER)

        def run(environ: dict[str, str] | None = None, **manners: str) -> Up:
            line = "{name}: exec '{python}' worker.py {name} {manner}\n"
            lines = [line.format(name=name, manner=m, python=sys.executable) for name, m in manners.items()]
            (root / "Procfile").write_text("".join(lines))
            runs.append(Up(root, port, **(environ or {})))
            return runs[-1]

        yield run
        for up in runs:
            up.end(signal.SIGKILL)
        for up in runs:
            up.wait_for(lambda up=up: not up.pids(), "the end of every process")  # type: ignore[misc]
