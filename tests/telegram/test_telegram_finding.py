"""Interrupted sends on Telegram: found when they arrived, sent again when they did not, and never twice."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest

from bots.newsroom.delivery.errors import (
    RetryLater,
    Uncertain,
)
from bots.newsroom.delivery.posts import Delivery, Sent
from bots.newsroom.messages import Choice, Destination, Message, Platform, Room
from bots.sandbox.faults import Fault
from bots.telegram.sender import TelegramSender
from tests.telegram.town import (
    ANN,
    ARTICLE,
    CHANNEL,
    DISCUSSION,
    MIA,
    ROOM,
    Town,
    delivery,
    eventually,
    to_ann,
)


@pytest.mark.parametrize("kind", ["cut_after", "delay"])
async def test_a_send_that_arrived_without_an_answer_is_found_and_leaves_no_trace(
    idle: Town, sender: TelegramSender, kind: str
) -> None:
    before = await sender.send(delivery(Room.CHANNEL, Message(title="Something else")))
    idle.server.fault(Fault("sendMessage", kind, seconds=0.6))
    with pytest.raises(Uncertain):
        await sender.send(delivery(Room.CHANNEL))
    idle.server.platform.faults.lift()
    await eventually(lambda: len(idle.messages(ANN, CHANNEL)) == 2)
    found = await sender.find(_interrupted(delivery(Room.CHANNEL), floor=before.message_id))
    assert found == Sent(str(CHANNEL), str(int(before.message_id) + 1))
    assert idle.messages(MIA, ROOM) == []


async def test_a_send_that_did_not_arrive_is_not_found(idle: Town, sender: TelegramSender) -> None:
    before = await sender.send(delivery(Room.CHANNEL, Message(title="Something else")))
    await sender.send(delivery(Room.CHANNEL, Message(title="A colleague's post")))
    assert await sender.find(_interrupted(delivery(Room.CHANNEL), floor=before.message_id)) is None
    assert idle.messages(MIA, ROOM) == []


async def test_a_message_known_to_be_another_post_is_not_taken_for_this_one(idle: Town, sender: TelegramSender) -> None:
    twin = await sender.send(delivery(Room.CHANNEL))
    posts = idle.newsroom.stores.posts
    await posts.adopt("alert:s2:telegram", Destination(Platform.TELEGRAM, Room.CHANNEL), twin)
    assert await sender.find(_interrupted(delivery(Room.CHANNEL), floor="0")) is None


async def test_the_same_words_below_another_story_are_not_taken_for_this_one(
    idle: Town, sender: TelegramSender
) -> None:
    def invitation(story: str) -> Message:
        return Message(title="Share your thoughts", choices=((Choice("Write", f"comment:{story}"),),))

    await sender.send(delivery(Room.MODERATORS, invitation("s1")))
    assert await sender.find(_interrupted(delivery(Room.MODERATORS, invitation("s2")), floor="0")) is None
    assert await sender.find(_interrupted(delivery(Room.MODERATORS, invitation("s1")), floor="0")) is not None


@pytest.mark.parametrize("kind", ["cut_before", "cut_after", "flood", "hang"])
async def test_a_look_that_breaks_off_is_made_again_later(idle: Town, sender: TelegramSender, kind: str) -> None:
    await sender.send(delivery(Room.CHANNEL))
    idle.server.fault(Fault("forwardMessage", kind))
    with pytest.raises(RetryLater):
        await sender.find(_interrupted(delivery(Room.CHANNEL), floor="0"))


async def test_a_private_message_is_not_looked_for(sender: TelegramSender) -> None:
    with pytest.raises(Uncertain):
        await sender.find(_interrupted(to_ann(), floor=""))


def _interrupted(given: Delivery, floor: str) -> Delivery:
    return replace(given, interrupted=True, floor=floor)


ALERT_FAULTS: list[Callable[[], Fault]] = [
    lambda: Fault("sendMessage", "cut_after"),
    lambda: Fault("sendMessage", "cut_before"),
    lambda: Fault("sendMessage", "status", status=502),
    lambda: Fault("sendMessage", "flood", retry_after=1),
    lambda: Fault("sendMessage", "cut_after", times=2),
]


@pytest.mark.parametrize("fault", ALERT_FAULTS)
async def test_an_alert_appears_exactly_once_whatever_happens_to_its_sending(
    town: Town, fault: Callable[[], Fault]
) -> None:
    await town.publish("op-0")
    await town.sees(ANN, CHANNEL, "Missile strike")
    town.server.fault(fault())
    await town.publish("op-1", replace(ARTICLE, headline="A second story breaks"))
    await town.sees(ANN, CHANNEL, "A second story breaks", within=15)

    async def settled() -> bool:
        record = await town.record("alert:s2:telegram")
        return record is not None and record.shown_version == record.version

    await eventually(settled, within=15)
    assert town.count(ANN, CHANNEL, "A second story breaks") == 1
    assert town.messages(MIA, ROOM) == []


async def test_an_outage_delays_an_alert_and_nothing_else(town: Town) -> None:
    town.server.fault(Fault("*", "outage"))
    await town.publish()
    await asyncio.sleep(1.5)
    town.server.lift_faults()
    await town.sees(ANN, CHANNEL, "Missile strike", within=20)
    await town.sees(ANN, DISCUSSION, "Share your thoughts", within=20)
    assert town.count(ANN, CHANNEL, "Missile strike") == 1
