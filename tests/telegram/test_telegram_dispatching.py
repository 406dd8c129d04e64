"""Kept updates are handled in order, once, and each to its end."""

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest
from telegram.error import NetworkError

from bots.storage.updates import RedisUpdates
from bots.telegram.dispatching import TRIES, Dispatching
from tests.telegram.town import ANN, BEN, Town, eventually


def update(number: int, person: int) -> dict[str, Any]:
    return {"update_id": number, "message": {"from": {"id": person}, "text": str(number)}}


class Journal:
    """A handler that notes what it is given and fails as it is told."""

    def __init__(self, *, fails: Mapping[int, Exception] | None = None, times: int = 10_000) -> None:
        self.begun: list[int] = []
        self.ended: list[int] = []
        self._fails = fails or {}
        self._times = times

    async def __call__(self, given: Mapping[str, Any]) -> None:
        number = given["update_id"]
        self.begun.append(number)
        await asyncio.sleep(0.01)
        if number in self._fails and self.begun.count(number) <= self._times:
            raise self._fails[number]
        self.ended.append(number)


async def dispatched(updates: RedisUpdates, journal: Journal, until: Any) -> None:
    stop = asyncio.Event()
    running = asyncio.create_task(Dispatching(updates, journal, "test").run(stop))
    await eventually(until, within=20)
    stop.set()
    await asyncio.wait_for(running, 5)


async def test_one_persons_updates_are_handled_in_order_and_others_side_by_side(idle: Town) -> None:
    updates = idle.newsroom.stores.updates
    given = [update(number, (ANN, BEN)[number % 2]) for number in range(1, 41)]
    await updates.keep(given)
    journal = Journal()
    await dispatched(updates, journal, lambda: len(journal.ended) == 40)
    for parity in (0, 1):
        mine = [number for number in journal.ended if number % 2 == parity]
        assert mine == sorted(mine)
    assert journal.begun[:2] == [1, 2]


async def test_work_that_is_handed_out_again_while_it_is_in_hand_is_done_once(idle: Town) -> None:
    class Hasty(RedisUpdates):
        async def take(self, consumer: str, limit: int, block_ms: int) -> Any:
            await super().take(consumer, limit, block_ms)
            return await self.inherit(consumer, limit)

    updates = idle.newsroom.stores.updates
    await updates.keep([update(1, ANN), update(2, ANN)])
    hasty = Hasty(updates._client, updates._stream._blocking, idle.newsroom.clock)
    journal = Journal(fails={1: ValueError("slow")}, times=3)
    await dispatched(hasty, journal, lambda: len(journal.ended) == 2)
    assert journal.begun == [1, 1, 1, 1, 2]


async def test_a_handler_that_fails_once_is_tried_again_before_the_persons_next_update(idle: Town) -> None:
    updates = idle.newsroom.stores.updates
    await updates.keep([update(1, ANN), update(2, ANN)])
    journal = Journal(fails={1: ValueError("once")}, times=1)
    await dispatched(updates, journal, lambda: len(journal.ended) == 2)
    assert journal.begun == [1, 1, 2]


async def test_a_poisoned_update_is_given_up_and_the_rest_goes_on(idle: Town, caplog: pytest.LogCaptureFixture) -> None:
    updates = idle.newsroom.stores.updates
    await updates.keep([update(1, ANN), update(2, ANN), update(3, BEN)])
    journal = Journal(fails={1: ValueError("always")})
    await dispatched(updates, journal, lambda: journal.ended == [3, 2])
    assert journal.begun.count(1) == TRIES
    assert "Update 1 is given up" in caplog.text
    assert await updates.take("another", 10, 1) == []


async def test_trouble_of_the_network_is_waited_out(idle: Town) -> None:
    updates = idle.newsroom.stores.updates
    await updates.keep([update(1, ANN)])
    journal = Journal(fails={1: NetworkError("away")}, times=4)
    await dispatched(updates, journal, lambda: journal.ended == [1])


async def test_what_a_killed_process_left_is_handled_before_what_came_after(idle: Town) -> None:
    updates = idle.newsroom.stores.updates
    await updates.keep([update(1, ANN), update(2, ANN)])
    assert len(await updates.take("killed", 1, 1)) == 1
    journal = Journal()
    await dispatched(updates, journal, lambda: len(journal.ended) == 2)
    assert journal.ended == [1, 2]


async def test_what_was_not_done_at_the_stop_is_there_for_the_next_start(idle: Town) -> None:
    updates = idle.newsroom.stores.updates
    await updates.keep([update(1, ANN)])
    failing = Journal(fails={1: NetworkError("away")})
    await dispatched(updates, failing, lambda: failing.begun)
    later = Journal()
    await dispatched(updates, later, lambda: later.ended == [1])
