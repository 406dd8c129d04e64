"""Updates are fetched, kept, and only then confirmed."""

import asyncio
import logging
from typing import Any

import pytest
from telegram import Bot

from bots.bootstrap.process import GiveUp
from bots.sandbox.faults import Fault
from bots.storage.updates import RedisUpdates
from bots.telegram.app import serve
from bots.telegram.intake import Intake
from tests.telegram.town import ANN, BOT, Town, eventually, serving, settings_for


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
