"""The commands as an editor runs them, where no newsroom runs: clear words, and nothing sent."""

import subprocess
import sys
from pathlib import Path

import pytest

from config import PROJECT

STORY = str(PROJECT / "examples" / "strike-and-sanctions.md")


def run(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environ = {"NEWSDESK_DATA": str(data), "NEWSDESK_SANDBOX_URL": "http://127.0.0.1:1", "COLUMNS": "160"}
    command = [sys.executable, "-m", "bots.cli", *arguments]
    return subprocess.run(command, cwd=PROJECT, env=environ, capture_output=True, text=True, timeout=60, check=False)


def test_a_dry_run_shows_both_platforms_and_needs_no_store(tmp_path: Path) -> None:
    done = run(tmp_path, "alert", "send", STORY, "--dry-run", "--at", "+20m", "--importance", "breaking")
    assert done.returncode == 0, done.stderr
    for words in ("Telegram", "Discord", "BREAKING", "What is disputed", "Not sure", "in 20 min", "Nothing was sent"):
        assert words in done.stdout, words


@pytest.mark.parametrize(
    ("arguments", "advice"),
    [
        (("alert", "send", "no-such-file.md"), "Check the path"),
        (("alert", "send", STORY, "--at", "yesterday"), "18:30"),
        (("alert", "send", STORY, "--option", "Only one", "--dry-run"), "2 to 10 options"),
        (("alert", "send", STORY, "--topic", "sport"), "general, world, politics"),
        (("alert", "list"), "./newsdesk up"),
        (("alert", "retract", "a1", "--reason", "wrong"), "./newsdesk up"),
        (("doctor",), "./newsdesk up"),
    ],
)
def test_what_a_person_can_mend_is_said_in_a_sentence(tmp_path: Path, arguments: tuple[str, ...], advice: str) -> None:
    done = run(tmp_path, *arguments)
    assert done.returncode != 0
    assert advice in " ".join((done.stdout + done.stderr).split())
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("arguments", [(), ("alert",), ("alert", "send"), ("doctor",), ("up",), ("score",)])
def test_help_teaches_every_command(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    done = run(tmp_path, *arguments, "--help")
    assert done.returncode == 0
    assert "Usage:" in done.stdout
