import asyncio

import pytest
from telegram.error import BadRequest, NetworkError, RetryAfter, TimedOut

from bots.sandbox.faults import Fault
from bots.sandbox.telegram import TelegramServer


def posts(town):
    return [message["text"][0]["text"] for message in town.server.view("ann_reads")["chats"][0]["messages"]]


async def test_a_flood_says_how_long_to_wait_and_ends(town):
    town.server.fault(Fault("sendMessage", "flood", times=2, retry_after=3))

    for _ in range(2):
        with pytest.raises(RetryAfter) as caught:
            await town.bot.send_message(town.channel, "x")
        assert caught.value.retry_after.total_seconds() == 3
    await town.bot.send_message(town.channel, "after the flood")

    assert posts(town) == ["after the flood"]


@pytest.mark.parametrize("status", [500, 502, 503])
async def test_a_server_error_is_a_network_error_without_effect(town, status):
    town.server.fault(Fault("sendMessage", "status", status=status))

    with pytest.raises(NetworkError) as caught:
        await town.bot.send_message(town.channel, "x")

    assert not isinstance(caught.value, BadRequest)
    assert posts(town) == []


async def test_a_proxys_page_is_a_network_error_too(town):
    town.server.fault(Fault("sendMessage", "html", status=502))

    with pytest.raises(NetworkError):
        await town.bot.send_message(town.channel, "x")
    assert posts(town) == []


async def test_a_delayed_message_arrives_though_the_client_has_given_up(town):
    town.server.fault(Fault("sendMessage", "delay", seconds=0.9))

    with pytest.raises(TimedOut):
        await town.bot.send_message(town.channel, "late")
    assert posts(town) == []
    await asyncio.sleep(0.5)

    assert posts(town) == ["late"]


async def test_a_call_that_hangs_never_happens(town):
    town.server.fault(Fault("sendMessage", "hang"))

    with pytest.raises(TimedOut):
        await town.bot.send_message(town.channel, "x")
    town.server.lift_faults()
    await asyncio.sleep(0.05)

    assert posts(town) == []


async def test_the_client_cannot_tell_a_cut_before_the_effect_from_one_after(town):
    errors = []
    for kind in ("cut_before", "cut_after"):
        town.server.fault(Fault("sendMessage", kind))
        with pytest.raises(NetworkError) as caught:
            await town.bot.send_message(town.channel, kind)
        errors.append((type(caught.value), str(caught.value)))

    assert errors[0] == errors[1]
    assert posts(town) == ["cut_after"]


async def test_an_outage_lasts_until_it_is_lifted(town):
    town.server.fault(Fault("*", "outage"))
    for _ in range(3):
        with pytest.raises(NetworkError):
            await town.bot.send_message(town.channel, "x")

    town.server.lift_faults()
    await town.bot.send_message(town.channel, "back")

    assert posts(town) == ["back"]


async def test_a_fault_meets_only_the_method_it_names(town):
    town.server.fault(Fault("sendPhoto", "flood"))

    assert await town.bot.send_message(town.channel, "x")


def test_a_fault_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="floood"):
        Fault("sendMessage", "floood")


async def test_every_call_is_on_record_with_what_came_of_it(town):
    town.server.fault(Fault("sendMessage", "cut_before"))
    with pytest.raises(NetworkError):
        await town.bot.send_message(town.channel, "x")
    await town.bot.send_message(town.channel, "y")

    cut, sent = [call for call in town.server.calls if call.method == "sendMessage"]

    assert cut.answer == {}
    assert sent.status == 200
    assert sent.arguments["text"] == "y"


async def test_limits_are_enforced_where_asked_for(rebuild, watch):
    async with await TelegramServer.start(enforce_limits=True, clock=watch) as server:
        town = rebuild.build(server)
        async with rebuild.connect(server) as bot:
            for number in range(20):
                await bot.send_message(town.room, str(number))
                watch.turn(seconds=0.1)
            with pytest.raises(RetryAfter) as caught:
                await bot.send_message(town.room, "one too many")
            watch.turn(seconds=caught.value.retry_after.total_seconds() + 0.1)
            assert await bot.send_message(town.room, "after the wait")


async def test_thirty_a_second_is_the_limit_over_all_chats(rebuild, watch):
    async with await TelegramServer.start(enforce_limits=True, clock=lambda: fixed) as server:
        town = rebuild.build(server)
        fixed = watch()
        readers = [server.add_user(5000 + number, f"R{number}") for number in range(31)]
        for reader in readers:
            server.start_bot(reader, town.bot_id)
        async with rebuild.connect(server) as bot:
            for reader in readers[:30]:
                await bot.send_message(reader, "x")
            with pytest.raises(RetryAfter):
                await bot.send_message(readers[30], "x")
