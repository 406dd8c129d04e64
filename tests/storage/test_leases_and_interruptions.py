"""A lease is one dispatcher's alone, and what it leaves open is known to the next."""

from dataclasses import replace
from datetime import timedelta

from bots.newsroom.delivery.posts import PostState
from bots.storage.stores import Stores
from tests.storage.values import LEASE, A, B, SetClock, lease, post, send, state_of


async def test_a_post_is_leased_with_everything_it_says(stores: Stores) -> None:
    wanted = replace(post("a"), group="alert:a1", expires_at=None, joinable=True)

    await stores.posts.put(wanted)

    assert (await lease(stores))["a"].post == wanted


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
    assert await state_of(stores, "a") is PostState.SENDING


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
    await send(stores, "a")
    await stores.posts.put(post("a", 2, text=None))
    assert await lease(stores)
    await stores.outbox.shown("a", 2, None)
    await stores.posts.put(post("a", 3))
    await stores.outbox.sending((await lease(stores))["a"])
    clock.pass_(LEASE.total_seconds())
    assert (await lease(stores))["a"].interrupted

    await stores.outbox.shown("a", 0, B)

    assert (await lease(stores))["a"].sent == B


async def test_a_message_withdrawn_after_an_interruption_is_looked_for(stores: Stores, clock: SetClock) -> None:
    await stores.posts.put(post("a"))
    await stores.outbox.sending((await lease(stores))["a"])
    await stores.posts.put(post("a", 2, text=None))

    clock.pass_(LEASE.total_seconds())

    delivery = (await lease(stores))["a"]
    assert (delivery.interrupted, delivery.post.message) == (True, None)
