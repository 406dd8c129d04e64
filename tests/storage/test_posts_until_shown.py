"""What is wanted stays due until it is shown."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bots.newsroom.delivery.posts import Lane, PostState, Sent
from bots.newsroom.messages import Platform
from bots.storage.stores import Stores
from tests.storage.values import LEASE, STORY, TELEGRAM, SetClock, lease, post, stores_at, to_reader

A, B = Sent("-100", "7"), Sent("-100", "8")


async def shown(stores: Stores, ref: str, sent: Sent = A) -> None:
    """The post goes the ordinary way to the platform."""
    delivery = (await lease(stores))[ref]
    assert await stores.outbox.sending(delivery)
    await stores.outbox.shown(ref, delivery.post.version, sent)


async def state(stores: Stores, ref: str) -> PostState:
    record = await stores.posts.record(ref)
    assert record is not None
    return record.state


async def test_a_post_is_leased_with_everything_it_says(stores: Stores) -> None:
    wanted = replace(post("a"), group="alert:a1", expires_at=None, joinable=True)

    await stores.posts.put(wanted)

    assert (await lease(stores))["a"].post == wanted


async def test_a_shown_post_is_not_due_any_more(stores: Stores, clock: SetClock) -> None:
    await stores.posts.put(post("a"))

    await shown(stores, "a")

    clock.pass_(3600)
    assert not await lease(stores)
    record = await stores.posts.record("a")
    assert record is not None
    assert (record.state, record.sent, record.shown_version, record.attempts) == (PostState.SENT, A, 1, 1)


async def test_putting_the_same_or_an_older_version_changes_nothing(stores: Stores) -> None:
    await stores.posts.put(post("a", 2, text="newest"))
    await shown(stores, "a")

    await stores.posts.put(post("a", 2, text="same version"))
    await stores.posts.put(post("a", 1, text="older"))

    assert not await lease(stores)


async def test_a_newer_version_is_due_as_an_edit_of_what_is_shown(stores: Stores) -> None:
    await stores.posts.put(post("a"))
    await shown(stores, "a")

    await stores.posts.put(post("a", 2, text="corrected"))

    delivery = (await lease(stores))["a"]
    assert (delivery.sent, delivery.post.version, delivery.interrupted) == (A, 2, False)


async def test_a_newer_version_waits_for_the_lease_of_the_older_one_and_is_due_when_that_is_shown(
    stores: Stores,
) -> None:
    await stores.posts.put(post("a"))
    first = (await lease(stores))["a"]
    await stores.outbox.sending(first)

    await stores.posts.put(post("a", 2))

    assert not await lease(stores)
    await stores.outbox.shown("a", 1, A)
    assert (await lease(stores))["a"].post.version == 2


async def test_a_lease_that_runs_out_gives_the_post_to_the_next(stores: Stores, clock: SetClock) -> None:
    await stores.posts.put(post("a"))
    assert await lease(stores)
    assert not await lease(stores)

    clock.pass_(LEASE.total_seconds())

    assert not (await lease(stores))["a"].interrupted


async def test_a_crash_after_the_attempt_began_leaves_the_post_interrupted(stores: Stores, clock: SetClock) -> None:
    await stores.posts.put(post("a"))
    await stores.outbox.sending((await lease(stores))["a"])

    clock.pass_(LEASE.total_seconds())

    delivery = (await lease(stores))["a"]
    assert (delivery.interrupted, delivery.attempts) == (True, 1)
    assert await state(stores, "a") is PostState.SENDING


async def test_who_lost_the_lease_may_not_send(stores: Stores, clock: SetClock) -> None:
    await stores.posts.put(post("a"))
    slow = (await lease(stores))["a"]
    clock.pass_(LEASE.total_seconds())

    assert not await stores.outbox.sending(slow)

    next_one = (await lease(stores))["a"]
    assert not await stores.outbox.sending(slow)
    assert await stores.outbox.sending(next_one)


async def test_sending_starts_the_lease_anew_and_may_be_repeated(stores: Stores, clock: SetClock) -> None:
    await stores.posts.put(post("a"))
    delivery = (await lease(stores))["a"]
    clock.pass_(10)

    assert await stores.outbox.sending(delivery)
    assert await stores.outbox.sending(delivery)

    clock.pass_(10)
    assert not await lease(stores)
    record = await stores.posts.record("a")
    assert record is not None
    assert record.attempts == 1


async def test_an_interrupted_post_that_only_waited_for_its_room_is_still_interrupted(
    stores: Stores, clock: SetClock
) -> None:
    await stores.posts.put(post("a"))
    await stores.outbox.sending((await lease(stores))["a"])
    clock.pass_(LEASE.total_seconds())
    assert (await lease(stores))["a"].interrupted

    await stores.outbox.not_sent("a", "waits for the room's budget", timedelta(seconds=1))

    clock.pass_(1)
    assert (await lease(stores))["a"].interrupted


async def test_a_certain_failure_is_no_interruption(stores: Stores, clock: SetClock) -> None:
    await stores.posts.put(post("a"))
    await stores.outbox.sending((await lease(stores))["a"])

    await stores.outbox.not_sent("a", "429", timedelta(seconds=3))

    assert not await lease(stores)
    clock.pass_(3)
    assert not (await lease(stores))["a"].interrupted


async def test_an_unknown_end_is_looked_for_until_it_is_found(stores: Stores, clock: SetClock) -> None:
    await stores.posts.put(post("a", 3))
    await stores.outbox.sending((await lease(stores))["a"])
    await stores.outbox.unknown("a", "cut", timedelta(seconds=1))
    clock.pass_(1)
    assert (await lease(stores))["a"].interrupted

    await stores.outbox.shown("a", 0, A)  # found, in a version nobody knows

    delivery = (await lease(stores))["a"]
    assert (delivery.sent, delivery.interrupted) == (A, False)


async def test_a_message_found_again_after_an_earlier_one_was_deleted_is_known(stores: Stores, clock: SetClock) -> None:
    await stores.posts.put(post("a"))
    await shown(stores, "a")
    await stores.posts.put(post("a", 2, text=None))
    assert await lease(stores)
    await stores.outbox.shown("a", 2, None)
    await stores.posts.put(post("a", 3))
    await stores.outbox.sending((await lease(stores))["a"])
    clock.pass_(LEASE.total_seconds())
    assert (await lease(stores))["a"].interrupted

    await stores.outbox.shown("a", 0, B)

    assert (await lease(stores))["a"].sent == B


@pytest.mark.parametrize("final", ["gone", "uncertain"])
async def test_what_is_final_stays_so_whatever_is_wanted(stores: Stores, clock: SetClock, final: str) -> None:
    await stores.posts.put(post("a"))
    await stores.outbox.sending((await lease(stores))["a"])

    await getattr(stores.outbox, final)("a", "why")
    await stores.posts.put(post("a", 2))

    clock.pass_(3600)
    assert not await lease(stores)
    assert await state(stores, "a") == final


async def test_a_refused_message_is_tried_again_in_its_next_version(stores: Stores) -> None:
    await stores.posts.put(post("a"))
    await stores.outbox.sending((await lease(stores))["a"])
    await stores.outbox.refused("a", "too long")
    assert not await lease(stores)

    await stores.posts.put(post("a", 2))

    assert (await lease(stores))["a"].post.version == 2


async def test_a_refusal_is_not_final_for_a_version_that_came_meanwhile(stores: Stores) -> None:
    await stores.posts.put(post("a"))
    await stores.outbox.sending((await lease(stores))["a"])
    await stores.posts.put(post("a", 2))

    await stores.outbox.refused("a", "too long")

    assert (await lease(stores))["a"].post.version == 2


async def test_a_late_or_repeated_outcome_changes_nothing(stores: Stores, clock: SetClock) -> None:
    await stores.posts.put(post("a"))
    await shown(stores, "a")
    await stores.posts.put(post("a", 2))
    assert await lease(stores)

    await stores.outbox.shown("a", 1, A)  # a repeat: it must not end somebody's lease

    assert not await lease(stores)
    await stores.outbox.shown("a", 2, A)
    for outcome in (stores.outbox.gone, stores.outbox.refused, stores.outbox.uncertain):
        await outcome("a", "late")
    await stores.outbox.not_sent("a", "late", timedelta(0))
    clock.pass_(3600)
    assert not await lease(stores)
    assert await state(stores, "a") is PostState.SENT


async def test_what_was_never_shown_and_is_not_wanted_needs_no_work_and_cannot_come_back(stores: Stores) -> None:
    await stores.posts.put(post("a", 2, text=None))
    await stores.posts.put(post("a", 1))

    assert not await lease(stores)
    assert await state(stores, "a") is PostState.DELETED


async def test_a_message_withdrawn_while_it_is_sent_is_deleted_afterwards(stores: Stores) -> None:
    await stores.posts.put(post("a"))
    delivery = (await lease(stores))["a"]
    await stores.posts.put(post("a", 2, text=None))
    await stores.outbox.sending(delivery)

    await stores.outbox.shown("a", 1, A)

    delivery = (await lease(stores))["a"]
    assert (delivery.sent, delivery.post.message) == (A, None)
    await stores.outbox.shown("a", 2, None)
    assert await state(stores, "a") is PostState.DELETED


async def test_a_message_withdrawn_after_an_interruption_is_looked_for(stores: Stores, clock: SetClock) -> None:
    await stores.posts.put(post("a"))
    await stores.outbox.sending((await lease(stores))["a"])
    await stores.posts.put(post("a", 2, text=None))

    clock.pass_(LEASE.total_seconds())

    delivery = (await lease(stores))["a"]
    assert (delivery.interrupted, delivery.post.message) == (True, None)


async def test_lanes_go_in_order_and_rooms_before_readers(stores: Stores) -> None:
    for number, lane in enumerate((Lane.REFRESH, Lane.NORMAL, Lane.BREAKING)):
        await stores.posts.put(replace(post(f"private{number}", destination=to_reader("5")), lane=lane))
        await stores.posts.put(replace(post(f"room{number}"), lane=lane))

    assert list(await lease(stores)) == ["room2", "private2", "room1", "private1", "room0", "private0"]


async def test_posts_of_one_place_keep_the_order_in_which_they_were_wanted(stores: Stores) -> None:
    refs = [f"comment:c{number}" for number in (9, 10, 11, 100)]
    for ref in refs:
        await stores.posts.put(post(ref))

    assert list(await lease(stores)) == refs


async def test_a_refresh_does_not_cost_an_unseen_post_its_lane(stores: Stores) -> None:
    await stores.posts.put(replace(post("a"), lane=Lane.BREAKING))
    await stores.posts.put(replace(post("b"), lane=Lane.NORMAL))

    await stores.posts.put(replace(post("a", 2), lane=Lane.REFRESH))

    assert list(await lease(stores)) == ["a", "b"]


async def test_every_partition_gets_its_turn(stores: Stores) -> None:
    for account in range(100):
        await stores.posts.put(post(f"p{account}", destination=to_reader(str(account))))

    seen = set()
    for _ in range(25):
        seen |= set(await lease(stores, 4))

    assert len(seen) == 100


async def test_another_process_finds_readers_posts_soon_although_it_saw_none(
    stores: Stores, redis_url: str, clock: SetClock
) -> None:
    async with stores_at(redis_url, clock) as other:
        assert not await lease(other)
        await stores.posts.put(post("p", destination=to_reader("5")))
        async with asyncio.timeout(5):
            while not await lease(other):  # noqa: ASYNC110 - another process cannot tell it
                await asyncio.sleep(0.02)


async def test_one_of_fifty_racing_dispatchers_gets_each_post(stores: Stores) -> None:
    for number in range(20):
        await stores.posts.put(post(f"r{number}"))
        await stores.posts.put(post(f"p{number}", destination=to_reader(str(number))))

    batches = await asyncio.gather(*(stores.outbox.lease(TELEGRAM, 5, LEASE) for _ in range(50)))

    taken = [delivery.post.ref for batch in batches for delivery in batch]
    assert len(taken) == len(set(taken)) == 40


async def test_the_other_platforms_posts_are_not_leased(stores: Stores) -> None:
    await stores.posts.put(post("p", destination=to_reader("5", Platform.DISCORD)))

    assert not await lease(stores)


async def test_the_floor_is_the_highest_id_known_in_the_chat_when_the_attempt_began(
    stores: Stores, clock: SetClock
) -> None:
    await stores.posts.put(post("first"))
    await shown(stores, "first", Sent("-100", "99"))
    await stores.posts.note_message_id(TELEGRAM, "-100", "100")
    await stores.posts.note_message_id(TELEGRAM, "-100", "98")
    await stores.posts.put(post("second"))
    await stores.outbox.sending((await lease(stores))["second"])

    await stores.posts.note_message_id(TELEGRAM, "-100", "101")

    clock.pass_(LEASE.total_seconds())
    assert (await lease(stores))["second"].floor == "100"


async def test_the_first_comment_of_all_has_the_copys_number_as_its_floor(stores: Stores, clock: SetClock) -> None:
    await stores.copies.keep("7", Sent("-200", "31"))
    await stores.posts.put(post("c", destination=STORY))

    await stores.outbox.sending((await lease(stores))["c"])

    clock.pass_(LEASE.total_seconds())
    assert (await lease(stores))["c"].floor == "31"


async def test_snowflakes_are_compared_to_the_last_digit(stores: Stores, clock: SetClock) -> None:
    await stores.posts.put(post("first"))
    await shown(stores, "first", Sent("-100", "1180000000000000001"))
    await stores.posts.note_message_id(TELEGRAM, "-100", "1180000000000000002")
    await stores.posts.note_message_id(TELEGRAM, "-100", "1180000000000000001")
    await stores.posts.put(post("second"))
    await stores.outbox.sending((await lease(stores))["second"])
    clock.pass_(LEASE.total_seconds())

    assert (await lease(stores))["second"].floor == "1180000000000000002"


async def test_a_message_leads_back_to_its_post(stores: Stores) -> None:
    await stores.posts.put(post("room"))
    await shown(stores, "room", A)
    await stores.posts.put(post("private", destination=to_reader("5")))
    await shown(stores, "private", Sent("5", "3"))

    assert await stores.posts.ref_of(TELEGRAM, A) == "room"
    assert await stores.posts.ref_of(TELEGRAM, Sent("5", "3")) == "private"
    assert await stores.posts.ref_of(TELEGRAM, Sent("5", "4")) is None


async def test_all_posts_of_a_group_are_listed_once_on_their_platform(stores: Stores, redis_url: str) -> None:
    wanted = {f"p{number}" for number in range(60)} | {"room"}
    for ref in wanted - {"room"}:
        await stores.posts.put(replace(post(ref, destination=to_reader(ref)), group="alert:a1"))
    await stores.posts.put(replace(post("room"), group="alert:a1"))
    await stores.posts.put(replace(post("discord", destination=to_reader("1", Platform.DISCORD)), group="alert:a1"))

    listed = [ref async for ref in stores.posts.in_group("alert:a1", TELEGRAM)]

    assert len(listed) == 61
    assert set(listed) == wanted


async def test_records_come_in_the_order_asked_without_the_unknown(
    stores: Stores, redis_url: str, clock: SetClock
) -> None:
    await stores.posts.put(post("room"))
    await stores.posts.put(post("private", destination=to_reader("5")))

    async with stores_at(redis_url, clock) as other:
        records = await other.posts.records(["private", "nobody", "room"])
        assert [record.ref for record in records] == ["private", "room"]
        assert records[0].destination == to_reader("5")
        assert await other.posts.record("nobody") is None


async def test_an_outcome_for_an_unknown_post_changes_nothing(stores: Stores) -> None:
    await stores.outbox.gone("nobody", "x")
    await stores.outbox.shown("nobody", 1, A)

    assert await stores.posts.record("nobody") is None
