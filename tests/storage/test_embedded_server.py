"""The embedded store as a process: attach, restart, kill, leftovers."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from redis import Redis

from bots.storage import pidfile
from bots.storage.server import Answer, EmbeddedServer, NewerData, ServerFailed
from bots.storage.server_binary import ServerBinary, find_server_binary

Start = Callable[[Path], EmbeddedServer]


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts servers and ends them after the test."""
    servers: list[EmbeddedServer] = []

    def started(data: Path) -> EmbeddedServer:
        servers.append(EmbeddedServer(data))
        servers[-1].start()
        return servers[-1]

    yield started
    for server in servers:
        server.stop()


def pid_of(server: EmbeddedServer) -> int:
    content = pidfile.read(server.pidfile)
    assert content is not None
    return int(content["pid"])


def test_a_restart_loses_nothing(tmp_path: Path, start: Start) -> None:
    data = tmp_path / "a folder with spaces"
    with Redis.from_url(start(data).url) as client:
        client.set("story", "kept")
    EmbeddedServer(data).stop()

    with Redis.from_url(start(data).url) as client:
        assert client.get("story") == b"kept"


def test_kill_9_loses_nothing_that_was_acknowledged(tmp_path: Path, start: Start) -> None:
    server = start(tmp_path)
    with Redis.from_url(server.url) as client:
        for number in range(500):
            client.xadd("comments", {"n": number})
    os.kill(pid_of(server), signal.SIGKILL)
    server.stop()

    with Redis.from_url(start(tmp_path).url) as client:
        assert client.xlen("comments") == 500


def test_a_second_start_attaches_to_the_first(tmp_path: Path, start: Start) -> None:
    first = start(tmp_path)

    assert not EmbeddedServer(tmp_path).start()
    assert pid_of(EmbeddedServer(tmp_path)) == pid_of(first)


def test_racing_starters_share_one_server(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from bots.storage.server import EmbeddedServer; "
        "server = EmbeddedServer(Path(sys.argv[1])); print(server.start(), flush=True); sys.stdin.read(); "
        "server._process and server.stop()"
    )
    pipe = subprocess.PIPE
    racers = [subprocess.Popen([sys.executable, "-c", code, tmp_path], stdin=pipe, stdout=pipe) for _ in range(4)]
    answers = sorted(racer.stdout.readline().strip() for racer in racers if racer.stdout)
    for racer in racers:
        racer.communicate(b"")

    assert answers == [b"False", b"False", b"False", b"True"]


def test_the_socket_is_for_its_owner_alone(tmp_path: Path, start: Start) -> None:
    server = start(tmp_path)

    assert server.socket.stat().st_mode & 0o777 == 0o700
    assert server.socket.parent.stat().st_mode & 0o777 == 0o700


def test_a_path_too_long_for_a_socket_gets_a_short_one(tmp_path: Path, start: Start) -> None:
    server = start(tmp_path / ("long" * 30))

    assert len(os.fsencode(server.socket)) <= 100
    assert server.answer() is Answer.READY
    assert server.socket.parent.stat().st_mode & 0o777 == 0o700


def test_a_stale_socket_and_pidfile_are_no_obstacle(tmp_path: Path, start: Start) -> None:
    server = start(tmp_path)
    os.kill(pid_of(server), signal.SIGKILL)
    server._process.wait()  # type: ignore[union-attr]

    assert server.socket.exists()
    assert server.answer() is Answer.NONE
    assert EmbeddedServer.start(server)


def test_a_server_that_hangs_is_ended_before_the_next_starts(tmp_path: Path, start: Start) -> None:
    server = start(tmp_path)
    hung = server._process
    server.socket.unlink()  # nobody can reach it any more, though it lives

    assert pid_of(start(tmp_path)) != (hung.pid if hung else None)
    assert hung is not None
    assert hung.wait(timeout=1) == 0


def test_a_recycled_pid_is_never_ended(tmp_path: Path) -> None:
    bystander = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    try:
        pidfile.write_private(tmp_path / "p.json", {"pid": bystander.pid, "start_time": "another time"})

        assert not pidfile.end(tmp_path / "p.json", grace=0.1)
        time.sleep(0.1)
        assert bystander.poll() is None
    finally:
        bystander.kill()
        bystander.wait()


def test_a_damaged_pidfile_names_nobody(tmp_path: Path) -> None:
    for number, text in enumerate(["", "[]", "{}", '{"pid": "x", "start_time": null}', "\xff"]):
        file = tmp_path / str(number)
        file.write_bytes(text.encode("latin-1"))
        assert pidfile.read(file) is None


def test_older_programs_are_kept_off_newer_data(tmp_path: Path, start: Start) -> None:
    server = start(tmp_path)
    server.stop()
    real = find_server_binary()
    older = ServerBinary(real.path, real.product, (8, 0, 0))

    with pytest.raises(NewerData, match=r"8\.0\.0"):
        EmbeddedServer(tmp_path, older).start()


def test_a_failed_start_shows_the_end_of_the_log(tmp_path: Path) -> None:
    folder = tmp_path / "store" / "appendonlydir"
    folder.mkdir(parents=True)
    (folder / "appendonly.aof.manifest").write_text("nonsense")

    with pytest.raises(ServerFailed, match=r"store\.log"):
        EmbeddedServer(tmp_path).start()


def test_a_last_write_cut_short_costs_only_itself(tmp_path: Path, start: Start) -> None:
    server = start(tmp_path)
    with Redis.from_url(server.url) as client:
        client.set("first", "1")
        client.set("second", "2")
    server.stop()
    log = next((tmp_path / "store" / "appendonlydir").glob("*.incr.aof"))
    with log.open("r+b") as file:
        file.truncate(log.stat().st_size - 7)

    with Redis.from_url(start(tmp_path).url) as client:
        assert client.mget("first", "second") == [b"1", None]
