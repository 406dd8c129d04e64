"""Nothing acknowledged is lost and nothing is doubled, whatever becomes of the server."""

import asyncio
import os
import signal
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from redis.exceptions import RedisError

from bots.newsroom.comments.comment import CommentDraft
from bots.newsroom.delivery.posts import Sent
from bots.newsroom.polls.poll import Ballot, PollDraft, VoteOutcome
from bots.newsroom.readers import Reader
from bots.storage import pidfile
from bots.storage.server import EmbeddedServer
from bots.storage.stores import Stores
from tests.storage.values import LEASE, TELEGRAM, SetClock, lease, post, stores_at

ANN = Reader(TELEGRAM, "5", "Ann")


@dataclass
class Acknowledged:
    comments: dict[str, str] = field(default_factory=dict)
    """By op, the id that was given."""
    voters: set[int] = field(default_factory=set)
    posts: set[str] = field(default_factory=set)
    updates: set[int] = field(default_factory=set)


@pytest.fixture
def server() -> Iterator[EmbeddedServer]:
    """One that a test may treat badly."""
    with tempfile.TemporaryDirectory(prefix="newsdesk-test-") as folder:
        server = EmbeddedServer(Path(folder))
        server.start()
        yield server
        server.stop()


@pytest.fixture
async def mortal(server: EmbeddedServer, clock: SetClock) -> AsyncIterator[Stores]:
    async with stores_at(server.url, clock) as stores:
        yield stores


def signal_server(server: EmbeddedServer, number: signal.Signals) -> None:
    content = pidfile.read(server.pidfile)
    assert content is not None
    os.kill(content["pid"], number)


@asynccontextmanager
async def after_a_kill(server: EmbeddedServer, clock: SetClock) -> AsyncIterator[Stores]:
    """The stores on the server, killed without a warning and started again."""
    signal_server(server, signal.SIGKILL)
    assert server._process is not None
    await asyncio.to_thread(server._process.wait)
    await asyncio.to_thread(server.start)
    async with stores_at(server.url, clock) as stores:
        yield stores


async def write(stores: Stores, clock: SetClock, number: int, acknowledged: Acknowledged) -> None:
    """Four promises; each is noted only once it was given."""
    op = str(number)
    comment = await stores.comments.submit(CommentDraft("s1", ANN, f"text {op}"), now=clock(), op=op)
    acknowledged.comments[op] = comment.id
    await stores.polls.vote(Ballot("p1", TELEGRAM, op, 0, 1), at=clock())
    acknowledged.voters.add(number)
    await stores.posts.put(post(f"post {op}"))
    acknowledged.posts.add(f"post {op}")
    await stores.updates.keep([{"update_id": number}])
    acknowledged.updates.add(number)


async def write_until_it_dies(stores: Stores, clock: SetClock, writer: int, acknowledged: Acknowledged) -> None:
    number = writer * 100_000
    while True:
        number += 1
        try:
            await write(stores, clock, number, acknowledged)
        except RedisError:
            return


async def open_poll(stores: Stores, clock: SetClock) -> None:
    draft = PollDraft("Q?", ("Yes", "No"), clock() + timedelta(hours=1))
    await stores.polls.open(draft, now=clock(), op="1")


async def test_a_killed_server_comes_back_with_everything_it_acknowledged(
    server: EmbeddedServer, mortal: Stores, clock: SetClock
) -> None:
    acknowledged = Acknowledged()
    await open_poll(mortal, clock)
    writers = [asyncio.create_task(write_until_it_dies(mortal, clock, w, acknowledged)) for w in range(8)]
    await asyncio.sleep(0.5)

    async with after_a_kill(server, clock) as stores:
        await asyncio.gather(*writers)
        assert len(acknowledged.updates) > 20
        await check(stores, clock, acknowledged)


async def check(stores: Stores, clock: SetClock, acknowledged: Acknowledged) -> None:
    """All of it is there, and doing it again does not do it twice."""
    for op, comment_id in acknowledged.comments.items():
        comment = await stores.comments.submit(CommentDraft("s1", ANN, f"text {op}"), now=clock(), op=op)
        assert (comment.id, comment.text) == (comment_id, f"text {op}")
    for voter in acknowledged.voters:
        vote = await stores.polls.vote(Ballot("p1", TELEGRAM, str(voter), 0, 1), at=clock())
        assert vote.outcome is VoteOutcome.SAME
    assert {record.ref for record in await stores.posts.records(sorted(acknowledged.posts))} == acknowledged.posts
    kept = [update["update_id"] for _, update in await stores.updates.take("x", 100_000, 0)]
    assert acknowledged.updates <= set(kept)
    assert len(kept) == len(set(kept))


async def test_the_review_of_every_kept_comment_is_still_asked_for(
    server: EmbeddedServer, mortal: Stores, clock: SetClock
) -> None:
    acknowledged = Acknowledged()
    await open_poll(mortal, clock)
    for number in range(20):
        await write(mortal, clock, number, acknowledged)

    async with after_a_kill(server, clock) as stores:
        work = await stores.comments.to_review("r", 100, 0)

    assert {each.comment.id for each in work} == set(acknowledged.comments.values())


async def test_an_attempt_that_began_before_the_server_died_is_known_afterwards(
    server: EmbeddedServer, mortal: Stores, clock: SetClock
) -> None:
    await mortal.posts.put(post("sent"))
    await mortal.posts.put(post("begun"))
    deliveries = await lease(mortal)
    for ref in ("sent", "begun"):
        assert await mortal.outbox.sending(deliveries[ref])
    await mortal.outbox.shown("sent", 1, Sent("-100", "7"))

    clock.pass_(LEASE.total_seconds())
    async with after_a_kill(server, clock) as stores:
        leased = await lease(stores)

    assert list(leased) == ["begun"]
    assert leased["begun"].interrupted


async def test_what_is_repeated_after_a_stall_happens_once(
    server: EmbeddedServer, mortal: Stores, clock: SetClock
) -> None:
    await open_poll(mortal, clock)
    first = Acknowledged()
    await write(mortal, clock, 1, first)  # the server knows the scripts
    signal_server(server, signal.SIGSTOP)
    draft = CommentDraft("s1", ANN, "hello")
    given_up = [
        asyncio.create_task(mortal.comments.submit(draft, now=clock(), op="same")),
        asyncio.create_task(_vote(mortal, clock)),
        asyncio.create_task(mortal.updates.keep([{"update_id": 9}])),
    ]
    await asyncio.sleep(0.3)  # sent, and nobody answers
    for task in given_up:
        task.cancel()
    await asyncio.gather(*given_up, return_exceptions=True)

    signal_server(server, signal.SIGCONT)
    await mortal.comments.submit(draft, now=clock(), op="same")
    await _vote(mortal, clock)
    await mortal.updates.keep([{"update_id": 9}])

    assert [comment.text for comment in await mortal.comments.of_author(ANN, 9)] == ["hello", "text 1"]
    assert len(await mortal.comments.to_review("r", 9, 0)) == 2
    assert [update["update_id"] for _, update in await mortal.updates.take("x", 9, 0)] == [1, 9]
    poll = await mortal.polls.get("p1")
    assert poll is not None
    assert poll.turnout == 2


async def _vote(stores: Stores, clock: SetClock) -> None:
    await stores.polls.vote(Ballot("p1", TELEGRAM, "stalled", 0, 1), at=clock())
