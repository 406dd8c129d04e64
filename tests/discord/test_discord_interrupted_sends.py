"""A send whose end is not known: sent again it makes no second message, looked for it is found."""

import asyncio
from dataclasses import replace

import pytest

from bots.discord.sender import DiscordSender
from bots.newsroom.delivery.errors import RetryLater, Uncertain
from bots.newsroom.messages import Choice
from bots.sandbox.discord import DiscordServer, Fault
from tests.discord.deliveries import ALERT, delivery, messages, with_ref


@pytest.mark.parametrize("kind", ["cut_after", "html", "delay"])
async def test_sending_again_after_an_unknown_end_makes_no_second_message(
    server: DiscordServer, sender: DiscordSender, kind: str
) -> None:
    server.fault(Fault("create_message", kind, seconds=0.3, status=503))
    with pytest.raises((Uncertain, TimeoutError)):
        async with asyncio.timeout(0.2 if kind == "delay" else 5):
            await sender.send(delivery(ALERT))
    sent = await sender.send(delivery(ALERT))
    await asyncio.sleep(0.3)
    assert [message.id for message in messages(server)] == [sent.message_id]


async def test_a_call_cut_off_by_the_clock_leaves_the_next_one_alone(
    server: DiscordServer, sender: DiscordSender
) -> None:
    server.fault(Fault("create_message", "hang"))
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.2):
            await sender.send(delivery(ALERT))
    server.lift_faults()
    await sender.send(delivery(ALERT))
    assert len(messages(server)) == 1


async def test_an_interrupted_send_is_found_by_what_its_buttons_are_about(
    server: DiscordServer, sender: DiscordSender
) -> None:
    await sender.send(with_ref(delivery(replace(ALERT, choices=((Choice("Comment", "comment:s2"),),))), "other"))
    before = messages(server)[-1].id
    assert await sender.find(delivery(ALERT, interrupted=True, floor=before)) is None
    sent = await sender.send(delivery(ALERT))
    await sender.send(with_ref(delivery(replace(ALERT, choices=((Choice("Comment", "comment:s3"),),))), "later"))
    voted = replace(ALERT, choices=((Choice("Yes", "vote:p1:0"),), *ALERT.choices))
    assert await sender.find(delivery(voted, interrupted=True, floor=before)) == sent
    assert await sender.find(delivery(ALERT, interrupted=True, floor=sent.message_id)) is None
    assert await sender.find(delivery(ALERT, interrupted=True)) == sent


@pytest.mark.parametrize("kind", ["cut_before", "flood"])
async def test_a_look_that_broke_off_taught_nothing(server: DiscordServer, sender: DiscordSender, kind: str) -> None:
    server.fault(Fault("list_messages", kind, times=2))
    with pytest.raises(RetryLater):
        await sender.find(delivery(ALERT, interrupted=True))


async def test_a_deleted_messages_nonce_is_waited_out(server: DiscordServer, sender: DiscordSender) -> None:
    sent = await sender.send(delivery(ALERT))
    await sender.delete(delivery(None, sent=sent))
    with pytest.raises(RetryLater):
        await sender.send(delivery(ALERT))
