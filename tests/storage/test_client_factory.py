"""One factory for every kind of Redis, against real ones."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from redis.asyncio import Redis
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import TimeoutError as RedisTimeoutError

from bots.storage import client as factory
from bots.storage.client import VolatileStore, connect, require_durable
from bots.storage.server import EmbeddedServer

SCRIPT = "redis.call('INCRBY', KEYS[1], ARGV[1]) return redis.call('INCR', KEYS[2])"


async def runs_a_script(url: str) -> None:
    client = connect(url)
    try:
        await client.delete("{t}a", "{t}b")
        script = client.register_script(SCRIPT)
        assert await script(keys=["{t}a", "{t}b"], args=[2]) == 1
        assert await client.get("{t}a") == "2"
        await require_durable(client, allow_volatile=False)
    finally:
        await client.aclose()


async def test_the_embedded_server_runs_a_script(redis_url: str) -> None:
    await runs_a_script(redis_url)


async def test_a_cluster_runs_a_script_on_one_tag(cluster_url: str) -> None:
    await runs_a_script(cluster_url)


async def test_a_sentinel_leads_to_the_server_that_takes_writes(sentinel_url: str) -> None:
    await runs_a_script(sentinel_url)


async def test_a_blocking_read_waits_longer_than_the_server(redis_url: str) -> None:
    client = connect(redis_url, block=factory.SOCKET_TIMEOUT)
    try:
        assert client.connection_pool.connection_kwargs["socket_timeout"] == 2 * factory.SOCKET_TIMEOUT
        assert await client.xread({"nothing": "$"}, block=50) == []
    finally:
        await client.aclose()


@pytest.mark.parametrize("url", ["http://x", "redis+cluster://", "redis+sentinel://host", "x"])
def test_an_address_of_an_unknown_kind_is_told(url: str) -> None:
    with pytest.raises(ValueError, match="REDIS_URL"):
        connect(url)


def test_passwords_and_ports_are_read_from_every_kind_of_address() -> None:
    cluster = connect("redis+cluster://me:p%40ss@a:1,b")
    assert sorted((node.host, node.port) for node in cluster.nodes_manager.startup_nodes.values()) == [  # type: ignore[attr-defined]
        ("a", 1),
        ("b", 6379),
    ]
    assert cluster.connection_kwargs["password"] == "p@ss"  # type: ignore[attr-defined]
    sentinel = connect("redis+sentinel://me:secret@a,b:2/news/3")
    assert sentinel.connection_pool.connection_kwargs["password"] == "secret"
    assert sentinel.connection_pool.connection_kwargs["db"] == 3


@asynccontextmanager
async def stalling_server() -> AsyncIterator[tuple[str, list[bytes]]]:
    """Accepts, answers the greeting, then takes commands without a word, as a server in a long fork does."""
    seen: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while line := await reader.read(4096):
            if b"INCR" in line:
                seen.append(line)
            else:
                count = line.count(b"*")
                writer.write(b"-ERR unknown command\r\n" * count if b"HELLO" in line else b"+OK\r\n" * count)
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield f"redis://127.0.0.1:{server.sockets[0].getsockname()[1]}", seen


async def test_a_command_is_sent_once_even_when_no_answer_comes() -> None:
    async with stalling_server() as (url, seen):
        client = connect(f"{url}?socket_timeout=0.3&protocol=2")
        with pytest.raises((RedisTimeoutError, RedisConnectionError)):
            await client.incr("counter")
        await asyncio.sleep(0.5)
        await client.aclose()
    assert len(seen) == 1


@pytest.mark.parametrize("url", ["redis://a", "rediss://a", "unix:///a", "redis+sentinel://a/news"])
def test_no_client_repeats_a_command_by_itself(url: str) -> None:
    assert connect(url).connection_pool.connection_kwargs["retry"].get_retries() == 0


def test_a_cluster_client_repeats_no_command_by_itself() -> None:
    assert connect("redis+cluster://a").retry.get_retries() == 0  # type: ignore[attr-defined]


async def test_a_store_without_its_file_is_refused_unless_told_so(tmp_path_factory: pytest.TempPathFactory) -> None:
    server = EmbeddedServer(tmp_path_factory.mktemp("v"))
    server.start()
    client: Redis = connect(server.url)
    try:
        await client.config_set("appendonly", "no")
        with pytest.raises(VolatileStore, match=r"appendonly yes.*--allow-volatile"):
            await require_durable(client, allow_volatile=False)
        await require_durable(client, allow_volatile=True)
    finally:
        await client.aclose()
        server.stop()


async def test_a_store_that_may_drop_keys_is_refused(redis: Redis) -> None:
    await redis.config_set("maxmemory-policy", "allkeys-lru")
    await redis.config_set("maxmemory", str(1 << 30))
    try:
        with pytest.raises(VolatileStore, match="noeviction"):
            await require_durable(redis, allow_volatile=False)
    finally:
        await redis.config_set("maxmemory", "0")
        await redis.config_set("maxmemory-policy", "noeviction")
