"""Held comments, and the few of them that have a card in a moderators' room."""

import asyncio

from bots.newsroom.comments.comment import CommentDraft, CommentState
from bots.newsroom.readers import Reader
from bots.storage.stores import Stores
from moderation import Decision, Outcome
from tests.storage.values import DISCORD, TELEGRAM, SetClock, subjects

LIMIT = 2


async def hold(stores: Stores, clock: SetClock, count: int) -> list[str]:
    ids = []
    for number in range(count):
        draft = CommentDraft("s1", Reader(TELEGRAM, "5", "Ann"), f"text {number}")
        comment = await stores.comments.submit(draft, now=clock(), op=f"{number}")
        await stores.comments.judged(comment.id, 1, Decision(Outcome.HOLD, ()), CommentState.HELD)
        ids.append(comment.id)
    return ids


async def decide(stores: Stores, comment_id: str) -> None:
    allowed = frozenset({CommentState.HELD})
    await stores.comments.move(comment_id, CommentState.PUBLISHED, allowed=allowed, by="Mo")


async def open_card(stores: Stores, comment_id: str) -> bool:
    return await stores.queue.open_card(TELEGRAM, comment_id, LIMIT)


async def test_held_comments_wait_in_the_order_in_which_they_came(stores: Stores, clock: SetClock) -> None:
    ids = await hold(stores, clock, 12)

    assert await stores.queue.size() == 12
    assert await stores.queue.oldest(10) == ids[:10]


async def test_a_decided_comment_leaves_the_queue(stores: Stores, clock: SetClock) -> None:
    ids = await hold(stores, clock, 2)

    await decide(stores, ids[0])

    assert await stores.queue.oldest(9) == ids[1:]


async def test_cards_are_opened_in_turn_up_to_the_limit(stores: Stores, clock: SetClock) -> None:
    first, second, third = await hold(stores, clock, 3)

    assert not await open_card(stores, second)  # the first one waits before it
    assert [await open_card(stores, each) for each in (first, second, third)] == [True, True, False]
    assert await open_card(stores, first)  # it has one already
    assert not await stores.queue.open_card(TELEGRAM, "c404", 9)


async def test_each_room_has_cards_of_its_own(stores: Stores, clock: SetClock) -> None:
    first, _, _ = await hold(stores, clock, 3)
    await open_card(stores, first)

    assert (await stores.queue.waiting(TELEGRAM))[0] == 2
    assert (await stores.queue.waiting(DISCORD))[0] == 3


async def test_a_place_that_is_free_again_goes_to_who_waits_longest(stores: Stores, clock: SetClock) -> None:
    ids = await hold(stores, clock, 4)
    for each in ids[:2]:
        await open_card(stores, each)
    await decide(stores, ids[0])

    assert await stores.queue.close_card(TELEGRAM, ids[0])
    assert not await stores.queue.close_card(TELEGRAM, ids[0])

    assert not await open_card(stores, ids[3])
    assert await open_card(stores, ids[2])


async def test_next_opens_what_waits_longest_tells_of_it_and_begins_a_new_notice(
    stores: Stores, clock: SetClock
) -> None:
    ids = await hold(stores, clock, 3)
    before = await stores.queue.waiting(TELEGRAM)
    await subjects(stores)

    assert await stores.queue.open_next(TELEGRAM, LIMIT, "press 1") == 2
    assert await stores.queue.open_next(TELEGRAM, LIMIT, "press 1") == 2  # the same press again

    assert await subjects(stores) == [f"comment:{ids[0]}", f"comment:{ids[1]}", "queue:"]
    count, number, version = await stores.queue.waiting(TELEGRAM)
    assert (before[:2], count, number) == ((3, 1), 1, 2)
    assert version > before[2]
    assert await stores.queue.open_next(TELEGRAM, LIMIT, "press 2") == 0


async def test_whatever_changes_the_notice_has_a_newer_version_and_an_event(stores: Stores, clock: SetClock) -> None:
    versions = [(await stores.queue.waiting(TELEGRAM))[2]]
    [comment_id] = await hold(stores, clock, 1)
    for change in (
        open_card(stores, comment_id),
        stores.queue.close_card(TELEGRAM, comment_id),
        decide(stores, comment_id),
    ):
        await subjects(stores)
        await change
        assert "queue:" in await subjects(stores)
        versions.append((await stores.queue.waiting(TELEGRAM))[2])

    assert versions == sorted(set(versions))


async def test_fifty_planners_open_no_more_cards_than_the_limit(stores: Stores, clock: SetClock) -> None:
    ids = await hold(stores, clock, 4)

    opened = await asyncio.gather(*(open_card(stores, ids[number % 4]) for number in range(50)))

    assert (await stores.queue.waiting(TELEGRAM))[0] == 2
    assert any(opened)
