"""Stands between `up` and one process, so that nothing outlives `up`, however it ends.

Run as a file with `python -I -S guard.py COMMAND...` (the standard library alone: it is there once a process).
Standard input is a pipe whose other end `up` holds: its end means that the command has to end, too.
Standard output takes one line, the command's pid, and closes when the command is gone. Standard error is the log.
"""

import os
import select
import signal
import subprocess
import sys

GRACE = 5.0  # seconds between SIGTERM and SIGKILL


def main(command: list[str]) -> int:
    woken = _wake_on(signal.SIGCHLD, signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
    log = sys.stderr.fileno()
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
    _tell(child.pid)
    _wait_for_the_end_of_either(child, woken)
    if child.poll() is None:
        _signal_all(child.pid, signal.SIGTERM)
        _wait(child, GRACE)
    _signal_all(child.pid, signal.SIGKILL)  # whatever it started and left behind goes with it
    status = child.wait()
    return status if status >= 0 else 128 - status


def _wake_on(*signals: signal.Signals) -> int:
    """A descriptor from which the number of each such signal can be read."""
    readable, writable = os.pipe()
    os.set_blocking(writable, False)
    signal.set_wakeup_fd(writable)
    for number in signals:
        signal.signal(number, lambda _number, _frame: None)
    return readable


def _tell(pid: int) -> None:
    try:
        os.write(sys.stdout.fileno(), b"%d\n" % pid)
    except BrokenPipeError:
        return  # `up` is gone already; standard input says so as well


def _wait_for_the_end_of_either(child: "subprocess.Popen[bytes]", woken: int) -> None:
    lifeline = sys.stdin.fileno()
    while child.poll() is None:
        for descriptor in select.select([lifeline, woken], [], [])[0]:
            received = os.read(descriptor, 64)
            if (descriptor == lifeline and not received) or (descriptor == woken and _is_end(received)):
                return


def _is_end(received: bytes) -> bool:
    return any(number != signal.SIGCHLD for number in received)


def _wait(child: "subprocess.Popen[bytes]", seconds: float) -> None:
    try:
        child.wait(seconds)
    except subprocess.TimeoutExpired:
        return  # it had its time


def _signal_all(group: int, number: signal.Signals) -> None:
    try:
        os.killpg(group, number)
    except (ProcessLookupError, PermissionError):
        return  # nobody is left; macOS says so by PermissionError


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
