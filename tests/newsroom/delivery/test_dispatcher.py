"""The dispatcher on real stores, with a platform that shows messages in a list and fails when told to."""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest
from redis.asyncio import Redis

from bots.newsroom.delivery.dispatcher import LEASE, Dispatcher
from bots.newsroom.delivery.errors import (
    DestinationGone,
    MessageGone,
    MessageRefused,
    RetryLater,
    Uncertain,
)
from bots.newsroom.delivery.posts import Delivery, Lane, Post, PostState, Sent
from bots.newsroom.messages import Choice, Destination, Message, Platform, Quote, Room
from bots.storage.outbox import ASLEEP_S
from bots.storage.stores import Stores, open_stores

CHANNEL = Destination(Platform.TELEGRAM, Room.CHANNEL)
STORY = Destination(Platform.TELEGRAM, Room.STORY)


@dataclass
class Clock:
    now: datetime = field(default_factory=lambda: datetime(2026, 11, 23, 12, 0, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


class Killed(BaseException):
    """The process dies here: nothing catches it."""


class Wall:
    """A platform that is a list on a wall. `before` and `after` fail the next sends before or after the effect."""

    def __init__(self) -> None:
        self.shown: dict[str, Message] = {}
        self.before: deque[Exception] = deque()
        self.after: deque[Exception] = deque()
        self.can_look = True
        self.during: Callable[[], None] = lambda: None
        self._count = 0

    async def send(self, delivery: Delivery) -> Sent:
        self.during()
        if self.before:
            raise self.before.popleft()
        self._count += 1
        assert delivery.post.message is not None
        self.shown[str(self._count)] = delivery.post.message
        if self.after:
            raise self.after.popleft()
        return Sent("wall", str(self._count))

    async def edit(self, delivery: Delivery) -> None:
        assert delivery.sent is not None
        assert delivery.post.message is not None
        if delivery.sent.message_id not in self.shown:
            raise MessageGone("no such message")
        self.shown[delivery.sent.message_id] = delivery.post.message

    async def delete(self, delivery: Delivery) -> None:
        assert delivery.sent is not None
        del self.shown[delivery.sent.message_id]

    async def find(self, delivery: Delivery) -> Sent | None:
        if not self.can_look:
            raise Uncertain("this place gives no way to look")
        found = [name for name, message in self.shown.items() if message == delivery.attempted]
        return Sent("wall", found[0]) if found else None


@dataclass
class Scene:
    clock: Clock
    stores: Stores
    wall: Wall
    dispatcher: Dispatcher

    async def settle(self, seconds: float = 60) -> None:
        """Lets time pass in small steps until nothing is due any more."""
        for _ in range(int(seconds * 2)):
            await self.dispatcher.run_once()
            self.clock.pass_(0.5)

    async def state(self, ref: str) -> PostState:
        record = await self.stores.posts.record(ref)
        assert record is not None
        return record.state

    def texts(self) -> list[str]:
        return [message.title for message in self.wall.shown.values()]


@pytest.fixture
def scene(redis: Redis) -> Scene:
    clock, wall = Clock(), Wall()
    stores = open_stores(redis, redis, clock)
    return Scene(clock, stores, wall, Dispatcher(Platform.TELEGRAM, stores.outbox, wall, stores.budgets, clock))


def post(ref: str, text: str | None, version: int = 1, destination: Destination = CHANNEL) -> Post:
    return Post(ref, version, destination, None if text is None else Message(title=text))


async def test_a_post_is_shown_once_edited_to_its_newest_version_and_taken_away(scene: Scene) -> None:
    await scene.stores.posts.put(post("a", "one"))
    await scene.settle(3)
    assert scene.texts() == ["one"]
    for version in (2, 3, 4):
        await scene.stores.posts.put(post("a", f"edit {version}", version))
    await scene.settle(3)
    assert scene.texts() == ["edit 4"]
    await scene.stores.posts.put(post("a", None, 5))
    await scene.settle(3)
    assert scene.texts() == []
    assert await scene.state("a") is PostState.DELETED


async def test_an_answer_that_was_lost_after_the_effect_is_looked_for_and_not_doubled(scene: Scene) -> None:
    scene.wall.after.append(Uncertain("the connection was cut"))
    await scene.stores.posts.put(post("a", "one"))
    await scene.settle(10)
    assert scene.texts() == ["one"]
    assert await scene.state("a") is PostState.SENT


async def test_an_answer_that_was_lost_before_the_effect_is_sent_again(scene: Scene) -> None:
    scene.wall.before.append(Uncertain("the connection was cut"))
    await scene.stores.posts.put(post("a", "one"))
    await scene.settle(10)
    assert scene.texts() == ["one"]


async def test_what_is_withdrawn_while_its_send_is_interrupted_is_found_and_taken_away(scene: Scene) -> None:
    scene.wall.after.append(Uncertain("the connection was cut"))
    await scene.stores.posts.put(post("a", "one"))
    await scene.dispatcher.run_once()
    assert scene.texts() == ["one"]
    await scene.stores.posts.put(post("a", None, 2))
    await scene.settle(10)
    assert scene.texts() == []
    assert await scene.state("a") is PostState.DELETED


async def test_what_is_edited_while_its_send_is_interrupted_is_found_and_edited(scene: Scene) -> None:
    scene.wall.after.append(Uncertain("the connection was cut"))
    await scene.stores.posts.put(post("a", "one"))
    await scene.dispatcher.run_once()
    await scene.stores.posts.put(post("a", "two", 2))
    await scene.settle(10)
    assert scene.texts() == ["two"]


async def test_where_nobody_can_look_an_unknown_send_is_never_repeated_and_shown_as_uncertain(scene: Scene) -> None:
    scene.wall.can_look = False
    scene.wall.before.append(Uncertain("the connection was cut"))
    await scene.stores.posts.put(post("a", "one"))
    await scene.settle(10)
    assert scene.texts() == []
    assert await scene.state("a") is PostState.UNCERTAIN


async def test_a_dispatcher_that_dies_while_sending_leaves_the_post_to_the_next_one(scene: Scene) -> None:
    def die() -> None:
        raise Killed

    scene.wall.during = die
    await scene.stores.posts.put(post("a", "one"))
    with pytest.raises(Killed):
        await scene.dispatcher.run_once()
    assert await scene.state("a") is PostState.SENDING
    scene.wall.during = lambda: None
    scene.clock.pass_(LEASE.total_seconds() + 1)
    await scene.settle(5)
    assert scene.texts() == ["one"]


async def test_a_dispatcher_that_was_away_longer_than_its_lease_sends_nothing(scene: Scene) -> None:
    await scene.stores.posts.put(post("a", "one"))
    [delivery] = await scene.stores.outbox.lease(Platform.TELEGRAM, 10, LEASE)
    scene.clock.pass_(LEASE.total_seconds() + 1)
    [taken_over] = await scene.stores.outbox.lease(Platform.TELEGRAM, 10, LEASE)
    assert not await scene.stores.outbox.sending(delivery)
    assert await scene.stores.outbox.sending(taken_over)


class Dawdling:
    """The real budgets; who asks them stands still until its lease is over and another dispatcher has been there."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    async def take(self, delivery: Delivery) -> timedelta:
        self._scene.clock.pass_(LEASE.total_seconds() + 1)
        await self._scene.dispatcher.run_once()
        return await self._scene.stores.budgets.take(delivery)

    async def hold(self, destination: Destination, after: timedelta, *, whole_platform: bool) -> None:
        await self._scene.stores.budgets.hold(destination, after, whole_platform=whole_platform)


async def test_a_dispatcher_that_stood_still_does_not_send_what_another_has_sent_meanwhile(scene: Scene) -> None:
    await scene.stores.posts.put(post("a", "one"))
    slow = Dispatcher(Platform.TELEGRAM, scene.stores.outbox, scene.wall, Dawdling(scene), scene.clock)
    await slow.run_once()
    assert scene.texts() == ["one"]


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (DestinationGone("the bot was blocked"), PostState.GONE),
        (MessageRefused("bad markup"), PostState.REFUSED),
    ],
)
async def test_what_cannot_succeed_is_not_tried_again(scene: Scene, error: Exception, state: PostState) -> None:
    scene.wall.before.append(error)
    await scene.stores.posts.put(post("a", "one"))
    await scene.settle(10)
    assert await scene.state("a") is state
    assert scene.texts() == []


async def test_a_chat_on_hold_does_not_stop_the_others(scene: Scene) -> None:
    scene.wall.before.append(RetryLater("flood", 10072))
    private = [Destination(Platform.TELEGRAM, Room.PRIVATE, account) for account in ("7", "8")]
    await scene.stores.posts.put(post("held", "held", destination=private[0]))
    await scene.settle(1)
    await scene.stores.posts.put(post("other", "other", destination=private[1]))
    await scene.settle(5)
    assert scene.texts() == ["other"]
    scene.clock.pass_(10072)
    await asyncio.sleep(2 * ASLEEP_S)  # readers' partitions with nothing due are left alone for a moment of real time
    await scene.settle(5)
    assert sorted(scene.texts()) == ["held", "other"]


async def test_news_that_comes_too_late_is_not_sent(scene: Scene) -> None:
    late = replace(post("a", "one"), expires_at=scene.clock() + timedelta(seconds=5))
    await scene.stores.posts.put(late)
    scene.clock.pass_(6)
    await scene.settle(3)
    assert await scene.state("a") is PostState.EXPIRED
    assert scene.texts() == []


async def test_an_edit_of_a_message_that_somebody_deleted_is_over_not_repeated(scene: Scene) -> None:
    await scene.stores.posts.put(post("a", "one"))
    await scene.settle(3)
    scene.wall.shown.clear()
    await scene.stores.posts.put(post("a", "two", 2))
    await scene.settle(3)
    assert scene.texts() == []
    assert await scene.state("a") is PostState.DELETED


async def test_an_error_nobody_foresaw_neither_loses_nor_doubles_the_post(scene: Scene) -> None:
    scene.wall.after.append(RuntimeError("a defect"))
    await scene.stores.posts.put(post("a", "one"))
    await scene.settle(40)
    assert scene.texts() == ["one"]


async def test_comments_wait_for_the_rooms_budget_in_one_message_and_can_still_be_taken_away(scene: Scene) -> None:
    await scene.stores.posts.put(post("alert", "alert"))
    await scene.settle(2)
    for number in range(20):
        quote = Quote(f"comment {number}", f"Reader {number} · Discord")
        message = Message(quotes=(quote,), choices=((Choice("Reply", f"reply:c{number}"),),))
        comment = Post(f"comment:{number}", 1, STORY, message, thread_of="alert", joinable=True)
        await scene.stores.posts.put(comment)
    await scene.settle(70)
    said = [quote.text for message in scene.wall.shown.values() for quote in message.quotes]
    assert sorted(said) == sorted(f"comment {number}" for number in range(20))
    assert len(scene.wall.shown) < 20
    gone = Post("comment:19", 2, STORY, None, thread_of="alert", joinable=True)
    await scene.stores.posts.put(gone)
    await scene.settle(30)
    assert "comment 19" not in [quote.text for message in scene.wall.shown.values() for quote in message.quotes]


async def test_breaking_news_overtakes_what_waits(scene: Scene) -> None:
    for number in range(60):
        reader = Destination(Platform.TELEGRAM, Room.PRIVATE, str(number))
        await scene.stores.posts.put(post(f"digest:{number}", "digest", destination=reader))
    breaking = replace(post("breaking", "breaking"), lane=Lane.BREAKING)
    await scene.stores.posts.put(breaking)
    await scene.dispatcher.run_once()
    assert "breaking" in scene.texts()
