"""What a newcomer gets: one command without tokens, and a living newsroom at the printed address."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest

from bots.sandbox.personas import MAYA
from bots.sandbox.world import MODERATORS_GROUP
from bots.storage import pidfile
from bots.supervisor.plan import free_port
from config import PROJECT

PAGE = {"X-Newsdesk": "page"}
MOST_S = 60
"""Until a newsroom on a busy machine has started and its readers have had their say."""


class Up:
    def __init__(self, process: subprocess.Popen[bytes], data: Path, page: httpx2.Client) -> None:
        self.process = process
        self.page = page
        self._data = data

    def status(self) -> dict[str, Any]:
        """Empty while the page does not answer."""
        try:
            answer = self.page.get("/status.json")
        except httpx2.HTTPError:
            return {}
        return dict(answer.json()) if answer.status_code == 200 else {}

    def until(self, condition: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        ends = time.monotonic() + MOST_S
        while not condition(status := self.status()):
            assert time.monotonic() < ends, json.dumps(status, indent=1)
            assert self.process.poll() is None
            time.sleep(0.1)
        return status

    def running(self) -> dict[str, int]:
        files = [file for file in (self._data / "run").glob("*.json") if file.stem != "up"]
        return {file.stem: content["pid"] for file in files if (content := pidfile.read(file))}


@contextmanager
def newsroom(data: Path, port: int) -> Iterator[Up]:
    """`./newsdesk up` as after set-up, with nothing of this machine's own settings."""
    nothing = dict.fromkeys(("REDIS_URL", "NEWSDESK_TIMEZONE", "NEWSDESK_SCORER"), "")
    own = {"NEWSDESK_MODERATION_URL": f"http://127.0.0.1:{free_port()}"}  # other newsrooms may start here meanwhile
    asked = ["up", "--no-open", "--sandbox", "--data", str(data), "--port", str(port)]
    log = data.parent / "up.log"
    with log.open("ab") as output, httpx2.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False) as page:
        process = subprocess.Popen(
            [sys.executable, "-m", "bots.cli", *asked],
            cwd=PROJECT,
            env={"PATH": os.defpath, **nothing, **own},
            stdout=output,
            stderr=output,
        )
        try:
            yield Up(process, data, page)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)
            print(log.read_text())  # noqa: T201  # pytest shows it when the test fails


def first_day_is_over(status: dict[str, Any]) -> bool:
    """Five votes are counted, and one comment waits for a moderator."""
    polls = [alert["poll"]["options"] for alert in status.get("alerts", [])]
    return bool(polls) and sum(option["votes"] for option in polls[-1]) == 5 and status["queue"] == 1


def cards(up: Up, person: str) -> list[dict[str, Any]]:
    """What can be decided in the moderators' group."""
    chats = up.page.get("/sandbox/state", params={"telegram": person}).json()["telegram"]["chats"]
    return [m for chat in chats if chat["id"] == MODERATORS_GROUP for m in chat["messages"] if m["buttons"]]


def approve_the_held_comment(up: Up) -> None:
    """As the moderator does in the Telegram group."""
    person = str(MAYA.telegram)
    up.until(lambda _: bool(cards(up, person)))
    [card] = cards(up, person)
    pressed = {"chat": MODERATORS_GROUP, "message_id": card["id"], "button": "Approve"}
    body = {"platform": "telegram", "person": person, "action": "tap", "arguments": pressed}
    assert up.page.post("/sandbox/act", headers=PAGE, json=body).json()["ok"]


def everything_lives(status: dict[str, Any]) -> bool:
    return bool(status) and all(process["alive"] for process in status["processes"].values())


@pytest.fixture
def data() -> Iterator[Path]:
    """Not pytest's folder: a socket's path has little room."""
    with tempfile.TemporaryDirectory(prefix="nd up ") as folder:
        yield Path(folder) / "var"


def test_one_command_shows_a_living_newsroom(data: Path) -> None:
    with newsroom(data, free_port()) as up:
        status = up.until(lambda status: everything_lives(status) and first_day_is_over(status))
        assert status["scorer"]["ready"]
        assert "text/html" in up.page.get("/").headers["content-type"]
        assert "Missile strike on Velmar" in up.page.get("/status").text
        assert {"store", "sandbox", "telegram", "discord", "web", "moderation"} <= up.running().keys()
    assert up.process.returncode == 0
    assert up.running() == {}
    assert not (data / "store").exists(), "what is tried out never gets into the real newsroom's store"


def test_a_restart_keeps_everything_and_repeats_nothing(data: Path) -> None:
    port = free_port()
    with newsroom(data, port) as up:
        up.until(first_day_is_over)
        assert up.page.post("/sandbox/stories/second", headers=PAGE).json() == {"ok": True, "alert": "a2"}
        approve_the_held_comment(up)
        before = up.until(lambda status: status["queue"] == 0 and len(status["alerts"]) == 2)
    with newsroom(data, port) as again:
        status = again.until(everything_lives)
        assert status["alerts"] == before["alerts"]
        assert status["queue"] == 0
