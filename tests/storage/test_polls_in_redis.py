"""Votes are counted once, exactly, and end on time."""

import asyncio
from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from redis.asyncio import Redis

from bots.newsroom.messages import Platform
from bots.newsroom.polls.poll import Ballot, Poll, PollDraft, PollState, VoteOutcome, VoteResult
from bots.storage.client import connect
from bots.storage.keys import Family, key, tag_of_poll
from bots.storage.stores import Stores
from tests.storage.values import DISCORD, TELEGRAM, SetClock, stores_at, subjects

OPTIONS = ("Yes", "No", "Not sure")


async def open_poll(stores: Stores, clock: SetClock, op: str = "1", seconds: float = 600) -> Poll:
    draft = PollDraft("Was it right?", OPTIONS, clock() + timedelta(seconds=seconds))
    return await stores.polls.open(draft, now=clock(), op=op)


async def vote(
    stores: Stores, clock: SetClock, option: int, op: int, *, account: str = "5", platform: Platform = TELEGRAM
) -> VoteResult:
    return await stores.polls.vote(Ballot("p1", platform, account, option, op), at=clock())


async def counts(stores: Stores) -> tuple[int, ...]:
    poll = await stores.polls.get("p1")
    assert poll is not None
    return poll.counts


async def test_a_poll_comes_back_as_it_was(stores: Stores, clock: SetClock) -> None:
    poll = await open_poll(stores, clock)

    assert (poll.id, poll.question, poll.options, poll.state) == ("p1", "Was it right?", OPTIONS, PollState.OPEN)
    assert (poll.opened_at, poll.closes_at) == (clock(), clock() + timedelta(seconds=600))
    assert poll.votes == {TELEGRAM: (0, 0, 0), DISCORD: (0, 0, 0)}
    assert await stores.polls.get("p1") == poll
    assert await stores.polls.open_ids() == ["p1"]
    assert await stores.polls.newest(5) == [poll]
    assert await stores.polls.get("p404") is None


async def test_opening_it_fifty_times_opens_it_once(stores: Stores, clock: SetClock) -> None:
    polls = await asyncio.gather(*(open_poll(stores, clock, "same") for _ in range(50)))

    assert {poll.id for poll in polls} == {"p1"}
    assert await subjects(stores) == ["poll:p1"]


async def test_an_opening_that_stopped_half_way_is_completed_by_its_repeat(
    stores: Stores, clock: SetClock, redis: Redis
) -> None:
    await open_poll(stores, clock, "same")
    for family in (Family.EVENTS, Family.POLLS, Family.CLOSING):
        await redis.delete(key("{nd}", family))  # as after a crash between the two tags

    await open_poll(stores, clock, "same")

    assert await stores.polls.open_ids() == ["p1"]
    assert await subjects(stores) == ["poll:p1"]


async def test_a_reader_has_one_vote_a_platform_and_may_change_it(stores: Stores, clock: SetClock) -> None:
    before = await open_poll(stores, clock)

    assert await vote(stores, clock, 0, 1) == VoteResult(VoteOutcome.COUNTED, 0)
    assert await vote(stores, clock, 0, 2) == VoteResult(VoteOutcome.SAME, 0)
    assert await vote(stores, clock, 1, 3) == VoteResult(VoteOutcome.CHANGED, 1)
    assert await vote(stores, clock, 1, 1, platform=DISCORD) == VoteResult(VoteOutcome.COUNTED, 1)

    poll = await stores.polls.get("p1")
    assert poll is not None
    assert poll.votes == {TELEGRAM: (0, 1, 0), DISCORD: (0, 1, 0)}
    assert poll.version == before.version + 3


async def test_an_older_or_repeated_press_changes_nothing(stores: Stores, clock: SetClock) -> None:
    await open_poll(stores, clock)
    snowflake = 1_180_000_000_000_000_000
    await vote(stores, clock, 1, snowflake + 1)

    assert await vote(stores, clock, 0, snowflake) == VoteResult(VoteOutcome.SAME, 1)
    assert await vote(stores, clock, 2, snowflake + 1) == VoteResult(VoteOutcome.SAME, 1)
    assert await vote(stores, clock, 2, 999) == VoteResult(VoteOutcome.SAME, 1)

    assert await counts(stores) == (0, 1, 0)


async def test_fifty_racing_presses_of_one_reader_count_once(stores: Stores, clock: SetClock) -> None:
    await open_poll(stores, clock)

    await asyncio.gather(*(vote(stores, clock, number % 3, number) for number in range(1, 51)))

    assert await counts(stores) == tuple(int(option == 50 % 3) for option in range(3))


