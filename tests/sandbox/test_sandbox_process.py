"""`python -m bots.sandbox` as `up` runs it."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest

from config import PROJECT


@contextmanager
def running(data: Path) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "bots.sandbox", "--data", str(data)],
        cwd=PROJECT,
        env={"PATH": os.defpath},
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def environ_of(data: Path) -> dict[str, str]:
    """What it writes once it listens."""
    file, until = data / "sandbox" / "environ.json", time.monotonic() + 30
    while not file.exists():
        assert time.monotonic() < until, "it does not say where it listens"
        time.sleep(0.05)
    written: dict[str, str] = json.loads(file.read_text())
    file.unlink()  # as `up` does before it starts it again
    return written


def people(environ: dict[str, str]) -> str:
    return httpx2.get(f"{environ['NEWSDESK_SANDBOX_URL']}/people", timeout=10, trust_env=False).text


def test_it_says_where_it_listens_and_ends_when_it_is_told_to(tmp_path: Path) -> None:
    data = tmp_path / "a folder with a space"
    with running(data) as process:
        assert "Olena Marchenko" in people(environ_of(data))
        process.send_signal(signal.SIGTERM)
        assert process.wait(5) == 0


def test_after_a_kill_it_comes_back_at_the_same_addresses(tmp_path: Path) -> None:
    with running(tmp_path) as process:
        before = environ_of(tmp_path)
        process.kill()
        process.wait()
    with running(tmp_path):
        after = environ_of(tmp_path)
        assert after == before
        assert "Olena Marchenko" in people(after)


@pytest.mark.parametrize("name", ["identity.json", "telegram.json", "discord.json", "stories.json"])
def test_a_damaged_file_ends_it_with_what_to_do(tmp_path: Path, name: str) -> None:
    (tmp_path / "sandbox").mkdir()
    (tmp_path / "sandbox" / name).write_text("{half")
    with running(tmp_path) as process:
        _, said = process.communicate(timeout=30)
    assert process.returncode == 1
    assert name in said
    assert "remove the folders" in said
    assert "Traceback" not in said
