"""From Telegram's updates to handled ones: kept before they are confirmed, in order, once, and each to its end."""

import asyncio
import logging
from collections.abc import Mapping
from typing import Any

import pytest
from telegram import Bot
from telegram.error import NetworkError

from bots.bootstrap.process import GiveUp
from bots.sandbox.faults import Fault
from bots.storage.updates import RedisUpdates
from bots.telegram.app import serve
from bots.telegram.dispatching import TRIES, Dispatching
from bots.telegram.intake import Intake
from tests.telegram.town import ANN, BEN, BOT, Town, eventually, serving, settings_for


async def taking_in(intake: Intake, stop: asyncio.Event, until: Any) -> None:
    running = asyncio.create_task(intake.run(stop))
    await eventually(until)
    stop.set()
    await asyncio.wait_for(running, 2)


async def test_updates_are_kept_before_they_are_confirmed(idle: Town, bot: Bot) -> None:
    updates = idle.newsroom.stores.updates
    idle.server.start_bot(ANN, BOT)
    (pending,) = idle.server.platform.state.bots[BOT].updates

    async def kept() -> bool:
        return await updates.next_offset() == pending.id + 1

    await taking_in(Intake(bot, updates), asyncio.Event(), kept)
    offsets = [call.arguments.get("offset") for call in idle.server.calls if call.method == "getUpdates"]
    assert offsets[0] == "0"
    assert str(pending.id + 1) in offsets[1:] or idle.server.platform.state.bots[BOT].updates == [pending]


async def test_what_cannot_be_kept_is_not_confirmed(idle: Town, bot: Bot) -> None:
    class Full(RedisUpdates):
        async def keep(self, updates: Any) -> None:
            raise ConnectionError("the store is full")

    updates = idle.newsroom.stores.updates
    full = Full(updates._client, updates._stream._blocking, idle.newsroom.clock)
    idle.server.start_bot(ANN, BOT)

    def tried_twice() -> bool:
        return sum(call.method == "getUpdates" and call.status == 200 for call in idle.server.calls) >= 2

    await taking_in(Intake(bot, full), asyncio.Event(), tried_twice)
    assert len(idle.server.platform.state.bots[BOT].updates) == 1


async def test_stopping_does_not_wait_for_the_long_poll(idle: Town, bot: Bot) -> None:
    def polling() -> bool:
        return any(call.method == "getUpdates" for call in idle.server.calls)

    await taking_in(Intake(bot, idle.newsroom.stores.updates), asyncio.Event(), polling)


@pytest.mark.parametrize("kind", ["duplicate_updates", "out_of_order_updates"])
async def test_updates_that_come_twice_or_in_disorder_are_handled_once_in_order(town: Town, kind: str) -> None:
    town.server.start_bot(ANN, BOT)
    await town.sees(ANN, BOT, "Welcome.")
    town.server.fault(Fault("*", kind))
    town.server.say(ANN, BOT, "/help")
    town.server.say(ANN, BOT, "/topics")
    await town.sees(ANN, BOT, "What you can do here")
    await town.sees(ANN, BOT, "Alerts in this chat\n\n")
    await asyncio.sleep(0.3)
    assert town.count(ANN, BOT, "What you can do here") == 1


@pytest.mark.parametrize("kind", ["cut_before", "cut_after", "html", "status"])
async def test_a_failing_poll_is_made_again(town: Town, kind: str) -> None:
    town.server.fault(Fault("getUpdates", kind, times=2, status=502))
    town.server.start_bot(ANN, BOT)
    await town.sees(ANN, BOT, "Welcome.")


async def test_a_second_poller_is_told_clearly(town: Town, bot: Bot, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        second = asyncio.create_task(Intake(bot, town.newsroom.stores.updates).run(stop := asyncio.Event()))
        await eventually(lambda: "Another process asks Telegram" in caplog.text)
        stop.set()
        await second


async def test_a_wrong_token_ends_the_process_with_a_sentence_that_does_not_hold_it(idle: Town) -> None:
    settings = settings_for(idle.server)
    wrong = "222222:AAnobody-knows-this-token"
    telegram = settings.telegram.model_validate({**settings.telegram.model_dump(), "token": wrong})
    newsroom = idle.newsroom.__class__(
        **{**vars(idle.newsroom), "settings": settings.model_copy(update={"telegram": telegram})}
    )
    with pytest.raises(GiveUp, match="@BotFather") as caught:
        await serve(newsroom, asyncio.Event())
    assert wrong not in str(caught.value)


async def test_telegram_away_at_the_start_is_waited_for(idle: Town) -> None:
    idle.server.fault(Fault("getMe", "cut_before", times=2))
    async with serving(idle.newsroom):
        idle.server.start_bot(ANN, BOT)
        await idle.sees(ANN, BOT, "Welcome.")


async def test_an_answer_that_breaks_off_is_given_again_and_the_comment_is_kept_once(town: Town) -> None:
    alert = await town.publish()
    town.server.start_bot(ANN, BOT, f"comment-{alert.story_id}")
    await town.sees(ANN, BOT, "Write your comment now")
    town.server.fault(Fault("sendMessage", "cut_before", times=3))
    town.server.say(ANN, BOT, "Only once.")
    await town.sees(ANN, BOT, "Received.", within=15)
    mine = await town.newsroom.stores.comments.of_author((await town.newest_of(ANN)).author, 10)
    assert [comment.text for comment in mine] == ["Only once."]


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