async def test_a_vote_at_the_closing_time_is_too_late_even_if_nobody_closed_the_poll(
    stores: Stores, clock: SetClock
) -> None:
    await open_poll(stores, clock)
    clock.pass_(599.999)
    assert (await vote(stores, clock, 0, 1)).outcome is VoteOutcome.COUNTED

    clock.pass_(0.001)

    assert await vote(stores, clock, 1, 2) == VoteResult(VoteOutcome.CLOSED, 0)
    assert await vote(stores, clock, 1, 1, account="6") == VoteResult(VoteOutcome.CLOSED, None)
    assert await counts(stores) == (1, 0, 0)


async def test_a_vote_in_an_unknown_poll_is_told(stores: Stores, clock: SetClock) -> None:
    assert await vote(stores, clock, 0, 1) == VoteResult(VoteOutcome.UNKNOWN, None)


async def test_what_is_due_closes_once_as_of_its_time(stores: Stores, clock: SetClock) -> None:
    poll = await open_poll(stores, clock)
    assert await stores.polls.close_due(clock()) == []
    await subjects(stores)

    clock.pass_(3600)

    assert await stores.polls.close_due(clock()) == ["p1"]
    assert await stores.polls.close_due(clock()) == []
    closed = await stores.polls.get("p1")
    assert closed is not None
    assert (closed.state, closed.closes_at, closed.version) == (PollState.CLOSED, poll.closes_at, 2)
    assert await stores.polls.open_ids() == []
    assert await subjects(stores) == ["poll:p1"]


async def test_fifty_closers_close_it_once(stores: Stores, clock: SetClock) -> None:
    await open_poll(stores, clock, seconds=0.001)
    clock.pass_(1)
    await subjects(stores)

    await asyncio.gather(*(stores.polls.close_due(clock()) for _ in range(50)))

    poll = await stores.polls.get("p1")
    assert poll is not None
    assert poll.version == 2
    assert await subjects(stores) == ["poll:p1"]


async def test_a_close_that_stopped_half_way_is_told_by_the_next(stores: Stores, clock: SetClock, redis: Redis) -> None:
    await open_poll(stores, clock, seconds=1)
    await redis.hset(key(tag_of_poll("p1"), Family.POLL), "state", "closed")  # a crash after the first script
    clock.pass_(1)
    await subjects(stores)

    await stores.polls.close_due(clock())

    assert await subjects(stores) == ["poll:p1"]


async def test_an_editor_closes_it_early_and_repeating_it_changes_nothing(stores: Stores, clock: SetClock) -> None:
    await open_poll(stores, clock)
    clock.pass_(5)

    closed = await stores.polls.close("p1", now=clock())
    clock.pass_(5)
    again = await stores.polls.close("p1", now=clock())

    assert closed == again
    assert closed is not None
    assert closed.closes_at == clock() - timedelta(seconds=5)
    assert (await vote(stores, clock, 0, 1)).outcome is VoteOutcome.CLOSED
    assert await stores.polls.close("p404", now=clock()) is None


presses = st.lists(
    st.tuples(st.sampled_from(list(Platform)), st.sampled_from("ab"), st.integers(0, 2), st.integers(1, 6)), max_size=30
)


@given(presses)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_tally_is_always_exactly_the_votes(redis_url: str, pressed: list[tuple[Platform, str, int, int]]) -> None:
    votes: dict[tuple[Platform, str], tuple[int, int]] = {}
    for platform, account, option, op in pressed:
        if op > votes.get((platform, account), (0, 0))[1]:
            votes[platform, account] = (option, op)

    poll = asyncio.run(_after(redis_url, pressed))

    for platform in Platform:
        expected = Counter(option for (place, _), (option, _) in votes.items() if place is platform)
        assert poll.votes[platform] == tuple(expected[option] for option in range(3))


async def _after(url: str, pressed: list[tuple[Platform, str, int, int]]) -> Poll:
    clock, client = SetClock(), connect(url)
    await client.flushall()
    await client.aclose()
    async with stores_at(url, clock) as stores:
        await open_poll(stores, clock)
        for platform, account, option, op in pressed:
            await vote(stores, clock, option, op, account=account, platform=platform)
        poll = await stores.polls.get("p1")
    assert poll is not None
    return poll


async def test_who_voted_what_is_forgotten_before_the_result(stores: Stores, clock: SetClock, redis: Redis) -> None:
    await open_poll(stores, clock)
    await vote(stores, clock, 0, 1)

    await stores.polls.close("p1", now=clock())

    votes, tally = (key(tag_of_poll("p1"), family) for family in (Family.VOTES, Family.TALLY))
    assert await redis.ttl(votes) == pytest.approx(30 * 86400, abs=60)
    assert await redis.ttl(tally) > 300 * 86400
