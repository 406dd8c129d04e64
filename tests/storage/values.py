"""Small values that the tests of the stores share."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from redis.asyncio import Redis

from bots.newsroom.alerts.alert import Alert, AlertDraft, AlertState
from bots.newsroom.alerts.article import Article
from bots.newsroom.delivery.posts import Delivery, Lane, Post, PostState, Sent
from bots.newsroom.messages import Destination, Message, Platform, Quote, Room
from bots.storage.client import connect
from bots.storage.stores import Stores, open_stores

TELEGRAM, DISCORD = Platform.TELEGRAM, Platform.DISCORD
CHANNEL = Destination(TELEGRAM, Room.CHANNEL)
STORY = Destination(TELEGRAM, Room.STORY)
LEASE = timedelta(seconds=15)
A, B = Sent("-100", "7"), Sent("-100", "8")
THREAD = Sent("-100", "1")


@dataclass
class SetClock:
    """A clock that stands still until a test moves it."""

    now: datetime = field(default_factory=lambda: datetime(2026, 3, 1, 12, 0, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


def to_reader(account: str, platform: Platform = TELEGRAM) -> Destination:
    return Destination(platform, Room.PRIVATE, account)


def post(ref: str, version: int = 1, destination: Destination = CHANNEL, text: str | None = "news") -> Post:
    message = None if text is None else Message(title=text, quotes=(Quote(text),))
    return Post(ref, version, destination, message, lane=Lane.NORMAL)


async def lease(stores: Stores, limit: int = 50) -> dict[str, Delivery]:
    """What is due on Telegram now, by ref."""
    return {delivery.post.ref: delivery for delivery in await stores.outbox.lease(TELEGRAM, limit, LEASE)}


async def send(stores: Stores, ref: str, sent: Sent = A) -> None:
    """The post goes the ordinary way to the platform."""
    delivery = (await lease(stores))[ref]
    assert await stores.outbox.sending(delivery)
    await stores.outbox.shown(ref, delivery.post.version, sent)


async def state_of(stores: Stores, ref: str) -> PostState:
    record = await stores.posts.record(ref)
    assert record is not None
    return record.state


def comment(number: int, version: int = 1, text: str | None = "hello") -> Post:
    wanted = post(f"comment:c{number}", version, STORY, None if text is None else f"{text} {number}")
    return replace(wanted, thread_of="alert", joinable=True)


async def open_thread(stores: Stores) -> None:
    await stores.posts.put(post("alert"))
    await send(stores, "alert", THREAD)


async def publish(stores: Stores, clock: SetClock, op: str = "1", headline: str = "Strike") -> Alert:
    draft = AlertDraft(Article(headline))
    return await stores.alerts.add(draft, state=AlertState.PUBLISHED, now=clock(), publish_at=clock(), op=op)


async def subjects(stores: Stores, group: str = "telegram") -> list[str]:
    """The events not read yet, and done with."""
    events = await stores.events.read(group, "test", 1000, 0)
    await stores.events.done(group, [event.receipt for event in events])
    return [event.subject for event in events]


async def all_keys(client: Redis) -> list[str]:
    return [str(name) async for name in client.scan_iter(count=1000)]


@asynccontextmanager
async def stores_at(url: str, clock: SetClock) -> AsyncIterator[Stores]:
    client, blocking = connect(url), connect(url, block=1)
    try:
        yield open_stores(client, blocking, clock)
    finally:
        await client.aclose()
        await blocking.aclose()
