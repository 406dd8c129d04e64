"""Stores to test, a Cluster of three and a Sentinel with its server; servers are started only when asked for."""

import socket
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from redis import Redis
from redis.exceptions import ConnectionError as RedisConnectionError

from bots.storage.client import connect
from bots.storage.server_binary import find_server_binary
from bots.storage.stores import Stores
from tests.storage.values import SetClock, stores_at

SLOTS = 16384  # of every Redis Cluster
SENTINEL_GROUP = "newsdesk"


def free_ports(count: int) -> list[int]:
    """Free ones below 32768, whose Cluster bus port (+ 10,000) is a port, too, and that no client takes meanwhile."""
    found = []
    for port in range(20000 + time.monotonic_ns() % 2000, 32000):
        with socket.socket() as first, socket.socket() as second:
            try:
                first.bind(("127.0.0.1", port))
                second.bind(("127.0.0.1", port + 10000))
            except OSError:
                continue
        found.append(port)
        if len(found) == count:
            break
    return found


@contextmanager
def running(folder: Path, *arguments: str) -> Iterator[None]:
    with (folder / "server.log").open("ab") as log:
        process = subprocess.Popen(
            [find_server_binary().path, *arguments], cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log
        )
    try:
        yield
    finally:
        process.terminate()
        process.wait()


@contextmanager
def server(folder: Path, port: int, *arguments: str) -> Iterator[Redis]:
    folder.mkdir(parents=True, exist_ok=True)
    options = ("--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "yes")
    with running(folder, *options, *arguments), Redis(port=port, decode_responses=True) as client:
        wait_until(lambda: bool(client.ping()))
        yield client


def wait_until(condition: Callable[[], bool], seconds: float = 30) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            if condition():
                return
        except RedisConnectionError:
            pass  # not listening yet
        time.sleep(0.05)
    pytest.fail("the servers did not come up")


@pytest.fixture(scope="session")
def cluster_url() -> Iterator[str]:
    """redis+cluster:// of three nodes that share the slots."""
    ports = free_ports(3)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="newsdesk-cluster-")))
        nodes = [stack.enter_context(server(folder / str(p), p, "--cluster-enabled", "yes")) for p in ports]
        for index, node in enumerate(nodes):
            first, after = index * SLOTS // 3, (index + 1) * SLOTS // 3
            cluster(node, "ADDSLOTSRANGE", first, after - 1)
            cluster(node, "SET-CONFIG-EPOCH", index + 1)
            cluster(node, "MEET", "127.0.0.1", ports[0])
        for node in nodes:
            wait_until(lambda node=node: "cluster_state:ok" in str(cluster(node, "INFO")))  # type: ignore[misc]
        yield f"redis+cluster://{','.join(f'127.0.0.1:{port}' for port in ports)}"


def cluster(node: Redis, *words: str | int) -> Any:
    return node.execute_command("CLUSTER", *words)  # type: ignore[no-untyped-call]


@pytest.fixture(scope="session")
def sentinel_url() -> Iterator[str]:
    """redis+sentinel:// of one Sentinel that watches one server."""
    port, sentinel_port = free_ports(2)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="newsdesk-sentinel-")))
        stack.enter_context(server(folder / "server", port))
        (folder / "sentinel.conf").write_text(
            f"port {sentinel_port}\nbind 127.0.0.1\nsentinel monitor {SENTINEL_GROUP} 127.0.0.1 {port} 1\n"
        )
        stack.enter_context(running(folder, str(folder / "sentinel.conf"), "--sentinel"))
        client = stack.enter_context(Redis(port=sentinel_port, decode_responses=True))
        wait_until(lambda: bool(client.ping()))
        yield f"redis+sentinel://127.0.0.1:{sentinel_port}/{SENTINEL_GROUP}/0"


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
async def stores(redis_url: str, clock: SetClock) -> AsyncIterator[Stores]:
    """All stores on the empty server of the tests."""
    async with stores_at(redis_url, clock) as opened:
        yield opened


@pytest.fixture
async def cluster_stores(cluster_url: str, clock: SetClock) -> AsyncIterator[Stores]:
    """The same on an empty Cluster."""
    client = connect(cluster_url)
    await client.flushall()
    await client.aclose()
    async with stores_at(cluster_url, clock) as opened:
        yield opened
