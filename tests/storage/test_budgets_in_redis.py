"""Rates that all processes share."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bots.newsroom.delivery.posts import Delivery, Lane
from bots.newsroom.messages import Destination, Room
from bots.storage.stores import Stores
from tests.storage.values import CHANNEL, DISCORD, STORY, TELEGRAM, SetClock, post, to_reader

MODERATORS = Destination(TELEGRAM, Room.MODERATORS)
NOW = timedelta(0)


def to(destination: Destination, lane: Lane = Lane.NORMAL, thread_of: str = "") -> Delivery:
    wanted = replace(post("a", destination=destination), lane=lane, thread_of=thread_of)
    return Delivery(wanted, None, 0, interrupted=False, thread=None, reply_to=None, floor="", lease="1")


async def went(stores: Stores, delivery: Delivery, tries: int) -> int:
    """How many of so many tries at one moment may go."""
    return [await stores.budgets.take(delivery) for _ in range(tries)].count(NOW)


@pytest.mark.parametrize("room", [CHANNEL, STORY, MODERATORS])
async def test_a_telegram_room_never_gets_more_than_20_in_a_minute(
    stores: Stores, clock: SetClock, room: Destination
) -> None:
    minutes = []
    for _ in range(3):
        sent = 0
        for _ in range(60):
            sent += await went(stores, to(room), 2)
            clock.pass_(1)
        minutes.append(sent)

    assert minutes[0] <= 20
    assert minutes[1:] == [12, 12]


async def test_the_wait_that_is_told_is_enough(stores: Stores, clock: SetClock) -> None:
    await went(stores, to(CHANNEL), 8)
    wait = await stores.budgets.take(to(CHANNEL))

    assert wait == timedelta(seconds=5)
    clock.pass_(wait.total_seconds() - 0.1)
    assert await stores.budgets.take(to(CHANNEL)) > NOW
    clock.pass_(0.1)
    assert await stores.budgets.take(to(CHANNEL)) == NOW


async def test_all_threads_of_telegram_share_the_discussion_group_and_those_of_discord_do_not(stores: Stores) -> None:
    assert await went(stores, to(STORY, thread_of="one"), 8) == 8
    assert await went(stores, to(STORY, thread_of="two"), 1) == 0

    thread = Destination(DISCORD, Room.STORY)
    assert await went(stores, to(thread, thread_of="one"), 9) == 5
    assert await went(stores, to(thread, thread_of="two"), 9) == 5


async def test_a_reader_gets_a_short_burst_and_then_one_a_second(stores: Stores, clock: SetClock) -> None:
    assert await went(stores, to(to_reader("5")), 9) == 3

    clock.pass_(1)

    assert await went(stores, to(to_reader("5")), 9) == 1


async def test_the_whole_platform_has_a_rate_of_its_own(stores: Stores, clock: SetClock) -> None:
    readers = [to(to_reader(str(number))) for number in range(60)]
    at_once = [await stores.budgets.take(reader) for reader in readers].count(NOW)
    assert at_once == 30

    assert await went(stores, to(to_reader("1", DISCORD)), 1) == 1
    clock.pass_(1)
    assert [await stores.budgets.take(reader) for reader in readers[30:]].count(NOW) == 30


async def test_a_denied_one_takes_nothing_from_anybody(stores: Stores) -> None:
    await went(stores, to(CHANNEL), 50)

    assert [await stores.budgets.take(to(to_reader(str(number)))) for number in range(30)].count(NOW) == 22


async def test_a_refresh_goes_only_when_the_rest_is_left_to_others(stores: Stores) -> None:
    refresh = to(CHANNEL, Lane.REFRESH)

    assert await went(stores, refresh, 8) == 4
    assert await went(stores, to(CHANNEL, Lane.BREAKING), 8) == 4


async def test_a_place_on_hold_gets_nothing_until_the_wait_is_over(stores: Stores, clock: SetClock) -> None:
    await stores.budgets.hold(CHANNEL, timedelta(seconds=30), whole_platform=False)

    assert await stores.budgets.take(to(CHANNEL)) == timedelta(seconds=30)
    assert await stores.budgets.take(to(STORY)) == NOW
    clock.pass_(30)
    assert await stores.budgets.take(to(CHANNEL)) == NOW


async def test_a_platform_on_hold_gets_nothing_anywhere(stores: Stores) -> None:
    await stores.budgets.hold(CHANNEL, timedelta(seconds=30), whole_platform=True)

    assert await stores.budgets.take(to(to_reader("5"))) == timedelta(seconds=30)
    assert await stores.budgets.take(to(to_reader("5", DISCORD))) == NOW
