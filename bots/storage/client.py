"""The one place that makes Redis clients, and what a Redis must be before news is entrusted to it.

redis-py repeats a command after a stall unless told not to, which would run it twice: every client here never does.
Writes that must survive a cut are idempotent scripts; who calls them decides whether to call again.
"""

from typing import Any, cast
from urllib.parse import unquote, urlsplit

from redis.asyncio import Redis
from redis.asyncio.cluster import ClusterNode, RedisCluster
from redis.asyncio.retry import Retry
from redis.asyncio.sentinel import Sentinel, SentinelConnectionPool
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as _Unreachable
from redis.exceptions import RedisError
from redis.exceptions import TimeoutError as _TimedOut
from redis.maint_notifications import MaintNotificationsConfig
from typing_extensions import override

MINIMUM = (7, 0)
CONNECT_TIMEOUT = 5.0  # seconds
SOCKET_TIMEOUT = 10.0  # seconds for an answer; longer than any script of ours, shorter than a reader's patience
SCHEMES = ("redis", "rediss", "unix", "redis+sentinel", "redis+cluster")


StoreError = RedisError
"""Whatever a store answers but what was asked for; redis' own, so that nobody else has to import redis."""
STORE_AWAY = (_Unreachable, _TimedOut)
"""The store is not there or does not answer: what was asked for may or may not have happened."""


class VolatileStore(Exception):
    """The store may forget what it acknowledged. The message says why and what to do."""


class StoreTooOld(Exception):
    """The server lacks commands we use. The message says which version it is."""


class _FoundBySentinel(Redis):
    """Closes its connections to the Sentinels, too, which redis-py leaves open."""

    @override
    async def aclose(self, close_connection_pool: bool | None = None) -> None:
        await super().aclose(close_connection_pool)
        for sentinel in cast("SentinelConnectionPool", self.connection_pool).sentinel_manager.sentinels:
            await sentinel.aclose()


def connect(url: str, *, block: float = 0) -> Redis:
    """A client for `url`, connected at its first command; texts come back as str.

    `block` is the longest BLOCK, in seconds, of the commands that this client will be given: streams are read by a
    client of their own, whose socket waits longer than the server. A Cluster's client takes the same commands, with
    the keys of one command under one hash tag. Raises ValueError for an address of an unknown kind.
    """
    options = _options(block)
    scheme = urlsplit(url).scheme
    match scheme:
        case "redis" | "rediss" | "unix":
            return Redis.from_url(url, **options)
        case "redis+sentinel":
            return _by_sentinel(url, options)
        case "redis+cluster":
            return _cluster(url, options)
        case _:
            known = ", ".join(f"{known}://" for known in SCHEMES)
            raise ValueError(f"REDIS_URL begins with {scheme!r}: it should begin with one of {known}.")


def _options(block: float) -> dict[str, Any]:
    return {
        "decode_responses": True,
        "retry": Retry(NoBackoff(), 0),
        "socket_timeout": SOCKET_TIMEOUT + block,
        "socket_connect_timeout": CONNECT_TIMEOUT,
        "maint_notifications_config": MaintNotificationsConfig(enabled=False),
    }


def _by_sentinel(url: str, options: dict[str, Any]) -> Redis:
    """redis+sentinel://[user:password@]host[:26379],host.../NAME[/db]: the writable server, wherever it is now."""
    parts = urlsplit(url)
    name, _, db = parts.path.strip("/").partition("/")
    if not name:
        raise ValueError("REDIS_URL names no group: write redis+sentinel://host1,host2/NAME/0.")
    sentinel = Sentinel(  # type: ignore[no-untyped-call]  # redis-py left this one bare
        _hosts(parts.netloc, 26379),
        sentinel_kwargs={name: options[name] for name in ("retry", "socket_connect_timeout")},
        **options,
    )
    client = sentinel.master_for(name, _FoundBySentinel, db=int(db or 0), **_login(parts.netloc))
    return cast("Redis", client)


def _cluster(url: str, options: dict[str, Any]) -> Redis:
    """redis+cluster://[user:password@]host[:6379],host...; typed as Redis, whose commands it takes."""
    netloc = urlsplit(url).netloc
    nodes = [ClusterNode(host, port) for host, port in _hosts(netloc, 6379)]
    return cast("Redis", RedisCluster(startup_nodes=nodes, **options, **_login(netloc)))


def _hosts(netloc: str, default_port: int) -> list[tuple[str, int]]:
    hosts = []
    for entry in netloc.rpartition("@")[2].split(","):
        parts = urlsplit(f"//{entry}")
        if not parts.hostname:
            raise ValueError("REDIS_URL names no host: write for example redis+cluster://host1:6379,host2:6379.")
        hosts.append((parts.hostname, parts.port or default_port))
    return hosts


def _login(netloc: str) -> dict[str, Any]:
    user, _, password = netloc.rpartition("@")[0].partition(":")
    given = {"username": unquote(user), "password": unquote(password)}
    return {name: value for name, value in given.items() if value}


async def require_durable(client: Redis, *, allow_volatile: bool) -> None:
    """Check every server behind `client`: at least 7.0 and, unless allowed, one that forgets nothing.

    Raises StoreTooOld, VolatileStore, and redis.exceptions.RedisError when it cannot be asked.
    """
    for facts in await _facts(client):
        version = tuple(int(part) for part in str(facts["redis_version"]).split(".")[:2])
        if version < MINIMUM:
            raise StoreTooOld(f"The Redis is {facts['redis_version']}; at least 7.0 is needed. Update it.")
        reason = _volatile(facts)
        if reason and not allow_volatile:
            raise VolatileStore(
                f"{reason} Comments and votes that readers were told are safe could be lost. "
                "Mend it, or accept the loss with --allow-volatile (NEWSDESK_ALLOW_VOLATILE=true)."
            )


def _volatile(facts: dict[str, Any]) -> str:
    if not int(facts.get("aof_enabled", 0)):
        return "The Redis keeps no append-only file, so a restart forgets: set appendonly yes."
    if int(facts.get("maxmemory", 0)) and facts.get("maxmemory_policy") != "noeviction":
        return "The Redis drops keys when its memory is full: set maxmemory-policy noeviction."
    return ""


async def _facts(client: Redis) -> list[dict[str, Any]]:
    """INFO of each server that takes writes."""
    if not isinstance(client, RedisCluster):
        return [await client.info()]
    answers = await client.execute_command("INFO", target_nodes=RedisCluster.PRIMARIES)
    return list(answers.values())
