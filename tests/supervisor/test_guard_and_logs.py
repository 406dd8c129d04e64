"""The guard by itself, pauses, and what of a log reaches the terminal."""

import subprocess
import sys
import time
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

import bots.supervisor.guard as guard_file
from bots.storage import pidfile
from bots.supervisor.child import pause_after
from bots.supervisor.terminal import LONGEST_LOG, LogTail, printable, rotate

NOON = "2026-01-01 12:00:00"


def guarded(*command: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-I", "-S", guard_file.__file__, *command],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def wait_until_gone(pid: int) -> bool:
    until = time.monotonic() + 15
    while (alive := pidfile.start_time(pid) is not None) and time.monotonic() < until:
        time.sleep(0.02)
    return not alive


def test_it_passes_the_exit_status_on() -> None:
    with guarded("/bin/sh", "-c", "exit 7") as guard:
        assert guard.wait(10) == 7
    with guarded("/bin/sh", "-c", "kill -9 $$") as guard:
        assert guard.wait(10) == 128 + 9


def test_what_the_command_started_goes_with_it(tmp_path: Path) -> None:
    noted = tmp_path / "grandchild"
    with guarded("/bin/sh", "-c", f"sleep 60 & echo $! > '{noted}'; wait") as guard:
        assert guard.stdout is not None
        pid = int(guard.stdout.readline())
        while not noted.exists() or not noted.read_text():
            time.sleep(0.01)
        assert guard.stdin is not None
        guard.stdin.close()
        guard.wait(10)

    assert wait_until_gone(pid)
    assert wait_until_gone(int(noted.read_text()))


def test_a_guard_that_is_told_to_end_ends_its_command() -> None:
    with guarded("/bin/sh", "-c", "exec sleep 60") as guard:
        assert guard.stdout is not None
        pid = int(guard.stdout.readline())
        guard.terminate()
        guard.wait(10)

    assert wait_until_gone(pid)


def test_a_command_that_does_not_exist_ends_the_guard() -> None:
    with guarded("/no/such/command") as guard:
        assert guard.wait(10) != 0


def test_pauses_double_and_stop_growing() -> None:
    assert [pause_after(deaths) for deaths in (1, 2, 3, 4, 5, 6, 7, 1000)] == [1, 2, 4, 8, 16, 30, 30, 30]


def test_only_whole_new_lines_of_a_warning_or_worse_are_loud(tmp_path: Path) -> None:
    file = tmp_path / "x.log"
    tail = LogTail(file)
    assert list(tail.loud_lines()) == []

    file.write_text(f"{NOON} INFO    a: quiet\n{NOON} ERROR   a: loud\n{NOON} WARN")
    assert list(tail.loud_lines()) == [f"{NOON} ERROR   a: loud"]
    assert list(tail.loud_lines()) == []
    with file.open("a") as log:
        log.write(f"ING half\n{NOON} INFO a: ERROR wrote a reader\n")
    assert list(tail.loud_lines()) == [f"{NOON} WARNING half"]
    assert tail.last_words(1) == [f"{NOON} INFO a: ERROR wrote a reader"]


def test_the_last_run_is_kept_beside_this_one(tmp_path: Path) -> None:
    file = tmp_path / "x.log"
    rotate(file)
    file.write_text("old")
    rotate(file)

    assert not file.exists()
    assert (tmp_path / "x.log.1").read_text() == "old"


def test_a_log_that_grew_too_long_goes_on_empty_under_the_same_writer(tmp_path: Path) -> None:
    file = tmp_path / "x.log"
    tail = LogTail(file)
    with file.open("a") as log:
        log.write("x" * (LONGEST_LOG - 1) + "\n")
        log.flush()
        assert list(tail.loud_lines()) == []
        tail.cut()
        assert file.stat().st_size == LONGEST_LOG

        log.write(f"{NOON} INFO a: one more\n")
        log.flush()
        assert list(tail.loud_lines()) == []
        tail.cut()
        assert (tmp_path / "x.log.1").read_text().endswith("one more\n")

        log.write(f"{NOON} ERROR a: after it\n")
        log.flush()
    assert list(tail.loud_lines()) == [f"{NOON} ERROR a: after it"]
    assert file.read_text() == f"{NOON} ERROR a: after it\n"


@given(st.text())
def test_nothing_that_moves_a_cursor_reaches_the_terminal(text: str) -> None:
    shown = printable(text)

    assert len(shown) == len(text)
    assert not [character for character in shown if not character.isprintable() and character != "\ufffd"]
